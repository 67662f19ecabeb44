//! Ports as their own rows tell them; what they are attached and bound to comes later.

use ovn_schemas::nb;
use ovsdb_client::replica;
use ovsdb_client::table::{Ref, Table};
use ovsdb_client::value::Uuid;

use crate::topology::chassis::ChassisIndex;
use crate::topology::graph::{Attachment, DeviceId, Port, PortKind, State};

/// The address that stands for "as the router's port has it".
const ROUTER_ADDRESS: &str = "router";

/// The address that stands for one that OVN assigns.
const DYNAMIC_ADDRESS: &str = "dynamic";

/// A port with the row it was read from.
#[derive(Debug)]
pub(crate) struct Draft {
    /// The port, attached and bound to nothing yet.
    pub(crate) port: Port,
    /// The row.
    pub(crate) row: PortRow,
}

/// The row that a port was read from.
#[derive(Debug)]
pub(crate) enum PortRow {
    /// A switch's port.
    Switch(nb::LogicalSwitchPort),
    /// A router's port.
    Router(nb::LogicalRouterPort),
    /// Not there.
    Absent,
}

/// The port of a switch that a reference names.
pub(crate) fn switch_port(
    nb: &replica::Snapshot,
    chassis: &ChassisIndex,
    reference: Ref<nb::LogicalSwitchPort>,
) -> Draft {
    let Some(row) = nb.get(reference) else {
        return absent(reference.uuid());
    };
    let mut port = blank(row.uuid(), switch_port_kind(&row), row.name());
    port.enabled = row.enabled() != Some(false);
    port.addresses = switch_port_addresses(&row);
    if let Some(group) = row.ha_chassis_group() {
        port.candidates = chassis.group(nb, group);
    }
    Draft {
        port,
        row: PortRow::Switch(row),
    }
}

/// The port of a router that a reference names.
pub(crate) fn router_port(
    nb: &replica::Snapshot,
    chassis: &ChassisIndex,
    reference: Ref<nb::LogicalRouterPort>,
) -> Draft {
    let Some(row) = nb.get(reference) else {
        return absent(reference.uuid());
    };
    let mut port = blank(row.uuid(), PortKind::RouterPort, row.name());
    port.enabled = row.enabled() != Some(false);
    let parts = std::iter::once(row.mac()).chain(row.networks().iter());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    if !parts.is_empty() {
        port.addresses.push(parts.join(" ").into());
    }
    // Where both are set, the group wins in ovn-northd.
    port.candidates = match row.ha_chassis_group() {
        Some(group) => chassis.group(nb, group),
        None => chassis.gateways(row.gateway_chassis().iter().filter_map(|row| nb.get(row))),
    };
    Draft {
        port,
        row: PortRow::Router(row),
    }
}

fn absent(uuid: Uuid) -> Draft {
    Draft {
        port: blank(uuid, PortKind::Absent, ""),
        row: PortRow::Absent,
    }
}

fn blank(uuid: Uuid, kind: PortKind, name: &str) -> Port {
    Port {
        device: DeviceId(0),
        kind,
        uuid,
        name: name.into(),
        addresses: Vec::new(),
        enabled: true,
        attachment: Attachment::Nothing,
        chassis: Vec::new(),
        state: State::NotApplicable,
        binding: None,
        candidates: Vec::new(),
        redirect: None,
    }
}

fn switch_port_kind(row: &nb::LogicalSwitchPort) -> PortKind {
    match row.type_() {
        "" if parent(row).is_some() => PortKind::Container,
        "" => PortKind::Vif,
        "router" => PortKind::Router,
        "switch" => PortKind::Switch,
        "localnet" => PortKind::Localnet,
        "l2gateway" => PortKind::L2Gateway,
        "vtep" => PortKind::Vtep,
        "remote" => PortKind::Remote,
        "localport" => PortKind::Localport,
        "virtual" => PortKind::Virtual,
        "external" => PortKind::External,
        other => PortKind::Other(other.into()),
    }
}

/// The port that carries a container's port.
pub(crate) fn parent(row: &nb::LogicalSwitchPort) -> Option<&str> {
    row.parent_name().filter(|name| !name.is_empty())
}

fn switch_port_addresses(row: &nb::LogicalSwitchPort) -> Vec<Box<str>> {
    let mut addresses = Vec::new();
    for address in row.addresses().iter() {
        let dynamic = address.split_whitespace().next() == Some(DYNAMIC_ADDRESS);
        match row.dynamic_addresses() {
            _ if address == ROUTER_ADDRESS => {}
            Some(assigned) if dynamic => addresses.push(assigned.into()),
            _ => addresses.push(address.into()),
        }
    }
    addresses
}
