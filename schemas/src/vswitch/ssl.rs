//! Table `SSL` of `Open_vSwitch`.
//!
//! Generated from vswitch.ovsschema 8.8.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit, debug,
};

/// SSL/TLS configuration for an Open_vSwitch.
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct Ssl(Row);

/// `bootstrap_ca_cert`: If set to `true`, then Open vSwitch will attempt to obtain the CA
/// certificate from the controller on its first SSL/TLS connection and save it to the named PEM
/// file. If it is successful, it will immediately drop the connection and reconnect, and from then
/// on all SSL/TLS connections must be authenticated by a certificate signed by the CA certificate
/// thus obtained. *This option exposes the SSL/TLS connection to a man-in-the-middle attack
/// obtaining the initial CA certificate.* It may still be useful for bootstrapping.
///
/// **Shape**: boolean.
pub const BOOTSTRAP_CA_CERT: Column<Ssl, bool> = Column::new(0);

/// `ca_cert`: Name of a PEM file containing the CA certificate used to verify that the switch is
/// connected to a trustworthy controller.
///
/// **Shape**: string.
pub const CA_CERT: Column<Ssl, String> = Column::new(1);

/// `certificate`: Name of a PEM file containing a certificate, signed by the certificate authority
/// (CA) used by the controller and manager, that certifies the switch's private key, identifying a
/// trustworthy switch.
///
/// **Shape**: string.
pub const CERTIFICATE: Column<Ssl, String> = Column::new(2);

/// `external_ids` of `SSL`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Ssl, Map<String, String>> = Column::new(3);

/// `private_key`: Name of a PEM file containing the private key used as the switch's identity for
/// SSL/TLS connections to the controller.
///
/// **Shape**: string.
pub const PRIVATE_KEY: Column<Ssl, String> = Column::new(4);

/// Any boolean.
const BOOLEAN: BaseDef = BaseDef::plain(Kind::Boolean);

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
    name: "SSL",
    is_root: false,
    max_rows: Some(1),
    columns: &[
        ColumnDef { name: "bootstrap_ca_cert", key: BOOLEAN, ..PLAIN },
        ColumnDef { name: "ca_cert", ..PLAIN },
        ColumnDef { name: "certificate", ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "private_key", ..PLAIN },
    ],
    indexes: &[],
};

impl Table for Ssl {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(BOOTSTRAP_CA_CERT, self.bootstrap_ca_cert());
        visitor.column(CA_CERT, self.ca_cert());
        visitor.column(CERTIFICATE, self.certificate());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(PRIVATE_KEY, self.private_key());
    }
}

impl fmt::Debug for Ssl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Ssl {
    /// If set to `true`, then Open vSwitch will attempt to obtain the CA certificate from the
    /// controller on its first SSL/TLS connection and save it to the named PEM file. See
    /// [`BOOTSTRAP_CA_CERT`].
    pub fn bootstrap_ca_cert(&self) -> bool {
        self.0.get(BOOTSTRAP_CA_CERT)
    }

    /// Name of a PEM file containing the CA certificate used to verify that the switch is connected
    /// to a trustworthy controller. See [`CA_CERT`].
    pub fn ca_cert(&self) -> &str {
        self.0.get(CA_CERT)
    }

    /// Name of a PEM file containing a certificate, signed by the certificate authority (CA) used
    /// by the controller and manager, that certifies the switch's private key, identifying a
    /// trustworthy switch. See [`CERTIFICATE`].
    pub fn certificate(&self) -> &str {
        self.0.get(CERTIFICATE)
    }

    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Name of a PEM file containing the private key used as the switch's identity for SSL/TLS
    /// connections to the controller. See [`PRIVATE_KEY`].
    pub fn private_key(&self) -> &str {
        self.0.get(PRIVATE_KEY)
    }
}
