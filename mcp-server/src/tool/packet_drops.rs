//! `packet_drops`: which packets are dropped and why, or which counters of drops rise.

use clap::{Args, ValueEnum};
use ovn_tools::page::Page;
use ovn_tools::tool::packet_drops::{By, MAX_TIME, PacketDrops, Params, TIME};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Shows which packets the kernels of nodes drop within a few seconds: the reason, the kernel's
/// function, the device with its logical port, the flow, and how many. Where a node has neither
/// retis nor pwru, which tell that, it shows which counters of drops rise instead.
///
/// Counters are those of Open vSwitch (ports, cached flows that drop, events) and of the node's
/// kernel (devices, protocols, processors), looked at twice, `seconds` apart; `risen` is the
/// difference. The answer says which way was taken and why.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PacketDropsArguments {
    /// How long to listen, and the time between two looks at counters; default 5.
    #[arg(long)]
    #[schemars(range(min = 1, max = MAX_TIME), extend("default" = TIME))]
    pub seconds: Option<u64>,
    /// Who tells: `counters` puts nothing into the kernel; default the first that a node has.
    #[arg(long, value_enum)]
    pub by: Option<DropsBy>,
    /// Which packets, as packet_capture has it, such as `tcp port 80 and host 10.244.1.5`; counters
    /// are of all.
    #[arg(long)]
    pub filter: Option<String>,
    /// Only what holds this text: an interface, a logical port (`namespace_pod`), an address, a
    /// reason, a counter's name.
    #[arg(long, value_name = "TEXT")]
    pub of: Option<String>,
    /// Only counters that rise; by default those too that counted something before.
    #[arg(long)]
    #[serde(default)]
    pub rising: bool,
    /// The most rows of the page; default 50.
    #[arg(long, value_name = "ROWS")]
    #[schemars(range(min = 1, max = 1000))]
    pub limit: Option<usize>,
    /// The `next_cursor` of the page before.
    #[arg(long, allow_hyphen_values = true)]
    pub cursor: Option<String>,
    /// Only this node.
    #[arg(long)]
    pub node: Option<String>,
}

/// Who tells of drops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DropsBy {
    /// retis, packet by packet.
    Retis,
    /// pwru, packet by packet.
    Pwru,
    /// Counters, which every node has.
    Counters,
}

impl Arguments for PacketDropsArguments {
    type Tool = PacketDrops;
    const TITLE: &'static str = "Show drops";
    const TOOLSET: Toolset = Toolset::Capture;

    fn params(self) -> Params {
        Params {
            seconds: self.seconds,
            by: self.by.map(|by| match by {
                DropsBy::Retis => By::Retis,
                DropsBy::Pwru => By::Pwru,
                DropsBy::Counters => By::Counters,
            }),
            filter: self.filter,
            of: self.of,
            rising: self.rising,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: self.limit,
            },
        }
    }
}
