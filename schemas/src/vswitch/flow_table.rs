//! `Flow_Table`: OpenFlow table configuration.
//!
//! Generated from vswitch.ovsschema 8.8.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Map, MapView, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

/// Configuration for a particular OpenFlow table.
///
/// # Eviction Policy
///
/// Open vSwitch supports limiting the number of flows that may be installed in a flow table, via
/// the [`flow_limit`](FLOW_LIMIT) column. When adding a flow would exceed this limit, by default
/// Open vSwitch reports an error, but there are two ways to configure Open vSwitch to instead
/// delete ("evict") a flow to make room for the new one:
///
/// - Set the [`overflow_policy`](OVERFLOW_POLICY) column to `evict`.
/// - Send an OpenFlow 1.4+ "table mod request" to enable eviction for the flow table (e.g.
///   `ovs-ofctl -O OpenFlow14 mod-table br0 0 evict` to enable eviction on flow table 0 of bridge
///   `br0`).
///
/// When a flow must be evicted due to overflow, the flow to evict is chosen through an
/// approximation of the following algorithm. This algorithm is used regardless of how eviction was
/// enabled:
///
/// 1. Divide the flows in the table into groups based on the values of the fields or subfields
///    specified in the [`groups`](GROUPS) column, so that all of the flows in a given group have
///    the same values for those fields. If a flow does not specify a given field, that field's
///    value is treated as 0. If [`groups`](GROUPS) is empty, then all of the flows in the flow
///    table are treated as a single group.
/// 2. Consider the flows in the largest group, that is, the group that contains the greatest number
///    of flows. If two or more groups all have the same largest number of flows, consider the flows
///    in all of those groups.
/// 3. If the flows under consideration have different importance values, eliminate from
///    consideration any flows except those with the lowest importance. ("Importance," a 16-bit
///    integer value attached to each flow, was introduced in OpenFlow 1.4. Flows inserted with
///    older versions of OpenFlow always have an importance of 0.)
/// 4. Among the flows under consideration, choose the flow that expires soonest for eviction.
///
/// The eviction process only considers flows that have an idle timeout or a hard timeout. That is,
/// eviction never deletes permanent flows. (Permanent flows do count against
/// [`flow_limit`](FLOW_LIMIT).)
///
/// Columns: [`flow_limit`](FLOW_LIMIT), [`overflow_policy`](OVERFLOW_POLICY), [`groups`](GROUPS).
///
/// # Classifier Optimization
///
/// Column: [`prefixes`](PREFIXES).
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct FlowTable(Row);

/// `external_ids` of `Flow_Table`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<FlowTable, Map<String, String>> = Column::new(0);

/// `flow_limit`: If set, limits the number of flows that may be added to the table. Open vSwitch
/// may limit the number of flows in a table for other reasons, e.g. due to hardware limitations or
/// for resource availability or performance reasons.
///
/// **Shape**: optional integer of at least 0.
pub const FLOW_LIMIT: Column<FlowTable, Option<i64>> = Column::new(1);

/// `groups`: When [`overflow_policy`](OVERFLOW_POLICY) is `evict`, this controls how flows are
/// chosen for eviction when the flow table would otherwise exceed [`flow_limit`](FLOW_LIMIT) flows.
/// Its value is a set of NXM fields or sub-fields, each of which takes one of the forms `field[]`
/// or `field[start..end]`, e.g. `NXM_OF_IN_PORT[]`. Please see `meta-flow.h` for a complete list of
/// NXM field names.
///
/// Open vSwitch ignores any invalid or unknown field specifications.
///
/// When eviction is not enabled, via [`overflow_policy`](OVERFLOW_POLICY) or an OpenFlow 1.4+
/// "table mod," this column has no effect.
///
/// **Shape**: set of strings.
pub const GROUPS: Column<FlowTable, Set<String>> = Column::new(2);

/// `name`: The table's name. Set this column to change the name that controllers will receive when
/// they request table statistics, e.g. `ovs-ofctl dump-tables`. The name does not affect switch
/// behavior.
///
/// **Shape**: optional string.
pub const NAME: Column<FlowTable, Option<String>> = Column::new(3);

/// `overflow_policy`: Controls the switch's behavior when an OpenFlow flow table modification
/// request would add flows in excess of [`flow_limit`](FLOW_LIMIT). The supported values are:
///
/// - `refuse`: Refuse to add the flow or flows. This is also the default policy when
///   [`overflow_policy`](OVERFLOW_POLICY) is unset.
/// - `evict`: Delete a flow chosen according to the algorithm described above.
///
/// **Shape**: optional [`FlowTableOverflowPolicy`].
pub const OVERFLOW_POLICY: Column<FlowTable, Option<FlowTableOverflowPolicy>> = Column::new(4);

/// `prefixes`: This string set specifies which fields should be used for address prefix tracking.
/// Prefix tracking allows the classifier to skip rules with longer than necessary prefixes,
/// resulting in better wildcarding for datapath flows.
///
/// Prefix tracking may be beneficial when a flow table contains matches on IP address fields with
/// different prefix lengths. For example, when a flow table contains IP address matches on both
/// full addresses and proper prefixes, the full address matches will typically cause the datapath
/// flow to un-wildcard the whole address field (depending on flow entry priorities). In this case
/// each packet with a different address gets handed to the userspace for flow processing and
/// generates its own datapath flow. With prefix tracking enabled for the address field in question
/// packets with addresses matching shorter prefixes would generate datapath flows where the
/// irrelevant address bits are wildcarded, allowing the same datapath flow to handle all the
/// packets within the prefix in question. In this case many userspace upcalls can be avoided and
/// the overall performance can be better.
///
/// This is a performance optimization only, so packets will receive the same treatment with or
/// without prefix tracking.
///
/// The supported fields are: `tun_id`, `tun_src`, `tun_dst`, `tun_ipv6_src`, `tun_ipv6_dst`,
/// `nw_src`, `nw_dst` (or aliases `ip_src` and `ip_dst`), `ipv6_src`, and `ipv6_dst`. (Using this
/// feature for `tun_id` would only make sense if the tunnel IDs have prefix structure similar to IP
/// addresses.)
///
/// By default, the `prefixes=ip_dst,ip_src,ipv6_dst,ipv6_src` are used on each flow table. This
/// instructs the flow classifier to track the IPv4 and IPv6 destination and source addresses used
/// by the rules in this specific flow table.
///
/// The keyword `none` is recognized as an explicit override of the default values, causing no
/// prefix fields to be tracked.
///
/// To set the prefix fields, the flow table record needs to exist:
///
/// - `ovs-vsctl set Bridge br0 flow_tables:0=@N1 -- --id=@N1 create Flow_Table name=table0`:
///   Creates a flow table record for the OpenFlow table number 0.
/// - `ovs-vsctl set Flow_Table table0 prefixes=ip_dst,ip_src`: Enables prefix tracking for IPv4
///   source and destination address fields.
///
/// There is a maximum number of fields that can be enabled for any one flow table. Currently this
/// limit is 4.
///
/// **Shape**: set (at most 4) of strings.
pub const PREFIXES: Column<FlowTable, Set<String>> = Column::new(5);

/// A value of [`OVERFLOW_POLICY`]: of `overflow_policy` in `Flow_Table`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FlowTableOverflowPolicy {
    /// `refuse`: Refuse to add the flow or flows.
    Refuse,
    /// `evict`: Delete a flow chosen according to the algorithm described above.
    Evict,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for FlowTableOverflowPolicy {
    fn from_name(name: &str) -> Self {
        match name {
            "refuse" => Self::Refuse,
            "evict" => Self::Evict,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Refuse => "refuse",
            Self::Evict => "evict",
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
    name: "Flow_Table",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "flow_limit",
            key: BaseDef { integers: (Some(0), None), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "groups", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "name", min: 0, ..PLAIN },
        ColumnDef {
            name: "overflow_policy",
            key: BaseDef { enumeration: &["refuse", "evict"], ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "prefixes", min: 0, max: 4, ..PLAIN },
    ],
    indexes: &[],
};

impl Table for FlowTable {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(FLOW_LIMIT, self.flow_limit());
        visitor.column(GROUPS, self.groups());
        visitor.column(NAME, self.name());
        visitor.column(OVERFLOW_POLICY, self.overflow_policy());
        visitor.column(PREFIXES, self.prefixes());
    }
}

impl fmt::Debug for FlowTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl FlowTable {
    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// If set, limits the number of flows that may be added to the table. See [`FLOW_LIMIT`].
    pub fn flow_limit(&self) -> Option<i64> {
        self.0.get(FLOW_LIMIT)
    }

    /// When [`overflow_policy`](OVERFLOW_POLICY) is `evict`, this controls how flows are chosen for
    /// eviction when the flow table would otherwise exceed [`flow_limit`](FLOW_LIMIT) flows. See
    /// [`GROUPS`].
    pub fn groups(&self) -> SetView<'_, String> {
        self.0.get(GROUPS)
    }

    /// The table's name. See [`NAME`].
    pub fn name(&self) -> Option<&str> {
        self.0.get(NAME)
    }

    /// Controls the switch's behavior when an OpenFlow flow table modification request would add
    /// flows in excess of [`flow_limit`](FLOW_LIMIT). See [`OVERFLOW_POLICY`].
    pub fn overflow_policy(&self) -> Option<FlowTableOverflowPolicy> {
        self.0.get(OVERFLOW_POLICY)
    }

    /// This string set specifies which fields should be used for address prefix tracking. See
    /// [`PREFIXES`].
    pub fn prefixes(&self) -> SetView<'_, String> {
        self.0.get(PREFIXES)
    }
}
