//! `Network_Function`: network function.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Table, TableDef,
    UNLIMITED, Visit, debug,
};

use super::logical_switch_port::LogicalSwitchPort;
use super::network_function_health_check::NetworkFunctionHealthCheck;

/// Each row represents one network function entity. This contains a pair of logical_switch_ports.
/// Traffic that matches the ACL is redirected to `inport` for from-lport ACLs and to `outport` for
/// to-lport ACLs. Once the traffic is received on the other port, it continues through the standard
/// OVN pipeline. Response traffic follows the reverse path: it is redirected to the `outport` for
/// from-lport ACLs and to the `inport` for to-lport ACLs. Once the traffic is received on the other
/// port, it is processed by the regular OVN pipeline. `NOTE`: 1. The Network Function MUST NOT
/// modify the packet headers. 2. The Network Function is not supported when used in conjunction
/// with Load Balancer.
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct NetworkFunction(Row);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<NetworkFunction, Map<String, String>> = Column::new(0);

/// `health_check`: [`Network_Function_Health_Check`](NetworkFunctionHealthCheck) associated with
/// this network function.
///
/// **Shape**: optional strong reference to [`NetworkFunctionHealthCheck`].
pub const HEALTH_CHECK: Column<NetworkFunction, Option<Ref<NetworkFunctionHealthCheck>>> =
    Column::new(1);

/// `id`: A unique integer between 1 and 255 must be assigned to each `Network_Function`.
///
/// **Shape**: integer from 1 to 255; unique.
pub const ID: Column<NetworkFunction, i64> = Column::new(2);

/// `inport`: [`Logical_Switch_Port`](LogicalSwitchPort) where request traffic for from-lport ACL
/// and response traffic for to-lport ACL is redirected.
///
/// **Shape**: strong reference to [`LogicalSwitchPort`].
pub const INPORT: Column<NetworkFunction, Ref<LogicalSwitchPort>> = Column::new(3);

/// `name`: Name of the [`Network_Function`](NetworkFunction). Name should be unique.
///
/// **Shape**: string; unique.
pub const NAME: Column<NetworkFunction, String> = Column::new(4);

/// `outport`: [`Logical_Switch_Port`](LogicalSwitchPort) where request traffic for to-lport ACL and
/// response traffic for from-lport ACL is redirected.
///
/// **Shape**: strong reference to [`LogicalSwitchPort`].
pub const OUTPORT: Column<NetworkFunction, Ref<LogicalSwitchPort>> = Column::new(5);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<NetworkFunction, String> = Index::schema(0);

/// The rows by `id`, which is unique.
pub const BY_ID: Index<NetworkFunction, i64> = Index::schema(1);

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
    database: "OVN_Northbound",
    name: "Network_Function",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "health_check",
            key: BaseDef { reference: Some(("Network_Function_Health_Check", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "id",
            key: BaseDef { integers: (Some(1), Some(255)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef {
            name: "inport",
            key: BaseDef { reference: Some(("Logical_Switch_Port", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef {
            name: "outport",
            key: BaseDef { reference: Some(("Logical_Switch_Port", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
    ],
    indexes: &[&[4], &[2]],
};

impl Table for NetworkFunction {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(HEALTH_CHECK, self.health_check());
        visitor.column(ID, self.id());
        visitor.column(INPORT, self.inport());
        visitor.column(NAME, self.name());
        visitor.column(OUTPORT, self.outport());
    }
}

impl fmt::Debug for NetworkFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl NetworkFunction {
    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// [`Network_Function_Health_Check`](NetworkFunctionHealthCheck) associated with this network
    /// function. See [`HEALTH_CHECK`].
    pub fn health_check(&self) -> Option<Ref<NetworkFunctionHealthCheck>> {
        self.0.get(HEALTH_CHECK)
    }

    /// A unique integer between 1 and 255 must be assigned to each `Network_Function`. See [`ID`].
    pub fn id(&self) -> i64 {
        self.0.get(ID)
    }

    /// [`Logical_Switch_Port`](LogicalSwitchPort) where request traffic for from-lport ACL and
    /// response traffic for to-lport ACL is redirected. See [`INPORT`].
    pub fn inport(&self) -> Ref<LogicalSwitchPort> {
        self.0.get(INPORT)
    }

    /// Name of the [`Network_Function`](NetworkFunction). See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// [`Logical_Switch_Port`](LogicalSwitchPort) where request traffic for to-lport ACL and
    /// response traffic for from-lport ACL is redirected. See [`OUTPORT`].
    pub fn outport(&self) -> Ref<LogicalSwitchPort> {
        self.0.get(OUTPORT)
    }
}
