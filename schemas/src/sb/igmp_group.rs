//! Table `IGMP_Group` of `OVN_Southbound`.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Ref, RefKind, Row, Set, SetView, Table, TableDef,
    UNLIMITED, Visit, debug,
};

use super::chassis::Chassis;
use super::datapath_binding::DatapathBinding;
use super::port_binding::PortBinding;

/// Contains learned IGMP groups indexed by address/datapath/chassis.
#[derive(Clone, PartialEq, Eq)]
pub struct IgmpGroup(Row);

/// `address`: Destination IPv4 address for the IGMP group.
///
/// **Shape**: string.
pub const ADDRESS: Column<IgmpGroup, String> = Column::new(0);

/// `chassis`: Chassis to which this IGMP group belongs.
///
/// **Shape**: optional weak reference to [`Chassis`].
pub const CHASSIS: Column<IgmpGroup, Option<Ref<Chassis>>> = Column::new(1);

/// `chassis_name`: The chassis that inserted this record. This column is used for RBAC purposes
/// only.
///
/// **Shape**: string.
pub const CHASSIS_NAME: Column<IgmpGroup, String> = Column::new(2);

/// `datapath`: Datapath to which this IGMP group belongs.
///
/// **Shape**: optional weak reference to [`DatapathBinding`].
pub const DATAPATH: Column<IgmpGroup, Option<Ref<DatapathBinding>>> = Column::new(3);

/// `ports`: The destination port bindings for this IGMP group.
///
/// **Shape**: set of weak references to [`PortBinding`].
pub const PORTS: Column<IgmpGroup, Set<Ref<PortBinding>>> = Column::new(4);

/// `protocol`: Group protocol version either IGMPv1,v2,v3 or MLDv1,v2.
///
/// **Shape**: string.
pub const PROTOCOL: Column<IgmpGroup, String> = Column::new(5);

/// The rows by `address`, `datapath`, `chassis`, which together are unique.
pub const BY_ADDRESS_DATAPATH_CHASSIS: Index<
    IgmpGroup,
    (String, Option<Ref<DatapathBinding>>, Option<Ref<Chassis>>),
> = Index::schema(0);

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
    name: "IGMP_Group",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "address", ..PLAIN },
        ColumnDef {
            name: "chassis",
            key: BaseDef { reference: Some(("Chassis", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "chassis_name", ..PLAIN },
        ColumnDef {
            name: "datapath",
            key: BaseDef { reference: Some(("Datapath_Binding", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "ports",
            key: BaseDef { reference: Some(("Port_Binding", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "protocol", ..PLAIN },
    ],
    indexes: &[&[0, 3, 1]],
};

impl Table for IgmpGroup {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ADDRESS, self.address());
        visitor.column(CHASSIS, self.chassis());
        visitor.column(CHASSIS_NAME, self.chassis_name());
        visitor.column(DATAPATH, self.datapath());
        visitor.column(PORTS, self.ports());
        visitor.column(PROTOCOL, self.protocol());
    }
}

impl fmt::Debug for IgmpGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl IgmpGroup {
    /// Destination IPv4 address for the IGMP group. See [`ADDRESS`].
    pub fn address(&self) -> &str {
        self.0.get(ADDRESS)
    }

    /// Chassis to which this IGMP group belongs. See [`CHASSIS`].
    pub fn chassis(&self) -> Option<Ref<Chassis>> {
        self.0.get(CHASSIS)
    }

    /// The chassis that inserted this record. See [`CHASSIS_NAME`].
    pub fn chassis_name(&self) -> &str {
        self.0.get(CHASSIS_NAME)
    }

    /// Datapath to which this IGMP group belongs. See [`DATAPATH`].
    pub fn datapath(&self) -> Option<Ref<DatapathBinding>> {
        self.0.get(DATAPATH)
    }

    /// The destination port bindings for this IGMP group. See [`PORTS`].
    pub fn ports(&self) -> SetView<'_, Ref<PortBinding>> {
        self.0.get(PORTS)
    }

    /// Group protocol version either IGMPv1,v2,v3 or MLDv1,v2. See [`PROTOCOL`].
    pub fn protocol(&self) -> &str {
        self.0.get(PROTOCOL)
    }
}
