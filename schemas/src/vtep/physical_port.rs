//! `Physical_Port`: A port within a physical switch.
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::acl::Acl;
use super::logical_binding_stats::LogicalBindingStats;
use super::logical_switch::LogicalSwitch;

/// A port within a [`Physical_Switch`](super::PhysicalSwitch).
///
/// # Identification
///
/// Columns: [`name`](NAME), [`description`](DESCRIPTION).
///
/// # Error Notification
///
/// An entry in this column indicates to the NVC that the physical port has encountered a fault. The
/// switch must clear this column when the error has been cleared.
///
/// Column: [`port_fault_status`](PORT_FAULT_STATUS).
///
/// # Common Column
///
/// The overall purpose of this column is described under `Common Column` at the beginning of this
/// document.
///
/// Column: [`other_config`](OTHER_CONFIG).
#[derive(Clone, PartialEq, Eq)]
pub struct PhysicalPort(Row);

/// `acl_bindings`: Attach Access Control Lists (ACLs) to the physical port. The column consists of
/// a map of VLAN tags to [`ACL`](Acl)s. If the value of the VLAN tag in the map is 0, this means
/// that the ACL is associated with the entire physical port. Non-zero values mean that the ACL is
/// to be applied only on packets carrying that VLAN tag value. Switches will not necessarily
/// support matching on the VLAN tag for all ACLs, and unsupported ACL bindings will cause errors to
/// be reported. The binding of an ACL to a specific VLAN and the binding of an ACL to the entire
/// physical port should not be combined on a single physical port. That is, a mix of zero and
/// non-zero keys in the map is not recommended.
///
/// **Shape**: map from integer from 0 to 4095 to strong reference to [`Acl`].
pub const ACL_BINDINGS: Column<PhysicalPort, Map<i64, Ref<Acl>>> = Column::new(0);

/// `description`: An extended description for the port.
///
/// **Shape**: string.
pub const DESCRIPTION: Column<PhysicalPort, String> = Column::new(1);

/// `name`: Symbolic name for the port. The name ought to be unique within a given
/// [`Physical_Switch`](super::PhysicalSwitch), but the database is not capable of enforcing this.
///
/// **Shape**: string.
pub const NAME: Column<PhysicalPort, String> = Column::new(2);

/// `other_config` of `Physical_Port`.
///
/// **Shape**: map from string to string.
pub const OTHER_CONFIG: Column<PhysicalPort, Map<String, String>> = Column::new(3);

/// `port_fault_status` of `Physical_Port`.
///
/// **Shape**: set of strings; ephemeral: the database file does not keep it.
///
/// **Keys**:
///
/// - `invalid_vlan_map`: Indicates that a VLAN-to-logical-switch mapping requested by the
///   controller could not be instantiated by the switch because of a conflict with local
///   configuration.
/// - `invalid_ACL_binding`: Indicates that an error has occurred in associating an ACL with a port.
/// - `unspecified_fault`: Indicates that an error has occurred on the port but that no more
///   specific information is available.
pub const PORT_FAULT_STATUS: Column<PhysicalPort, Set<String>> = Column::new(4);

/// `vlan_bindings`: Identifies how VLANs on the physical port are bound to logical switches. If,
/// for example, the map contains a (VLAN, logical switch) pair, a packet that arrives on the port
/// in the VLAN is considered to belong to the paired logical switch. A value of zero in the VLAN
/// field means that untagged traffic on the physical port is mapped to the logical switch.
///
/// **Shape**: map from integer from 0 to 4095 to strong reference to [`LogicalSwitch`].
pub const VLAN_BINDINGS: Column<PhysicalPort, Map<i64, Ref<LogicalSwitch>>> = Column::new(5);

/// `vlan_stats`: Statistics for VLANs bound to logical switches on the physical port. An
/// implementation that fully supports such statistics would populate this column with a mapping for
/// every VLAN that is bound in [`vlan_bindings`](VLAN_BINDINGS). An implementation that does not
/// support such statistics or only partially supports them would not populate this column or
/// partially populate it, respectively. A value of zero in the VLAN field refers to untagged
/// traffic on the physical port.
///
/// **Shape**: map from integer from 0 to 4095 to strong reference to [`LogicalBindingStats`];
/// ephemeral: the database file does not keep it.
pub const VLAN_STATS: Column<PhysicalPort, Map<i64, Ref<LogicalBindingStats>>> = Column::new(6);

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

/// Any string.
const STRING: BaseDef = BaseDef::plain(Kind::String);

/// Any UUID.
const UUID: BaseDef = BaseDef::plain(Kind::Uuid);

/// A scalar of any string: each column below says in what it differs.
const PLAIN: ColumnDef = ColumnDef {
    name: "",
    key: STRING,
    value: None,
    min: 1,
    max: 1,
    mutable: true,
    ephemeral: false,
};

/// What the table holds, with its columns in the order of their numbers.
#[rustfmt::skip]
pub static DEFINITION: TableDef = TableDef {
    database: "hardware_vtep",
    name: "Physical_Port",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "acl_bindings",
            key: BaseDef { integers: (Some(0), Some(4095)), ..INTEGER },
            value: Some(BaseDef { reference: Some(("ACL", RefKind::Strong)), ..UUID }),
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "description", ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "other_config", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "port_fault_status", min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN },
        ColumnDef {
            name: "vlan_bindings",
            key: BaseDef { integers: (Some(0), Some(4095)), ..INTEGER },
            value: Some(BaseDef { reference: Some(("Logical_Switch", RefKind::Strong)), ..UUID }),
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "vlan_stats",
            key: BaseDef { integers: (Some(0), Some(4095)), ..INTEGER },
            value: Some(BaseDef { reference: Some(("Logical_Binding_Stats", RefKind::Strong)), ..UUID }),
            min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for PhysicalPort {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ACL_BINDINGS, self.acl_bindings());
        visitor.column(DESCRIPTION, self.description());
        visitor.column(NAME, self.name());
        visitor.column(OTHER_CONFIG, self.other_config());
        visitor.column(PORT_FAULT_STATUS, self.port_fault_status());
        visitor.column(VLAN_BINDINGS, self.vlan_bindings());
        visitor.column(VLAN_STATS, self.vlan_stats());
    }
}

impl fmt::Debug for PhysicalPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl PhysicalPort {
    /// Attach Access Control Lists (ACLs) to the physical port. See [`ACL_BINDINGS`].
    pub fn acl_bindings(&self) -> MapView<'_, i64, Ref<Acl>> {
        self.0.get(ACL_BINDINGS)
    }

    /// An extended description for the port. See [`DESCRIPTION`].
    pub fn description(&self) -> &str {
        self.0.get(DESCRIPTION)
    }

    /// Symbolic name for the port. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The column `other_config`. See [`OTHER_CONFIG`].
    pub fn other_config(&self) -> MapView<'_, String, String> {
        self.0.get(OTHER_CONFIG)
    }

    /// The column `port_fault_status`. See [`PORT_FAULT_STATUS`].
    pub fn port_fault_status(&self) -> SetView<'_, String> {
        self.0.get(PORT_FAULT_STATUS)
    }

    /// Identifies how VLANs on the physical port are bound to logical switches. See
    /// [`VLAN_BINDINGS`].
    pub fn vlan_bindings(&self) -> MapView<'_, i64, Ref<LogicalSwitch>> {
        self.0.get(VLAN_BINDINGS)
    }

    /// Statistics for VLANs bound to logical switches on the physical port. See [`VLAN_STATS`].
    pub fn vlan_stats(&self) -> MapView<'_, i64, Ref<LogicalBindingStats>> {
        self.0.get(VLAN_STATS)
    }
}
