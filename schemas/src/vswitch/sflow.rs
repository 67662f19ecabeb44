//! Table `sFlow` of `Open_vSwitch`.
//!
//! Generated from vswitch.ovsschema 8.8.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Row, Set, SetView, Table, TableDef, UNLIMITED,
    Visit, debug,
};

/// A set of sFlow(R) targets. sFlow is a protocol for remote monitoring of switches.
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct Sflow(Row);

/// `agent`: Determines the agent address, that is, the IP address reported to collectors as the
/// source of the sFlow data. It may be an IP address or the name of a network device. In the latter
/// case, the network device's IP address is used,
///
/// If not specified, the agent device is figured from the first target address and the routing
/// table. If the routing table does not contain a route to the target, the IP address defaults to
/// the [`Controller.local_ip`](super::controller::LOCAL_IP) in the collector's
/// [`Controller`](super::Controller).
///
/// If an agent IP address cannot be determined, sFlow is disabled.
///
/// **Shape**: optional string.
pub const AGENT: Column<Sflow, Option<String>> = Column::new(0);

/// `external_ids` of `sFlow`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Sflow, Map<String, String>> = Column::new(1);

/// `header`: Number of bytes of a sampled packet to send to the collector. If not specified, the
/// default is 128 bytes.
///
/// **Shape**: optional integer.
pub const HEADER: Column<Sflow, Option<i64>> = Column::new(2);

/// `polling`: Polling rate in seconds to send port statistics to the collector. If not specified,
/// defaults to 30 seconds.
///
/// **Shape**: optional integer.
pub const POLLING: Column<Sflow, Option<i64>> = Column::new(3);

/// `sampling`: Rate at which packets should be sampled and sent to the collector. If not specified,
/// defaults to 400, which means one out of 400 packets, on average, will be sent to the collector.
///
/// **Shape**: optional integer.
pub const SAMPLING: Column<Sflow, Option<i64>> = Column::new(4);

/// `targets`: sFlow targets in the form `ip:port`.
///
/// **Shape**: set (at least 1) of strings.
pub const TARGETS: Column<Sflow, Set<String>> = Column::new(5);

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
    database: "Open_vSwitch",
    name: "sFlow",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "agent", min: 0, ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "header", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "polling", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "sampling", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "targets", max: UNLIMITED, ..PLAIN },
    ],
    indexes: &[],
};

impl Table for Sflow {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(AGENT, self.agent());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(HEADER, self.header());
        visitor.column(POLLING, self.polling());
        visitor.column(SAMPLING, self.sampling());
        visitor.column(TARGETS, self.targets());
    }
}

impl fmt::Debug for Sflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Sflow {
    /// Determines the agent address, that is, the IP address reported to collectors as the source
    /// of the sFlow data. See [`AGENT`].
    pub fn agent(&self) -> Option<&str> {
        self.0.get(AGENT)
    }

    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Number of bytes of a sampled packet to send to the collector. See [`HEADER`].
    pub fn header(&self) -> Option<i64> {
        self.0.get(HEADER)
    }

    /// Polling rate in seconds to send port statistics to the collector. See [`POLLING`].
    pub fn polling(&self) -> Option<i64> {
        self.0.get(POLLING)
    }

    /// Rate at which packets should be sampled and sent to the collector. See [`SAMPLING`].
    pub fn sampling(&self) -> Option<i64> {
        self.0.get(SAMPLING)
    }

    /// sFlow targets in the form `ip:port`. See [`TARGETS`].
    pub fn targets(&self) -> SetView<'_, String> {
        self.0.get(TARGETS)
    }
}
