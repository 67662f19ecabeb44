//! Chassis that stand for the same host or address.

use std::collections::BTreeMap;

use ovn_schemas::sb;
use ovsdb_client::table::{Enumeration, Table};

use crate::check::definition::{Check, Layer, Run, sb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "chassis-duplicate",
    title: "two chassis have the same host or tunnel address",
    layer: Layer::Node,
    severity: Severity::Error,
    looks_for: "two Chassis rows with one hostname, or two Encap rows with one type and ip",
    known_from: &[
        "#2099",
        "#3098",
        "#6662",
        "#1010",
        "#4739",
        "tunnels that fail with \"File exists\"",
    ],
    explains: &["tunnel-missing"],
    needs: &[
        sb_table(sb::Chassis::DEFINITION),
        sb_table(sb::Encap::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut hosts: BTreeMap<String, Vec<sb::Chassis>> = BTreeMap::new();
    let mut addresses: BTreeMap<(String, String), Vec<(sb::Chassis, sb::Encap)>> = BTreeMap::new();
    let Some(sb_read) = zone.sb else {
        return Vec::new();
    };
    for chassis in zone.sb_rows::<sb::Chassis>() {
        for encap in chassis
            .encaps()
            .iter()
            .filter_map(|encap| sb_read.rows.get(encap))
        {
            let place = (encap.ip().to_owned(), encap.type_().name().to_owned());
            addresses
                .entry(place)
                .or_default()
                .push((chassis.clone(), encap));
        }
        if !chassis.hostname().is_empty() {
            hosts
                .entry(chassis.hostname().to_owned())
                .or_default()
                .push(chassis);
        }
    }
    let row = |chassis: &sb::Chassis| {
        zone.sb_row(chassis, |evidence| {
            evidence
                .with(sb::chassis::NAME.name(), chassis.name())
                .with(sb::chassis::HOSTNAME.name(), chassis.hostname())
        })
    };
    let mut findings = Vec::new();
    for (host, chassis) in hosts.iter().filter(|(_, chassis)| chassis.len() > 1) {
        let finding = Finding::new(
            format!("host {host}"),
            "it has several Chassis rows, one of them left over from an earlier system-id, and \
             tunnels and bindings may go to the wrong one",
        );
        findings.push(finding.rows(chassis.iter().filter_map(row)));
    }
    for ((ip, _), pairs) in addresses.iter().filter(|(_, pairs)| pairs.len() > 1) {
        let names: Vec<&str> = pairs
            .iter()
            .map(|(chassis, _)| chassis.hostname())
            .collect();
        // Told by the host already.
        if names.iter().all(|name| Some(name) == names.first()) && !names.contains(&"") {
            continue;
        }
        let encaps = pairs.iter().filter_map(|(_, encap)| {
            zone.sb_row(encap, |evidence| {
                evidence
                    .with(sb::encap::IP.name(), encap.ip())
                    .with(sb::encap::CHASSIS_NAME.name(), encap.chassis_name())
            })
        });
        let finding = Finding::new(
            format!("tunnel address {ip}"),
            "several chassis have it, so tunnels to one of them cannot be made",
        );
        findings.push(finding.rows(encaps));
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn two() -> Fixture {
        let encap = |id: &str, ip: &str| json!({"chassis_name": id, "ip": ip, "type": "geneve"});
        Fixture::on("a")
            .sb(
                "Chassis",
                "a",
                json!({"name": "id-a", "hostname": "a", "encaps": ["ea"]}),
            )
            .sb("Encap", "ea", encap("id-a", "172.18.0.2"))
            .sb(
                "Chassis",
                "b",
                json!({"name": "id-b", "hostname": "b", "encaps": ["eb"]}),
            )
            .sb("Encap", "eb", encap("id-b", "172.18.0.3"))
    }

    #[test]
    fn a_second_chassis_of_a_host_or_an_address_is_found() {
        two()
            .sb("Chassis", "b", json!({"hostname": "a"}))
            .check(&CHECK, &["a: host a"]);
        let same = json!({"ip": "172.18.0.2"});
        two()
            .sb("Encap", "eb", same)
            .check(&CHECK, &["a: tunnel address 172.18.0.2"]);
    }

    #[test]
    fn a_chassis_for_each_host_is_fine() {
        two().check(&CHECK, &[]);
    }
}
