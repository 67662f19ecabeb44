//! `QoS`: QoS rule.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED,
    Visit, debug,
};

/// Each row in this table represents one QoS rule for a logical switch that points to it through
/// its `qos_rules` column. Two types of QoS are supported: DSCP marking and metering. A
/// [`match`](MATCH) with the highest-[`priority`](PRIORITY) will have QoS applied to it. If the
/// [`action`](ACTION) column is specified, then matching packets will have DSCP marking applied. If
/// the [`bandwidth`](BANDWIDTH) column is specified, then matching packets will have metering
/// applied. [`action`](ACTION) and [`bandwidth`](BANDWIDTH) are not exclusive, so both marking and
/// metering by defined for the same QoS entry. If no row matches, packets will not have any QoS
/// applied.
#[derive(Clone, PartialEq, Eq)]
pub struct Qos(Row);

/// `action`: When `dscp` action is specified, matching flows will have have DSCP marking applied.
/// When `mark` action is specified, matching flows will have packet marking applied.
///
/// - `dscp`: The value of this action should be in the range of 0 to 63 (inclusive).
/// - `mark`: The value of this action should be a positive integer.
///
/// **Shape**: map from [`QosActionKey`] to integer from 0 to 4294967295.
pub const ACTION: Column<Qos, Map<QosActionKey, i64>> = Column::new(0);

/// `bandwidth`: When specified, matching packets will have bandwidth metering applied. Traffic over
/// the limit will be dropped.
///
/// - `rate`: The value of rate limit in kbps.
/// - `burst`: The value of burst rate limit in kilobits. This is optional and needs to specify the
///   `rate`.
///
/// **Shape**: map from [`QosBandwidthKey`] to integer from 1 to 4294967295.
pub const BANDWIDTH: Column<Qos, Map<QosBandwidthKey, i64>> = Column::new(1);

/// `direction`: The value of this field is similar to `OVN_Northbound.ACL` column in the OVN
/// Northbound database's `OVN_Northbound.ACL` table.
///
/// **Shape**: [`QosDirection`].
pub const DIRECTION: Column<Qos, QosDirection> = Column::new(2);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Qos, Map<String, String>> = Column::new(3);

/// `match`: The packets that the QoS rules should match, in the same expression language used for
/// the `OVN_Southbound.Logical_Flow.match` column in the OVN Southbound database's
/// `OVN_Southbound.Logical_Flow` table. The `outport` logical port is only available in the
/// `to-lport` direction (the `inport` is available in both directions).
///
/// **Shape**: string.
pub const MATCH: Column<Qos, String> = Column::new(4);

/// `priority`: The QoS rule's priority. Rules with numerically higher priority take precedence over
/// those with lower. If two QoS rules with the same priority both match, then the one actually
/// applied to a packet is undefined.
///
/// **Shape**: integer from 0 to 32767.
pub const PRIORITY: Column<Qos, i64> = Column::new(5);

/// A value of [`ACTION`]: of `action` in `QoS`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum QosActionKey {
    /// `dscp`: The value of this action should be in the range of 0 to 63 (inclusive).
    Dscp,
    /// `mark`: The value of this action should be a positive integer.
    Mark,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for QosActionKey {
    fn from_name(name: &str) -> Self {
        match name {
            "dscp" => Self::Dscp,
            "mark" => Self::Mark,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Dscp => "dscp",
            Self::Mark => "mark",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`BANDWIDTH`]: of `bandwidth` in `QoS`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum QosBandwidthKey {
    /// `rate`: The value of rate limit in kbps.
    Rate,
    /// `burst`: The value of burst rate limit in kilobits.
    Burst,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for QosBandwidthKey {
    fn from_name(name: &str) -> Self {
        match name {
            "rate" => Self::Rate,
            "burst" => Self::Burst,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Rate => "rate",
            Self::Burst => "burst",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`DIRECTION`]: of `direction` in `QoS`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum QosDirection {
    /// `from-lport`.
    FromLport,
    /// `to-lport`.
    ToLport,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for QosDirection {
    fn from_name(name: &str) -> Self {
        match name {
            "from-lport" => Self::FromLport,
            "to-lport" => Self::ToLport,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::FromLport => "from-lport",
            Self::ToLport => "to-lport",
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
    database: "OVN_Northbound",
    name: "QoS",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "action",
            key: BaseDef { enumeration: &["dscp", "mark"], ..STRING },
            value: Some(BaseDef { integers: (Some(0), Some(4294967295)), ..INTEGER }),
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "bandwidth",
            key: BaseDef { enumeration: &["rate", "burst"], ..STRING },
            value: Some(BaseDef { integers: (Some(1), Some(4294967295)), ..INTEGER }),
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "direction",
            key: BaseDef { enumeration: &["from-lport", "to-lport"], ..STRING },
            ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "match", ..PLAIN },
        ColumnDef {
            name: "priority",
            key: BaseDef { integers: (Some(0), Some(32767)), ..INTEGER },
            ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for Qos {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ACTION, self.action());
        visitor.column(BANDWIDTH, self.bandwidth());
        visitor.column(DIRECTION, self.direction());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(MATCH, self.match_());
        visitor.column(PRIORITY, self.priority());
    }
}

impl fmt::Debug for Qos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Qos {
    /// When `dscp` action is specified, matching flows will have have DSCP marking applied. See
    /// [`ACTION`].
    pub fn action(&self) -> MapView<'_, QosActionKey, i64> {
        self.0.get(ACTION)
    }

    /// When specified, matching packets will have bandwidth metering applied. See [`BANDWIDTH`].
    pub fn bandwidth(&self) -> MapView<'_, QosBandwidthKey, i64> {
        self.0.get(BANDWIDTH)
    }

    /// The value of this field is similar to `OVN_Northbound.ACL` column in the OVN Northbound
    /// database's `OVN_Northbound.ACL` table. See [`DIRECTION`].
    pub fn direction(&self) -> QosDirection {
        self.0.get(DIRECTION)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The packets that the QoS rules should match, in the same expression language used for the
    /// `OVN_Southbound.Logical_Flow.match` column in the OVN Southbound database's
    /// `OVN_Southbound.Logical_Flow` table. See [`MATCH`].
    pub fn match_(&self) -> &str {
        self.0.get(MATCH)
    }

    /// The QoS rule's priority. See [`PRIORITY`].
    pub fn priority(&self) -> i64 {
        self.0.get(PRIORITY)
    }
}
