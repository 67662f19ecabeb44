//! `Gateway`: Interconnection Gateway Information.
//!
//! Generated from ovn-ic-sb.ovsschema 2.4.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::availability_zone::AvailabilityZone;
use super::encap::Encap;

/// Each row in this table represents a interconnection gateway chassis in an availability zone.
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Column: [`external_ids`](EXTERNAL_IDS).
///
/// # Encapsulation Configuration
///
/// OVN uses encapsulation to transmit logical dataplane packets between gateways.
///
/// Column: [`encaps`](ENCAPS).
#[derive(Clone, PartialEq, Eq)]
pub struct Gateway(Row);

/// `availability_zone`: The availability zone that the gateway belongs to.
///
/// **Shape**: strong reference to [`AvailabilityZone`].
pub const AVAILABILITY_ZONE: Column<Gateway, Ref<AvailabilityZone>> = Column::new(0);

/// `encaps`: Points to supported encapsulation configurations to transmit logical dataplane packets
/// to this gateway. Each entry is a [`Encap`] record that describes the configuration. See
/// `Chassis.encaps` column of the OVN Southbound database's `OVN_Southbound.Chassis` table.
///
/// **Shape**: set (at least 1) of strong references to [`Encap`].
pub const ENCAPS: Column<Gateway, Set<Ref<Encap>>> = Column::new(1);

/// `external_ids` of `Gateway`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Gateway, Map<String, String>> = Column::new(2);

/// `hostname`: The hostname of the gateway.
///
/// **Shape**: string.
pub const HOSTNAME: Column<Gateway, String> = Column::new(3);

/// `name`: The name of the gateway. See `Chassis.name` column of the OVN Southbound database's
/// `OVN_Southbound.Chassis` table.
///
/// **Shape**: string; unique.
pub const NAME: Column<Gateway, String> = Column::new(4);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<Gateway, String> = Index::schema(0);

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
    database: "OVN_IC_Southbound",
    name: "Gateway",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "availability_zone",
            key: BaseDef { reference: Some(("Availability_Zone", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
        ColumnDef {
            name: "encaps",
            key: BaseDef { reference: Some(("Encap", RefKind::Strong)), ..UUID },
            max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "hostname", ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
    ],
    indexes: &[&[4]],
};

impl Table for Gateway {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(AVAILABILITY_ZONE, self.availability_zone());
        visitor.column(ENCAPS, self.encaps());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(HOSTNAME, self.hostname());
        visitor.column(NAME, self.name());
    }
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Gateway {
    /// The availability zone that the gateway belongs to. See [`AVAILABILITY_ZONE`].
    pub fn availability_zone(&self) -> Ref<AvailabilityZone> {
        self.0.get(AVAILABILITY_ZONE)
    }

    /// Points to supported encapsulation configurations to transmit logical dataplane packets to
    /// this gateway. See [`ENCAPS`].
    pub fn encaps(&self) -> SetView<'_, Ref<Encap>> {
        self.0.get(ENCAPS)
    }

    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The hostname of the gateway. See [`HOSTNAME`].
    pub fn hostname(&self) -> &str {
        self.0.get(HOSTNAME)
    }

    /// The name of the gateway. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }
}
