//! `DHCP_Options`: DHCP options.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit, debug,
};

/// OVN implements native DHCPv4 support which caters to the common use case of providing an IPv4
/// address to a booting instance by providing stateless replies to DHCPv4 requests based on
/// statically configured address mappings. To do this it allows a short list of DHCPv4 options to
/// be configured and applied at each compute host running `ovn-controller`.
///
/// OVN also implements native DHCPv6 support which provides stateless replies to DHCPv6 requests.
///
/// # DHCPv4 options
///
/// The CMS should define the set of DHCPv4 options as key/value pairs in the [`options`](OPTIONS)
/// column of this table. For `ovn-controller` to include these DHCPv4 options, the `dhcpv4_options`
/// of [`Logical_Switch_Port`](super::LogicalSwitchPort) should refer to an entry in this table.
///
/// # Mandatory DHCPv4 options
///
/// The following options must be defined.
///
/// Column: [`options`](OPTIONS).
///
/// # IPv4 DHCP Options
///
/// Below are the supported DHCPv4 options whose values are an IPv4 address, e.g. `192.168.1.1`.
/// Some options accept multiple IPv4 addresses enclosed within curly braces, e.g. `{192.168.1.2,
/// 192.168.1.3}`. Please refer to RFC 2132 for more details on DHCPv4 options and their codes.
///
/// Column: [`options`](OPTIONS).
///
/// # Boolean DHCP Options
///
/// These options accept a Boolean value, expressed as `0` for false or `1` for true.
///
/// Column: [`options`](OPTIONS).
///
/// # Integer DHCP Options
///
/// These options accept a nonnegative integer value.
///
/// Column: [`options`](OPTIONS).
///
/// # String DHCP Options
///
/// These options accept a string value.
///
/// Column: [`options`](OPTIONS).
///
/// # DHCP Options of type host_id
///
/// These options accept either an IPv4 address or a string value.
///
/// Column: [`options`](OPTIONS).
///
/// # DHCP Options of type domains
///
/// These options accept string value which is a comma separated list of domain names. The domain
/// names are encoded based on RFC 1035.
///
/// Column: [`options`](OPTIONS).
///
/// # DHCPv6 options
///
/// OVN also implements native DHCPv6 support. The CMS should define the set of DHCPv6 options as
/// key/value pairs. The define DHCPv6 options will be included in the DHCPv6 response to the DHCPv6
/// Solicit/Request/Confirm packet from the logical ports having the IPv6 addresses in the
/// [`cidr`](CIDR).
///
/// # Mandatory DHCPv6 options
///
/// The following options must be defined.
///
/// Column: [`options`](OPTIONS).
///
/// # IPv6 DHCPv6 options
///
/// Below are the supported DHCPv6 options whose values are an IPv6 address, e.g. `aef0::4`. Some
/// options accept multiple IPv6 addresses enclosed within curly braces, e.g. `{aef0::4, aef0::5}`.
/// Please refer to RFC 3315 for more details on DHCPv6 options and their codes.
///
/// Column: [`options`](OPTIONS).
///
/// # String DHCPv6 options
///
/// These options accept string values.
///
/// Column: [`options`](OPTIONS).
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct DhcpOptions(Row);

/// `cidr`: The DHCPv4/DHCPv6 options will be included if the logical port has its IP address in
/// this [`cidr`](CIDR).
///
/// **Shape**: string.
pub const CIDR: Column<DhcpOptions, String> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<DhcpOptions, Map<String, String>> = Column::new(1);

/// `options` of `DHCP_Options`.
///
/// **Shape**: map from string to string.
///
/// **Keys**, Mandatory DHCPv4 options:
///
/// - `server_id`: The IP address for the DHCP server to use. This should be in the subnet of the
///   offered IP. This is also included in the DHCP offer as option 54, "server identifier."
/// - `server_mac`: The Ethernet address for the DHCP server to use.
/// - `lease_time` (integer from 0 to 4294967295): The offered lease time in seconds,
///
///   The DHCPv4 option code for this option is 51.
///
/// **Keys**, IPv4 DHCP Options:
///
/// - `router`: The IP address of a gateway for the client to use. This should be in the subnet of
///   the offered IP. The DHCPv4 option code for this option is 3.
/// - `netmask`: The DHCPv4 option code for this option is 1.
/// - `dns_server`: The DHCPv4 option code for this option is 6.
/// - `log_server`: The DHCPv4 option code for this option is 7.
/// - `lpr_server`: The DHCPv4 option code for this option is 9.
/// - `swap_server`: The DHCPv4 option code for this option is 16.
/// - `policy_filter`: The DHCPv4 option code for this option is 21.
/// - `router_solicitation`: The DHCPv4 option code for this option is 32.
/// - `nis_server`: The DHCPv4 option code for this option is 41.
/// - `ntp_server`: The DHCPv4 option code for this option is 42.
/// - `netbios_name_server`: The DHCPv4 option code for this option is 44.
/// - `classless_static_route`: The DHCPv4 option code for this option is 121.
///
///   This option can contain one or more static routes, each of which consists of a destination
///   descriptor and the IP address of the router that should be used to reach that destination.
///   Please see RFC 3442 for more details.
///
///   Example: `{30.0.0.0/24,10.0.0.10, 0.0.0.0/0,10.0.0.1}`
/// - `ms_classless_static_route`: The DHCPv4 option code for this option is 249. This option is
///   similar to `classless_static_route` supported by Microsoft Windows DHCPv4 clients.
/// - `next_server`: The DHCPv4 option code for setting the "Next server IP address" field in the
///   DHCP header.
///
/// **Keys**, Boolean DHCP Options:
///
/// - `ip_forward_enable` (string, one of `0`, `1`): The DHCPv4 option code for this option is 19.
/// - `router_discovery` (string, one of `0`, `1`): The DHCPv4 option code for this option is 31.
/// - `ethernet_encap` (string, one of `0`, `1`): The DHCPv4 option code for this option is 36.
///
/// **Keys**, Integer DHCP Options:
///
/// - `default_ttl` (integer from 0 to 255): The DHCPv4 option code for this option is 23.
/// - `tcp_ttl` (integer from 0 to 255): The DHCPv4 option code for this option is 37.
/// - `mtu` (integer from 68 to 65535): The DHCPv4 option code for this option is 26.
/// - `T1` (integer from 68 to 4294967295): This specifies the time interval from address assignment
///   until the client begins trying to renew its address. The DHCPv4 option code for this option is 58.
/// - `T2` (integer from 68 to 4294967295): This specifies the time interval from address assignment
///   until the client begins trying to rebind its address. The DHCPv4 option code for this option
///   is 59.
/// - `arp_cache_timeout` (integer from 0 to 255): The DHCPv4 option code for this option is 35.
///   This option specifies the timeout in seconds for ARP cache entries.
/// - `tcp_keepalive_interval` (integer from 0 to 255): The DHCPv4 option code for this option is 38.
///   This option specifies the interval that the client TCP should wait before sending a keepalive
///   message on a TCP connection.
/// - `netbios_node_type` (integer from 0 to 255): The DHCPv4 option code for this option is 46.
///
/// **Keys**, String DHCP Options:
///
/// - `wpad`: The DHCPv4 option code for this option is 252. This option is used as part of web
///   proxy auto discovery to provide a URL for a web proxy.
/// - `bootfile_name`: The DHCPv4 option code for this option is 67. This option is used to identify
///   a bootfile.
/// - `path_prefix`: The DHCPv4 option code for this option is 210. In PXELINUX' case this option is
///   used to set a common path prefix, instead of deriving it from the bootfile name.
/// - `tftp_server_address`: The DHCPv4 option code for this option is 150. The option contains one
///   or more IPv4 addresses that the client MAY use. This option is Cisco proprietary, the IEEE
///   standard that matches with this requirement is option 66 (tftp_server).
/// - `hostname`: The DHCPv4 option code for this option is 12. If set, indicates the DHCPv4 option
///   "Hostname". Alternatively, this option can be configured in
///   `OVN_NB.Logical_Switch_Port.options:hostname` column in table
///   [`Logical_Switch_Port`](super::LogicalSwitchPort). If Hostname option value is set in both
///   conflicting [`Logical_Switch_Port`](super::LogicalSwitchPort) and
///   [`DHCP_Options`](DhcpOptions) tables, [`Logical_Switch_Port`](super::LogicalSwitchPort) takes
///   precedence.
/// - `domain_name`: The DHCPv4 option code for this option is 15. This option specifies the domain
///   name that client should use when resolving hostnames via the Domain Name System.
/// - `bootfile_name_alt`: "bootfile_name_alt" option is used to support iPXE. When both
///   "bootfile_name" and "bootfile_name_alt" are provided by the CMS, "bootfile_name" will be used
///   for option 67 if the dhcp request contains etherboot option (175), otherwise
///   "bootfile_name_alt" will be used.
/// - `broadcast_address`: The DHCPv4 option code for this option is 28. This option specifies the
///   IP address used as a broadcast address.
///
/// **Keys**, DHCP Options of type host_id:
///
/// - `tftp_server`: The DHCPv4 option code for this option is 66.
///
/// **Keys**, DHCP Options of type domains:
///
/// - `domain_search_list`: The DHCPv4 option code for this option is 119.
///
/// **Keys**, Mandatory DHCPv6 options:
///
/// - `server_id`: The Ethernet address for the DHCP server to use. This is also included in the
///   DHCPv6 reply as option 2, "Server Identifier" to carry a DUID identifying a server between a
///   client and a server. `ovn-controller` defines DUID based on Link-layer Address \[DUID-LL\].
///
/// **Keys**, IPv6 DHCPv6 options:
///
/// - `dns_server`: The DHCPv6 option code for this option is 23. This option specifies the DNS
///   servers that the VM should use.
///
/// **Keys**, String DHCPv6 options:
///
/// - `domain_search`: The DHCPv6 option code for this option is 24. This option specifies the
///   domain search list the client should use to resolve hostnames with DNS.
///
///   Example: `"ovn.org"`.
/// - `dhcpv6_stateless`: This option specifies the OVN native DHCPv6 will work in stateless mode,
///   which means OVN native DHCPv6 will not offer IPv6 addresses for VM/VIF ports, but only reply
///   other configurations, such as DNS and domain search list. When setting this option with string
///   value "true", VM/VIF will configure IPv6 addresses by stateless way. Default value for this
///   option is false.
/// - `fqdn`: The DHCPv6 option code for this option is 39. If set, indicates the DHCPv6 option
///   "FQDN".
pub const OPTIONS: Column<DhcpOptions, Map<String, String>> = Column::new(2);

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
    name: "DHCP_Options",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "cidr", ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
    ],
    indexes: &[],
};

impl Table for DhcpOptions {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(CIDR, self.cidr());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(OPTIONS, self.options());
    }
}

impl fmt::Debug for DhcpOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl DhcpOptions {
    /// The DHCPv4/DHCPv6 options will be included if the logical port has its IP address in this
    /// [`cidr`](CIDR). See [`CIDR`].
    pub fn cidr(&self) -> &str {
        self.0.get(CIDR)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The column `options`. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }
}
