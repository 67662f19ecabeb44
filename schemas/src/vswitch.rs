//! `Open_vSwitch`: Open vSwitch Configuration Database.
//!
//! Generated from vswitch.ovsschema 8.8.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.
//!
//! A database with this schema holds the configuration for one Open vSwitch daemon. The top-level
//! configuration for the daemon is the [`Open_vSwitch`](OpenVswitch) table, which must have exactly
//! one record. Records in other tables are significant only when they can be reached directly or
//! indirectly from the [`Open_vSwitch`](OpenVswitch) table. Records that are not reachable from the
//! [`Open_vSwitch`](OpenVswitch) table are automatically deleted from the database, except for
//! records in a few distinguished "root set" tables.
//!
//! **Common Columns**
//!
//! Most tables contain two special columns, named `other_config` and `external_ids`. These columns
//! have the same form and purpose each place that they appear, so we describe them here to save
//! space later.
//!
//! - `other_config`: map of string-string pairs: Key-value pairs for configuring rarely used
//!   features. Supported keys, along with the forms taken by their values, are documented
//!   individually for each table.
//!
//!   A few tables do not have `other_config` columns because no key-value pairs have yet been
//!   defined for them.
//! - `external_ids`: map of string-string pairs: Key-value pairs for use by external frameworks
//!   that integrate with Open vSwitch, rather than by Open vSwitch itself. System integrators
//!   should either use the Open vSwitch development mailing list to coordinate on common key-value
//!   definitions, or choose key names that are likely to be unique. In some cases, where key-value
//!   pairs have been defined that are likely to be widely useful, they are documented individually
//!   for each table.

pub mod auto_attach;
pub mod bridge;
pub mod controller;
pub mod ct_timeout_policy;
pub mod ct_zone;
pub mod datapath;
pub mod flow_sample_collector_set;
pub mod flow_table;
pub mod interface;
pub mod ipfix;
pub mod manager;
pub mod mirror;
pub mod net_flow;
pub mod open_vswitch;
pub mod port;
pub mod qos;
pub mod queue;
pub mod sflow;
pub mod ssl;

use ovsdb_client::table::{DatabaseDef, Row, Table, Visit};

pub use self::auto_attach::AutoAttach;
pub use self::bridge::{Bridge, BridgeFailMode, BridgeProtocols};
pub use self::controller::{Controller, ControllerConnectionMode, ControllerRole, ControllerType};
pub use self::ct_timeout_policy::{CtTimeoutPolicy, CtTimeoutPolicyTimeoutsKey};
pub use self::ct_zone::CtZone;
pub use self::datapath::Datapath;
pub use self::flow_sample_collector_set::FlowSampleCollectorSet;
pub use self::flow_table::{FlowTable, FlowTableOverflowPolicy};
pub use self::interface::{
    Interface, InterfaceAdminState, InterfaceCfmRemoteOpstate, InterfaceDuplex, InterfaceLinkState,
};
pub use self::ipfix::Ipfix;
pub use self::manager::{Manager, ManagerConnectionMode};
pub use self::mirror::Mirror;
pub use self::net_flow::NetFlow;
pub use self::open_vswitch::OpenVswitch;
pub use self::port::{Port, PortBondMode, PortLacp, PortVlanMode};
pub use self::qos::Qos;
pub use self::queue::Queue;
pub use self::sflow::Sflow;
pub use self::ssl::Ssl;

/// The database, with its tables ascending by name.
pub static DATABASE: DatabaseDef = DatabaseDef {
    name: "Open_vSwitch",
    version: "8.8.0",
    tables: &[
        &auto_attach::DEFINITION,
        &bridge::DEFINITION,
        &ct_timeout_policy::DEFINITION,
        &ct_zone::DEFINITION,
        &controller::DEFINITION,
        &datapath::DEFINITION,
        &flow_sample_collector_set::DEFINITION,
        &flow_table::DEFINITION,
        &ipfix::DEFINITION,
        &interface::DEFINITION,
        &manager::DEFINITION,
        &mirror::DEFINITION,
        &net_flow::DEFINITION,
        &open_vswitch::DEFINITION,
        &port::DEFINITION,
        &qos::DEFINITION,
        &queue::DEFINITION,
        &ssl::DEFINITION,
        &sflow::DEFINITION,
    ],
};

/// Shows a row of the table called `table` to `visitor`, read by the generated type; false when
/// there is no such table.
pub fn visit(table: &str, row: Row, visitor: &mut impl Visit) -> bool {
    match table {
        "AutoAttach" => AutoAttach::from_row(row).visit(visitor),
        "Bridge" => Bridge::from_row(row).visit(visitor),
        "CT_Timeout_Policy" => CtTimeoutPolicy::from_row(row).visit(visitor),
        "CT_Zone" => CtZone::from_row(row).visit(visitor),
        "Controller" => Controller::from_row(row).visit(visitor),
        "Datapath" => Datapath::from_row(row).visit(visitor),
        "Flow_Sample_Collector_Set" => FlowSampleCollectorSet::from_row(row).visit(visitor),
        "Flow_Table" => FlowTable::from_row(row).visit(visitor),
        "IPFIX" => Ipfix::from_row(row).visit(visitor),
        "Interface" => Interface::from_row(row).visit(visitor),
        "Manager" => Manager::from_row(row).visit(visitor),
        "Mirror" => Mirror::from_row(row).visit(visitor),
        "NetFlow" => NetFlow::from_row(row).visit(visitor),
        "Open_vSwitch" => OpenVswitch::from_row(row).visit(visitor),
        "Port" => Port::from_row(row).visit(visitor),
        "QoS" => Qos::from_row(row).visit(visitor),
        "Queue" => Queue::from_row(row).visit(visitor),
        "SSL" => Ssl::from_row(row).visit(visitor),
        "sFlow" => Sflow::from_row(row).visit(visitor),
        _ => return false,
    }
    true
}
