//! Endpoints: where a server listens, or where one is waited for.
//!
//! **Source**: ovsdb(7), "Connection Methods".

mod passive;

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use thiserror::Error;

pub use self::passive::PassiveEndpoint;

/// The port that IANA gave OVSDB.
pub const DEFAULT_PORT: u16 = 6640;

/// Where a server listens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Endpoint {
    /// A unix socket: `unix:PATH`.
    Unix(PathBuf),
    /// TCP: `tcp:HOST[:PORT]`.
    Tcp {
        /// A host name or address; an IPv6 address without brackets.
        host: String,
        /// The port.
        port: u16,
    },
    /// TLS over TCP: `ssl:HOST[:PORT]`.
    Ssl {
        /// A host name or address; an IPv6 address without brackets.
        host: String,
        /// The port.
        port: u16,
    },
}

/// A text is no endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ParseEndpointError {
    /// No scheme of ours.
    #[error("{0:?} is no endpoint: write unix:PATH, tcp:HOST:PORT or ssl:HOST:PORT")]
    Scheme(String),
    /// No passive scheme of ours.
    #[error(
        "{0:?} is no passive endpoint: write punix:PATH, ptcp:PORT:ADDRESS or pssl:PORT:ADDRESS"
    )]
    PassiveScheme(String),
    /// A passive endpoint where a server is to be called.
    #[error(
        "{0:?} waits for a server: to call one, write unix:PATH, tcp:HOST:PORT or ssl:HOST:PORT"
    )]
    Passive(String),
    /// No path.
    #[error("unix: needs the path of a socket, as in unix:/var/run/ovn/ovnnb_db.sock")]
    Path,
    /// No host.
    #[error("{0:?} names no host: write HOST:PORT, with an IPv6 address in brackets")]
    Host(String),
    /// No address that can be listened on.
    #[error("{0:?} is no IP address to listen on: names are not looked up here")]
    Address(String),
    /// No port.
    #[error("{0:?} is no port: give a number from 1 to 65535")]
    Port(String),
}

impl Endpoint {
    /// Reads a list of endpoints: separated by commas, of which only those count that another
    /// scheme follows, so that a comma in a file name stays where it is.
    ///
    /// # Errors
    /// [`ParseEndpointError`] when one of them is no endpoint.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, ParseEndpointError> {
        split_list(text).into_iter().map(str::parse).collect()
    }
}

/// The texts of a list of endpoints, passive ones or not; see [`Endpoint::parse_list`].
pub(crate) fn split_list(text: &str) -> Vec<&str> {
    let mut elements = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(',') {
        let rest = text[at + 1..].trim_start();
        let scheme = rest.split(':').next().unwrap_or_default();
        if rest.len() > scheme.len()
            && !scheme.is_empty()
            && scheme.bytes().all(|byte| byte.is_ascii_alphabetic())
        {
            elements.push(text[start..at].trim());
            start = at + 1;
        }
    }
    elements.push(text[start..].trim());
    elements
}

impl FromStr for Endpoint {
    type Err = ParseEndpointError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            Some(("unix", "")) => Err(ParseEndpointError::Path),
            Some(("unix", path)) => Ok(Self::Unix(path.into())),
            Some(("tcp", address)) => {
                let (host, port) = parse_host(address)?;
                Ok(Self::Tcp { host, port })
            }
            Some(("ssl", address)) => {
                let (host, port) = parse_host(address)?;
                Ok(Self::Ssl { host, port })
            }
            Some(("punix" | "ptcp" | "pssl", _)) => {
                Err(ParseEndpointError::Passive(text.to_owned()))
            }
            _ => Err(ParseEndpointError::Scheme(text.to_owned())),
        }
    }
}

fn parse_host(address: &str) -> Result<(String, u16), ParseEndpointError> {
    let no_host = || ParseEndpointError::Host(address.to_owned());
    let (host, port) = match address.strip_prefix('[') {
        Some(rest) => {
            let (host, rest) = rest.split_once(']').ok_or_else(no_host)?;
            (
                host,
                rest.strip_prefix(':').or(rest.is_empty().then_some("")),
            )
        }
        None => match address.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (address, Some("")),
        },
    };
    if host.is_empty() {
        return Err(no_host());
    }
    let port = match port {
        Some("") => DEFAULT_PORT,
        Some(port) => port
            .parse()
            .ok()
            .filter(|&port| port != 0)
            .ok_or_else(|| ParseEndpointError::Port(port.to_owned()))?,
        None => return Err(no_host()),
    };
    Ok((host.to_owned(), port))
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, host, port) = match self {
            Self::Unix(path) => return write!(f, "unix:{}", path.display()),
            Self::Tcp { host, port } => ("tcp", host, port),
            Self::Ssl { host, port } => ("ssl", host, port),
        };
        if host.contains(':') {
            write!(f, "{scheme}:[{host}]:{port}")
        } else {
            write!(f, "{scheme}:{host}:{port}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match text.parse::<Endpoint>() {
            Ok(endpoint) => endpoint.to_string(),
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn endpoints_read_as_the_manual_writes_them() {
        for (text, expected) in [
            ("unix:/run/ovn/ovnnb_db.sock", "unix:/run/ovn/ovnnb_db.sock"),
            ("unix:a,b:c", "unix:a,b:c"),
            ("tcp:10.0.0.1:6641", "tcp:10.0.0.1:6641"),
            ("tcp:db.example", "tcp:db.example:6640"),
            ("tcp:[fd98::1]:6642", "tcp:[fd98::1]:6642"),
            ("tcp:[::1]", "tcp:[::1]:6640"),
            ("ssl:10.0.0.1:6641", "ssl:10.0.0.1:6641"),
            ("ssl:[fe80::1%eth0]", "ssl:[fe80::1%eth0]:6640"),
        ] {
            assert_eq!(check(text), expected);
        }
    }

    #[test]
    fn what_is_no_endpoint_says_what_to_write() {
        let errors: Vec<String> = [
            "",
            "unix:",
            "tcp:",
            "tcp::1",
            "tcp:[::1",
            "tcp:h:x",
            "tcp:h:0",
            "ssl:",
            "ptcp:6640",
        ]
        .map(check)
        .to_vec();
        insta::assert_snapshot!(errors.join("\n"), @r#"
        error: "" is no endpoint: write unix:PATH, tcp:HOST:PORT or ssl:HOST:PORT
        error: unix: needs the path of a socket, as in unix:/var/run/ovn/ovnnb_db.sock
        error: "" names no host: write HOST:PORT, with an IPv6 address in brackets
        error: ":1" names no host: write HOST:PORT, with an IPv6 address in brackets
        error: "[::1" names no host: write HOST:PORT, with an IPv6 address in brackets
        error: "x" is no port: give a number from 1 to 65535
        error: "0" is no port: give a number from 1 to 65535
        error: "" names no host: write HOST:PORT, with an IPv6 address in brackets
        error: "ptcp:6640" waits for a server: to call one, write unix:PATH, tcp:HOST:PORT or ssl:HOST:PORT
        "#);
    }
}
