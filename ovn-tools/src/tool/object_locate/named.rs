//! Rows by what they say in a few words.

use ovn_schemas::{nb, sb, vswitch};
use ovsdb_client::table::{Enumeration, Table};
use serde_json::Value as Json;

use crate::check::{SwitchPort, Zone};
use crate::listing::Line;
use crate::snapshot::DatabaseRead;

/// What a link begins with that leads nowhere.
pub(super) const BREAK: &str = "BREAK: ";

/// From how many nodes on that have a row alike it is told once.
/// **Default and why**: 3; two still read well apart, and in a cluster of a hundred nodes they would
/// hide the rows that tell the nodes apart.
pub(super) const FOLD_FROM: usize = 3;

/// Where the node stands in what rows are sorted by.
pub(super) const NODE_RANK: usize = 1;

/// Where a row stands in an answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    /// The object that it belongs to.
    pub(super) object: &'a str,
    /// The place of that object.
    pub(super) place: i64,
    /// The place of the row in the chain.
    pub(super) step: i64,
}

impl At<'_> {
    /// A row.
    pub(super) fn row<T: Table>(
        &self,
        read: &DatabaseRead,
        row: &T,
        says: String,
        link: Option<String>,
    ) -> Line {
        let table = T::DEFINITION.name;
        let uuid = read.short_uuid(table, row.uuid());
        let name = format!("{}.{table}", read.database);
        self.line(read.node.as_deref(), Some(uuid), name, says, link)
    }

    /// A row that is not there, or something that is no row.
    pub(super) fn line(
        &self,
        node: Option<&str>,
        uuid: Option<String>,
        row: String,
        says: String,
        link: Option<String>,
    ) -> Line {
        let order = [
            self.place.into(),
            node.unwrap_or_default().into(),
            self.step.into(),
            row.as_str().into(),
            says.as_str().into(),
        ];
        let cells: Vec<Json> = vec![self.object.into(), row.into(), says.into(), link.into()];
        Line::new(node, uuid, cells).by(order)
    }
}

/// What a switch's port says.
pub(super) fn switch_port(one: &SwitchPort) -> String {
    let addresses = one.port.addresses();
    let addresses: Vec<&str> = addresses.iter().collect();
    let mut says = vec![format!(
        "{} on switch {}",
        one.port.name(),
        one.switch.name()
    )];
    if !one.port.type_().is_empty() {
        says.push(format!("type {}", one.port.type_()));
    }
    if !addresses.is_empty() {
        says.push(addresses.join(" "));
    }
    says.extend(one.port.dynamic_addresses().map(str::to_owned));
    says.extend(one.port.up().map(|up| format!("up={up}")));
    for key in ["requested-chassis", "iface-id-ver", "router-port"] {
        says.extend(
            one.port
                .options()
                .get(key)
                .map(|value| format!("{key}={value}")),
        );
    }
    says.join("  ")
}

/// What a binding says.
pub(super) fn binding(zone: &Zone<'_>, row: &sb::PortBinding) -> String {
    let chassis = row
        .chassis()
        .map(|chassis| match zone.chassis(chassis.uuid()) {
            Some(chassis) => chassis.hostname().to_owned(),
            None => format!("{} (no such row)", chassis.uuid()),
        });
    let up = row.up().map_or(String::new(), |up| format!("  up={up}"));
    let chassis = chassis.unwrap_or_else(|| "none".to_owned());
    format!("chassis {chassis}{up}  tunnel_key {}", row.tunnel_key())
}

/// What an interface says.
pub(super) fn interface(row: &vswitch::Interface) -> String {
    let mut says = vec![row.name().to_owned()];
    says.extend(row.ofport().map(|port| format!("ofport {port}")));
    for key in ["iface-id-ver", "ovn-installed"] {
        says.extend(
            row.external_ids()
                .get(key)
                .map(|value| format!("{key}={value}")),
        );
    }
    says.extend(row.error().map(|error| format!("error {error}")));
    says.join("  ")
}

/// What a NAT says.
pub(super) fn nat(router: &nb::LogicalRouter, row: &nb::Nat) -> String {
    let (kind, external, logical) = (row.type_(), row.external_ip(), row.logical_ip());
    format!(
        "{} {logical} as {external} on {}",
        kind.name(),
        router.name()
    )
}
