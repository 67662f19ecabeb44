//! Table `BFD` of `OVN_Northbound`.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Map, MapView, Row, Table, TableDef,
    UNLIMITED, Visit, debug,
};

/// Contains BFD parameter for ovn-controller BFD configuration. OVN BFD implementation is used to
/// provide detection of failures in the path between adjacent forwarding engines, including the OVN
/// interfaces. OVN BFD provides link status info to OVN northd in order to update logical flows
/// according to the status of BFD endpoints. In the current implementation OVN BFD is used to check
/// next-hop status for ECMP routes. Please note BFD table refers to OVN BFD implementation and not
/// to OVS legacy one.
///
/// # Configuration
///
/// `ovn-northd` reads configuration from these columns.
///
/// Columns: [`logical_port`](LOGICAL_PORT), [`dst_ip`](DST_IP), [`min_tx`](MIN_TX),
/// [`min_rx`](MIN_RX), [`detect_mult`](DETECT_MULT), [`options`](OPTIONS),
/// [`external_ids`](EXTERNAL_IDS).
///
/// # Status Reporting
///
/// `ovn-northd` writes BFD status into these columns.
///
/// Column: [`status`](STATUS).
#[derive(Clone, PartialEq, Eq)]
pub struct Bfd(Row);

/// `detect_mult`: Detection time multiplier. The negotiated transmit interval, multiplied by this
/// value, provides the Detection Time for the receiving system in Asynchronous mode. Default value
/// is 5.
///
/// **Shape**: optional integer of at least 1.
pub const DETECT_MULT: Column<Bfd, Option<i64>> = Column::new(0);

/// `dst_ip`: BFD peer IP address.
///
/// **Shape**: string.
pub const DST_IP: Column<Bfd, String> = Column::new(1);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Bfd, Map<String, String>> = Column::new(2);

/// `logical_port`: OVN logical port when BFD engine is running.
///
/// **Shape**: string.
pub const LOGICAL_PORT: Column<Bfd, String> = Column::new(3);

/// `min_rx`: This is the minimum interval, in milliseconds, between received BFD Control packets
/// that this system is capable of supporting, less any jitter applied by the sender. If this value
/// is zero, the transmitting system does not want the remote system to send any periodic BFD
/// Control packets.
///
/// **Shape**: optional integer.
pub const MIN_RX: Column<Bfd, Option<i64>> = Column::new(4);

/// `min_tx`: This is the minimum interval, in milliseconds, that the local system would like to use
/// when transmitting BFD Control packets, less any jitter applied. The value zero is reserved.
/// Default value is 1000 ms.
///
/// **Shape**: optional integer of at least 1.
pub const MIN_TX: Column<Bfd, Option<i64>> = Column::new(5);

/// `options`: Reserved for future use.
///
/// **Shape**: map from string to string.
pub const OPTIONS: Column<Bfd, Map<String, String>> = Column::new(6);

/// `status`: BFD port logical states. Possible values are:
///
/// - `admin_down`
/// - `down`
/// - `init`
/// - `up`
///
/// **Shape**: optional [`BfdStatus`].
pub const STATUS: Column<Bfd, Option<BfdStatus>> = Column::new(7);

/// The rows by `logical_port`, `dst_ip`, which together are unique.
pub const BY_LOGICAL_PORT_DST_IP: Index<Bfd, (String, String)> = Index::schema(0);

/// A value of [`STATUS`]: of `status` in `BFD`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BfdStatus {
    /// `down`.
    Down,
    /// `init`.
    Init,
    /// `up`.
    Up,
    /// `admin_down`.
    AdminDown,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for BfdStatus {
    fn from_name(name: &str) -> Self {
        match name {
            "down" => Self::Down,
            "init" => Self::Init,
            "up" => Self::Up,
            "admin_down" => Self::AdminDown,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Down => "down",
            Self::Init => "init",
            Self::Up => "up",
            Self::AdminDown => "admin_down",
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
    name: "BFD",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "detect_mult",
            key: BaseDef { integers: (Some(1), None), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "dst_ip", ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "logical_port", ..PLAIN },
        ColumnDef { name: "min_rx", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef {
            name: "min_tx",
            key: BaseDef { integers: (Some(1), None), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "status",
            key: BaseDef { enumeration: &["down", "init", "up", "admin_down"], ..STRING },
            min: 0, ..PLAIN
        },
    ],
    indexes: &[&[3, 1]],
};

impl Table for Bfd {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(DETECT_MULT, self.detect_mult());
        visitor.column(DST_IP, self.dst_ip());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(LOGICAL_PORT, self.logical_port());
        visitor.column(MIN_RX, self.min_rx());
        visitor.column(MIN_TX, self.min_tx());
        visitor.column(OPTIONS, self.options());
        visitor.column(STATUS, self.status());
    }
}

impl fmt::Debug for Bfd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Bfd {
    /// Detection time multiplier. See [`DETECT_MULT`].
    pub fn detect_mult(&self) -> Option<i64> {
        self.0.get(DETECT_MULT)
    }

    /// BFD peer IP address. See [`DST_IP`].
    pub fn dst_ip(&self) -> &str {
        self.0.get(DST_IP)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// OVN logical port when BFD engine is running. See [`LOGICAL_PORT`].
    pub fn logical_port(&self) -> &str {
        self.0.get(LOGICAL_PORT)
    }

    /// This is the minimum interval, in milliseconds, between received BFD Control packets that
    /// this system is capable of supporting, less any jitter applied by the sender. See [`MIN_RX`].
    pub fn min_rx(&self) -> Option<i64> {
        self.0.get(MIN_RX)
    }

    /// This is the minimum interval, in milliseconds, that the local system would like to use when
    /// transmitting BFD Control packets, less any jitter applied. See [`MIN_TX`].
    pub fn min_tx(&self) -> Option<i64> {
        self.0.get(MIN_TX)
    }

    /// Reserved for future use. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// BFD port logical states. See [`STATUS`].
    pub fn status(&self) -> Option<BfdStatus> {
        self.0.get(STATUS)
    }
}
