//! `Copp`: Control plane protection.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit,
    debug,
};

/// This table is used to define control plane protection policies, i.e., associate entries from
/// table [`Meter`](super::Meter) to control protocol names.
#[derive(Clone, PartialEq, Eq)]
pub struct Copp(Row);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Copp, Map<String, String>> = Column::new(0);

/// `meters` of `Copp`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `arp`: Rate limiting meter for ARP packets (request/reply) used for learning neighbors.
/// - `arp-resolve`: Rate limiting meter for packets that require resolving the next-hop (through
///   ARP).
/// - `dhcpv4-opts`: Rate limiting meter for packets that require adding DHCPv4 options.
/// - `dhcpv6-opts`: Rate limiting meter for packets that require adding DHCPv6 options.
/// - `dns`: Rate limiting meter for DNS query packets that need to be replied to.
/// - `event-elb`: Rate limiting meter for empty load balancer events.
/// - `icmp4-error`: Rate limiting meter for packets that require replying with an ICMP error.
/// - `icmp6-error`: Rate limiting meter for packets that require replying with an ICMPv6 error.
/// - `igmp`: Rate limiting meter for IGMP packets.
/// - `nd-na`: Rate limiting meter for ND neighbor advertisement packets used for learning
///   neighbors.
/// - `nd-ns`: Rate limiting meter for ND neighbor solicitation packets used for learning neighbors.
/// - `nd-ns-resolve`: Rate limiting meter for packets that require resolving the next-hop (through
///   ND).
/// - `nd-ra-opts`: Rate limiting meter for packets that require adding ND router advertisement
///   options.
/// - `tcp-reset`: Rate limiting meter for packets that require replying with TCP RST packet.
/// - `bfd`: Rate limiting meter for BFD packets.
/// - `reject`: Rate limiting meter for packets that trigger a reject action
/// - `svc-monitor`: Rate limiting meter for packets that are arriving to service monitor MAC
///   address.
/// - `dhcpv4-relay`: Rate limiting meter for DHCPv4 relay packets (request/response) when DHCPv4
///   Relay functionality is enabled.
pub const METERS: Column<Copp, Map<String, String>> = Column::new(1);

/// `name`: CoPP name.
///
/// **Shape**: string; unique.
pub const NAME: Column<Copp, String> = Column::new(2);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<Copp, String> = Index::schema(0);

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
    name: "Copp",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "meters", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
    ],
    indexes: &[&[2]],
};

impl Table for Copp {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(METERS, self.meters());
        visitor.column(NAME, self.name());
    }
}

impl fmt::Debug for Copp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Copp {
    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The column `meters`. See [`METERS`].
    pub fn meters(&self) -> MapView<'_, String, String> {
        self.0.get(METERS)
    }

    /// CoPP name. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }
}
