//! Load balancers whose backends are not the endpoints of their service.

use core::net::{IpAddr, SocketAddr};
use std::collections::{BTreeMap, BTreeSet};

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::cluster::{all, is_settled, texts};
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Evidence, Finding, ObjectEvidence, Severity};
use crate::check::scene::{Scene, Zone};
use crate::check::service::{Part, at, services, virtuals};
use crate::objects::{EndpointSlice, ObjectKind, Service, ServicePort};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "service-endpoints",
    title: "the backends of a service are not its endpoints",
    layer: Layer::Service,
    severity: Severity::Error,
    looks_for: "a virtual IP of a service whose backends lack an endpoint of its EndpointSlices that is ready, or hold one that is gone or not ready",
    known_from: &["#2045", "#928"],
    explains: &["service-backend-gone", "service-differs", "service-empty"],
    needs: &[
        objects(ObjectKind::Service),
        objects(ObjectKind::EndpointSlice),
        objects(ObjectKind::Namespace),
        nb_table(nb::LoadBalancer::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let has = virtuals(zone);
    let mut slices: BTreeMap<String, Vec<&EndpointSlice>> = BTreeMap::new();
    for slice in all::<EndpointSlice>(zone) {
        if let (Some(namespace), Some(service)) = (&slice.metadata.namespace, &slice.service) {
            let name = format!("{namespace}/{service}");
            slices.entry(name).or_default().push(slice);
        }
    }
    let mut findings = Vec::new();
    for service in services(zone, scene) {
        let name = service.metadata.full_name();
        let Some(own) = has.get(&name) else { continue };
        let namespace = service.metadata.namespace.as_deref().unwrap_or_default();
        let mut objects = zone.objects.iter();
        if !objects.any(|objects| objects.knows_slices(namespace, &service.metadata.name)) {
            continue;
        }
        let slices = slices.get(&name).map_or(&[][..], Vec::as_slice);
        // Endpoints come and go; those that have just changed are on their way.
        if !slices.iter().all(|slice| is_settled(slice.changed, scene)) {
            continue;
        }
        for ip in &service.ips {
            for port in &service.ports {
                let key = (port.protocol.to_lowercase(), *ip, port.port);
                if let Some(parts) = own.get(&key) {
                    findings.extend(compare(service, slices, port, *ip, parts));
                }
            }
        }
    }
    findings
}

fn compare(
    service: &Service,
    slices: &[&EndpointSlice],
    port: &ServicePort,
    ip: IpAddr,
    parts: &[Part],
) -> Option<Finding> {
    // What the chassis fills in stands in no row.
    if parts.iter().any(|part| part.is_template) {
        return None;
    }
    let wanted = endpoints(slices, port, ip);
    let backends = parts.iter().flat_map(|part| &part.backends).filter_map(at);
    // Endpoints on the host's own address are reached over one that is reserved for that.
    let has: BTreeSet<(IpAddr, u16)> = backends
        .filter(|(address, _)| !is_reserved(*address))
        .collect();
    let socket = |(ip, port): &(IpAddr, u16)| SocketAddr::new(*ip, *port);
    let lacking = texts(wanted.difference(&has).map(socket));
    let gone = texts(has.difference(&wanted).map(socket));
    let cause = if !lacking.is_empty() && has.is_empty() && !service.is_local {
        "it has endpoints that are ready and its load balancers here have no backend, so it is refused"
    } else if !lacking.is_empty() && !service.is_local {
        "its load balancers here lack an endpoint that is ready, which gets no connections"
    } else if !gone.is_empty() {
        "its load balancers here send to an endpoint that is gone or not ready, so some connections fail"
    } else {
        return None;
    };
    let name = service.metadata.full_name();
    let shown = slices.iter().map(|slice| {
        ObjectEvidence::of(ObjectKind::EndpointSlice, *slice)
            .with("missing-in-rows", lacking.clone())
            .with("only-in-rows", gone.clone())
    });
    let absent = || {
        ObjectEvidence::absent(ObjectKind::EndpointSlice, name.clone())
            .with("only-in-rows", gone.clone())
    };
    let shown: Vec<ObjectEvidence> = shown.take(1).collect();
    let shown = shown.into_iter().next().unwrap_or_else(absent);
    let rows: Vec<Evidence> = parts.iter().filter_map(|part| part.row.clone()).collect();
    Some(
        Finding::new(format!("service {name}"), cause)
            .object(shown)
            .rows(rows)
            .next(
                "load_balancer_list",
                [("of", json!(name))],
                "the load balancers of the service on every node",
            ),
    )
}

/// The endpoints that connections may go to: those that are ready, else those that still serve.
fn endpoints(slices: &[&EndpointSlice], port: &ServicePort, ip: IpAddr) -> BTreeSet<(IpAddr, u16)> {
    let pick = |is_picked: fn(bool, bool) -> bool| -> BTreeSet<(IpAddr, u16)> {
        let mut all = BTreeSet::new();
        for slice in slices {
            let numbers = slice
                .ports
                .iter()
                .filter(|own| own.name == port.name && own.protocol == port.protocol)
                .filter_map(|own| own.port);
            for number in numbers {
                let ready = slice
                    .endpoints
                    .iter()
                    .filter(|one| is_picked(one.is_ready, one.is_serving));
                let ips = ready.filter_map(|one| one.ips.first());
                all.extend(
                    ips.filter(|own| own.is_ipv4() == ip.is_ipv4())
                        .map(|ip| (*ip, number)),
                );
            }
        }
        all
    };
    let ready = pick(|ready, _| ready);
    match ready.is_empty() {
        true => pick(|_, serving| serving),
        false => ready,
    }
}

/// Whether it is one of the addresses by which a host is reached from its own gateway router.
fn is_reserved(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        // fd69::/112, which ovnkube takes for the same.
        IpAddr::V6(ip) => ip.segments()[0] == 0xfd69,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;
    use crate::check::healthy::cluster;

    fn endpoints(endpoints: &serde_json::Value) -> Fixture {
        let parts = json!({"endpoints": endpoints});
        cluster().object(ObjectKind::EndpointSlice, "shop/web-x", parts)
    }

    const BOTH: [&str; 2] = ["a: service shop/web", "b: service shop/web"];

    #[test]
    fn backends_that_are_not_the_endpoints_are_found() {
        endpoints(&json!([{"addresses": ["10.244.0.5"]}])).check(&CHECK, &BOTH);
        let third = json!([{"addresses": ["10.244.0.5"]}, {"addresses": ["10.244.1.5"]}, {"addresses": ["10.244.1.6"]}]);
        endpoints(&third).check(&CHECK, &BOTH);
        let unready = json!([{"addresses": ["10.244.0.5"]}, {"addresses": ["10.244.1.5"], "conditions": {"ready": false}}]);
        endpoints(&unready).check(&CHECK, &BOTH);
        let empty = json!({"vips": {"10.96.0.5:80": ""}});
        let found = cluster()
            .node("a")
            .nb("Load_Balancer", "lb", empty)
            .found(&CHECK);
        assert!(found[0].cause.contains("refused"), "{found:#?}");
        cluster()
            .without_object(ObjectKind::EndpointSlice, "shop/web-x")
            .check(&CHECK, &BOTH);
    }

    #[test]
    fn backends_that_are_the_endpoints_are_fine() {
        cluster().check(&CHECK, &[]);
        // While none is ready those that end still serve.
        let ending = json!({"ready": false, "serving": true, "terminating": true});
        let serving = json!([{"addresses": ["10.244.0.5"], "conditions": ending}, {"addresses": ["10.244.1.5"], "conditions": ending}]);
        endpoints(&serving).check(&CHECK, &[]);
        // What has just changed is on its way.
        let now = json!({"metadata": {"annotations": {"endpoints.kubernetes.io/last-change-trigger-time": "1970-01-01T00:00:00Z"}}});
        endpoints(&json!([]))
            .object(ObjectKind::EndpointSlice, "shop/web-x", now)
            .check(&CHECK, &[]);
        // A node reaches its own address over a reserved one, and a local service only its own.
        let reserved =
            json!({"vips": {"10.96.0.5:80": "10.244.0.5:8080,10.244.1.5:8080,169.254.169.2:8080"}});
        cluster()
            .node("a")
            .nb("Load_Balancer", "lb", reserved)
            .check(&CHECK, &[]);
        let local = json!({"spec": {"internalTrafficPolicy": "Local"}});
        cluster()
            .node("a")
            .nb(
                "Load_Balancer",
                "lb",
                json!({"vips": {"10.96.0.5:80": "10.244.0.5:8080"}}),
            )
            .object(ObjectKind::Service, "shop/web", local)
            .check(&CHECK, &[]);
    }
}
