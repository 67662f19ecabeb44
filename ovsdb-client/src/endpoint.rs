//! Endpoints: where a server listens.
//!
//! **Source**: ovsdb(7), "Connection Methods".

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use thiserror::Error;

/// The port that IANA gave OVSDB.
pub const DEFAULT_PORT: u16 = 6640;

/// Where a server listens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Endpoint {
    /// A unix socket.
    Unix(PathBuf),
    /// TCP.
    Tcp {
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
    #[error("{0:?} is no endpoint: write unix:PATH or tcp:HOST:PORT")]
    Scheme(String),
    /// A scheme that exists and is not supported yet.
    #[error("{0:?} needs TLS, which is not supported yet: use unix:PATH or tcp:HOST:PORT")]
    Tls(String),
    /// No path.
    #[error("unix: needs the path of a socket, as in unix:/var/run/ovn/ovnnb_db.sock")]
    Path,
    /// No host.
    #[error("{0:?} names no host: write tcp:HOST:PORT, with an IPv6 address in brackets")]
    Host(String),
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
        let mut endpoints = Vec::new();
        let mut start = 0;
        for (at, _) in text.match_indices(',') {
            let rest = text[at + 1..].trim_start();
            let scheme = rest.split(':').next().unwrap_or_default();
            if rest.len() > scheme.len()
                && !scheme.is_empty()
                && scheme.bytes().all(|byte| byte.is_ascii_alphabetic())
            {
                endpoints.push(text[start..at].trim().parse()?);
                start = at + 1;
            }
        }
        endpoints.push(text[start..].trim().parse()?);
        Ok(endpoints)
    }
}

impl FromStr for Endpoint {
    type Err = ParseEndpointError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            Some(("unix", "")) => Err(ParseEndpointError::Path),
            Some(("unix", path)) => Ok(Self::Unix(path.into())),
            Some(("tcp", address)) => parse_tcp(address),
            Some(("ssl", _)) => Err(ParseEndpointError::Tls(text.to_owned())),
            _ => Err(ParseEndpointError::Scheme(text.to_owned())),
        }
    }
}

fn parse_tcp(address: &str) -> Result<Endpoint, ParseEndpointError> {
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
    Ok(Endpoint::Tcp {
        host: host.to_owned(),
        port,
    })
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
            Self::Tcp { host, port } if host.contains(':') => write!(f, "tcp:[{host}]:{port}"),
            Self::Tcp { host, port } => write!(f, "tcp:{host}:{port}"),
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
        ] {
            assert_eq!(check(text), expected);
        }
    }

    #[test]
    fn what_is_no_endpoint_says_what_to_write() {
        let errors: Vec<String> = [
            "", "unix:", "tcp:", "tcp::1", "tcp:[::1", "tcp:h:x", "tcp:h:0", "ssl:h:1",
        ]
        .map(check)
        .to_vec();
        insta::assert_snapshot!(errors.join("\n"), @r#"
        error: "" is no endpoint: write unix:PATH or tcp:HOST:PORT
        error: unix: needs the path of a socket, as in unix:/var/run/ovn/ovnnb_db.sock
        error: "" names no host: write tcp:HOST:PORT, with an IPv6 address in brackets
        error: ":1" names no host: write tcp:HOST:PORT, with an IPv6 address in brackets
        error: "[::1" names no host: write tcp:HOST:PORT, with an IPv6 address in brackets
        error: "x" is no port: give a number from 1 to 65535
        error: "0" is no port: give a number from 1 to 65535
        error: "ssl:h:1" needs TLS, which is not supported yet: use unix:PATH or tcp:HOST:PORT
        "#);
    }
}
