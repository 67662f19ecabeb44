//! Typed tables of OVN and Open vSwitch, generated from the upstream schemas.
//!
//! Each database is a module, each table a row type in it, and each column a method of the row
//! type and a constant of the table's module:
//!
//! ```
//! # #[cfg(feature = "nb")] {
//! use ovn_schemas::nb;
//! use ovsdb_client::table::Table;
//!
//! fn port_count(switch: &nb::LogicalSwitch) -> usize {
//!     switch.ports().len()
//! }
//!
//! assert_eq!(nb::LogicalSwitch::DEFINITION.name, "Logical_Switch");
//! assert_eq!(nb::logical_switch::PORTS.name(), "ports");
//! # }
//! ```
//!
//! **Always write `nb::`, `sb::`, `vswitch::`.** The databases share table names XX
//! `QoS`, `Load_Balancer` and more), and a bare `LoadBalancer` says nothing about whose it is.
//!
//! # Features
//!
//! | feature | module | database | on by default |
//! | --- | --- | --- | --- |
//! | `nb` | `nb` | `OVN_Northbound` | yes |
//! | `sb` | `sb` | `OVN_Southbound` | yes |
//! | `vswitch` | `vswitch` | `Open_vSwitch` | yes |
//! | `server` | `server` | `_Server` | no |
//! | `ic_nb` | `ic_nb` | `OVN_IC_Northbound` | no |
//! | `ic_sb` | `ic_sb` | `OVN_IC_Southbound` | no |
//! | `vtep` | `vtep` | `hardware_vtep` | no |
//!
//! # What holds for every table
//!
//! - A column is read when its method is called; strings are borrowed from the row.
//! - A column that the server's schema lacks reads as its default.
//! - A string column whose values the schema lists has a type of its own, which keeps values that
//!   a newer server added. Integers are always `i64`, listed or bounded or not.
//! - A name that Rust cannot take gets an underscore: the column `match` is the method `match_`.
//!
//! # Where it comes from
//!
//! Everything but this file is generated, by the package `ovn-schemas-codegen`, from the files in
//! `ovsschema/`; its `README.md` says which release each is from. The schemas and the
//! documentation of tables and columns are the work of the OVN and Open vSwitch projects, under the
//! Apache License 2.0.

#[cfg(feature = "nb")]
pub mod nb;

#[cfg(feature = "sb")]
#[expect(
    clippy::type_complexity,
    reason = "an index's key has as many parts as the schema says"
)]
pub mod sb;

#[cfg(feature = "vswitch")]
pub mod vswitch;

#[cfg(feature = "server")]
pub mod server;

#[cfg(feature = "ic_nb")]
pub mod ic_nb;

#[cfg(feature = "ic_sb")]
pub mod ic_sb;

#[cfg(feature = "vtep")]
pub mod vtep;

use ovsdb_client::table::DatabaseDef;

/// The databases whose feature is on.
pub static DATABASES: &[&DatabaseDef] = &[
    #[cfg(feature = "nb")]
    &nb::DATABASE,
    #[cfg(feature = "sb")]
    &sb::DATABASE,
    #[cfg(feature = "vswitch")]
    &vswitch::DATABASE,
    #[cfg(feature = "server")]
    &server::DATABASE,
    #[cfg(feature = "ic_nb")]
    &ic_nb::DATABASE,
    #[cfg(feature = "ic_sb")]
    &ic_sb::DATABASE,
    #[cfg(feature = "vtep")]
    &vtep::DATABASE,
];
