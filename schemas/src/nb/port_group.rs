//! `Port_Group`: Port Groups.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::acl::Acl;
use super::logical_switch_port::LogicalSwitchPort;

/// Each row in this table represents a named group of logical switch ports.
///
/// Port groups may be used in the [`ACL.match`](super::acl::MATCH) column of the [`ACL`](Acl)
/// table. For syntax information, see the details of the expression language used for the
/// `OVN_Southbound.Logical_Flow.match` column in the `OVN_Southbound.Logical_Flow` table of the
/// `OVN_Southbound` database.
///
/// For each port group, there are two address sets generated to the `OVN_Southbound.Address_Set`
/// table of the `OVN_Southbound` database, containing the IP addresses of the group of ports, one
/// for IPv4, and the other for IPv6, with `OVN_Southbound.Address_Set.name` being the
/// `OVN_Northbound.Port_Group.name` of the `OVN_Northbound.Port_Group` followed by a suffix `_ip4`
/// for IPv4 and `_ip6` for IPv6. The generated address sets can be used in the same way as regular
/// address sets in the [`ACL.match`](super::acl::MATCH) column of the [`ACL`](Acl) table. For
/// syntax information, see the details of the expression language used for the
/// `OVN_Southbound.Logical_Flow.match` column in the `OVN_Southbound.Logical_Flow` table of the
/// `OVN_Southbound` database.
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct PortGroup(Row);

/// `acls`: Access control rules that apply to the port group. Applying an ACL to a port group has
/// the same effect as applying the ACL to all logical lswitches that the ports of the port group
/// belong to.
///
/// **Shape**: set of strong references to [`Acl`].
pub const ACLS: Column<PortGroup, Set<Ref<Acl>>> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<PortGroup, Map<String, String>> = Column::new(1);

/// `name`: A name for the port group. Names are ASCII and must match `[a-zA-Z_.][a-zA-Z_.0-9]*`.
///
/// **Shape**: string; unique.
pub const NAME: Column<PortGroup, String> = Column::new(2);

/// `ports`: The logical switch ports belonging to the group in uuids.
///
/// **Shape**: set of weak references to [`LogicalSwitchPort`].
pub const PORTS: Column<PortGroup, Set<Ref<LogicalSwitchPort>>> = Column::new(3);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<PortGroup, String> = Index::schema(0);

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
    name: "Port_Group",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "acls",
            key: BaseDef { reference: Some(("ACL", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef {
            name: "ports",
            key: BaseDef { reference: Some(("Logical_Switch_Port", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
    ],
    indexes: &[&[2]],
};

impl Table for PortGroup {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ACLS, self.acls());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(NAME, self.name());
        visitor.column(PORTS, self.ports());
    }
}

impl fmt::Debug for PortGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl PortGroup {
    /// Access control rules that apply to the port group. See [`ACLS`].
    pub fn acls(&self) -> SetView<'_, Ref<Acl>> {
        self.0.get(ACLS)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// A name for the port group. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The logical switch ports belonging to the group in uuids. See [`PORTS`].
    pub fn ports(&self) -> SetView<'_, Ref<LogicalSwitchPort>> {
        self.0.get(PORTS)
    }
}
