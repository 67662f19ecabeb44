//! Terms: what a filter can say of a packet, as typed values.

use core::net::IpAddr;
use std::fmt;

use crate::address::{Mac, Network};

/// The largest number of a VLAN.
pub(crate) const MAX_VLAN: u16 = 4095;
/// The largest number of a virtual network in a Geneve header.
pub(crate) const MAX_NETWORK: u32 = 0xff_ffff;

/// Which end of a packet is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Either.
    Any,
    /// Where it comes from.
    Source,
    /// Where it goes to.
    Destination,
}

impl Side {
    /// As it stands before what it is said of.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Source => "src ",
            Self::Destination => "dst ",
        }
    }
}

/// A protocol that has a word of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// IPv4.
    Ip,
    /// IPv6.
    Ip6,
    /// ARP.
    Arp,
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
    /// ICMP.
    Icmp,
    /// ICMP of IPv6, neighbour discovery included.
    Icmp6,
    /// IGMP.
    Igmp,
}

impl Protocol {
    /// All of them.
    pub(crate) const ALL: [Self; 9] = [
        Self::Ip,
        Self::Ip6,
        Self::Arp,
        Self::Tcp,
        Self::Udp,
        Self::Sctp,
        Self::Icmp,
        Self::Icmp6,
        Self::Igmp,
    ];

    /// Its word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Ip => "ip",
            Self::Ip6 => "ip6",
            Self::Arp => "arp",
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
            Self::Icmp => "icmp",
            Self::Icmp6 => "icmp6",
            Self::Igmp => "igmp",
        }
    }

    /// Whether it has ports.
    pub(crate) fn has_ports(self) -> bool {
        matches!(self, Self::Tcp | Self::Udp | Self::Sctp)
    }
}

/// A flag of TCP that is worth looking for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// The last data.
    Fin,
    /// The beginning.
    Syn,
    /// A refusal, or the end by force.
    Rst,
}

impl Flag {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Fin, Self::Syn, Self::Rst];

    /// Its word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Fin => "tcp-fin",
            Self::Syn => "tcp-syn",
            Self::Rst => "tcp-rst",
        }
    }

    /// Its bit in the header.
    fn bit(self) -> u8 {
        match self {
            Self::Fin => 0x01,
            Self::Syn => 0x02,
            Self::Rst => 0x04,
        }
    }
}

/// What is said of a packet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// Its protocol.
    Protocol(Protocol),
    /// An address.
    Host(Side, IpAddr),
    /// A network.
    Net(Side, Network),
    /// Transport ports from one to another, of one protocol or of any.
    Ports(Option<Protocol>, Side, u16, u16),
    /// A MAC address.
    Mac(Side, Mac),
    /// An EtherType.
    EtherType(u16),
    /// The number of a protocol over IP.
    IpProtocol(u8),
    /// A VLAN, or this one. What stands behind it is looked for inside.
    Vlan(Option<u16>),
    /// Geneve, or this virtual network. What stands behind it is looked for inside.
    Geneve(Option<u32>),
    /// A flag of TCP.
    Flag(Flag),
    /// A frame to all.
    Broadcast,
    /// A frame to a group.
    Multicast,
}

impl Term {
    /// Whether it is said of one way only, so that answers are not to be seen.
    pub(crate) fn is_one_way(&self) -> bool {
        match self {
            Self::Host(side, _) | Self::Net(side, _) => *side != Side::Any,
            Self::Ports(_, side, ..) | Self::Mac(side, _) => *side != Side::Any,
            Self::Flag(_) | Self::Broadcast | Self::Multicast => true,
            _ => false,
        }
    }

    /// As pcap-filter(7) has it, for the program that captures.
    pub(crate) fn for_program(&self) -> String {
        match self {
            // Over IPv6 the program knows no flags; the header is looked at where it is without
            // extensions.
            Self::Flag(flag) => {
                let bit = flag.bit();
                format!("(tcp[13] & {bit} != 0 or (ip6[6] = 6 and ip6[53] & {bit} != 0))")
            }
            Self::IpProtocol(number) => format!("(ip proto {number} or ip6 proto {number})"),
            Self::Net(side, network) => format!("{}net {}", side.word(), whole(network)),
            term => term.to_string(),
        }
    }
}

/// A network with its length, without the bits of a host in it, which the program refuses.
fn whole(network: &Network) -> String {
    let network = network.canonical();
    format!("{}/{}", network.address, network.prefix)
}

/// As a user writes it.
impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Protocol(protocol) => f.write_str(protocol.word()),
            Self::Host(side, address) => write!(f, "{}host {address}", side.word()),
            Self::Net(side, network) => write!(f, "{}net {}", side.word(), whole(network)),
            Self::Ports(protocol, side, first, last) => {
                if let Some(protocol) = protocol {
                    write!(f, "{} ", protocol.word())?;
                }
                f.write_str(side.word())?;
                if first == last {
                    write!(f, "port {first}")
                } else {
                    write!(f, "portrange {first}-{last}")
                }
            }
            Self::Mac(side, mac) => match side {
                Side::Any => write!(f, "ether host {mac}"),
                side => write!(f, "ether {}{mac}", side.word()),
            },
            Self::EtherType(number) => write!(f, "ether proto 0x{number:04x}"),
            Self::IpProtocol(number) => write!(f, "proto {number}"),
            Self::Vlan(None) => f.write_str("vlan"),
            Self::Vlan(Some(number)) => write!(f, "vlan {number}"),
            Self::Geneve(None) => f.write_str("geneve"),
            Self::Geneve(Some(number)) => write!(f, "geneve {number}"),
            Self::Flag(flag) => f.write_str(flag.word()),
            Self::Broadcast => f.write_str("broadcast"),
            Self::Multicast => f.write_str("multicast"),
        }
    }
}
