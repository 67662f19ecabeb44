//! Table `IPFIX` of `Open_vSwitch`.
//!
//! Generated from vswitch.ovsschema 8.8.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Row, Set, SetView, Table, TableDef, UNLIMITED,
    Visit, debug,
};

/// Configuration for sending packets to IPFIX collectors.
///
/// IPFIX is a protocol that exports a number of details about flows. The IPFIX implementation in
/// Open vSwitch samples packets at a configurable rate, extracts flow information from those
/// packets, optionally caches and aggregates the flow information, and sends the result to one or
/// more collectors.
///
/// IPFIX in Open vSwitch can be configured two different ways:
///
/// - With *per-bridge sampling*, Open vSwitch performs IPFIX sampling automatically on all packets
///   that pass through a bridge. To configure per-bridge sampling, create an [`IPFIX`](Ipfix)
///   record and point a [`Bridge`](super::Bridge) table's [`Bridge.ipfix`](super::bridge::IPFIX)
///   column to it. The [`Flow_Sample_Collector_Set`](super::FlowSampleCollectorSet) table is not
///   used for per-bridge sampling.
/// - With *flow-based sampling*, `sample` actions in the OpenFlow flow table drive IPFIX sampling.
///   See `ovs-actions`(7) for a description of the `sample` action.
///
///   Flow-based sampling also requires database configuration: create a [`IPFIX`](Ipfix) record
///   that describes the IPFIX configuration and a
///   [`Flow_Sample_Collector_Set`](super::FlowSampleCollectorSet) record that points to the
///   [`Bridge`](super::Bridge) whose flow table holds the `sample` actions and to [`IPFIX`](Ipfix)
///   record. The [`Bridge.ipfix`](super::bridge::IPFIX) in the [`Bridge`](super::Bridge) table is
///   not used for flow-based sampling.
///
/// # Per-Bridge Sampling
///
/// These values affect only per-bridge sampling. See above for a description of the differences
/// between per-bridge and flow-based sampling.
///
/// Columns: [`sampling`](SAMPLING), [`obs_domain_id`](OBS_DOMAIN_ID),
/// [`obs_point_id`](OBS_POINT_ID), [`other_config`](OTHER_CONFIG).
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct Ipfix(Row);

/// `cache_active_timeout`: The maximum period in seconds for which an IPFIX flow record is cached
/// and aggregated before being sent. If not specified, defaults to 0. If 0, caching is disabled.
///
/// **Shape**: optional integer from 0 to 4200.
pub const CACHE_ACTIVE_TIMEOUT: Column<Ipfix, Option<i64>> = Column::new(0);

/// `cache_max_flows`: The maximum number of IPFIX flow records that can be cached at a time. If not
/// specified, defaults to 0. If 0, caching is disabled.
///
/// **Shape**: optional integer from 0 to 4294967295.
pub const CACHE_MAX_FLOWS: Column<Ipfix, Option<i64>> = Column::new(1);

/// `external_ids` of `IPFIX`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Ipfix, Map<String, String>> = Column::new(2);

/// `obs_domain_id`: The IPFIX Observation Domain ID sent in each IPFIX packet. If not specified,
/// defaults to 0.
///
/// **Shape**: optional integer from 0 to 4294967295.
pub const OBS_DOMAIN_ID: Column<Ipfix, Option<i64>> = Column::new(3);

/// `obs_point_id`: The IPFIX Observation Point ID sent in each IPFIX flow record. If not specified,
/// defaults to 0.
///
/// **Shape**: optional integer from 0 to 4294967295.
pub const OBS_POINT_ID: Column<Ipfix, Option<i64>> = Column::new(4);

/// `other_config` of `IPFIX`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `enable-tunnel-sampling` (boolean): Set to `true` to enable sampling and reporting tunnel
///   header 7-tuples in IPFIX flow records. Tunnel sampling is enabled by default.
///
///   The following enterprise entities report the sampled tunnel info:
///
///   - tunnelType: ID: 891, and enterprise ID 6876 (VMware).
///
///     type: unsigned 8-bit integer.
///
///     data type semantics: identifier.
///
///     description: Identifier of the layer 2 network overlay network encapsulation type: 0x01
///     VxLAN, 0x02 GRE, 0x07 GENEVE.
///   - tunnelKey: ID: 892, and enterprise ID 6876 (VMware).
///
///     type: variable-length octetarray.
///
///     data type semantics: identifier.
///
///     description: Key which is used for identifying an individual traffic flow within a VxLAN
///     (24-bit VNI), GENEVE (24-bit VNI), or GRE (32-bit key) tunnel. The key is encoded in this
///     octetarray as a 3- or 4-byte integer ID in network byte order.
///   - tunnelSourceIPv4Address: ID: 893, and enterprise ID 6876 (VMware).
///
///     type: unsigned 32-bit integer.
///
///     data type semantics: identifier.
///
///     description: The IPv4 source address in the tunnel IP packet header.
///   - tunnelDestinationIPv4Address: ID: 894, and enterprise ID 6876 (VMware).
///
///     type: unsigned 32-bit integer.
///
///     data type semantics: identifier.
///
///     description: The IPv4 destination address in the tunnel IP packet header.
///   - tunnelProtocolIdentifier: ID: 895, and enterprise ID 6876 (VMware).
///
///     type: unsigned 8-bit integer.
///
///     data type semantics: identifier.
///
///     description: The value of the protocol number in the tunnel IP packet header. The protocol
///     number identifies the tunnel IP packet payload type.
///   - tunnelSourceTransportPort: ID: 896, and enterprise ID 6876 (VMware).
///
///     type: unsigned 16-bit integer.
///
///     data type semantics: identifier.
///
///     description: The source port identifier in the tunnel transport header. For the transport
///     protocols UDP, TCP, and SCTP, this is the source port number given in the respective header.
///   - tunnelDestinationTransportPort: ID: 897, and enterprise ID 6876 (VMware).
///
///     type: unsigned 16-bit integer.
///
///     data type semantics: identifier.
///
///     description: The destination port identifier in the tunnel transport header. For the
///     transport protocols UDP, TCP, and SCTP, this is the destination port number given in the
///     respective header.
///
///   Before Open vSwitch 2.5.90, [`other_config:enable-tunnel-sampling`](OTHER_CONFIG) was only
///   supported with per-bridge sampling, and ignored otherwise. Open vSwitch 2.5.90 and later
///   support [`other_config:enable-tunnel-sampling`](OTHER_CONFIG) for per-bridge and per-flow
///   sampling.
/// - `virtual_obs_id`: A string that accompanies each IPFIX flow record. Its intended use is for
///   the "virtual observation ID," an identifier of a virtual observation point that is locally
///   unique in a virtual network. It describes a location in the virtual network where IP packets
///   can be observed. The maximum length is 254 bytes. If not specified, the field is omitted from
///   the IPFIX flow record.
///
///   The following enterprise entity reports the specified virtual observation ID:
///
///   - virtualObsID: ID: 898, and enterprise ID 6876 (VMware).
///
///     type: variable-length string.
///
///     data type semantics: identifier.
///
///     description: A virtual observation domain ID that is locally unique in a virtual network.
///
///   This feature was introduced in Open vSwitch 2.5.90.
///
/// **Keys**, Per-Bridge Sampling:
///
/// - `enable-input-sampling` (boolean): By default, Open vSwitch samples and reports flows at
///   bridge port input in IPFIX flow records. Set this column to `false` to disable input sampling.
/// - `enable-output-sampling` (boolean): By default, Open vSwitch samples and reports flows at
///   bridge port output in IPFIX flow records. Set this column to `false` to disable output
///   sampling.
pub const OTHER_CONFIG: Column<Ipfix, Map<String, String>> = Column::new(5);

/// `sampling`: The rate at which packets should be sampled and sent to each target collector. If
/// not specified, defaults to 400, which means one out of 400 packets, on average, will be sent to
/// each target collector.
///
/// **Shape**: optional integer from 1 to 4294967295.
pub const SAMPLING: Column<Ipfix, Option<i64>> = Column::new(6);

/// `stats_interval`: Interval (in seconds) for sending IPFIX exporting process statistics according
/// to IETF RFC 5101 Section 4.3.
///
/// Default value is 600
///
/// **Shape**: optional integer from 1 to 3600.
pub const STATS_INTERVAL: Column<Ipfix, Option<i64>> = Column::new(7);

/// `targets`: IPFIX target collectors in the form `ip:port`.
///
/// **Shape**: set of strings.
pub const TARGETS: Column<Ipfix, Set<String>> = Column::new(8);

/// `template_interval`: Interval (in seconds) for sending IPFIX Template information for each
/// Observation Domain ID.
///
/// Default value is 600
///
/// **Shape**: optional integer from 1 to 3600.
pub const TEMPLATE_INTERVAL: Column<Ipfix, Option<i64>> = Column::new(9);

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
    name: "IPFIX",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "cache_active_timeout",
            key: BaseDef { integers: (Some(0), Some(4200)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "cache_max_flows",
            key: BaseDef { integers: (Some(0), Some(4294967295)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "obs_domain_id",
            key: BaseDef { integers: (Some(0), Some(4294967295)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "obs_point_id",
            key: BaseDef { integers: (Some(0), Some(4294967295)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "other_config", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "sampling",
            key: BaseDef { integers: (Some(1), Some(4294967295)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "stats_interval",
            key: BaseDef { integers: (Some(1), Some(3600)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "targets", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "template_interval",
            key: BaseDef { integers: (Some(1), Some(3600)), ..INTEGER },
            min: 0, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for Ipfix {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(CACHE_ACTIVE_TIMEOUT, self.cache_active_timeout());
        visitor.column(CACHE_MAX_FLOWS, self.cache_max_flows());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(OBS_DOMAIN_ID, self.obs_domain_id());
        visitor.column(OBS_POINT_ID, self.obs_point_id());
        visitor.column(OTHER_CONFIG, self.other_config());
        visitor.column(SAMPLING, self.sampling());
        visitor.column(STATS_INTERVAL, self.stats_interval());
        visitor.column(TARGETS, self.targets());
        visitor.column(TEMPLATE_INTERVAL, self.template_interval());
    }
}

impl fmt::Debug for Ipfix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Ipfix {
    /// The maximum period in seconds for which an IPFIX flow record is cached and aggregated before
    /// being sent. See [`CACHE_ACTIVE_TIMEOUT`].
    pub fn cache_active_timeout(&self) -> Option<i64> {
        self.0.get(CACHE_ACTIVE_TIMEOUT)
    }

    /// The maximum number of IPFIX flow records that can be cached at a time. See
    /// [`CACHE_MAX_FLOWS`].
    pub fn cache_max_flows(&self) -> Option<i64> {
        self.0.get(CACHE_MAX_FLOWS)
    }

    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The IPFIX Observation Domain ID sent in each IPFIX packet. See [`OBS_DOMAIN_ID`].
    pub fn obs_domain_id(&self) -> Option<i64> {
        self.0.get(OBS_DOMAIN_ID)
    }

    /// The IPFIX Observation Point ID sent in each IPFIX flow record. See [`OBS_POINT_ID`].
    pub fn obs_point_id(&self) -> Option<i64> {
        self.0.get(OBS_POINT_ID)
    }

    /// The column `other_config`. See [`OTHER_CONFIG`].
    pub fn other_config(&self) -> MapView<'_, String, String> {
        self.0.get(OTHER_CONFIG)
    }

    /// The rate at which packets should be sampled and sent to each target collector. See
    /// [`SAMPLING`].
    pub fn sampling(&self) -> Option<i64> {
        self.0.get(SAMPLING)
    }

    /// Interval (in seconds) for sending IPFIX exporting process statistics according to IETF RFC
    /// 5101 Section 4.3. See [`STATS_INTERVAL`].
    pub fn stats_interval(&self) -> Option<i64> {
        self.0.get(STATS_INTERVAL)
    }

    /// IPFIX target collectors in the form `ip:port`. See [`TARGETS`].
    pub fn targets(&self) -> SetView<'_, String> {
        self.0.get(TARGETS)
    }

    /// Interval (in seconds) for sending IPFIX Template information for each Observation Domain ID.
    /// See [`TEMPLATE_INTERVAL`].
    pub fn template_interval(&self) -> Option<i64> {
        self.0.get(TEMPLATE_INTERVAL)
    }
}
