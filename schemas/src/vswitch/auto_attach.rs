//! Table `AutoAttach` of `Open_vSwitch`.
//!
//! Generated from vswitch.ovsschema 8.8.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit, debug,
};

/// Auto Attach configuration within a bridge. The IETF Auto-Attach SPBM draft standard describes a
/// compact method of using IEEE 802.1AB Link Layer Discovery Protocol (LLDP) together with a IEEE
/// 802.1aq Shortest Path Bridging (SPB) network to automatically attach network devices to
/// individual services in a SPB network. The intent here is to allow network applications and
/// devices using OVS to be able to easily take advantage of features offered by industry standard
/// SPB networks.
///
/// Auto Attach (AA) uses LLDP to communicate between a directly connected Auto Attach Client (AAC)
/// and Auto Attach Server (AAS). The LLDP protocol is extended to add two new Type-Length-Value
/// tuples (TLVs). The first new TLV supports the ongoing discovery of directly connected AA
/// correspondents. Auto Attach operates by regularly transmitting AA discovery TLVs between the AA
/// client and AA server. By exchanging these discovery messages, both the AAC and AAS learn the
/// system name and system description of their peer. In the OVS context, OVS operates as the AA
/// client and the AA server resides on a switch at the edge of the SPB network.
///
/// Once AA discovery has been completed the AAC then uses the second new TLV to deliver identifier
/// mappings from the AAC to the AAS. A primary feature of Auto Attach is to facilitate the mapping
/// of VLANs defined outside the SPB network onto service ids (ISIDs) defined within the SPM
/// network. By doing so individual external VLANs can be mapped onto specific SPB network services.
/// These VLAN id to ISID mappings can be configured and managed locally using new options added to
/// the ovs-vsctl command.
///
/// The Auto Attach OVS feature does not provide a full implementation of the LLDP protocol. Support
/// for the mandatory TLVs as defined by the LLDP standard and support for the AA TLV extensions is
/// provided. LLDP protocol support in OVS can be enabled or disabled on a port by port basis. LLDP
/// support is disabled by default.
#[derive(Clone, PartialEq, Eq)]
pub struct AutoAttach(Row);

/// `mappings`: A mapping from SPB network Individual Service Identifier (ISID) to VLAN id.
///
/// **Shape**: map from integer from 0 to 16777215 to integer from 0 to 4095.
pub const MAPPINGS: Column<AutoAttach, Map<i64, i64>> = Column::new(0);

/// `system_description`: The system_description string is exported in LLDP messages. It should
/// describe the type of software and hardware.
///
/// **Shape**: string.
pub const SYSTEM_DESCRIPTION: Column<AutoAttach, String> = Column::new(1);

/// `system_name`: The system_name string is exported in LLDP messages. It should uniquely identify
/// the bridge in the network.
///
/// **Shape**: string.
pub const SYSTEM_NAME: Column<AutoAttach, String> = Column::new(2);

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
    database: "Open_vSwitch",
    name: "AutoAttach",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "mappings",
            key: BaseDef { integers: (Some(0), Some(16777215)), ..INTEGER },
            value: Some(BaseDef { integers: (Some(0), Some(4095)), ..INTEGER }),
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "system_description", ..PLAIN },
        ColumnDef { name: "system_name", ..PLAIN },
    ],
    indexes: &[],
};

impl Table for AutoAttach {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(MAPPINGS, self.mappings());
        visitor.column(SYSTEM_DESCRIPTION, self.system_description());
        visitor.column(SYSTEM_NAME, self.system_name());
    }
}

impl fmt::Debug for AutoAttach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl AutoAttach {
    /// A mapping from SPB network Individual Service Identifier (ISID) to VLAN id. See
    /// [`MAPPINGS`].
    pub fn mappings(&self) -> MapView<'_, i64, i64> {
        self.0.get(MAPPINGS)
    }

    /// The system_description string is exported in LLDP messages. See [`SYSTEM_DESCRIPTION`].
    pub fn system_description(&self) -> &str {
        self.0.get(SYSTEM_DESCRIPTION)
    }

    /// The system_name string is exported in LLDP messages. See [`SYSTEM_NAME`].
    pub fn system_name(&self) -> &str {
        self.0.get(SYSTEM_NAME)
    }
}
