//! `Ucast_Macs_Local`: Unicast MACs (local).
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Ref, RefKind, Row, Table, TableDef, Visit, debug,
};

use super::logical_switch::LogicalSwitch;
use super::physical_locator::PhysicalLocator;

/// Mapping of unicast MAC addresses to tunnels (physical locators). This table is written by the
/// HSC, so it contains the MAC addresses that have been learned on physical ports by a VTEP.
#[derive(Clone, PartialEq, Eq)]
pub struct UcastMacsLocal(Row);

/// `MAC`: A MAC address that has been learned by the VTEP.
///
/// **Shape**: string.
pub const MAC: Column<UcastMacsLocal, String> = Column::new(0);

/// `ipaddr`: The IP address to which this MAC corresponds. Optional field for the purpose of ARP
/// supression.
///
/// **Shape**: string.
pub const IPADDR: Column<UcastMacsLocal, String> = Column::new(1);

/// `locator`: The physical locator to be used to reach this MAC address. In this table, the
/// physical locator will be one of the tunnel IP addresses of the appropriate VTEP.
///
/// **Shape**: strong reference to [`PhysicalLocator`].
pub const LOCATOR: Column<UcastMacsLocal, Ref<PhysicalLocator>> = Column::new(2);

/// `logical_switch`: The Logical switch to which this mapping applies.
///
/// **Shape**: strong reference to [`LogicalSwitch`].
pub const LOGICAL_SWITCH: Column<UcastMacsLocal, Ref<LogicalSwitch>> = Column::new(3);

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
    name: "Ucast_Macs_Local",
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

impl Table for UcastMacsLocal {
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

impl fmt::Debug for UcastMacsLocal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl UcastMacsLocal {
    /// A MAC address that has been learned by the VTEP. See [`MAC`].
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
