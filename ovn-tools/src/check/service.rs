//! The services of a cluster and the load balancers for them, as several diagnostics look at them.

use core::net::IpAddr;
use std::collections::{BTreeMap, BTreeSet};

use ovn_schemas::nb;
use ovsdb_client::table::Enumeration;

use crate::address::{Backends, Endpoint};
use crate::check::cluster::{all, is_on_default_network, is_standing};
use crate::check::finding::{Evidence, ObjectEvidence};
use crate::check::scene::{Scene, Zone};
use crate::objects::{ObjectKind, Service};
use crate::owner::{self, network_of};

/// A virtual address of a service: protocol as rows have it, address, port.
pub(crate) type Virtual = (String, IpAddr, u16);

/// A load balancer's part for one virtual address.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// The backends.
    pub(crate) backends: Vec<Endpoint>,
    /// Whether some of them are told by the chassis.
    pub(crate) is_template: bool,
    /// The row.
    pub(crate) row: Option<Evidence>,
}

/// The virtual addresses that the load balancers of services have in a zone, by service.
pub(crate) fn virtuals(zone: &Zone<'_>) -> BTreeMap<String, BTreeMap<Virtual, Vec<Part>>> {
    let mut all: BTreeMap<String, BTreeMap<Virtual, Vec<Part>>> = BTreeMap::new();
    for row in zone.nb_rows::<nb::LoadBalancer>() {
        // Those of user-defined networks are beside them.
        if network_of(row.external_ids()).is_some() {
            continue;
        }
        let Some(service) = owner::Service::of(row.external_ids()) else {
            continue;
        };
        let own = all.entry(service.to_string()).or_default();
        let protocol = row
            .protocol()
            .map_or_else(|| "tcp".to_owned(), |kind| kind.name().to_owned());
        for (vip, text) in row.vips().iter() {
            let Some((ip, port)) = Endpoint::parse(vip).and_then(|vip| at(&vip)) else {
                continue;
            };
            let backends = Backends::parse(text);
            let part = Part {
                is_template: !backends.other.is_empty()
                    || backends.endpoints.iter().any(|one| one.ip().is_none()),
                backends: backends.endpoints,
                row: zone.nb_row(&row, |evidence| {
                    evidence
                        .with(nb::load_balancer::NAME.name(), row.name())
                        .with(format!("{}:{vip}", nb::load_balancer::VIPS.name()), text)
                }),
            };
            own.entry((protocol.clone(), ip, port))
                .or_default()
                .push(part);
        }
    }
    all
}

/// The address and port of an endpoint that has both.
pub(crate) fn at(endpoint: &Endpoint) -> Option<(IpAddr, u16)> {
    Some((endpoint.ip()?, endpoint.port.as_deref()?.parse().ok()?))
}

/// The services of the cluster that OVN carries out on the default network.
pub(crate) fn services<'s>(zone: &Zone<'s>, scene: &Scene<'_>) -> Vec<&'s Service> {
    let mut others: BTreeSet<&str> = BTreeSet::new();
    let all: Vec<&Service> = all::<Service>(zone).collect();
    for service in &all {
        let namespace = service.metadata.namespace.as_deref().unwrap_or_default();
        if !others.contains(namespace) && !is_on_default_network(zone, namespace) {
            others.insert(namespace);
        }
    }
    let kept = all.into_iter().filter(|service| {
        let namespace = service.metadata.namespace.as_deref().unwrap_or_default();
        !service.is_of_another_proxy
            && !others.contains(namespace)
            && is_standing(&service.metadata, scene)
    });
    kept.collect()
}

/// A service as evidence.
pub(crate) fn evidence(service: &Service) -> ObjectEvidence {
    let ips: Vec<String> = service.ips.iter().map(ToString::to_string).collect();
    let ports = service.ports.iter();
    let ports: Vec<String> = ports
        .map(|port| format!("{}/{}", port.port, port.protocol))
        .collect();
    ObjectEvidence::of(ObjectKind::Service, service)
        .with("type", &*service.kind)
        .with("clusterIPs", ips)
        .with("ports", ports)
}
