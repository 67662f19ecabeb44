//! The names there are, for whoever completes what a user writes.
//!
//! It is no tool of the list: a model asks for an object, not for all names.

use std::collections::BTreeSet;

use ovn_schemas::{nb, sb};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::database::Database;
use crate::owner::{EgressIpPod, Mark, Pod, Service};
use crate::report::{Block, Report, ToolError};
use crate::snapshot::{Needs, Snapshot};
use crate::tool::Tool;

/// Lists names.
#[derive(Clone, Copy, Debug)]
pub struct NameList;

/// The names, each once and ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Names {
    /// The nodes: those that databases belong to and the hosts of chassis.
    pub nodes: BTreeSet<String>,
    /// The pods, as `namespace/name`.
    pub pods: BTreeSet<String>,
    /// The services, as `namespace/name`.
    pub services: BTreeSet<String>,
    /// The egress IPs.
    pub egress_ips: BTreeSet<String>,
    /// The ports that are of no pod.
    pub ports: BTreeSet<String>,
}

impl Report for Names {
    fn blocks(&self) -> Vec<Block> {
        let all = [
            &self.nodes,
            &self.pods,
            &self.services,
            &self.egress_ips,
            &self.ports,
        ];
        all.into_iter()
            .flatten()
            .cloned()
            .map(Block::Line)
            .collect()
    }
}

impl Tool for NameList {
    const NAME: &'static str = "name_list";
    type Params = ();
    type Report = Names;

    fn needs((): &()) -> Result<Needs, ToolError> {
        let (nb, sb) = (Database::Nb, Database::Sb);
        Ok(Needs::default()
            .column(nb, nb::logical_switch_port::NAME)
            .column(nb, nb::logical_switch_port::EXTERNAL_IDS)
            .column(nb, nb::load_balancer::EXTERNAL_IDS)
            .column(nb, nb::nat::EXTERNAL_IDS)
            .column(nb, nb::logical_router_policy::EXTERNAL_IDS)
            .column(sb, sb::chassis::HOSTNAME)
            .database(Database::Ovs))
    }

    fn conclude((): &(), snapshot: &Snapshot) -> Result<Names, ToolError> {
        let mut names = Names::default();
        names
            .nodes
            .extend(snapshot.nodes().into_iter().map(str::to_owned));
        for read in snapshot.of(Database::Nb, None) {
            for port in read.rows.rows::<nb::LogicalSwitchPort>() {
                match Pod::of_port(port.name(), port.external_ids()) {
                    Some(pod) => names.pods.insert(pod.to_string()),
                    None => names.ports.insert(port.name().to_owned()),
                };
            }
            let balancers = read.rows.rows::<nb::LoadBalancer>();
            let services = balancers.filter_map(|row| Service::of(row.external_ids()));
            names
                .services
                .extend(services.map(|service| service.to_string()));
            let nats = read.rows.rows::<nb::Nat>();
            names
                .egress_ips
                .extend(nats.filter_map(|row| egress_ip(Mark::of(row.external_ids()))));
            let policies = read.rows.rows::<nb::LogicalRouterPolicy>();
            let marked = policies.filter_map(|row| egress_ip(Mark::of(row.external_ids())));
            names.egress_ips.extend(marked);
        }
        for read in snapshot.of(Database::Sb, None) {
            let chassis = read.rows.rows::<sb::Chassis>();
            let hosts = chassis.map(|row| row.hostname().to_owned());
            names.nodes.extend(hosts.filter(|host| !host.is_empty()));
        }
        Ok(names)
    }
}

fn egress_ip(mark: Option<Mark<'_>>) -> Option<String> {
    let mark = mark?;
    let served = EgressIpPod::parse(mark.owner_type, mark.name?)?;
    Some(served.egress_ip.into())
}
