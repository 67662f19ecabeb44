//! IP addresses with a prefix length.

use core::net::IpAddr;
use std::fmt;

/// An IP address and how many of its leading bits name the network.
///
/// **Shape**: the address keeps its host bits, as `networks` of router ports do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network {
    /// The address.
    pub address: IpAddr,
    /// The prefix length: at most 32 or 128.
    pub prefix: u8,
}

impl Network {
    /// The network of this one address.
    pub fn host(address: IpAddr) -> Self {
        let prefix = width(address);
        Self { address, prefix }
    }

    /// `ADDRESS`, `ADDRESS/LENGTH` or `ADDRESS/MASK` of contiguous bits.
    pub fn parse(text: &str) -> Option<Self> {
        let Some((address, length)) = text.split_once('/') else {
            return Some(Self::host(text.parse().ok()?));
        };
        let address: IpAddr = address.parse().ok()?;
        let prefix = match length.parse::<u8>() {
            Ok(length) if length.to_string() == *length_digits(text) => length,
            _ => prefix_of_mask(length.parse().ok()?, address)?,
        };
        (prefix <= width(address)).then_some(Self { address, prefix })
    }

    /// Whether it stands for one address alone.
    pub fn is_host(&self) -> bool {
        self.prefix == width(self.address)
    }

    /// Whether it is IPv4.
    pub fn is_ipv4(&self) -> bool {
        self.address.is_ipv4()
    }

    /// Whether the network holds the address.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.is_ipv4() == address.is_ipv4()
            && masked(self.address, self.prefix) == masked(address, self.prefix)
    }

    /// Whether the network holds all of the other one.
    pub fn covers(&self, other: &Self) -> bool {
        self.prefix <= other.prefix && self.contains(other.address)
    }

    /// The same network without host bits, so that two spellings compare equal.
    #[must_use]
    pub fn canonical(&self) -> Self {
        let address = match self.address {
            IpAddr::V4(_) => {
                let bits = u32::try_from(masked(self.address, self.prefix)).unwrap_or_default();
                IpAddr::V4(bits.into())
            }
            IpAddr::V6(_) => IpAddr::V6(masked(self.address, self.prefix).into()),
        };
        Self { address, ..*self }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_host() {
            write!(f, "{}", self.address)
        } else {
            write!(f, "{}/{}", self.address, self.prefix)
        }
    }
}

fn length_digits(text: &str) -> &str {
    text.split_once('/').map_or("", |(_, length)| length)
}

fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// The address as a number with the bits behind the prefix cleared.
fn masked(address: IpAddr, prefix: u8) -> u128 {
    let bits: u128 = match address {
        IpAddr::V4(address) => u32::from(address).into(),
        IpAddr::V6(address) => address.into(),
    };
    let cleared = u32::from(width(address).saturating_sub(prefix));
    bits.checked_shr(cleared)
        .and_then(|kept| kept.checked_shl(cleared))
        .unwrap_or_default()
}

fn prefix_of_mask(mask: IpAddr, address: IpAddr) -> Option<u8> {
    let (ones, zeros) = match (mask, address) {
        (IpAddr::V4(mask), IpAddr::V4(_)) => {
            let bits = u32::from(mask);
            (bits.leading_ones(), bits.trailing_zeros().min(32))
        }
        (IpAddr::V6(mask), IpAddr::V6(_)) => {
            let bits = u128::from(mask);
            (bits.leading_ones(), bits.trailing_zeros().min(128))
        }
        _ => return None,
    };
    let width = u32::from(width(address));
    (ones + zeros == width).then(|| u8::try_from(ones).ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let parsed = Network::parse(text).map(|network| network.to_string());
        assert_eq!(parsed.as_deref(), expected, "{text}");
    }

    #[test]
    fn every_spelling_of_a_network_is_read() {
        check("10.244.0.5", Some("10.244.0.5"));
        check("10.244.0.5/24", Some("10.244.0.5/24"));
        check("10.244.0.0/255.255.255.0", Some("10.244.0.0/24"));
        check("0.0.0.0/0", Some("0.0.0.0/0"));
        check("fd00::1/64", Some("fd00::1/64"));
        check("::/0", Some("::/0"));
        for text in [
            "",
            "/",
            "10.0.0.0/33",
            "10.0.0.0/255.0.255.0",
            "10.0.0.0/ffff::",
            "10.0.0.0/+8",
            "fd00::/129",
            "discard",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_network_holds_the_addresses_of_its_prefix() {
        let network = Network::parse("10.244.1.7/24").unwrap();
        assert!(network.contains("10.244.1.255".parse().unwrap()));
        assert!(!network.contains("10.244.2.0".parse().unwrap()));
        assert!(!network.contains("::10.244.1.7".parse().unwrap()));
        assert!(network.covers(&Network::parse("10.244.1.0/25").unwrap()));
        assert_eq!(network.canonical().to_string(), "10.244.1.0/24");
        let all = Network::parse("::/0").unwrap();
        assert!(all.contains("fd00::1".parse().unwrap()));
        assert_eq!(all.canonical().to_string(), "::/0");
    }

    proptest! {
        #[test]
        fn no_text_panics_and_what_is_printed_is_read_back(
            text in "\\PC*|[0-9a-f.:/]{0,24}",
            bits: u128,
            prefix in 0..=128_u8,
        ) {
            if let Some(network) = Network::parse(&text) {
                prop_assert_eq!(Network::parse(&network.to_string()), Some(network));
            }
            let network = Network { address: IpAddr::V6(bits.into()), prefix };
            prop_assert_eq!(Network::parse(&network.to_string()), Some(network));
            prop_assert!(network.contains(network.canonical().address));
        }
    }
}
