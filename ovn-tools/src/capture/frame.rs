//! Frames: what the headers of a captured packet say.

use core::net::IpAddr;
use std::fmt;

use crate::address::Mac;

/// What the headers of a packet say; of a tunnel's packet, those of the packet inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The tunnel that it is in.
    pub tunnel: Option<Tunnel>,
    /// The VLAN that it is in.
    pub vlan: Option<u16>,
    /// Its protocol, such as `tcp`; of one without a name its number.
    pub protocol: String,
    /// Where it comes from.
    pub source: End,
    /// Where it goes to.
    pub destination: End,
    /// What it is for.
    pub content: Content,
}

/// An end of a packet's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct End {
    /// The address.
    pub address: Address,
    /// The transport port.
    pub port: Option<u16>,
}

/// An address of whichever layer knows one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// Of IP.
    Ip(IpAddr),
    /// Of Ethernet.
    Mac(Mac),
    /// Of neither.
    None,
}

/// A tunnel in which a packet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Tunnel {
    /// Its kind, such as `geneve`.
    pub kind: &'static str,
    /// The node that it comes from.
    pub source: IpAddr,
    /// The node that it goes to.
    pub destination: IpAddr,
    /// The number of the virtual network: of OVN the key of a datapath.
    pub network: u32,
}

/// What a packet is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// A part of a TCP connection.
    Segment(Segment),
    /// A question that is to be answered: a ping, or who has an address.
    Question,
    /// The answer to such a question.
    Answer,
    /// An error message of ICMP.
    Trouble(Trouble),
    /// A part of a packet, without the ports.
    Fragment,
    /// Anything else.
    Other,
}

/// A part of a TCP connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    /// The flags, as in the header.
    pub flags: u8,
    /// The number of its first byte.
    pub sequence: u32,
    /// How many bytes of data it has.
    pub length: u32,
}

/// An error message of ICMP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// What is wrong, in words.
    pub what: String,
    /// The packet of which it is told.
    pub of: Option<(String, End, End)>,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ip(address) => write!(f, "{address}"),
            Self::Mac(mac) => write!(f, "{mac}"),
            Self::None => f.write_str("-"),
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.address, self.port) {
            (Address::Ip(IpAddr::V6(address)), Some(port)) => write!(f, "[{address}]:{port}"),
            (address, Some(port)) => write!(f, "{address}:{port}"),
            (address, None) => write!(f, "{address}"),
        }
    }
}
