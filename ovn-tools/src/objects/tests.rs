//! Objects as API servers write them.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::objects::{
    AdminPeer, AdminPolicy, EgressFirewall, EgressIp, EndpointSlice, NetworkAttachment,
    NetworkPolicy, Node, Object, ObjectKind, ObjectList, ObjectQuestion, Objects, ObjectsRead, Pod,
    PodNetworks, Service, Typed, UserDefinedNetwork,
};

fn read<T: Typed + Clone>(kind: ObjectKind, object: &Json) -> T {
    let object = Object::read(kind, object).expect("an object");
    T::of(&object).expect("of its type").clone()
}

fn texts<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

/// The annotations are those of ovn-kubernetes, `docs/design/ovn-kubernetes.md` and
/// `go-controller/pkg/util/pod_annotation_unit_test.go`.
#[test]
fn pods_have_the_addresses_of_their_annotation() {
    let noted = json!({
        "default": {"ip_addresses": ["10.244.0.5/24", "fd00::5/64"], "mac_address": "0a:58:0a:f4:00:05", "role": "primary"},
        "shop/blue-net": {"ip_address": "10.100.0.7/16", "mac_address": "0a:58:0a:64:00:07"},
    });
    let pod = json!({
        "metadata": {"namespace": "shop", "name": "web-1", "uid": "u", "labels": {"app": "web"},
            "creationTimestamp": "2026-11-21T08:00:00Z",
            "annotations": {"k8s.ovn.org/pod-networks": noted.to_string()}},
        "spec": {"nodeName": "a"},
        "status": {"phase": "Running", "podIP": "10.244.0.5", "podIPs": [{"ip": "10.244.0.5"}, {"ip": "fd00::5"}]},
    });
    let read_pod: Pod = read(ObjectKind::Pod, &pod);
    assert_eq!(read_pod.metadata.full_name(), "shop/web-1");
    assert_eq!(read_pod.port_name("default"), "shop_web-1");
    assert_eq!(
        read_pod.port_name("shop/blue-net"),
        "shop.blue.net_shop_web-1"
    );
    let network = read_pod.network("default").expect("the default network");
    assert_eq!(texts(&network.ips), ["10.244.0.5", "fd00::5"]);
    let mac = network.mac.map(|mac| mac.to_string());
    assert_eq!(mac.as_deref(), Some("0a:58:0a:f4:00:05"));
    let other = read_pod.network("shop/blue-net").expect("the other");
    assert_eq!(texts(&other.ips), ["10.100.0.7"]);
    assert_eq!(texts(&read_pod.ips), ["10.244.0.5", "fd00::5"]);
    let mut broken = pod.clone();
    broken["metadata"]["annotations"]["k8s.ovn.org/pod-networks"] = json!("{");
    assert_eq!(
        read::<Pod>(ObjectKind::Pod, &broken).networks,
        PodNetworks::Broken
    );
    broken["metadata"]["annotations"] = Json::Null;
    assert_eq!(
        read::<Pod>(ObjectKind::Pod, &broken).networks,
        PodNetworks::Absent
    );
}

#[test]
fn nodes_have_what_is_noted_on_them_in_both_notations() {
    let node = |annotations: Json| -> Node {
        let object = json!({"metadata": {"name": "a", "annotations": annotations},
            "status": {"addresses": [{"type": "InternalIP", "address": "172.18.0.2"}, {"type": "Hostname", "address": "a"}],
                "conditions": [{"type": "Ready", "status": "True"}]}});
        read(ObjectKind::Node, &object)
    };
    let new = node(json!({
        "k8s.ovn.org/node-chassis-id": "id-a",
        "k8s.ovn.org/zone-name": "a",
        "k8s.ovn.org/node-subnets": r#"{"default":["10.244.0.0/24"],"blue":["10.1.0.0/24"]}"#,
        "k8s.ovn.org/node-gateway-router-lrp-ifaddrs": r#"{"default":{"ipv4":"100.64.0.2/16"}}"#,
        "k8s.ovn.org/node-transit-switch-port-ifaddr": r#"{"ipv4":"100.88.0.2/16"}"#,
    }));
    assert_eq!(texts(&new.subnets), ["10.244.0.0/24"]);
    assert_eq!(texts(&new.join), ["100.64.0.2/16"]);
    assert_eq!(texts(&new.transit), ["100.88.0.2/16"]);
    assert_eq!(texts(&new.ips), ["172.18.0.2"]);
    assert_eq!(
        (new.chassis.as_deref(), new.zone.as_deref()),
        (Some("id-a"), Some("a"))
    );
    assert!(new.is_annotated && new.is_ready == Some(true));
    let old = node(json!({
        "k8s.ovn.org/node-subnets": r#"{"default":"10.244.0.0/24"}"#,
        "k8s.ovn.org/node-gateway-router-lrp-ifaddr": r#"{"ipv4":"100.64.0.3/16"}"#,
    }));
    assert_eq!(texts(&old.subnets), ["10.244.0.0/24"]);
    assert_eq!(texts(&old.join), ["100.64.0.3/16"]);
    let plain = node(json!({"other": "x"}));
    assert!(!plain.is_annotated && plain.chassis.is_none() && plain.subnets.is_empty());
}

#[test]
fn services_and_slices_fit_together() {
    let service: Service = read(
        ObjectKind::Service,
        &json!({
        "metadata": {"namespace": "shop", "name": "web"},
        "spec": {"clusterIP": "10.96.0.5", "clusterIPs": ["10.96.0.5"], "selector": {"app": "web"},
            "ports": [{"port": 80, "protocol": "TCP"}, {"name": "dns", "port": 53, "protocol": "UDP"}, {"port": 70000}]}}),
    );
    assert_eq!(texts(&service.ips), ["10.96.0.5"]);
    assert_eq!(service.ports.len(), 2, "a port beyond 65535 is none");
    let headless: Service = read(
        ObjectKind::Service,
        &json!({"metadata": {"name": "h", "namespace": "shop"}, "spec": {"clusterIP": "None", "clusterIPs": ["None"]}}),
    );
    assert!(headless.ips.is_empty());
    let slice: EndpointSlice = read(
        ObjectKind::EndpointSlice,
        &json!({
        "metadata": {"namespace": "shop", "name": "web-x", "labels": {"kubernetes.io/service-name": "web"}},
        "ports": [{"name": "", "port": 8080}],
        "endpoints": [
            {"addresses": ["10.244.0.5"], "nodeName": "a", "targetRef": {"kind": "Pod", "name": "web-1"}},
            {"addresses": ["10.244.0.6"], "conditions": {"ready": false, "serving": true, "terminating": true}}]}),
    );
    assert_eq!(slice.service.as_deref(), Some("web"));
    let states: Vec<(bool, bool)> = slice
        .endpoints
        .iter()
        .map(|one| (one.is_ready, one.is_serving))
        .collect();
    assert_eq!(states, [(true, true), (false, true)]);
    assert_eq!(slice.endpoints[0].pod.as_deref(), Some("web-1"));
    let empty: EndpointSlice = read(
        ObjectKind::EndpointSlice,
        &json!({"metadata": {"name": "x", "namespace": "shop"}, "endpoints": null, "ports": null}),
    );
    assert!(empty.endpoints.is_empty() && empty.service.is_none());
}

#[test]
fn policies_say_what_they_are_about() {
    let policy = |spec: Json| -> (Option<usize>, Option<usize>) {
        let object = json!({"metadata": {"namespace": "shop", "name": "p"}, "spec": spec});
        let policy: NetworkPolicy = read(ObjectKind::NetworkPolicy, &object);
        (policy.ingress, policy.egress)
    };
    assert_eq!(policy(json!({})), (Some(0), None));
    assert_eq!(policy(json!({"egress": [{}]})), (Some(0), Some(1)));
    let types = json!({"policyTypes": ["Egress"], "egress": []});
    assert_eq!(policy(types), (None, Some(0)));
    let types = json!({"policyTypes": ["Ingress", "Egress"], "ingress": [{}, {}]});
    assert_eq!(policy(types), (Some(2), Some(0)));
}

#[test]
fn egress_and_networks_are_read() {
    let eip: EgressIp = read(
        ObjectKind::EgressIp,
        &json!({"metadata": {"name": "out"},
        "spec": {"egressIPs": ["172.18.0.100", "x"], "namespaceSelector": {"matchLabels": {"a": "b"}}},
        "status": {"items": [{"node": "a", "egressIP": "172.18.0.100"}, {"node": "b"}]}}),
    );
    assert_eq!((eip.ips.len(), eip.assigned.len()), (1, 1));
    assert_eq!(eip.namespaces.to_string(), "a=b");
    let wall: EgressFirewall = read(
        ObjectKind::EgressFirewall,
        &json!({"metadata": {"name": "default", "namespace": "shop"}, "spec": {"egress": [{}, {}]}, "status": {"status": "applied"}}),
    );
    assert_eq!((wall.rules, wall.status.as_deref()), (2, Some("applied")));
    let udn: UserDefinedNetwork = read(
        ObjectKind::UserDefinedNetwork,
        &json!({"metadata": {"name": "blue", "namespace": "shop"}, "spec": {"topology": "Layer3", "layer3": {"role": "Primary"}}}),
    );
    assert_eq!((&*udn.network(), &*udn.role), ("shop_blue", "Primary"));
    let cudn: UserDefinedNetwork = read(
        ObjectKind::ClusterUserDefinedNetwork,
        &json!({"metadata": {"name": "my-net"}, "spec": {"network": {"topology": "Layer2", "layer2": {"role": "Secondary"}}}}),
    );
    assert_eq!(
        (&*cudn.network(), &*cudn.topology),
        ("cluster_udn_my-net", "Layer2")
    );
    let config =
        r#"{"cniVersion":"0.4.0","name":"blue","type":"ovn-k8s-cni-overlay","topology":"layer2"}"#;
    let attached = |config: &str| -> Option<String> {
        let object =
            json!({"metadata": {"name": "n", "namespace": "shop"}, "spec": {"config": config}});
        let nad: NetworkAttachment = read(ObjectKind::NetworkAttachment, &object);
        nad.network.map(Into::into)
    };
    assert_eq!(attached(config).as_deref(), Some("blue"));
    assert_eq!(attached(r#"{"name":"x","type":"macvlan"}"#), None);
    assert_eq!(attached(""), None);
}

#[test]
fn what_is_not_known_in_full_says_why() {
    let list = |kind: ObjectKind, outcome: Result<ObjectList, String>| ObjectsRead {
        source: "kube".to_owned(),
        question: ObjectQuestion::all(kind),
        outcome,
    };
    let reads = [
        list(ObjectKind::Pod, Ok(ObjectList::default())),
        list(ObjectKind::Node, Err("forbidden".to_owned())),
        list(
            ObjectKind::Service,
            Ok(ObjectList {
                more: true,
                ..ObjectList::default()
            }),
        ),
    ];
    assert!(Objects::of(&reads, "kube:other").is_none());
    let objects = Objects::of(&reads, "kube").expect("a cluster");
    assert_eq!(objects.lacks(ObjectKind::Pod), None);
    insta::assert_snapshot!(
        [ObjectKind::Node, ObjectKind::Service, ObjectKind::EgressIp]
            .map(|kind| objects.lacks(kind).unwrap_or_default())
            .join("\n"),
        @r"
    forbidden
    there are more services than the 0 that were read
    no list of egressips.k8s.ovn.org was read
    "
    );
}

/// Any JSON of some depth.
fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        "[a-z0-9./:{}\"-]{0,12}".prop_map(Json::from),
    ];
    let names = prop::sample::select(vec![
        "metadata",
        "name",
        "namespace",
        "annotations",
        "spec",
        "status",
        "ports",
        "endpoints",
        "labels",
        "k8s.ovn.org/pod-networks",
        "k8s.ovn.org/node-subnets",
        "podSelector",
        "matchExpressions",
        "egressIPs",
        "items",
        "config",
    ]);
    leaf.prop_recursive(5, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::btree_map(names.clone(), inner, 0..6).prop_map(|members| {
                let members = members.into_iter();
                Json::Object(
                    members
                        .map(|(name, value)| (name.to_owned(), value))
                        .collect(),
                )
            }),
        ]
    })
}

proptest! {
    #[test]
    fn no_object_panics(mut object in any_json()) {
        if let Some(members) = object.as_object_mut() {
            members.insert("metadata".to_owned(), json!({"name": "x", "annotations": members.get("annotations")}));
        }
        for kind in ObjectKind::ALL {
            Object::read(kind, &object);
        }
    }
}

#[test]
fn policies_of_administrators_are_read_with_whom_they_are_about() {
    let pods =
        json!({"pods": {"namespaceSelector": {"matchLabels": {"team": "x"}}, "podSelector": {}}});
    let object = json!({"metadata": {"name": "edge"}, "spec": {
        "priority": 10, "subject": {"namespaces": {"matchLabels": {"team": "x"}}},
        "ingress": [{"action": "Deny", "from": [pods], "ports": [{"namedPort": "web"}]}],
        "egress": [
            {"action": "Pass", "to": [{"nodes": {}}, {"networks": ["192.0.2.0/24"]}], "ports": [{"namedPort": "web"}, {"portNumber": {"port": 80}}]},
            {"action": "Allow", "to": [{"networks": ["nowhere"]}, {"domainNames": ["example.com"]}]}]},
        "status": {"conditions": [
            {"type": "Ready-In-Zone-a", "status": "True", "message": "fine"},
            {"type": "Ready-In-Zone-b", "status": "False", "message": "no"},
            {"type": "Other", "status": "True"}]}});
    let policy: AdminPolicy = read(ObjectKind::AdminNetworkPolicy, &object);
    let subject = policy.subject.as_ref().expect("a subject");
    assert_eq!(subject.namespaces.to_string(), "team=x");
    assert!(subject.pods.is_empty());
    assert_eq!(policy.priority, Some(10));
    let ingress = &policy.ingress[0];
    assert!(ingress.is_by_port_name);
    assert!(matches!(&ingress.peers[..], [Some(AdminPeer::Pods(_))]));
    assert!(!policy.egress[0].is_by_port_name);
    assert!(matches!(
        &policy.egress[0].peers[..],
        [Some(AdminPeer::Nodes(_)), Some(AdminPeer::Networks(_))]
    ));
    assert_eq!(policy.egress[1].peers, [None, None]);
    let reports = policy.reports.iter();
    let reports: Vec<(&str, bool)> = reports.map(|one| (&*one.zone, one.is_ready)).collect();
    assert_eq!(reports, [("a", true), ("b", false)]);
    let baseline: AdminPolicy = read(ObjectKind::BaselineAdminNetworkPolicy, &object);
    assert!(baseline.is_baseline && baseline.priority.is_none());
}
