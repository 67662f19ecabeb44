//! `Tunnel`: A tunnel created by a physical switch.
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Ref, RefKind, Row, Table, TableDef, UNLIMITED,
    Visit, debug,
};

use super::physical_locator::PhysicalLocator;

/// A tunnel created by a [`Physical_Switch`](super::PhysicalSwitch).
///
/// # Bidirectional Forwarding Detection (BFD)
///
/// BFD, defined in RFC 5880, allows point to point detection of connectivity failures by occasional
/// transmission of BFD control messages. VTEPs are expected to implement BFD.
///
/// BFD operates by regularly transmitting BFD control messages at a rate negotiated independently
/// in each direction. Each endpoint specifies the rate at which it expects to receive control
/// messages, and the rate at which it's willing to transmit them. An endpoint which fails to
/// receive BFD control messages for a period of three times the expected reception rate will signal
/// a connectivity fault. In the case of a unidirectional connectivity issue, the system not
/// receiving BFD control messages will signal the problem to its peer in the messages it transmits.
///
/// A hardware VTEP is expected to use BFD to determine reachability of devices at the end of the
/// tunnels with which it exchanges data. This can enable the VTEP to choose a functioning service
/// node among a set of service nodes providing high availability. It also enables the NVC to report
/// the health status of tunnels.
///
/// In many cases the BFD peer of a hardware VTEP will be an Open vSwitch instance. The Open vSwitch
/// implementation of BFD aims to comply faithfully with the requirements put forth in RFC 5880.
/// Open vSwitch does not implement the optional Authentication or "Echo Mode" features.
///
/// # BFD Local Configuration
///
/// The HSC writes the key-value pairs in the [`bfd_config_local`](BFD_CONFIG_LOCAL) column to
/// specify the local configurations to be used for BFD sessions on this tunnel.
///
/// Column: [`bfd_config_local`](BFD_CONFIG_LOCAL).
///
/// # BFD Remote Configuration
///
/// The [`bfd_config_remote`](BFD_CONFIG_REMOTE) column is the remote counterpart of the
/// [`bfd_config_local`](BFD_CONFIG_LOCAL) column. The NVC writes the key-value pairs in this
/// column.
///
/// Column: [`bfd_config_remote`](BFD_CONFIG_REMOTE).
///
/// # BFD Parameters
///
/// The NVC sets up key-value pairs in the [`bfd_params`](BFD_PARAMS) column to enable and configure
/// BFD.
///
/// Column: [`bfd_params`](BFD_PARAMS).
///
/// # BFD Status
///
/// The VTEP sets key-value pairs in the [`bfd_status`](BFD_STATUS) column to report the status of
/// BFD on this tunnel. When BFD is not enabled, with [`bfd_params:enable`](BFD_PARAMS), the HSC
/// clears all key-value pairs from [`bfd_status`](BFD_STATUS).
///
/// Column: [`bfd_status`](BFD_STATUS).
#[derive(Clone, PartialEq, Eq)]
pub struct Tunnel(Row);

/// `bfd_config_local` of `Tunnel`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `bfd_dst_mac`: Set to an Ethernet address in the form *xx*:*xx*:*xx*:*xx*:*xx*:*xx* to set the
///   MAC expected as destination for received BFD packets. The default is `00:23:20:00:00:01`.
/// - `bfd_dst_ip`: Set to an IPv4 address to set the IP address that is expected as destination for
///   received BFD packets. The default is `169.254.1.0`.
pub const BFD_CONFIG_LOCAL: Column<Tunnel, Map<String, String>> = Column::new(0);

/// `bfd_config_remote` of `Tunnel`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `bfd_dst_mac`: Set to an Ethernet address in the form *xx*:*xx*:*xx*:*xx*:*xx*:*xx* to set the
///   destination MAC to be used for transmitted BFD packets. The default is `00:23:20:00:00:01`.
/// - `bfd_dst_ip`: Set to an IPv4 address to set the IP address used as destination for transmitted
///   BFD packets. The default is `169.254.1.1`.
pub const BFD_CONFIG_REMOTE: Column<Tunnel, Map<String, String>> = Column::new(1);

/// `bfd_params` of `Tunnel`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `enable` (boolean): True to enable BFD on this [`Tunnel`]. If not specified, BFD will not be
///   enabled by default.
/// - `min_rx` (integer of at least 1): The shortest interval, in milliseconds, at which this BFD
///   session offers to receive BFD control messages. The remote endpoint may choose to send
///   messages at a slower rate. Defaults to `1000`.
/// - `min_tx` (integer of at least 1): The shortest interval, in milliseconds, at which this BFD
///   session is willing to transmit BFD control messages. Messages will actually be transmitted at
///   a slower rate if the remote endpoint is not willing to receive as quickly as specified.
///   Defaults to `100`.
/// - `decay_min_rx` (integer): An alternate receive interval, in milliseconds, that must be greater
///   than or equal to [`bfd_params:min_rx`](BFD_PARAMS). The implementation should switch from
///   [`bfd_params:min_rx`](BFD_PARAMS) to [`bfd_params:decay_min_rx`](BFD_PARAMS) when there is no
///   obvious incoming data traffic at the tunnel, to reduce the CPU and bandwidth cost of
///   monitoring an idle tunnel. This feature may be disabled by setting a value of 0. This feature
///   is reset whenever [`bfd_params:decay_min_rx`](BFD_PARAMS) or [`bfd_params:min_rx`](BFD_PARAMS)
///   changes.
/// - `forwarding_if_rx` (boolean): When `true`, traffic received on the [`Tunnel`] is used to
///   indicate the capability of packet I/O. BFD control packets are still transmitted and received.
///   At least one BFD control packet must be received every 100 \*
///   [`bfd_params:min_rx`](BFD_PARAMS) amount of time. Otherwise, even if traffic is received, the
///   [`bfd_params:forwarding`](BFD_PARAMS) will be `false`.
/// - `cpath_down` (boolean): Set to true to notify the remote endpoint that traffic should not be
///   forwarded to this system for some reason other than a connectivity failure on the interface
///   being monitored. The typical underlying reason is "concatenated path down," that is, that
///   connectivity beyond the local system is down. Defaults to false.
/// - `check_tnl_key` (boolean): Set to true to make BFD accept only control messages with a tunnel
///   key of zero. By default, BFD accepts control messages with any tunnel key.
pub const BFD_PARAMS: Column<Tunnel, Map<String, String>> = Column::new(2);

/// `bfd_status` of `Tunnel`.
///
/// **Shape**: map from string to string; ephemeral: the database file does not keep it.
///
/// **Keys**:
///
/// - `enabled` (boolean): Set to true if the BFD session has been successfully enabled. Set to
///   false if the VTEP cannot support BFD or has insufficient resources to enable BFD on this
///   tunnel. The NVC will disable the BFD monitoring on the other side of the tunnel once this
///   value is set to false.
/// - `state` (string, one of `admin_down`, `down`, `init`, `up`): Reports the state of the BFD
///   session. The BFD session is fully healthy and negotiated if `UP`.
/// - `forwarding` (boolean): Reports whether the BFD session believes this [`Tunnel`] may be used
///   to forward traffic. Typically this means the local session is signaling `UP`, and the remote
///   system isn't signaling a problem such as concatenated path down.
/// - `diagnostic`: A diagnostic code specifying the local system's reason for the last change in
///   session state. The error messages are defined in section 4.1 of \[RFC 5880\].
/// - `remote_state` (string, one of `admin_down`, `down`, `init`, `up`): Reports the state of the
///   remote endpoint's BFD session.
/// - `remote_diagnostic`: A diagnostic code specifying the remote system's reason for the last
///   change in session state. The error messages are defined in section 4.1 of \[RFC 5880\].
/// - `info`: A short message providing further information about the BFD status (possibly including
///   reasons why BFD could not be enabled).
pub const BFD_STATUS: Column<Tunnel, Map<String, String>> = Column::new(3);

/// `local`: Tunnel end-point local to the physical switch.
///
/// **Shape**: strong reference to [`PhysicalLocator`].
pub const LOCAL: Column<Tunnel, Ref<PhysicalLocator>> = Column::new(4);

/// `remote`: Tunnel end-point remote to the physical switch.
///
/// **Shape**: strong reference to [`PhysicalLocator`].
pub const REMOTE: Column<Tunnel, Ref<PhysicalLocator>> = Column::new(5);

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
    database: "hardware_vtep",
    name: "Tunnel",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "bfd_config_local",
            value: Some(STRING),
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "bfd_config_remote",
            value: Some(STRING),
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "bfd_params", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "bfd_status",
            value: Some(STRING),
            min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN
        },
        ColumnDef {
            name: "local",
            key: BaseDef { reference: Some(("Physical_Locator", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
        ColumnDef {
            name: "remote",
            key: BaseDef { reference: Some(("Physical_Locator", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for Tunnel {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(BFD_CONFIG_LOCAL, self.bfd_config_local());
        visitor.column(BFD_CONFIG_REMOTE, self.bfd_config_remote());
        visitor.column(BFD_PARAMS, self.bfd_params());
        visitor.column(BFD_STATUS, self.bfd_status());
        visitor.column(LOCAL, self.local());
        visitor.column(REMOTE, self.remote());
    }
}

impl fmt::Debug for Tunnel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Tunnel {
    /// The column `bfd_config_local`. See [`BFD_CONFIG_LOCAL`].
    pub fn bfd_config_local(&self) -> MapView<'_, String, String> {
        self.0.get(BFD_CONFIG_LOCAL)
    }

    /// The column `bfd_config_remote`. See [`BFD_CONFIG_REMOTE`].
    pub fn bfd_config_remote(&self) -> MapView<'_, String, String> {
        self.0.get(BFD_CONFIG_REMOTE)
    }

    /// The column `bfd_params`. See [`BFD_PARAMS`].
    pub fn bfd_params(&self) -> MapView<'_, String, String> {
        self.0.get(BFD_PARAMS)
    }

    /// The column `bfd_status`. See [`BFD_STATUS`].
    pub fn bfd_status(&self) -> MapView<'_, String, String> {
        self.0.get(BFD_STATUS)
    }

    /// Tunnel end-point local to the physical switch. See [`LOCAL`].
    pub fn local(&self) -> Ref<PhysicalLocator> {
        self.0.get(LOCAL)
    }

    /// Tunnel end-point remote to the physical switch. See [`REMOTE`].
    pub fn remote(&self) -> Ref<PhysicalLocator> {
        self.0.get(REMOTE)
    }
}
