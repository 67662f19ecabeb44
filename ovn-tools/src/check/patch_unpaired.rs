//! Patch ports without a counterpart.

use std::collections::HashMap;

use ovn_schemas::vswitch;
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, ovs_table};
use crate::check::finding::{Evidence, Finding, Severity};
use crate::check::scene::{Host, Scene, Zone};

/// The option of a patch port that names its counterpart.
const PEER: &str = "peer";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "patch-unpaired",
    title: "a patch port has no counterpart",
    layer: Layer::Ovs,
    severity: Severity::Error,
    looks_for: "an Interface of type patch whose options:peer is not there, or names another one",
    known_from: &["#678", "#1446", "#5139", "#4786"],
    explains: &["interface-failed"],
    needs: &[ovs_table(vswitch::Interface::DEFINITION)],
    run: Run::Host(find),
};

fn find(host: &Host<'_>, _zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let patches: HashMap<String, vswitch::Interface> = host
        .read
        .rows
        .rows::<vswitch::Interface>()
        .filter(|row| row.type_() == "patch")
        .map(|row| (row.name().to_owned(), row))
        .collect();
    let mut names: Vec<&String> = patches.keys().collect();
    names.sort_unstable();
    let peer = |row: &vswitch::Interface| row.options().get(PEER).map(str::to_owned);
    let mut findings = Vec::new();
    for name in names {
        let row = &patches[name];
        let cause = match peer(row).map(|peer| patches.get(&peer).map(peer_of)) {
            Some(Some(Some(back))) if back == *name => continue,
            Some(Some(_)) => "the patch port it names does not name it in turn, so nothing passes",
            Some(None) => "the patch port it names does not exist, so nothing passes",
            None => "it names no counterpart, so nothing passes",
        };
        findings.push(
            Finding::new(format!("interface {name}"), cause).row(
                Evidence::of(host.read, row)
                    .with(vswitch::interface::NAME.name(), row.name())
                    .key(row, vswitch::interface::OPTIONS, PEER),
            ),
        );
    }
    findings
}

fn peer_of(row: &vswitch::Interface) -> Option<String> {
    row.options().get(PEER).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;
    use crate::database::Database;

    fn pair() -> Fixture {
        let patch = |name: &str, peer: &str| json!({"name": name, "type": "patch", "options": {"peer": peer}});
        Fixture::on("a").ovs("Interface", "x", patch("x", "y")).ovs(
            "Interface",
            "y",
            patch("y", "x"),
        )
    }

    #[test]
    fn a_patch_port_without_its_counterpart_is_found() {
        pair()
            .without(Database::Ovs, "Interface", "y")
            .check(&CHECK, &["a: interface x"]);
        let other = json!({"options": {"peer": "z"}});
        pair()
            .ovs("Interface", "y", other)
            .check(&CHECK, &["a: interface x", "a: interface y"]);
        let none = json!({"options": {}});
        pair()
            .ovs("Interface", "y", none)
            .check(&CHECK, &["a: interface x", "a: interface y"]);
    }

    #[test]
    fn patch_ports_that_name_each_other_are_fine() {
        pair().check(&CHECK, &[]);
    }
}
