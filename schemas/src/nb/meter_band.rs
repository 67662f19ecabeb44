//! `Meter_Band`: Band for meter entries.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED,
    Visit, debug,
};

/// Each row in this table represents a meter band which specifies the rate above which the
/// configured action should be applied. These bands are referenced by the
/// [`Meter.bands`](super::meter::BANDS) column in the [`Meter`](super::Meter) table.
#[derive(Clone, PartialEq, Eq)]
pub struct MeterBand(Row);

/// `action`: The action to execute when this band matches. The only supported action is `drop`.
///
/// **Shape**: [`MeterBandAction`].
pub const ACTION: Column<MeterBand, MeterBandAction> = Column::new(0);

/// `burst_size`: The maximum burst allowed for the band in kilobits or packets, depending on
/// whether `kbps` or `pktps` was selected in the parent [`Meter`](super::Meter) entry's
/// [`Meter.unit`](super::meter::UNIT) column. If the size is zero, the switch is free to select
/// some reasonable value depending on its configuration.
///
/// **Shape**: integer from 0 to 4294967295.
pub const BURST_SIZE: Column<MeterBand, i64> = Column::new(1);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<MeterBand, Map<String, String>> = Column::new(2);

/// `rate`: The rate limit for this band, in kilobits per second or bits per second, depending on
/// whether the parent [`Meter`](super::Meter) entry's [`Meter.unit`](super::meter::UNIT) column
/// specified `kbps` or `pktps`.
///
/// **Shape**: integer from 1 to 4294967295.
pub const RATE: Column<MeterBand, i64> = Column::new(3);

/// A value of [`ACTION`]: of `action` in `Meter_Band`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MeterBandAction {
    /// `drop`.
    Drop,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for MeterBandAction {
    fn from_name(name: &str) -> Self {
        match name {
            "drop" => Self::Drop,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Drop => "drop",
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
    name: "Meter_Band",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "action", key: BaseDef { enumeration: &["drop"], ..STRING }, ..PLAIN },
        ColumnDef {
            name: "burst_size",
            key: BaseDef { integers: (Some(0), Some(4294967295)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "rate",
            key: BaseDef { integers: (Some(1), Some(4294967295)), ..INTEGER },
            ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for MeterBand {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ACTION, self.action());
        visitor.column(BURST_SIZE, self.burst_size());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(RATE, self.rate());
    }
}

impl fmt::Debug for MeterBand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl MeterBand {
    /// The action to execute when this band matches. See [`ACTION`].
    pub fn action(&self) -> MeterBandAction {
        self.0.get(ACTION)
    }

    /// The maximum burst allowed for the band in kilobits or packets, depending on whether `kbps`
    /// or `pktps` was selected in the parent [`Meter`](super::Meter) entry's
    /// [`Meter.unit`](super::meter::UNIT) column. See [`BURST_SIZE`].
    pub fn burst_size(&self) -> i64 {
        self.0.get(BURST_SIZE)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The rate limit for this band, in kilobits per second or bits per second, depending on
    /// whether the parent [`Meter`](super::Meter) entry's [`Meter.unit`](super::meter::UNIT) column
    /// specified `kbps` or `pktps`. See [`RATE`].
    pub fn rate(&self) -> i64 {
        self.0.get(RATE)
    }
}
