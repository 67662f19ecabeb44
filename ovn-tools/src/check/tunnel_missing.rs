//! Chassis that a host has no tunnel to.

use std::collections::HashSet;

use ovn_schemas::{sb, vswitch};
use ovsdb_client::table::Enumeration;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, ovs_table, sb_table};
use crate::check::finding::{Evidence, Finding, Severity};
use crate::check::interface;
use crate::check::scene::{Host, Scene, Zone};

/// The option of a tunnel that says where it leads.
const REMOTE_IP: &str = "remote_ip";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "tunnel-missing",
    title: "a host has no tunnel to another chassis",
    layer: Layer::Node,
    severity: Severity::Error,
    looks_for: "no tunnel Interface whose options:remote_ip is that of another Chassis",
    known_from: &["#589", "#2099", "tunnels that fail with \"File exists\""],
    explains: &[],
    needs: &[
        ovs_table(vswitch::OpenVswitch::DEFINITION),
        ovs_table(vswitch::Interface::DEFINITION),
        sb_table(sb::Chassis::DEFINITION),
        sb_table(sb::Encap::DEFINITION),
    ],
    run: Run::Host(find),
};

fn find(host: &Host<'_>, zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let (Some(chassis), Some(sb_read)) = (interface::chassis(host, zone), zone.sb) else {
        return Vec::new();
    };
    let types = interface::setting(host, "ovn-encap-type").unwrap_or_default();
    let types: HashSet<&str> = types.split(',').map(str::trim).collect();
    let tunnels: Vec<vswitch::Interface> = host.read.rows.rows().collect();
    let remote = |row: &vswitch::Interface| row.options().get(REMOTE_IP).map(str::to_owned);
    let reached: HashSet<String> = tunnels.iter().filter_map(remote).collect();
    // The flows say where such tunnels lead.
    if reached.contains("flow") {
        return Vec::new();
    }
    let zones = |row: &sb::Chassis| {
        row.transport_zones()
            .iter()
            .map(str::to_owned)
            .collect::<HashSet<_>>()
    };
    let own_zones = zones(&chassis);
    let mut findings = Vec::new();
    for other in zone
        .sb_rows::<sb::Chassis>()
        .filter(|row| row.uuid() != chassis.uuid())
    {
        let other_zones = zones(&other);
        let apart = own_zones.is_disjoint(&other_zones)
            && !(own_zones.is_empty() && other_zones.is_empty());
        let encaps = other.encaps();
        let encaps = encaps.iter().filter_map(|row| sb_read.rows.get(row));
        let encaps: Vec<sb::Encap> = encaps
            .filter(|row| types.contains(row.type_().name()))
            .collect();
        if apart || encaps.is_empty() || encaps.iter().any(|row| reached.contains(row.ip())) {
            continue;
        }
        let finding = Finding::new(
            format!("tunnel to {}", other.hostname()),
            "no interface leads to the other chassis, so nothing gets there: the tunnel could not be \
             made, or ovn-controller has not taken in the chassis",
        )
        .rows(encaps.iter().filter_map(|row| {
            zone.sb_row(row, |evidence| {
                evidence
                    .with(sb::encap::IP.name(), row.ip())
                    .with(sb::encap::CHASSIS_NAME.name(), row.chassis_name())
            })
        }))
        .rows(tunnels.iter().filter(|row| remote(row).is_some()).map(|row| {
            Evidence::of(host.read, row)
                .with(vswitch::interface::NAME.name(), row.name())
                .key(row, vswitch::interface::OPTIONS, REMOTE_IP)
        }))
        .next(
            "rows_find",
            [("db", json!("ovs")), ("table", json!(vswitch::Interface::DEFINITION.name)), ("where", json!(["type == geneve"])), ("node", json!(host.read.node.as_deref()))],
            "the tunnels of the host",
        );
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::two_chassis;

    #[test]
    fn a_chassis_without_a_tunnel_is_found() {
        let elsewhere = json!({"options": {"remote_ip": "172.18.0.4"}});
        two_chassis()
            .ovs("Interface", "t", elsewhere)
            .check(&CHECK, &["a: tunnel to b"]);
    }

    #[test]
    fn a_tunnel_to_each_chassis_is_fine() {
        two_chassis().check(&CHECK, &[]);
        let flow = json!({"options": {"remote_ip": "flow"}});
        two_chassis().ovs("Interface", "t", flow).check(&CHECK, &[]);
        let apart = json!({"transport_zones": ["tz"]});
        let none = json!({"options": {}});
        two_chassis()
            .sb("Chassis", "b", apart)
            .ovs("Interface", "t", none)
            .check(&CHECK, &[]);
    }
}
