//! `Ucast_Macs_Remote`: Unicast MACs (remote).
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Ref, RefKind, Row, Table, TableDef, Visit, debug,
};

use super::logical_switch::LogicalSwitch;
use super::physical_locator::PhysicalLocator;

/// Mapping of unicast MAC addresses to tunnels (physical locators). This table is written by the
/// NVC, so it contains the MAC addresses that the NVC has learned. These include VM MAC addresses,
/// in which case the physical locators will be hypervisor IP addresses. The NVC will also report
/// MACs that it has learned from other HSCs in the network, in which case the physical locators
/// will be tunnel IP addresses of the corresponding VTEPs.
#[derive(Clone, PartialEq, Eq)]
pub struct UcastMacsRemote(Row);

/// `MAC`: A MAC address that has been learned by the NVC.
///
/// **Shape**: string.
pub const MAC: Column<UcastMacsRemote, String> = Column::new(0);

/// `ipaddr`: The IP address to which this MAC corresponds. Optional field for the purpose of ARP
/// supression.
///
/// **Shape**: string.
pub const IPADDR: Column<UcastMacsRemote, String> = Column::new(1);

/// `locator`: The physical locator to be used to reach this MAC address. In this table, the
/// physical locator will be either a hypervisor IP address or a tunnel IP addresses of another
/// VTEP.
///
/// **Shape**: strong reference to [`PhysicalLocator`].
pub const LOCATOR: Column<UcastMacsRemote, Ref<PhysicalLocator>> = Column::new(2);

/// `logical_switch`: The Logical switch to which this mapping applies.
///
/// **Shape**: strong reference to [`LogicalSwitch`].
pub const LOGICAL_SWITCH: Column<UcastMacsRemote, Ref<LogicalSwitch>> = Column::new(3);

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
    database: "hardware_vtep",
    name: "Ucast_Macs_Remote",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "MAC", ..PLAIN },
        ColumnDef { name: "ipaddr", ..PLAIN },
        ColumnDef {
            name: "locator",
            key: BaseDef { reference: Some(("Physical_Locator", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
        ColumnDef {
            name: "logical_switch",
            key: BaseDef { reference: Some(("Logical_Switch", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for UcastMacsRemote {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(MAC, self.mac());
        visitor.column(IPADDR, self.ipaddr());
        visitor.column(LOCATOR, self.locator());
        visitor.column(LOGICAL_SWITCH, self.logical_switch());
    }
}

impl fmt::Debug for UcastMacsRemote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl UcastMacsRemote {
    /// A MAC address that has been learned by the NVC. See [`MAC`].
    pub fn mac(&self) -> &str {
        self.0.get(MAC)
    }

    /// The IP address to which this MAC corresponds. See [`IPADDR`].
    pub fn ipaddr(&self) -> &str {
        self.0.get(IPADDR)
    }

    /// The physical locator to be used to reach this MAC address. See [`LOCATOR`].
    pub fn locator(&self) -> Ref<PhysicalLocator> {
        self.0.get(LOCATOR)
    }

    /// The Logical switch to which this mapping applies. See [`LOGICAL_SWITCH`].
    pub fn logical_switch(&self) -> Ref<LogicalSwitch> {
        self.0.get(LOGICAL_SWITCH)
    }
}
