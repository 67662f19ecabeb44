//! The pods that egress IPs serve, as several diagnostics look at them.

use core::net::IpAddr;

use ovn_schemas::nb;
use ovsdb_client::table::Table as _;

use crate::address::{Network, PortAddress};
use crate::check::finding::Evidence;
use crate::check::scene::{Scene, Zone};
use crate::flow::{Match, Value};
use crate::owner::{EgressIpPod, Mark, Pod};

/// Whether an address is that of the pod it is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is, or nothing tells.
    Fine,
    /// The pod is there and has others.
    Other,
    /// The pod is not there, and no pod of its namespace has the address.
    Gone,
}

/// Whether `address` is one of `pod`.
///
/// The ports of all zones tell, and the set of the namespace, which on every node holds the
/// addresses of all its pods.
pub(crate) fn standing(scene: &Scene<'_>, zone: &Zone<'_>, pod: &Pod, address: &str) -> Standing {
    let Some(address) = Network::parse(address).map(|network| network.address) else {
        return Standing::Fine;
    };
    let name = pod.port_name();
    for zone in &scene.zones {
        if let Some(one) = zone.switch_port(&name) {
            let ips = ips(&one.port);
            return if ips.is_empty() || ips.contains(&address) {
                Standing::Fine
            } else {
                Standing::Other
            };
        }
    }
    let mut sets = namespace_sets(zone, &pod.namespace)
        .filter(|set| holds_family(set, address))
        .peekable();
    if sets.peek().is_none() {
        return Standing::Fine;
    }
    let holds = |set: nb::AddressSet| {
        let mut addresses = set.addresses().iter();
        addresses.any(|one| Network::parse(one).is_some_and(|one| one.contains(address)))
    };
    if sets.any(holds) {
        Standing::Fine
    } else {
        Standing::Gone
    }
}

/// The addresses of a switch's port.
pub(crate) fn ips(port: &nb::LogicalSwitchPort) -> Vec<IpAddr> {
    let fixed = port.addresses();
    let dynamic = port.dynamic_addresses();
    let all = fixed.iter().chain(dynamic);
    all.flat_map(|text| PortAddress::parse(text).ips().collect::<Vec<_>>())
        .collect()
}

/// The sets that hold the addresses of a namespace's pods.
pub(crate) fn namespace_sets(
    zone: &Zone<'_>,
    namespace: &str,
) -> impl Iterator<Item = nb::AddressSet> {
    zone.nb_rows::<nb::AddressSet>().filter(move |row| {
        Mark::of(row.external_ids())
            .is_some_and(|mark| mark.owner_type == "Namespace" && mark.name == Some(namespace))
    })
}

/// Whether a set is one for addresses like this one.
pub(crate) fn holds_family(set: &nb::AddressSet, address: IpAddr) -> bool {
    let family = if address.is_ipv4() { "v4" } else { "v6" };
    set.external_ids()
        .get("ip-family")
        .is_none_or(|own| own == family)
}

/// A policy that reroutes one pod of an egress IP.
#[derive(Clone, Debug)]
pub(crate) struct PodPolicy {
    /// The pod and its egress IP.
    pub(crate) served: EgressIpPod,
    /// The row.
    pub(crate) row: nb::LogicalRouterPolicy,
    /// The sources that it matches.
    pub(crate) sources: Vec<String>,
}

/// The policies of a zone that reroute pods of egress IPs.
pub(crate) fn policies(zone: &Zone<'_>) -> Vec<PodPolicy> {
    let mut all = Vec::new();
    for (_, row) in zone.policies() {
        let served = Mark::of(row.external_ids()).and_then(|mark| mark.egress_ip_pod());
        let (Some(served), Ok(read)) = (served, Match::parse(row.match_())) else {
            continue;
        };
        let mut sources = Vec::new();
        for field in ["ip4.src", "ip6.src"] {
            let values = read.expression.required(field).into_iter();
            sources.extend(values.filter_map(|value| match value {
                Value::Constant(text) => Some(text.to_string()),
                _ => None,
            }));
        }
        all.push(PodPolicy {
            served,
            row,
            sources,
        });
    }
    all
}

/// Whether a gateway router, or any router of the zone, translates a pod of an egress IP.
pub(crate) fn translates(
    zone: &Zone<'_>,
    router: Option<&nb::LogicalRouter>,
    served: &EgressIpPod,
) -> bool {
    zone.nats().iter().any(|(own, nat)| {
        let mark = Mark::of(nat.external_ids());
        router.is_none_or(|router| router.uuid() == own.uuid())
            && mark.and_then(|mark| mark.egress_ip_pod()).as_ref() == Some(served)
    })
}

impl PodPolicy {
    /// What it is about.
    pub(crate) fn object(&self) -> String {
        format!(
            "egress IP {} for pod {}",
            self.served.egress_ip, self.served.pod
        )
    }

    /// The row as evidence.
    pub(crate) fn evidence(&self, zone: &Zone<'_>) -> Option<Evidence> {
        let hops: Vec<String> = self.row.nexthops().iter().map(str::to_owned).collect();
        zone.nb_row(&self.row, |row| {
            row.with(nb::logical_router_policy::MATCH.name(), self.row.match_())
                .with(nb::logical_router_policy::NEXTHOPS.name(), hops)
        })
    }
}
