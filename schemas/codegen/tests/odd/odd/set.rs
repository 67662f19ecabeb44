//! Table `Set` of `Odd`.
//!
//! Generated from odd.ovsschema 0.0.1; do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Map, MapView, Row, Set, SetView, Table,
    TableDef, Uuid, Visit, debug,
};

/// A row of `Set`.
#[derive(Clone, PartialEq, Eq)]
pub struct SetTable(Row);

/// `A-b` of `Set`.
///
/// **Shape**: string.
pub const A_B: Column<SetTable, String> = Column::new(0);

/// `a_b` of `Set`.
///
/// **Shape**: string.
pub const A_B_: Column<SetTable, String> = Column::new(1);

/// `clone` of `Set`.
///
/// **Shape**: boolean; ephemeral: the database file does not keep it.
pub const CLONE: Column<SetTable, bool> = Column::new(2);

/// `definition` of `Set`.
///
/// **Shape**: integer.
pub const DEFINITION_: Column<SetTable, i64> = Column::new(3);

/// `few` of `Set`.
///
/// **Shape**: set (1 to 3) of strings.
pub const FEW: Column<SetTable, Set<String>> = Column::new(4);

/// `label` of `Set`.
///
/// **Shape**: optional string of 2 to 9 characters.
pub const LABEL: Column<SetTable, Option<String>> = Column::new(5);

/// `level` of `Set`.
///
/// **Shape**: optional integer, one of `1`, `2`, `4`.
pub const LEVEL: Column<SetTable, Option<i64>> = Column::new(6);

/// `limit` of `Set`.
///
/// **Shape**: integer from -1 to 7.
pub const LIMIT: Column<SetTable, i64> = Column::new(7);

/// `match` of `Set`.
///
/// **Shape**: [`SetTableMatch`].
pub const MATCH: Column<SetTable, SetTableMatch> = Column::new(8);

/// `name` of `Set`.
///
/// **Shape**: string; fixed when the row is inserted; unique.
pub const NAME: Column<SetTable, String> = Column::new(9);

/// `pair` of `Set`.
///
/// **Shape**: map (at most 1) from string to real.
pub const PAIR: Column<SetTable, Map<String, f64>> = Column::new(10);

/// `ratio` of `Set`.
///
/// **Shape**: real from 0.5 to 2.
pub const RATIO: Column<SetTable, f64> = Column::new(11);

/// `type` of `Set`.
///
/// **Shape**: string.
pub const TYPE: Column<SetTable, String> = Column::new(12);

/// `uuid` of `Set`.
///
/// **Shape**: UUID.
pub const UUID_: Column<SetTable, Uuid> = Column::new(13);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<SetTable, String> = Index::schema(0);

/// The rows by `type`, `limit`, which together are unique.
pub const BY_TYPE_LIMIT: Index<SetTable, (String, i64)> = Index::schema(1);

/// A value of [`MATCH`]: of `match` in `Set`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SetTableMatch {
    /// `other`.
    OtherValue,
    /// The empty string.
    Empty,
    /// `a b`.
    AB,
    /// `a-b`.
    ABValue,
    /// `802.1ad`.
    V8021ad,
    /// `OpenFlow10`.
    OpenFlow10,
    /// `self`.
    SelfValue,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for SetTableMatch {
    fn from_name(name: &str) -> Self {
        match name {
            "other" => Self::OtherValue,
            "" => Self::Empty,
            "a b" => Self::AB,
            "a-b" => Self::ABValue,
            "802.1ad" => Self::V8021ad,
            "OpenFlow10" => Self::OpenFlow10,
            "self" => Self::SelfValue,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::OtherValue => "other",
            Self::Empty => "",
            Self::AB => "a b",
            Self::ABValue => "a-b",
            Self::V8021ad => "802.1ad",
            Self::OpenFlow10 => "OpenFlow10",
            Self::SelfValue => "self",
            Self::Other(other) => other,
        }
    }
}

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

/// Any real.
const REAL: BaseDef = BaseDef::plain(Kind::Real);

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
    database: "Odd",
    name: "Set",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "A-b", ..PLAIN },
        ColumnDef { name: "a_b", ..PLAIN },
        ColumnDef { name: "clone", key: BOOLEAN, ephemeral: true, ..PLAIN },
        ColumnDef { name: "definition", key: INTEGER, ..PLAIN },
        ColumnDef { name: "few", max: 3, ..PLAIN },
        ColumnDef {
            name: "label",
            key: BaseDef { lengths: (Some(2), Some(9)), ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "level", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef {
            name: "limit",
            key: BaseDef { integers: (Some(-1), Some(7)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef {
            name: "match",
            key: BaseDef { enumeration: &[
                "other", "", "a b", "a-b", "802.1ad", "OpenFlow10", "self",
            ], ..STRING },
            ..PLAIN
        },
        ColumnDef { name: "name", mutable: false, ..PLAIN },
        ColumnDef { name: "pair", value: Some(REAL), min: 0, ..PLAIN },
        ColumnDef {
            name: "ratio",
            key: BaseDef { reals: (Some(0.5), Some(2.0)), ..REAL },
            ..PLAIN
        },
        ColumnDef { name: "type", ..PLAIN },
        ColumnDef { name: "uuid", key: UUID, ..PLAIN },
    ],
    indexes: &[&[9], &[12, 7]],
};

impl Table for SetTable {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(A_B, self.a_b());
        visitor.column(A_B_, self.a_b_());
        visitor.column(CLONE, self.clone_());
        visitor.column(DEFINITION_, self.definition());
        visitor.column(FEW, self.few());
        visitor.column(LABEL, self.label());
        visitor.column(LEVEL, self.level());
        visitor.column(LIMIT, self.limit());
        visitor.column(MATCH, self.match_());
        visitor.column(NAME, self.name());
        visitor.column(PAIR, self.pair());
        visitor.column(RATIO, self.ratio());
        visitor.column(TYPE, self.type_());
        visitor.column(UUID_, self.uuid_());
    }
}

impl fmt::Debug for SetTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl SetTable {
    /// The column `A-b`. See [`A_B`].
    pub fn a_b(&self) -> &str {
        self.0.get(A_B)
    }

    /// The column `a_b`. See [`A_B_`].
    pub fn a_b_(&self) -> &str {
        self.0.get(A_B_)
    }

    /// The column `clone`. See [`CLONE`].
    pub fn clone_(&self) -> bool {
        self.0.get(CLONE)
    }

    /// The column `definition`. See [`DEFINITION_`].
    pub fn definition(&self) -> i64 {
        self.0.get(DEFINITION_)
    }

    /// The column `few`. See [`FEW`].
    pub fn few(&self) -> SetView<'_, String> {
        self.0.get(FEW)
    }

    /// The column `label`. See [`LABEL`].
    pub fn label(&self) -> Option<&str> {
        self.0.get(LABEL)
    }

    /// The column `level`. See [`LEVEL`].
    pub fn level(&self) -> Option<i64> {
        self.0.get(LEVEL)
    }

    /// The column `limit`. See [`LIMIT`].
    pub fn limit(&self) -> i64 {
        self.0.get(LIMIT)
    }

    /// The column `match`. See [`MATCH`].
    pub fn match_(&self) -> SetTableMatch {
        self.0.get(MATCH)
    }

    /// The column `name`. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The column `pair`. See [`PAIR`].
    pub fn pair(&self) -> MapView<'_, String, f64> {
        self.0.get(PAIR)
    }

    /// The column `ratio`. See [`RATIO`].
    pub fn ratio(&self) -> f64 {
        self.0.get(RATIO)
    }

    /// The column `type`. See [`TYPE`].
    pub fn type_(&self) -> &str {
        self.0.get(TYPE)
    }

    /// The column `uuid`. See [`UUID_`].
    pub fn uuid_(&self) -> Uuid {
        self.0.get(UUID_)
    }
}
