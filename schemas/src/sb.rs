//! `OVN_Southbound`: OVN Southbound Database.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.
//!
//! This database holds logical and physical configuration and state for the Open Virtual Network
//! (OVN) system to support virtual network abstraction. For an introduction to OVN, please see
//! `ovn-architecture`(7).
//!
//! The OVN Southbound database sits at the center of the OVN architecture. It is the one component
//! that speaks both southbound directly to all the hypervisors and gateways, via
//! `ovn-controller`/`ovn-controller-vtep`, and northbound to the Cloud Management System, via
//! `ovn-northd`:
//!
//! **Database Structure**
//!
//! The OVN Southbound database contains classes of data with different properties, as described in
//! the sections below.
//!
//! **Physical network**
//!
//! Physical network tables contain information about the chassis nodes in the system. This contains
//! all the information necessary to wire the overlay, such as IP addresses, supported tunnel types,
//! and security keys.
//!
//! The amount of physical network data is small (O(n) in the number of chassis) and it changes
//! infrequently, so it can be replicated to every chassis.
//!
//! The [`Chassis`] and [`Encap`] tables are the physical network tables.
//!
//! **Logical Network**
//!
//! Logical network tables contain the topology of logical switches and routers, ACLs, firewall
//! rules, and everything needed to describe how packets traverse a logical network, represented as
//! logical datapath flows (see Logical Datapath Flows, below).
//!
//! Logical network data may be large (O(n) in the number of logical ports, ACL rules, etc.). Thus,
//! to improve scaling, each chassis should receive only data related to logical networks in which
//! that chassis participates.
//!
//! The logical network data is ultimately controlled by the cloud management system (CMS) running
//! northbound of OVN. That CMS determines the entire OVN logical configuration and therefore the
//! logical network data at any given time is a deterministic function of the CMS's configuration,
//! although that happens indirectly via the `OVN_Northbound` database and `ovn-northd`.
//!
//! Logical network data is likely to change more quickly than physical network data. This is
//! especially true in a container environment where containers are created and destroyed (and
//! therefore added to and deleted from logical switches) quickly.
//!
//! The [`Logical_Flow`](LogicalFlow), [`Multicast_Group`](MulticastGroup), `Address_Group`,
//! [`DHCP_Options`](DhcpOptions), [`DHCPv6_Options`](Dhcpv6Options), and [`DNS`](Dns) tables
//! contain logical network data.
//!
//! **Logical-physical bindings**
//!
//! These tables link logical and physical components. They show the current placement of logical
//! components (such as VMs and VIFs) onto chassis, and map logical entities to the values that
//! represent them in tunnel encapsulations.
//!
//! These tables change frequently, at least every time a VM powers up or down or migrates, and
//! especially quickly in a container environment. The amount of data per VM (or VIF) is small.
//!
//! Each chassis is authoritative about the VMs and VIFs that it hosts at any given time and can
//! efficiently flood that state to a central location, so the consistency needs are minimal.
//!
//! The [`Port_Binding`](PortBinding) and [`Datapath_Binding`](DatapathBinding) tables contain
//! binding data.
//!
//! **MAC bindings**
//!
//! The [`MAC_Binding`](MacBinding) table tracks the bindings from IP addresses to Ethernet
//! addresses that are dynamically discovered using ARP (for IPv4) and neighbor discovery (for
//! IPv6). Usually, IP-to-MAC bindings for virtual machines are statically populated into the
//! [`Port_Binding`](PortBinding) table, so [`MAC_Binding`](MacBinding) is primarily used to
//! discover bindings on physical networks.
//!
//! **Common Columns**
//!
//! Some tables contain a special column named `external_ids`. This column has the same form and
//! purpose each place that it appears, so we describe it here to save space later.
//!
//! - `external_ids`: map of string-string pairs: Key-value pairs for use by the software that
//!   manages the OVN Southbound database rather than by `ovn-controller`/`ovn-controller-vtep`. In
//!   particular, `ovn-northd` can use key-value pairs in this column to relate entities in the
//!   southbound database to higher-level entities (such as entities in the OVN Northbound
//!   database). Individual key-value pairs in this column may be documented in some cases to aid in
//!   understanding and troubleshooting, but the reader should not mistake such documentation as
//!   comprehensive.

pub mod acl_id;
pub mod address_set;
pub mod advertised_mac_binding;
pub mod advertised_route;
pub mod bfd;
pub mod chassis;
pub mod chassis_private;
pub mod chassis_template_var;
pub mod connection;
pub mod controller_event;
pub mod datapath_binding;
pub mod dhcp_options;
pub mod dhcpv6_options;
pub mod dns;
pub mod ecmp_nexthop;
pub mod encap;
pub mod fdb;
pub mod gateway_chassis;
pub mod ha_chassis;
pub mod ha_chassis_group;
pub mod igmp_group;
pub mod ip_multicast;
pub mod learned_route;
pub mod load_balancer;
pub mod logical_dp_group;
pub mod logical_flow;
pub mod mac_binding;
pub mod meter;
pub mod meter_band;
pub mod mirror;
pub mod multicast_group;
pub mod port_binding;
pub mod port_group;
pub mod rbac_permission;
pub mod rbac_role;
pub mod sb_global;
pub mod service_monitor;
pub mod ssl;
pub mod static_mac_binding;

use ovsdb_client::table::{DatabaseDef, Row, Table, Visit};

pub use self::acl_id::AclId;
pub use self::address_set::AddressSet;
pub use self::advertised_mac_binding::AdvertisedMacBinding;
pub use self::advertised_route::AdvertisedRoute;
pub use self::bfd::{Bfd, BfdStatus};
pub use self::chassis::Chassis;
pub use self::chassis_private::ChassisPrivate;
pub use self::chassis_template_var::ChassisTemplateVar;
pub use self::connection::Connection;
pub use self::controller_event::{ControllerEvent, ControllerEventEventType};
pub use self::datapath_binding::{DatapathBinding, DatapathBindingType};
pub use self::dhcp_options::{DhcpOptions, DhcpOptionsType};
pub use self::dhcpv6_options::{Dhcpv6Options, Dhcpv6OptionsType};
pub use self::dns::Dns;
pub use self::ecmp_nexthop::EcmpNexthop;
pub use self::encap::{Encap, EncapType};
pub use self::fdb::Fdb;
pub use self::gateway_chassis::GatewayChassis;
pub use self::ha_chassis::HaChassis;
pub use self::ha_chassis_group::HaChassisGroup;
pub use self::igmp_group::IgmpGroup;
pub use self::ip_multicast::IpMulticast;
pub use self::learned_route::LearnedRoute;
pub use self::load_balancer::{LoadBalancer, LoadBalancerProtocol};
pub use self::logical_dp_group::LogicalDpGroup;
pub use self::logical_flow::{LogicalFlow, LogicalFlowPipeline};
pub use self::mac_binding::MacBinding;
pub use self::meter::{Meter, MeterUnit};
pub use self::meter_band::{MeterBand, MeterBandAction};
pub use self::mirror::{Mirror, MirrorFilter, MirrorType};
pub use self::multicast_group::MulticastGroup;
pub use self::port_binding::PortBinding;
pub use self::port_group::PortGroup;
pub use self::rbac_permission::RbacPermission;
pub use self::rbac_role::RbacRole;
pub use self::sb_global::SbGlobal;
pub use self::service_monitor::{
    ServiceMonitor, ServiceMonitorProtocol, ServiceMonitorStatus, ServiceMonitorType,
};
pub use self::ssl::Ssl;
pub use self::static_mac_binding::StaticMacBinding;

/// The database, with its tables ascending by name.
pub static DATABASE: DatabaseDef = DatabaseDef {
    name: "OVN_Southbound",
    version: "21.8.0",
    tables: &[
        &acl_id::DEFINITION,
        &address_set::DEFINITION,
        &advertised_mac_binding::DEFINITION,
        &advertised_route::DEFINITION,
        &bfd::DEFINITION,
        &chassis::DEFINITION,
        &chassis_private::DEFINITION,
        &chassis_template_var::DEFINITION,
        &connection::DEFINITION,
        &controller_event::DEFINITION,
        &dhcp_options::DEFINITION,
        &dhcpv6_options::DEFINITION,
        &dns::DEFINITION,
        &datapath_binding::DEFINITION,
        &ecmp_nexthop::DEFINITION,
        &encap::DEFINITION,
        &fdb::DEFINITION,
        &gateway_chassis::DEFINITION,
        &ha_chassis::DEFINITION,
        &ha_chassis_group::DEFINITION,
        &igmp_group::DEFINITION,
        &ip_multicast::DEFINITION,
        &learned_route::DEFINITION,
        &load_balancer::DEFINITION,
        &logical_dp_group::DEFINITION,
        &logical_flow::DEFINITION,
        &mac_binding::DEFINITION,
        &meter::DEFINITION,
        &meter_band::DEFINITION,
        &mirror::DEFINITION,
        &multicast_group::DEFINITION,
        &port_binding::DEFINITION,
        &port_group::DEFINITION,
        &rbac_permission::DEFINITION,
        &rbac_role::DEFINITION,
        &sb_global::DEFINITION,
        &ssl::DEFINITION,
        &service_monitor::DEFINITION,
        &static_mac_binding::DEFINITION,
    ],
};

/// Shows a row of the table called `table` to `visitor`, read by the generated type; false when
/// there is no such table.
pub fn visit(table: &str, row: Row, visitor: &mut impl Visit) -> bool {
    match table {
        "ACL_ID" => AclId::from_row(row).visit(visitor),
        "Address_Set" => AddressSet::from_row(row).visit(visitor),
        "Advertised_MAC_Binding" => AdvertisedMacBinding::from_row(row).visit(visitor),
        "Advertised_Route" => AdvertisedRoute::from_row(row).visit(visitor),
        "BFD" => Bfd::from_row(row).visit(visitor),
        "Chassis" => Chassis::from_row(row).visit(visitor),
        "Chassis_Private" => ChassisPrivate::from_row(row).visit(visitor),
        "Chassis_Template_Var" => ChassisTemplateVar::from_row(row).visit(visitor),
        "Connection" => Connection::from_row(row).visit(visitor),
        "Controller_Event" => ControllerEvent::from_row(row).visit(visitor),
        "DHCP_Options" => DhcpOptions::from_row(row).visit(visitor),
        "DHCPv6_Options" => Dhcpv6Options::from_row(row).visit(visitor),
        "DNS" => Dns::from_row(row).visit(visitor),
        "Datapath_Binding" => DatapathBinding::from_row(row).visit(visitor),
        "ECMP_Nexthop" => EcmpNexthop::from_row(row).visit(visitor),
        "Encap" => Encap::from_row(row).visit(visitor),
        "FDB" => Fdb::from_row(row).visit(visitor),
        "Gateway_Chassis" => GatewayChassis::from_row(row).visit(visitor),
        "HA_Chassis" => HaChassis::from_row(row).visit(visitor),
        "HA_Chassis_Group" => HaChassisGroup::from_row(row).visit(visitor),
        "IGMP_Group" => IgmpGroup::from_row(row).visit(visitor),
        "IP_Multicast" => IpMulticast::from_row(row).visit(visitor),
        "Learned_Route" => LearnedRoute::from_row(row).visit(visitor),
        "Load_Balancer" => LoadBalancer::from_row(row).visit(visitor),
        "Logical_DP_Group" => LogicalDpGroup::from_row(row).visit(visitor),
        "Logical_Flow" => LogicalFlow::from_row(row).visit(visitor),
        "MAC_Binding" => MacBinding::from_row(row).visit(visitor),
        "Meter" => Meter::from_row(row).visit(visitor),
        "Meter_Band" => MeterBand::from_row(row).visit(visitor),
        "Mirror" => Mirror::from_row(row).visit(visitor),
        "Multicast_Group" => MulticastGroup::from_row(row).visit(visitor),
        "Port_Binding" => PortBinding::from_row(row).visit(visitor),
        "Port_Group" => PortGroup::from_row(row).visit(visitor),
        "RBAC_Permission" => RbacPermission::from_row(row).visit(visitor),
        "RBAC_Role" => RbacRole::from_row(row).visit(visitor),
        "SB_Global" => SbGlobal::from_row(row).visit(visitor),
        "SSL" => Ssl::from_row(row).visit(visitor),
        "Service_Monitor" => ServiceMonitor::from_row(row).visit(visitor),
        "Static_MAC_Binding" => StaticMacBinding::from_row(row).visit(visitor),
        _ => return false,
    }
    true
}
