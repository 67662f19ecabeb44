//! Methods: the ways in which servers let their rows be followed.
//!
//! **Source**: RFC 7047 §4.1.5 (`monitor`); ovsdb-server(7) §4.1.12 (`monitor_cond`) and §4.1.15
//! (`monitor_cond_since`).

use crate::update::Format;

/// The ways to monitor, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Since,
    Conditional,
    Plain,
}

impl Method {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Since => "monitor_cond_since",
            Self::Conditional => "monitor_cond",
            Self::Plain => "monitor",
        }
    }

    /// The next older one.
    pub(crate) fn older(self) -> Option<Self> {
        match self {
            Self::Since => Some(Self::Conditional),
            Self::Conditional => Some(Self::Plain),
            Self::Plain => None,
        }
    }

    /// The format in which its updates come.
    pub(crate) fn format(self) -> Format {
        match self {
            Self::Since | Self::Conditional => Format::Differences,
            Self::Plain => Format::Old,
        }
    }
}
