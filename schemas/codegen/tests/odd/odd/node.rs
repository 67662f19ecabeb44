//! Table `Node` of `Odd`.
//!
//! Generated from odd.ovsschema 0.0.1; do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView,
    Table, TableDef, UNLIMITED, Uuid, Visit, debug,
};

use super::set::SetTable;

/// A row of `Node`.
#[derive(Clone, PartialEq, Eq)]
pub struct Node(Row);

/// `children` of `Node`.
///
/// **Shape**: map from string to strong reference to [`Node`].
pub const CHILDREN: Column<Node, Map<String, Ref<Node>>> = Column::new(0);

/// `gone` of `Node`.
///
/// **Shape**: set (at most 5) of UUIDs.
pub const GONE: Column<Node, Set<Uuid>> = Column::new(1);

/// `mode` of `Node`.
///
/// **Shape**: [`NodeModeEnum`].
pub const MODE: Column<Node, NodeModeEnum> = Column::new(2);

/// `parent` of `Node`.
///
/// **Shape**: optional weak reference to [`Node`].
pub const PARENT: Column<Node, Option<Ref<Node>>> = Column::new(3);

/// `quotas` of `Node`.
///
/// **Shape**: map from [`NodeQuotasKey`] to [`NodeQuotasValue`].
pub const QUOTAS: Column<Node, Map<NodeQuotasKey, NodeQuotasValue>> = Column::new(4);

/// `sets` of `Node`.
///
/// **Shape**: map from integer from 0 to 4095 to weak reference to [`SetTable`].
pub const SETS: Column<Node, Map<i64, Ref<SetTable>>> = Column::new(5);

/// A value of [`MODE`]: of `mode` in `Node`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NodeModeEnum {
    /// `only`.
    Only,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for NodeModeEnum {
    fn from_name(name: &str) -> Self {
        match name {
            "only" => Self::Only,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Only => "only",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`QUOTAS`]: of `quotas` in `Node`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NodeQuotasKey {
    /// `soft`.
    Soft,
    /// `hard`.
    Hard,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for NodeQuotasKey {
    fn from_name(name: &str) -> Self {
        match name {
            "soft" => Self::Soft,
            "hard" => Self::Hard,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Soft => "soft",
            Self::Hard => "hard",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`QUOTAS`]: of `quotas` in `Node`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NodeQuotasValue {
    /// `on`.
    On,
    /// `off`.
    Off,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for NodeQuotasValue {
    fn from_name(name: &str) -> Self {
        match name {
            "on" => Self::On,
            "off" => Self::Off,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Other(other) => other,
        }
    }
}

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

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
    name: "Node",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "children",
            value: Some(BaseDef { reference: Some(("Node", RefKind::Strong)), ..UUID }),
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "gone",
            key: BaseDef { reference: Some(("Absent", RefKind::Strong)), ..UUID },
            min: 0, max: 5, ..PLAIN
        },
        ColumnDef { name: "mode", key: BaseDef { enumeration: &["only"], ..STRING }, ..PLAIN },
        ColumnDef {
            name: "parent",
            key: BaseDef { reference: Some(("Node", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "quotas",
            key: BaseDef { enumeration: &["soft", "hard"], ..STRING },
            value: Some(BaseDef { enumeration: &["on", "off"], ..STRING }),
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "sets",
            key: BaseDef { integers: (Some(0), Some(4095)), ..INTEGER },
            value: Some(BaseDef { reference: Some(("Set", RefKind::Weak)), ..UUID }),
            min: 0, max: UNLIMITED, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for Node {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(CHILDREN, self.children());
        visitor.column(GONE, self.gone());
        visitor.column(MODE, self.mode());
        visitor.column(PARENT, self.parent());
        visitor.column(QUOTAS, self.quotas());
        visitor.column(SETS, self.sets());
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Node {
    /// The column `children`. See [`CHILDREN`].
    pub fn children(&self) -> MapView<'_, String, Ref<Node>> {
        self.0.get(CHILDREN)
    }

    /// The column `gone`. See [`GONE`].
    pub fn gone(&self) -> SetView<'_, Uuid> {
        self.0.get(GONE)
    }

    /// The column `mode`. See [`MODE`].
    pub fn mode(&self) -> NodeModeEnum {
        self.0.get(MODE)
    }

    /// The column `parent`. See [`PARENT`].
    pub fn parent(&self) -> Option<Ref<Node>> {
        self.0.get(PARENT)
    }

    /// The column `quotas`. See [`QUOTAS`].
    pub fn quotas(&self) -> MapView<'_, NodeQuotasKey, NodeQuotasValue> {
        self.0.get(QUOTAS)
    }

    /// The column `sets`. See [`SETS`].
    pub fn sets(&self) -> MapView<'_, i64, Ref<SetTable>> {
        self.0.get(SETS)
    }
}
