//! The `packet_trace` tool: what the logical network does with a packet.
//!
//! The question names ends as people do (a pod, a port, an address, a service); the tool finds
//! the logical port, the MAC addresses and the gateway in the rows, has `ovn-trace` follow the
//! packet, and goes on in the next zone where the packet leaves one over the interconnect.

mod answer;

mod cluster;

mod decision;

mod ends;

mod hop;

mod journey;

mod packet;

mod verdict;

#[cfg(test)]
mod tests;

pub use self::answer::{EndShown, HopShown, PacketTraced, PlaceShown};
pub use self::decision::DecisionShown;
pub use self::packet::{Connection, Protocol};
pub use self::verdict::Verdict;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use ovn_schemas::sb;
use ovsdb_client::table::Table;

use crate::command::{ConntrackState, Word};
use crate::database::Database;
use crate::objects::ObjectQuestion;
use crate::report::ToolError;
use crate::snapshot::{Needs, Request, Snapshot};
use crate::tool::Tool;
use crate::tool::origins::with_needs;
use crate::tool::packet_trace::cluster::{further, with_ends};
use crate::tool::packet_trace::journey::Journey;

/// Traces a packet through the logical network.
#[derive(Clone, Copy, Debug)]
pub struct PacketTrace;

/// Which packet to trace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Who sends it: a pod as `namespace/name`, a logical port, or the IP address of one.
    pub from: String,
    /// Whom it is for: a pod, a service as `namespace/name`, a logical port, or any IP address.
    pub to: String,
    /// The transport protocol; default `tcp` with a port, else `icmp`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub protocol: Option<Protocol>,
    /// The destination port; default 80, for a service its first port.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub port: Option<u16>,
    /// What conntrack knows of the connection; default `new`, its first packet.
    #[serde(default)]
    pub connection: Connection,
    /// Trace from this node (interconnect zone), where the sender is on several.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// Whether to give the whole text of the trace; default false.
    #[serde(default)]
    pub full: bool,
}

/// How many passes through conntrack are given a state.
/// **Default and why**: 16; a packet between pods of two zones passes four to six, and ovn-trace
/// takes any further pass for an established connection, which hides a missing rule.
const CONNTRACK_PASSES: usize = 16;

impl Params {
    /// What each pass through conntrack finds.
    fn conntrack(&self) -> Vec<ConntrackState> {
        vec![self.connection.state(); CONNTRACK_PASSES]
    }
}

impl Tool for PacketTrace {
    const NAME: &'static str = "packet_trace";
    type Params = Params;
    type Report = PacketTraced;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        for (name, text) in [("from", &params.from), ("to", &params.to)] {
            text.parse::<Word>().map_err(|error| {
                ToolError::new(format!("`{name}`: {error}"))
                    .hint("name a pod as namespace/name, a logical port or an IP address")
            })?;
        }
        const SB: Database = Database::Sb;
        // What ovn-trace reads.
        let tables = [
            sb::DatapathBinding::DEFINITION,
            sb::PortBinding::DEFINITION,
            sb::MulticastGroup::DEFINITION,
            sb::LogicalDpGroup::DEFINITION,
            sb::AddressSet::DEFINITION,
            sb::PortGroup::DEFINITION,
            sb::DhcpOptions::DEFINITION,
            sb::Dhcpv6Options::DEFINITION,
            sb::MacBinding::DEFINITION,
            sb::Fdb::DEFINITION,
            sb::LoadBalancer::DEFINITION,
            sb::Chassis::DEFINITION,
        ];
        let needs = tables
            .iter()
            .fold(Needs::default(), |needs, table| needs.table(SB, table.name));
        // What decides, for people.
        Ok(with_ends(with_needs(needs), &params.from, &params.to))
    }

    fn plan(params: &Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        let journey = Journey::follow(params, snapshot)?;
        Ok(journey.wanted().into_iter().collect())
    }

    fn objects(params: &Params, snapshot: &Snapshot) -> Vec<ObjectQuestion> {
        if snapshot.clusters.is_empty() {
            return Vec::new();
        }
        // Where an end is not found, its node may tell more.
        let journey = Journey::follow(params, snapshot);
        let policies = journey.map_or_else(|_| Vec::new(), |one| one.policies(snapshot));
        further(policies.iter().map(String::as_str), snapshot)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<PacketTraced, ToolError> {
        let journey = Journey::follow(params, snapshot)?;
        Ok(PacketTraced::new(params, &journey, snapshot))
    }
}
