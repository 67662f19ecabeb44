//! `ip_show`: what the kernels of nodes know of their networks.

use clap::{Args, ValueEnum};
use ovn_tools::page::Page;
use ovn_tools::tool::ip_show::{IpShow, Params, Subject};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Shows addresses, devices, routes, rules, neighbours or IPsec of the nodes' kernels.
///
/// Runs ip on the host of a unix socket or in a privileged pod of the node, or reads what a
/// sosreport keeps. Keys of IPsec are never shown.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IpShowArguments {
    /// What to show.
    #[arg(long, value_enum, default_value_t)]
    #[serde(default)]
    #[schemars(extend("default" = "address"))]
    pub show: IpSubject,
    /// Only that of this device, or of the members of this bridge or VRF.
    #[arg(long)]
    pub device: Option<String>,
    /// Only what has this IP address, or a prefix that holds it; routes with the longest first.
    #[arg(long, value_name = "IP")]
    pub address: Option<String>,
    /// Only routes or rules of this table, by its name or number.
    #[arg(long)]
    pub table: Option<String>,
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

/// What of the network to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum IpSubject {
    /// Addresses of devices.
    #[default]
    Address,
    /// Devices with counters.
    Link,
    /// Routes of all tables.
    Route,
    /// Rules that choose a table.
    Rule,
    /// Neighbours (ARP, NDP).
    Neighbour,
    /// Policies and associations of IPsec.
    Xfrm,
}

impl From<IpSubject> for Subject {
    fn from(subject: IpSubject) -> Self {
        match subject {
            IpSubject::Address => Self::Address,
            IpSubject::Link => Self::Link,
            IpSubject::Route => Self::Route,
            IpSubject::Rule => Self::Rule,
            IpSubject::Neighbour => Self::Neighbour,
            IpSubject::Xfrm => Self::Xfrm,
        }
    }
}

impl Arguments for IpShowArguments {
    type Tool = IpShow;
    const TITLE: &'static str = "Show addresses and routes";
    const TOOLSET: Toolset = Toolset::Kernel;

    fn params(self) -> Params {
        Params {
            subject: self.show.into(),
            device: self.device,
            address: self.address,
            table: self.table,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: self.limit,
            },
        }
    }
}
