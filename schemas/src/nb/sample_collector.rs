//! `Sample_Collector`: Sample_Collector.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit,
    debug,
};

/// A row of `Sample_Collector`.
#[derive(Clone, PartialEq, Eq)]
pub struct SampleCollector(Row);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<SampleCollector, Map<String, String>> = Column::new(0);

/// `id`: Sample collector unique id used for differentiating collectors that use the same `set_id`
/// with different `probability` values. The supported value range for IDs is `1-255`.
///
/// **Shape**: integer from 1 to 255; unique.
pub const ID: Column<SampleCollector, i64> = Column::new(1);

/// `name`: Name of the sample collector.
///
/// **Shape**: string.
pub const NAME: Column<SampleCollector, String> = Column::new(2);

/// `probability`: Sampling probability for this collector. It must be an integer number between 0
/// and 65535. A value of 0 corresponds to no packets being sampled while a value of 65535
/// corresponds to all packets being sampled.
///
/// **Shape**: integer from 0 to 65535.
pub const PROBABILITY: Column<SampleCollector, i64> = Column::new(3);

/// `set_id`: The 32-bit integer identifier of the set of of collectors to send packets to. See
/// Flow_Sample_Collector_Set Table in ovs-vswitchd's database schema.
///
/// **Shape**: integer from 1 to 4294967295.
pub const SET_ID: Column<SampleCollector, i64> = Column::new(4);

/// The rows by `id`, which is unique.
pub const BY_ID: Index<SampleCollector, i64> = Index::schema(0);

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
    database: "OVN_Northbound",
    name: "Sample_Collector",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "id",
            key: BaseDef { integers: (Some(1), Some(255)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef {
            name: "probability",
            key: BaseDef { integers: (Some(0), Some(65535)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef {
            name: "set_id",
            key: BaseDef { integers: (Some(1), Some(4294967295)), ..INTEGER },
            ..PLAIN
        },
    ],
    indexes: &[&[1]],
};

impl Table for SampleCollector {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(ID, self.id());
        visitor.column(NAME, self.name());
        visitor.column(PROBABILITY, self.probability());
        visitor.column(SET_ID, self.set_id());
    }
}

impl fmt::Debug for SampleCollector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl SampleCollector {
    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Sample collector unique id used for differentiating collectors that use the same `set_id`
    /// with different `probability` values. See [`ID`].
    pub fn id(&self) -> i64 {
        self.0.get(ID)
    }

    /// Name of the sample collector. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// Sampling probability for this collector. See [`PROBABILITY`].
    pub fn probability(&self) -> i64 {
        self.0.get(PROBABILITY)
    }

    /// The 32-bit integer identifier of the set of of collectors to send packets to. See
    /// [`SET_ID`].
    pub fn set_id(&self) -> i64 {
        self.0.get(SET_ID)
    }
}
