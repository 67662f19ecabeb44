//! The chain of a logical port: from the Northbound database to the interface on the host.

use ovn_schemas::{sb, vswitch};
use ovsdb_client::table::Table;

use crate::check::{Host, SwitchPort, Zone};
use crate::database::Database;
use crate::deployment::system_id;
use crate::listing::Draft;
use crate::tool::object_locate::named::{self, At};

/// The key that names the logical port of an interface.
const IFACE_ID: &str = "iface-id";

/// The key that names which incarnation of a pod an interface or a port is for.
const IFACE_ID_VER: &str = "iface-id-ver";

/// The rows of one port in a zone, each with whether it links to the next.
pub(super) fn follow(zone: &Zone<'_>, port: &str, object: &str, place: i64, draft: &mut Draft) {
    let at = |step| At {
        object,
        place,
        step,
    };
    let northern = zone.switch_port(port);
    let bound = zone.binding(port);
    if let (Some(one), Some(read)) = (northern, zone.nb) {
        let link = match (zone.sb, bound) {
            (None, _) => Some("not known: no OVN_Southbound was read".to_owned()),
            (Some(_), None) => Some("BREAK: northd has made no Port_Binding".to_owned()),
            (Some(_), Some(_)) => Some("ok".to_owned()),
        };
        draft
            .lines
            .push(at(1).row(read, &one.port, named::switch_port(one), link));
    }
    let chassis = bound
        .and_then(|row| row.chassis())
        .and_then(|chassis| zone.chassis(chassis.uuid()));
    if let (Some(row), Some(read)) = (bound, zone.sb) {
        let link = match (&chassis, needs_chassis(row)) {
            (Some(_), _) => Some("ok".to_owned()),
            (None, false) => None,
            (None, true) => Some("BREAK: no chassis has claimed it".to_owned()),
        };
        draft
            .lines
            .push(at(2).row(read, row, named::binding(zone, row), link));
    }
    if let (Some(row), Some(read)) = (&chassis, zone.sb) {
        let says = format!("{} ({})", row.hostname(), row.name());
        draft.lines.push(at(3).row(read, row, says, None));
    }
    interfaces(zone, port, northern, chassis.as_ref(), &at(4), draft);
}

fn needs_chassis(row: &sb::PortBinding) -> bool {
    matches!(
        row.type_(),
        "" | "remote" | "l3gateway" | "chassisredirect" | "l2gateway"
    )
}

fn interfaces(
    zone: &Zone<'_>,
    port: &str,
    northern: Option<&SwitchPort>,
    chassis: Option<&sb::Chassis>,
    at: &At<'_>,
    draft: &mut Draft,
) {
    let wanted = northern.and_then(|one| one.port.options().get(IFACE_ID_VER).map(str::to_owned));
    let mut found = false;
    for host in &zone.hosts {
        let own = system_id(host.read);
        for row in host.read.rows.rows::<vswitch::Interface>() {
            if row.external_ids().get(IFACE_ID) != Some(port) {
                continue;
            }
            found = true;
            let version = row.external_ids().get(IFACE_ID_VER).map(str::to_owned);
            let is_here = chassis.is_none_or(|chassis| own.as_deref() == Some(chassis.name()));
            let link = if wanted.is_some() && version.is_some() && version != wanted {
                "BREAK: it is for an earlier pod of this name (iface-id-ver differs)".to_owned()
            } else if !is_here {
                "BREAK: the port is bound to another chassis".to_owned()
            } else if row.error().is_some() || row.ofport() == Some(-1) {
                "BREAK: Open vSwitch cannot use it".to_owned()
            } else if row.external_ids().get("ovn-installed") != Some("true") {
                "BREAK: its flows are not marked as installed".to_owned()
            } else {
                "ok".to_owned()
            };
            draft
                .lines
                .push(at.row(host.read, &row, named::interface(&row), Some(link)));
        }
    }
    // Where the chassis is elsewhere, so is the interface.
    let is_vif = northern.is_some_and(|one| one.port.type_().is_empty());
    let of_chassis = |host: &Host<'_>| {
        chassis.is_none_or(|chassis| system_id(host.read).as_deref() == Some(chassis.name()))
    };
    if !found && is_vif && zone.hosts.iter().any(of_chassis) {
        let row = format!("{}.{}", Database::Ovs, vswitch::Interface::DEFINITION.name);
        let link = Some("BREAK: no interface on the node is for this port".to_owned());
        draft
            .lines
            .push(at.line(zone.node, None, row, "no row".to_owned(), link));
    }
}
