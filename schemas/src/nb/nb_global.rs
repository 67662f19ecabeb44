//! `NB_Global`: Northbound configuration.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::connection::Connection;
use super::ssl::Ssl;

/// Northbound configuration for an OVN system. This table must have exactly one row.
///
/// # Identity
///
/// Column: [`name`](NAME).
///
/// # Status
///
/// These columns allow a client to track the overall configuration state of the system.
///
/// Columns: [`nb_cfg`](NB_CFG), [`nb_cfg_timestamp`](NB_CFG_TIMESTAMP), [`sb_cfg`](SB_CFG),
/// [`sb_cfg_timestamp`](SB_CFG_TIMESTAMP), [`hv_cfg`](HV_CFG),
/// [`hv_cfg_timestamp`](HV_CFG_TIMESTAMP).
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
///
/// # Common options
///
/// Column: [`options`](OPTIONS).
///
/// # Options for configuring OVS BFD
///
/// These options apply when `ovn-controller` configures OVS BFD on tunnels interfaces. Please note
/// these parameters refer to legacy OVS BFD implementation and not to OVN BFD one.
///
/// Column: [`options`](OPTIONS).
///
/// # Options for services health check confguration
///
/// These options are used when health configuration is enabled for `OVN_Northbound.Load_Balancer`
/// and `OVN_Northbound.Network_Function` services.
///
/// Column: [`options`](OPTIONS).
///
/// # Options for configuring interconnection route advertisement
///
/// These options control how routes are advertised between OVN deployments for interconnection. If
/// enabled, `ovn-ic` from different OVN deployments exchanges routes between each other through the
/// global `OVN_IC_Southbound` database. Only routers with ports connected to interconnection
/// transit switches participate in route advertisement. For each of these routers, there are three
/// types of routes to be advertised:
///
/// Firstly, the static routes configured in the router are advertised.
///
/// Secondly, the `networks` configured in the logical router ports that are not on the transit
/// switches are advertised. These are considered as directly connected subnets on the router.
///
/// Thirdly, the vips of the load balancers associated with the logical router are advertised.
///
/// Link local prefixes (IPv4 169.254.0.0/16 and IPv6 FE80::/10) are never advertised.
///
/// The learned routes are added to the
/// [`Logical_Router.static_routes`](super::logical_router::STATIC_ROUTES) column of the
/// [`Logical_Router`](super::LogicalRouter) table, with `external_ids:ic-learned-route` set to the
/// uuid of the row in `OVN_IC_Southbound.Route` table of the `OVN_IC_Southbound` database.
///
/// Column: [`options`](OPTIONS).
///
/// # Connection Options
///
/// Columns: [`connections`](CONNECTIONS), [`ssl`](SSL).
///
/// # Security Configurations
///
/// Column: [`ipsec`](IPSEC).
///
/// # Read-only Options
///
/// Column: [`options`](OPTIONS).
#[derive(Clone, PartialEq, Eq)]
pub struct NbGlobal(Row);

/// `connections`: Database clients to which the Open vSwitch database server should connect or on
/// which it should listen, along with options for how these connections should be configured. See
/// the [`Connection`] table for more information.
///
/// **Shape**: set of strong references to [`Connection`].
pub const CONNECTIONS: Column<NbGlobal, Set<Ref<Connection>>> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<NbGlobal, Map<String, String>> = Column::new(1);

/// `hv_cfg`: Sequence number that `ovn-northd` sets to the smallest sequence number of all the
/// chassis in the system, as reported in the `Chassis_Private` table in the southbound database.
/// Thus, [`hv_cfg`](HV_CFG) equals [`nb_cfg`](NB_CFG) if all chassis are caught up with the
/// northbound configuration (which may never happen, if any chassis is down). This value can
/// regress, if a chassis was removed from the system and rejoins before catching up.
///
/// If there are no chassis, then `ovn-northd` copies `nb_cfg` to [`hv_cfg`](HV_CFG). Thus, in this
/// case, the (nonexistent) hypervisors are always considered to be caught up. This means that
/// hypervisors can be "caught up" even in cases where [`sb_cfg`](SB_CFG) would show that the
/// southbound database is not. To detect when both the hypervisors and the southbound database are
/// caught up, a client should take the smaller of [`sb_cfg`](SB_CFG) and [`hv_cfg`](HV_CFG).
///
/// **Shape**: integer.
pub const HV_CFG: Column<NbGlobal, i64> = Column::new(2);

/// `hv_cfg_timestamp`: The largest timestamp, in milliseconds since the epoch, of the smallest
/// sequence number of all the chassis in the system, as reported in the `Chassis_Private` table in
/// the southbound database. In other words, this timestamp reflects the time when the slowest
/// chassis catches up with the northbound configuration, which is useful for end-to-end control
/// plane latency measurement.
///
/// **Shape**: integer.
pub const HV_CFG_TIMESTAMP: Column<NbGlobal, i64> = Column::new(3);

/// `ipsec`: Tunnel encryption configuration. If this column is set to be true, all OVN tunnels will
/// be encrypted with IPsec.
///
/// **Shape**: boolean.
pub const IPSEC: Column<NbGlobal, bool> = Column::new(4);

/// `name`: The name of the OVN cluster, which uniquely identifies the OVN cluster throughout all
/// OVN clusters supposed to interconnect with each other.
///
/// **Shape**: string.
pub const NAME: Column<NbGlobal, String> = Column::new(5);

/// `nb_cfg`: Sequence number for client to increment. When a client modifies any part of the
/// northbound database configuration and wishes to wait for `ovn-northd` and possibly all of the
/// hypervisors to finish applying the changes, it may increment this sequence number.
///
/// **Shape**: integer.
pub const NB_CFG: Column<NbGlobal, i64> = Column::new(6);

/// `nb_cfg_timestamp`: The timestamp, in milliseconds since the epoch, when `ovn-northd` sees the
/// latest `nb_cfg` and starts processing.
///
/// To print the timestamp as a human-readable date:
///
/// ```text
/// date -d "@$(ovn-nbctl get NB_Global . nb_cfg_timestamp | sed 's/...$//')"
/// ```
///
/// **Shape**: integer.
pub const NB_CFG_TIMESTAMP: Column<NbGlobal, i64> = Column::new(7);

/// `options`: This column provides general key/value settings. The supported options are described
/// individually below.
///
/// **Shape**: map from string to string.
///
/// **Keys**, Options for configuring OVS BFD:
///
/// - `bfd-min-rx`: BFD option `min-rx` value to use when configuring BFD on tunnel interfaces.
/// - `bfd-decay-min-rx`: BFD option `decay-min-rx` value to use when configuring BFD on tunnel
///   interfaces.
/// - `bfd-min-tx`: BFD option `min-tx` value to use when configuring BFD on tunnel interfaces.
/// - `bfd-mult`: BFD option `mult` value to use when configuring BFD on tunnel interfaces.
///
/// **Keys**, Common options:
///
/// - `ignore_chassis_features`: When set to `false`, the `ovn-northd` will evaluate the features
///   supported by each chassis and will only activate features that are universally supported by
///   all chassis. This approach is crucial for maintaining backward compatibility during an upgrade
///   when the `ovn-northd` is updated prior to the `ovn-controller`. However, if any chassis is
///   poorly managed and the upgrade is unsuccessful, it will restrict `ovn-northd` from activating
///   the new features.
///
///   Alternatively, setting this option to `true` instructs `ovn-northd` to bypass the support
///   status of features on each chassis and to directly implement the latest features. This
///   approach safeguards the operation of `ovn-northd` from being adversely affected by a
///   mismatched configuration of a chassis.
///
///   The default setting for this option is `false`.
/// - `mac_prefix`: Configure a given OUI to be used as prefix when L2 address is dynamically
///   assigned, e.g. `00:11:22`
/// - `mac_binding_removal_limit` (integer from 0 to 4294967295): MAC binding aging bulk removal
///   limit. This limits how many rows can expire in a single transaction. Default value is 0 which
///   is unlimited. When we hit the limit next batch removal is delayed by 5 s.
/// - `fdb_removal_limit` (integer from 0 to 4294967295): FDB aging bulk removal limit. This limits
///   how many rows can expire in a single transaction. Default value is 0 which is unlimited. When
///   we hit the limit next batch removal is delayed by 5 s.
/// - `controller_event` (boolean): Value set by the CMS to enable/disable ovn-controller event
///   reporting. Traffic into OVS can raise a 'controller' event that results in a Controller_Event
///   being written to the `Controller_Event` table in SBDB. When the CMS has seen the event and
///   taken appropriate action, it can remove the corresponding row in `Controller_Event` table. The
///   intention is for a CMS to see the events and take some sort of action. Please see the
///   `Controller_Event` table in SBDB. It is possible to associate a meter to each controller event
///   type in order to not overload the pinctrl thread under heavy load. Each event type relies on a
///   meter with a defined name:
///
///   - empty_lb_backends: event-elb
/// - `northd_probe_interval`: The inactivity probe interval of the connection to the OVN Northbound
///   and Southbound databases from `ovn-northd`, in milliseconds. If the value is zero, it disables
///   the connection keepalive feature.
///
///   If the value is nonzero, then it will be forced to a value of at least 1000 ms.
/// - `ic_probe_interval`: The inactivity probe interval of the connection to the OVN Northbound and
///   Southbound databases from `ovn-ic`, in milliseconds. If the value is zero, it disables the
///   connection keepalive feature.
///
///   If the value is nonzero, then it will be forced to a value of at least 1000 ms.
/// - `nbctl_probe_interval`: The inactivity probe interval of the connection to the OVN Northbound
///   database from `ovn-nbctl` utility, in milliseconds. If the value is zero, it disables the
///   connection keepalive feature.
///
///   If the value is nonzero, then it will be forced to a value of at least 1000 ms.
///
///   If the value is less than zero, then the default inactivity probe interval for `ovn-nbctl`
///   would be left intact (120000 ms).
/// - `northd_trim_timeout`: When used, this configuration value specifies the time, in
///   milliseconds, since the last `ovn-northd` active operation after which memory trimming is
///   performed. By default this is set to 30000 (30 seconds).
/// - `use_logical_dp_groups`: Note: This option is deprecated, the only behavior is to always
///   combine logical flows by datapath groups. Changing the value or removing this option all
///   toghether will have no effect.
///
///   `ovn-northd` combines logical flows that differs only by logical datapath into a single
///   logical flow with logical datapath group attached.
/// - `use_parallel_build`: If set to `true`, `ovn-northd` will attempt to compute logical flows in
///   parallel.
///
///   Parallel computation is enabled only if the system has 4 or more cores/threads available to be
///   used by ovn-northd.
///
///   The default value is `false`.
/// - `ignore_lsp_down`: If set to false, ARP/ND reply flows for logical switch ports will be
///   installed only if the port is up, i.e. claimed by a Chassis. If set to true, these flows are
///   installed regardless of the status of the port, which can result in a situation that ARP
///   request to an IP is resolved even before the relevant VM/container is running. For
///   environments where this is not an issue, setting it to `true` can reduce the load and latency
///   of the control plane. The default value is `true`.
/// - `use_ct_inv_match`: If set to false, `ovn-northd` will not use the `ct.inv` field in any of
///   the logical flow matches. The default value is true. If the NIC supports offloading OVS
///   datapath flows but doesn't support offloading ct_state `inv` flag, then the datapath flows
///   matching on this flag (either `+inv` or `-inv`) will not be offloaded. CMS should consider
///   setting `use_ct_inv_match` to `false` in such cases. This results in a side effect of the
///   invalid packets getting delivered to the destination VIF, which otherwise would have been
///   dropped by `OVN`.
/// - `acl_ct_translation`: If set to `true`, `ovn-northd` will enable connection tracking based L4
///   field translation for stateful ACLs. When enabled, ACL matches on L4 port fields
///   (tcp/udp/sctp) use connection tracking state instead of packet headers. This allows proper
///   handling of IP fragmentation in userspace datapaths (e.g., DPDK) where fragments are not
///   automatically reassembled during connection tracking lookup.
///
///   *Important:* Enabling this option may break hardware offloading of flows. It also disables the
///   multicast conntrack bypass, which means multicast traffic (including DHCP) will go through
///   connection tracking. This may have a performance impact on multicast-heavy workloads. Only
///   enable this option if you need to handle fragmented traffic with stateful ACLs in userspace
///   datapaths.
///
///   The default value is `false`.
/// - `default_acl_drop`: If set to `true`., `ovn-northd` will generate a logical flow to drop all
///   traffic in the ACL stages. By default this option is set to `false`.
/// - `debug_drop_domain_id`: If set to a 8-bit number and if `debug_drop_collector_set` is also
///   configured, `ovn-northd` will add a `sample` action to every logical flow that contains a
///   'drop' action. The 8 most significant bits of the observation_domain_id field will be those
///   specified in the `debug_drop_domain_id`. The 24 least significant bits of the
///   observation_domain_id field will be the datapath's key.
///
///   The observation_point_id will be set to the first 32 bits of the logical flow's UUID.
///
///   Note: This key is deprecated in favor of the value configured in the
///   [`Sampling_App`](super::SamplingApp) table for the `drop` application.
/// - `debug_drop_collector_set`: If set to a 32-bit number `ovn-northd` will add a `sample` action
///   to every logical flow that contains a 'drop' action. The sample action will have the specified
///   collector_set_id. The value must match that of the local OVS configuration as described in
///   `ovs-actions`(7).
/// - `use_common_zone` (boolean): Default value is `false`. If set to `true` the SNAT and DNAT
///   happens in common zone, instead of happening in separate zones, depending on the
///   configuration. However, this option breaks traffic when there is configuration of DGP + LB +
///   SNAT on this LR. The value `true` should be used only in case of HWOL compatibility with GDP.
/// - `northd-backoff-interval-ms`: Maximum interval that the northd incremental engine is delayed
///   by in milliseconds. Setting the value to nonzero delays the next northd engine run by the
///   previous run time, capped by the specified value. If the value is zero the engine won't be
///   delayed at all. The recommended period is smaller than 500 ms, beyond that the latency of SB
///   changes would be very noticeable.
/// - `vxlan_mode`: By default if at least one chassis in OVN cluster has VXLAN encap, northd will
///   run in a `VXLAN mode`. See man ovn-architecture(7) `Tunnel Encapsulations` paragraph for more
///   details. In case VXLAN encaps are needed on chassis only to support HW VTEP functionality and
///   main encap type is GENEVE, set this option to `false` to use default non-`VXLAN mode` tunnel
///   IDs allocation logic. Please consider when OVN is running in `OVN-interconnect` mode and it is
///   using `VXLAN` encapsulation type, the max number of non-transit logical switches and logical
///   routers is reduced to 1024. Plese note, in order to enable `VXLAN` encapsulation type for for
///   cross-AZ traffic, `vxlan_mode` parameter in `OVN_IC_Northbound.IC_NB_Global TABLE` must be set
///   to true.
/// - `always_tunnel` (boolean): If set to true, then the traffic destined to a VIF of a provider
///   logical switch (having a localnet port) will be tunnelled instead of sending it via the
///   localnet port. This option will be useful if CMS wants to connect overlay logical switches
///   (without localnet port) and provider logical switches to a router. Without this option set,
///   the traffic path will be a mix of tunnelling and localnet ports (since routing is distributed)
///   resulting in the leakage of the router port mac address to the upstream switches and undefined
///   behavior if NATting is involed. This option is disabled by default.
/// - `ecmp_nexthop_monitor_enable`: If set to `true`., `ovn-northd` will create entries in
///   `OVN_Southbound.ECMP_Nexthop TABLE` to track ECMP routes created with `--ecmp_symmetric_reply`
///   option. By default this option is set to `false`.
/// - `enable_chassis_nb_cfg_update`: If set to `false`, ovn-controllers will no longer update the
///   `OVN_Southbound.Chassis_Private.nb_cfg` column in the `OVN_Southbound.Chassis_Private` table
///   of the `OVN_Southbound` database. They will still update the `external_ids:ovn-nb-cfg` in the
///   local OVS integration bridge. By defailt this option is set to `true`.
///
/// **Keys**, Options for services health check confguration:
///
/// - `svc_monitor_mac`: MAC Address used as the Ethernet source in health check probes. If
///   unspecified, a MAC address is automatically generated.
/// - `svc_monitor_mac_dst`: MAC Address used as the Ethernet destination in health check probes. If
///   unspecified, a MAC address is automatically generated. This applies only to Network Function
///   health check probes deployed in inline mode.
/// - `svc_monitor_ip`: IP Address (IPv4 or IPv6) used as the source in health check probes. This
///   applies only to Network Function health check probes deployed in inline mode.
/// - `svc_monitor_ip_dst`: IP Address (IPv4 or IPv6) used as the destination in health check
///   probes. This applies only to Network Function health check probes deployed in inline mode.
///
/// **Keys**, Options for configuring interconnection route advertisement:
///
/// - `ic-route-adv`: A boolean value that enables route advertisement to the global
///   `OVN_IC_Southbound` database. Default is `false`.
/// - `ic-route-learn`: A boolean value that enables route learning from the global
///   `OVN_IC_Southbound` database. Default is `false`.
/// - `ic-route-adv-default`: A boolean value that enables advertising default route to the global
///   `OVN_IC_Southbound` database. Default is `false`. This option takes effect only when option
///   `ic-route-adv` is `true`.
/// - `ic-route-learn-default`: A boolean value that enables learning default route from the global
///   `OVN_IC_Southbound` database. Default is `false`. This option takes effect only when option
///   `ic-route-learn` is `true`.
/// - `ic-route-adv-lb`: A boolean value that enables advertising routes for load balancer vips to
///   the global `OVN_IC_Southbound` database. Default is `false`. This option takes effect only
///   when option `ic-route-adv` is `true`.
/// - `ic-route-learn-lb`: A boolean value that enables learning routes for load balancer routes
///   from the global `OVN_IC_Southbound` database. Default is `false`. This option takes effect
///   only when option `ic-route-learn` is `true`.
/// - `ic-route-denylist`: A string value contains a list of CIDRs delimited by ",". A route will
///   not be advertised or learned if the route's prefix belongs to any of the CIDRs listed.
///
/// **Keys**, Read-only Options:
///
/// - `max_tunid`: The maximum supported tunnel ID. Depends on types of encapsulation enabled in the
///   cluster.
pub const OPTIONS: Column<NbGlobal, Map<String, String>> = Column::new(8);

/// `sb_cfg`: Sequence number that `ovn-northd` sets to the value of [`nb_cfg`](NB_CFG) after it
/// finishes applying the corresponding configuration changes to the `OVN_Southbound` database.
///
/// **Shape**: integer.
pub const SB_CFG: Column<NbGlobal, i64> = Column::new(9);

/// `sb_cfg_timestamp`: The timestamp, in milliseconds since the epoch, when `ovn-northd` finishes
/// applying the corresponding configuration changes to the `OVN_Southbound` database successfully.
///
/// **Shape**: integer.
pub const SB_CFG_TIMESTAMP: Column<NbGlobal, i64> = Column::new(10);

/// `ssl`: Global SSL/TLS configuration.
///
/// **Shape**: optional strong reference to [`Ssl`].
pub const SSL: Column<NbGlobal, Option<Ref<Ssl>>> = Column::new(11);

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
    name: "NB_Global",
    is_root: true,
    max_rows: Some(1),
    columns: &[
        ColumnDef {
            name: "connections",
            key: BaseDef { reference: Some(("Connection", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "hv_cfg", key: INTEGER, ..PLAIN },
        ColumnDef { name: "hv_cfg_timestamp", key: INTEGER, ..PLAIN },
        ColumnDef { name: "ipsec", key: BOOLEAN, ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "nb_cfg", key: INTEGER, ..PLAIN },
        ColumnDef { name: "nb_cfg_timestamp", key: INTEGER, ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "sb_cfg", key: INTEGER, ..PLAIN },
        ColumnDef { name: "sb_cfg_timestamp", key: INTEGER, ..PLAIN },
        ColumnDef {
            name: "ssl",
            key: BaseDef { reference: Some(("SSL", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for NbGlobal {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(CONNECTIONS, self.connections());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(HV_CFG, self.hv_cfg());
        visitor.column(HV_CFG_TIMESTAMP, self.hv_cfg_timestamp());
        visitor.column(IPSEC, self.ipsec());
        visitor.column(NAME, self.name());
        visitor.column(NB_CFG, self.nb_cfg());
        visitor.column(NB_CFG_TIMESTAMP, self.nb_cfg_timestamp());
        visitor.column(OPTIONS, self.options());
        visitor.column(SB_CFG, self.sb_cfg());
        visitor.column(SB_CFG_TIMESTAMP, self.sb_cfg_timestamp());
        visitor.column(SSL, self.ssl());
    }
}

impl fmt::Debug for NbGlobal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl NbGlobal {
    /// Database clients to which the Open vSwitch database server should connect or on which it
    /// should listen, along with options for how these connections should be configured. See
    /// [`CONNECTIONS`].
    pub fn connections(&self) -> SetView<'_, Ref<Connection>> {
        self.0.get(CONNECTIONS)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Sequence number that `ovn-northd` sets to the smallest sequence number of all the chassis in
    /// the system, as reported in the `Chassis_Private` table in the southbound database. See
    /// [`HV_CFG`].
    pub fn hv_cfg(&self) -> i64 {
        self.0.get(HV_CFG)
    }

    /// The largest timestamp, in milliseconds since the epoch, of the smallest sequence number of
    /// all the chassis in the system, as reported in the `Chassis_Private` table in the southbound
    /// database. See [`HV_CFG_TIMESTAMP`].
    pub fn hv_cfg_timestamp(&self) -> i64 {
        self.0.get(HV_CFG_TIMESTAMP)
    }

    /// Tunnel encryption configuration. See [`IPSEC`].
    pub fn ipsec(&self) -> bool {
        self.0.get(IPSEC)
    }

    /// The name of the OVN cluster, which uniquely identifies the OVN cluster throughout all OVN
    /// clusters supposed to interconnect with each other. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// Sequence number for client to increment. See [`NB_CFG`].
    pub fn nb_cfg(&self) -> i64 {
        self.0.get(NB_CFG)
    }

    /// The timestamp, in milliseconds since the epoch, when `ovn-northd` sees the latest `nb_cfg`
    /// and starts processing. See [`NB_CFG_TIMESTAMP`].
    pub fn nb_cfg_timestamp(&self) -> i64 {
        self.0.get(NB_CFG_TIMESTAMP)
    }

    /// This column provides general key/value settings. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// Sequence number that `ovn-northd` sets to the value of [`nb_cfg`](NB_CFG) after it finishes
    /// applying the corresponding configuration changes to the `OVN_Southbound` database. See
    /// [`SB_CFG`].
    pub fn sb_cfg(&self) -> i64 {
        self.0.get(SB_CFG)
    }

    /// The timestamp, in milliseconds since the epoch, when `ovn-northd` finishes applying the
    /// corresponding configuration changes to the `OVN_Southbound` database successfully. See
    /// [`SB_CFG_TIMESTAMP`].
    pub fn sb_cfg_timestamp(&self) -> i64 {
        self.0.get(SB_CFG_TIMESTAMP)
    }

    /// Global SSL/TLS configuration. See [`SSL`].
    pub fn ssl(&self) -> Option<Ref<Ssl>> {
        self.0.get(SSL)
    }
}
