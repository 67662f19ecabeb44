//! Prefix-preserving replacement: two addresses share as many leading bits afterwards as before.
//!
//! Each bit is turned over or not depending on the bits before it and a key, so that the whole is
//! a permutation. Ranges that mean something are led to themselves: no bit on the way to one is
//! turned over.
//!
//! **Source**: Xu, Fan, Ammar, Moon: "Prefix-preserving IP address anonymization" (2002).

use std::collections::HashMap;

use sha2::{Digest, Sha256};

/// A range of addresses that stays where it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spared {
    /// The bits that all of them begin with.
    pub(super) bits: u128,
    /// How many these are.
    pub(super) length: u32,
    /// Whether the addresses in it stay as they are, too.
    pub(super) whole: bool,
}

/// A permutation of numbers of some width.
#[derive(Debug)]
pub(super) struct Permutation {
    key: [u8; 32],
    width: u32,
    spared: Vec<Spared>,
    known: HashMap<u128, u128>,
}

impl Permutation {
    /// The permutation by a key of numbers of `width` bits, at most 128.
    pub(super) fn new(key: [u8; 32], width: u32, spared: Vec<Spared>) -> Self {
        Self {
            key,
            width,
            spared,
            known: HashMap::new(),
        }
    }

    /// How many different numbers were replaced by others.
    pub(super) fn len(&self) -> usize {
        self.known.iter().filter(|(old, new)| old != new).count()
    }

    /// What a number is replaced by.
    pub(super) fn apply(&mut self, number: u128) -> u128 {
        if let Some(known) = self.known.get(&number) {
            return *known;
        }
        let mut new = number;
        for at in 0..self.width {
            let prefix = number.checked_shr(self.width - at).unwrap_or_default();
            if self.turns(at, prefix) {
                new ^= 1 << (self.width - 1 - at);
            }
        }
        self.known.insert(number, new);
        new
    }

    /// Whether the bit after this prefix of `length` bits is turned over.
    fn turns(&self, length: u32, prefix: u128) -> bool {
        let is_spared = self.spared.iter().any(|spared| {
            if length < spared.length {
                prefix == spared.bits >> (spared.length - length)
            } else {
                spared.whole && spared.bits == prefix >> (length - spared.length)
            }
        });
        if is_spared {
            return false;
        }
        let mut hash = Sha256::new();
        hash.update(self.key);
        hash.update(self.width.to_be_bytes());
        hash.update(length.to_be_bytes());
        hash.update(prefix.to_be_bytes());
        hash.finalize().first().is_some_and(|byte| byte & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn permutation() -> Permutation {
        let spared = vec![
            Spared {
                bits: 0x0a,
                length: 8,
                whole: false,
            },
            Spared {
                bits: 0b111,
                length: 3,
                whole: true,
            },
        ];
        Permutation::new([7; 32], 32, spared)
    }

    proptest! {
        #[test]
        fn as_many_leading_bits_are_shared_as_before(a in any::<u32>(), b in any::<u32>()) {
            let mut permutation = permutation();
            let (a, b) = (u128::from(a), u128::from(b));
            let (x, y) = (permutation.apply(a), permutation.apply(b));
            prop_assert_eq!((a ^ b).leading_zeros(), (x ^ y).leading_zeros());
            prop_assert!(x <= u128::from(u32::MAX));
        }

        #[test]
        fn spared_ranges_stay_where_they_are(low in 0u32..1 << 24) {
            let mut permutation = permutation();
            let ten = permutation.apply(u128::from(0x0a00_0000 | low));
            prop_assert_eq!(ten >> 24, 0x0a);
            let multicast = u128::from(0xe000_0000 | low);
            prop_assert_eq!(permutation.apply(multicast), multicast);
        }
    }
}
