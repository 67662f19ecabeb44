//! Table `Sampling_App` of `OVN_Northbound`.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Map, MapView, Row, Table, TableDef,
    UNLIMITED, Visit, debug,
};

/// A row of `Sampling_App`.
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct SamplingApp(Row);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<SamplingApp, Map<String, String>> = Column::new(0);

/// `id`: The identifier to be encoded in the samples generated for this type of application. This
/// identifier is used as part of the sample's observation domain ID.
///
/// **Shape**: integer from 1 to 255.
pub const ID: Column<SamplingApp, i64> = Column::new(1);

/// `type`: The type of the application to be configured for sampling. Currently supported options
/// are: "drop", "acl-new", "acl-est".
///
/// **Shape**: [`SamplingAppType`]; unique.
pub const TYPE: Column<SamplingApp, SamplingAppType> = Column::new(2);

/// The rows by `type`, which is unique.
pub const BY_TYPE: Index<SamplingApp, SamplingAppType> = Index::schema(0);

/// A value of [`TYPE`]: of `type` in `Sampling_App`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SamplingAppType {
    /// `drop`.
    Drop,
    /// `acl-new`.
    AclNew,
    /// `acl-est`.
    AclEst,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for SamplingAppType {
    fn from_name(name: &str) -> Self {
        match name {
            "drop" => Self::Drop,
            "acl-new" => Self::AclNew,
            "acl-est" => Self::AclEst,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Drop => "drop",
            Self::AclNew => "acl-new",
            Self::AclEst => "acl-est",
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
    name: "Sampling_App",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "id",
            key: BaseDef { integers: (Some(1), Some(255)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef {
            name: "type",
            key: BaseDef { enumeration: &["drop", "acl-new", "acl-est"], ..STRING },
            ..PLAIN
        },
    ],
    indexes: &[&[2]],
};

impl Table for SamplingApp {
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
        visitor.column(TYPE, self.type_());
    }
}

impl fmt::Debug for SamplingApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl SamplingApp {
    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The identifier to be encoded in the samples generated for this type of application. See
    /// [`ID`].
    pub fn id(&self) -> i64 {
        self.0.get(ID)
    }

    /// The type of the application to be configured for sampling. See [`TYPE`].
    pub fn type_(&self) -> SamplingAppType {
        self.0.get(TYPE)
    }
}
