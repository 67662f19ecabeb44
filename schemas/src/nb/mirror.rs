//! `Mirror`: Mirror Entry.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Map, MapView, Ref, RefKind, Row, Set,
    SetView, Table, TableDef, UNLIMITED, Visit, debug,
};

use super::mirror_rule::MirrorRule;

/// Each row in this table represents a mirror that can be used for port mirroring. These mirrors
/// are referenced by the
/// [`Logical_Switch_Port.mirror_rules`](super::logical_switch_port::MIRROR_RULES) column in the
/// [`Logical_Switch_Port`](super::LogicalSwitchPort) table.
#[derive(Clone, PartialEq, Eq)]
pub struct Mirror(Row);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Mirror, Map<String, String>> = Column::new(0);

/// `filter`: The value of this field represents selection criteria of the mirror. `to-lport`
/// mirrors the packets coming into logical port. `from-lport` mirrors the packets going out of
/// logical port. `both` mirrors for both directions.
///
/// **Shape**: [`MirrorFilter`].
pub const FILTER: Column<Mirror, MirrorFilter> = Column::new(1);

/// `index`: The value of this field represents the tunnel ID. If the configured tunnel type is
/// `gre`, this field represents the `GRE` key value and if the configured tunnel type is `erspan`
/// it represents the `erspan_idx` value. It is ignored if the type is `local`.
///
/// **Shape**: integer.
pub const INDEX: Column<Mirror, i64> = Column::new(2);

/// `mirror_rules`: The value of this field represents the mirror rule for filtering mirror traffic.
///
/// **Shape**: set of strong references to [`MirrorRule`].
pub const MIRROR_RULES: Column<Mirror, Set<Ref<MirrorRule>>> = Column::new(3);

/// `name`: Represents the name of the mirror.
///
/// **Shape**: string; unique.
pub const NAME: Column<Mirror, String> = Column::new(4);

/// `sink`: The value of this field represents the destination/sink of the mirror. If the *type* is
/// `gre` or `erspan`, the value indicates the tunnel remote IP (either IPv4 or IPv6). For a *type*
/// of `local`, this field defines a local interface on the OVS integration bridge to be used as the
/// mirror destination. The interface must possess external-ids:mirror-id that matches this string.
///
/// **Shape**: string.
pub const SINK: Column<Mirror, String> = Column::new(5);

/// `type`: The value of this field specifies the mirror type - `gre`, `erspan`, `local` or `lport`.
///
/// **Shape**: [`MirrorType`].
pub const TYPE: Column<Mirror, MirrorType> = Column::new(6);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<Mirror, String> = Index::schema(0);

/// A value of [`FILTER`]: of `filter` in `Mirror`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MirrorFilter {
    /// `from-lport`.
    FromLport,
    /// `to-lport`.
    ToLport,
    /// `both`.
    Both,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for MirrorFilter {
    fn from_name(name: &str) -> Self {
        match name {
            "from-lport" => Self::FromLport,
            "to-lport" => Self::ToLport,
            "both" => Self::Both,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::FromLport => "from-lport",
            Self::ToLport => "to-lport",
            Self::Both => "both",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`TYPE`]: of `type` in `Mirror`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MirrorType {
    /// `gre`.
    Gre,
    /// `erspan`.
    Erspan,
    /// `local`.
    Local,
    /// `lport`.
    Lport,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for MirrorType {
    fn from_name(name: &str) -> Self {
        match name {
            "gre" => Self::Gre,
            "erspan" => Self::Erspan,
            "local" => Self::Local,
            "lport" => Self::Lport,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Gre => "gre",
            Self::Erspan => "erspan",
            Self::Local => "local",
            Self::Lport => "lport",
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
    database: "OVN_Northbound",
    name: "Mirror",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "filter",
            key: BaseDef { enumeration: &["from-lport", "to-lport", "both"], ..STRING },
            ..PLAIN
        },
        ColumnDef { name: "index", key: INTEGER, ..PLAIN },
        ColumnDef {
            name: "mirror_rules",
            key: BaseDef { reference: Some(("Mirror_Rule", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "sink", ..PLAIN },
        ColumnDef {
            name: "type",
            key: BaseDef { enumeration: &["gre", "erspan", "local", "lport"], ..STRING },
            ..PLAIN
        },
    ],
    indexes: &[&[4]],
};

impl Table for Mirror {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(FILTER, self.filter());
        visitor.column(INDEX, self.index());
        visitor.column(MIRROR_RULES, self.mirror_rules());
        visitor.column(NAME, self.name());
        visitor.column(SINK, self.sink());
        visitor.column(TYPE, self.type_());
    }
}

impl fmt::Debug for Mirror {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Mirror {
    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The value of this field represents selection criteria of the mirror. See [`FILTER`].
    pub fn filter(&self) -> MirrorFilter {
        self.0.get(FILTER)
    }

    /// The value of this field represents the tunnel ID. See [`INDEX`].
    pub fn index(&self) -> i64 {
        self.0.get(INDEX)
    }

    /// The value of this field represents the mirror rule for filtering mirror traffic. See
    /// [`MIRROR_RULES`].
    pub fn mirror_rules(&self) -> SetView<'_, Ref<MirrorRule>> {
        self.0.get(MIRROR_RULES)
    }

    /// Represents the name of the mirror. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The value of this field represents the destination/sink of the mirror. See [`SINK`].
    pub fn sink(&self) -> &str {
        self.0.get(SINK)
    }

    /// The value of this field specifies the mirror type - `gre`, `erspan`, `local` or `lport`. See
    /// [`TYPE`].
    pub fn type_(&self) -> MirrorType {
        self.0.get(TYPE)
    }
}
