//! Layouts of each kind of cluster.

use serde_json::{Value, json};

use super::*;

fn pod(namespace: &str, name: &str, node: &str, containers: &[&str]) -> Value {
    let specs: Vec<Value> = containers
        .iter()
        .map(|name| json!({"name": name, "image": "ovn:1"}))
        .collect();
    let statuses: Vec<Value> = containers
        .iter()
        .map(|name| json!({"name": name, "imageID": "sha256:1", "state": {"running": {"startedAt": "2026-01-01T00:00:00Z"}}}))
        .collect();
    json!({
        "metadata": {"name": name, "namespace": namespace, "labels": {"app": "ovnkube-node"}},
        "spec": {"nodeName": node, "containers": specs},
        "status": {"phase": "Running", "containerStatuses": statuses},
    })
}

#[track_caller]
fn layout(pods: Vec<Value>, nodes: &[&str]) -> String {
    let pods: Vec<Pod> = pods
        .into_iter()
        .map(|pod| serde_json::from_value(pod).expect("a pod"))
        .collect();
    let nodes: Vec<Node> = nodes
        .iter()
        .map(|name| serde_json::from_value(json!({"metadata": {"name": name}})).expect("a node"))
        .collect();
    let layout = Layout::of(&pods, Some(&nodes));
    let places = layout.places.iter().map(|place| {
        format!(
            "{} {}: {}/{} {} {}",
            place.node, place.database, place.namespace, place.pod, place.container, place.target
        ) + &place
            .port
            .map_or_else(String::new, |port| format!(" or {port}"))
    });
    let gaps = layout
        .missing
        .iter()
        .map(|missing| format!("gap {}: {}", missing.gap.what, missing.gap.why));
    places.chain(gaps).collect::<Vec<_>>().join("\n")
}

#[test]
fn upstream_interconnect_has_all_three_in_one_pod_of_each_node() {
    let containers = [
        "nb-ovsdb",
        "sb-ovsdb",
        "ovn-northd",
        "ovnkube-controller",
        "ovn-controller",
        "ovs-metrics-exporter",
    ];
    let pods = vec![
        pod("ovn-kubernetes", "ovnkube-node-b", "b", &containers),
        pod("ovn-kubernetes", "ovs-node-a", "a", &["ovs-daemons"]),
        pod("ovn-kubernetes", "ovnkube-node-a", "a", &containers),
        pod(
            "ovn-kubernetes",
            "ovnkube-control-plane-1",
            "a",
            &["ovnkube-cluster-manager"],
        ),
    ];
    insta::assert_snapshot!(layout(pods, &["a", "b", "c"]), @r"
    a nb: ovn-kubernetes/ovnkube-node-a nb-ovsdb /var/run/ovn/ovnnb_db.sock
    a sb: ovn-kubernetes/ovnkube-node-a sb-ovsdb /var/run/ovn/ovnsb_db.sock
    a ovs: ovn-kubernetes/ovnkube-node-a ovn-controller /var/run/openvswitch/db.sock
    b nb: ovn-kubernetes/ovnkube-node-b nb-ovsdb /var/run/ovn/ovnnb_db.sock
    b sb: ovn-kubernetes/ovnkube-node-b sb-ovsdb /var/run/ovn/ovnsb_db.sock
    b ovs: ovn-kubernetes/ovnkube-node-b ovn-controller /var/run/openvswitch/db.sock
    gap c: no pod of OVN-Kubernetes with a database is on the node
    ");
}

#[test]
fn openshift_has_other_names_and_microshift_two_pods() {
    let openshift = [
        "ovn-controller",
        "ovn-acl-logging",
        "kube-rbac-proxy-node",
        "northd",
        "nbdb",
        "sbdb",
        "ovnkube-controller",
    ];
    let namespace = "openshift-ovn-kubernetes";
    let pods = vec![
        pod(namespace, "ovnkube-node-x", "x", &openshift),
        pod(
            namespace,
            "ovnkube-master-y",
            "y",
            &["northd", "nbdb", "sbdb", "ovnkube-master"],
        ),
        pod(namespace, "ovnkube-node-y", "y", &["ovn-controller"]),
    ];
    insta::assert_snapshot!(layout(pods, &["x", "y"]), @"
    x nb: openshift-ovn-kubernetes/ovnkube-node-x nbdb /var/run/ovn/ovnnb_db.sock
    x sb: openshift-ovn-kubernetes/ovnkube-node-x sbdb /var/run/ovn/ovnsb_db.sock
    x ovs: openshift-ovn-kubernetes/ovnkube-node-x ovn-controller /var/run/openvswitch/db.sock
    y nb: openshift-ovn-kubernetes/ovnkube-master-y nbdb /var/run/ovn/ovnnb_db.sock or ssl:9641
    y sb: openshift-ovn-kubernetes/ovnkube-master-y sbdb /var/run/ovn/ovnsb_db.sock or ssl:9642
    y ovs: openshift-ovn-kubernetes/ovnkube-node-y ovn-controller /var/run/openvswitch/db.sock
    ");
}

#[test]
fn a_central_deployment_has_one_pod_with_the_ovn_databases() {
    let namespace = "ovn-kubernetes";
    let pods = vec![
        pod(namespace, "ovnkube-db-1", "a", &["nb-ovsdb", "sb-ovsdb"]),
        pod(
            namespace,
            "ovnkube-node-a",
            "a",
            &["ovnkube-node", "ovn-controller"],
        ),
        pod(
            namespace,
            "ovnkube-node-b",
            "b",
            &["ovnkube-node", "ovn-controller"],
        ),
        pod(namespace, "ovs-node-b", "b", &["ovs-daemons"]),
    ];
    insta::assert_snapshot!(layout(pods, &["a", "b"]), @"
    a nb: ovn-kubernetes/ovnkube-db-1 nb-ovsdb /var/run/ovn/ovnnb_db.sock or tcp:6641
    a sb: ovn-kubernetes/ovnkube-db-1 sb-ovsdb /var/run/ovn/ovnsb_db.sock or tcp:6642
    a ovs: ovn-kubernetes/ovnkube-node-a ovn-controller /var/run/openvswitch/db.sock
    b ovs: ovn-kubernetes/ovnkube-node-b ovn-controller /var/run/openvswitch/db.sock
    ");
}

#[test]
fn the_databases_of_a_zone_of_several_nodes_are_reached_at_their_ports_too() {
    let namespace = "ovn-kubernetes";
    let zone = ["nb-ovsdb", "sb-ovsdb", "ovn-northd", "ovnkube-controller"];
    let node = ["ovnkube-node", "ovn-controller"];
    let pods = vec![
        pod(namespace, "ovnkube-zone-controller-1", "a", &zone),
        pod(namespace, "ovnkube-node-a", "a", &node),
        pod(namespace, "ovnkube-node-b", "b", &node),
    ];
    insta::assert_snapshot!(layout(pods, &["a", "b"]), @"
    a nb: ovn-kubernetes/ovnkube-zone-controller-1 nb-ovsdb /var/run/ovn/ovnnb_db.sock or tcp:6641
    a sb: ovn-kubernetes/ovnkube-zone-controller-1 sb-ovsdb /var/run/ovn/ovnsb_db.sock or tcp:6642
    a ovs: ovn-kubernetes/ovnkube-node-a ovn-controller /var/run/openvswitch/db.sock
    b ovs: ovn-kubernetes/ovnkube-node-b ovn-controller /var/run/openvswitch/db.sock
    ");
}

#[test]
fn what_does_not_run_is_a_gap_with_the_reason_unless_another_pod_stands_in() {
    let containers = [
        "nb-ovsdb",
        "sb-ovsdb",
        "ovn-controller",
        "ovnkube-controller",
    ];
    let mut down = pod("ovn-kubernetes", "ovnkube-node-a", "a", &containers);
    down["status"]["containerStatuses"][0]["state"] =
        json!({"waiting": {"reason": "CrashLoopBackOff"}});
    down["status"]["containerStatuses"][2]["state"] = json!({"terminated": {"exitCode": 1}});
    let mut pending = pod("ovn-kubernetes", "ovnkube-node-b", "b", &containers);
    pending["status"] = json!({"phase": "Pending"});
    let mut leaving = pod("ovn-kubernetes", "ovnkube-node-c0", "c", &containers);
    leaving["metadata"]["deletionTimestamp"] = json!("2026-01-01T00:00:00Z");
    let next = pod("ovn-kubernetes", "ovnkube-node-c1", "c", &containers);
    let mut unscheduled = pod("ovn-kubernetes", "ovnkube-node-d", "d", &containers);
    unscheduled["spec"]["nodeName"] = Value::Null;
    let pods = vec![down, pending, leaving, next, unscheduled];
    insta::assert_snapshot!(layout(pods, &["a", "b", "c"]), @r"
    a sb: ovn-kubernetes/ovnkube-node-a sb-ovsdb /var/run/ovn/ovnsb_db.sock
    a ovs: ovn-kubernetes/ovnkube-node-a ovnkube-controller /var/run/openvswitch/db.sock
    c nb: ovn-kubernetes/ovnkube-node-c1 nb-ovsdb /var/run/ovn/ovnnb_db.sock
    c sb: ovn-kubernetes/ovnkube-node-c1 sb-ovsdb /var/run/ovn/ovnsb_db.sock
    c ovs: ovn-kubernetes/ovnkube-node-c1 ovn-controller /var/run/openvswitch/db.sock
    gap a: nb: the container nb-ovsdb of the pod ovnkube-node-a does not run (CrashLoopBackOff)
    gap b: nb: the pod ovnkube-node-b has not started its containers (Pending)
    gap b: sb: the pod ovnkube-node-b has not started its containers (Pending)
    gap b: ovs: the pod ovnkube-node-b has not started its containers (Pending)
    ");
}
