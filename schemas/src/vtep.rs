//! `hardware_vtep`: Hardware VTEP Database.
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.
//!
//! This schema specifies relations that a VTEP can use to integrate physical ports into logical
//! switches maintained by a network virtualization controller such as NSX.
//!
//! Glossary:
//!
//! - VTEP: VXLAN Tunnel End Point, an entity which originates and/or terminates VXLAN tunnels.
//! - HSC: Hardware Switch Controller.
//! - NVC: Network Virtualization Controller, e.g. NSX.
//! - VRF: Virtual Routing and Forwarding instance.
//!
//! **Common Column**
//!
//! Some tables contain a column, named `other_config`. This column has the same form and purpose
//! each place that it appears, so we describe it here to save space later.
//!
//! - `other_config`: map of string-string pairs: Key-value pairs for configuring rarely used or
//!   proprietary features.
//!
//!   Some tables do not have `other_config` column because no key-value pairs have yet been defined
//!   for them.

pub mod acl;
pub mod acl_entry;
pub mod arp_sources_local;
pub mod arp_sources_remote;
pub mod global;
pub mod logical_binding_stats;
pub mod logical_router;
pub mod logical_switch;
pub mod manager;
pub mod mcast_macs_local;
pub mod mcast_macs_remote;
pub mod physical_locator;
pub mod physical_locator_set;
pub mod physical_port;
pub mod physical_switch;
pub mod tunnel;
pub mod ucast_macs_local;
pub mod ucast_macs_remote;

use ovsdb_client::table::{DatabaseDef, Row, Table, Visit};

pub use self::acl::Acl;
pub use self::acl_entry::{AclEntry, AclEntryAction, AclEntryDirection};
pub use self::arp_sources_local::ArpSourcesLocal;
pub use self::arp_sources_remote::ArpSourcesRemote;
pub use self::global::Global;
pub use self::logical_binding_stats::LogicalBindingStats;
pub use self::logical_router::LogicalRouter;
pub use self::logical_switch::{LogicalSwitch, LogicalSwitchReplicationMode};
pub use self::manager::Manager;
pub use self::mcast_macs_local::McastMacsLocal;
pub use self::mcast_macs_remote::McastMacsRemote;
pub use self::physical_locator::{PhysicalLocator, PhysicalLocatorEncapsulationType};
pub use self::physical_locator_set::PhysicalLocatorSet;
pub use self::physical_port::PhysicalPort;
pub use self::physical_switch::PhysicalSwitch;
pub use self::tunnel::Tunnel;
pub use self::ucast_macs_local::UcastMacsLocal;
pub use self::ucast_macs_remote::UcastMacsRemote;

/// The database, with its tables ascending by name.
pub static DATABASE: DatabaseDef = DatabaseDef {
    name: "hardware_vtep",
    version: "1.7.0",
    tables: &[
        &acl::DEFINITION,
        &acl_entry::DEFINITION,
        &arp_sources_local::DEFINITION,
        &arp_sources_remote::DEFINITION,
        &global::DEFINITION,
        &logical_binding_stats::DEFINITION,
        &logical_router::DEFINITION,
        &logical_switch::DEFINITION,
        &manager::DEFINITION,
        &mcast_macs_local::DEFINITION,
        &mcast_macs_remote::DEFINITION,
        &physical_locator::DEFINITION,
        &physical_locator_set::DEFINITION,
        &physical_port::DEFINITION,
        &physical_switch::DEFINITION,
        &tunnel::DEFINITION,
        &ucast_macs_local::DEFINITION,
        &ucast_macs_remote::DEFINITION,
    ],
};

/// Shows a row of the table called `table` to `visitor`, read by the generated type; false when
/// there is no such table.
pub fn visit(table: &str, row: Row, visitor: &mut impl Visit) -> bool {
    match table {
        "ACL" => Acl::from_row(row).visit(visitor),
        "ACL_entry" => AclEntry::from_row(row).visit(visitor),
        "Arp_Sources_Local" => ArpSourcesLocal::from_row(row).visit(visitor),
        "Arp_Sources_Remote" => ArpSourcesRemote::from_row(row).visit(visitor),
        "Global" => Global::from_row(row).visit(visitor),
        "Logical_Binding_Stats" => LogicalBindingStats::from_row(row).visit(visitor),
        "Logical_Router" => LogicalRouter::from_row(row).visit(visitor),
        "Logical_Switch" => LogicalSwitch::from_row(row).visit(visitor),
        "Manager" => Manager::from_row(row).visit(visitor),
        "Mcast_Macs_Local" => McastMacsLocal::from_row(row).visit(visitor),
        "Mcast_Macs_Remote" => McastMacsRemote::from_row(row).visit(visitor),
        "Physical_Locator" => PhysicalLocator::from_row(row).visit(visitor),
        "Physical_Locator_Set" => PhysicalLocatorSet::from_row(row).visit(visitor),
        "Physical_Port" => PhysicalPort::from_row(row).visit(visitor),
        "Physical_Switch" => PhysicalSwitch::from_row(row).visit(visitor),
        "Tunnel" => Tunnel::from_row(row).visit(visitor),
        "Ucast_Macs_Local" => UcastMacsLocal::from_row(row).visit(visitor),
        "Ucast_Macs_Remote" => UcastMacsRemote::from_row(row).visit(visitor),
        _ => return false,
    }
    true
}
