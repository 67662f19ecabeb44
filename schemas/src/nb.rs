//! `OVN_Northbound`: OVN Northbound Database.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.
//!
//! This database is the interface between OVN and the cloud management system (CMS), such as
//! OpenStack, running above it. The CMS produces almost all of the contents of the database. The
//! `ovn-northd` program monitors the database contents, transforms it, and stores it into the
//! `OVN_Southbound` database.
//!
//! We generally speak of "the" CMS, but one can imagine scenarios in which multiple CMSes manage
//! different parts of an OVN deployment.
//!
//! **External IDs**
//!
//! Each of the tables in this database contains a special column, named `external_ids`. This column
//! has the same form and purpose each place it appears.
//!
//! - `external_ids`: map of string-string pairs: Key-value pairs for use by the CMS. The CMS might
//!   use certain pairs, for example, to identify entities in its own configuration that correspond
//!   to those in this database.

pub mod acl;
pub mod address_set;
pub mod bfd;
pub mod chassis_template_var;
pub mod connection;
pub mod copp;
pub mod dhcp_options;
pub mod dhcp_relay;
pub mod dns;
pub mod forwarding_group;
pub mod gateway_chassis;
pub mod ha_chassis;
pub mod ha_chassis_group;
pub mod load_balancer;
pub mod load_balancer_group;
pub mod load_balancer_health_check;
pub mod logical_router;
pub mod logical_router_policy;
pub mod logical_router_port;
pub mod logical_router_static_route;
pub mod logical_switch;
pub mod logical_switch_port;
pub mod logical_switch_port_health_check;
pub mod meter;
pub mod meter_band;
pub mod mirror;
pub mod mirror_rule;
pub mod nat;
pub mod nb_global;
pub mod network_function;
pub mod network_function_group;
pub mod network_function_health_check;
pub mod port_group;
pub mod qos;
pub mod sample;
pub mod sample_collector;
pub mod sampling_app;
pub mod ssl;
pub mod static_mac_binding;

use ovsdb_client::table::{DatabaseDef, Row, Table, Visit};

pub use self::acl::{Acl, AclAction, AclDirection, AclSeverity};
pub use self::address_set::AddressSet;
pub use self::bfd::{Bfd, BfdStatus};
pub use self::chassis_template_var::ChassisTemplateVar;
pub use self::connection::Connection;
pub use self::copp::Copp;
pub use self::dhcp_options::DhcpOptions;
pub use self::dhcp_relay::DhcpRelay;
pub use self::dns::Dns;
pub use self::forwarding_group::ForwardingGroup;
pub use self::gateway_chassis::GatewayChassis;
pub use self::ha_chassis::HaChassis;
pub use self::ha_chassis_group::HaChassisGroup;
pub use self::load_balancer::{LoadBalancer, LoadBalancerProtocol, LoadBalancerSelectionFields};
pub use self::load_balancer_group::LoadBalancerGroup;
pub use self::load_balancer_health_check::LoadBalancerHealthCheck;
pub use self::logical_router::LogicalRouter;
pub use self::logical_router_policy::{LogicalRouterPolicy, LogicalRouterPolicyAction};
pub use self::logical_router_port::LogicalRouterPort;
pub use self::logical_router_static_route::{
    LogicalRouterStaticRoute, LogicalRouterStaticRoutePolicy,
    LogicalRouterStaticRouteSelectionFields,
};
pub use self::logical_switch::LogicalSwitch;
pub use self::logical_switch_port::LogicalSwitchPort;
pub use self::logical_switch_port_health_check::{
    LogicalSwitchPortHealthCheck, LogicalSwitchPortHealthCheckProtocol,
    LogicalSwitchPortHealthCheckStatus,
};
pub use self::meter::{Meter, MeterUnit};
pub use self::meter_band::{MeterBand, MeterBandAction};
pub use self::mirror::{Mirror, MirrorFilter, MirrorType};
pub use self::mirror_rule::{MirrorRule, MirrorRuleAction};
pub use self::nat::{Nat, NatType};
pub use self::nb_global::NbGlobal;
pub use self::network_function::NetworkFunction;
pub use self::network_function_group::{
    NetworkFunctionGroup, NetworkFunctionGroupFallback, NetworkFunctionGroupMode,
};
pub use self::network_function_health_check::NetworkFunctionHealthCheck;
pub use self::port_group::PortGroup;
pub use self::qos::{Qos, QosActionKey, QosBandwidthKey, QosDirection};
pub use self::sample::Sample;
pub use self::sample_collector::SampleCollector;
pub use self::sampling_app::{SamplingApp, SamplingAppType};
pub use self::ssl::Ssl;
pub use self::static_mac_binding::StaticMacBinding;

/// The database, with its tables ascending by name.
pub static DATABASE: DatabaseDef = DatabaseDef {
    name: "OVN_Northbound",
    version: "7.18.0",
    tables: &[
        &acl::DEFINITION,
        &address_set::DEFINITION,
        &bfd::DEFINITION,
        &chassis_template_var::DEFINITION,
        &connection::DEFINITION,
        &copp::DEFINITION,
        &dhcp_options::DEFINITION,
        &dhcp_relay::DEFINITION,
        &dns::DEFINITION,
        &forwarding_group::DEFINITION,
        &gateway_chassis::DEFINITION,
        &ha_chassis::DEFINITION,
        &ha_chassis_group::DEFINITION,
        &load_balancer::DEFINITION,
        &load_balancer_group::DEFINITION,
        &load_balancer_health_check::DEFINITION,
        &logical_router::DEFINITION,
        &logical_router_policy::DEFINITION,
        &logical_router_port::DEFINITION,
        &logical_router_static_route::DEFINITION,
        &logical_switch::DEFINITION,
        &logical_switch_port::DEFINITION,
        &logical_switch_port_health_check::DEFINITION,
        &meter::DEFINITION,
        &meter_band::DEFINITION,
        &mirror::DEFINITION,
        &mirror_rule::DEFINITION,
        &nat::DEFINITION,
        &nb_global::DEFINITION,
        &network_function::DEFINITION,
        &network_function_group::DEFINITION,
        &network_function_health_check::DEFINITION,
        &port_group::DEFINITION,
        &qos::DEFINITION,
        &ssl::DEFINITION,
        &sample::DEFINITION,
        &sample_collector::DEFINITION,
        &sampling_app::DEFINITION,
        &static_mac_binding::DEFINITION,
    ],
};

/// Shows a row of the table called `table` to `visitor`, read by the generated type; false when
/// there is no such table.
pub fn visit(table: &str, row: Row, visitor: &mut impl Visit) -> bool {
    match table {
        "ACL" => Acl::from_row(row).visit(visitor),
        "Address_Set" => AddressSet::from_row(row).visit(visitor),
        "BFD" => Bfd::from_row(row).visit(visitor),
        "Chassis_Template_Var" => ChassisTemplateVar::from_row(row).visit(visitor),
        "Connection" => Connection::from_row(row).visit(visitor),
        "Copp" => Copp::from_row(row).visit(visitor),
        "DHCP_Options" => DhcpOptions::from_row(row).visit(visitor),
        "DHCP_Relay" => DhcpRelay::from_row(row).visit(visitor),
        "DNS" => Dns::from_row(row).visit(visitor),
        "Forwarding_Group" => ForwardingGroup::from_row(row).visit(visitor),
        "Gateway_Chassis" => GatewayChassis::from_row(row).visit(visitor),
        "HA_Chassis" => HaChassis::from_row(row).visit(visitor),
        "HA_Chassis_Group" => HaChassisGroup::from_row(row).visit(visitor),
        "Load_Balancer" => LoadBalancer::from_row(row).visit(visitor),
        "Load_Balancer_Group" => LoadBalancerGroup::from_row(row).visit(visitor),
        "Load_Balancer_Health_Check" => LoadBalancerHealthCheck::from_row(row).visit(visitor),
        "Logical_Router" => LogicalRouter::from_row(row).visit(visitor),
        "Logical_Router_Policy" => LogicalRouterPolicy::from_row(row).visit(visitor),
        "Logical_Router_Port" => LogicalRouterPort::from_row(row).visit(visitor),
        "Logical_Router_Static_Route" => LogicalRouterStaticRoute::from_row(row).visit(visitor),
        "Logical_Switch" => LogicalSwitch::from_row(row).visit(visitor),
        "Logical_Switch_Port" => LogicalSwitchPort::from_row(row).visit(visitor),
        "Logical_Switch_Port_Health_Check" => {
            LogicalSwitchPortHealthCheck::from_row(row).visit(visitor);
        }
        "Meter" => Meter::from_row(row).visit(visitor),
        "Meter_Band" => MeterBand::from_row(row).visit(visitor),
        "Mirror" => Mirror::from_row(row).visit(visitor),
        "Mirror_Rule" => MirrorRule::from_row(row).visit(visitor),
        "NAT" => Nat::from_row(row).visit(visitor),
        "NB_Global" => NbGlobal::from_row(row).visit(visitor),
        "Network_Function" => NetworkFunction::from_row(row).visit(visitor),
        "Network_Function_Group" => NetworkFunctionGroup::from_row(row).visit(visitor),
        "Network_Function_Health_Check" => NetworkFunctionHealthCheck::from_row(row).visit(visitor),
        "Port_Group" => PortGroup::from_row(row).visit(visitor),
        "QoS" => Qos::from_row(row).visit(visitor),
        "SSL" => Ssl::from_row(row).visit(visitor),
        "Sample" => Sample::from_row(row).visit(visitor),
        "Sample_Collector" => SampleCollector::from_row(row).visit(visitor),
        "Sampling_App" => SamplingApp::from_row(row).visit(visitor),
        "Static_MAC_Binding" => StaticMacBinding::from_row(row).visit(visitor),
        _ => return false,
    }
    true
}
