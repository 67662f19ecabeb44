//! Virtual IPs of load balancers and their backends.

use core::net::IpAddr;
use std::fmt;

/// Where a virtual IP or a backend is: an address or a template variable, with or without a port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Endpoint {
    /// The address.
    pub host: Host,
    /// The transport port as written: a number or a template variable.
    pub port: Option<Box<str>>,
}

/// An address as a load balancer has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Host {
    /// An address.
    Ip(IpAddr),
    /// `^NAME`: each chassis puts its own value here.
    Template(Box<str>),
}

/// What stands behind a virtual IP.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backends {
    /// The backends that are endpoints.
    pub endpoints: Vec<Endpoint>,
    /// What is none, verbatim.
    pub other: Vec<Box<str>>,
}

impl Endpoint {
    /// `10.0.0.1`, `10.0.0.1:80`, `fd00::1`, `[fd00::1]:80`, `^NAME`, `^NAME:80` or `^A:^B`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix('[') {
            let (host, rest) = rest.split_once(']')?;
            let host: IpAddr = host.parse().ok().filter(IpAddr::is_ipv6)?;
            let port = match rest {
                "" => None,
                rest => Some(port(rest.strip_prefix(':')?)?),
            };
            let host = Host::Ip(host);
            return Some(Self { host, port });
        }
        // An IPv6 address without a port stands without brackets.
        if let Ok(host) = text.parse() {
            let host = Host::Ip(host);
            return Some(Self { host, port: None });
        }
        let (host, port) = match text.split_once(':') {
            Some((host, text)) => (host, Some(port(text)?)),
            None => (text, None),
        };
        let host = match host.strip_prefix('^') {
            Some(name) => Host::Template(template(name)?),
            None => Host::Ip(host.parse().ok()?),
        };
        Some(Self { host, port })
    }

    /// The address, unless it is a template variable.
    pub fn ip(&self) -> Option<IpAddr> {
        match self.host {
            Host::Ip(ip) => Some(ip),
            Host::Template(_) => None,
        }
    }

    /// The template variables that it names.
    pub fn templates(&self) -> impl Iterator<Item = &str> {
        let host = match &self.host {
            Host::Template(name) => Some(&**name),
            Host::Ip(_) => None,
        };
        let port = self.port.as_deref();
        host.into_iter()
            .chain(port.and_then(|port| port.strip_prefix('^')))
    }
}

impl Backends {
    /// A list with commas; an empty one has no backends.
    pub fn parse(text: &str) -> Self {
        let mut backends = Self::default();
        for part in text.split(',').map(str::trim) {
            match Endpoint::parse(part) {
                _ if part.is_empty() => {}
                Some(endpoint) => backends.endpoints.push(endpoint),
                None => backends.other.push(part.into()),
            }
        }
        backends
    }

    /// Whether nothing stands behind the virtual IP.
    pub fn is_empty(&self) -> bool {
        self.endpoints.is_empty() && self.other.is_empty()
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.host, &self.port) {
            (Host::Ip(IpAddr::V6(ip)), Some(port)) => write!(f, "[{ip}]:{port}"),
            (Host::Ip(ip), Some(port)) => write!(f, "{ip}:{port}"),
            (Host::Ip(ip), None) => write!(f, "{ip}"),
            (Host::Template(name), Some(port)) => write!(f, "^{name}:{port}"),
            (Host::Template(name), None) => write!(f, "^{name}"),
        }
    }
}

fn port(text: &str) -> Option<Box<str>> {
    match text.strip_prefix('^') {
        Some(name) => template(name).map(|name| format!("^{name}").into()),
        None => text.parse::<u16>().ok().map(|port| port.to_string().into()),
    }
}

fn template(name: &str) -> Option<Box<str>> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.';
    (!name.is_empty() && name.bytes().all(is_name)).then(|| name.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let parsed = Endpoint::parse(text).map(|endpoint| endpoint.to_string());
        assert_eq!(parsed.as_deref(), expected, "{text}");
    }

    #[test]
    fn every_spelling_of_a_virtual_ip_is_read() {
        for text in [
            "10.96.0.1",
            "10.96.0.1:443",
            "fd00::1",
            "[fd00::1]:443",
            "^NODEIP_IPv4_0",
            "^NODEIP_IPv4_0:30080",
            "^VIP:^PORT",
        ] {
            check(text, Some(text));
        }
        check("[fd00::1]", Some("fd00::1"));
        for text in [
            "",
            "web",
            "10.96.0.1:http",
            "10.96.0.1:65536",
            "[10.0.0.1]:80",
            "^",
            "^A:",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn backends_are_separated_by_commas() {
        let backends = Backends::parse("10.244.0.5:8080, [fd00::5]:8080,web");
        assert_eq!((backends.endpoints.len(), backends.other.len()), (2, 1));
        assert!(Backends::parse("").is_empty() && !backends.is_empty());
        let templates = Endpoint::parse("^VIP:^PORT").unwrap();
        assert_eq!(templates.templates().collect::<Vec<_>>(), ["VIP", "PORT"]);
    }

    proptest! {
        #[test]
        fn no_text_panics_and_what_is_printed_is_read_back(text in "\\PC*|[0-9a-f.:\\[\\]^]{0,24}") {
            let _ = Backends::parse(&text);
            if let Some(endpoint) = Endpoint::parse(&text) {
                prop_assert_eq!(Endpoint::parse(&endpoint.to_string()), Some(endpoint));
            }
        }
    }
}
