//! `OVN_IC_Northbound`: OVN Interconnection Northbound Database.
//!
//! Generated from ovn-ic-nb.ovsschema 1.3.0 (OVN v26.03.1, Apache-2.0); do not edit.
//!
//! This database is the interface for cloud management system (CMS), such as OpenStack, to
//! configure OVN interconnection settings. The CMS produces almost all of the contents of the
//! database. The `ovn-ic` program monitors the database contents, transforms it, and stores it into
//! the `OVN_IC_Southbound` database.
//!
//! We generally speak of "the" CMS, but one can imagine scenarios in which multiple CMSes manage
//! different parts of OVN interconnection.
//!
//! **External IDs**
//!
//! Each of the tables in this database contains a special column, named `external_ids`. This column
//! has the same form and purpose each place it appears.
//!
//! - `external_ids`: map of string-string pairs: Key-value pairs for use by the CMS. The CMS might
//!   use certain pairs, for example, to identify entities in its own configuration that correspond
//!   to those in this database.

pub mod connection;
pub mod ic_nb_global;
pub mod ssl;
pub mod transit_router;
pub mod transit_router_port;
pub mod transit_switch;

use ovsdb_client::table::{DatabaseDef, Row, Table, Visit};

pub use self::connection::Connection;
pub use self::ic_nb_global::IcNbGlobal;
pub use self::ssl::Ssl;
pub use self::transit_router::TransitRouter;
pub use self::transit_router_port::TransitRouterPort;
pub use self::transit_switch::TransitSwitch;

/// The database, with its tables ascending by name.
pub static DATABASE: DatabaseDef = DatabaseDef {
    name: "OVN_IC_Northbound",
    version: "1.3.0",
    tables: &[
        &connection::DEFINITION,
        &ic_nb_global::DEFINITION,
        &ssl::DEFINITION,
        &transit_router::DEFINITION,
        &transit_router_port::DEFINITION,
        &transit_switch::DEFINITION,
    ],
};

/// Shows a row of the table called `table` to `visitor`, read by the generated type; false when
/// there is no such table.
pub fn visit(table: &str, row: Row, visitor: &mut impl Visit) -> bool {
    match table {
        "Connection" => Connection::from_row(row).visit(visitor),
        "IC_NB_Global" => IcNbGlobal::from_row(row).visit(visitor),
        "SSL" => Ssl::from_row(row).visit(visitor),
        "Transit_Router" => TransitRouter::from_row(row).visit(visitor),
        "Transit_Router_Port" => TransitRouterPort::from_row(row).visit(visitor),
        "Transit_Switch" => TransitSwitch::from_row(row).visit(visitor),
        _ => return false,
    }
    true
}
