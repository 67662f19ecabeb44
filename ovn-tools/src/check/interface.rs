//! Interfaces of Open vSwitch that stand for logical ports.

use ovn_schemas::{sb, vswitch};
use ovsdb_client::table::Table as _;

use crate::check::finding::Evidence;
use crate::check::scene::{Host, Zone};
use crate::deployment::system_id;

/// The key that names the logical port of an interface.
pub(crate) const IFACE_ID: &str = "iface-id";

/// The bridge that ovn-controller works on, unless the host names another.
const INTEGRATION_BRIDGE: &str = "br-int";

/// The key by which a host names that bridge.
const BRIDGE: &str = "ovn-bridge";

/// The name of the bridge that ovn-controller works on.
pub(crate) fn integration_bridge(host: &Host<'_>) -> String {
    let row = host.read.rows.rows::<vswitch::OpenVswitch>().next();
    let named = row.and_then(|row| row.external_ids().get(BRIDGE).map(str::to_owned));
    named.unwrap_or_else(|| INTEGRATION_BRIDGE.to_owned())
}

/// The chassis of a host in its zone's Southbound database.
pub(crate) fn chassis(host: &Host<'_>, zone: &Zone<'_>) -> Option<sb::Chassis> {
    let id = system_id(host.read)?;
    zone.sb_rows::<sb::Chassis>().find(|row| row.name() == id)
}

/// The interfaces that stand for logical ports, with the names of these.
pub(crate) fn interfaces(host: &Host<'_>) -> Vec<(String, vswitch::Interface)> {
    let rows = host.read.rows.rows::<vswitch::Interface>();
    rows.filter_map(|row| Some((row.external_ids().get(IFACE_ID)?.to_owned(), row)))
        .collect()
}

/// The row of an interface, with the port it is for.
pub(crate) fn row(host: &Host<'_>, row: &vswitch::Interface) -> Evidence {
    Evidence::of(host.read, row)
        .with(vswitch::interface::NAME.name(), row.name())
        .key(row, vswitch::interface::EXTERNAL_IDS, IFACE_ID)
}

/// Whether a binding is to this chassis.
pub(crate) fn is_bound_to(binding: &sb::PortBinding, chassis: &sb::Chassis) -> bool {
    binding
        .chassis()
        .is_some_and(|own| own.uuid() == chassis.uuid())
}

/// The value of a key in a host's `external_ids`, where `KEY-SYSTEM_ID` counts before `KEY`.
pub(crate) fn setting(host: &Host<'_>, key: &str) -> Option<String> {
    let row = host.read.rows.rows::<vswitch::OpenVswitch>().next()?;
    let ids = row.external_ids();
    let own = system_id(host.read).and_then(|id| ids.get(&format!("{key}-{id}")));
    own.or_else(|| ids.get(key)).map(str::to_owned)
}

/// The row of the host itself.
pub(crate) fn host_row(
    host: &Host<'_>,
    fill: impl FnOnce(&vswitch::OpenVswitch, Evidence) -> Evidence,
) -> Option<Evidence> {
    let row = host.read.rows.rows::<vswitch::OpenVswitch>().next()?;
    let evidence = Evidence::of(host.read, &row);
    Some(fill(&row, evidence))
}

/// The physical networks of a host with their bridges: `NETWORK:BRIDGE`, with commas between.
pub(crate) fn mappings(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(',')
        .filter_map(|mapping| mapping.trim().split_once(':'))
}
