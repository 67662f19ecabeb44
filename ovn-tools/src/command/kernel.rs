//! Questions to the kernel of a node: the few programs that list what it holds.
//!
//! None of them takes a word from outside, so nothing that a user or a model says reaches a
//! command line; what is asked for is chosen from the whole listing afterwards.

use std::fmt;

/// A family of addresses, as the programs for each are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// IPv4.
    Ipv4,
    /// IPv6.
    Ipv6,
}

impl Family {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ipv4, Self::Ipv6];

    /// The option of ip(8).
    fn option(self) -> &'static str {
        match self {
            Self::Ipv4 => "-4",
            Self::Ipv6 => "-6",
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
        })
    }
}

/// What the kernel of a node is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum KernelListing {
    /// The addresses of its devices.
    Addresses,
    /// Its devices with their counters.
    Links,
    /// The routes of all its tables.
    Routes(Family),
    /// The rules that choose a table.
    Rules(Family),
    /// Its neighbours.
    Neighbours,
    /// The policies of IPsec.
    XfrmPolicies,
    /// The associations of IPsec, without their keys.
    XfrmStates,
    /// The rules of nftables.
    Nftables,
    /// The rules of iptables.
    Iptables(Family),
    /// The connections that the kernel tracks.
    Connections(Family),
    /// The sockets of TCP, UDP and the like, with the programs that hold them.
    Sockets,
    /// Its network namespaces, each with a process in it.
    Namespaces,
}

impl KernelListing {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Addresses,
        Self::Links,
        Self::Routes(Family::Ipv4),
        Self::Routes(Family::Ipv6),
        Self::Rules(Family::Ipv4),
        Self::Rules(Family::Ipv6),
        Self::Neighbours,
        Self::XfrmPolicies,
        Self::XfrmStates,
        Self::Nftables,
        Self::Iptables(Family::Ipv4),
        Self::Iptables(Family::Ipv6),
        Self::Connections(Family::Ipv4),
        Self::Connections(Family::Ipv6),
        Self::Sockets,
        Self::Namespaces,
    ];

    /// The program that lists it.
    pub fn program(self) -> &'static str {
        match self {
            Self::Addresses
            | Self::Links
            | Self::Routes(_)
            | Self::Rules(_)
            | Self::Neighbours
            | Self::XfrmPolicies
            | Self::XfrmStates => "ip",
            Self::Nftables => "nft",
            Self::Iptables(Family::Ipv4) => "iptables-save",
            Self::Iptables(Family::Ipv6) => "ip6tables-save",
            Self::Connections(_) => "conntrack",
            Self::Sockets => "ss",
            Self::Namespaces => "lsns",
        }
    }

    /// The program's arguments.
    ///
    /// Where a program prints JSON it is asked to; xfrm, conntrack, iptables and ss print none.
    /// Keys of IPsec are asked to be left out, and what reads the listing keeps none.
    pub fn arguments(self) -> Vec<&'static str> {
        match self {
            Self::Addresses => vec!["-j", "-d", "address", "show"],
            Self::Links => vec!["-j", "-d", "-s", "link", "show"],
            Self::Routes(family) => {
                vec!["-j", family.option(), "route", "show", "table", "all"]
            }
            Self::Rules(family) => vec!["-j", family.option(), "rule", "show"],
            Self::Neighbours => vec!["-j", "-s", "neighbour", "show"],
            Self::XfrmPolicies => vec!["xfrm", "policy", "list"],
            Self::XfrmStates => vec!["xfrm", "state", "list", "nokeys"],
            Self::Nftables => vec!["-j", "list", "ruleset"],
            Self::Iptables(_) => vec!["-c"],
            Self::Connections(Family::Ipv4) => vec!["-L", "-f", "ipv4", "-o", "extended"],
            Self::Connections(Family::Ipv6) => vec!["-L", "-f", "ipv6", "-o", "extended"],
            Self::Sockets => vec!["-t", "-u", "-w", "-a", "-n", "-p", "-e", "-i"],
            // The number of each is that by which `ip link` tells where the other end is.
            Self::Namespaces => vec!["-t", "net", "-J", "-o", "NETNSID,PID"],
        }
    }
}
