//! IP addresses: found in text, and replaced.

use core::net::{Ipv4Addr, Ipv6Addr};

use crate::redact::prefix::{Permutation, Spared};

const V4_BITS: u32 = 32;
const V6_BITS: u32 = 128;

/// An address as it stands in text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct IpToken {
    address: Written,
    /// The prefix length after it, which stands in the text by itself.
    prefix: Option<u32>,
}

/// How an address is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    /// Four numbers with this between them: a dot, or what stands for one in names of hosts.
    V4(Ipv4Addr, char),
    V6(Ipv6Addr),
}

impl IpToken {
    /// The address at the beginning of a text, and how long it is without its prefix length.
    ///
    /// `before` is what stands before it.
    pub(super) fn find(text: &str, before: &str) -> Option<(Self, usize)> {
        let (address, length) = find_v6(text).or_else(|| find_v4(text, before))?;
        let width = match address {
            Written::V4(..) => V4_BITS,
            Written::V6(_) => V6_BITS,
        };
        let rest = text.get(length..)?;
        let prefix = rest.strip_prefix('/').and_then(|rest| {
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            let follows = rest.get(end..)?;
            let ends = !follows.starts_with(|c: char| c.is_alphanumeric() || c == '.');
            rest.get(..end)?
                .parse()
                .ok()
                .filter(|prefix| ends && *prefix <= width)
        });
        Some((Self { address, prefix }, length))
    }
}

fn find_v6(text: &str) -> Option<(Written, usize)> {
    let is_part = |c: char| c.is_ascii_hexdigit() || matches!(c, ':' | '.');
    let end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    let (run, rest) = text.split_at(end);
    if rest.starts_with(char::is_alphanumeric) || run.matches(':').count() < 2 {
        return None;
    }
    // A sentence, or a list, may go on after the address.
    let ends = [
        run,
        run.trim_end_matches('.'),
        run.strip_suffix(':').unwrap_or(run),
    ];
    ends.into_iter()
        .find_map(|run| Some((Written::V6(run.parse().ok()?), run.len())))
}

fn find_v4(text: &str, before: &str) -> Option<(Written, usize)> {
    let first = text.find(|c: char| !c.is_ascii_digit())?;
    let separator = text.get(first..)?.chars().next()?;
    if !matches!(separator, '.' | '-' | '_') {
        return None;
    }
    let continues = before
        .strip_suffix(separator)
        .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    if continues {
        return None;
    }
    let mut octets = [0u8; 4];
    let mut at = 0;
    for (number, octet) in octets.iter_mut().enumerate() {
        if number > 0 {
            at += text.get(at..)?.strip_prefix(separator).map(|_| 1)?;
        }
        let rest = text.get(at..)?;
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let digits = rest.get(..end)?;
        let is_plain = digits == "0" || !digits.starts_with('0');
        *octet = digits.parse().ok().filter(|_| is_plain)?;
        at += end;
    }
    let mut rest = text.get(at..)?.chars();
    let goes_on = match rest.next() {
        Some(c) if c == separator => rest.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    (!goes_on).then(|| (Written::V4(octets.into(), separator), at))
}

/// Replaces addresses.
#[derive(Debug)]
pub(super) struct IpAddresses {
    v4: Permutation,
    v6: Permutation,
}

impl IpAddresses {
    /// Replacements by a key.
    pub(super) fn new(key: [u8; 32]) -> Self {
        let v4 = |a: u8, b: u8, length: u32, whole: bool| {
            let bits = u128::from(u32::from(Ipv4Addr::new(a, b, 0, 0)) >> (V4_BITS - length));
            Spared {
                bits,
                length,
                whole,
            }
        };
        let v6 = |address: Ipv6Addr, length: u32, whole: bool| {
            let bits = u128::from(address) >> (V6_BITS - length);
            Spared {
                bits,
                length,
                whole,
            }
        };
        let begins = |a: u16, b: u16| Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0);
        Self {
            v4: Permutation::new(
                key,
                V4_BITS,
                vec![
                    v4(0, 0, 8, true),
                    v4(10, 0, 8, false),
                    v4(100, 64, 10, false),
                    v4(127, 0, 8, true),
                    // Link-local; OVN-Kubernetes draws its masquerade addresses from here.
                    v4(169, 254, 16, true),
                    v4(172, 16, 12, false),
                    v4(192, 168, 16, false),
                    // Multicast, broadcast and masks.
                    v4(224, 0, 3, true),
                ],
            ),
            v6: Permutation::new(
                key,
                V6_BITS,
                vec![
                    v6(begins(0, 0), 64, true),
                    v6(begins(0x64, 0xff9b), 96, false),
                    v6(begins(0x2000, 0), 3, false),
                    v6(begins(0xfc00, 0), 8, false),
                    v6(begins(0xfd00, 0), 8, false),
                    // The masquerade addresses of OVN-Kubernetes.
                    v6(begins(0xfd69, 0), 112, true),
                    v6(begins(0xfe80, 0), 64, false),
                    v6(begins(0xff00, 0), 8, true),
                ],
            ),
        }
    }

    /// How many different addresses were replaced by others.
    pub(super) fn len(&self) -> usize {
        self.v4.len() + self.v6.len()
    }

    /// What an address of version 4 is replaced by.
    pub(super) fn v4(&mut self, address: Ipv4Addr) -> Ipv4Addr {
        let new = self.v4.apply(u128::from(u32::from(address)));
        Ipv4Addr::from(u32::try_from(new).unwrap_or_default())
    }

    fn v6(&mut self, address: Ipv6Addr) -> Ipv6Addr {
        match address.to_ipv4_mapped() {
            Some(mapped) => self.v4(mapped).to_ipv6_mapped(),
            None => self.v6.apply(u128::from(address)).into(),
        }
    }

    /// Appends what an address is replaced by; of a network the address of the network.
    pub(super) fn push(&mut self, token: &IpToken, out: &mut String) {
        match token.address {
            Written::V4(address, separator) => {
                let (old, mut new) = (u32::from(address), u32::from(self.v4(address)));
                let hosts = u32::MAX
                    .checked_shr(token.prefix.unwrap_or(V4_BITS))
                    .unwrap_or(0);
                if old & hosts == 0 {
                    new &= !hosts;
                }
                let text = Ipv4Addr::from(new).to_string();
                out.extend(text.chars().map(|c| if c == '.' { separator } else { c }));
            }
            Written::V6(address) => {
                let (old, mut new) = (u128::from(address), u128::from(self.v6(address)));
                let hosts = u128::MAX
                    .checked_shr(token.prefix.unwrap_or(V6_BITS))
                    .unwrap_or(0);
                if old & hosts == 0 {
                    new &= !hosts;
                }
                out.push_str(&Ipv6Addr::from(new).to_string());
            }
        }
    }
}
