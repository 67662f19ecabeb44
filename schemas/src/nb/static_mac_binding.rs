//! Table `Static_MAC_Binding` of `OVN_Northbound`.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Row, Table, TableDef, Visit, debug,
};

/// Each record represents a Static_MAC_Binding entry for a logical router.
///
/// # Configuration
///
/// `ovn-northd` reads configuration from these columns and propagates the value to SBDB.
///
/// Columns: [`logical_port`](LOGICAL_PORT), [`ip`](IP), [`mac`](MAC),
/// [`override_dynamic_mac`](OVERRIDE_DYNAMIC_MAC).
#[derive(Clone, PartialEq, Eq)]
pub struct StaticMacBinding(Row);

/// `ip`: The bound IP address.
///
/// **Shape**: string.
pub const IP: Column<StaticMacBinding, String> = Column::new(0);

/// `logical_port`: The logical router port for the binding.
///
/// **Shape**: string.
pub const LOGICAL_PORT: Column<StaticMacBinding, String> = Column::new(1);

/// `mac`: The Ethernet address to which the IP is bound.
///
/// **Shape**: string.
pub const MAC: Column<StaticMacBinding, String> = Column::new(2);

/// `override_dynamic_mac`: Override dynamically learnt MACs.
///
/// **Shape**: boolean.
pub const OVERRIDE_DYNAMIC_MAC: Column<StaticMacBinding, bool> = Column::new(3);

/// The rows by `logical_port`, `ip`, which together are unique.
pub const BY_LOGICAL_PORT_IP: Index<StaticMacBinding, (String, String)> = Index::schema(0);

/// Any boolean.
const BOOLEAN: BaseDef = BaseDef::plain(Kind::Boolean);

/// Any string.
const STRING: BaseDef = BaseDef::plain(Kind::String);

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
    database: "OVN_Northbound",
    name: "Static_MAC_Binding",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "ip", ..PLAIN },
        ColumnDef { name: "logical_port", ..PLAIN },
        ColumnDef { name: "mac", ..PLAIN },
        ColumnDef { name: "override_dynamic_mac", key: BOOLEAN, ..PLAIN },
    ],
    indexes: &[&[1, 0]],
};

impl Table for StaticMacBinding {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(IP, self.ip());
        visitor.column(LOGICAL_PORT, self.logical_port());
        visitor.column(MAC, self.mac());
        visitor.column(OVERRIDE_DYNAMIC_MAC, self.override_dynamic_mac());
    }
}

impl fmt::Debug for StaticMacBinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl StaticMacBinding {
    /// The bound IP address. See [`IP`].
    pub fn ip(&self) -> &str {
        self.0.get(IP)
    }

    /// The logical router port for the binding. See [`LOGICAL_PORT`].
    pub fn logical_port(&self) -> &str {
        self.0.get(LOGICAL_PORT)
    }

    /// The Ethernet address to which the IP is bound. See [`MAC`].
    pub fn mac(&self) -> &str {
        self.0.get(MAC)
    }

    /// Override dynamically learnt MACs. See [`OVERRIDE_DYNAMIC_MAC`].
    pub fn override_dynamic_mac(&self) -> bool {
        self.0.get(OVERRIDE_DYNAMIC_MAC)
    }
}
