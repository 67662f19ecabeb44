//! Table `CT_Timeout_Policy` of `Open_vSwitch`.
//!
//! Generated from vswitch.ovsschema 8.8.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED,
    Visit, debug,
};

/// Connection tracking timeout policy configuration
///
/// # Timeouts
///
/// Column: [`timeouts`](TIMEOUTS).
///
/// # TCP Timeouts
///
/// Column: [`timeouts`](TIMEOUTS).
///
/// # UDP Timeouts
///
/// Column: [`timeouts`](TIMEOUTS).
///
/// # ICMP Timeouts
///
/// Column: [`timeouts`](TIMEOUTS).
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct CtTimeoutPolicy(Row);

/// `external_ids` of `CT_Timeout_Policy`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<CtTimeoutPolicy, Map<String, String>> = Column::new(0);

/// `timeouts`: The `timeouts` column contains key-value pairs used to configure connection tracking
/// timeouts in a datapath. Key-value pairs that are not supported by a datapath are ignored. The
/// timeout value is in seconds.
///
/// **Shape**: map from [`CtTimeoutPolicyTimeoutsKey`] to integer from 0 to 4294967295.
///
/// **Keys**, TCP Timeouts:
///
/// - `tcp_syn_sent`: The timeout for the connection after the first TCP SYN packet has been seen by
///   conntrack.
/// - `tcp_syn_recv`: The timeout of the connection after the first TCP SYN-ACK packet has been seen
///   by conntrack.
/// - `tcp_established`: The timeout of the connection after the connection has been fully
///   established.
/// - `tcp_fin_wait`: The timeout of the connection after the first TCP FIN packet has been seen by
///   conntrack.
/// - `tcp_close_wait`: The timeout of the connection after the first TCP ACK packet has been seen
///   after it receives TCP FIN packet. This timeout is only supported by the Linux kernel datapath.
/// - `tcp_last_ack`: The timeout of the connection after TCP FIN packets have been seen by
///   conntrack from both directions. This timeout is only supported by the Linux kernel datapath.
/// - `tcp_time_wait`: The timeout of the connection after conntrack has seen the TCP ACK packet for
///   the second TCP FIN packet.
/// - `tcp_close`: The timeout of the connection after the first TCP RST packet has been seen by
///   conntrack.
/// - `tcp_syn_sent2`: The timeout of the connection when only a TCP SYN packet has been seen by
///   conntrack from both directions (simultaneous open). This timeout is only supported by the
///   Linux kernel datapath.
/// - `tcp_retransmit`: The timeout of the connection when it exceeds the maximum number of
///   retransmissions. This timeout is only supported by the Linux kernel datapath.
/// - `tcp_unack`: The timeout of the connection when non-SYN packets create an established
///   connection in TCP loose tracking mode. This timeout is only supported by the Linux kernel
///   datapath.
///
/// **Keys**, UDP Timeouts:
///
/// - `udp_first`: The timeout of the connection after the first UDP packet has been seen by
///   conntrack. This timeout is only supported by the userspace datapath.
/// - `udp_single`: The timeout of the connection when conntrack only seen UDP packet from the
///   source host, but the destination host has never sent one back.
/// - `udp_multiple`: The timeout of the connection when UDP packets have been seen in both
///   directions.
///
/// **Keys**, ICMP Timeouts:
///
/// - `icmp_first`: The timeout of the connection after the first ICMP packet has been seen by
///   conntrack.
/// - `icmp_reply`: The timeout of the connection when ICMP packets have been seen in both
///   direction. This timeout is only supported by the userspace datapath.
pub const TIMEOUTS: Column<CtTimeoutPolicy, Map<CtTimeoutPolicyTimeoutsKey, i64>> = Column::new(1);

/// A value of [`TIMEOUTS`]: of `timeouts` in `CT_Timeout_Policy`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CtTimeoutPolicyTimeoutsKey {
    /// `tcp_syn_sent`.
    TcpSynSent,
    /// `tcp_syn_recv`.
    TcpSynRecv,
    /// `tcp_established`.
    TcpEstablished,
    /// `tcp_fin_wait`.
    TcpFinWait,
    /// `tcp_close_wait`.
    TcpCloseWait,
    /// `tcp_last_ack`.
    TcpLastAck,
    /// `tcp_time_wait`.
    TcpTimeWait,
    /// `tcp_close`.
    TcpClose,
    /// `tcp_syn_sent2`.
    TcpSynSent2,
    /// `tcp_retransmit`.
    TcpRetransmit,
    /// `tcp_unack`.
    TcpUnack,
    /// `udp_first`.
    UdpFirst,
    /// `udp_single`.
    UdpSingle,
    /// `udp_multiple`.
    UdpMultiple,
    /// `icmp_first`.
    IcmpFirst,
    /// `icmp_reply`.
    IcmpReply,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for CtTimeoutPolicyTimeoutsKey {
    fn from_name(name: &str) -> Self {
        match name {
            "tcp_syn_sent" => Self::TcpSynSent,
            "tcp_syn_recv" => Self::TcpSynRecv,
            "tcp_established" => Self::TcpEstablished,
            "tcp_fin_wait" => Self::TcpFinWait,
            "tcp_close_wait" => Self::TcpCloseWait,
            "tcp_last_ack" => Self::TcpLastAck,
            "tcp_time_wait" => Self::TcpTimeWait,
            "tcp_close" => Self::TcpClose,
            "tcp_syn_sent2" => Self::TcpSynSent2,
            "tcp_retransmit" => Self::TcpRetransmit,
            "tcp_unack" => Self::TcpUnack,
            "udp_first" => Self::UdpFirst,
            "udp_single" => Self::UdpSingle,
            "udp_multiple" => Self::UdpMultiple,
            "icmp_first" => Self::IcmpFirst,
            "icmp_reply" => Self::IcmpReply,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::TcpSynSent => "tcp_syn_sent",
            Self::TcpSynRecv => "tcp_syn_recv",
            Self::TcpEstablished => "tcp_established",
            Self::TcpFinWait => "tcp_fin_wait",
            Self::TcpCloseWait => "tcp_close_wait",
            Self::TcpLastAck => "tcp_last_ack",
            Self::TcpTimeWait => "tcp_time_wait",
            Self::TcpClose => "tcp_close",
            Self::TcpSynSent2 => "tcp_syn_sent2",
            Self::TcpRetransmit => "tcp_retransmit",
            Self::TcpUnack => "tcp_unack",
            Self::UdpFirst => "udp_first",
            Self::UdpSingle => "udp_single",
            Self::UdpMultiple => "udp_multiple",
            Self::IcmpFirst => "icmp_first",
            Self::IcmpReply => "icmp_reply",
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
    database: "Open_vSwitch",
    name: "CT_Timeout_Policy",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "timeouts",
            key: BaseDef { enumeration: &[
                "tcp_syn_sent", "tcp_syn_recv", "tcp_established", "tcp_fin_wait", "tcp_close_wait",
                "tcp_last_ack", "tcp_time_wait", "tcp_close", "tcp_syn_sent2", "tcp_retransmit",
                "tcp_unack", "udp_first", "udp_single", "udp_multiple", "icmp_first", "icmp_reply",
            ], ..STRING },
            value: Some(BaseDef { integers: (Some(0), Some(4294967295)), ..INTEGER }),
            min: 0, max: UNLIMITED, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for CtTimeoutPolicy {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(TIMEOUTS, self.timeouts());
    }
}

impl fmt::Debug for CtTimeoutPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl CtTimeoutPolicy {
    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The `timeouts` column contains key-value pairs used to configure connection tracking
    /// timeouts in a datapath. See [`TIMEOUTS`].
    pub fn timeouts(&self) -> MapView<'_, CtTimeoutPolicyTimeoutsKey, i64> {
        self.0.get(TIMEOUTS)
    }
}
