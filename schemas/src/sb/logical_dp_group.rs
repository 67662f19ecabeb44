//! `Logical_DP_Group`: Logical Datapath Groups.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Ref, RefKind, Row, Set, SetView, Table, TableDef, UNLIMITED,
    Visit, debug,
};

use super::datapath_binding::DatapathBinding;

/// Each row in this table represents a group of logical datapaths referenced by the
/// [`Logical_Flow.logical_dp_group`](super::logical_flow::LOGICAL_DP_GROUP) column in the
/// [`Logical_Flow`](super::LogicalFlow) table.
#[derive(Clone, PartialEq, Eq)]
pub struct LogicalDpGroup(Row);

/// `datapaths`: List of [`Datapath_Binding`](DatapathBinding) entries.
///
/// **Shape**: set of weak references to [`DatapathBinding`].
pub const DATAPATHS: Column<LogicalDpGroup, Set<Ref<DatapathBinding>>> = Column::new(0);

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
    name: "Logical_DP_Group",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "datapaths",
            key: BaseDef { reference: Some(("Datapath_Binding", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for LogicalDpGroup {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(DATAPATHS, self.datapaths());
    }
}

impl fmt::Debug for LogicalDpGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl LogicalDpGroup {
    /// List of [`Datapath_Binding`](DatapathBinding) entries. See [`DATAPATHS`].
    pub fn datapaths(&self) -> SetView<'_, Ref<DatapathBinding>> {
        self.0.get(DATAPATHS)
    }
}
