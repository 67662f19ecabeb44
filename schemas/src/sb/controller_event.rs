//! `Controller_Event`: Controller Event table.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Map, MapView, Ref, RefKind, Row, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::chassis::Chassis;

/// Database table used by `ovn-controller` to report CMS related events. Please note there is no
/// guarantee a given event is written exactly once in the db. It is CMS responsibility to squash
/// duplicated lines or to filter out duplicated events
#[derive(Clone, PartialEq, Eq)]
pub struct ControllerEvent(Row);

/// `chassis`: This column is a [`Chassis`] record to identify the chassis that has managed a given
/// event.
///
/// **Shape**: optional weak reference to [`Chassis`].
pub const CHASSIS: Column<ControllerEvent, Option<Ref<Chassis>>> = Column::new(0);

/// `event_info`: Key-value pairs used to specify event info to the CMS. Possible values are:
///
/// - `vip`: VIP reported for the `empty_lb_backends` event
/// - `protocol`: Transport protocol reported for the `empty_lb_backends` event
/// - `load_balancer`: UUID of the load balancer reported for the `empty_lb_backends` event
///
/// **Shape**: map from string to string.
pub const EVENT_INFO: Column<ControllerEvent, Map<String, String>> = Column::new(1);

/// `event_type`: Event type occurred
///
/// **Shape**: [`ControllerEventEventType`].
pub const EVENT_TYPE: Column<ControllerEvent, ControllerEventEventType> = Column::new(2);

/// `seq_num`: Event sequence number. Global counter for controller generated events. It can be used
/// by the CMS to detect possible duplication of the same event.
///
/// **Shape**: integer.
pub const SEQ_NUM: Column<ControllerEvent, i64> = Column::new(3);

/// A value of [`EVENT_TYPE`]: of `event_type` in `Controller_Event`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ControllerEventEventType {
    /// `empty_lb_backends`.
    EmptyLbBackends,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for ControllerEventEventType {
    fn from_name(name: &str) -> Self {
        match name {
            "empty_lb_backends" => Self::EmptyLbBackends,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::EmptyLbBackends => "empty_lb_backends",
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
    name: "Controller_Event",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "chassis",
            key: BaseDef { reference: Some(("Chassis", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "event_info", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "event_type",
            key: BaseDef { enumeration: &["empty_lb_backends"], ..STRING },
            ..PLAIN
        },
        ColumnDef { name: "seq_num", key: INTEGER, ..PLAIN },
    ],
    indexes: &[],
};

impl Table for ControllerEvent {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(CHASSIS, self.chassis());
        visitor.column(EVENT_INFO, self.event_info());
        visitor.column(EVENT_TYPE, self.event_type());
        visitor.column(SEQ_NUM, self.seq_num());
    }
}

impl fmt::Debug for ControllerEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl ControllerEvent {
    /// This column is a [`Chassis`] record to identify the chassis that has managed a given event.
    /// See [`CHASSIS`].
    pub fn chassis(&self) -> Option<Ref<Chassis>> {
        self.0.get(CHASSIS)
    }

    /// Key-value pairs used to specify event info to the CMS. See [`EVENT_INFO`].
    pub fn event_info(&self) -> MapView<'_, String, String> {
        self.0.get(EVENT_INFO)
    }

    /// Event type occurred. See [`EVENT_TYPE`].
    pub fn event_type(&self) -> ControllerEventEventType {
        self.0.get(EVENT_TYPE)
    }

    /// Event sequence number. See [`SEQ_NUM`].
    pub fn seq_num(&self) -> i64 {
        self.0.get(SEQ_NUM)
    }
}
