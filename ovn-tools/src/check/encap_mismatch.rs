//! Hosts whose tunnel address differs from that of their chassis.

use ovn_schemas::{sb, vswitch};
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, ovs_table, sb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::interface;
use crate::check::scene::{Host, Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "encap-mismatch",
    title: "the tunnel address of a host is not that of its chassis",
    layer: Layer::Node,
    severity: Severity::Error,
    looks_for: "ovn-encap-ip of an Open_vSwitch that no Encap of its chassis has",
    known_from: &["#589", "#6662", "nodes that changed their address"],
    explains: &["tunnel-missing"],
    needs: &[
        ovs_table(vswitch::OpenVswitch::DEFINITION),
        sb_table(sb::Chassis::DEFINITION),
        sb_table(sb::Encap::DEFINITION),
    ],
    run: Run::Host(find),
};

fn find(host: &Host<'_>, zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let (Some(wanted), Some(chassis), Some(sb_read)) = (
        interface::setting(host, "ovn-encap-ip"),
        interface::chassis(host, zone),
        zone.sb,
    ) else {
        return Vec::new();
    };
    let encaps: Vec<sb::Encap> = chassis
        .encaps()
        .iter()
        .filter_map(|row| sb_read.rows.get(row))
        .collect();
    let is_there = |ip: &str| encaps.iter().any(|row| row.ip() == ip);
    if wanted.split(',').map(str::trim).all(is_there) {
        return Vec::new();
    }
    let finding = Finding::new(
        format!("host {}", host.name()),
        "its chassis is known to others by another tunnel address: ovn-controller has not taken in \
         the change",
    )
    .rows(interface::host_row(host, |_, evidence| {
        evidence.with("external_ids:ovn-encap-ip", wanted)
    }))
    .rows(encaps.iter().filter_map(|row| {
        zone.sb_row(row, |evidence| {
            evidence
                .with(sb::encap::IP.name(), row.ip())
                .with(sb::encap::CHASSIS_NAME.name(), row.chassis_name())
        })
    }));
    vec![finding]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::healthy::two_chassis;

    #[test]
    fn another_address_is_found() {
        two_chassis()
            .sb("Encap", "ea", json!({"ip": "172.18.0.9"}))
            .check(&CHECK, &["a: host a"]);
    }

    #[test]
    fn the_same_address_is_fine() {
        two_chassis().check(&CHECK, &[]);
    }
}
