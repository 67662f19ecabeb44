//! The port groups of network policies, as several diagnostics look at them.

use ovn_schemas::nb;

use crate::check::cluster::{all, is_on_default_network};
use crate::check::finding::{Evidence, ObjectEvidence};
use crate::check::scene::Zone;
use crate::objects::{NetworkPolicy, ObjectKind};
use crate::owner::Mark;

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
