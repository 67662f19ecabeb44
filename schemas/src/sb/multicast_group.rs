//! `Multicast_Group`: Logical Port Multicast Groups.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Ref, RefKind, Row, Set, SetView, Table, TableDef,
    UNLIMITED, Visit, debug,
};

use super::datapath_binding::DatapathBinding;
use super::port_binding::PortBinding;

/// The rows in this table define multicast groups of logical ports. Multicast groups allow a single
/// packet transmitted over a tunnel to a hypervisor to be delivered to multiple VMs on that
/// hypervisor, which uses bandwidth more efficiently.
///
/// Each row in this table defines a logical multicast group numbered [`tunnel_key`](TUNNEL_KEY)
/// within [`datapath`](DATAPATH), whose logical ports are listed in the [`ports`](PORTS) column.
#[derive(Clone, PartialEq, Eq)]
pub struct MulticastGroup(Row);

/// `datapath`: The logical datapath in which the multicast group resides.
///
/// **Shape**: strong reference to [`DatapathBinding`].
pub const DATAPATH: Column<MulticastGroup, Ref<DatapathBinding>> = Column::new(0);

/// `name`: The logical multicast group's name. An index forces the name to be unique within the
/// [`datapath`](DATAPATH). Logical flows in the ingress pipeline may output to the group just as
/// for individual logical ports, by assigning the group's name to `outport` and executing an
/// `output` action.
///
/// Multicast group names and logical port names share a single namespace and thus should not
/// overlap (but the database schema cannot enforce this). To try to avoid conflicts, `ovn-northd`
/// uses names that begin with `_MC_`.
///
/// **Shape**: string.
pub const NAME: Column<MulticastGroup, String> = Column::new(1);

/// `ports`: The logical ports included in the multicast group. All of these ports must be in the
/// [`datapath`](DATAPATH) logical datapath (but the database schema cannot enforce this).
///
/// **Shape**: set of weak references to [`PortBinding`].
pub const PORTS: Column<MulticastGroup, Set<Ref<PortBinding>>> = Column::new(2);

/// `tunnel_key`: The value used to designate this logical egress port in tunnel encapsulations. An
/// index forces the key to be unique within the [`datapath`](DATAPATH). The unusual range ensures
/// that multicast group IDs do not overlap with logical port IDs.
///
/// **Shape**: integer from 32768 to 65535.
pub const TUNNEL_KEY: Column<MulticastGroup, i64> = Column::new(3);

/// The rows by `datapath`, `tunnel_key`, which together are unique.
pub const BY_DATAPATH_TUNNEL_KEY: Index<MulticastGroup, (Ref<DatapathBinding>, i64)> =
    Index::schema(0);

/// The rows by `datapath`, `name`, which together are unique.
pub const BY_DATAPATH_NAME: Index<MulticastGroup, (Ref<DatapathBinding>, String)> =
    Index::schema(1);

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
    name: "Multicast_Group",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "datapath",
            key: BaseDef { reference: Some(("Datapath_Binding", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef {
            name: "ports",
            key: BaseDef { reference: Some(("Port_Binding", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "tunnel_key",
            key: BaseDef { integers: (Some(32768), Some(65535)), ..INTEGER },
            ..PLAIN
        },
    ],
    indexes: &[&[0, 3], &[0, 1]],
};

impl Table for MulticastGroup {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(DATAPATH, self.datapath());
        visitor.column(NAME, self.name());
        visitor.column(PORTS, self.ports());
        visitor.column(TUNNEL_KEY, self.tunnel_key());
    }
}

impl fmt::Debug for MulticastGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl MulticastGroup {
    /// The logical datapath in which the multicast group resides. See [`DATAPATH`].
    pub fn datapath(&self) -> Ref<DatapathBinding> {
        self.0.get(DATAPATH)
    }

    /// The logical multicast group's name. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The logical ports included in the multicast group. See [`PORTS`].
    pub fn ports(&self) -> SetView<'_, Ref<PortBinding>> {
        self.0.get(PORTS)
    }

    /// The value used to designate this logical egress port in tunnel encapsulations. See
    /// [`TUNNEL_KEY`].
    pub fn tunnel_key(&self) -> i64 {
        self.0.get(TUNNEL_KEY)
    }
}
