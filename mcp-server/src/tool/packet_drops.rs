//! `packet_drops`: which counters of dropped packets rise.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::packet_drops::{MAX_TIME, PacketDrops, Params, TIME};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Shows which counters of dropped packets rise within a few seconds, with the logical port that
/// each is of: of Open vSwitch (ports, cached flows that drop, events), and of the node's kernel
/// (devices, protocols, processors).
///
/// Each is looked at twice, `seconds` apart; `risen` is the difference. It counts packets and does
/// not look at them: pwru or retis would name the place in the kernel.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PacketDropsArguments {
    /// The time between the two looks; default 5.
    #[arg(long)]
    #[schemars(range(min = 1, max = MAX_TIME), extend("default" = TIME))]
    pub seconds: Option<u64>,
    /// Only counters of what holds this text: an interface, a logical port (`namespace_pod`), an
    /// address in a flow, a counter's name.
    #[arg(long, value_name = "TEXT")]
    pub of: Option<String>,
    /// Only those that rise; by default those too that counted something before.
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

impl Arguments for PacketDropsArguments {
    type Tool = PacketDrops;
    const TITLE: &'static str = "Show drops";
    const TOOLSET: Toolset = Toolset::Capture;

    fn params(self) -> Params {
        Params {
            seconds: self.seconds,
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
