//! MAC addresses: found in text, and replaced.

use core::net::Ipv4Addr;

use crate::redact::ip::IpAddresses;
use crate::redact::prefix::{Permutation, Spared};

const BITS: u32 = 48;
const BYTES: usize = 6;

/// What the addresses begin with that OVN-Kubernetes makes of IP addresses.
const OF_IP: [u8; 2] = [0x0a, 0x58];

/// An address as it stands in text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MacToken {
    bytes: [u8; BYTES],
    separator: char,
}

impl MacToken {
    /// The address at the beginning of a text, and how long it is.
    pub(super) fn find(text: &str) -> Option<(Self, usize)> {
        let separator = text
            .get(2..)?
            .chars()
            .next()
            .filter(|c| matches!(c, ':' | '-'))?;
        let mut bytes = [0; BYTES];
        let mut at = 0;
        for (number, byte) in bytes.iter_mut().enumerate() {
            if number > 0 {
                at += text.get(at..)?.strip_prefix(separator).map(|_| 1)?;
            }
            let digits = text.get(at..at + 2)?;
            let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            *byte = u8::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
            at += 2;
        }
        let mut rest = text.get(at..)?.chars();
        let goes_on = match rest.next() {
            Some(c) if c == separator => rest.next().is_some_and(|c| c.is_ascii_hexdigit()),
            Some(c) => c.is_alphanumeric(),
            None => false,
        };
        (!goes_on).then_some((Self { bytes, separator }, at))
    }
}

/// Replaces addresses.
#[derive(Debug)]
pub(super) struct MacAddresses(Permutation);

impl MacAddresses {
    /// Replacements by a key.
    pub(super) fn new(key: [u8; 32]) -> Self {
        let spared = |bits: u128, length: u32, whole: bool| Spared {
            bits,
            length,
            whole,
        };
        let mut spared = vec![
            spared(0, BITS, true),
            spared(0xffff_ffff_ffff, BITS, true),
            spared(0x01_005e, 24, true),
            spared(0x01_80c2, 24, true),
            spared(0x3333, 16, true),
            spared(0x0a58, 16, false),
        ];
        // Whether it is one of a group, and who gave it, stands in the first byte.
        let firsts = (0..=u8::MAX).map(|byte| Spared {
            bits: byte.into(),
            length: 8,
            whole: false,
        });
        spared.extend(firsts);
        Self(Permutation::new(key, BITS, spared))
    }

    /// How many different addresses were replaced by others.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Appends what an address is replaced by.
    pub(super) fn push(&mut self, token: MacToken, ips: &mut IpAddresses, out: &mut String) {
        let mut number = [0; 16];
        number[16 - BYTES..].copy_from_slice(&token.bytes);
        let new = self.0.apply(u128::from_be_bytes(number)).to_be_bytes();
        let mut bytes = [0; BYTES];
        bytes.copy_from_slice(&new[16 - BYTES..]);
        if let [a, b, ip @ ..] = token.bytes
            && [a, b] == OF_IP
        {
            let ip = ips.v4(Ipv4Addr::from(ip)).octets();
            bytes = [a, b, ip[0], ip[1], ip[2], ip[3]];
        }
        for (number, byte) in bytes.into_iter().enumerate() {
            if number > 0 {
                out.push(token.separator);
            }
            out.push_str(&format!("{byte:02x}"));
        }
    }
}
