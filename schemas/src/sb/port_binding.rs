//! `Port_Binding`: Physical-Logical Port Bindings.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::chassis::Chassis;
use super::datapath_binding::DatapathBinding;
use super::encap::Encap;
use super::gateway_chassis::GatewayChassis;
use super::ha_chassis_group::HaChassisGroup;
use super::mirror::Mirror;

/// Each row in this table binds a logical port to a realization. For most logical ports, this means
/// binding to some physical location, for example by binding a logical port to a VIF that belongs
/// to a VM running on a particular hypervisor. Other logical ports, such as logical patch ports,
/// can be realized without a specific physical location, but their bindings are still expressed
/// through rows in this table.
///
/// For every `Logical_Switch_Port` record in `OVN_Northbound` database, `ovn-northd` creates a
/// record in this table. `ovn-northd` populates and maintains every column except the `chassis` and
/// `virtual_parent` columns, which it leaves empty in new records.
///
/// `ovn-controller`/`ovn-controller-vtep` populates the `chassis` column for the records that
/// identify the logical ports that are located on its hypervisor/gateway, which
/// `ovn-controller`/`ovn-controller-vtep` in turn finds out by monitoring the local hypervisor's
/// Open_vSwitch database, which identifies logical ports via the conventions described in
/// `IntegrationGuide.rst`. (The exceptions are for `Port_Binding` records with `type` of
/// `l3gateway`, whose locations are identified by `ovn-northd` via the `options:l3gateway-chassis`
/// column in this table. `ovn-controller` is still responsible to populate the `chassis` column.)
///
/// `ovn-controller` also populates the `virtual_parent` column of records whose `type` is
/// `virtual`.
///
/// When a chassis shuts down gracefully, it should clean up the `chassis` column that it previously
/// had populated. (This is not critical because resources hosted on the chassis are equally
/// unreachable regardless of whether their rows are present.) To handle the case where a VM is shut
/// down abruptly on one chassis, then brought up again on a different one,
/// `ovn-controller`/`ovn-controller-vtep` must overwrite the `chassis` column with new information.
///
/// # Core Features
///
/// Columns: [`datapath`](DATAPATH), [`logical_port`](LOGICAL_PORT), [`encap`](ENCAP),
/// [`additional_encap`](ADDITIONAL_ENCAP), [`chassis`](CHASSIS),
/// [`additional_chassis`](ADDITIONAL_CHASSIS), [`gateway_chassis`](GATEWAY_CHASSIS),
/// [`ha_chassis_group`](HA_CHASSIS_GROUP), [`up`](UP), [`tunnel_key`](TUNNEL_KEY), [`mac`](MAC),
/// [`port_security`](PORT_SECURITY), [`mirror_port`](MIRROR_PORT), [`type`](TYPE),
/// [`requested_chassis`](REQUESTED_CHASSIS),
/// [`requested_additional_chassis`](REQUESTED_ADDITIONAL_CHASSIS).
///
/// # Patch Options
///
/// These options apply to logical ports with [`type`](TYPE) of `patch`.
///
/// Columns: [`options`](OPTIONS), [`nat_addresses`](NAT_ADDRESSES).
///
/// # L3 Gateway Options
///
/// These options apply to logical ports with [`type`](TYPE) of `l3gateway`.
///
/// Columns: [`options`](OPTIONS), [`nat_addresses`](NAT_ADDRESSES).
///
/// # Localnet Options
///
/// These options apply to logical ports with [`type`](TYPE) of `localnet`.
///
/// Columns: [`options`](OPTIONS), [`tag`](TAG).
///
/// # L2 Gateway Options
///
/// These options apply to logical ports with [`type`](TYPE) of `l2gateway`.
///
/// Columns: [`options`](OPTIONS), [`tag`](TAG).
///
/// # VTEP Options
///
/// These options apply to logical ports with [`type`](TYPE) of `vtep`.
///
/// Column: [`options`](OPTIONS).
///
/// # VMI (or VIF) Options
///
/// These options apply to logical ports with [`type`](TYPE) having (empty string)
///
/// Column: [`options`](OPTIONS).
///
/// # Distributed Gateway Port Options
///
/// These options apply to the distributed parent ports of logical ports with [`type`](TYPE) of
/// `chasssisredirect`.
///
/// Column: [`options`](OPTIONS).
///
/// # Chassis Redirect Options
///
/// These options apply to logical ports with [`type`](TYPE) of `chassisredirect`.
///
/// Column: [`options`](OPTIONS).
///
/// # Dynamic Routing
///
/// Column: [`options`](OPTIONS).
///
/// # Nested Containers
///
/// These columns support containers nested within a VM. Specifically, they are used when
/// [`type`](TYPE) is empty and [`logical_port`](LOGICAL_PORT) identifies the interface of a
/// container spawned inside a VM. They are empty for containers or VMs that run directly on a
/// hypervisor.
///
/// Columns: [`parent_port`](PARENT_PORT), [`tag`](TAG).
///
/// # Virtual ports
///
/// Column: [`virtual_parent`](VIRTUAL_PARENT).
///
/// # Naming
///
/// Column: [`external_ids`](EXTERNAL_IDS).
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct PortBinding(Row);

/// `additional_chassis`: The meaning of this column is the same as for the [`chassis`](CHASSIS).
/// The column is used to track an additional physical location of the logical port. Used with
/// regular (empty [`type`](TYPE)) port bindings.
///
/// **Shape**: set of weak references to [`Chassis`].
pub const ADDITIONAL_CHASSIS: Column<PortBinding, Set<Ref<Chassis>>> = Column::new(0);

/// `additional_encap`: Points to preferred encapsulation configuration to transmit logical
/// dataplane packets to this additional chassis. The entry is reference to a [`Encap`] record. See
/// also [`additional_chassis`](ADDITIONAL_CHASSIS).
///
/// **Shape**: set of weak references to [`Encap`].
pub const ADDITIONAL_ENCAP: Column<PortBinding, Set<Ref<Encap>>> = Column::new(1);

/// `chassis`: The meaning of this column depends on the value of the [`type`](TYPE) column. This is
/// the meaning for each [`type`](TYPE)
///
/// - (empty string): The physical location of the logical port. To successfully identify a chassis,
///   this column must be a [`Chassis`] record. This is populated by `ovn-controller`.
/// - vtep: The physical location of the hardware_vtep gateway. To successfully identify a chassis,
///   this column must be a [`Chassis`] record. This is populated by `ovn-controller-vtep`.
/// - localnet: Always empty. A localnet port is realized on every chassis that has connectivity to
///   the corresponding physical network.
/// - localport: Always empty. A localport port is present on every chassis.
/// - l3gateway: The physical location of the L3 gateway. To successfully identify a chassis, this
///   column must be a [`Chassis`] record. This is populated by `ovn-controller` based on the value
///   of the `options:l3gateway-chassis` column in this table.
/// - l2gateway: The physical location of this L2 gateway. To successfully identify a chassis, this
///   column must be a [`Chassis`] record. This is populated by `ovn-controller` based on the value
///   of the `options:l2gateway-chassis` column in this table.
///
/// **Shape**: optional weak reference to [`Chassis`].
pub const CHASSIS: Column<PortBinding, Option<Ref<Chassis>>> = Column::new(2);

/// `datapath`: The logical datapath to which the logical port belongs.
///
/// **Shape**: strong reference to [`DatapathBinding`].
pub const DATAPATH: Column<PortBinding, Ref<DatapathBinding>> = Column::new(3);

/// `encap`: Points to preferred encapsulation configuration to transmit logical dataplane packets
/// to this chassis. The entry is reference to a [`Encap`] record.
///
/// **Shape**: optional weak reference to [`Encap`].
pub const ENCAP: Column<PortBinding, Option<Ref<Encap>>> = Column::new(4);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// The `ovn-northd` program populates this column with all entries into the
/// [`external_ids`](EXTERNAL_IDS) column of the `Logical_Switch_Port` and `Logical_Router_Port`
/// tables of the `OVN_Northbound` database.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `name`: For a logical switch port, `ovn-northd` copies this from
///   `OVN_Northbound.Logical_Switch_Port.external_ids:neutron:port_name` in the
///   `OVN_Northbound.Logical_Switch_Port` table in the OVN_Northbound database, if it is a nonempty
///   string.
///
///   For a logical switch port, `ovn-northd` does not currently set this key.
pub const EXTERNAL_IDS: Column<PortBinding, Map<String, String>> = Column::new(5);

/// `gateway_chassis`: A list of [`Gateway_Chassis`](GatewayChassis).
///
/// This should only be populated for ports with [`type`](TYPE) set to `chassisredirect`. This
/// column defines the list of chassis used as gateways where traffic will be redirected through.
///
/// **Shape**: set of strong references to [`GatewayChassis`].
pub const GATEWAY_CHASSIS: Column<PortBinding, Set<Ref<GatewayChassis>>> = Column::new(6);

/// `ha_chassis_group`: This should only be populated for ports with [`type`](TYPE) set to
/// `chassisredirect`. This column defines the HA chassis group with a list of HA chassis used as
/// gateways where traffic will be redirected through.
///
/// **Shape**: optional strong reference to [`HaChassisGroup`].
pub const HA_CHASSIS_GROUP: Column<PortBinding, Option<Ref<HaChassisGroup>>> = Column::new(7);

/// `logical_port`: A logical port. For a logical switch port, this is taken from
/// `OVN_Northbound.Logical_Switch_Port.name` in the OVN_Northbound database's
/// `OVN_Northbound.Logical_Switch_Port` table. For a logical router port, this is taken from
/// `OVN_Northbound.Logical_Router_Port.name` in the OVN_Northbound database's
/// `OVN_Northbound.Logical_Router_port` table. (This means that logical switch ports and router
/// port names must not share names in an OVN deployment.) OVN does not prescribe a particular
/// format for the logical port ID.
///
/// **Shape**: string; unique.
pub const LOGICAL_PORT: Column<PortBinding, String> = Column::new(8);

/// `mac`: This column is a misnomer as it may contain MAC addresses and IP addresses. It is copied
/// from the `addresses` column in the `Logical_Switch_Port` table in the Northbound database. It
/// follows the same format as that column.
///
/// **Shape**: set of strings.
pub const MAC: Column<PortBinding, Set<String>> = Column::new(9);

/// `mirror_port`: Points to mirror target port fot lport mirror type.
///
/// **Shape**: optional string.
pub const MIRROR_PORT: Column<PortBinding, Option<String>> = Column::new(10);

/// `mirror_rules`: Mirror rules that apply to the port binding. Please see the [`Mirror`] table.
///
/// **Shape**: set of weak references to [`Mirror`].
pub const MIRROR_RULES: Column<PortBinding, Set<Ref<Mirror>>> = Column::new(11);

/// `nat_addresses`: MAC address followed by a list of SNAT and DNAT external IP addresses, followed
/// by `is_chassis_resident("lport")`, where *lport* is the name of a logical port on the same
/// chassis where the corresponding NAT rules are applied. This is used to send gratuitous ARPs for
/// SNAT and DNAT external IP addresses via `localnet`, from the chassis where *lport* resides.
/// Example: `80:fa:5b:06:72:b7 158.36.44.22 158.36.44.24 is_chassis_resident("foo1")`. This would
/// result in generation of gratuitous ARPs for IP addresses 158.36.44.22 and 158.36.44.24 with a
/// MAC address of 80:fa:5b:06:72:b7 from the chassis where the logical port "foo1" resides.
///
/// MAC address of the `l3gateway` port followed by a list of SNAT and DNAT external IP addresses.
/// This is used to send gratuitous ARPs for SNAT and DNAT external IP addresses via `localnet`.
/// Example: `80:fa:5b:06:72:b7 158.36.44.22 158.36.44.24`. This would result in generation of
/// gratuitous ARPs for IP addresses 158.36.44.22 and 158.36.44.24 with a MAC address of
/// 80:fa:5b:06:72:b7. This is used in OVS version 2.8 and later versions.
///
/// **Shape**: set of strings.
pub const NAT_ADDRESSES: Column<PortBinding, Set<String>> = Column::new(12);

/// `options` of `Port_Binding`.
///
/// **Shape**: map from string to string.
///
/// **Keys**, Patch Options:
///
/// - `peer`: The [`logical_port`](LOGICAL_PORT) in the [`Port_Binding`](PortBinding) record for the
///   other side of the patch. The named [`logical_port`](LOGICAL_PORT) must specify this
///   [`logical_port`](LOGICAL_PORT) in its own `peer` option. That is, the two patch logical ports
///   must have reversed [`logical_port`](LOGICAL_PORT) and `peer` values.
///
/// **Keys**, L3 Gateway Options:
///
/// - `peer`: The [`logical_port`](LOGICAL_PORT) in the [`Port_Binding`](PortBinding) record for the
///   other side of the 'l3gateway' port. The named [`logical_port`](LOGICAL_PORT) must specify this
///   [`logical_port`](LOGICAL_PORT) in its own `peer` option. That is, the two 'l3gateway' logical
///   ports must have reversed [`logical_port`](LOGICAL_PORT) and `peer` values.
/// - `l3gateway-chassis`: The `chassis` in which the port resides.
///
/// **Keys**, Localnet Options:
///
/// - `network_name`: Required. `ovn-controller` uses the configuration entry `ovn-bridge-mappings`
///   to determine how to connect to this network. `ovn-bridge-mappings` is a list of network names
///   mapped to a local OVS bridge that provides access to that network. An example of configuring
///   `ovn-bridge-mappings` would be:
///
///   ```text
///   $ ovs-vsctl set open . external-ids:ovn-bridge-mappings=physnet1:br-eth0,physnet2:br-eth1
///   ```
///
///   When a logical switch has a `localnet` port attached, every chassis that may have a local vif
///   attached to that logical switch must have a bridge mapping configured to reach that
///   `localnet`. Traffic that arrives on a `localnet` port is never forwarded over a tunnel to
///   another chassis. If there are multiple `localnet` ports in a logical switch, each chassis
///   should only have a single bridge mapping for one of the physical networks. Note: In case of
///   multiple `localnet` ports, to provide interconnectivity between all VIFs located on different
///   chassis with different fabric connectivity, the fabric should implement some form of routing
///   between the segments.
///
/// **Keys**, L2 Gateway Options:
///
/// - `network_name`: Required. `ovn-controller` uses the configuration entry `ovn-bridge-mappings`
///   to determine how to connect to this network. `ovn-bridge-mappings` is a list of network names
///   mapped to a local OVS bridge that provides access to that network. An example of configuring
///   `ovn-bridge-mappings` would be:
///
///   ```text
///   $ ovs-vsctl set open . external-ids:ovn-bridge-mappings=physnet1:br-eth0,physnet2:br-eth1
///   ```
///
///   When a logical switch has a `l2gateway` port attached, the chassis that the `l2gateway` port
///   is bound to must have a bridge mapping configured to reach the network identified by
///   `network_name`.
/// - `l2gateway-chassis`: Required. The `chassis` in which the port resides.
///
/// **Keys**, VTEP Options:
///
/// - `vtep-physical-switch`: Required. The name of the VTEP gateway.
/// - `vtep-logical-switch`: Required. A logical switch name connected by the VTEP gateway. Must be
///   set when [`type`](TYPE) is `vtep`.
///
/// **Keys**, VMI (or VIF) Options:
///
/// - `requested-chassis`: If set, identifies a specific chassis (by name or hostname) that is
///   allowed to bind this port. Using this option will prevent thrashing between two chassis trying
///   to bind the same port during a live migration. It can also prevent similar thrashing due to a
///   mis-configuration, if a port is accidentally created on more than one chassis.
///
///   If set to a comma separated list, the first entry identifies the main chassis and the rest are
///   one or more additional chassis that are allowed to bind the same port.
///
///   When multiple chassis are set for the port, and the logical switch is connected to an external
///   network through a `localnet` port, tunneling is enforced for the port to guarantee delivery of
///   packets directed to the port to all its locations. This has MTU implications because the
///   network used for tunneling must have MTU larger than `localnet` for stable connectivity.
/// - `activation-strategy`: If used with multiple chassis set in `requested-chassis`, specifies an
///   activation strategy for all additional chassis. By default, no activation strategy is used,
///   meaning additional port locations are immediately available for use. The option supports a
///   comma separated list where you can combine 3 protocols, "rarp", "garp" and "na". When any of
///   the protocols is set, the port is blocked for ingress and egress communication until a
///   specified protocol packet is sent from a new location. The activation strategy is useful in
///   live migration scenarios for virtual machines.
/// - `additional-chassis-activated`: When `activation-strategy` is set, this option indicates that
///   the port was activated using the strategy specified.
/// - `iface-id-ver`: If set, this port will be bound by `ovn-controller` only if this same key and
///   value is configured in the `Open_vSwitch.Interface.external_ids` column in the Open_vSwitch
///   database's `Open_vSwitch.Interface` table.
/// - `qos_min_rate`: If set, indicates the minimum guaranteed rate available for data sent from
///   this interface, in bit/s.
/// - `qos_max_rate`: If set, indicates the maximum rate for data sent from this interface, in
///   bit/s. The traffic will be shaped according to this limit.
/// - `qos_burst`: If set, indicates the maximum burst size for data sent from this interface, in
///   bits.
/// - `qos_physical_network`: If set, indicates the name of the egress network name where traffic
///   shaping will be applied.
/// - `qdisc_queue_id` (integer from 1 to 61440): Indicates the queue number on the physical device.
///   This is same as the `queue_id` used in OpenFlow in `struct ofp_action_enqueue`.
///
/// **Keys**, Distributed Gateway Port Options:
///
/// - `chassis-redirect-port`: The name of the chassis redirect port derived from this port if this
///   port is a distributed parent of a chassis redirect port.
///
/// **Keys**, Chassis Redirect Options:
///
/// - `distributed-port`: The name of the distributed port for which this `chassisredirect` port
///   represents a particular instance.
/// - `redirect-type`: The value is copied from the column
///   `OVN_Northbound.Logical_Router_Port.options` in the OVN_Northbound database's
///   `OVN_Northbound.Logical_Router_Port` table for the distributed parent of this port.
/// - `always-redirect`: A boolean option that is set to true if the distributed parent of this
///   chassis redirect port does not need distributed processing.
///
/// **Keys**, Dynamic Routing:
///
/// - `dynamic-routing-redistribute-local-only` (boolean): Only relevant if
///   [`options:dynamic-routing`](OPTIONS) is set to `true`.
///
///   This controls whether `ovn-controller` will advertise `OVN_Southbound.Advertised_Route`
///   records only on the chassis where their `tracked_port` is bound. Default: `false`.
/// - `dynamic-routing-no-learning` (boolean): Only relevant if [`options:dynamic-routing`](OPTIONS)
///   is set to `true`.
///
///   This option disables adding routes to `OVN_Southbound.Learned_Route` and will also remove
///   learned routes.
pub const OPTIONS: Column<PortBinding, Map<String, String>> = Column::new(13);

/// `parent_port`: This is taken from `OVN_Northbound.Logical_Switch_Port.parent_name` in the
/// OVN_Northbound database's `OVN_Northbound.Logical_Switch_Port` table.
///
/// **Shape**: optional string.
pub const PARENT_PORT: Column<PortBinding, Option<String>> = Column::new(14);

/// `port_security`: This column controls the addresses from which the host attached to the logical
/// port ("the host") is allowed to send packets and to which it is allowed to receive packets. If
/// this column is empty, all addresses are permitted.
///
/// It is copied from the `port_security` column in the `Logical_Switch_Port` table in the
/// Northbound database. It follows the same format as that column.
///
/// **Shape**: set of strings.
pub const PORT_SECURITY: Column<PortBinding, Set<String>> = Column::new(15);

/// `requested_additional_chassis`: This column exists so that the ovn-controller can effectively
/// monitor all [`Port_Binding`](PortBinding) records destined for it, and is a supplement to the
/// [`Port_Binding.options:requested-chassis`](OPTIONS) option when multiple chassis are listed.
/// This column must be a list of [`Chassis`] records. This is populated by `ovn-northd` when the
/// `OVN_Northbound.Logical_Switch_Port.options:requested-chassis` is defined as a list of chassis
/// names or hostnames. See also [`Port_Binding.requested_chassis`](REQUESTED_CHASSIS).
///
/// **Shape**: set of weak references to [`Chassis`].
pub const REQUESTED_ADDITIONAL_CHASSIS: Column<PortBinding, Set<Ref<Chassis>>> = Column::new(16);

/// `requested_chassis`: This column exists so that the ovn-controller can effectively monitor all
/// [`Port_Binding`](PortBinding) records destined for it, and is a supplement to the
/// [`Port_Binding.options:requested-chassis`](OPTIONS) option. The option is still required so that
/// the ovn-controller can check the CMS intent when the chassis pointed to does not currently
/// exist, which for example occurs when the ovn-controller is stopped without passing the --restart
/// argument. This column must be a [`Chassis`] record. This is populated by `ovn-northd` when the
/// `OVN_Northbound.Logical_Switch_Port.options:requested-chassis` is defined and contains a string
/// matching the name or hostname of an existing chassis. See also
/// [`Port_Binding.requested_additional_chassis`](REQUESTED_ADDITIONAL_CHASSIS).
///
/// **Shape**: optional weak reference to [`Chassis`].
pub const REQUESTED_CHASSIS: Column<PortBinding, Option<Ref<Chassis>>> = Column::new(17);

/// `tag`: If set, indicates that the port represents a connection to a specific VLAN on a locally
/// accessible network. The VLAN ID is used to match incoming traffic and is also added to outgoing
/// traffic.
///
/// If set, indicates that the gateway is connected to a specific VLAN on the physical network. The
/// VLAN ID is used to match incoming traffic and is also added to outgoing traffic.
///
/// Identifies the VLAN tag in the network traffic associated with that container's network
/// interface.
///
/// This column is used for a different purpose when [`type`](TYPE) is `localnet` (see `Localnet
/// Options`, above) or `l2gateway` (see `L2 Gateway Options`, above).
///
/// **Shape**: optional integer from 1 to 4095.
pub const TAG: Column<PortBinding, Option<i64>> = Column::new(18);

/// `tunnel_key`: A number that represents the logical port in the key (e.g. Geneve TLV) field
/// carried within tunnel protocol packets.
///
/// The tunnel ID must be unique within the scope of a logical datapath.
///
/// **Shape**: integer from 1 to 32767.
pub const TUNNEL_KEY: Column<PortBinding, i64> = Column::new(19);

/// `type`: A type for this logical port. Logical ports can be used to model other types of
/// connectivity into an OVN logical switch. The following types are defined:
///
/// - (empty string): VM (or VIF) interface.
/// - `patch`: One of a pair of logical ports that act as if connected by a patch cable. Useful for
///   connecting two logical datapaths, e.g. to connect a logical router to a logical switch or to
///   another logical router.
/// - `l3gateway`: One of a pair of logical ports that act as if connected by a patch cable across
///   multiple chassis. Useful for connecting a logical switch with a Gateway router (which is only
///   resident on a particular chassis).
/// - `localnet`: A connection to a locally accessible network from `ovn-controller` instances that
///   have a corresponding bridge mapping. A logical switch can have multiple `localnet` ports
///   attached. This type is used to model direct connectivity to existing networks. In this case,
///   each chassis should have a mapping for one of the physical networks only. Note: nothing said
///   above implies that a chassis cannot be plugged to multiple physical networks as long as they
///   belong to different switches.
/// - `localport`: A connection to a local VIF. Traffic that arrives on a `localport` is never
///   forwarded over a tunnel to another chassis. These ports are present on every chassis and have
///   the same address in all of them. This is used to model connectivity to local services that run
///   on every hypervisor.
/// - `l2gateway`: An L2 connection to a physical network. The chassis this
///   [`Port_Binding`](PortBinding) is bound to will serve as an L2 gateway to the network named by
///   [`Port_Binding.options`](OPTIONS):`network_name`.
/// - `vtep`: A port to a logical switch on a VTEP gateway chassis. In order to get this port
///   correctly recognized by the OVN controller, the
///   [`Port_Binding.options`](OPTIONS):`vtep-physical-switch` and
///   [`Port_Binding.options`](OPTIONS):`vtep-logical-switch` must also be defined.
/// - `chassisredirect`: A logical port that represents a particular instance, bound to a specific
///   chassis, of an otherwise distributed parent port (e.g. of type `patch`). A `chassisredirect`
///   port should never be used as an `inport`. When an ingress pipeline sets the `outport`, it may
///   set the value to a logical port of type `chassisredirect`. This will cause the packet to be
///   directed to a specific chassis to carry out the egress pipeline. At the beginning of the
///   egress pipeline, the `outport` will be reset to the value of the distributed port.
/// - `virtual`: Represents a logical port with an `virtual ip`. This `virtual ip` can be configured
///   on a logical port (which is referred as virtual parent).
///
/// **Shape**: string.
pub const TYPE: Column<PortBinding, String> = Column::new(20);

/// `up`: This is set to `true` whenever all OVS flows required by this Port_Binding have been
/// installed. This is populated by `ovn-controller`.
///
/// **Shape**: optional boolean.
pub const UP: Column<PortBinding, Option<bool>> = Column::new(21);

/// `virtual_parent`: This column is set by `ovn-controller` with one of the value from the
/// `OVN_Northbound.Logical_Switch_Port.options:virtual-parents` in the OVN_Northbound database's
/// `OVN_Northbound.Logical_Switch_Port` table when the OVN action `bind_vport` is executed.
/// `ovn-controller` also sets the [`chassis`](CHASSIS) column when it executes this action with its
/// chassis id.
///
/// `ovn-controller` sets this column only if the [`type`](TYPE) is "virtual".
///
/// **Shape**: optional string.
pub const VIRTUAL_PARENT: Column<PortBinding, Option<String>> = Column::new(22);

/// The rows by `datapath`, `tunnel_key`, which together are unique.
pub const BY_DATAPATH_TUNNEL_KEY: Index<PortBinding, (Ref<DatapathBinding>, i64)> =
    Index::schema(0);

/// The rows by `logical_port`, which is unique.
pub const BY_LOGICAL_PORT: Index<PortBinding, String> = Index::schema(1);

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
    name: "Port_Binding",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "additional_chassis",
            key: BaseDef { reference: Some(("Chassis", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "additional_encap",
            key: BaseDef { reference: Some(("Encap", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "chassis",
            key: BaseDef { reference: Some(("Chassis", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "datapath",
            key: BaseDef { reference: Some(("Datapath_Binding", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
        ColumnDef {
            name: "encap",
            key: BaseDef { reference: Some(("Encap", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "gateway_chassis",
            key: BaseDef { reference: Some(("Gateway_Chassis", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "ha_chassis_group",
            key: BaseDef { reference: Some(("HA_Chassis_Group", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "logical_port", ..PLAIN },
        ColumnDef { name: "mac", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "mirror_port", min: 0, ..PLAIN },
        ColumnDef {
            name: "mirror_rules",
            key: BaseDef { reference: Some(("Mirror", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "nat_addresses", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "parent_port", min: 0, ..PLAIN },
        ColumnDef { name: "port_security", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "requested_additional_chassis",
            key: BaseDef { reference: Some(("Chassis", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "requested_chassis",
            key: BaseDef { reference: Some(("Chassis", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "tag",
            key: BaseDef { integers: (Some(1), Some(4095)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "tunnel_key",
            key: BaseDef { integers: (Some(1), Some(32767)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef { name: "type", ..PLAIN },
        ColumnDef { name: "up", key: BOOLEAN, min: 0, ..PLAIN },
        ColumnDef { name: "virtual_parent", min: 0, ..PLAIN },
    ],
    indexes: &[&[3, 19], &[8]],
};

impl Table for PortBinding {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ADDITIONAL_CHASSIS, self.additional_chassis());
        visitor.column(ADDITIONAL_ENCAP, self.additional_encap());
        visitor.column(CHASSIS, self.chassis());
        visitor.column(DATAPATH, self.datapath());
        visitor.column(ENCAP, self.encap());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(GATEWAY_CHASSIS, self.gateway_chassis());
        visitor.column(HA_CHASSIS_GROUP, self.ha_chassis_group());
        visitor.column(LOGICAL_PORT, self.logical_port());
        visitor.column(MAC, self.mac());
        visitor.column(MIRROR_PORT, self.mirror_port());
        visitor.column(MIRROR_RULES, self.mirror_rules());
        visitor.column(NAT_ADDRESSES, self.nat_addresses());
        visitor.column(OPTIONS, self.options());
        visitor.column(PARENT_PORT, self.parent_port());
        visitor.column(PORT_SECURITY, self.port_security());
        visitor.column(
            REQUESTED_ADDITIONAL_CHASSIS,
            self.requested_additional_chassis(),
        );
        visitor.column(REQUESTED_CHASSIS, self.requested_chassis());
        visitor.column(TAG, self.tag());
        visitor.column(TUNNEL_KEY, self.tunnel_key());
        visitor.column(TYPE, self.type_());
        visitor.column(UP, self.up());
        visitor.column(VIRTUAL_PARENT, self.virtual_parent());
    }
}

impl fmt::Debug for PortBinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl PortBinding {
    /// The meaning of this column is the same as for the [`chassis`](CHASSIS). See
    /// [`ADDITIONAL_CHASSIS`].
    pub fn additional_chassis(&self) -> SetView<'_, Ref<Chassis>> {
        self.0.get(ADDITIONAL_CHASSIS)
    }

    /// Points to preferred encapsulation configuration to transmit logical dataplane packets to
    /// this additional chassis. See [`ADDITIONAL_ENCAP`].
    pub fn additional_encap(&self) -> SetView<'_, Ref<Encap>> {
        self.0.get(ADDITIONAL_ENCAP)
    }

    /// The meaning of this column depends on the value of the [`type`](TYPE) column. See
    /// [`CHASSIS`].
    pub fn chassis(&self) -> Option<Ref<Chassis>> {
        self.0.get(CHASSIS)
    }

    /// The logical datapath to which the logical port belongs. See [`DATAPATH`].
    pub fn datapath(&self) -> Ref<DatapathBinding> {
        self.0.get(DATAPATH)
    }

    /// Points to preferred encapsulation configuration to transmit logical dataplane packets to
    /// this chassis. See [`ENCAP`].
    pub fn encap(&self) -> Option<Ref<Encap>> {
        self.0.get(ENCAP)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// A list of [`Gateway_Chassis`](GatewayChassis). See [`GATEWAY_CHASSIS`].
    pub fn gateway_chassis(&self) -> SetView<'_, Ref<GatewayChassis>> {
        self.0.get(GATEWAY_CHASSIS)
    }

    /// This should only be populated for ports with [`type`](TYPE) set to `chassisredirect`. See
    /// [`HA_CHASSIS_GROUP`].
    pub fn ha_chassis_group(&self) -> Option<Ref<HaChassisGroup>> {
        self.0.get(HA_CHASSIS_GROUP)
    }

    /// A logical port. See [`LOGICAL_PORT`].
    pub fn logical_port(&self) -> &str {
        self.0.get(LOGICAL_PORT)
    }

    /// This column is a misnomer as it may contain MAC addresses and IP addresses. See [`MAC`].
    pub fn mac(&self) -> SetView<'_, String> {
        self.0.get(MAC)
    }

    /// Points to mirror target port fot lport mirror type. See [`MIRROR_PORT`].
    pub fn mirror_port(&self) -> Option<&str> {
        self.0.get(MIRROR_PORT)
    }

    /// Mirror rules that apply to the port binding. See [`MIRROR_RULES`].
    pub fn mirror_rules(&self) -> SetView<'_, Ref<Mirror>> {
        self.0.get(MIRROR_RULES)
    }

    /// MAC address followed by a list of SNAT and DNAT external IP addresses, followed by
    /// `is_chassis_resident("lport")`, where *lport* is the name of a logical port on the same
    /// chassis where the corresponding NAT rules are applied. See [`NAT_ADDRESSES`].
    pub fn nat_addresses(&self) -> SetView<'_, String> {
        self.0.get(NAT_ADDRESSES)
    }

    /// The column `options`. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// This is taken from `OVN_Northbound.Logical_Switch_Port.parent_name` in the OVN_Northbound
    /// database's `OVN_Northbound.Logical_Switch_Port` table. See [`PARENT_PORT`].
    pub fn parent_port(&self) -> Option<&str> {
        self.0.get(PARENT_PORT)
    }

    /// This column controls the addresses from which the host attached to the logical port ("the
    /// host") is allowed to send packets and to which it is allowed to receive packets. See
    /// [`PORT_SECURITY`].
    pub fn port_security(&self) -> SetView<'_, String> {
        self.0.get(PORT_SECURITY)
    }

    /// This column exists so that the ovn-controller can effectively monitor all
    /// [`Port_Binding`](PortBinding) records destined for it, and is a supplement to the
    /// [`Port_Binding.options:requested-chassis`](OPTIONS) option when multiple chassis are listed.
    /// See [`REQUESTED_ADDITIONAL_CHASSIS`].
    pub fn requested_additional_chassis(&self) -> SetView<'_, Ref<Chassis>> {
        self.0.get(REQUESTED_ADDITIONAL_CHASSIS)
    }

    /// This column exists so that the ovn-controller can effectively monitor all
    /// [`Port_Binding`](PortBinding) records destined for it, and is a supplement to the
    /// [`Port_Binding.options:requested-chassis`](OPTIONS) option. See [`REQUESTED_CHASSIS`].
    pub fn requested_chassis(&self) -> Option<Ref<Chassis>> {
        self.0.get(REQUESTED_CHASSIS)
    }

    /// If set, indicates that the port represents a connection to a specific VLAN on a locally
    /// accessible network. See [`TAG`].
    pub fn tag(&self) -> Option<i64> {
        self.0.get(TAG)
    }

    /// A number that represents the logical port in the key (e.g. Geneve TLV) field carried within
    /// tunnel protocol packets. See [`TUNNEL_KEY`].
    pub fn tunnel_key(&self) -> i64 {
        self.0.get(TUNNEL_KEY)
    }

    /// A type for this logical port. See [`TYPE`].
    pub fn type_(&self) -> &str {
        self.0.get(TYPE)
    }

    /// This is set to `true` whenever all OVS flows required by this Port_Binding have been
    /// installed. See [`UP`].
    pub fn up(&self) -> Option<bool> {
        self.0.get(UP)
    }

    /// This column is set by `ovn-controller` with one of the value from the
    /// `OVN_Northbound.Logical_Switch_Port.options:virtual-parents` in the OVN_Northbound
    /// database's `OVN_Northbound.Logical_Switch_Port` table when the OVN action `bind_vport` is
    /// executed. See [`VIRTUAL_PARENT`].
    pub fn virtual_parent(&self) -> Option<&str> {
        self.0.get(VIRTUAL_PARENT)
    }
}
