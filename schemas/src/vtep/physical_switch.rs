//! `Physical_Switch`: A physical switch.
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::physical_port::PhysicalPort;
use super::tunnel::Tunnel;

/// A physical switch that implements a VTEP.
///
/// # Network Status
///
/// Columns: [`management_ips`](MANAGEMENT_IPS), [`tunnel_ips`](TUNNEL_IPS).
///
/// # Identification
///
/// Columns: [`name`](NAME), [`description`](DESCRIPTION).
///
/// # Error Notification
///
/// An entry in this column indicates to the NVC that this switch has encountered a fault. The
/// switch must clear this column when the fault has been cleared.
///
/// Column: [`switch_fault_status`](SWITCH_FAULT_STATUS).
///
/// # Common Column
///
/// The overall purpose of this column is described under `Common Column` at the beginning of this
/// document.
///
/// Column: [`other_config`](OTHER_CONFIG).
#[derive(Clone, PartialEq, Eq)]
pub struct PhysicalSwitch(Row);

/// `description`: An extended description for the switch, such as its switch login banner.
///
/// **Shape**: string.
pub const DESCRIPTION: Column<PhysicalSwitch, String> = Column::new(0);

/// `management_ips`: IPv4 or IPv6 addresses at which the switch may be contacted for management
/// purposes.
///
/// **Shape**: set of strings.
pub const MANAGEMENT_IPS: Column<PhysicalSwitch, Set<String>> = Column::new(1);

/// `name`: Symbolic name for the switch, such as its hostname.
///
/// **Shape**: string; unique.
pub const NAME: Column<PhysicalSwitch, String> = Column::new(2);

/// `other_config` of `Physical_Switch`.
///
/// **Shape**: map from string to string.
pub const OTHER_CONFIG: Column<PhysicalSwitch, Map<String, String>> = Column::new(3);

/// `ports`: The physical ports within the switch.
///
/// **Shape**: set of strong references to [`PhysicalPort`].
pub const PORTS: Column<PhysicalSwitch, Set<Ref<PhysicalPort>>> = Column::new(4);

/// `switch_fault_status` of `Physical_Switch`.
///
/// **Shape**: set of strings; ephemeral: the database file does not keep it.
///
/// **Keys**:
///
/// - `mac_table_exhaustion`: Indicates that the switch has been unable to process MAC entries
///   requested by the NVC due to lack of table resources.
/// - `tunnel_exhaustion`: Indicates that the switch has been unable to create tunnels requested by
///   the NVC due to lack of resources.
/// - `lr_switch_bindings_fault`: Indicates that the switch has been unable to create the logical
///   router interfaces requested by the NVC due to conflicting configurations or a lack of hardware
///   resources.
/// - `lr_static_routes_fault`: Indicates that the switch has been unable to create the static
///   routes requested by the NVC due to conflicting configurations or a lack of hardware resources.
/// - `lr_creation_fault`: Indicates that the switch has been unable to create the logical router
///   requested by the NVC due to conflicting configurations or a lack of hardware resources.
/// - `lr_support_fault`: Indicates that the switch does not support logical routing.
/// - `unspecified_fault`: Indicates that an error has occurred in the switch but that no more
///   specific information is available.
/// - `unsupported_source_node_replication`: Indicates that the requested source node replication
///   mode cannot be supported by the physical switch; this specifically means in this context that
///   the physical switch lacks the capability to support source node replication mode. This error
///   occurs when a controller attempts to set source node replication mode for one of the logical
///   switches that the physical switch is keeping context for. An NVC that observes this error
///   should take appropriate action (for example reverting the logical switch to service node
///   replication mode). It is recommended that an NVC be proactive and test for support of source
///   node replication by using a test logical switch on vtep physical switch nodes and then trying
///   to change the replication mode to source node on this logical switch, checking for error. The
///   NVC could remember this capability per vtep physical switch. Using mixed replication modes on
///   a given logical switch is not recommended. Service node replication mode is considered a basic
///   requirement since it only requires sending a packet to a single transport node, hence it is
///   not expected that a switch should report that service node mode cannot be supported.
pub const SWITCH_FAULT_STATUS: Column<PhysicalSwitch, Set<String>> = Column::new(5);

/// `tunnel_ips`: IPv4 or IPv6 addresses on which the switch may originate or terminate tunnels.
///
/// This column is intended to allow a [`Manager`](super::Manager) to determine the
/// [`Physical_Switch`](PhysicalSwitch) that terminates the tunnel represented by a
/// [`Physical_Locator`](super::PhysicalLocator).
///
/// **Shape**: set of strings.
pub const TUNNEL_IPS: Column<PhysicalSwitch, Set<String>> = Column::new(6);

/// `tunnels`: Tunnels created by this switch as instructed by the NVC.
///
/// **Shape**: set of strong references to [`Tunnel`].
pub const TUNNELS: Column<PhysicalSwitch, Set<Ref<Tunnel>>> = Column::new(7);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<PhysicalSwitch, String> = Index::schema(0);

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
    name: "Physical_Switch",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "description", ..PLAIN },
        ColumnDef { name: "management_ips", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "other_config", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "ports",
            key: BaseDef { reference: Some(("Physical_Port", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "switch_fault_status", min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN },
        ColumnDef { name: "tunnel_ips", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "tunnels",
            key: BaseDef { reference: Some(("Tunnel", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
    ],
    indexes: &[&[2]],
};

impl Table for PhysicalSwitch {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(DESCRIPTION, self.description());
        visitor.column(MANAGEMENT_IPS, self.management_ips());
        visitor.column(NAME, self.name());
        visitor.column(OTHER_CONFIG, self.other_config());
        visitor.column(PORTS, self.ports());
        visitor.column(SWITCH_FAULT_STATUS, self.switch_fault_status());
        visitor.column(TUNNEL_IPS, self.tunnel_ips());
        visitor.column(TUNNELS, self.tunnels());
    }
}

impl fmt::Debug for PhysicalSwitch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl PhysicalSwitch {
    /// An extended description for the switch, such as its switch login banner. See
    /// [`DESCRIPTION`].
    pub fn description(&self) -> &str {
        self.0.get(DESCRIPTION)
    }

    /// IPv4 or IPv6 addresses at which the switch may be contacted for management purposes. See
    /// [`MANAGEMENT_IPS`].
    pub fn management_ips(&self) -> SetView<'_, String> {
        self.0.get(MANAGEMENT_IPS)
    }

    /// Symbolic name for the switch, such as its hostname. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The column `other_config`. See [`OTHER_CONFIG`].
    pub fn other_config(&self) -> MapView<'_, String, String> {
        self.0.get(OTHER_CONFIG)
    }

    /// The physical ports within the switch. See [`PORTS`].
    pub fn ports(&self) -> SetView<'_, Ref<PhysicalPort>> {
        self.0.get(PORTS)
    }

    /// The column `switch_fault_status`. See [`SWITCH_FAULT_STATUS`].
    pub fn switch_fault_status(&self) -> SetView<'_, String> {
        self.0.get(SWITCH_FAULT_STATUS)
    }

    /// IPv4 or IPv6 addresses on which the switch may originate or terminate tunnels. See
    /// [`TUNNEL_IPS`].
    pub fn tunnel_ips(&self) -> SetView<'_, String> {
        self.0.get(TUNNEL_IPS)
    }

    /// Tunnels created by this switch as instructed by the NVC. See [`TUNNELS`].
    pub fn tunnels(&self) -> SetView<'_, Ref<Tunnel>> {
        self.0.get(TUNNELS)
    }
}
