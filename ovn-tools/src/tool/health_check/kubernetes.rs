//! Diagnostics that compare rows with objects of Kubernetes.

use crate::check::Layer;
use crate::report::Gap;
use crate::tool::health_check::Params;

/// The diagnostics that no database alone can answer, with their layers and what they compare.
const CHECKS: [(&str, Layer, &str); 9] = [
    (
        "pod-annotation",
        Layer::Pod,
        "addresses of ports with the pods' annotations (openshift#735, #753)",
    ),
    (
        "pod-gone",
        Layer::Pod,
        "ports with the pods there are (#1121, #4384)",
    ),
    (
        "node-annotation",
        Layer::Node,
        "chassis, join and transit addresses with the nodes' annotations (#2099)",
    ),
    (
        "egressip-status",
        Layer::Egressip,
        "NAT and policies with the status of egress IPs (#3546, #4998)",
    ),
    (
        "service-gone",
        Layer::Service,
        "load balancers with the services there are (#5828)",
    ),
    (
        "service-endpoints",
        Layer::Service,
        "backends with the endpoints (#2045)",
    ),
    (
        "policy-selection",
        Layer::Policy,
        "port groups with the pods that policies select (#2667, #3161)",
    ),
    (
        "egressfirewall-gone",
        Layer::Policy,
        "ACLs with the egress firewalls there are",
    ),
    (
        "network-leaked",
        Layer::Network,
        "switches and routers with the user-defined networks there are (#5944)",
    ),
];

/// Whether a diagnostic of this id is known.
pub(super) fn is_known(id: &str) -> bool {
    CHECKS.iter().any(|(known, ..)| *known == id)
}

/// What cannot be told of what is asked for, without a cluster among the sources.
pub(super) fn gap(params: &Params) -> Option<Gap> {
    let asked = CHECKS.iter().filter(|(id, layer, _)| {
        let by_id = params.checks.is_empty() || params.checks.iter().any(|asked| asked == id);
        by_id && (params.layers.is_empty() || params.layers.contains(layer))
    });
    let asked: Vec<&(&str, Layer, &str)> = asked.collect();
    let what = match asked.as_slice() {
        [] => return None,
        [(id, _, what)] => format!("{id}: {what}"),
        several => {
            let ids: Vec<&str> = several.iter().map(|(id, ..)| *id).collect();
            format!("{} checks: {}", ids.len(), ids.join(", "))
        }
    };
    Some(Gap {
        what,
        why: "they compare rows with objects of Kubernetes, and no cluster is among the sources"
            .to_owned(),
    })
}
