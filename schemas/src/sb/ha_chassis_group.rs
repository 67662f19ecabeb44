//! Table `HA_Chassis_Group` of `OVN_Southbound`.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::chassis::Chassis;
use super::ha_chassis::HaChassis;

/// Table representing a group of chassis which can provide High availability services. Each chassis
/// in the group is represented by the table [`HA_Chassis`](HaChassis). The HA chassis with highest
/// priority will be the active chassis of this group. If the active chassis failover is detected,
/// the HA chassis with the next higher priority takes over the responsibility of providing the HA.
/// If `OVN_Southbound.Port_Binding.ha_chassis_group` column of the table
/// `OVN_Southbound.Port_Binding` references this table, then this HA chassis group provides the
/// gateway functionality and redirects the gateway traffic to the active chassis of this group.
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct HaChassisGroup(Row);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<HaChassisGroup, Map<String, String>> = Column::new(0);

/// `ha_chassis`: A list of [`HA_Chassis`](HaChassis) which belongs to this group.
///
/// **Shape**: set of strong references to [`HaChassis`].
pub const HA_CHASSIS: Column<HaChassisGroup, Set<Ref<HaChassis>>> = Column::new(1);

/// `name`: Name of the [`HA_Chassis_Group`](HaChassisGroup). Name should be unique.
///
/// **Shape**: string; unique.
pub const NAME: Column<HaChassisGroup, String> = Column::new(2);

/// `ref_chassis`: The set of [`Chassis`] that reference this HA chassis group. To determine the
/// correct [`Chassis`], find the `chassisredirect` type [`Port_Binding`](super::PortBinding) that
/// references this [`HA_Chassis_Group`](HaChassisGroup). This [`Port_Binding`](super::PortBinding)
/// is derived from some particular logical router. Starting from that LR, find the set of all
/// logical switches and routers connected to it, directly or indirectly, across router ports that
/// link one LRP to another or to a LSP. For each LSP in these logical switches, find the
/// corresponding [`Port_Binding`](super::PortBinding) and add its bound [`Chassis`] (if any) to
/// [`ref_chassis`](REF_CHASSIS).
///
/// **Shape**: set of weak references to [`Chassis`].
pub const REF_CHASSIS: Column<HaChassisGroup, Set<Ref<Chassis>>> = Column::new(3);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<HaChassisGroup, String> = Index::schema(0);

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
    name: "HA_Chassis_Group",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "ha_chassis",
            key: BaseDef { reference: Some(("HA_Chassis", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef {
            name: "ref_chassis",
            key: BaseDef { reference: Some(("Chassis", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
    ],
    indexes: &[&[2]],
};

impl Table for HaChassisGroup {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(HA_CHASSIS, self.ha_chassis());
        visitor.column(NAME, self.name());
        visitor.column(REF_CHASSIS, self.ref_chassis());
    }
}

impl fmt::Debug for HaChassisGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl HaChassisGroup {
    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// A list of [`HA_Chassis`](HaChassis) which belongs to this group. See [`HA_CHASSIS`].
    pub fn ha_chassis(&self) -> SetView<'_, Ref<HaChassis>> {
        self.0.get(HA_CHASSIS)
    }

    /// Name of the [`HA_Chassis_Group`](HaChassisGroup). See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The set of [`Chassis`] that reference this HA chassis group. See [`REF_CHASSIS`].
    pub fn ref_chassis(&self) -> SetView<'_, Ref<Chassis>> {
        self.0.get(REF_CHASSIS)
    }
}
