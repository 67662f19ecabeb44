//! Table `SSL` of `OVN_Southbound`.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit, debug,
};

/// SSL/TLS configuration for ovn-sb database access.
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

/// `ssl_ciphers`: List of ciphers (in OpenSSL cipher string format) to be supported for SSL/TLS
/// connections with TLSv1.2. The default when this option is omitted is `DEFAULT:@SECLEVEL=2`.
///
/// **Shape**: string.
pub const SSL_CIPHERS: Column<Ssl, String> = Column::new(5);

/// `ssl_ciphersuites`: List of ciphersuites (in OpenSSL ciphersuites string format) to be supported
/// for SSL/TLS connections with TLSv1.3 and later. Default value from OpenSSL will be used when
/// this option is omitted.
///
/// **Shape**: string.
pub const SSL_CIPHERSUITES: Column<Ssl, String> = Column::new(6);

/// `ssl_protocols`: Range or a comma- or space-delimited list of the SSL/TLS protocols to enable
/// for SSL/TLS connections.
///
/// Supported protocols include `TLSv1.2` and `TLSv1.3`. Ranges can be provided in a form of two
/// protocol names separated with a dash (`TLSv1.2-TLSv1.3`), or as a single protocol name with a
/// plus sign (`TLSv1.2+`). The value can be a list of protocols or exactly one range. The range is
/// a preferred way of specifying protocols and the configuration always behaves as if the range
/// between the minimum and the maximum specified version is provided, i.e., if the value is set to
/// `TLSv1.X,TLSv1.(X+2)`, the `TLSv1.(X+1)` will also be enabled as if it was a range. Regardless
/// of order, the highest protocol supported by both sides will be chosen when making the
/// connection.
///
/// The default when this option is omitted is `TLSv1.2+`.
///
/// **Shape**: string.
pub const SSL_PROTOCOLS: Column<Ssl, String> = Column::new(7);

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
    database: "OVN_Southbound",
    name: "SSL",
    is_root: false,
    max_rows: Some(1),
    columns: &[
        ColumnDef { name: "bootstrap_ca_cert", key: BOOLEAN, ..PLAIN },
        ColumnDef { name: "ca_cert", ..PLAIN },
        ColumnDef { name: "certificate", ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "private_key", ..PLAIN },
        ColumnDef { name: "ssl_ciphers", ..PLAIN },
        ColumnDef { name: "ssl_ciphersuites", ..PLAIN },
        ColumnDef { name: "ssl_protocols", ..PLAIN },
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
        visitor.column(SSL_CIPHERS, self.ssl_ciphers());
        visitor.column(SSL_CIPHERSUITES, self.ssl_ciphersuites());
        visitor.column(SSL_PROTOCOLS, self.ssl_protocols());
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

    /// List of ciphers (in OpenSSL cipher string format) to be supported for SSL/TLS connections
    /// with TLSv1.2. See [`SSL_CIPHERS`].
    pub fn ssl_ciphers(&self) -> &str {
        self.0.get(SSL_CIPHERS)
    }

    /// List of ciphersuites (in OpenSSL ciphersuites string format) to be supported for SSL/TLS
    /// connections with TLSv1.3 and later. See [`SSL_CIPHERSUITES`].
    pub fn ssl_ciphersuites(&self) -> &str {
        self.0.get(SSL_CIPHERSUITES)
    }

    /// Range or a comma- or space-delimited list of the SSL/TLS protocols to enable for SSL/TLS
    /// connections. See [`SSL_PROTOCOLS`].
    pub fn ssl_protocols(&self) -> &str {
        self.0.get(SSL_PROTOCOLS)
    }
}
