//! Physical networks that no host maps.

use std::collections::BTreeMap;

use ovn_schemas::{nb, sb, vswitch};
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, nb_table, ovs_table, sb_table};
use crate::check::finding::{Evidence, Finding, Severity};
use crate::check::interface;
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "localnet-unmapped",
    title: "no host maps the physical network of a switch",
    layer: Layer::Node,
    severity: Severity::Error,
    looks_for: "a localnet port whose network_name is in no ovn-bridge-mappings of its zone's hosts",
    known_from: &["#678", "#4786", "#1446", "#5139"],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
        ovs_table(vswitch::OpenVswitch::DEFINITION),
        sb_table(sb::Chassis::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    // A host that was not read may be the one that maps it.
    if zone.hosts.len() < zone.own_chassis().count() {
        return Vec::new();
    }
    let mut mapped = Vec::new();
    for host in &zone.hosts {
        let mappings = interface::setting(host, "ovn-bridge-mappings").unwrap_or_default();
        mapped.extend(interface::mappings(&mappings).map(|(network, _)| network.to_owned()));
    }
    let mut unmapped: BTreeMap<String, Vec<Option<Evidence>>> = BTreeMap::new();
    for one in zone
        .switch_ports()
        .iter()
        .filter(|one| one.port.type_() == "localnet")
    {
        let options = one.port.options();
        let Some(network) = options
            .get("network_name")
            .filter(|name| !mapped.iter().any(|own| own == name))
        else {
            continue;
        };
        let row = zone.nb_row(&one.port, |row| {
            row.with(nb::logical_switch_port::NAME.name(), one.port.name())
                .key(&one.port, nb::logical_switch_port::OPTIONS, "network_name")
                .with("switch", one.switch.name())
        });
        unmapped.entry(network.to_owned()).or_default().push(row);
    }
    let hosts = || {
        zone.hosts.iter().filter_map(|host| {
            interface::host_row(host, |row, evidence| {
                evidence.key(
                    row,
                    vswitch::open_vswitch::EXTERNAL_IDS,
                    "ovn-bridge-mappings",
                )
            })
        })
    };
    unmapped
        .into_iter()
        .map(|(network, rows)| {
            Finding::new(
                format!("physical network {network}"),
                "no host maps it to a bridge, so the switches on it have no way out",
            )
            .rows(rows.into_iter().flatten())
            .rows(hosts())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn mapped() -> Fixture {
        let ids =
            json!({"system-id": "id-a", "hostname": "a", "ovn-bridge-mappings": "physnet:br-ex"});
        Fixture::on("a")
            .nb("Logical_Switch", "ext", json!({"name": "ext_a", "ports": ["ln"]}))
            .nb("Logical_Switch_Port", "ln", json!({"name": "br-ex_a", "type": "localnet", "options": {"network_name": "physnet"}}))
            .sb("Chassis", "a", json!({"name": "id-a", "hostname": "a"}))
            .ovs("Open_vSwitch", "o", json!({"external_ids": ids}))
    }

    #[test]
    fn a_network_that_no_host_maps_is_found() {
        let other = json!({"options": {"network_name": "vlans"}});
        let fault = mapped().nb("Logical_Switch_Port", "ln", other);
        fault.check(&CHECK, &["a: physical network vlans"]);
        // Another chassis may map it, and its host was not read.
        let more = json!({"name": "id-b", "hostname": "b"});
        fault.sb("Chassis", "b", more).check(&CHECK, &[]);
    }

    #[test]
    fn a_network_that_a_host_maps_is_fine() {
        mapped().check(&CHECK, &[]);
    }
}
