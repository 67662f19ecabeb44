//! `Mirror_Rule`: Mirror rule entry.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Row, Table, TableDef, Visit, debug,
};

/// Each row in this table represents a mirror rule that can be used for filtering of `lport`
/// mirrored traffic.
#[derive(Clone, PartialEq, Eq)]
pub struct MirrorRule(Row);

/// `action`: The action to take when the Mirror Rule matches:
///
/// - `mirror`: Mirror the matched packet.
/// - `skip`: Do not mirror matched packet.
///
/// **Shape**: [`MirrorRuleAction`].
pub const ACTION: Column<MirrorRule, MirrorRuleAction> = Column::new(0);

/// `match`: The match expression, describing which packets should be executed against Mirror Rule
/// action. The Logical_Flow expression language is used.
///
/// **Shape**: string.
pub const MATCH: Column<MirrorRule, String> = Column::new(1);

/// `priority`: The Mirror Rule priority. Rule with higher priority takes precedence over those with
/// lower. A rule is uniquely identified by the priority and match string.
///
/// **Shape**: integer from 0 to 32767.
pub const PRIORITY: Column<MirrorRule, i64> = Column::new(2);

/// A value of [`ACTION`]: of `action` in `Mirror_Rule`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MirrorRuleAction {
    /// `mirror`: Mirror the matched packet.
    Mirror,
    /// `skip`: Do not mirror matched packet.
    Skip,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for MirrorRuleAction {
    fn from_name(name: &str) -> Self {
        match name {
            "mirror" => Self::Mirror,
            "skip" => Self::Skip,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Mirror => "mirror",
            Self::Skip => "skip",
            Self::Other(other) => other,
        }
    }
}

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
    name: "Mirror_Rule",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "action",
            key: BaseDef { enumeration: &["mirror", "skip"], ..STRING },
            ..PLAIN
        },
        ColumnDef { name: "match", ..PLAIN },
        ColumnDef {
            name: "priority",
            key: BaseDef { integers: (Some(0), Some(32767)), ..INTEGER },
            ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for MirrorRule {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ACTION, self.action());
        visitor.column(MATCH, self.match_());
        visitor.column(PRIORITY, self.priority());
    }
}

impl fmt::Debug for MirrorRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl MirrorRule {
    /// The action to take when the Mirror Rule matches. See [`ACTION`].
    pub fn action(&self) -> MirrorRuleAction {
        self.0.get(ACTION)
    }

    /// The match expression, describing which packets should be executed against Mirror Rule
    /// action. See [`MATCH`].
    pub fn match_(&self) -> &str {
        self.0.get(MATCH)
    }

    /// The Mirror Rule priority. See [`PRIORITY`].
    pub fn priority(&self) -> i64 {
        self.0.get(PRIORITY)
    }
}
