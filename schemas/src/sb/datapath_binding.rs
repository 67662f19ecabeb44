//! `Datapath_Binding`: Physical-Logical Datapath Bindings.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Map, MapView, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Uuid, Visit, debug,
};

/// Each row in this table represents a logical datapath, which implements a logical pipeline among
/// the ports in the [`Port_Binding`](super::PortBinding) table associated with it. In practice, the
/// pipeline in a given logical datapath implements either a logical switch or a logical router.
///
/// The main purpose of a row in this table is provide a physical binding for a logical datapath. A
/// logical datapath does not have a physical location, so its physical binding information is
/// limited: just [`tunnel_key`](TUNNEL_KEY). The rest of the data in this table does not affect
/// packet forwarding.
///
/// # OVN_Northbound Relationship
///
/// Each row in [`Datapath_Binding`](DatapathBinding) is associated with some logical datapath.
/// `ovn-northd` uses these keys to track the association of a logical datapath with concepts in the
/// `OVN_Northbound` database.
///
/// Columns: [`type`](TYPE), [`nb_uuid`](NB_UUID), [`external_ids`](EXTERNAL_IDS).
///
/// # Naming
///
/// `ovn-northd` copies these from the name fields in the `OVN_Northbound` database, either from
/// `OVN_Northbound.Logical_Router.name` and
/// `OVN_Northbound.Logical_Router.external_ids:neutron:router_name` in the
/// `OVN_Northbound.Logical_Router` table or from `OVN_Northbound.Logical_Switch.name` and
/// `OVN_Northbound.Logical_Switch.external_ids:neutron:network_name` in the
/// `OVN_Northbound.Logical_Switch` table.
///
/// Column: [`external_ids`](EXTERNAL_IDS).
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct DatapathBinding(Row);

/// `external_ids` of `Datapath_Binding`.
///
/// **Shape**: map from string to string.
///
/// **Keys**, OVN_Northbound Relationship:
///
/// - `interconn-ts`: For a logical datapath that represents a logical switch that represents a
///   transit switch for interconnection, `ovn-northd` stores in this key the value of the same
///   `interconn-ts` key of the `OVN_Northbound.Logical_Switch.external_ids` column of the
///   corresponding `OVN_Northbound.Logical_Switch` row in the `OVN_Northbound` database.
///
/// **Keys**, Naming:
///
/// - `name`: A name for the logical datapath.
/// - `name2`: Another name for the logical datapath.
pub const EXTERNAL_IDS: Column<DatapathBinding, Map<String, String>> = Column::new(0);

/// `load_balancers`: Not used anymore; kept for backwards compatibility of the schema.
///
/// **Shape**: set of UUIDs.
pub const LOAD_BALANCERS: Column<DatapathBinding, Set<Uuid>> = Column::new(1);

/// `nb_uuid`: This is the UUID of the corresponding northbound logical datapath represented by this
/// southbound `Datapath_Binding`.
///
/// **Shape**: optional UUID.
pub const NB_UUID: Column<DatapathBinding, Option<Uuid>> = Column::new(2);

/// `tunnel_key`: The tunnel key value to which the logical datapath is bound. The `Tunnel
/// Encapsulation` section in `ovn-architecture`(7) describes how tunnel keys are constructed for
/// each supported encapsulation.
///
/// **Shape**: integer from 1 to 16777215; unique.
pub const TUNNEL_KEY: Column<DatapathBinding, i64> = Column::new(3);

/// `type`: This represents the type of the northbound logical datapath that is represented by this
/// southbound `Datapath_Binding`. The possible values for this are:
///
/// - `logical-switch`
/// - `logical-router`
///
/// **Shape**: optional [`DatapathBindingType`].
pub const TYPE: Column<DatapathBinding, Option<DatapathBindingType>> = Column::new(4);

/// The rows by `tunnel_key`, which is unique.
pub const BY_TUNNEL_KEY: Index<DatapathBinding, i64> = Index::schema(0);

/// A value of [`TYPE`]: of `type` in `Datapath_Binding`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DatapathBindingType {
    /// `logical-switch`.
    LogicalSwitch,
    /// `logical-router`.
    LogicalRouter,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for DatapathBindingType {
    fn from_name(name: &str) -> Self {
        match name {
            "logical-switch" => Self::LogicalSwitch,
            "logical-router" => Self::LogicalRouter,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::LogicalSwitch => "logical-switch",
            Self::LogicalRouter => "logical-router",
            Self::Other(other) => other,
        }
    }
}

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
    name: "Datapath_Binding",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "load_balancers", key: UUID, min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "nb_uuid", key: UUID, min: 0, ..PLAIN },
        ColumnDef {
            name: "tunnel_key",
            key: BaseDef { integers: (Some(1), Some(16777215)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef {
            name: "type",
            key: BaseDef { enumeration: &["logical-switch", "logical-router"], ..STRING },
            min: 0, ..PLAIN
        },
    ],
    indexes: &[&[3]],
};

impl Table for DatapathBinding {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(LOAD_BALANCERS, self.load_balancers());
        visitor.column(NB_UUID, self.nb_uuid());
        visitor.column(TUNNEL_KEY, self.tunnel_key());
        visitor.column(TYPE, self.type_());
    }
}

impl fmt::Debug for DatapathBinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl DatapathBinding {
    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Not used anymore; kept for backwards compatibility of the schema. See [`LOAD_BALANCERS`].
    pub fn load_balancers(&self) -> SetView<'_, Uuid> {
        self.0.get(LOAD_BALANCERS)
    }

    /// This is the UUID of the corresponding northbound logical datapath represented by this
    /// southbound `Datapath_Binding`. See [`NB_UUID`].
    pub fn nb_uuid(&self) -> Option<Uuid> {
        self.0.get(NB_UUID)
    }

    /// The tunnel key value to which the logical datapath is bound. See [`TUNNEL_KEY`].
    pub fn tunnel_key(&self) -> i64 {
        self.0.get(TUNNEL_KEY)
    }

    /// This represents the type of the northbound logical datapath that is represented by this
    /// southbound `Datapath_Binding`. See [`TYPE`].
    pub fn type_(&self) -> Option<DatapathBindingType> {
        self.0.get(TYPE)
    }
}
