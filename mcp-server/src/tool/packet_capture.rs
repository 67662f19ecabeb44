//! `packet_capture`: packets that pass at ports and interfaces of nodes.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use ovn_tools::tool::packet_capture::{
    BYTES, Direction, LEAST_BYTES, LEAST_PACKET_BYTES, MAX_BYTES, MAX_PACKET_BYTES, MAX_PACKETS,
    MAX_TIME, PACKET_BYTES, PACKETS, PacketCapture, Params, TIME,
};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Captures packets with tcpdump at the ports of pods or at interfaces of nodes, up to 8 at once
/// such as both ends of a connection, and answers with the flows: what goes each way, TCP flags,
/// and what is remarkable, such as requests without an answer.
///
/// It waits for `seconds`, so start the traffic before or meanwhile. Packets in Geneve and VXLAN
/// tunnels are told by what is inside. The packets themselves are a pcapng file at `file.uri`, a
/// resource that is kept for a while.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PacketCaptureArguments {
    /// At the ports of these pods (`namespace/name`), on the nodes where they are.
    #[arg(long, value_name = "NAMESPACE/NAME", value_delimiter = ',')]
    #[serde(default)]
    pub pod: Vec<String>,
    /// At the interfaces of these logical ports.
    #[arg(long, value_delimiter = ',')]
    #[serde(default)]
    pub port: Vec<String>,
    /// At these interfaces of the nodes, such as `br-ex`, `ovn-k8s-mp0` or `genev_sys_6081`; `any`
    /// for all.
    #[arg(long, value_delimiter = ',')]
    #[serde(default)]
    pub interface: Vec<String>,
    /// In the pods' own network namespaces: at the other end of each `pod` and `port` (`eth0` and
    /// the like), or at `interface` there, such as `lo` or `any`.
    #[arg(long)]
    #[serde(default)]
    pub inside: bool,
    /// Which packets, as tcpdump has it: `tcp and host 10.244.1.5 and not port 22`, `udp port 53`,
    /// `src net 10.0.0.0/8`, `icmp or icmp6`, `tcp-rst`, `vlan 100`, `geneve`, `proto 47`. No names.
    #[arg(long)]
    pub filter: Option<String>,
    /// Only this way: `in` at a pod's port is what the pod sends, `out` is what it gets; `inside` it
    /// is the other way round.
    #[arg(long, value_enum)]
    pub direction: Option<CaptureDirection>,
    /// The longest time; default 10.
    #[arg(long)]
    #[schemars(range(min = 1, max = MAX_TIME), extend("default" = TIME))]
    pub seconds: Option<u64>,
    /// The most packets at each place; default 1000.
    #[arg(long)]
    #[schemars(range(min = 1, max = MAX_PACKETS), extend("default" = PACKETS))]
    pub packets: Option<u32>,
    /// How much of each packet is kept; default 256, enough for all headers.
    #[arg(long, value_name = "BYTES")]
    #[schemars(
        range(min = LEAST_PACKET_BYTES, max = MAX_PACKET_BYTES),
        extend("default" = PACKET_BYTES)
    )]
    pub packet_bytes: Option<u32>,
    /// The most that is kept in all; default 4 MiB.
    #[arg(long, value_name = "BYTES")]
    #[schemars(range(min = LEAST_BYTES, max = MAX_BYTES), extend("default" = BYTES))]
    pub bytes: Option<usize>,
    /// Only on this node.
    #[arg(long)]
    pub node: Option<String>,
    /// Write the packets to this file, as pcapng.
    #[arg(short = 'o', long, value_name = "FILE")]
    #[serde(skip)]
    #[schemars(skip)]
    pub output: Option<PathBuf>,
}

/// Which way packets go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CaptureDirection {
    /// Into the node at the interface.
    In,
    /// Out of the node at the interface.
    Out,
}

impl Arguments for PacketCaptureArguments {
    type Tool = PacketCapture;
    const TITLE: &'static str = "Capture packets";
    const TOOLSET: Toolset = Toolset::Capture;

    fn params(self) -> Params {
        Params {
            pods: self.pod,
            ports: self.port,
            interfaces: self.interface,
            inside: self.inside,
            node: self.node,
            filter: self.filter,
            direction: self.direction.map(|direction| match direction {
                CaptureDirection::In => Direction::In,
                CaptureDirection::Out => Direction::Out,
            }),
            seconds: self.seconds,
            packets: self.packets,
            packet_bytes: self.packet_bytes,
            bytes: self.bytes,
        }
    }

    fn file(&self) -> Option<&Path> {
        self.output.as_deref()
    }
}
