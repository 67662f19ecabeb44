//! `Logical_Binding_Stats`: Statistics for a VLAN on a physical port bound to a logical network.
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{BaseDef, Column, ColumnDef, Kind, Row, Table, TableDef, Visit, debug};

/// Reports statistics for the [`Logical_Switch`](super::LogicalSwitch) with which a VLAN on a
/// [`Physical_Port`](super::PhysicalPort) is associated.
///
/// # Statistics
///
/// These statistics count only packets to which the binding applies.
///
/// Columns: [`packets_from_local`](PACKETS_FROM_LOCAL), [`bytes_from_local`](BYTES_FROM_LOCAL),
/// [`packets_to_local`](PACKETS_TO_LOCAL), [`bytes_to_local`](BYTES_TO_LOCAL).
#[derive(Clone, PartialEq, Eq)]
pub struct LogicalBindingStats(Row);

/// `bytes_from_local`: Number of bytes in packets sent by the
/// [`Physical_Switch`](super::PhysicalSwitch).
///
/// **Shape**: integer; ephemeral: the database file does not keep it.
pub const BYTES_FROM_LOCAL: Column<LogicalBindingStats, i64> = Column::new(0);

/// `bytes_to_local`: Number of bytes in packets received by the
/// [`Physical_Switch`](super::PhysicalSwitch).
///
/// **Shape**: integer; ephemeral: the database file does not keep it.
pub const BYTES_TO_LOCAL: Column<LogicalBindingStats, i64> = Column::new(1);

/// `packets_from_local`: Number of packets sent by the [`Physical_Switch`](super::PhysicalSwitch).
///
/// **Shape**: integer; ephemeral: the database file does not keep it.
pub const PACKETS_FROM_LOCAL: Column<LogicalBindingStats, i64> = Column::new(2);

/// `packets_to_local`: Number of packets received by the
/// [`Physical_Switch`](super::PhysicalSwitch).
///
/// **Shape**: integer; ephemeral: the database file does not keep it.
pub const PACKETS_TO_LOCAL: Column<LogicalBindingStats, i64> = Column::new(3);

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

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
    database: "hardware_vtep",
    name: "Logical_Binding_Stats",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "bytes_from_local", key: INTEGER, ephemeral: true, ..PLAIN },
        ColumnDef { name: "bytes_to_local", key: INTEGER, ephemeral: true, ..PLAIN },
        ColumnDef { name: "packets_from_local", key: INTEGER, ephemeral: true, ..PLAIN },
        ColumnDef { name: "packets_to_local", key: INTEGER, ephemeral: true, ..PLAIN },
    ],
    indexes: &[],
};

impl Table for LogicalBindingStats {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(BYTES_FROM_LOCAL, self.bytes_from_local());
        visitor.column(BYTES_TO_LOCAL, self.bytes_to_local());
        visitor.column(PACKETS_FROM_LOCAL, self.packets_from_local());
        visitor.column(PACKETS_TO_LOCAL, self.packets_to_local());
    }
}

impl fmt::Debug for LogicalBindingStats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl LogicalBindingStats {
    /// Number of bytes in packets sent by the [`Physical_Switch`](super::PhysicalSwitch). See
    /// [`BYTES_FROM_LOCAL`].
    pub fn bytes_from_local(&self) -> i64 {
        self.0.get(BYTES_FROM_LOCAL)
    }

    /// Number of bytes in packets received by the [`Physical_Switch`](super::PhysicalSwitch). See
    /// [`BYTES_TO_LOCAL`].
    pub fn bytes_to_local(&self) -> i64 {
        self.0.get(BYTES_TO_LOCAL)
    }

    /// Number of packets sent by the [`Physical_Switch`](super::PhysicalSwitch). See
    /// [`PACKETS_FROM_LOCAL`].
    pub fn packets_from_local(&self) -> i64 {
        self.0.get(PACKETS_FROM_LOCAL)
    }

    /// Number of packets received by the [`Physical_Switch`](super::PhysicalSwitch). See
    /// [`PACKETS_TO_LOCAL`].
    pub fn packets_to_local(&self) -> i64 {
        self.0.get(PACKETS_TO_LOCAL)
    }
}
