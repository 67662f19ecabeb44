//! `Logical_Router`: A logical L3 router.
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::acl::Acl;
use super::logical_switch::LogicalSwitch;

/// A logical router, or VRF. A logical router may be connected to one or more logical switches.
/// Subnet addresses and interface addresses may be configured on the interfaces.
///
/// # Identification
///
/// Columns: [`name`](NAME), [`description`](DESCRIPTION).
///
/// # Error Notification
///
/// An entry in this column indicates to the NVC that the HSC has encountered a fault in configuring
/// state related to the logical router.
///
/// Column: [`LR_fault_status`](LR_FAULT_STATUS).
///
/// # Common Column
///
/// The overall purpose of this column is described under `Common Column` at the beginning of this
/// document.
///
/// Column: [`other_config`](OTHER_CONFIG).
#[derive(Clone, PartialEq, Eq)]
pub struct LogicalRouter(Row);

/// `LR_fault_status` of `Logical_Router`.
///
/// **Shape**: set of strings; ephemeral: the database file does not keep it.
///
/// **Keys**:
///
/// - `invalid_ACL_binding`: Indicates that an error has occurred in associating an ACL with a
///   logical router port.
/// - `unspecified_fault`: Indicates that an error has occurred in configuring the logical router
///   but that no more specific information is available.
pub const LR_FAULT_STATUS: Column<LogicalRouter, Set<String>> = Column::new(0);

/// `acl_binding`: Maps ACLs to logical router interfaces. The router interfaces are indicated using
/// IP address notation, and must be the same interfaces created in the
/// [`switch_binding`](SWITCH_BINDING) column. For example, an ACL could be associated with the
/// logical router interface with an address of 192.68.1.1 as defined in the example above.
///
/// **Shape**: map from string to strong reference to [`Acl`].
pub const ACL_BINDING: Column<LogicalRouter, Map<String, Ref<Acl>>> = Column::new(1);

/// `description`: An extended description for the logical router.
///
/// **Shape**: string.
pub const DESCRIPTION: Column<LogicalRouter, String> = Column::new(2);

/// `name`: Symbolic name for the logical router.
///
/// **Shape**: string; unique.
pub const NAME: Column<LogicalRouter, String> = Column::new(3);

/// `other_config` of `Logical_Router`.
///
/// **Shape**: map from string to string.
pub const OTHER_CONFIG: Column<LogicalRouter, Map<String, String>> = Column::new(4);

/// `static_routes`: One or more static routes, mapping IP prefixes to next hop IP addresses.
///
/// **Shape**: map from string to string.
pub const STATIC_ROUTES: Column<LogicalRouter, Map<String, String>> = Column::new(5);

/// `switch_binding`: Maps from an IPv4 or IPv6 address prefix in CIDR notation to a logical switch.
/// Multiple prefixes may map to the same switch. By writing a 32-bit (or 128-bit for v6) address
/// with a /N prefix length, both the router's interface address and the subnet prefix can be
/// configured. For example, 192.68.1.1/24 creates a /24 subnet for the logical switch attached to
/// the interface and assigns the address 192.68.1.1 to the router interface.
///
/// **Shape**: map from string to strong reference to [`LogicalSwitch`].
pub const SWITCH_BINDING: Column<LogicalRouter, Map<String, Ref<LogicalSwitch>>> = Column::new(6);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<LogicalRouter, String> = Index::schema(0);

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
    name: "Logical_Router",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "LR_fault_status", min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN },
        ColumnDef {
            name: "acl_binding",
            value: Some(BaseDef { reference: Some(("ACL", RefKind::Strong)), ..UUID }),
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "description", ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "other_config", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "static_routes", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "switch_binding",
            value: Some(BaseDef { reference: Some(("Logical_Switch", RefKind::Strong)), ..UUID }),
            min: 0, max: UNLIMITED, ..PLAIN
        },
    ],
    indexes: &[&[3]],
};

impl Table for LogicalRouter {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(LR_FAULT_STATUS, self.lr_fault_status());
        visitor.column(ACL_BINDING, self.acl_binding());
        visitor.column(DESCRIPTION, self.description());
        visitor.column(NAME, self.name());
        visitor.column(OTHER_CONFIG, self.other_config());
        visitor.column(STATIC_ROUTES, self.static_routes());
        visitor.column(SWITCH_BINDING, self.switch_binding());
    }
}

impl fmt::Debug for LogicalRouter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl LogicalRouter {
    /// The column `LR_fault_status`. See [`LR_FAULT_STATUS`].
    pub fn lr_fault_status(&self) -> SetView<'_, String> {
        self.0.get(LR_FAULT_STATUS)
    }

    /// Maps ACLs to logical router interfaces. See [`ACL_BINDING`].
    pub fn acl_binding(&self) -> MapView<'_, String, Ref<Acl>> {
        self.0.get(ACL_BINDING)
    }

    /// An extended description for the logical router. See [`DESCRIPTION`].
    pub fn description(&self) -> &str {
        self.0.get(DESCRIPTION)
    }

    /// Symbolic name for the logical router. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The column `other_config`. See [`OTHER_CONFIG`].
    pub fn other_config(&self) -> MapView<'_, String, String> {
        self.0.get(OTHER_CONFIG)
    }

    /// One or more static routes, mapping IP prefixes to next hop IP addresses. See
    /// [`STATIC_ROUTES`].
    pub fn static_routes(&self) -> MapView<'_, String, String> {
        self.0.get(STATIC_ROUTES)
    }

    /// Maps from an IPv4 or IPv6 address prefix in CIDR notation to a logical switch. See
    /// [`SWITCH_BINDING`].
    pub fn switch_binding(&self) -> MapView<'_, String, Ref<LogicalSwitch>> {
        self.0.get(SWITCH_BINDING)
    }
}
