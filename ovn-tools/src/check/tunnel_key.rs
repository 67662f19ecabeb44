//! Switches and ports that ask for the same tunnel key.

use std::collections::BTreeMap;

use ovn_schemas::nb;
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Evidence, Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The key by which a tunnel key is asked for.
const REQUESTED: &str = "requested-tnl-key";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "tunnel-key-duplicate",
    title: "two switches, routers or ports ask for the same tunnel key",
    layer: Layer::Network,
    severity: Severity::Error,
    looks_for: "the same requested-tnl-key on two switches or routers, or on two ports of one switch",
    known_from: &["ovn-kubernetes 7daff06cd"],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    type Holders = Vec<(String, Option<Evidence>)>;
    let mut datapaths: BTreeMap<String, Holders> = BTreeMap::new();
    let mut ports: BTreeMap<(String, String), Holders> = BTreeMap::new();
    for row in zone.nb_rows::<nb::LogicalSwitch>() {
        let config = row.other_config();
        if let Some(key) = config.get(REQUESTED) {
            let shown = zone.nb_row(&row, |evidence| {
                let evidence = evidence.with(nb::logical_switch::NAME.name(), row.name());
                evidence.key(&row, nb::logical_switch::OTHER_CONFIG, REQUESTED)
            });
            datapaths
                .entry(key.to_owned())
                .or_default()
                .push((row.name().to_owned(), shown));
        }
    }
    for row in zone.nb_rows::<nb::LogicalRouter>() {
        let options = row.options();
        if let Some(key) = options.get(REQUESTED) {
            let shown = zone.nb_row(&row, |evidence| {
                let evidence = evidence.with(nb::logical_router::NAME.name(), row.name());
                evidence.key(&row, nb::logical_router::OPTIONS, REQUESTED)
            });
            datapaths
                .entry(key.to_owned())
                .or_default()
                .push((row.name().to_owned(), shown));
        }
    }
    for one in zone.switch_ports() {
        let options = one.port.options();
        if let Some(key) = options.get(REQUESTED) {
            let shown = zone.nb_row(&one.port, |evidence| {
                let evidence = evidence.with(nb::logical_switch_port::NAME.name(), one.port.name());
                evidence.key(&one.port, nb::logical_switch_port::OPTIONS, REQUESTED)
            });
            let place = (one.switch.uuid().to_string(), key.to_owned());
            ports
                .entry(place)
                .or_default()
                .push((one.port.name().to_owned(), shown));
        }
    }
    let cause = "several ask for it and one only can have it, so nodes take packets for another's";
    let found = |key: &str, holders: Holders| {
        (holders.len() > 1).then(|| {
            let mut holders = holders;
            holders.sort_by(|(a, _), (b, _)| a.cmp(b));
            let names: Vec<&str> = holders.iter().map(|(name, _)| name.as_str()).collect();
            let object = format!("tunnel key {key} of {}", names.join(", "));
            Finding::new(object, cause).rows(holders.into_iter().filter_map(|(_, shown)| shown))
        })
    };
    let datapaths = datapaths
        .into_iter()
        .filter_map(|(key, holders)| found(&key, holders));
    let ports = ports
        .into_iter()
        .filter_map(|((_, key), holders)| found(&key, holders));
    datapaths.chain(ports).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn apart() -> Fixture {
        let config = |key: &str| json!({"requested-tnl-key": key});
        Fixture::on("a")
            .nb(
                "Logical_Switch",
                "x",
                json!({"name": "x", "other_config": config("7"), "ports": ["p", "q"]}),
            )
            .nb(
                "Logical_Router",
                "y",
                json!({"name": "y", "options": config("8")}),
            )
            .nb(
                "Logical_Switch_Port",
                "p",
                json!({"name": "p", "options": config("2")}),
            )
            .nb(
                "Logical_Switch_Port",
                "q",
                json!({"name": "q", "options": config("3")}),
            )
    }

    #[test]
    fn a_key_that_two_ask_for_is_found() {
        let same = json!({"options": {"requested-tnl-key": "7"}});
        apart()
            .nb("Logical_Router", "y", same)
            .check(&CHECK, &["a: tunnel key 7 of x, y"]);
        let same = json!({"options": {"requested-tnl-key": "2"}});
        apart()
            .nb("Logical_Switch_Port", "q", same)
            .check(&CHECK, &["a: tunnel key 2 of p, q"]);
    }

    #[test]
    fn a_key_for_each_is_fine() {
        apart().check(&CHECK, &[]);
    }
}
