//! Packets: the fields that a trace begins with, as an OVN expression.

use core::net::IpAddr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::address::Mac;
use crate::command::ConntrackState;

/// The source port of a traced packet.
/// **Default and why**: 40000, from the range that clients take theirs from; no rule of OVN or
/// Kubernetes names one.
const SOURCE_PORT: u16 = 40_000;
/// The time to live of a traced packet: what Linux sends.
const TTL: u8 = 64;
/// The destination port where none is asked for.
pub(super) const DEFAULT_PORT: u16 = 80;

/// A transport protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
    /// An echo request of ICMP or ICMPv6.
    Icmp,
}

impl Protocol {
    /// As expressions call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
            Self::Icmp => "icmp",
        }
    }
}

/// What conntrack knows of a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Connection {
    /// Nothing: this is its first packet.
    #[default]
    New,
    /// It was let through before.
    Established,
    /// It was let through before, and this packet answers.
    Reply,
}

impl Connection {
    pub(super) fn state(self) -> ConntrackState {
        match self {
            Self::New => ConntrackState::NEW,
            Self::Established => ConntrackState::ESTABLISHED,
            Self::Reply => ConntrackState::REPLY,
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::New => "a new connection",
            Self::Established => "an established connection",
            Self::Reply => "a reply of an established connection",
        }
    }
}

/// A packet that enters a logical switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Packet {
    pub(super) inport: String,
    pub(super) eth_src: Mac,
    pub(super) eth_dst: Mac,
    pub(super) ip_src: IpAddr,
    pub(super) ip_dst: IpAddr,
    pub(super) ttl: u8,
    pub(super) protocol: Protocol,
    /// The destination port; of no meaning for ICMP.
    pub(super) port: u16,
}

impl Packet {
    pub(super) fn new(inport: &str, eth: [Mac; 2], ip: [IpAddr; 2], to: (Protocol, u16)) -> Self {
        Self {
            inport: inport.to_owned(),
            eth_src: eth[0],
            eth_dst: eth[1],
            ip_src: ip[0],
            ip_dst: ip[1],
            ttl: TTL,
            protocol: to.0,
            port: to.1,
        }
    }

    /// The packet as ovn-trace takes it.
    pub(super) fn microflow(&self) -> String {
        let ip = if self.ip_dst.is_ipv4() { "ip4" } else { "ip6" };
        let transport = match (self.protocol, self.ip_dst) {
            (Protocol::Icmp, IpAddr::V4(_)) => "icmp4 && icmp4.type == 8".to_owned(),
            (Protocol::Icmp, IpAddr::V6(_)) => "icmp6 && icmp6.type == 128".to_owned(),
            (protocol, _) => {
                let (name, port) = (protocol.name(), self.port);
                format!("{name} && {name}.src == {SOURCE_PORT} && {name}.dst == {port}")
            }
        };
        format!(
            "inport == {} && eth.src == {} && eth.dst == {} && {ip}.src == {} && {ip}.dst == {} \
             && ip.ttl == {} && {transport}",
            quoted(&self.inport),
            self.eth_src,
            self.eth_dst,
            self.ip_src,
            self.ip_dst,
            self.ttl
        )
    }
}

/// A string constant of an OVN expression.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
