//! Capturing packets: how much of what passes where.

use std::time::Duration;

use crate::capture::{Direction, Filter, Interface};
use crate::command::namespace::NetworkNamespace;

/// What captures.
pub(crate) const PROGRAM: &str = "tcpdump";

/// Packets to capture. Whatever limit is reached first ends it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Capture {
    /// In which network namespace; `None` for the node's own.
    pub inside: Option<NetworkNamespace>,
    /// Where.
    pub interface: Interface,
    /// Which way; `None` for both.
    pub direction: Option<Direction>,
    /// Which packets; `None` for all.
    pub filter: Option<Filter>,
    /// The most packets.
    pub packets: u32,
    /// How much of a packet is kept, in bytes.
    pub packet_bytes: u32,
    /// The most bytes in all, headers of the file included.
    pub bytes: usize,
    /// The longest time.
    pub time: Duration,
}

/// How long a program may go on, and how much it may print; what it printed until then is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// How long.
    pub time: Duration,
    /// How much, in bytes.
    pub bytes: usize,
}

impl Capture {
    /// The program's arguments: the capture goes to standard output, packet by packet, so that
    /// what was captured when it is ended is there.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let mut arguments: Vec<String> = vec![
            "-i".to_owned(),
            self.interface.to_string(),
            // Addresses stay numbers, and the interface takes no other packets than it did.
            "-n".to_owned(),
            "-p".to_owned(),
            "-U".to_owned(),
            "--immediate-mode".to_owned(),
            "-s".to_owned(),
            self.packet_bytes.to_string(),
            "-c".to_owned(),
            self.packets.to_string(),
        ];
        if let Some(direction) = self.direction {
            arguments.extend(["-Q".to_owned(), direction.name().to_owned()]);
        }
        arguments.extend(["-w".to_owned(), "-".to_owned()]);
        if let Some(filter) = &self.filter {
            // Whatever follows is no option.
            arguments.extend(["--".to_owned(), filter.for_program()]);
        }
        arguments
    }

    /// What ends it besides the number of packets.
    pub(crate) fn bounds(&self) -> Bounds {
        Bounds {
            time: self.time,
            bytes: self.bytes,
        }
    }
}
