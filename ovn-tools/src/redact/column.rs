//! Columns whose text is no plain text.

use ovn_schemas::{nb, sb, vswitch};
use ovsdb_client::table::{Column, Table};

use crate::database::Database;

/// What the text in a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Names, addresses and sentences.
    Plain,
    /// The language of matches and actions, with names in quotes and after sigils.
    Expression,
    /// Words of OVN or Open vSwitch, and versions.
    Kept,
}

/// Keys of maps whose values are words of northd, or beginnings of UUIDs.
const KEPT_KEYS: [&str; 4] = [
    "stage-hint",
    "stage-name",
    "source",
    "northd_internal_version",
];

/// Whether the value of this key stays as it is.
pub(super) fn is_kept(key: &str) -> bool {
    KEPT_KEYS.contains(&key)
}

/// What the text in a column is.
pub(super) fn form(database: Database, table: &str, column: &str) -> Form {
    let (expressions, kept) = match database {
        Database::Nb => (
            vec![
                place(nb::acl::MATCH),
                place(nb::logical_router_policy::MATCH),
                place(nb::nat::MATCH),
                place(nb::qos::MATCH),
            ],
            vec![place(nb::logical_switch_port::TYPE)],
        ),
        Database::Sb => (
            vec![
                place(sb::logical_flow::MATCH),
                place(sb::logical_flow::ACTIONS),
            ],
            vec![
                place(sb::dhcp_options::NAME),
                place(sb::dhcp_options::TYPE),
                place(sb::dhcpv6_options::NAME),
                place(sb::dhcpv6_options::TYPE),
                place(sb::port_binding::TYPE),
                place(sb::rbac_permission::TABLE),
                place(sb::rbac_permission::AUTHORIZATION),
                place(sb::rbac_permission::UPDATE),
                place(sb::rbac_role::NAME),
            ],
        ),
        Database::Ovs => (
            Vec::new(),
            vec![
                place(vswitch::open_vswitch::DATAPATH_TYPES),
                place(vswitch::open_vswitch::IFACE_TYPES),
                place(vswitch::open_vswitch::DB_VERSION),
                place(vswitch::open_vswitch::OVS_VERSION),
                place(vswitch::bridge::DATAPATH_TYPE),
                place(vswitch::bridge::DATAPATH_VERSION),
                place(vswitch::interface::TYPE),
            ],
        ),
    };
    if expressions.contains(&(table, column)) {
        Form::Expression
    } else if kept.contains(&(table, column)) {
        Form::Kept
    } else {
        Form::Plain
    }
}

/// A column's table and name.
fn place<T: Table, V>(column: Column<T, V>) -> (&'static str, &'static str) {
    (T::DEFINITION.name, column.name())
}
