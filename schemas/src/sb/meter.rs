//! `Meter`: Meter entry.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::meter_band::MeterBand;

/// Each row in this table represents a meter that can be used for QoS or rate-limiting.
#[derive(Clone, PartialEq, Eq)]
pub struct Meter(Row);

/// `bands`: The bands associated with this meter. Each band specifies a rate above which the band
/// is to take the action `action`. If multiple bands' rates are exceeded, then the band with the
/// highest rate among the exceeded bands is selected.
///
/// **Shape**: set (at least 1) of strong references to [`MeterBand`].
pub const BANDS: Column<Meter, Set<Ref<MeterBand>>> = Column::new(0);

/// `name`: A name for this meter.
///
/// Names that begin with "\_\_" (two underscores) are reserved for OVN internal use and should not
/// be added manually.
///
/// **Shape**: string; unique.
pub const NAME: Column<Meter, String> = Column::new(1);

/// `unit`: The unit for [`Meter_Band.rate`](super::meter_band::RATE) and `Meter_Band.burst_rate`
/// parameters in the [`bands`](BANDS) entry. `kbps` specifies kilobits per second, and `pktps`
/// specifies packets per second.
///
/// **Shape**: [`MeterUnit`].
pub const UNIT: Column<Meter, MeterUnit> = Column::new(2);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<Meter, String> = Index::schema(0);

/// A value of [`UNIT`]: of `unit` in `Meter`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MeterUnit {
    /// `kbps`.
    Kbps,
    /// `pktps`.
    Pktps,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for MeterUnit {
    fn from_name(name: &str) -> Self {
        match name {
            "kbps" => Self::Kbps,
            "pktps" => Self::Pktps,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Kbps => "kbps",
            Self::Pktps => "pktps",
            Self::Other(other) => other,
        }
    }
}

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
    name: "Meter",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "bands",
            key: BaseDef { reference: Some(("Meter_Band", RefKind::Strong)), ..UUID },
            max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef {
            name: "unit",
            key: BaseDef { enumeration: &["kbps", "pktps"], ..STRING },
            ..PLAIN
        },
    ],
    indexes: &[&[1]],
};

impl Table for Meter {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(BANDS, self.bands());
        visitor.column(NAME, self.name());
        visitor.column(UNIT, self.unit());
    }
}

impl fmt::Debug for Meter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Meter {
    /// The bands associated with this meter. See [`BANDS`].
    pub fn bands(&self) -> SetView<'_, Ref<MeterBand>> {
        self.0.get(BANDS)
    }

    /// A name for this meter. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The unit for [`Meter_Band.rate`](super::meter_band::RATE) and `Meter_Band.burst_rate`
    /// parameters in the [`bands`](BANDS) entry. See [`UNIT`].
    pub fn unit(&self) -> MeterUnit {
        self.0.get(UNIT)
    }
}
