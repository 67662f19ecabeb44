//! `Load_Balancer_Group`: load balancer group.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Ref, RefKind, Row, Set, SetView, Table, TableDef,
    UNLIMITED, Visit, debug,
};

use super::load_balancer::LoadBalancer;

/// Each row represents a logical grouping of load balancers. It is up to the CMS to decide the
/// criteria on which load balancers are grouped together. To simplify configuration and to optimize
/// its processing load balancers that must be associated to the same set of logical switches and/or
/// logical routers should be grouped together.
#[derive(Clone, PartialEq, Eq)]
pub struct LoadBalancerGroup(Row);

/// `load_balancer`: A set of load balancers.
///
/// **Shape**: set of weak references to [`LoadBalancer`].
pub const LOAD_BALANCER: Column<LoadBalancerGroup, Set<Ref<LoadBalancer>>> = Column::new(0);

/// `name`: A name for the load balancer group. This name has no special meaning or purpose other
/// than to provide convenience for human interaction with the ovn-nb database.
///
/// **Shape**: string; unique.
pub const NAME: Column<LoadBalancerGroup, String> = Column::new(1);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<LoadBalancerGroup, String> = Index::schema(0);

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
    name: "Load_Balancer_Group",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "load_balancer",
            key: BaseDef { reference: Some(("Load_Balancer", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "name", ..PLAIN },
    ],
    indexes: &[&[1]],
};

impl Table for LoadBalancerGroup {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(LOAD_BALANCER, self.load_balancer());
        visitor.column(NAME, self.name());
    }
}

impl fmt::Debug for LoadBalancerGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl LoadBalancerGroup {
    /// A set of load balancers. See [`LOAD_BALANCER`].
    pub fn load_balancer(&self) -> SetView<'_, Ref<LoadBalancer>> {
        self.0.get(LOAD_BALANCER)
    }

    /// A name for the load balancer group. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }
}
