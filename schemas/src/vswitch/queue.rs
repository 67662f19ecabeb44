//! `Queue`: QoS output queue.
//!
//! Generated from vswitch.ovsschema 8.8.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit, debug,
};

/// A configuration for a port output queue, used in configuring Quality of Service (QoS) features.
/// May be referenced by [`QoS.queues`](super::qos::QUEUES) column in [`QoS`](super::Qos) table.
///
/// # Configuration for linux-htb QoS
///
/// [`QoS`](super::Qos) [`QoS.type`](super::qos::TYPE) `linux-htb` may use `queue_id`s less than 61440.
/// It has the following key-value pairs defined.
///
/// Column: [`other_config`](OTHER_CONFIG).
///
/// # Configuration for linux-hfsc QoS
///
/// [`QoS`](super::Qos) [`QoS.type`](super::qos::TYPE) `linux-hfsc` may use `queue_id`s less than 61440.
/// It has the following key-value pairs defined.
///
/// Column: [`other_config`](OTHER_CONFIG).
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Columns: [`other_config`](OTHER_CONFIG), [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct Queue(Row);

/// `dscp`: If set, Open vSwitch will mark all traffic egressing this [`Queue`] with the given DSCP
/// bits. Traffic egressing the default [`Queue`] is only marked if it was explicitly selected as
/// the [`Queue`] at the time the packet was output. If unset, the DSCP bits of traffic egressing
/// this [`Queue`] will remain unchanged.
///
/// **Shape**: optional integer from 0 to 63.
pub const DSCP: Column<Queue, Option<i64>> = Column::new(0);

/// `external_ids` of `Queue`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Queue, Map<String, String>> = Column::new(1);

/// `other_config` of `Queue`.
///
/// **Shape**: map from string to string.
///
/// **Keys**, Configuration for linux-htb QoS:
///
/// - `min-rate` (integer of at least 1): Minimum guaranteed bandwidth, in bit/s.
/// - `max-rate` (integer of at least 1): Maximum allowed bandwidth, in bit/s. Optional. If
///   specified, the queue's rate will not be allowed to exceed the specified value, even if excess
///   bandwidth is available. If unspecified, defaults to no limit.
/// - `burst` (integer of at least 1): Burst size, in bits. This is the maximum amount of "credits"
///   that a queue can accumulate while it is idle. Optional. Details of the `linux-htb`
///   implementation require a minimum burst size, so a too-small `burst` will be silently ignored.
/// - `priority` (integer from 0 to 4294967295): A queue with a smaller `priority` will receive all
///   the excess bandwidth that it can use before a queue with a larger value receives any. Specific
///   priority values are unimportant; only relative ordering matters. Defaults to 0 if unspecified.
///
/// **Keys**, Configuration for linux-hfsc QoS:
///
/// - `min-rate` (integer of at least 1): Minimum guaranteed bandwidth, in bit/s.
/// - `max-rate` (integer of at least 1): Maximum allowed bandwidth, in bit/s. Optional. If
///   specified, the queue's rate will not be allowed to exceed the specified value, even if excess
///   bandwidth is available. If unspecified, defaults to no limit.
pub const OTHER_CONFIG: Column<Queue, Map<String, String>> = Column::new(2);

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
    name: "Queue",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "dscp",
            key: BaseDef { integers: (Some(0), Some(63)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "other_config", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
    ],
    indexes: &[],
};

impl Table for Queue {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(DSCP, self.dscp());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(OTHER_CONFIG, self.other_config());
    }
}

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Queue {
    /// If set, Open vSwitch will mark all traffic egressing this [`Queue`] with the given DSCP
    /// bits. See [`DSCP`].
    pub fn dscp(&self) -> Option<i64> {
        self.0.get(DSCP)
    }

    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The column `other_config`. See [`OTHER_CONFIG`].
    pub fn other_config(&self) -> MapView<'_, String, String> {
        self.0.get(OTHER_CONFIG)
    }
}
