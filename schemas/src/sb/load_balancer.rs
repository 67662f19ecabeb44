//! Table `Load_Balancer` of `OVN_Southbound`.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView,
    Table, TableDef, UNLIMITED, Visit, debug,
};

use super::datapath_binding::DatapathBinding;
use super::logical_dp_group::LogicalDpGroup;

/// Each row represents a load balancer.
///
/// # Load_Balancer options
///
/// Column: [`options`](OPTIONS).
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct LoadBalancer(Row);

/// `datapath_group`: Deprecated. The group of datapaths to which this load balancer applies to.
/// This means that the same load balancer applies to all datapaths in a group.
///
/// **Shape**: optional strong reference to [`LogicalDpGroup`].
pub const DATAPATH_GROUP: Column<LoadBalancer, Option<Ref<LogicalDpGroup>>> = Column::new(0);

/// `datapaths`: Datapaths to which this load balancer applies to.
///
/// **Shape**: set of strong references to [`DatapathBinding`].
pub const DATAPATHS: Column<LoadBalancer, Set<Ref<DatapathBinding>>> = Column::new(1);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<LoadBalancer, Map<String, String>> = Column::new(2);

/// `lr_datapath_group`: The group of logical router datapaths to which this load balancer applies
/// to. This means that the same load balancer applies to all datapaths in a group.
///
/// **Shape**: optional strong reference to [`LogicalDpGroup`].
pub const LR_DATAPATH_GROUP: Column<LoadBalancer, Option<Ref<LogicalDpGroup>>> = Column::new(3);

/// `ls_datapath_group`: The group of datapaths to which this load balancer applies to. This means
/// that the same load balancer applies to all datapaths in a group.
///
/// **Shape**: optional strong reference to [`LogicalDpGroup`].
pub const LS_DATAPATH_GROUP: Column<LoadBalancer, Option<Ref<LogicalDpGroup>>> = Column::new(4);

/// `name`: A name for the load balancer. This name has no special meaning or purpose other than to
/// provide convenience for human interaction with the ovn-nb database.
///
/// **Shape**: string.
pub const NAME: Column<LoadBalancer, String> = Column::new(5);

/// `options` of `Load_Balancer`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `hairpin_snat_ip`: IP to be used as source IP for packets that have been hair-pinned after
///   load balancing. This value is automatically populated by `ovn-northd`.
pub const OPTIONS: Column<LoadBalancer, Map<String, String>> = Column::new(6);

/// `protocol`: Valid protocols are `tcp`, `udp`, or `sctp`. This column is useful when a port
/// number is provided as part of the `vips` column. If this column is empty and a port number is
/// provided as part of `vips` column, OVN assumes the protocol to be `tcp`.
///
/// **Shape**: optional [`LoadBalancerProtocol`].
pub const PROTOCOL: Column<LoadBalancer, Option<LoadBalancerProtocol>> = Column::new(7);

/// `vips`: A map of virtual IP addresses (and an optional port number with `:` as a separator)
/// associated with this load balancer and their corresponding endpoint IP addresses (and optional
/// port numbers with `:` as separators) separated by commas.
///
/// **Shape**: map from string to string.
pub const VIPS: Column<LoadBalancer, Map<String, String>> = Column::new(8);

/// A value of [`PROTOCOL`]: of `protocol` in `Load_Balancer`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LoadBalancerProtocol {
    /// `tcp`.
    Tcp,
    /// `udp`.
    Udp,
    /// `sctp`.
    Sctp,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for LoadBalancerProtocol {
    fn from_name(name: &str) -> Self {
        match name {
            "tcp" => Self::Tcp,
            "udp" => Self::Udp,
            "sctp" => Self::Sctp,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
            Self::Other(other) => other,
        }
    }
}

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
    name: "Load_Balancer",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "datapath_group",
            key: BaseDef { reference: Some(("Logical_DP_Group", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "datapaths",
            key: BaseDef { reference: Some(("Datapath_Binding", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "lr_datapath_group",
            key: BaseDef { reference: Some(("Logical_DP_Group", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "ls_datapath_group",
            key: BaseDef { reference: Some(("Logical_DP_Group", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "protocol",
            key: BaseDef { enumeration: &["tcp", "udp", "sctp"], ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "vips", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
    ],
    indexes: &[],
};

impl Table for LoadBalancer {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(DATAPATH_GROUP, self.datapath_group());
        visitor.column(DATAPATHS, self.datapaths());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(LR_DATAPATH_GROUP, self.lr_datapath_group());
        visitor.column(LS_DATAPATH_GROUP, self.ls_datapath_group());
        visitor.column(NAME, self.name());
        visitor.column(OPTIONS, self.options());
        visitor.column(PROTOCOL, self.protocol());
        visitor.column(VIPS, self.vips());
    }
}

impl fmt::Debug for LoadBalancer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl LoadBalancer {
    /// Deprecated. See [`DATAPATH_GROUP`].
    pub fn datapath_group(&self) -> Option<Ref<LogicalDpGroup>> {
        self.0.get(DATAPATH_GROUP)
    }

    /// Datapaths to which this load balancer applies to. See [`DATAPATHS`].
    pub fn datapaths(&self) -> SetView<'_, Ref<DatapathBinding>> {
        self.0.get(DATAPATHS)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The group of logical router datapaths to which this load balancer applies to. See
    /// [`LR_DATAPATH_GROUP`].
    pub fn lr_datapath_group(&self) -> Option<Ref<LogicalDpGroup>> {
        self.0.get(LR_DATAPATH_GROUP)
    }

    /// The group of datapaths to which this load balancer applies to. See [`LS_DATAPATH_GROUP`].
    pub fn ls_datapath_group(&self) -> Option<Ref<LogicalDpGroup>> {
        self.0.get(LS_DATAPATH_GROUP)
    }

    /// A name for the load balancer. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The column `options`. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// Valid protocols are `tcp`, `udp`, or `sctp`. See [`PROTOCOL`].
    pub fn protocol(&self) -> Option<LoadBalancerProtocol> {
        self.0.get(PROTOCOL)
    }

    /// A map of virtual IP addresses (and an optional port number with `:` as a separator)
    /// associated with this load balancer and their corresponding endpoint IP addresses (and
    /// optional port numbers with `:` as separators) separated by commas. See [`VIPS`].
    pub fn vips(&self) -> MapView<'_, String, String> {
        self.0.get(VIPS)
    }
}
