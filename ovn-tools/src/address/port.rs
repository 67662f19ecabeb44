//! The addresses of a logical switch port.

use core::net::IpAddr;

use crate::address::mac::Mac;
use crate::address::network::Network;

/// One string of `addresses`, `dynamic_addresses` or `port_security` of a switch port.
///
/// **Source**: ovn-nb(5), `Logical_Switch_Port`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PortAddress {
    /// `router`: as the router's port at the other end has it.
    Router,
    /// `unknown`: whatever no other port has.
    Unknown,
    /// OVN chooses what is not given.
    Dynamic {
        /// The MAC address, where one is asked for.
        mac: Option<Mac>,
        /// The IP addresses that are asked for.
        ips: Vec<IpAddr>,
    },
    /// A MAC address with IP addresses, or without.
    Fixed {
        /// The MAC address.
        mac: Mac,
        /// The IP addresses; port security may allow whole networks.
        networks: Vec<Network>,
    },
    /// None of these.
    Other(Box<str>),
}

impl PortAddress {
    /// Reads one string.
    pub fn parse(text: &str) -> Self {
        Self::understood(text).unwrap_or_else(|| Self::Other(text.into()))
    }

    fn understood(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let first = words.next()?;
        let mac = Mac::parse(first);
        match (first, mac, words.clone().next()) {
            ("router", _, None) => return Some(Self::Router),
            ("unknown", _, None) => return Some(Self::Unknown),
            ("dynamic", ..) => {}
            (_, Some(_), Some("dynamic")) => {
                words.next();
            }
            (_, Some(mac), _) => {
                let networks = words.map(Network::parse).collect::<Option<_>>()?;
                return Some(Self::Fixed { mac, networks });
            }
            _ => return None,
        }
        let ips = words.map(|word| word.parse().ok()).collect::<Option<_>>()?;
        Some(Self::Dynamic { mac, ips })
    }

    /// The MAC address that it names.
    pub fn mac(&self) -> Option<Mac> {
        match self {
            Self::Fixed { mac, .. } => Some(*mac),
            Self::Dynamic { mac, .. } => *mac,
            _ => None,
        }
    }

    /// The IP addresses that it names.
    pub fn ips(&self) -> impl Iterator<Item = IpAddr> + '_ {
        let (fixed, dynamic): (&[Network], &[IpAddr]) = match self {
            Self::Fixed { networks, .. } => (networks, &[]),
            Self::Dynamic { ips, .. } => (&[], ips),
            _ => (&[], &[]),
        };
        let fixed = fixed.iter().map(|network| network.address);
        fixed.chain(dynamic.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ips(text: &str) -> String {
        let ips: Vec<String> = PortAddress::parse(text)
            .ips()
            .map(|ip| ip.to_string())
            .collect();
        ips.join(" ")
    }

    #[test]
    fn every_form_of_a_port_address_is_told_from_the_others() {
        assert_eq!(PortAddress::parse("router"), PortAddress::Router);
        assert_eq!(PortAddress::parse("unknown"), PortAddress::Unknown);
        let dynamic = PortAddress::parse("dynamic");
        assert_eq!(
            dynamic,
            PortAddress::Dynamic {
                mac: None,
                ips: Vec::new()
            }
        );
        assert!(
            PortAddress::parse("0a:58:0a:f4:00:05 dynamic")
                .mac()
                .is_some()
        );
        assert_eq!(ips("dynamic 10.0.0.4 fd00::4"), "10.0.0.4 fd00::4");
        assert_eq!(
            ips("0a:58:0a:f4:00:05 10.244.0.5 fd00::5/64"),
            "10.244.0.5 fd00::5"
        );
        assert_eq!(ips("0a:58:0a:f4:00:05"), "");
        for text in [
            "",
            "router 10.0.0.1",
            "0a:58:0a:f4:00:05 web",
            "dynamic web",
            "10.0.0.1",
        ] {
            assert_eq!(PortAddress::parse(text), PortAddress::Other(text.into()));
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*|((router|dynamic|0a:58:0a:f4:00:05|10\\.0\\.0\\.1|x) ?){0,4}") {
            let address = PortAddress::parse(&text);
            let _ = (address.mac(), address.ips().count());
        }
    }
}
