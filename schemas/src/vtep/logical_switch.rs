//! `Logical_Switch`: A layer-2 domain.
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Map, MapView, Row, Table, TableDef,
    UNLIMITED, Visit, debug,
};

/// A logical Ethernet switch, whose implementation may span physical and virtual media, possibly
/// crossing L3 domains via tunnels; a logical layer-2 domain; an Ethernet broadcast domain.
///
/// # Per Logical-Switch Tunnel Key
///
/// Tunnel protocols tend to have a field that allows the tunnel to be partitioned into sub-tunnels:
/// VXLAN has a VNI, GRE has a key, CAPWAP has a WSI, and so on. We call these generically "tunnel
/// keys." Given that one needs to use a tunnel key at all, there are at least two reasonable ways
/// to assign their values:
///
/// - Per [`Logical_Switch`](LogicalSwitch)+[`Physical_Locator`](super::PhysicalLocator) pair. That
///   is, each logical switch may be assigned a different tunnel key on every
///   [`Physical_Locator`](super::PhysicalLocator). This model is especially flexible.
///
///   In this model, [`Physical_Locator`](super::PhysicalLocator) carries the tunnel key. Therefore,
///   one [`Physical_Locator`](super::PhysicalLocator) record will exist for each logical switch
///   carried at a given IP destination.
/// - Per [`Logical_Switch`](LogicalSwitch). That is, every tunnel associated with a particular
///   logical switch carries the same tunnel key, regardless of the
///   [`Physical_Locator`](super::PhysicalLocator) to which the tunnel is addressed. This model may
///   ease switch implementation because it imposes fewer requirements on the hardware datapath.
///
///   In this model, [`Logical_Switch`](LogicalSwitch) carries the tunnel key. Therefore, one
///   [`Physical_Locator`](super::PhysicalLocator) record will exist for each IP destination.
///
/// Column: [`tunnel_key`](TUNNEL_KEY).
///
/// # Replication Mode
///
/// For handling L2 broadcast, multicast and unknown unicast traffic, packets can be sent to all
/// members of a logical switch referenced by a physical switch. There are different modes to
/// replicate the packets. The default mode of replication is to send the traffic to a service node,
/// which can be a hypervisor, server or appliance, and let the service node handle replication to
/// other transport nodes (hypervisors or other VTEP physical switches). This mode is called service
/// node replication. An alternate mode of replication, called source node replication involves the
/// source node sending to all other transport nodes. Hypervisors are always responsible for doing
/// their own replication for locally attached VMs in both modes. Service node replication mode is
/// the default and considered a basic requirement because it only requires sending the packet to a
/// single transport node.
///
/// Column: [`replication_mode`](REPLICATION_MODE).
///
/// # Identification
///
/// Columns: [`name`](NAME), [`description`](DESCRIPTION).
///
/// # Common Column
///
/// The overall purpose of this column is described under `Common Column` at the beginning of this
/// document.
///
/// Column: [`other_config`](OTHER_CONFIG).
#[derive(Clone, PartialEq, Eq)]
pub struct LogicalSwitch(Row);

/// `description`: An extended description for the logical switch, such as its switch login banner.
///
/// **Shape**: string.
pub const DESCRIPTION: Column<LogicalSwitch, String> = Column::new(0);

/// `name`: Symbolic name for the logical switch.
///
/// **Shape**: string; unique.
pub const NAME: Column<LogicalSwitch, String> = Column::new(1);

/// `other_config` of `Logical_Switch`.
///
/// **Shape**: map from string to string.
pub const OTHER_CONFIG: Column<LogicalSwitch, Map<String, String>> = Column::new(2);

/// `replication_mode`: This optional column defines the replication mode per
/// [`Logical_Switch`](LogicalSwitch). There are 2 valid values, `service_node` and `source_node`.
/// If the column is not set, the replication mode defaults to service_node.
///
/// **Shape**: optional [`LogicalSwitchReplicationMode`].
pub const REPLICATION_MODE: Column<LogicalSwitch, Option<LogicalSwitchReplicationMode>> =
    Column::new(3);

/// `tunnel_key`: This column is used only in the tunnel key per [`Logical_Switch`](LogicalSwitch)
/// model (see above), because only in that model is there a tunnel key associated with a logical
/// switch.
///
/// For `vxlan_over_ipv4` encapsulation, when the tunnel key per [`Logical_Switch`](LogicalSwitch)
/// model is in use, this column is the VXLAN VNI that identifies a logical switch. It must be in
/// the range 0 to 16,777,215.
///
/// **Shape**: optional integer.
pub const TUNNEL_KEY: Column<LogicalSwitch, Option<i64>> = Column::new(4);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<LogicalSwitch, String> = Index::schema(0);

/// A value of [`REPLICATION_MODE`]: of `replication_mode` in `Logical_Switch`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LogicalSwitchReplicationMode {
    /// `service_node`.
    ServiceNode,
    /// `source_node`.
    SourceNode,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for LogicalSwitchReplicationMode {
    fn from_name(name: &str) -> Self {
        match name {
            "service_node" => Self::ServiceNode,
            "source_node" => Self::SourceNode,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::ServiceNode => "service_node",
            Self::SourceNode => "source_node",
            Self::Other(other) => other,
        }
    }
}

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

/// Any string.
const STRING: BaseDef = BaseDef::plain(Kind::String);

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
    name: "Logical_Switch",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "description", ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "other_config", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "replication_mode",
            key: BaseDef { enumeration: &["service_node", "source_node"], ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "tunnel_key", key: INTEGER, min: 0, ..PLAIN },
    ],
    indexes: &[&[1]],
};

impl Table for LogicalSwitch {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(DESCRIPTION, self.description());
        visitor.column(NAME, self.name());
        visitor.column(OTHER_CONFIG, self.other_config());
        visitor.column(REPLICATION_MODE, self.replication_mode());
        visitor.column(TUNNEL_KEY, self.tunnel_key());
    }
}

impl fmt::Debug for LogicalSwitch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl LogicalSwitch {
    /// An extended description for the logical switch, such as its switch login banner. See
    /// [`DESCRIPTION`].
    pub fn description(&self) -> &str {
        self.0.get(DESCRIPTION)
    }

    /// Symbolic name for the logical switch. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The column `other_config`. See [`OTHER_CONFIG`].
    pub fn other_config(&self) -> MapView<'_, String, String> {
        self.0.get(OTHER_CONFIG)
    }

    /// This optional column defines the replication mode per [`Logical_Switch`](LogicalSwitch). See
    /// [`REPLICATION_MODE`].
    pub fn replication_mode(&self) -> Option<LogicalSwitchReplicationMode> {
        self.0.get(REPLICATION_MODE)
    }

    /// This column is used only in the tunnel key per [`Logical_Switch`](LogicalSwitch) model (see
    /// above), because only in that model is there a tunnel key associated with a logical switch.
    /// See [`TUNNEL_KEY`].
    pub fn tunnel_key(&self) -> Option<i64> {
        self.0.get(TUNNEL_KEY)
    }
}
