//! Services without a load balancer.

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::check::service::{evidence, services, virtuals};
use crate::objects::ObjectKind;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "service-unserved",
    title: "a node has no load balancer for an address of a service",
    layer: Layer::Service,
    severity: Severity::Error,
    looks_for: "a service with a cluster IP whose address and port is a virtual IP of none of its Load_Balancers on a node that has those of others",
    known_from: &[
        "#5828",
        "ovnkube-controller of the node that is stuck or behind",
    ],
    explains: &["service-missing", "service-differs"],
    needs: &[
        objects(ObjectKind::Service),
        objects(ObjectKind::Namespace),
        nb_table(nb::LoadBalancer::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let has = virtuals(zone);
    let mut findings = Vec::new();
    // A zone without any is not one of OVN-Kubernetes.
    if has.is_empty() {
        return findings;
    }
    for service in services(zone, scene) {
        let own = has.get(&service.metadata.full_name());
        let mut lacking = Vec::new();
        for ip in &service.ips {
            for port in &service.ports {
                let key = (port.protocol.to_lowercase(), *ip, port.port);
                if !own.is_some_and(|own| own.contains_key(&key)) {
                    lacking.push(format!("{ip} {}/{}", port.port, port.protocol));
                }
            }
        }
        if lacking.is_empty() {
            continue;
        }
        let rows = own.into_iter().flatten();
        let rows = rows.flat_map(|(_, parts)| parts.iter().filter_map(|part| part.row.clone()));
        let name = service.metadata.full_name();
        let finding = Finding::new(
            format!("service {name}"),
            "pods of this node cannot reach it: no load balancer here has its address, so ovnkube-controller has not handled it",
        )
        .object(evidence(service).with("missing", lacking))
        .rows(rows)
        .next(
            "load_balancer_list",
            [("of", json!(name))],
            "the load balancers of the service on every node",
        );
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::cluster;

    #[test]
    fn an_address_or_port_without_a_load_balancer_is_found() {
        let service = json!({"spec": {"clusterIP": "10.96.0.9", "ports": [{"port": 80}]}});
        cluster()
            .object(ObjectKind::Service, "shop/db", service)
            .check(&CHECK, &["a: service shop/db", "b: service shop/db"]);
        let ports = json!({"spec": {"ports": [{"port": 80}, {"port": 443}]}});
        cluster()
            .object(ObjectKind::Service, "shop/web", ports)
            .check(&CHECK, &["a: service shop/web", "b: service shop/web"]);
    }

    #[test]
    fn services_with_load_balancers_and_without_addresses_are_fine() {
        cluster().check(&CHECK, &[]);
        let headless = json!({"spec": {"clusterIP": "None", "ports": [{"port": 80}]}});
        cluster()
            .object(ObjectKind::Service, "shop/db", headless)
            .check(&CHECK, &[]);
        let other = json!({"metadata": {"labels": {"service.kubernetes.io/service-proxy-name": "x"}},
            "spec": {"clusterIP": "10.96.0.9", "ports": [{"port": 80}]}});
        cluster()
            .object(ObjectKind::Service, "shop/db", other)
            .check(&CHECK, &[]);
        let own = json!({"metadata": {"labels": {"k8s.ovn.org/primary-user-defined-network": ""}}});
        let service = json!({"spec": {"clusterIP": "10.96.0.9", "ports": [{"port": 80}]}});
        cluster()
            .object(ObjectKind::Namespace, "own", own)
            .object(ObjectKind::Service, "own/db", service)
            .check(&CHECK, &[]);
    }
}
