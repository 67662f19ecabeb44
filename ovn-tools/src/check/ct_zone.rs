//! Ports without a zone for connection tracking.

use ovn_schemas::{nb, sb, vswitch};
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, nb_table, ovs_table, sb_table};
use crate::check::finding::{Evidence, Finding, Severity};
use crate::check::interface;
use crate::check::problem::binding;
use crate::check::scene::{Host, Scene, Zone};

/// What stands before the port in the keys of zones.
const CT_ZONE: &str = "ct-zone-";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "ct-zone-missing",
    title: "a bound port has no zone for connection tracking",
    layer: Layer::Pod,
    severity: Severity::Warning,
    looks_for: "no ct-zone-PORT in external_ids of the integration bridge for a port that is bound to the host",
    known_from: &["ovn-org/ovn#204", "#3784"],
    explains: &[],
    needs: &[
        ovs_table(vswitch::OpenVswitch::DEFINITION),
        ovs_table(vswitch::Bridge::DEFINITION),
        ovs_table(vswitch::Interface::DEFINITION),
        sb_table(sb::Chassis::DEFINITION),
        sb_table(sb::PortBinding::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Host(find),
};

fn find(host: &Host<'_>, zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let bridge = interface::integration_bridge(host);
    let mut bridges = host.read.rows.rows::<vswitch::Bridge>();
    let (Some(bridge), Some(chassis)) = (
        bridges.find(|row| row.name() == bridge),
        interface::chassis(host, zone),
    ) else {
        return Vec::new();
    };
    let ids = bridge.external_ids();
    // Where none is kept here, they are kept elsewhere.
    if !ids.iter().any(|(key, _)| key.starts_with(CT_ZONE)) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (name, row) in interface::interfaces(host) {
        let key = format!("{CT_ZONE}{name}");
        let bound = zone
            .binding(&name)
            .filter(|row| interface::is_bound_to(row, &chassis));
        let Some(bound) = bound.filter(|_| ids.get(&key).is_none()) else {
            continue;
        };
        let object = zone
            .switch_port(&name)
            .map_or_else(|| format!("port {name}"), |one| one.object());
        let finding = Finding::new(
            object,
            "no zone is kept for it, so its connections are tracked together with those of others \
             after a restart",
        )
        .row(Evidence::of(host.read, &bridge).key(&bridge, vswitch::bridge::EXTERNAL_IDS, &key))
        .row(interface::row(host, &row))
        .rows(binding(zone, bound));
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::healthy::bound_interface;

    #[test]
    fn a_bound_port_without_a_zone_is_found() {
        let other = json!({"external_ids": {"ct-zone-other": "2"}});
        bound_interface()
            .ovs("Bridge", "br", other)
            .check(&CHECK, &["a: port web"]);
        // Nothing tells where no zone is kept at all.
        bound_interface()
            .ovs("Bridge", "br", json!({"external_ids": {}}))
            .check(&CHECK, &[]);
    }

    #[test]
    fn a_bound_port_with_a_zone_is_fine() {
        bound_interface().check(&CHECK, &[]);
    }
}
