//! `Chassis`: Physical Network Hypervisor and Gateway Information.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::encap::Encap;

/// Each row in this table represents a hypervisor or gateway (a chassis) in the physical network.
/// Each chassis, via `ovn-controller`/`ovn-controller-vtep`, adds and updates its own row, and
/// keeps a copy of the remaining rows to determine how to reach other hypervisors.
///
/// When a chassis shuts down gracefully, it should remove its own row. (This is not critical
/// because resources hosted on the chassis are equally unreachable regardless of whether the row is
/// present.) If a chassis shuts down permanently without removing its row, some kind of manual or
/// automatic cleanup is eventually needed; we can devise a process for that as necessary.
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Column: [`external_ids`](EXTERNAL_IDS).
///
/// # Encapsulation Configuration
///
/// OVN uses encapsulation to transmit logical dataplane packets between chassis.
///
/// Column: [`encaps`](ENCAPS).
///
/// # Gateway Configuration
///
/// A *gateway* is a chassis that forwards traffic between the OVN-managed part of a logical network
/// and a physical VLAN, extending a tunnel-based logical network into a physical network. Gateways
/// are typically dedicated nodes that do not host VMs and will be controlled by
/// `ovn-controller-vtep`.
///
/// Column: [`vtep_logical_switches`](VTEP_LOGICAL_SWITCHES).
#[derive(Clone, PartialEq, Eq)]
pub struct Chassis(Row);

/// `encaps`: Points to supported encapsulation configurations to transmit logical dataplane packets
/// to this chassis. Each entry is a [`Encap`] record that describes the configuration.
///
/// **Shape**: set (at least 1) of strong references to [`Encap`].
pub const ENCAPS: Column<Chassis, Set<Ref<Encap>>> = Column::new(0);

/// `external_ids` of `Chassis`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Chassis, Map<String, String>> = Column::new(1);

/// `hostname`: The hostname of the chassis, if applicable. ovn-controller will populate this column
/// with the hostname of the host it is running on. ovn-controller-vtep will leave this column
/// empty.
///
/// **Shape**: string.
pub const HOSTNAME: Column<Chassis, String> = Column::new(2);

/// `name`: OVN does not prescribe a particular format for chassis names. ovn-controller populates
/// this column using `Open_vSwitch.Open_vSwitch.external_ids:system-id` in the Open_vSwitch
/// database's `Open_vSwitch.Open_vSwitch` table. ovn-controller-vtep populates this column with
/// `hardware_vtep.Physical_Switch.name` in the hardware_vtep database's
/// `hardware_vtep.Physical_Switch` table.
///
/// **Shape**: string; unique.
pub const NAME: Column<Chassis, String> = Column::new(3);

/// `nb_cfg`: Deprecated. This column is replaced by the
/// [`Chassis_Private.nb_cfg`](super::chassis_private::NB_CFG) column of the
/// [`Chassis_Private`](super::ChassisPrivate) table.
///
/// **Shape**: integer.
pub const NB_CFG: Column<Chassis, i64> = Column::new(4);

/// `other_config` of `Chassis`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `ovn-bridge-mappings`: `ovn-controller` populates this key with the set of bridge mappings it
///   has been configured to use. Other applications should treat this key as read-only. See
///   `ovn-controller`(8) for more information.
/// - `datapath-type`: `ovn-controller` populates this key with the datapath type configured in the
///   `Bridge.datapath_type` column of the Open_vSwitch database's `Open_vSwitch.Bridge` table.
///   Other applications should treat this key as read-only. See `ovn-controller`(8) for more
///   information.
/// - `iface-types`: `ovn-controller` populates this key with the interface types configured in the
///   `Open_vSwitch.iface_types` column of the Open_vSwitch database's `Open_vSwitch.Open_vSwitch`
///   table. Other applications should treat this key as read-only. See `ovn-controller`(8) for more
///   information.
/// - `ovn-cms-options`: `ovn-controller` populates this key with the set of options configured in
///   the `Open_vSwitch.external_ids:ovn-cms-options` column of the Open_vSwitch database's
///   `Open_vSwitch.Open_vSwitch` table. See `ovn-controller`(8) for more information.
/// - `is-interconn`: `ovn-controller` populates this key with the setting configured in the
///   `Open_vSwitch.external_ids:ovn-is-interconn` column of the Open_vSwitch database's
///   `Open_vSwitch.Open_vSwitch` table. If set to true, the chassis is used as an interconnection
///   gateway. See `ovn-controller`(8) for more information.
/// - `is-remote`: `ovn-ic` set this key to true for remote interconnection gateway chassises
///   learned from the interconnection southbound database. See `ovn-ic`(8) for more information.
/// - `ovn-chassis-mac-mappings`: `ovn-controller` populates this key with the set of options
///   configured in the `Open_vSwitch.external_ids:ovn-chassis-mac-mappings` column of the
///   Open_vSwitch database's `Open_vSwitch.Open_vSwitch` table. See `ovn-controller`(8) for more
///   information.
/// - `port-up-notif`: `ovn-controller` populates this key with `true` when it supports
///   `Port_Binding.up`.
pub const OTHER_CONFIG: Column<Chassis, Map<String, String>> = Column::new(5);

/// `transport_zones`: `ovn-controller` populates this key with the transport zones configured in
/// the `Open_vSwitch.external_ids:ovn-transport-zones` column of the Open_vSwitch database's
/// `Open_vSwitch.Open_vSwitch` table. See `ovn-controller`(8) for more information.
///
/// **Shape**: set of strings.
pub const TRANSPORT_ZONES: Column<Chassis, Set<String>> = Column::new(6);

/// `vtep_logical_switches`: Stores all VTEP logical switch names connected by this gateway chassis.
/// The [`Port_Binding`](super::PortBinding) table entry with
/// [`Port_Binding.options`](super::port_binding::OPTIONS):`vtep-physical-switch` equal [`Chassis`]
/// [`Chassis.name`](NAME), and
/// [`Port_Binding.options`](super::port_binding::OPTIONS):`vtep-logical-switch` value in
/// [`Chassis`] [`Chassis.vtep_logical_switches`](VTEP_LOGICAL_SWITCHES), will be associated with
/// this [`Chassis`].
///
/// **Shape**: set of strings.
pub const VTEP_LOGICAL_SWITCHES: Column<Chassis, Set<String>> = Column::new(7);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<Chassis, String> = Index::schema(0);

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

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
    name: "Chassis",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "encaps",
            key: BaseDef { reference: Some(("Encap", RefKind::Strong)), ..UUID },
            max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "hostname", ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "nb_cfg", key: INTEGER, ..PLAIN },
        ColumnDef { name: "other_config", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "transport_zones", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "vtep_logical_switches", min: 0, max: UNLIMITED, ..PLAIN },
    ],
    indexes: &[&[3]],
};

impl Table for Chassis {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ENCAPS, self.encaps());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(HOSTNAME, self.hostname());
        visitor.column(NAME, self.name());
        visitor.column(NB_CFG, self.nb_cfg());
        visitor.column(OTHER_CONFIG, self.other_config());
        visitor.column(TRANSPORT_ZONES, self.transport_zones());
        visitor.column(VTEP_LOGICAL_SWITCHES, self.vtep_logical_switches());
    }
}

impl fmt::Debug for Chassis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Chassis {
    /// Points to supported encapsulation configurations to transmit logical dataplane packets to
    /// this chassis. See [`ENCAPS`].
    pub fn encaps(&self) -> SetView<'_, Ref<Encap>> {
        self.0.get(ENCAPS)
    }

    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The hostname of the chassis, if applicable. ovn-controller will populate this column with
    /// the hostname of the host it is running on. ovn-controller-vtep will leave this column empty.
    /// See [`HOSTNAME`].
    pub fn hostname(&self) -> &str {
        self.0.get(HOSTNAME)
    }

    /// OVN does not prescribe a particular format for chassis names. ovn-controller populates this
    /// column using `Open_vSwitch.Open_vSwitch.external_ids:system-id` in the Open_vSwitch
    /// database's `Open_vSwitch.Open_vSwitch` table. ovn-controller-vtep populates this column with
    /// `hardware_vtep.Physical_Switch.name` in the hardware_vtep database's
    /// `hardware_vtep.Physical_Switch` table. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// Deprecated. See [`NB_CFG`].
    pub fn nb_cfg(&self) -> i64 {
        self.0.get(NB_CFG)
    }

    /// The column `other_config`. See [`OTHER_CONFIG`].
    pub fn other_config(&self) -> MapView<'_, String, String> {
        self.0.get(OTHER_CONFIG)
    }

    /// `ovn-controller` populates this key with the transport zones configured in the
    /// `Open_vSwitch.external_ids:ovn-transport-zones` column of the Open_vSwitch database's
    /// `Open_vSwitch.Open_vSwitch` table. See [`TRANSPORT_ZONES`].
    pub fn transport_zones(&self) -> SetView<'_, String> {
        self.0.get(TRANSPORT_ZONES)
    }

    /// Stores all VTEP logical switch names connected by this gateway chassis. See
    /// [`VTEP_LOGICAL_SWITCHES`].
    pub fn vtep_logical_switches(&self) -> SetView<'_, String> {
        self.0.get(VTEP_LOGICAL_SWITCHES)
    }
}
