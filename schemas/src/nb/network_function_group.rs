//! `Network_Function_Group`: network function group.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Map, MapView, Ref, RefKind, Row, Set,
    SetView, Table, TableDef, UNLIMITED, Visit, debug,
};

use super::network_function::NetworkFunction;

/// Each row contains a list of [`Network_Function`](NetworkFunction). Traffic redirection is
/// achieved by referencing a `Network_Function_Group` from an [`ACL`](super::Acl). Health
/// monitoring of each `Network_Function` is performed based on parameters defined in
/// [`Network_Function_Health_Check`](super::NetworkFunctionHealthCheck). Traffic matching the ACL
/// is redirected to one of the active `Network_Functions`. If all are detected as down, traffic is
/// redirected to one of the `Network_Functions` regardless of status.
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct NetworkFunctionGroup(Row);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<NetworkFunctionGroup, Map<String, String>> = Column::new(0);

/// `fallback`: Fallback setting when no active network functions are available.
///
/// Supports following fallback mechanisms. If not specified, fail-close will be applied when no
/// active Network Functions are available.
///
/// - `fail-open`: Traffic bypasses Network Function and gets allowed when there is no active
///   Network Function available.
/// - `fail-close`: Traffic gets dropped when there is no active Network Function available.
///
/// **Shape**: optional [`NetworkFunctionGroupFallback`].
pub const FALLBACK: Column<NetworkFunctionGroup, Option<NetworkFunctionGroupFallback>> =
    Column::new(1);

/// `id`: A unique integer between 1 and 255 must be assigned to each `Network_Function_Group`.
///
/// **Shape**: integer from 1 to 255; unique.
pub const ID: Column<NetworkFunctionGroup, i64> = Column::new(2);

/// `mode`: Traffic forwarding mode, with default and only value as "inline". The "inline" mode
/// means that the network function is directly in the path of traffic, with traffic being
/// redirected through it.
///
/// **Shape**: [`NetworkFunctionGroupMode`].
pub const MODE: Column<NetworkFunctionGroup, NetworkFunctionGroupMode> = Column::new(3);

/// `name`: Name of the [`Network_Function_Group`](NetworkFunctionGroup). Name should be unique.
///
/// **Shape**: string; unique.
pub const NAME: Column<NetworkFunctionGroup, String> = Column::new(4);

/// `network_function`: A list of network functions which belong to this group.
///
/// **Shape**: set of strong references to [`NetworkFunction`].
pub const NETWORK_FUNCTION: Column<NetworkFunctionGroup, Set<Ref<NetworkFunction>>> =
    Column::new(5);

/// `network_function_active`: Current active Network_Function. This column is populated by northd
/// based on health monitoring status.
///
/// **Shape**: optional strong reference to [`NetworkFunction`].
pub const NETWORK_FUNCTION_ACTIVE: Column<NetworkFunctionGroup, Option<Ref<NetworkFunction>>> =
    Column::new(6);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<NetworkFunctionGroup, String> = Index::schema(0);

/// The rows by `id`, which is unique.
pub const BY_ID: Index<NetworkFunctionGroup, i64> = Index::schema(1);

/// A value of [`FALLBACK`]: of `fallback` in `Network_Function_Group`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkFunctionGroupFallback {
    /// `fail-open`: Traffic bypasses Network Function and gets allowed when there is no active
    /// Network Function available.
    FailOpen,
    /// `fail-close`: Traffic gets dropped when there is no active Network Function available.
    FailClose,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for NetworkFunctionGroupFallback {
    fn from_name(name: &str) -> Self {
        match name {
            "fail-open" => Self::FailOpen,
            "fail-close" => Self::FailClose,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::FailOpen => "fail-open",
            Self::FailClose => "fail-close",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`MODE`]: of `mode` in `Network_Function_Group`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkFunctionGroupMode {
    /// `inline`.
    Inline,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for NetworkFunctionGroupMode {
    fn from_name(name: &str) -> Self {
        match name {
            "inline" => Self::Inline,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Inline => "inline",
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
    name: "Network_Function_Group",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "fallback",
            key: BaseDef { enumeration: &["fail-open", "fail-close"], ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "id",
            key: BaseDef { integers: (Some(1), Some(255)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef { name: "mode", key: BaseDef { enumeration: &["inline"], ..STRING }, ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef {
            name: "network_function",
            key: BaseDef { reference: Some(("Network_Function", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "network_function_active",
            key: BaseDef { reference: Some(("Network_Function", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
    ],
    indexes: &[&[4], &[2]],
};

impl Table for NetworkFunctionGroup {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(FALLBACK, self.fallback());
        visitor.column(ID, self.id());
        visitor.column(MODE, self.mode());
        visitor.column(NAME, self.name());
        visitor.column(NETWORK_FUNCTION, self.network_function());
        visitor.column(NETWORK_FUNCTION_ACTIVE, self.network_function_active());
    }
}

impl fmt::Debug for NetworkFunctionGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl NetworkFunctionGroup {
    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Fallback setting when no active network functions are available. See [`FALLBACK`].
    pub fn fallback(&self) -> Option<NetworkFunctionGroupFallback> {
        self.0.get(FALLBACK)
    }

    /// A unique integer between 1 and 255 must be assigned to each `Network_Function_Group`. See
    /// [`ID`].
    pub fn id(&self) -> i64 {
        self.0.get(ID)
    }

    /// Traffic forwarding mode, with default and only value as "inline". See [`MODE`].
    pub fn mode(&self) -> NetworkFunctionGroupMode {
        self.0.get(MODE)
    }

    /// Name of the [`Network_Function_Group`](NetworkFunctionGroup). See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// A list of network functions which belong to this group. See [`NETWORK_FUNCTION`].
    pub fn network_function(&self) -> SetView<'_, Ref<NetworkFunction>> {
        self.0.get(NETWORK_FUNCTION)
    }

    /// Current active Network_Function. See [`NETWORK_FUNCTION_ACTIVE`].
    pub fn network_function_active(&self) -> Option<Ref<NetworkFunction>> {
        self.0.get(NETWORK_FUNCTION_ACTIVE)
    }
}
