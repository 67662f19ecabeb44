//! The order-preserving form of atoms: bytes that compare as the atoms do, without a common
//! prefix that would tell two apart only by their ends.
//!
//! Integers and reals are big-endian with their sign turned, UUIDs and booleans as they are; a
//! string ends with two NULs, and a NUL in it (which OVSDB forbids) is followed by `FF`. No form
//! of an atom begins another one's of the same kind, so that forms put one after the other compare
//! as tuples do.

use crate::value::atom::{AtomRef, plain_zero};

const SIGN: u64 = 1 << 63;

/// Appends the form of one atom.
pub(crate) fn push_ordered(out: &mut Vec<u8>, atom: AtomRef<'_>) {
    match atom {
        AtomRef::Integer(i) => out.extend_from_slice(&(i.cast_unsigned() ^ SIGN).to_be_bytes()),
        AtomRef::Real(r) => {
            let bits = plain_zero(r).to_bits();
            let turned = if bits & SIGN == 0 { bits | SIGN } else { !bits };
            out.extend_from_slice(&turned.to_be_bytes());
        }
        AtomRef::Boolean(b) => out.push(u8::from(b)),
        AtomRef::String(s) => {
            for part in s.as_bytes().split_inclusive(|&byte| byte == 0) {
                out.extend_from_slice(part);
                if part.last() == Some(&0) {
                    out.push(0xff);
                }
            }
            out.extend_from_slice(&[0, 0]);
        }
        AtomRef::Uuid(u) => out.extend_from_slice(u.as_bytes()),
    }
}

/// The least bytes that are greater than all that begin with these; `None` where there are none.
pub(crate) fn after(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    while let Some(last) = bytes.last_mut() {
        if let Some(next) = last.checked_add(1) {
            *last = next;
            return Some(bytes);
        }
        bytes.pop();
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::value::{Atom, Kind, samples};

    fn form(atoms: &[Atom]) -> Vec<u8> {
        let mut out = Vec::new();
        for atom in atoms {
            push_ordered(&mut out, atom.borrow().unwrap());
        }
        out
    }

    fn tuples() -> impl Strategy<Value = (Vec<Atom>, Vec<Atom>)> {
        let kind = prop::sample::select(
            &[
                Kind::Integer,
                Kind::Real,
                Kind::Boolean,
                Kind::String,
                Kind::Uuid,
            ][..],
        );
        prop::collection::vec(kind, 1..4).prop_flat_map(|kinds| {
            let tuple = || {
                kinds
                    .iter()
                    .map(|&kind| samples::atom(kind))
                    .collect::<Vec<_>>()
            };
            (tuple(), tuple())
        })
    }

    proptest! {
        #[test]
        fn forms_compare_as_the_atoms_do((a, b) in tuples()) {
            prop_assert_eq!(form(&a).cmp(&form(&b)), a.cmp(&b));
        }

        #[test]
        fn what_comes_after_a_beginning_is_the_least_beyond_it(
            bytes in prop::collection::vec(prop_oneof![Just(0xff), any::<u8>()], 0..5),
            more in prop::collection::vec(prop_oneof![Just(0xff), any::<u8>()], 0..5),
            other in prop::collection::vec(any::<u8>(), 0..6),
        ) {
            let longer = [bytes.clone(), more].concat();
            let next = after(bytes.clone());
            prop_assert!(next.as_ref().is_none_or(|next| *next > longer));
            let is_beyond = next.is_some_and(|next| other >= next);
            prop_assert_eq!(is_beyond, other > bytes && !other.starts_with(&bytes));
        }
    }

    #[test]
    fn strings_with_a_common_beginning_and_with_nuls_keep_their_order() {
        let ascending = [
            "", "\0", "\0\0", "\0a", "\u{1}", "a", "a\0", "a\0b", "aa", "b",
        ];
        let forms: Vec<_> = ascending
            .iter()
            .map(|&s| form(&[s.into(), 1.into()]))
            .collect();
        assert!(forms.is_sorted());
    }
}
