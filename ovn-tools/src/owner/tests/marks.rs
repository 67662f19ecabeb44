//! Marks of OpenStack Neutron, and marks that nobody has thought of.

use ovn_schemas::nb;
use proptest::prelude::{Strategy, any};
use proptest::{collection, proptest, sample};
use serde_json::{Value as Json, json};

use crate::database::Database;
use crate::owner::{EgressIpPod, Pod, describe, describe_port, object_of};
use crate::tool::recording;

/// What a switch port of this name with these `external_ids` stands for: as a row, as a port, and
/// its object.
fn told(name: &str, ids: &[(String, String)]) -> [String; 3] {
    let schema = json!({"name": "OVN_Northbound", "version": "7.0.0", "tables": {
        "Logical_Switch_Port": {"columns": {
            "name": {"type": "string"},
            "external_ids": {"type": {"key": "string", "value": "string", "min": 0,
                                      "max": "unlimited"}}}}}});
    let ids: Vec<Json> = ids.iter().map(|(key, value)| json!([key, value])).collect();
    let row = json!({"name": name, "external_ids": ["map", ids]});
    let rows = json!({"Logical_Switch_Port": {"aaaaaaaa-0000-4000-8000-000000000001": row}});
    let read = recording::read(Database::Nb, "", &[schema, rows]);
    let port = read.rows.rows::<nb::LogicalSwitchPort>().next().unwrap();
    let ids = port.external_ids();
    let object = object_of(ids).map(|(kind, name)| format!("{kind:?} {name}"));
    [describe(ids), describe_port(port.name(), ids), object].map(Option::unwrap_or_default)
}

fn neutron(ids: &[(&str, &str)]) -> String {
    let ids: Vec<(String, String)> = ids
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    let [row, port, object] = told("5f1c6d3a", &ids);
    assert_eq!(row, port);
    assert_eq!(object, "", "OpenStack has no objects of a cluster");
    row
}

#[test]
fn rows_of_neutron_say_what_they_stand_for_the_most_telling_first() {
    for (ids, expected) in [
        (&[("neutron:network_name", "blue")][..], "network blue"),
        (
            &[
                ("neutron:network_name", "neutron-1"),
                ("neutron:port_name", "web"),
                ("neutron:revision_number", "3"),
            ],
            "port web",
        ),
        // A port without a name is told by the machine that it is of.
        (
            &[("neutron:port_name", ""), ("neutron:device_id", "vm-7")],
            "device vm-7",
        ),
        (
            &[
                ("neutron:security_group_rule_id", "r1"),
                ("neutron:security_group_id", "g1"),
            ],
            "security group rule r1",
        ),
        (&[("neutron:fip_id", "f1")], "floating IP f1"),
        (&[("neutron:router_name", "edge")], "router edge"),
        (
            &[("subnet_id", "s1"), ("neutron:revision_number", "1")],
            "subnet s1",
        ),
        (&[("neutron:revision_number", "1")], ""),
        (&[], ""),
    ] {
        assert_eq!(neutron(ids), expected, "{ids:?}");
    }
}

/// Keys and values as marks have them, each in the other's place too.
const WORDS: [&str; 20] = [
    "k8s.ovn.org/id",
    "k8s.ovn.org/owner-controller",
    "k8s.ovn.org/owner-type",
    "k8s.ovn.org/name",
    "k8s.ovn.org/owner",
    "k8s.ovn.org/kind",
    "k8s.ovn.org/network",
    "direction",
    "gress-index",
    "rule-index",
    "type",
    "pod",
    "namespace",
    "true",
    "NetworkPolicy",
    "EgressIP",
    "EgressFirewall",
    "Service",
    "a:b:c",
    "neutron:device_id",
];

fn word() -> impl Strategy<Value = String> {
    let known = sample::select(&WORDS[..]).prop_map(str::to_owned);
    proptest::prop_oneof![known, "[a-z/_:.-]{0,12}", any::<String>()]
}

proptest! {
    #[test]
    fn any_marks_are_told_or_are_none(
        name in word(),
        ids in collection::btree_map(word(), word(), 0..8),
    ) {
        let ids: Vec<(String, String)> = ids.into_iter().collect();
        // OVSDB knows no NUL in its strings.
        let printable = |text: &String| !text.contains('\0');
        if ids.iter().all(|(key, value)| printable(key) && printable(value)) && printable(&name) {
            let again = told(&name, &ids);
            assert_eq!(told(&name, &ids), again);
        }
    }

    #[test]
    fn an_egress_ip_and_its_pod_are_read_from_what_they_are_called(
        egress_ip in "[a-z][a-z0-9.-]{0,20}",
        namespace in "[a-z][a-z0-9-]{0,20}",
        pod in "[a-z][a-z0-9.-]{0,20}",
    ) {
        let read = EgressIpPod::parse("EgressIP", &format!("{egress_ip}_{namespace}/{pod}"));
        let read = read.unwrap();
        assert_eq!((&*read.egress_ip, read.pod), (&*egress_ip, Pod::new(&namespace, &pod)));
        assert_eq!(EgressIpPod::parse("NetworkPolicy", "a_b/c"), None);
    }
}
