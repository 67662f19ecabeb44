//! `Logical_Router_Policy`: Logical router policies.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView,
    Table, TableDef, UNLIMITED, Visit, debug,
};

use super::bfd::Bfd;
use super::logical_router_port::LogicalRouterPort;

/// Each row in this table represents one routing policy for a logical router that points to it
/// through its `policies` column. The [`action`](ACTION) column for the
/// highest-[`priority`](PRIORITY) matching row in this table determines a packet's treatment. If no
/// row matches, packets are allowed by default. (Default-deny treatment is possible: add a rule
/// with [`priority`](PRIORITY) 0, `1` as [`match`](MATCH), and `drop` as [`action`](ACTION).)
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct LogicalRouterPolicy(Row);

/// `action`: The action to take when the routing policy matches:
///
/// - `allow`: Forward the packet.
/// - `drop`: Silently drop the packet.
/// - `reroute`: Reroute packet to [`nexthop`](NEXTHOP) or [`nexthops`](NEXTHOPS).
/// - `jump`: Start examining rules that have the same [`chain`](CHAIN) value as specified in
///   [`jump_chain`](JUMP_CHAIN).
///
/// **Shape**: [`LogicalRouterPolicyAction`].
pub const ACTION: Column<LogicalRouterPolicy, LogicalRouterPolicyAction> = Column::new(0);

/// `bfd_sessions`: Reference to [`BFD`](Bfd) row if the route policy has associated some BFD
/// sessions.
///
/// **Shape**: set of weak references to [`Bfd`].
pub const BFD_SESSIONS: Column<LogicalRouterPolicy, Set<Ref<Bfd>>> = Column::new(1);

/// `chain`: The routing policy rule's chain name. Only rules with empty chain name are traversed by
/// default. Other chains are traversed as response to jump action.
///
/// **Shape**: optional string.
pub const CHAIN: Column<LogicalRouterPolicy, Option<String>> = Column::new(2);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<LogicalRouterPolicy, Map<String, String>> = Column::new(3);

/// `jump_chain`: The routing policy rule's chain name selected to be examined next.
///
/// **Shape**: optional string.
pub const JUMP_CHAIN: Column<LogicalRouterPolicy, Option<String>> = Column::new(4);

/// `match`: The packets that the routing policy should match, in the same expression language used
/// for the `OVN_Southbound.Logical_Flow.match` column in the OVN Southbound database's
/// `OVN_Southbound.Logical_Flow` table.
///
/// By default all traffic is allowed. When writing a more restrictive policy, it is important to
/// remember to allow flows such as ARP and IPv6 neighbor discovery packets.
///
/// **Shape**: string.
pub const MATCH: Column<LogicalRouterPolicy, String> = Column::new(5);

/// `nexthop`: Note: This column is deprecated in favor of [`nexthops`](NEXTHOPS) and is ignored by
/// northd.
///
/// Next-hop IP address for this route, which should be the IP address of a connected router port or
/// the IP address of a logical port.
///
/// **Shape**: optional string.
pub const NEXTHOP: Column<LogicalRouterPolicy, Option<String>> = Column::new(6);

/// `nexthops`: Next-hop ECMP IP addresses for this route. Each IP in the list should be the IP
/// address of a connected router port or the IP address of a logical port.
///
/// One IP from the list is selected as next hop.
///
/// **Shape**: set of strings.
pub const NEXTHOPS: Column<LogicalRouterPolicy, Set<String>> = Column::new(7);

/// `options` of `Logical_Router_Policy`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `pkt_mark`: Marks the packet with the value specified when the router policy is applied. CMS
///   can inspect this packet marker and take some decisions if desired. This value is not preserved
///   when the packet goes out on the wire.
pub const OPTIONS: Column<LogicalRouterPolicy, Map<String, String>> = Column::new(8);

/// `output_port`: The [`Logical_Router_Port`](LogicalRouterPort) via which the packet needs to be
/// sent out. This is optional and when not specified, OVN will automatically figure this out based
/// on the [`nexthops`](NEXTHOPS) column. When this is specified and there are multiple IP addresses
/// on the router port and none of them are in the same subnet of [`nexthops`](NEXTHOPS), OVN
/// chooses the first IP address as the one via which the [`nexthops`](NEXTHOPS) are reachable.
/// NOTE: for now OVN does not support configuring the output port on ECMP reroute policies (with
/// more than one value in the [`nexthops`](NEXTHOPS) column).
///
/// **Shape**: optional weak reference to [`LogicalRouterPort`].
pub const OUTPUT_PORT: Column<LogicalRouterPolicy, Option<Ref<LogicalRouterPort>>> = Column::new(9);

/// `priority`: The routing policy's priority. Rules with numerically higher priority take
/// precedence over those with lower. A rule is uniquely identified by the priority, chain and match
/// string.
///
/// **Shape**: integer from 0 to 32767.
pub const PRIORITY: Column<LogicalRouterPolicy, i64> = Column::new(10);

/// A value of [`ACTION`]: of `action` in `Logical_Router_Policy`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LogicalRouterPolicyAction {
    /// `allow`: Forward the packet.
    Allow,
    /// `drop`: Silently drop the packet.
    Drop,
    /// `reroute`: Reroute packet to [`nexthop`](NEXTHOP) or [`nexthops`](NEXTHOPS).
    Reroute,
    /// `jump`: Start examining rules that have the same [`chain`](CHAIN) value as specified in
    /// [`jump_chain`](JUMP_CHAIN).
    Jump,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for LogicalRouterPolicyAction {
    fn from_name(name: &str) -> Self {
        match name {
            "allow" => Self::Allow,
            "drop" => Self::Drop,
            "reroute" => Self::Reroute,
            "jump" => Self::Jump,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Allow => "allow",
            Self::Drop => "drop",
            Self::Reroute => "reroute",
            Self::Jump => "jump",
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
    name: "Logical_Router_Policy",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "action",
            key: BaseDef { enumeration: &["allow", "drop", "reroute", "jump"], ..STRING },
            ..PLAIN
        },
        ColumnDef {
            name: "bfd_sessions",
            key: BaseDef { reference: Some(("BFD", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "chain", min: 0, ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "jump_chain", min: 0, ..PLAIN },
        ColumnDef { name: "match", ..PLAIN },
        ColumnDef { name: "nexthop", min: 0, ..PLAIN },
        ColumnDef { name: "nexthops", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "output_port",
            key: BaseDef { reference: Some(("Logical_Router_Port", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "priority",
            key: BaseDef { integers: (Some(0), Some(32767)), ..INTEGER },
            ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for LogicalRouterPolicy {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ACTION, self.action());
        visitor.column(BFD_SESSIONS, self.bfd_sessions());
        visitor.column(CHAIN, self.chain());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(JUMP_CHAIN, self.jump_chain());
        visitor.column(MATCH, self.match_());
        visitor.column(NEXTHOP, self.nexthop());
        visitor.column(NEXTHOPS, self.nexthops());
        visitor.column(OPTIONS, self.options());
        visitor.column(OUTPUT_PORT, self.output_port());
        visitor.column(PRIORITY, self.priority());
    }
}

impl fmt::Debug for LogicalRouterPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl LogicalRouterPolicy {
    /// The action to take when the routing policy matches. See [`ACTION`].
    pub fn action(&self) -> LogicalRouterPolicyAction {
        self.0.get(ACTION)
    }

    /// Reference to [`BFD`](Bfd) row if the route policy has associated some BFD sessions. See
    /// [`BFD_SESSIONS`].
    pub fn bfd_sessions(&self) -> SetView<'_, Ref<Bfd>> {
        self.0.get(BFD_SESSIONS)
    }

    /// The routing policy rule's chain name. See [`CHAIN`].
    pub fn chain(&self) -> Option<&str> {
        self.0.get(CHAIN)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The routing policy rule's chain name selected to be examined next. See [`JUMP_CHAIN`].
    pub fn jump_chain(&self) -> Option<&str> {
        self.0.get(JUMP_CHAIN)
    }

    /// The packets that the routing policy should match, in the same expression language used for
    /// the `OVN_Southbound.Logical_Flow.match` column in the OVN Southbound database's
    /// `OVN_Southbound.Logical_Flow` table. See [`MATCH`].
    pub fn match_(&self) -> &str {
        self.0.get(MATCH)
    }

    /// Note: This column is deprecated in favor of [`nexthops`](NEXTHOPS) and is ignored by northd.
    /// See [`NEXTHOP`].
    pub fn nexthop(&self) -> Option<&str> {
        self.0.get(NEXTHOP)
    }

    /// Next-hop ECMP IP addresses for this route. See [`NEXTHOPS`].
    pub fn nexthops(&self) -> SetView<'_, String> {
        self.0.get(NEXTHOPS)
    }

    /// The column `options`. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// The [`Logical_Router_Port`](LogicalRouterPort) via which the packet needs to be sent out.
    /// See [`OUTPUT_PORT`].
    pub fn output_port(&self) -> Option<Ref<LogicalRouterPort>> {
        self.0.get(OUTPUT_PORT)
    }

    /// The routing policy's priority. See [`PRIORITY`].
    pub fn priority(&self) -> i64 {
        self.0.get(PRIORITY)
    }
}
