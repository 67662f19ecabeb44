//! `FDB`: Port to MAC bindings.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Row, Table, TableDef, Visit, debug,
};

/// This table is primarily used to learn the MACs observed on a VIF (or a localnet port with
/// 'localnet_learn_fdb' enabled) which belongs to a `Logical_Switch_Port` record in
/// `OVN_Northbound` whose port security is disabled and 'unknown' address set. If port security is
/// disabled on a `Logical_Switch_Port` record, OVN should allow traffic with any source mac from
/// the VIF. This table will be used to deliver a packet to the VIF, If a packet's `eth.dst` is
/// learnt.
#[derive(Clone, PartialEq, Eq)]
pub struct Fdb(Row);

/// `dp_key`: The key of the datapath on which this FDB was learnt.
///
/// **Shape**: integer from 1 to 16777215.
pub const DP_KEY: Column<Fdb, i64> = Column::new(0);

/// `mac`: The learnt mac address.
///
/// **Shape**: string.
pub const MAC: Column<Fdb, String> = Column::new(1);

/// `port_key`: The key of the port binding on which this FDB was learnt.
///
/// **Shape**: integer from 1 to 16777215.
pub const PORT_KEY: Column<Fdb, i64> = Column::new(2);

/// `timestamp`: The timestamp in msec when the FDB was added or updated. Records that existed
/// before this column will have 0.
///
/// **Shape**: integer.
pub const TIMESTAMP: Column<Fdb, i64> = Column::new(3);

/// The rows by `mac`, `dp_key`, which together are unique.
pub const BY_MAC_DP_KEY: Index<Fdb, (String, i64)> = Index::schema(0);

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
    database: "OVN_Southbound",
    name: "FDB",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "dp_key",
            key: BaseDef { integers: (Some(1), Some(16777215)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef { name: "mac", ..PLAIN },
        ColumnDef {
            name: "port_key",
            key: BaseDef { integers: (Some(1), Some(16777215)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef { name: "timestamp", key: INTEGER, ..PLAIN },
    ],
    indexes: &[&[1, 0]],
};

impl Table for Fdb {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(DP_KEY, self.dp_key());
        visitor.column(MAC, self.mac());
        visitor.column(PORT_KEY, self.port_key());
        visitor.column(TIMESTAMP, self.timestamp());
    }
}

impl fmt::Debug for Fdb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Fdb {
    /// The key of the datapath on which this FDB was learnt. See [`DP_KEY`].
    pub fn dp_key(&self) -> i64 {
        self.0.get(DP_KEY)
    }

    /// The learnt mac address. See [`MAC`].
    pub fn mac(&self) -> &str {
        self.0.get(MAC)
    }

    /// The key of the port binding on which this FDB was learnt. See [`PORT_KEY`].
    pub fn port_key(&self) -> i64 {
        self.0.get(PORT_KEY)
    }

    /// The timestamp in msec when the FDB was added or updated. See [`TIMESTAMP`].
    pub fn timestamp(&self) -> i64 {
        self.0.get(TIMESTAMP)
    }
}
