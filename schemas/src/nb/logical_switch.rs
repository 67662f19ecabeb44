//! `Logical_Switch`: L2 logical switch.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::acl::Acl;
use super::copp::Copp;
use super::dns::Dns;
use super::forwarding_group::ForwardingGroup;
use super::load_balancer::LoadBalancer;
use super::load_balancer_group::LoadBalancerGroup;
use super::logical_switch_port::LogicalSwitchPort;
use super::qos::Qos;

/// Each row represents one L2 logical switch.
///
/// There are two kinds of logical switches, that is, ones that fully virtualize the network
/// (overlay logical switches) and ones that provide simple connectivity to physical networks
/// (bridged logical switches). They work in the same way when providing connectivity between
/// logical ports on same chassis, but differently when connecting remote logical ports. Overlay
/// logical switches connect remote logical ports by tunnels, while bridged logical switches provide
/// connectivity to remote ports by bridging the packets to directly connected physical L2 segments
/// with the help of `localnet` ports. Each bridged logical switch has one or more `localnet` ports,
/// which have only one special address `unknown`.
///
/// # Naming
///
/// These columns provide names for the logical switch. From OVN's perspective, these names have no
/// special meaning or purpose other than to provide convenience for human interaction with the
/// database. There is no requirement for the name to be unique. (For a unique identifier for a
/// logical switch, use its row UUID.)
///
/// (Originally, [`name`](NAME) was intended to serve the purpose of a human-friendly name, but the
/// Neutron integration used it to uniquely identify its own switch object, in the format
/// `neutron-uuid`. Later on, Neutron started propagating the friendly name of a switch as
/// [`external_ids:neutron:network_name`](EXTERNAL_IDS). Perhaps this can be cleaned up someday.)
///
/// Columns: [`name`](NAME), [`external_ids`](EXTERNAL_IDS).
///
/// # IP Address Assignment
///
/// These options control automatic IP address management (IPAM) for ports attached to the logical
/// switch. To enable IPAM for IPv4, set [`other_config:subnet`](OTHER_CONFIG) and optionally
/// [`other_config:exclude_ips`](OTHER_CONFIG). To enable IPAM for IPv6, set
/// [`other_config:ipv6_prefix`](OTHER_CONFIG). IPv4 and IPv6 may be enabled together or separately.
///
/// To request dynamic address assignment for a particular port, use the `dynamic` keyword in the
/// [`Logical_Switch_Port.addresses`](super::logical_switch_port::ADDRESSES) column of the port's
/// [`Logical_Switch_Port`](LogicalSwitchPort) row. This requests both an IPv4 and an IPv6 address,
/// if IPAM for IPv4 and IPv6 are both enabled.
///
/// Column: [`other_config`](OTHER_CONFIG).
///
/// # EVPN Options
///
/// These options control the EVPN configuration of the logical switch. To enable EVPN integration
/// set [`other_config:dynamic-routing-vni`](OTHER_CONFIG) to a valid VNI number to represent the
/// EVPN L2 domain extended by the logical switch.
///
/// Column: [`other_config`](OTHER_CONFIG).
///
/// # IP Multicast Snooping Options
///
/// These options control IP Multicast Snooping configuration of the logical switch. To enable IP
/// Multicast Snooping set [`other_config:mcast_snoop`](OTHER_CONFIG) to true. To enable IP
/// Multicast Querier set [`other_config:mcast_querier`](OTHER_CONFIG) to true. If IP Multicast
/// Querier is enabled [`other_config:mcast_eth_src`](OTHER_CONFIG) and
/// [`other_config:mcast_ip4_src`](OTHER_CONFIG) must be set.
///
/// Column: [`other_config`](OTHER_CONFIG).
///
/// # Interconnection
///
/// Column: [`other_config`](OTHER_CONFIG).
///
/// # Tunnel Key
///
/// Column: [`other_config`](OTHER_CONFIG).
///
/// # Other options
///
/// Column: [`other_config`](OTHER_CONFIG).
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct LogicalSwitch(Row);

/// `acls`: Access control rules that apply to packets within the logical switch.
///
/// **Shape**: set of strong references to [`Acl`].
pub const ACLS: Column<LogicalSwitch, Set<Ref<Acl>>> = Column::new(0);

/// `copp`: The control plane protection policy from table [`Copp`] used for metering packets sent
/// to `ovn-controller` from ports of this logical switch.
///
/// **Shape**: optional weak reference to [`Copp`].
pub const COPP: Column<LogicalSwitch, Option<Ref<Copp>>> = Column::new(1);

/// `dns_records`: This column defines the DNS records to be used for resolving internal DNS queries
/// within the logical switch by the native DNS resolver. Please see the [`DNS`](Dns) table.
///
/// **Shape**: set of weak references to [`Dns`].
pub const DNS_RECORDS: Column<LogicalSwitch, Set<Ref<Dns>>> = Column::new(2);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `neutron:network_name`: Another name for the logical switch.
pub const EXTERNAL_IDS: Column<LogicalSwitch, Map<String, String>> = Column::new(3);

/// `forwarding_groups`: Groups a set of logical port endpoints for traffic going out of the logical
/// switch.
///
/// **Shape**: set of strong references to [`ForwardingGroup`].
pub const FORWARDING_GROUPS: Column<LogicalSwitch, Set<Ref<ForwardingGroup>>> = Column::new(4);

/// `load_balancer`: Set of load balancers associated to this logical switch.
///
/// **Shape**: set of weak references to [`LoadBalancer`].
pub const LOAD_BALANCER: Column<LogicalSwitch, Set<Ref<LoadBalancer>>> = Column::new(5);

/// `load_balancer_group`: Set of load balancers groups associated to this logical switch.
///
/// **Shape**: set of strong references to [`LoadBalancerGroup`].
pub const LOAD_BALANCER_GROUP: Column<LogicalSwitch, Set<Ref<LoadBalancerGroup>>> = Column::new(6);

/// `name`: A name for the logical switch.
///
/// **Shape**: string.
pub const NAME: Column<LogicalSwitch, String> = Column::new(7);

/// `other_config` of `Logical_Switch`.
///
/// **Shape**: map from string to string.
///
/// **Keys**, IP Address Assignment:
///
/// - `subnet`: Set this to an IPv4 subnet, e.g. `192.168.0.0/24`, to enable `ovn-northd` to
///   automatically assign IP addresses within that subnet.
/// - `exclude_ips`: To exclude some addresses from automatic IP address management, set this to a
///   list of the IPv4 addresses or `..`-delimited ranges to exclude. The addresses or ranges should
///   be a subset of those in [`other_config:subnet`](OTHER_CONFIG).
///
///   Whether listed or not, `ovn-northd` will never allocate the first or last address in a subnet,
///   such as 192.168.0.0 or 192.168.0.255 in 192.168.0.0/24.
///
///   Examples:
///
///   - `192.168.0.2 192.168.0.10`
///   - `192.168.0.4 192.168.0.30..192.168.0.60 192.168.0.110..192.168.0.120`
///   - `192.168.0.110..192.168.0.120 192.168.0.25..192.168.0.30 192.168.0.144`
/// - `ipv6_prefix`: Set this to an IPv6 prefix to enable `ovn-northd` to automatically assign IPv6
///   addresses using this prefix. The assigned IPv6 address will be generated using the IPv6 prefix
///   and the MAC address (converted to an IEEE EUI64 identifier) of the port. The IPv6 prefix
///   defined here should be a valid IPv6 address ending with `::`.
///
///   Examples:
///
///   - `aef0::`
///   - `bef0:1234:a890:5678::`
///   - `8230:5678::`
/// - `dhcp_relay_port`: If set to the name of logical switch port of type `router` then, DHCP Relay
///   is enabled for this logical switch provided the corresponding
///   [`Logical_Router_Port`](super::LogicalRouterPort) has DHCP Relay configured.
/// - `mac_only` (boolean): Value used to request to assign L2 address only if neither subnet nor
///   ipv6_prefix are specified
/// - `fdb_age_threshold` (integer from 0 to 4294967295): FDB aging `threshold` value in seconds.
///   FDB exceeding this timeout will be automatically removed. The value defaults to 0, which means
///   disabled.
/// - `ct-zone-limit` (integer from 0 to 4294967295): CT zone `limit` value for given
///   [`Logical_Switch`](LogicalSwitch). This value will be propagated to all
///   [`Logical_Switch_Port`](LogicalSwitchPort) when configured, but can be overwritten
///   individually per [`Logical_Switch_Port`](LogicalSwitchPort). The value 0 means unlimited. When
///   the option is not present the limit is not set and the zone limit is derived from OvS default
///   datapath limit.
/// - `enable-stateless-acl-with-lb` (boolean): This option must be set to true for stateless ACL to
///   work with load balancers. When enabled, packets with the ct.inv flag will not be dropped, even
///   if use_ct_inv_match is set to true. Default: `false`.
///
/// **Keys**, EVPN Options:
///
/// - `dynamic-routing-vni` (integer from 0 to 16777215): This defines the vni number associated
///   with EVPN domain that the Logical Switch is supposed to connect to.
///
///   All of the following configuration options must also be provided in order for the
///   configuration to be valid: `Logical_switch.other_config:dynamic-routing-bridge-ifname`,
///   `Logical_switch.other_config:dynamic-routing-vxlan-ifname`,
///   `Logical_switch.other_config:dynamic-routing-advertise-ifname`.
/// - `dynamic-routing-bridge-ifname`: Set the interface name for the bridge used for EVPN
///   integration. Only relevant if `Logical_switch.other_config:dynamic-routing-vni` is set to
///   valid VNI.
/// - `dynamic-routing-vxlan-ifname`: List of interface names used for the vxlan devices used for
///   EVPN integration. Only relevant if `Logical_switch.other_config:dynamic-routing-vni` is set to
///   valid VNI.
/// - `dynamic-routing-advertise-ifname`: Set the interface name for the advertise device used for
///   EVPN integration. Only relevant if `Logical_switch.other_config:dynamic-routing-vni` is set to
///   valid VNI.
/// - `dynamic-routing-fdb-prefer-local` (boolean): This option defines the preference of FDB
///   lookup, if set to true OVN will try to find the FDB entry in SB `FDB` table first. Then it
///   tries to resolve the FDB via `ovn-controller` local EVPN FDB cache. The option defaults to
///   false.
///
///   Only relevant if `Logical_switch.other_config:dynamic-routing-vni` is set to valid VNI.
/// - `dynamic-routing-arp-prefer-local` (boolean): This option defines the preference of ARP/ND
///   lookup. If set to true OVN routers connected to EVPN Logical Switches on which remote neighbor
///   entries have been learned (Type-2 MAC+IP EVPN routes) will give precedence to any ARP/ND
///   entries they might have in the SB `Mac_Binding` table before trying to resolve the MAC address
///   via the `ovn-controller` local EVPN ARP/ND cache. The option defaults to false.
///
///   Only relevant if `Logical_switch.other_config:dynamic-routing-vni` is set to valid VNI.
/// - `dynamic-routing-redistribute`: Only relevant if
///   `Logical_switch.other_config:dynamic-routing-vni` is set to valid VNI.
///
///   If `fdb` is specified then ovn-controller will advertise all workloads that are local to the
///   chassis. The applies to VIFs, container ports, virtual ports, connected DGPs and connected GW
///   routers.
///
///   If `ip` is specified then ovn-controller will advertise all IPs/MACs bindings that are local
///   to the chassis. This applies to VIFs and router ports.
///
/// **Keys**, IP Multicast Snooping Options:
///
/// - `mcast_snoop` (boolean): Enables/disables IP Multicast Snooping on the logical switch.
///   Default: `false`.
/// - `mcast_querier` (boolean): Enables/disables IP Multicast Querier on the logical switch. Only
///   applicable if [`other_config:mcast_snoop`](OTHER_CONFIG) is enabled. Default: `true`.
/// - `mcast_flood_unregistered` (boolean): Determines whether unregistered multicast traffic should
///   be flooded or not. Only applicable if [`other_config:mcast_snoop`](OTHER_CONFIG) is enabled.
///   Default: `false`.
/// - `mcast_table_size` (integer from 1 to 32766): Number of multicast groups to be stored.
///   Default: 2048.
/// - `mcast_idle_timeout` (integer from 15 to 3600): Configures the IP Multicast Snooping group
///   idle timeout (in seconds). Default: 300 seconds.
/// - `mcast_query_interval` (integer from 1 to 3600): Configures the IP Multicast Querier interval
///   between queries (in seconds). Default: [`other_config:mcast_idle_timeout`](OTHER_CONFIG) / 2.
/// - `mcast_query_max_response` (integer from 1 to 10): Configures the value of the "max-response"
///   field in the multicast queries originated by the logical switch. Default: 1 second.
/// - `mcast_eth_src`: Configures the source Ethernet address for queries originated by the logical
///   switch.
/// - `mcast_ip4_src`: Configures the source IPv4 address for queries originated by the logical
///   switch.
/// - `mcast_ip6_src`: Configures the source IPv6 address for queries originated by the logical
///   switch.
///
/// **Keys**, Interconnection:
///
/// - `interconn-ts`: The `OVN_IC_Northbound.Transit_Switch.name` of corresponding transit switch in
///   `OVN_IC_Northbound` database. This kind of logical switch is created and controlled by
///   `ovn-ic`.
/// - `ic-vxlan_mode` (boolean): `ic-vxlan_mode` is set to true by `ovn-ic` when it runs `VXLAN` as
///   encapsulation protocol for cross-AZ traffic. Default value is false.
///
/// **Keys**, Tunnel Key:
///
/// - `requested-tnl-key` (integer from 1 to 16777215): Configures the datapath tunnel key for the
///   logical switch. Usually this is not needed because `ovn-northd` will assign an unique key for
///   each datapath by itself. However, if it is configured, `ovn-northd` honors the configured
///   value. The typical use case is for interconnection: the tunnel keys for transit switches need
///   to be unique globally, so they are maintained in the global `OVN_IC_Southbound` database, and
///   `ovn-ic` simply syncs the value from `OVN_IC_Southbound` through this config.
///
/// **Keys**, Other options:
///
/// - `vlan-passthru` (boolean): Determines whether VLAN tagged incoming traffic should be allowed.
///   Note that this may have security implications when enabled for a logical switch with a tag=0
///   localnet port. If not properly isolated from other localnet ports, fabric traffic that belongs
///   to other tagged networks may be passed through such a port.
/// - `broadcast-arps-to-all-routers` (boolean): Determines whether arp requests and ipv6 neighbor
///   solicitations should be sent to all routers and other switchports (default) or if it should
///   only be sent to switchports where the ip/mac address is unknown. Setting this to false can
///   significantly reduce the load if the logical switch can receive arp requests for ips it does
///   not know about. However setting this to false also means that garps are no longer forwarded to
///   all routers and therefor the mac bindings of the routers are no longer updated.
pub const OTHER_CONFIG: Column<LogicalSwitch, Map<String, String>> = Column::new(8);

/// `ports`: The logical ports connected to the logical switch.
///
/// It is an error for multiple logical switches to include the same logical port.
///
/// **Shape**: set of strong references to [`LogicalSwitchPort`].
pub const PORTS: Column<LogicalSwitch, Set<Ref<LogicalSwitchPort>>> = Column::new(9);

/// `qos_rules`: QoS marking and metering rules that apply to packets within the logical switch.
///
/// **Shape**: set of strong references to [`Qos`].
pub const QOS_RULES: Column<LogicalSwitch, Set<Ref<Qos>>> = Column::new(10);

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
    name: "Logical_Switch",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "acls",
            key: BaseDef { reference: Some(("ACL", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "copp",
            key: BaseDef { reference: Some(("Copp", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "dns_records",
            key: BaseDef { reference: Some(("DNS", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "forwarding_groups",
            key: BaseDef { reference: Some(("Forwarding_Group", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "load_balancer",
            key: BaseDef { reference: Some(("Load_Balancer", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "load_balancer_group",
            key: BaseDef { reference: Some(("Load_Balancer_Group", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "other_config", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "ports",
            key: BaseDef { reference: Some(("Logical_Switch_Port", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "qos_rules",
            key: BaseDef { reference: Some(("QoS", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for LogicalSwitch {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ACLS, self.acls());
        visitor.column(COPP, self.copp());
        visitor.column(DNS_RECORDS, self.dns_records());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(FORWARDING_GROUPS, self.forwarding_groups());
        visitor.column(LOAD_BALANCER, self.load_balancer());
        visitor.column(LOAD_BALANCER_GROUP, self.load_balancer_group());
        visitor.column(NAME, self.name());
        visitor.column(OTHER_CONFIG, self.other_config());
        visitor.column(PORTS, self.ports());
        visitor.column(QOS_RULES, self.qos_rules());
    }
}

impl fmt::Debug for LogicalSwitch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl LogicalSwitch {
    /// Access control rules that apply to packets within the logical switch. See [`ACLS`].
    pub fn acls(&self) -> SetView<'_, Ref<Acl>> {
        self.0.get(ACLS)
    }

    /// The control plane protection policy from table [`Copp`] used for metering packets sent to
    /// `ovn-controller` from ports of this logical switch. See [`COPP`].
    pub fn copp(&self) -> Option<Ref<Copp>> {
        self.0.get(COPP)
    }

    /// This column defines the DNS records to be used for resolving internal DNS queries within the
    /// logical switch by the native DNS resolver. See [`DNS_RECORDS`].
    pub fn dns_records(&self) -> SetView<'_, Ref<Dns>> {
        self.0.get(DNS_RECORDS)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Groups a set of logical port endpoints for traffic going out of the logical switch. See
    /// [`FORWARDING_GROUPS`].
    pub fn forwarding_groups(&self) -> SetView<'_, Ref<ForwardingGroup>> {
        self.0.get(FORWARDING_GROUPS)
    }

    /// Set of load balancers associated to this logical switch. See [`LOAD_BALANCER`].
    pub fn load_balancer(&self) -> SetView<'_, Ref<LoadBalancer>> {
        self.0.get(LOAD_BALANCER)
    }

    /// Set of load balancers groups associated to this logical switch. See [`LOAD_BALANCER_GROUP`].
    pub fn load_balancer_group(&self) -> SetView<'_, Ref<LoadBalancerGroup>> {
        self.0.get(LOAD_BALANCER_GROUP)
    }

    /// A name for the logical switch. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The column `other_config`. See [`OTHER_CONFIG`].
    pub fn other_config(&self) -> MapView<'_, String, String> {
        self.0.get(OTHER_CONFIG)
    }

    /// The logical ports connected to the logical switch. See [`PORTS`].
    pub fn ports(&self) -> SetView<'_, Ref<LogicalSwitchPort>> {
        self.0.get(PORTS)
    }

    /// QoS marking and metering rules that apply to packets within the logical switch. See
    /// [`QOS_RULES`].
    pub fn qos_rules(&self) -> SetView<'_, Ref<Qos>> {
        self.0.get(QOS_RULES)
    }
}
