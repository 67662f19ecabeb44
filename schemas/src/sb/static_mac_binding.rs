//! `Static_MAC_Binding`: IP to MAC bindings.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Ref, RefKind, Row, Table, TableDef, Visit, debug,
};

use super::datapath_binding::DatapathBinding;

/// Each record represents a Static_MAC_Binding entry for a logical router.
#[derive(Clone, PartialEq, Eq)]
pub struct StaticMacBinding(Row);

/// `datapath`: The logical datapath to which the logical router port belongs.
///
/// **Shape**: strong reference to [`DatapathBinding`].
pub const DATAPATH: Column<StaticMacBinding, Ref<DatapathBinding>> = Column::new(0);

/// `ip`: The bound IP address.
///
/// **Shape**: string.
pub const IP: Column<StaticMacBinding, String> = Column::new(1);

/// `logical_port`: The logical router port for the binding.
///
/// **Shape**: string.
pub const LOGICAL_PORT: Column<StaticMacBinding, String> = Column::new(2);

/// `mac`: The Ethernet address to which the IP is bound.
///
/// **Shape**: string.
pub const MAC: Column<StaticMacBinding, String> = Column::new(3);

/// `override_dynamic_mac`: Override dynamically learnt MACs.
///
/// **Shape**: boolean.
pub const OVERRIDE_DYNAMIC_MAC: Column<StaticMacBinding, bool> = Column::new(4);

/// The rows by `logical_port`, `ip`, which together are unique.
pub const BY_LOGICAL_PORT_IP: Index<StaticMacBinding, (String, String)> = Index::schema(0);

/// Any boolean.
const BOOLEAN: BaseDef = BaseDef::plain(Kind::Boolean);

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
    database: "OVN_Southbound",
    name: "Static_MAC_Binding",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "datapath",
            key: BaseDef { reference: Some(("Datapath_Binding", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
        ColumnDef { name: "ip", ..PLAIN },
        ColumnDef { name: "logical_port", ..PLAIN },
        ColumnDef { name: "mac", ..PLAIN },
        ColumnDef { name: "override_dynamic_mac", key: BOOLEAN, ..PLAIN },
    ],
    indexes: &[&[2, 1]],
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
        visitor.column(DATAPATH, self.datapath());
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
    /// The logical datapath to which the logical router port belongs. See [`DATAPATH`].
    pub fn datapath(&self) -> Ref<DatapathBinding> {
        self.0.get(DATAPATH)
    }

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
