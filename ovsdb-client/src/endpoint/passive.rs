//! Passive endpoints: where the client listens, and whoever calls is the server.

use core::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::endpoint::{DEFAULT_PORT, ParseEndpointError};

/// Where the client listens for a server that calls.
///
/// Only the calling is the other way round: the server answers, the client asks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PassiveEndpoint {
    /// A unix socket, which is made: `punix:PATH`.
    Unix(PathBuf),
    /// TCP: `ptcp:[PORT][:ADDRESS]`.
    ///
    /// **Default**: port 6640, on every IPv4 address. Port 0 leaves the choice to the kernel.
    Tcp(SocketAddr),
    /// TLS over TCP: `pssl:[PORT][:ADDRESS]`, with the defaults of `ptcp:`.
    Ssl(SocketAddr),
}

impl FromStr for PassiveEndpoint {
    type Err = ParseEndpointError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            Some(("punix", "")) => Err(ParseEndpointError::Path),
            Some(("punix", path)) => Ok(Self::Unix(path.into())),
            Some(("ptcp", address)) => parse_address(address).map(Self::Tcp),
            Some(("pssl", address)) => parse_address(address).map(Self::Ssl),
            _ => Err(ParseEndpointError::PassiveScheme(text.to_owned())),
        }
    }
}

fn parse_address(text: &str) -> Result<SocketAddr, ParseEndpointError> {
    let (port, address) = text.split_once(':').unwrap_or((text, ""));
    let port = match port {
        "" => DEFAULT_PORT,
        port => port
            .parse()
            .map_err(|_| ParseEndpointError::Port(port.to_owned()))?,
    };
    let bare = address
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(address);
    let address = match bare {
        "" => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        bare => bare
            .parse()
            .map_err(|_| ParseEndpointError::Address(address.to_owned()))?,
    };
    Ok(SocketAddr::new(address, port))
}

impl fmt::Display for PassiveEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, address) = match self {
            Self::Unix(path) => return write!(f, "punix:{}", path.display()),
            Self::Tcp(address) => ("ptcp", address),
            Self::Ssl(address) => ("pssl", address),
        };
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => write!(f, "{scheme}:{}", address.port()),
            IpAddr::V4(ip) => write!(f, "{scheme}:{}:{ip}", address.port()),
            IpAddr::V6(ip) => write!(f, "{scheme}:{}:[{ip}]", address.port()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match text.parse::<PassiveEndpoint>() {
            Ok(endpoint) => endpoint.to_string(),
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn passive_endpoints_read_as_the_manual_writes_them() {
        for (text, expected) in [
            ("punix:/run/client.sock", "punix:/run/client.sock"),
            ("ptcp:", "ptcp:6640"),
            ("ptcp:0", "ptcp:0"),
            ("ptcp:6641:127.0.0.1", "ptcp:6641:127.0.0.1"),
            ("ptcp::127.0.0.1", "ptcp:6640:127.0.0.1"),
            ("pssl:0:[::1]", "pssl:0:[::1]"),
            ("pssl:6640:::", "pssl:6640:[::]"),
        ] {
            assert_eq!(check(text), expected);
        }
    }

    #[test]
    fn what_is_no_passive_endpoint_says_what_to_write() {
        let errors: Vec<String> = [
            "tcp:a:1",
            "punix:",
            "ptcp:x",
            "ptcp:1:localhost",
            "pssl:65536",
        ]
        .map(check)
        .to_vec();
        insta::assert_snapshot!(errors.join("\n"), @r#"
        error: "tcp:a:1" is no passive endpoint: write punix:PATH, ptcp:PORT:ADDRESS or pssl:PORT:ADDRESS
        error: unix: needs the path of a socket, as in unix:/var/run/ovn/ovnnb_db.sock
        error: "x" is no port: give a number from 1 to 65535
        error: "localhost" is no IP address to listen on: names are not looked up here
        error: "65536" is no port: give a number from 1 to 65535
        "#);
    }
}
