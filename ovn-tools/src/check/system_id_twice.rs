//! Hosts that share a system-id.

use std::collections::BTreeMap;

use ovn_schemas::vswitch;
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, ovs_table};
use crate::check::finding::{Evidence, Finding, Severity};
use crate::check::interface;
use crate::check::scene::Scene;
use crate::deployment::system_id;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "system-id-twice",
    title: "two hosts have the same system-id",
    layer: Layer::Node,
    severity: Severity::Error,
    looks_for: "two Open_vSwitch databases with the same external_ids:system-id",
    known_from: &["#4739", "hosts that were cloned from one image"],
    explains: &[
        "chassis-unregistered",
        "encap-mismatch",
        "tunnel-missing",
        "localnet-patch-missing",
        "interface-stale",
        "interface-twice",
        "port-unbound",
        "port-chassis",
    ],
    needs: &[ovs_table(vswitch::OpenVswitch::DEFINITION)],
    run: Run::All(find),
};

fn find(scene: &Scene<'_>) -> Vec<Finding> {
    let mut holders: BTreeMap<String, Vec<(String, Option<Evidence>)>> = BTreeMap::new();
    for host in scene.zones.iter().flat_map(|zone| &zone.hosts) {
        let Some(id) = system_id(host.read) else {
            continue;
        };
        let row = interface::host_row(host, |row, evidence| {
            evidence
                .key(row, vswitch::open_vswitch::EXTERNAL_IDS, "system-id")
                .key(row, vswitch::open_vswitch::EXTERNAL_IDS, "hostname")
                .key(row, vswitch::open_vswitch::EXTERNAL_IDS, "ovn-encap-ip")
        });
        holders.entry(id).or_default().push((host.name(), row));
    }
    // A host that two sources tell of is one host.
    for hosts in holders.values_mut() {
        hosts.sort_by(|(a, _), (b, _)| a.cmp(b));
        hosts.dedup_by(|(a, _), (b, _)| a == b);
    }
    let shared = holders.into_iter().filter(|(_, hosts)| hosts.len() > 1);
    let mut findings = Vec::new();
    for (_, hosts) in shared {
        let names: Vec<&str> = hosts.iter().map(|(name, _)| name.as_str()).collect();
        let cause = format!(
            "{} have one system-id, so they are one chassis for OVN, which moves from one to the \
             other all the time",
            names.join(" and ")
        );
        for name in names {
            let mut finding = Finding::new(format!("host {name}"), cause.as_str());
            finding.node = Some(name.to_owned());
            let rows = hosts.iter().filter_map(|(_, row)| row.clone());
            findings.push(finding.rows(rows).of_node());
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;
    use crate::check::healthy::two_chassis;

    fn other(id: &str) -> Fixture {
        let ids = json!({"system-id": id, "hostname": "b"});
        two_chassis()
            .node("b")
            .ovs("Open_vSwitch", "ob", json!({"external_ids": ids}))
    }

    #[test]
    fn a_system_id_of_two_hosts_is_found() {
        other("id-a").check(&CHECK, &["a: host a", "b: host b"]);
    }

    #[test]
    fn a_system_id_for_each_host_is_fine() {
        other("id-b").check(&CHECK, &[]);
    }
}
