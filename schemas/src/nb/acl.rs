//! `ACL`: Access Control List (ACL) rule.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Map, MapView, Ref, RefKind, Row, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::network_function_group::NetworkFunctionGroup;
use super::sample::Sample;

/// Each row in this table represents one ACL rule for a logical switch or a port group that points
/// to it through its `acls` column. The [`action`](ACTION) column for the
/// highest-[`priority`](PRIORITY) matching row in this table determines a packet's treatment. If no
/// row matches, packets are allowed by default. (Default-deny treatment is possible: add a rule
/// with [`priority`](PRIORITY) 0, `1` as [`match`](MATCH), and `deny` as [`action`](ACTION).)
///
/// # options
///
/// ACLs options.
///
/// Column: [`options`](OPTIONS).
///
/// # Logging
///
/// These columns control whether and how OVN logs packets that match an ACL.
///
/// Columns: [`log`](LOG), [`name`](NAME), [`severity`](SEVERITY), [`meter`](METER).
///
/// # Common Columns
///
/// Columns: [`options`](OPTIONS), [`external_ids`](EXTERNAL_IDS).
///
/// # ACL configuration options
///
/// Column: [`options`](OPTIONS).
#[derive(Clone, PartialEq, Eq)]
pub struct Acl(Row);

/// `action`: The action to take when the ACL rule matches:
///
/// - `allow-stateless`: Always forward the packet in stateless manner, omitting connection tracking
///   mechanism, regardless of other rules defined for the switch. May require defining additional
///   rules for inbound replies. For example, if you define a rule to allow outgoing TCP traffic
///   directed to an IP address, then you probably also want to define another rule to allow
///   incoming TCP traffic coming from this same IP address. In addition, traffic that matches
///   stateless ACLs will bypass load-balancer DNAT/un-DNAT processing. Stateful ACLs should be used
///   instead if the traffic is supposed to be load-balanced.
/// - `allow`: Forward the packet. It will also send the packets through connection tracking when
///   `allow-related` rules exist on the logical switch. Otherwise, it's equivalent to
///   `allow-stateless`.
/// - `allow-related`: Forward the packet and related traffic (e.g. inbound replies to an outbound
///   connection).
/// - `drop`: Silently drop the packet.
/// - `reject`: Drop the packet, replying with a RST for TCP or ICMPv4/ICMPv6 unreachable message
///   for other IPv4/IPv6-based protocols.
/// - `pass`: Pass to the next ACL tier. If using multiple ACL tiers, a match on this ACL will stop
///   evaluating ACLs at the current tier and move to the next one. If not using ACL tiers or if a
///   `pass` ACL is matched at the final tier, then the
///   [`NB_Global.options:default_acl_drop`](super::nb_global::OPTIONS) option from the
///   [`NB_Global`](super::NbGlobal) table is used to determine how to proceed.
///
/// **Shape**: [`AclAction`].
pub const ACTION: Column<Acl, AclAction> = Column::new(0);

/// `direction`: Direction of the traffic to which this rule should apply:
///
/// - `from-lport`: Used to implement filters on traffic arriving from a logical port. These rules
///   are applied to the logical switch's ingress pipeline.
/// - `to-lport`: Used to implement filters on traffic forwarded to a logical port. These rules are
///   applied to the logical switch's egress pipeline.
///
/// **Shape**: [`AclDirection`].
pub const DIRECTION: Column<Acl, AclDirection> = Column::new(1);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Acl, Map<String, String>> = Column::new(2);

/// `label`: Associates an identifier with the ACL. The same value will be written to corresponding
/// connection tracker entry. The value should be a valid 32-bit unsigned integer. This value can
/// help in debugging from connection tracker side. For example, through this "label" we can
/// backtrack to the ACL rule which is causing a "leaked" connection. Connection tracker entries are
/// created only for allowed connections so the label is valid only for allow and allow-related
/// actions.
///
/// Note: if an ACL has both sampling enabled and a label associated to it then the label value
/// overrides the observation point ID defined in the `sample_new` or `sample_est` configuration.
///
/// **Shape**: integer from 0 to 4294967295.
pub const LABEL: Column<Acl, i64> = Column::new(3);

/// `log`: If set to `true`, packets that match the ACL will trigger a log message on the transport
/// node or nodes that perform ACL processing. Logging may be combined with any [`action`](ACTION).
///
/// If set to `false`, the remaining columns in this group have no significance.
///
/// **Shape**: boolean.
pub const LOG: Column<Acl, bool> = Column::new(4);

/// `match`: The packets that the ACL should match, in the same expression language used for the
/// `OVN_Southbound.Logical_Flow.match` column in the OVN Southbound database's
/// `OVN_Southbound.Logical_Flow` table. The `outport` logical port is only available in the
/// `to-lport` direction (the `inport` is available in both directions).
///
/// By default all traffic is allowed. When writing a more restrictive policy, it is important to
/// remember to allow flows such as ARP and IPv6 neighbor discovery packets.
///
/// Note that you can not create an ACL matching on a port with type=router or type=localnet.
///
/// **Shape**: string.
pub const MATCH: Column<Acl, String> = Column::new(5);

/// `meter`: The name of a meter to rate-limit log messages for the ACL. The string must match the
/// `meter.name` column of a row in the [`Meter`](super::Meter) table. By default, log messages are
/// not rate-limited. In order to ensure that the same [`Meter`](super::Meter) rate limits multiple
/// ACL logs separately, set the `meter.fair` column.
///
/// **Shape**: optional string.
pub const METER: Column<Acl, Option<String>> = Column::new(6);

/// `name`: This name, if it is provided, is included in log records. It provides the administrator
/// and the cloud management system a way to associate a log record with a particular ACL.
///
/// **Shape**: optional string of at most 63 characters.
pub const NAME: Column<Acl, Option<String>> = Column::new(7);

/// `network_function_group`: Group of network functions to which the traffic matching this ACL is
/// redirected.
///
/// **Shape**: optional strong reference to [`NetworkFunctionGroup`].
pub const NETWORK_FUNCTION_GROUP: Column<Acl, Option<Ref<NetworkFunctionGroup>>> = Column::new(8);

/// `options`: This column provides general key/value settings. The supported options are described
/// individually below.
///
/// **Shape**: map from string to string.
///
/// **Keys**, options:
///
/// - `apply-after-lb`: If set to true, the ACL will be applied after load balancing stage.
///   Supported only for `from-lport` direction.
///
///   The main use case of this option is to support ACLs matching on the destination IP address of
///   the packet for the backend IPs of load balancers.
///
///   `OVN` will apply the `from-lport` ACLs in two stages. ACLs without this option
///   `apply-after-lb` set, will be applied before the load balancer stage and ACLs with this option
///   set will be applied after the load balancer stage. The priorities are indepedent between these
///   stages and may not be obvious to the CMS. Hence CMS should be extra careful when using this
///   option and should carefully evaluate the priorities of all the ACLs and the default deny/allow
///   ACLs if any.
/// - `persist-established`: This option applies only to ACLs whose [`action`](ACTION) is set to
///   `allow-related`.
///
///   `allow-related` ACLs create a conntrack entry when a packet matches the ACL's [`match`](MATCH)
///   column. Typically, traffic must continue to match these conditions in order to continue to be
///   allowed by the ACL. With this option set to `true`, then the ACL match is bypassed once the
///   original match occurs. Instead, a mark bit in the conntrack entry is used to allow the
///   traffic. This means that traffic will continue to be allowed even if the ACL's match changes
///   and no longer matches the established traffic.
///
///   The traffic will stop being allowed automatically if this option is set to `false`, if the
///   ACL's [`action`](ACTION) is changed to something other than `allow-related`, or if the ACL is
///   destroyed.
///
/// **Keys**, ACL configuration options:
///
/// - `log-related`: If set to `true`, then log when reply or related traffic is admitted from a
///   stateful ACL. In order for this option to function, the [`log`](LOG) option must be set to
///   `true` and a [`label`](LABEL) must be set, and it must be unique to the ACL. The label is
///   necessary as it is the only means to associate the reply traffic with the ACL to which it
///   belongs. It must be unique, because otherwise it is ambiguous which ACL will be matched. Note:
///   If this option is enabled, an extra flow is installed in order to log the related traffic.
///   Therefore, if this is enabled on all ACLs, then the total number of flows necessary to log the
///   ACL traffic is doubled, compared to if this option is not enabled.
pub const OPTIONS: Column<Acl, Map<String, String>> = Column::new(9);

/// `priority`: The ACL rule's priority. Rules with numerically higher priority take precedence over
/// those with lower. If two ACL rules with the same priority both match, then the one actually
/// applied to a packet is undefined.
///
/// Return traffic from an `allow-related` flow is always allowed and cannot be changed through an
/// ACL.
///
/// `allow-stateless` flows always take precedence before stateful ACLs, regardless of their
/// priority. (Both `allow` and `allow-related` ACLs can be stateful.)
///
/// **Shape**: integer from 0 to 32767.
pub const PRIORITY: Column<Acl, i64> = Column::new(10);

/// `sample_est`: The entry in the [`Sample`] table to use for sampling for established/related
/// sessions matched by this ACL.
///
/// Note: if an ACL has both sampling enabled and a label associated to it then the label value
/// overrides the observation point ID defined in the `sample_est` configuration.
///
/// **Shape**: optional strong reference to [`Sample`].
pub const SAMPLE_EST: Column<Acl, Option<Ref<Sample>>> = Column::new(11);

/// `sample_new`: The entry in the [`Sample`] table to use for sampling for new sessions matched by
/// this ACL. In case the ACL is stateless this is used for sampling all traffic matched by the ACL.
///
/// Note: if an ACL has both sampling enabled and a label associated to it then the label value
/// overrides the observation point ID defined in the `sample_new` configuration.
///
/// **Shape**: optional strong reference to [`Sample`].
pub const SAMPLE_NEW: Column<Acl, Option<Ref<Sample>>> = Column::new(12);

/// `severity`: The severity of the ACL. The severity levels match those of syslog, in decreasing
/// level of severity: `alert`, `warning`, `notice`, `info`, or `debug`. When the column is empty,
/// the default is `info`.
///
/// **Shape**: optional [`AclSeverity`].
pub const SEVERITY: Column<Acl, Option<AclSeverity>> = Column::new(13);

/// `tier`: The hierarchical tier that this ACL belongs to.
///
/// ACLs can be assigned to numerical tiers. When evaluating ACLs, an internal counter is used to
/// determine which tier of ACLs should be evaluated. Tier 0 ACLs are evaluated first. If no verdict
/// can be determined, then tier 1 ACLs are evaluated next. This continues until the maximum tier
/// value is reached. If all tiers of ACLs are evaluated and no verdict is reached, then the
/// [`NB_Global.options:default_acl_drop`](super::nb_global::OPTIONS) option from table
/// [`NB_Global`](super::NbGlobal) is used to determine how to proceed.
///
/// In this version of OVN, the maximum tier value for ACLs is 3, meaning there are 4 tiers of ACLs
/// allowed (0-3).
///
/// **Shape**: integer from 0 to 3.
pub const TIER: Column<Acl, i64> = Column::new(14);

/// A value of [`ACTION`]: of `action` in `ACL`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AclAction {
    /// `allow`: Forward the packet.
    Allow,
    /// `allow-related`: Forward the packet and related traffic (e.g. inbound replies to an outbound
    /// connection).
    AllowRelated,
    /// `allow-stateless`: Always forward the packet in stateless manner, omitting connection
    /// tracking mechanism, regardless of other rules defined for the switch.
    AllowStateless,
    /// `drop`: Silently drop the packet.
    Drop,
    /// `reject`: Drop the packet, replying with a RST for TCP or ICMPv4/ICMPv6 unreachable message
    /// for other IPv4/IPv6-based protocols.
    Reject,
    /// `pass`: Pass to the next ACL tier.
    Pass,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for AclAction {
    fn from_name(name: &str) -> Self {
        match name {
            "allow" => Self::Allow,
            "allow-related" => Self::AllowRelated,
            "allow-stateless" => Self::AllowStateless,
            "drop" => Self::Drop,
            "reject" => Self::Reject,
            "pass" => Self::Pass,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Allow => "allow",
            Self::AllowRelated => "allow-related",
            Self::AllowStateless => "allow-stateless",
            Self::Drop => "drop",
            Self::Reject => "reject",
            Self::Pass => "pass",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`DIRECTION`]: of `direction` in `ACL`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AclDirection {
    /// `from-lport`: Used to implement filters on traffic arriving from a logical port.
    FromLport,
    /// `to-lport`: Used to implement filters on traffic forwarded to a logical port.
    ToLport,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for AclDirection {
    fn from_name(name: &str) -> Self {
        match name {
            "from-lport" => Self::FromLport,
            "to-lport" => Self::ToLport,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::FromLport => "from-lport",
            Self::ToLport => "to-lport",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`SEVERITY`]: of `severity` in `ACL`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AclSeverity {
    /// `alert`.
    Alert,
    /// `warning`.
    Warning,
    /// `notice`.
    Notice,
    /// `info`.
    Info,
    /// `debug`.
    Debug,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for AclSeverity {
    fn from_name(name: &str) -> Self {
        match name {
            "alert" => Self::Alert,
            "warning" => Self::Warning,
            "notice" => Self::Notice,
            "info" => Self::Info,
            "debug" => Self::Debug,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Alert => "alert",
            Self::Warning => "warning",
            Self::Notice => "notice",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Other(other) => other,
        }
    }
}

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
    database: "OVN_Northbound",
    name: "ACL",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "action",
            key: BaseDef { enumeration: &[
                "allow", "allow-related", "allow-stateless", "drop", "reject", "pass",
            ], ..STRING },
            ..PLAIN
        },
        ColumnDef {
            name: "direction",
            key: BaseDef { enumeration: &["from-lport", "to-lport"], ..STRING },
            ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "label",
            key: BaseDef { integers: (Some(0), Some(4294967295)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef { name: "log", key: BOOLEAN, ..PLAIN },
        ColumnDef { name: "match", ..PLAIN },
        ColumnDef { name: "meter", min: 0, ..PLAIN },
        ColumnDef {
            name: "name",
            key: BaseDef { lengths: (None, Some(63)), ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "network_function_group",
            key: BaseDef { reference: Some(("Network_Function_Group", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "priority",
            key: BaseDef { integers: (Some(0), Some(32767)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef {
            name: "sample_est",
            key: BaseDef { reference: Some(("Sample", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "sample_new",
            key: BaseDef { reference: Some(("Sample", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "severity",
            key: BaseDef { enumeration: &[
                "alert", "warning", "notice", "info", "debug",
            ], ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "tier",
            key: BaseDef { integers: (Some(0), Some(3)), ..INTEGER },
            ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for Acl {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ACTION, self.action());
        visitor.column(DIRECTION, self.direction());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(LABEL, self.label());
        visitor.column(LOG, self.log());
        visitor.column(MATCH, self.match_());
        visitor.column(METER, self.meter());
        visitor.column(NAME, self.name());
        visitor.column(NETWORK_FUNCTION_GROUP, self.network_function_group());
        visitor.column(OPTIONS, self.options());
        visitor.column(PRIORITY, self.priority());
        visitor.column(SAMPLE_EST, self.sample_est());
        visitor.column(SAMPLE_NEW, self.sample_new());
        visitor.column(SEVERITY, self.severity());
        visitor.column(TIER, self.tier());
    }
}

impl fmt::Debug for Acl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Acl {
    /// The action to take when the ACL rule matches. See [`ACTION`].
    pub fn action(&self) -> AclAction {
        self.0.get(ACTION)
    }

    /// Direction of the traffic to which this rule should apply. See [`DIRECTION`].
    pub fn direction(&self) -> AclDirection {
        self.0.get(DIRECTION)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Associates an identifier with the ACL. See [`LABEL`].
    pub fn label(&self) -> i64 {
        self.0.get(LABEL)
    }

    /// If set to `true`, packets that match the ACL will trigger a log message on the transport
    /// node or nodes that perform ACL processing. See [`LOG`].
    pub fn log(&self) -> bool {
        self.0.get(LOG)
    }

    /// The packets that the ACL should match, in the same expression language used for the
    /// `OVN_Southbound.Logical_Flow.match` column in the OVN Southbound database's
    /// `OVN_Southbound.Logical_Flow` table. See [`MATCH`].
    pub fn match_(&self) -> &str {
        self.0.get(MATCH)
    }

    /// The name of a meter to rate-limit log messages for the ACL. See [`METER`].
    pub fn meter(&self) -> Option<&str> {
        self.0.get(METER)
    }

    /// This name, if it is provided, is included in log records. See [`NAME`].
    pub fn name(&self) -> Option<&str> {
        self.0.get(NAME)
    }

    /// Group of network functions to which the traffic matching this ACL is redirected. See
    /// [`NETWORK_FUNCTION_GROUP`].
    pub fn network_function_group(&self) -> Option<Ref<NetworkFunctionGroup>> {
        self.0.get(NETWORK_FUNCTION_GROUP)
    }

    /// This column provides general key/value settings. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// The ACL rule's priority. See [`PRIORITY`].
    pub fn priority(&self) -> i64 {
        self.0.get(PRIORITY)
    }

    /// The entry in the [`Sample`] table to use for sampling for established/related sessions
    /// matched by this ACL. See [`SAMPLE_EST`].
    pub fn sample_est(&self) -> Option<Ref<Sample>> {
        self.0.get(SAMPLE_EST)
    }

    /// The entry in the [`Sample`] table to use for sampling for new sessions matched by this ACL.
    /// See [`SAMPLE_NEW`].
    pub fn sample_new(&self) -> Option<Ref<Sample>> {
        self.0.get(SAMPLE_NEW)
    }

    /// The severity of the ACL. See [`SEVERITY`].
    pub fn severity(&self) -> Option<AclSeverity> {
        self.0.get(SEVERITY)
    }

    /// The hierarchical tier that this ACL belongs to. See [`TIER`].
    pub fn tier(&self) -> i64 {
        self.0.get(TIER)
    }
}
