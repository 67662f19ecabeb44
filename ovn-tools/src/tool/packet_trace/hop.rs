//! Hops: the part of a packet's way through one zone.

use core::net::IpAddr;

use crate::address::{Endpoint, Mac};
use crate::command::{Command, ConntrackState, Word};
use crate::database::Database;
use crate::report::ToolError;
use crate::snapshot::{Request, Snapshot};
use crate::tool::origins::Origins;
use crate::tool::packet_trace::packet::Packet;
use crate::trace::logical::{Place, Step, Trace};

/// A packet that enters a switch of a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hop {
    /// The place of the zone's Southbound database in the snapshot.
    pub(super) place: usize,
    /// The switch, by name.
    pub(super) datapath: String,
    pub(super) packet: Packet,
    /// The backend that load balancers are to choose.
    pub(super) backend: Option<Endpoint>,
}

impl Hop {
    /// The Northbound rows that the flows of its zone were made from.
    pub(super) fn origins(&self, snapshot: &Snapshot) -> Origins {
        let sb = &snapshot.databases[self.place];
        let nb = snapshot.of(Database::Nb, sb.node.as_deref()).next();
        Origins::read(nb.map(|read| &read.rows), &sb.rows)
    }

    /// The trace of it.
    pub(super) fn request(&self, conntrack: &[ConntrackState]) -> Result<Request, ToolError> {
        let word = |text: &str| -> Result<Word, ToolError> {
            text.parse()
                .map_err(|error| ToolError::new(format!("{text:?} cannot be traced: {error}")))
        };
        let backend = self.backend.as_ref().map(Endpoint::to_string);
        Ok(Request {
            database: self.place,
            command: Command::LogicalTrace {
                datapath: word(&self.datapath)?,
                microflow: word(&self.packet.microflow())?,
                conntrack: conntrack.to_vec(),
                backend: backend.as_deref().map(word).transpose()?,
            },
        })
    }

    /// The packet as it is at the end of the trace: what the actions set on its way.
    ///
    /// ovn-trace prints the actions of a flow as the flow has them; constants can be read, and
    /// what conntrack changes stands in the titles of its blocks.
    pub(super) fn packet_after(&self, trace: &Trace) -> Packet {
        let mut packet = self.packet.clone();
        for block in &trace.blocks {
            if let Place::Action(title) = &block.place {
                take_nat(&mut packet, title);
            }
            for step in &block.steps {
                if let Step::Flow(flow) = step {
                    flow.actions.iter().for_each(|line| take(&mut packet, line));
                }
            }
        }
        packet
    }
}

/// Carries an action out on the packet, where it sets an address or takes from the time to live.
fn take(packet: &mut Packet, action: &str) {
    let action = action.trim_end_matches(';');
    if action == "ip.ttl--" {
        packet.ttl = packet.ttl.saturating_sub(1);
    } else if let Some((field, value)) = action.split_once(" = ") {
        match field {
            "eth.src" => set(&mut packet.eth_src, Mac::parse(value)),
            "eth.dst" => set(&mut packet.eth_dst, Mac::parse(value)),
            "ip4.src" | "ip6.src" => set(&mut packet.ip_src, value.parse().ok()),
            "ip4.dst" | "ip6.dst" => set(&mut packet.ip_dst, value.parse().ok()),
            _ => {}
        }
    }
}

/// `ct_snat(ip4.src=172.18.0.11)`, `ct_lb_mark /* … */`, `ct_dnat(ip4.dst=10.0.0.1:80)`.
fn take_nat(packet: &mut Packet, title: &str) {
    for (field, value) in title
        .split(['(', ')', ',', ' '])
        .filter_map(|part| part.split_once('='))
    {
        let Some(endpoint) = Endpoint::parse(value) else {
            continue;
        };
        let port = endpoint.port.as_deref().and_then(|port| port.parse().ok());
        match field {
            "ip4.src" | "ip6.src" => set(&mut packet.ip_src, endpoint.ip()),
            "ip4.dst" | "ip6.dst" => {
                set::<IpAddr>(&mut packet.ip_dst, endpoint.ip());
                set(&mut packet.port, port);
            }
            _ => {}
        }
    }
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}
