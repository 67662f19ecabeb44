//! `Arp_Sources_Remote`: ARP source addresses for logical routers.
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Ref, RefKind, Row, Table, TableDef, Visit, debug,
};

use super::physical_locator::PhysicalLocator;

/// MAC address to be used when a remote VTEP issues ARP requests on behalf of a logical router.
///
/// This table is the remote counterpart of `Arp_sources_local`. The NVC writes this table to notify
/// the HSC of the MACs that will be used by remote VTEPs when they issue ARP requests on behalf of
/// a distributed logical router.
#[derive(Clone, PartialEq, Eq)]
pub struct ArpSourcesRemote(Row);

/// `locator`: The [`Physical_Locator`](PhysicalLocator) to use for replies to ARP requests from
/// this MAC address.
///
/// **Shape**: strong reference to [`PhysicalLocator`].
pub const LOCATOR: Column<ArpSourcesRemote, Ref<PhysicalLocator>> = Column::new(0);

/// `src_mac`: The source MAC to be used by a given VTEP.
///
/// **Shape**: string.
pub const SRC_MAC: Column<ArpSourcesRemote, String> = Column::new(1);

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
    name: "Arp_Sources_Remote",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "locator",
            key: BaseDef { reference: Some(("Physical_Locator", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
        ColumnDef { name: "src_mac", ..PLAIN },
    ],
    indexes: &[],
};

impl Table for ArpSourcesRemote {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(LOCATOR, self.locator());
        visitor.column(SRC_MAC, self.src_mac());
    }
}

impl fmt::Debug for ArpSourcesRemote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl ArpSourcesRemote {
    /// The [`Physical_Locator`](PhysicalLocator) to use for replies to ARP requests from this MAC
    /// address. See [`LOCATOR`].
    pub fn locator(&self) -> Ref<PhysicalLocator> {
        self.0.get(LOCATOR)
    }

    /// The source MAC to be used by a given VTEP. See [`SRC_MAC`].
    pub fn src_mac(&self) -> &str {
        self.0.get(SRC_MAC)
    }
}
