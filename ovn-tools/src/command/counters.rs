//! Counters of what is dropped, and the time between two looks at them.

use std::fmt;

use crate::command::kernel::KernelListing;
use crate::command::{Call, Daemon};

/// Who counts what is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Counters {
    /// The datapath of Open vSwitch: `dpctl/show -s`, port by port.
    DatapathPorts,
    /// Its cached flows, those that drop among them: `dpctl/dump-flows -m`.
    DatapathFlows,
    /// `ovs-vswitchd`: `coverage/show`, event by event.
    Coverage,
    /// The devices of the kernel.
    Devices,
    /// The kernel, protocol by protocol: `nstat`.
    Protocols,
    /// The kernel, processor by processor: the queues before any protocol.
    Queues,
}

/// Which of two looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Look {
    /// The first.
    First,
    /// The second, a while later.
    Second,
}

/// Where the kernel tells of its queues.
/// **Source**: Linux, `net/core/net-procfs.c`.
const QUEUES: &str = "/proc/net/softnet_stat";

impl Counters {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::DatapathPorts,
        Self::DatapathFlows,
        Self::Coverage,
        Self::Devices,
        Self::Protocols,
        Self::Queues,
    ];

    /// Who is asked for them, and in which words. None of the programs changes what it counts.
    pub(crate) fn call(self) -> Call {
        let control = |method, arguments: &[&str]| Call::Control {
            daemon: Daemon::Vswitchd,
            method,
            arguments: arguments.iter().map(|&word| word.to_owned()).collect(),
        };
        let host = |program, arguments: &[&str]| Call::Host {
            program,
            arguments: arguments.iter().map(|&word| word.to_owned()).collect(),
        };
        match self {
            Self::DatapathPorts => control("dpctl/show", &["-s"]),
            Self::DatapathFlows => control("dpctl/dump-flows", &["-m"]),
            Self::Coverage => control("coverage/show", &[]),
            Self::Devices => {
                let listing = KernelListing::Links;
                host(listing.program(), &listing.arguments())
            }
            // All of them, those at zero too, and without a file of what was seen before.
            Self::Protocols => host("nstat", &["-a", "-s", "-z", "-j"]),
            Self::Queues => host("cat", &[QUEUES]),
        }
    }

    /// What they are called in an answer.
    pub fn name(self) -> &'static str {
        match self {
            Self::DatapathPorts => "ovs port",
            Self::DatapathFlows => "ovs flow",
            Self::Coverage => "ovs event",
            Self::Devices => "device",
            Self::Protocols => "protocol",
            Self::Queues => "processor",
        }
    }
}

impl fmt::Display for Counters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
