//! `NAT`: NAT rules.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Map, MapView, Ref, RefKind, Row, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::address_set::AddressSet;
use super::logical_router_port::LogicalRouterPort;

/// Each record represents a NAT rule.
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct Nat(Row);

/// `allowed_ext_ips`: It represents Address Set of external ips that NAT rule is applicable to. For
/// SNAT type NAT rules, this refers to destination addresses. For DNAT type NAT rules, this refers
/// to source addresses.
///
/// This configuration overrides the default NAT behavior of applying a rule solely based on
/// internal IP. Without this configuration, NAT happens without considering the external IP (i.e
/// dest/source for snat/dnat type rule). With this configuration NAT rule is applied ONLY if
/// external ip is in the input Address Set.
///
/// **Shape**: optional strong reference to [`AddressSet`].
pub const ALLOWED_EXT_IPS: Column<Nat, Option<Ref<AddressSet>>> = Column::new(0);

/// `exempted_ext_ips`: It represents Address Set of external ips that NAT rule is NOT applicable
/// to. For SNAT type NAT rules, this refers to destination addresses. For DNAT type NAT rules, this
/// refers to source addresses.
///
/// This configuration overrides the default NAT behavior of applying a rule solely based on
/// internal IP. Without this configuration, NAT happens without considering the external IP (i.e
/// dest/source for snat/dnat type rule). With this configuration NAT rule is NOT applied if
/// external ip is in the input Address Set.
///
/// If there are NAT rules in a logical router with overlapping IP prefixes (including /32), then
/// usage of *exempted_ext_ips* should be avoided in following scenario. a. SNAT rule (let us say
/// RULE1) with logical_ip PREFIX/MASK (let us say 50.0.0.0/24). b. SNAT rule (let us say RULE2)
/// with logical_ip PREFIX/MASK+1 (let us say 50.0.0.0/25). c. Now, if exempted_ext_ips is
/// associated with RULE2, then a logical ip which matches both 50.0.0.0/24 and 50.0.0.0/25 may get
/// the RULE2 applied to it instead of RULE1.
///
/// *allowed_ext_ips* and *exempted_ext_ips* are mutually exclusive to each other. If both Address
/// Sets are set for a rule, then the NAT rule is not considered.
///
/// **Shape**: optional strong reference to [`AddressSet`].
pub const EXEMPTED_EXT_IPS: Column<Nat, Option<Ref<AddressSet>>> = Column::new(1);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Nat, Map<String, String>> = Column::new(2);

/// `external_ip`: An IPv4 address.
///
/// **Shape**: string.
pub const EXTERNAL_IP: Column<Nat, String> = Column::new(3);

/// `external_mac`: A MAC address.
///
/// This is only used on the gateway port on distributed routers. This must be specified in order
/// for the NAT rule to be processed in a distributed manner on all chassis. If this is not
/// specified for a NAT rule on a distributed router, then this NAT rule will be processed in a
/// centralized manner on the gateway port instance on the gateway chassis.
///
/// This MAC address must be unique on the logical switch that the gateway port is attached to. If
/// the MAC address used on the [`logical_port`](LOGICAL_PORT) is globally unique, then that MAC
/// address can be specified as this [`external_mac`](EXTERNAL_MAC).
///
/// **Shape**: optional string.
pub const EXTERNAL_MAC: Column<Nat, Option<String>> = Column::new(4);

/// `external_port_range`: L4 source port range
///
/// Range of ports, from which a port number will be picked that will replace the source port of to
/// be NATed packet. This is basically PAT (port address translation).
///
/// Value of the column is in the format, port_lo-port_hi. For example: external_port_range :
/// "1-30000"
///
/// Valid range of ports is 1-65535.
///
/// **Shape**: string.
pub const EXTERNAL_PORT_RANGE: Column<Nat, String> = Column::new(5);

/// `gateway_port`: A distributed gateway port in the [`Logical_Router_Port`](LogicalRouterPort)
/// table where the NAT rule needs to be applied.
///
/// When multiple distributed gateway ports are configured on a
/// [`Logical_Router`](super::LogicalRouter), applying a NAT rule at each of the distributed gateway
/// ports might not be desired. Consider the case where a logical router has 2 distributed gateway
/// port, one with [`Logical_Router_Port.networks`](super::logical_router_port::NETWORKS)
/// `50.0.0.10/24` and the other with
/// [`Logical_Router_Port.networks`](super::logical_router_port::NETWORKS) `60.0.0.10/24`. If the
/// logical router has a NAT rule of [`type`](TYPE) `snat`, [`logical_ip`](LOGICAL_IP) `10.1.1.0/24`
/// and [`external_ip`](EXTERNAL_IP) `50.1.1.20/24`, the rule needs to be selectively applied on
/// matching packets entering/leaving through the distributed gateway port with
/// [`Logical_Router_Port.networks`](super::logical_router_port::NETWORKS) `50.0.0.10/24`.
///
/// When a logical router has multiple distributed gateway ports and this column is not set for a
/// NAT rule, then the rule will be applied at the distributed gateway port which is in the same
/// network as the [`external_ip`](EXTERNAL_IP) of the NAT rule, if such a router port exists. If
/// logical router has a single distributed gateway port and this column is not set for a NAT rule,
/// the rule will be applied at the distributed gateway port even if the router port is not in the
/// same network as the [`external_ip`](EXTERNAL_IP) of the NAT rule.
///
/// **Shape**: optional weak reference to [`LogicalRouterPort`].
pub const GATEWAY_PORT: Column<Nat, Option<Ref<LogicalRouterPort>>> = Column::new(6);

/// `logical_ip`: An IPv4 network (e.g 192.168.1.0/24) or an IPv4 address.
///
/// **Shape**: string.
pub const LOGICAL_IP: Column<Nat, String> = Column::new(7);

/// `logical_port`: The name of the logical port where the [`logical_ip`](LOGICAL_IP) resides.
///
/// This is only used on distributed routers. This must be specified in order for the NAT rule to be
/// processed in a distributed manner on all chassis. If this is not specified for a NAT rule on a
/// distributed router, then this NAT rule will be processed in a centralized manner on the gateway
/// port instance on the gateway chassis.
///
/// **Shape**: optional string.
pub const LOGICAL_PORT: Column<Nat, Option<String>> = Column::new(8);

/// `match`: The packets that the NAT rules should match, in addition to the match that is created
/// based on the NAT type, in the same expression language used for the
/// `OVN_Southbound.Logical_Flow.match` column in the OVN Southbound database's
/// `OVN_Southbound.Logical_Flow` table. This allows for more fine-grained control over the NAT
/// rule.
///
/// **Shape**: string.
pub const MATCH: Column<Nat, String> = Column::new(9);

/// `options` of `NAT`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `stateless`: Indicates if a dnat_and_snat rule should lead to connection tracking state or
///   not.
/// - `add_route`: If set to `true`, then neighbor routers will have logical flows added that will
///   allow for routing to the NAT address. It also will have ARP resolution logical flows added. By
///   setting this option, it means there is no reason to create a
///   [`Logical_Router_Static_Route`](super::LogicalRouterStaticRoute) from neighbor routers to this
///   NAT address. It also means that no ARP request is required for neighbor routers to learn the
///   IP-MAC mapping for this NAT address. This option only applies to NATs of type `dnat` and
///   `dnat_and_snat`. For more information about what flows are added for IP routes, please see the
///   `ovn-northd` manpage section on IP Routing.
pub const OPTIONS: Column<Nat, Map<String, String>> = Column::new(10);

/// `priority`: The NAT rule's priority. Rules with numerically higher priority take precedence over
/// those with lower. The priority is taken into account only if the `match` is defined.
///
/// **Shape**: integer from 0 to 32767.
pub const PRIORITY: Column<Nat, i64> = Column::new(11);

/// `type`: Type of the NAT rule.
///
/// - When [`type`](TYPE) is `dnat`, the externally visible IP address [`external_ip`](EXTERNAL_IP)
///   is DNATted to the IP address [`logical_ip`](LOGICAL_IP) in the logical space.
/// - When [`type`](TYPE) is `snat`, IP packets with their source IP address that either matches the
///   IP address in [`logical_ip`](LOGICAL_IP) or is in the network provided by
///   [`logical_ip`](LOGICAL_IP) is SNATed into the IP address in [`external_ip`](EXTERNAL_IP).
/// - When [`type`](TYPE) is `dnat_and_snat`, the externally visible IP address
///   [`external_ip`](EXTERNAL_IP) is DNATted to the IP address [`logical_ip`](LOGICAL_IP) in the
///   logical space. In addition, IP packets with the source IP address that matches
///   [`logical_ip`](LOGICAL_IP) is SNATed into the IP address in [`external_ip`](EXTERNAL_IP).
///
/// **Shape**: [`NatType`].
pub const TYPE: Column<Nat, NatType> = Column::new(12);

/// A value of [`TYPE`]: of `type` in `NAT`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NatType {
    /// `dnat`.
    Dnat,
    /// `snat`.
    Snat,
    /// `dnat_and_snat`.
    DnatAndSnat,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for NatType {
    fn from_name(name: &str) -> Self {
        match name {
            "dnat" => Self::Dnat,
            "snat" => Self::Snat,
            "dnat_and_snat" => Self::DnatAndSnat,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Dnat => "dnat",
            Self::Snat => "snat",
            Self::DnatAndSnat => "dnat_and_snat",
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
    name: "NAT",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "allowed_ext_ips",
            key: BaseDef { reference: Some(("Address_Set", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "exempted_ext_ips",
            key: BaseDef { reference: Some(("Address_Set", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "external_ip", ..PLAIN },
        ColumnDef { name: "external_mac", min: 0, ..PLAIN },
        ColumnDef { name: "external_port_range", ..PLAIN },
        ColumnDef {
            name: "gateway_port",
            key: BaseDef { reference: Some(("Logical_Router_Port", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "logical_ip", ..PLAIN },
        ColumnDef { name: "logical_port", min: 0, ..PLAIN },
        ColumnDef { name: "match", ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "priority",
            key: BaseDef { integers: (Some(0), Some(32767)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef {
            name: "type",
            key: BaseDef { enumeration: &["dnat", "snat", "dnat_and_snat"], ..STRING },
            ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for Nat {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ALLOWED_EXT_IPS, self.allowed_ext_ips());
        visitor.column(EXEMPTED_EXT_IPS, self.exempted_ext_ips());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(EXTERNAL_IP, self.external_ip());
        visitor.column(EXTERNAL_MAC, self.external_mac());
        visitor.column(EXTERNAL_PORT_RANGE, self.external_port_range());
        visitor.column(GATEWAY_PORT, self.gateway_port());
        visitor.column(LOGICAL_IP, self.logical_ip());
        visitor.column(LOGICAL_PORT, self.logical_port());
        visitor.column(MATCH, self.match_());
        visitor.column(OPTIONS, self.options());
        visitor.column(PRIORITY, self.priority());
        visitor.column(TYPE, self.type_());
    }
}

impl fmt::Debug for Nat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Nat {
    /// It represents Address Set of external ips that NAT rule is applicable to. See
    /// [`ALLOWED_EXT_IPS`].
    pub fn allowed_ext_ips(&self) -> Option<Ref<AddressSet>> {
        self.0.get(ALLOWED_EXT_IPS)
    }

    /// It represents Address Set of external ips that NAT rule is NOT applicable to. See
    /// [`EXEMPTED_EXT_IPS`].
    pub fn exempted_ext_ips(&self) -> Option<Ref<AddressSet>> {
        self.0.get(EXEMPTED_EXT_IPS)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// An IPv4 address. See [`EXTERNAL_IP`].
    pub fn external_ip(&self) -> &str {
        self.0.get(EXTERNAL_IP)
    }

    /// A MAC address. See [`EXTERNAL_MAC`].
    pub fn external_mac(&self) -> Option<&str> {
        self.0.get(EXTERNAL_MAC)
    }

    /// L4 source port range. See [`EXTERNAL_PORT_RANGE`].
    pub fn external_port_range(&self) -> &str {
        self.0.get(EXTERNAL_PORT_RANGE)
    }

    /// A distributed gateway port in the [`Logical_Router_Port`](LogicalRouterPort) table where the
    /// NAT rule needs to be applied. See [`GATEWAY_PORT`].
    pub fn gateway_port(&self) -> Option<Ref<LogicalRouterPort>> {
        self.0.get(GATEWAY_PORT)
    }

    /// An IPv4 network (e.g 192.168.1.0/24) or an IPv4 address. See [`LOGICAL_IP`].
    pub fn logical_ip(&self) -> &str {
        self.0.get(LOGICAL_IP)
    }

    /// The name of the logical port where the [`logical_ip`](LOGICAL_IP) resides. See
    /// [`LOGICAL_PORT`].
    pub fn logical_port(&self) -> Option<&str> {
        self.0.get(LOGICAL_PORT)
    }

    /// The packets that the NAT rules should match, in addition to the match that is created based
    /// on the NAT type, in the same expression language used for the
    /// `OVN_Southbound.Logical_Flow.match` column in the OVN Southbound database's
    /// `OVN_Southbound.Logical_Flow` table. See [`MATCH`].
    pub fn match_(&self) -> &str {
        self.0.get(MATCH)
    }

    /// The column `options`. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// The NAT rule's priority. See [`PRIORITY`].
    pub fn priority(&self) -> i64 {
        self.0.get(PRIORITY)
    }

    /// Type of the NAT rule. See [`TYPE`].
    pub fn type_(&self) -> NatType {
        self.0.get(TYPE)
    }
}
