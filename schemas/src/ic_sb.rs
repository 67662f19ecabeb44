//! `OVN_IC_Southbound`: OVN Interconnection Southbound Database.
//!
//! Generated from ovn-ic-sb.ovsschema 2.4.0 (OVN v26.03.1, Apache-2.0); do not edit.
//!
//! This database holds configuration and state for interconnecting different OVN deployments. The
//! content of the database is populated and used by the `ovn-ic` program in each OVN deployment,
//! and not supposed to be directly used by CMS or end user.
//!
//! The OVN Interconnection Southbound database is shared by `ovn-ic` program in each OVN
//! deployment. It contains interconnection information from all related OVN deployments, and is
//! used as the intermediate store for each OVN deployment to exchange the information. The `ovn-ic`
//! program in each deployment is responsible for syncing the data between this database and the its
//! own northbound and southbound databases.
//!
//! **Database Structure**
//!
//! The OVN Interconnection Southbound database contains classes of data with different properties,
//! as described in the sections below.
//!
//! **Availability Zone Specific Information**
//!
//! These tables contain objects that are availability zone specific. Each object is owned and
//! populated by one availability zone, and read by other availability zones.
//!
//! The [`Availability_Zone`](AvailabilityZone), [`Gateway`], [`Encap`] and
//! [`Port_Binding`](PortBinding) tables are the availability zone specific tables.
//!
//! **Global Information**
//!
//! The data that does not belong to any specific availability zone but is common for all
//! availability zones.
//!
//! The [`Datapath_Binding`](DatapathBinding) table contains the common datapath binding
//! information.
//!
//! **Common Columns**
//!
//! Each of the tables in this database contains a special column, named `external_ids`. This column
//! has the same form and purpose each place it appears.
//!
//! - `external_ids`: map of string-string pairs: Key-value pairs for use by `ovn-ic`.

pub mod availability_zone;
pub mod connection;
pub mod datapath_binding;
pub mod encap;
pub mod gateway;
pub mod ic_sb_global;
pub mod port_binding;
pub mod route;
pub mod service_monitor;
pub mod ssl;

use ovsdb_client::table::{DatabaseDef, Row, Table, Visit};

pub use self::availability_zone::AvailabilityZone;
pub use self::connection::Connection;
pub use self::datapath_binding::{DatapathBinding, DatapathBindingType};
pub use self::encap::{Encap, EncapType};
pub use self::gateway::Gateway;
pub use self::ic_sb_global::IcSbGlobal;
pub use self::port_binding::{PortBinding, PortBindingType};
pub use self::route::{Route, RouteOrigin};
pub use self::service_monitor::{
    ServiceMonitor, ServiceMonitorProtocol, ServiceMonitorStatus, ServiceMonitorType,
};
pub use self::ssl::Ssl;

/// The database, with its tables ascending by name.
pub static DATABASE: DatabaseDef = DatabaseDef {
    name: "OVN_IC_Southbound",
    version: "2.4.0",
    tables: &[
        &availability_zone::DEFINITION,
        &connection::DEFINITION,
        &datapath_binding::DEFINITION,
        &encap::DEFINITION,
        &gateway::DEFINITION,
        &ic_sb_global::DEFINITION,
        &port_binding::DEFINITION,
        &route::DEFINITION,
        &ssl::DEFINITION,
        &service_monitor::DEFINITION,
    ],
};

/// Shows a row of the table called `table` to `visitor`, read by the generated type; false when
/// there is no such table.
pub fn visit(table: &str, row: Row, visitor: &mut impl Visit) -> bool {
    match table {
        "Availability_Zone" => AvailabilityZone::from_row(row).visit(visitor),
        "Connection" => Connection::from_row(row).visit(visitor),
        "Datapath_Binding" => DatapathBinding::from_row(row).visit(visitor),
        "Encap" => Encap::from_row(row).visit(visitor),
        "Gateway" => Gateway::from_row(row).visit(visitor),
        "IC_SB_Global" => IcSbGlobal::from_row(row).visit(visitor),
        "Port_Binding" => PortBinding::from_row(row).visit(visitor),
        "Route" => Route::from_row(row).visit(visitor),
        "SSL" => Ssl::from_row(row).visit(visitor),
        "Service_Monitor" => ServiceMonitor::from_row(row).visit(visitor),
        _ => return false,
    }
    true
}
