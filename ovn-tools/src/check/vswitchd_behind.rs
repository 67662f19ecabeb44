//! Changes that ovs-vswitchd has not applied.

use ovn_schemas::vswitch;
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, ovs_table};
use crate::check::finding::{Finding, Severity};
use crate::check::interface;
use crate::check::scene::{Host, Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "vswitchd-behind",
    title: "ovs-vswitchd has not applied the last changes",
    layer: Layer::Ovs,
    severity: Severity::Error,
    looks_for: "cur_cfg of Open_vSwitch below next_cfg",
    known_from: &["ovs-vswitchd is stopped, or waits for a device"],
    explains: &["interface-failed"],
    needs: &[ovs_table(vswitch::OpenVswitch::DEFINITION)],
    run: Run::Host(find),
};

fn find(host: &Host<'_>, _zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let Some(row) = host.read.rows.rows::<vswitch::OpenVswitch>().next() else {
        return Vec::new();
    };
    if row.cur_cfg() >= row.next_cfg() {
        return Vec::new();
    }
    let finding = Finding::new(
        format!("host {}", host.name()),
        "ovs-vswitchd has not applied the last changes: it is stopped, or hangs",
    )
    .rows(interface::host_row(host, |row, evidence| {
        evidence
            .with(vswitch::open_vswitch::NEXT_CFG.name(), row.next_cfg())
            .with(vswitch::open_vswitch::CUR_CFG.name(), row.cur_cfg())
    }));
    vec![finding]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn at(next: i64, current: i64) -> Fixture {
        let row = json!({"next_cfg": next, "cur_cfg": current, "external_ids": {"hostname": "a"}});
        Fixture::on("a").ovs("Open_vSwitch", "o", row)
    }

    #[test]
    fn a_change_that_was_not_applied_is_found() {
        at(8, 7).check(&CHECK, &["a: host a"]);
    }

    #[test]
    fn equal_numbers_are_fine() {
        at(8, 8).check(&CHECK, &[]);
    }
}
