//! Table `IP_Multicast` of `OVN_Southbound`.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Ref, RefKind, Row, Table, TableDef, Visit, debug,
};

use super::datapath_binding::DatapathBinding;

/// IP Multicast configuration options. For now only applicable to IGMP.
///
/// # Querier configuration options
///
/// The `ovn-controller` process that runs on OVN hypervisor nodes uses the following columns to
/// determine field values in IGMP/MLD queries that it originates:
///
/// Columns: [`eth_src`](ETH_SRC), [`ip4_src`](IP4_SRC), [`ip6_src`](IP6_SRC),
/// [`query_max_resp`](QUERY_MAX_RESP).
#[derive(Clone, PartialEq, Eq)]
pub struct IpMulticast(Row);

/// `datapath`: [`Datapath_Binding`](DatapathBinding) entry for which these configuration options
/// are defined.
///
/// **Shape**: weak reference to [`DatapathBinding`]; unique.
pub const DATAPATH: Column<IpMulticast, Ref<DatapathBinding>> = Column::new(0);

/// `enabled`: Enables/disables multicast snooping. Default: disabled.
///
/// **Shape**: optional boolean.
pub const ENABLED: Column<IpMulticast, Option<bool>> = Column::new(1);

/// `eth_src`: Source Ethernet address.
///
/// **Shape**: string.
pub const ETH_SRC: Column<IpMulticast, String> = Column::new(2);

/// `idle_timeout`: Configures the idle timeout (in seconds) for IP multicast groups if multicast
/// snooping is enabled. Default: 300 seconds.
///
/// **Shape**: optional integer.
pub const IDLE_TIMEOUT: Column<IpMulticast, Option<i64>> = Column::new(3);

/// `ip4_src`: Source IPv4 address.
///
/// **Shape**: string.
pub const IP4_SRC: Column<IpMulticast, String> = Column::new(4);

/// `ip6_src`: Source IPv6 address.
///
/// **Shape**: string.
pub const IP6_SRC: Column<IpMulticast, String> = Column::new(5);

/// `querier`: Enables/disables multicast querying. If [`IP_Multicast.enabled`](ENABLED) then
/// multicast querying is enabled by default.
///
/// **Shape**: optional boolean.
pub const QUERIER: Column<IpMulticast, Option<bool>> = Column::new(6);

/// `query_interval`: Configures the interval (in seconds) for sending multicast queries if snooping
/// and querier are enabled. Default: [`IP_Multicast.idle_timeout`](IDLE_TIMEOUT)/2 seconds.
///
/// **Shape**: optional integer.
pub const QUERY_INTERVAL: Column<IpMulticast, Option<i64>> = Column::new(7);

/// `query_max_resp`: Value (in seconds) to be used as "max-response" field in multicast queries.
/// Default: 1 second.
///
/// **Shape**: optional integer.
pub const QUERY_MAX_RESP: Column<IpMulticast, Option<i64>> = Column::new(8);

/// `seq_no`: `ovn-controller` reads this value and flushes all learned multicast groups when it
/// detects that `seq_no` was changed.
///
/// **Shape**: integer.
pub const SEQ_NO: Column<IpMulticast, i64> = Column::new(9);

/// `table_size`: Limits the number of multicast groups that can be learned. Default: 2048 groups
/// per datapath.
///
/// **Shape**: optional integer.
pub const TABLE_SIZE: Column<IpMulticast, Option<i64>> = Column::new(10);

/// The rows by `datapath`, which is unique.
pub const BY_DATAPATH: Index<IpMulticast, Ref<DatapathBinding>> = Index::schema(0);

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

/// Any boolean.
const BOOLEAN: BaseDef = BaseDef::plain(Kind::Boolean);

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
    name: "IP_Multicast",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "datapath",
            key: BaseDef { reference: Some(("Datapath_Binding", RefKind::Weak)), ..UUID },
            ..PLAIN
        },
        ColumnDef { name: "enabled", key: BOOLEAN, min: 0, ..PLAIN },
        ColumnDef { name: "eth_src", ..PLAIN },
        ColumnDef { name: "idle_timeout", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "ip4_src", ..PLAIN },
        ColumnDef { name: "ip6_src", ..PLAIN },
        ColumnDef { name: "querier", key: BOOLEAN, min: 0, ..PLAIN },
        ColumnDef { name: "query_interval", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "query_max_resp", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "seq_no", key: INTEGER, ..PLAIN },
        ColumnDef { name: "table_size", key: INTEGER, min: 0, ..PLAIN },
    ],
    indexes: &[&[0]],
};

impl Table for IpMulticast {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(DATAPATH, self.datapath());
        visitor.column(ENABLED, self.enabled());
        visitor.column(ETH_SRC, self.eth_src());
        visitor.column(IDLE_TIMEOUT, self.idle_timeout());
        visitor.column(IP4_SRC, self.ip4_src());
        visitor.column(IP6_SRC, self.ip6_src());
        visitor.column(QUERIER, self.querier());
        visitor.column(QUERY_INTERVAL, self.query_interval());
        visitor.column(QUERY_MAX_RESP, self.query_max_resp());
        visitor.column(SEQ_NO, self.seq_no());
        visitor.column(TABLE_SIZE, self.table_size());
    }
}

impl fmt::Debug for IpMulticast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl IpMulticast {
    /// [`Datapath_Binding`](DatapathBinding) entry for which these configuration options are
    /// defined. See [`DATAPATH`].
    pub fn datapath(&self) -> Ref<DatapathBinding> {
        self.0.get(DATAPATH)
    }

    /// Enables/disables multicast snooping. See [`ENABLED`].
    pub fn enabled(&self) -> Option<bool> {
        self.0.get(ENABLED)
    }

    /// Source Ethernet address. See [`ETH_SRC`].
    pub fn eth_src(&self) -> &str {
        self.0.get(ETH_SRC)
    }

    /// Configures the idle timeout (in seconds) for IP multicast groups if multicast snooping is
    /// enabled. See [`IDLE_TIMEOUT`].
    pub fn idle_timeout(&self) -> Option<i64> {
        self.0.get(IDLE_TIMEOUT)
    }

    /// Source IPv4 address. See [`IP4_SRC`].
    pub fn ip4_src(&self) -> &str {
        self.0.get(IP4_SRC)
    }

    /// Source IPv6 address. See [`IP6_SRC`].
    pub fn ip6_src(&self) -> &str {
        self.0.get(IP6_SRC)
    }

    /// Enables/disables multicast querying. See [`QUERIER`].
    pub fn querier(&self) -> Option<bool> {
        self.0.get(QUERIER)
    }

    /// Configures the interval (in seconds) for sending multicast queries if snooping and querier
    /// are enabled. See [`QUERY_INTERVAL`].
    pub fn query_interval(&self) -> Option<i64> {
        self.0.get(QUERY_INTERVAL)
    }

    /// Value (in seconds) to be used as "max-response" field in multicast queries. See
    /// [`QUERY_MAX_RESP`].
    pub fn query_max_resp(&self) -> Option<i64> {
        self.0.get(QUERY_MAX_RESP)
    }

    /// `ovn-controller` reads this value and flushes all learned multicast groups when it detects
    /// that `seq_no` was changed. See [`SEQ_NO`].
    pub fn seq_no(&self) -> i64 {
        self.0.get(SEQ_NO)
    }

    /// Limits the number of multicast groups that can be learned. See [`TABLE_SIZE`].
    pub fn table_size(&self) -> Option<i64> {
        self.0.get(TABLE_SIZE)
    }
}
