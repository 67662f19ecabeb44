//! `Forwarding_Group`: forwarding group.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Row, Set, SetView, Table, TableDef, UNLIMITED,
    Visit, debug,
};

/// Each row represents one forwarding group.
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct ForwardingGroup(Row);

/// `child_port`: List of child ports in the forwarding group.
///
/// **Shape**: set (at least 1) of strings.
pub const CHILD_PORT: Column<ForwardingGroup, Set<String>> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<ForwardingGroup, Map<String, String>> = Column::new(1);

/// `liveness`: If set to `true`, liveness is enabled for child ports otherwise it is disabled.
///
/// **Shape**: boolean.
pub const LIVENESS: Column<ForwardingGroup, bool> = Column::new(2);

/// `name`: A name for the forwarding group. This name has no special meaning or purpose other than
/// to provide convenience for human interaction with the ovn-nb database.
///
/// **Shape**: string.
pub const NAME: Column<ForwardingGroup, String> = Column::new(3);

/// `vip`: The virtual IP address assigned to the forwarding group. It will respond with vmac when
/// an ARP request is sent for vip.
///
/// **Shape**: string.
pub const VIP: Column<ForwardingGroup, String> = Column::new(4);

/// `vmac`: The virtual MAC address assigned to the forwarding group.
///
/// **Shape**: string.
pub const VMAC: Column<ForwardingGroup, String> = Column::new(5);

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
    name: "Forwarding_Group",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "child_port", max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "liveness", key: BOOLEAN, ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "vip", ..PLAIN },
        ColumnDef { name: "vmac", ..PLAIN },
    ],
    indexes: &[],
};

impl Table for ForwardingGroup {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(CHILD_PORT, self.child_port());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(LIVENESS, self.liveness());
        visitor.column(NAME, self.name());
        visitor.column(VIP, self.vip());
        visitor.column(VMAC, self.vmac());
    }
}

impl fmt::Debug for ForwardingGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl ForwardingGroup {
    /// List of child ports in the forwarding group. See [`CHILD_PORT`].
    pub fn child_port(&self) -> SetView<'_, String> {
        self.0.get(CHILD_PORT)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// If set to `true`, liveness is enabled for child ports otherwise it is disabled. See
    /// [`LIVENESS`].
    pub fn liveness(&self) -> bool {
        self.0.get(LIVENESS)
    }

    /// A name for the forwarding group. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The virtual IP address assigned to the forwarding group. See [`VIP`].
    pub fn vip(&self) -> &str {
        self.0.get(VIP)
    }

    /// The virtual MAC address assigned to the forwarding group. See [`VMAC`].
    pub fn vmac(&self) -> &str {
        self.0.get(VMAC)
    }
}
