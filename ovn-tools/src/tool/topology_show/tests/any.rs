//! What holds for any rows.

use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::json;

use crate::report::Report;
use crate::tool::recording;
use crate::tool::topology_show::Format;
use crate::tool::topology_show::tests::network::{self, AnyPort};
use crate::tool::topology_show::tests::{ask, json_of, text, zone_of};

proptest! {
    // Each case reads databases from text, which takes milliseconds.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_rows_makes_no_difference(salt in 0u32..1000, cut in 0usize..20) {
        let mut shown = [0, salt].map(|salt| {
            let zones = [("worker-b", "worker-a"), ("worker-a", "worker-b")];
            let reads = zones.map(|(node, other)| zone_of(node, other).shuffled(salt).reads());
            ask(&recording::snapshot(reads.concat()), &json!({})).unwrap()
        });
        prop_assert_eq!(json_of(&shown[0]), json_of(&shown[1]));
        for shown in &mut shown {
            shown.keep(cut);
        }
        prop_assert_eq!(json_of(&shown[0]), json_of(&shown[1]));
        prop_assert_eq!(text(&shown[0]), text(&shown[1]));
    }

    /// Any rows that fit the schemas: nothing panics, and no port is dropped.
    #[test]
    fn every_port_is_shown_whatever_the_rows_say(
        ports in proptest::collection::vec(any_port(), 0..12),
        devices in proptest::collection::vec((any::<bool>(), 0usize..3, 0usize..3), 0..5),
        bindings in proptest::collection::vec((0usize..12, 0usize..3, any::<bool>()), 0..8),
        held in subsequence((0..12).collect::<Vec<usize>>(), 0..12),
        format in prop_oneof![Just(Format::Graph), Just(Format::Mermaid)],
        keep in 0usize..30,
    ) {
        let snapshot = network::any(&ports, &devices, &bindings, &held);
        let mut shown = ask(&snapshot, &json!({})).unwrap();
        let device_ports: usize = shown.zones.iter().flat_map(|zone| zone.devices()).map(|device| device.port_count).sum();
        let rows: usize = shown.zones.iter().flat_map(|zone| zone.devices()).map(|device| device.ports.len()).sum();
        let links: usize = shown.zones.iter().map(|zone| zone.links.len()).sum();
        prop_assert_eq!(device_ports, rows + 2 * links);
        prop_assert_eq!(shown.items(), shown.total);
        let _ = text(&shown);
        shown.keep(keep);
        let _ = text(&shown);
        let mut shown = ask(&snapshot, &json!({"format": format, "ports": keep % 2 == 0})).unwrap();
        shown.keep(keep);
        let _ = text(&shown);
        for of in ["p0", "p3", "cr-p1", "d0"] {
            let _ = ask(&snapshot, &json!({"of": of, "format": format}));
        }
    }
}

/// A port's row: its kind, the port it names as its peer, and its name.
fn any_port() -> impl Strategy<Value = AnyPort> {
    let kinds = [
        "",
        "router",
        "switch",
        "localnet",
        "remote",
        "virtual",
        "odd \"kind\"",
        "lrp",
        "lrp",
        "lrp",
    ];
    (0..kinds.len(), 0usize..12, 0usize..14).prop_map(move |(kind, peer, name)| AnyPort {
        kind: kinds[kind],
        peer,
        name,
    })
}
