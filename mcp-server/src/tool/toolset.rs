//! Toolsets: groups of tools that are switched on together.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A group of tools that are switched on together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Toolset {
    /// What works on any database.
    Core,
    /// The logical network.
    Ovn,
    /// The switches of the hosts and their daemons.
    Ovs,
    /// The kernels of the hosts.
    Kernel,
    /// The packets that pass on the nodes.
    Capture,
    /// The objects of Kubernetes clusters.
    Kubernetes,
    /// The past of recorded databases.
    History,
}

/// A text names no toolset.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("there is no toolset {0:?}: the toolsets are {all}", all = Toolset::list(&Toolset::ALL))]
pub struct NoSuchToolset(String);

impl Toolset {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Core,
        Self::Ovn,
        Self::Ovs,
        Self::Kernel,
        Self::Capture,
        Self::Kubernetes,
        Self::History,
    ];

    /// Those that an MCP client is shown unless it is said otherwise.
    /// **Default and why**: definitions stand in a model's mind all the time, and most questions
    /// are about the present.
    pub const DEFAULT: [Self; 2] = [Self::Core, Self::Ovn];

    /// Their names with commas between.
    pub fn list(toolsets: &[Self]) -> String {
        let names: Vec<String> = toolsets.iter().map(ToString::to_string).collect();
        names.join(",")
    }
}

impl fmt::Display for Toolset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Core => "core",
            Self::Ovn => "ovn",
            Self::Ovs => "ovs",
            Self::Kernel => "kernel",
            Self::Capture => "capture",
            Self::Kubernetes => "kubernetes",
            Self::History => "history",
        })
    }
}

impl FromStr for Toolset {
    type Err = NoSuchToolset;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|toolset| toolset.to_string() == text.trim())
            .ok_or_else(|| NoSuchToolset(text.to_owned()))
    }
}
