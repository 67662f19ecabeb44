//! `packet_trace`: what the logical network does with a packet.

use clap::{Args, ValueEnum};
use ovn_tools::tool::packet_trace::{Connection, PacketTrace, Params, Protocol};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Traces a packet through the logical network, from zone to zone, and says what becomes of it
/// and which ACL, load balancer, NAT, route or policy decided.
///
/// Builds datapath, MAC addresses and microflow itself and runs ovn-trace on the rows it read,
/// live or recorded.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PacketTraceArguments {
    /// Who sends it: a pod as `namespace/name`, a logical port, or its IP address.
    #[arg(long, value_name = "POD|PORT|IP")]
    pub from: String,
    /// Whom it is for: a pod or service as `namespace/name`, a logical port, or any IP address.
    #[arg(long, value_name = "POD|SERVICE|PORT|IP")]
    pub to: String,
    /// The protocol; default that of the service, `tcp` with a port, else `icmp`.
    #[arg(long, value_enum)]
    pub protocol: Option<TraceProtocol>,
    /// The destination port; default the service's first.
    #[arg(long)]
    #[schemars(range(min = 1, max = 65535))]
    pub port: Option<u16>,
    /// What conntrack knows of the connection.
    #[arg(long, value_enum, default_value_t)]
    #[serde(default)]
    #[schemars(extend("default" = "new"))]
    pub connection: TraceConnection,
    /// Trace from this node (interconnect zone), where the sender is on several.
    #[arg(long)]
    pub node: Option<String>,
    /// Give the whole text of the trace too.
    #[arg(long)]
    #[serde(skip)]
    pub full: bool,
}

/// A transport protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TraceProtocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
    /// An ICMP echo request.
    Icmp,
}

/// What conntrack knows of a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TraceConnection {
    /// Nothing: the first packet.
    #[default]
    New,
    /// A later packet.
    Established,
    /// A later packet in the other direction.
    Reply,
}

impl Arguments for PacketTraceArguments {
    type Tool = PacketTrace;
    const TITLE: &'static str = "Trace a packet";
    const TOOLSET: Toolset = Toolset::Ovn;

    fn tell_all(&mut self) {
        self.full = true;
    }

    fn params(self) -> Params {
        Params {
            from: self.from,
            to: self.to,
            protocol: self.protocol.map(|protocol| match protocol {
                TraceProtocol::Tcp => Protocol::Tcp,
                TraceProtocol::Udp => Protocol::Udp,
                TraceProtocol::Sctp => Protocol::Sctp,
                TraceProtocol::Icmp => Protocol::Icmp,
            }),
            port: self.port,
            connection: match self.connection {
                TraceConnection::New => Connection::New,
                TraceConnection::Established => Connection::Established,
                TraceConnection::Reply => Connection::Reply,
            },
            node: self.node,
            full: self.full,
        }
    }
}
