//! The port groups of network policies, as several diagnostics look at them.

use std::collections::{BTreeMap, HashMap};

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use ovsdb_client::value::Uuid;
use serde_json::json;

use crate::check::cluster::{
    all, by_name, is_on_default_network, is_settled_pod, pod_evidence, pods,
};
use crate::check::finding::{Evidence, Finding, ObjectEvidence};
use crate::check::scene::{Scene, SwitchPort, Zone};
use crate::objects::{DEFAULT_NETWORK, NetworkPolicy, ObjectKind, Pod};
use crate::owner::{self, Mark};

/// What port groups of network policies are marked with.
const OWNER_TYPE: &str = "NetworkPolicy";

/// The port groups of network policies in a zone, each with the policy as `NAMESPACE/NAME`.
pub(crate) fn groups(zone: &Zone<'_>) -> Vec<(String, nb::PortGroup)> {
    let rows = zone.nb_rows::<nb::PortGroup>();
    rows.filter_map(|row| {
        let mark = Mark::of(row.external_ids())?;
        let name = mark.name.filter(|_| mark.owner_type == OWNER_TYPE)?;
        Some((name.replacen(':', "/", 1), row))
    })
    .collect()
}

/// The network policies of the cluster whose pods have the default network for their first.
pub(crate) fn policies<'s>(zone: &Zone<'s>) -> Vec<&'s NetworkPolicy> {
    let policies = all::<NetworkPolicy>(zone).filter(|policy| {
        let namespace = policy.metadata.namespace.as_deref().unwrap_or_default();
        is_on_default_network(zone, namespace)
    });
    policies.collect()
}

/// A policy as evidence.
pub(crate) fn evidence(policy: &NetworkPolicy) -> ObjectEvidence {
    ObjectEvidence::of(ObjectKind::NetworkPolicy, policy)
        .with("podSelector", policy.selector.to_string())
        .with("ingress-rules", policy.ingress)
        .with("egress-rules", policy.egress)
}

/// A port group as evidence.
pub(crate) fn row(zone: &Zone<'_>, row: &nb::PortGroup) -> Option<Evidence> {
    zone.nb_row(row, |evidence| {
        evidence
            .with(nb::port_group::NAME.name(), row.name())
            .with(nb::port_group::PORTS.name(), row.ports().len())
            .with(nb::port_group::ACLS.name(), row.acls().len())
    })
}

/// The pods and ports of a zone, as policies are compared with their port groups.
pub(crate) struct Members<'z, 's> {
    zone: &'z Zone<'s>,
    local: Vec<&'s Pod>,
    known: HashMap<owner::Pod, &'s Pod>,
    ports: BTreeMap<Uuid, &'z SwitchPort>,
}

/// A pod and its port.
pub(crate) type Member<'z, 's> = (&'s Pod, &'z SwitchPort);

impl<'z, 's> Members<'z, 's> {
    /// Those of a zone.
    pub(crate) fn of(zone: &'z Zone<'s>, scene: &Scene<'_>) -> Self {
        let ports = zone.switch_ports().iter();
        Self {
            zone,
            local: pods(zone, scene),
            known: by_name(zone),
            ports: ports.map(|one| (one.port.uuid(), one)).collect(),
        }
    }

    /// The members that a port group lacks, and those that it has too many, by whether a policy is
    /// about a pod; `None` where nothing tells.
    pub(crate) fn differing(
        &self,
        scene: &Scene<'_>,
        group: &nb::PortGroup,
        is_about: impl Fn(&Pod) -> Option<bool>,
    ) -> (Vec<Member<'z, 's>>, Vec<Member<'z, 's>>) {
        let members: Vec<Uuid> = group.ports().iter().map(|port| port.uuid()).collect();
        let local = self.local.iter().filter_map(|&pod| {
            let port = self.zone.switch_port(&pod.port_name(DEFAULT_NETWORK))?;
            Some((pod, port))
        });
        let lacking = local.filter(|(pod, one)| {
            is_settled_pod(pod, scene)
                && is_about(pod) == Some(true)
                && !members.contains(&one.port.uuid())
        });
        let held = members.iter().filter_map(|uuid| {
            let &one = self.ports.get(uuid)?;
            let named = owner::Pod::of_port(one.port.name(), one.port.external_ids())?;
            // Ports of pods that are gone are told as such.
            Some((*self.known.get(&named)?, one))
        });
        let surplus =
            held.filter(|(pod, _)| is_settled_pod(pod, scene) && is_about(pod) == Some(false));
        (lacking.collect(), surplus.collect())
    }
}

/// A finding about a pod and the port group of a policy.
pub(crate) fn of_member(
    zone: &Zone<'_>,
    (pod, port): Member<'_, '_>,
    cause: String,
    policy: ObjectEvidence,
    group: &nb::PortGroup,
) -> Finding {
    Finding::new(format!("pod {}", pod.metadata.full_name()), cause)
        .object(pod_evidence(pod))
        .object(policy)
        .rows(row(zone, group))
        .rows(zone.nb_row(&port.port, |evidence| {
            evidence.with(nb::logical_switch_port::NAME.name(), port.port.name())
        }))
        .next(
            "acl_list",
            [("of", json!(port.port.name()))],
            "all rules that apply to the pod",
        )
}
