//! The compact form in which rows hold their values: bytes without type tags.
//!
//! The column's type says how to read them. Integers and reals take 8 bytes (little endian),
//! booleans 1, UUIDs 16; a string is its length (a varint) and its UTF-8 bytes. A set is its atoms
//! in ascending order, a map its pairs (key, value) in ascending order of keys; neither stores a
//! count, since the payload's length ends them. Equal values have equal bytes.

use std::cmp::Ordering;

use uuid::Uuid;

use crate::value::atom::{AtomRef, Kind, plain_zero};

/// Appends `number` in base 128, least significant group first.
pub(crate) fn push_varint(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push(low_byte(number) | 0x80);
        number >>= 7;
    }
    out.push(low_byte(number));
}

fn low_byte(number: usize) -> u8 {
    number.to_le_bytes()[0]
}

/// Splits a varint off the front; a cut-off one reads as what is there.
pub(crate) fn take_varint(bytes: &mut &[u8]) -> usize {
    let mut number = 0usize;
    let mut shift = 0u32;
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= usize::from(byte & 0x7f)
            .checked_shl(shift)
            .unwrap_or_default();
        if byte & 0x80 == 0 {
            break;
        }
        shift += 7;
    }
    number
}

/// Appends one atom.
pub(crate) fn push_atom(out: &mut Vec<u8>, atom: AtomRef<'_>) {
    match atom {
        AtomRef::Integer(i) => out.extend_from_slice(&i.to_le_bytes()),
        AtomRef::Real(r) => out.extend_from_slice(&plain_zero(r).to_le_bytes()),
        AtomRef::Boolean(b) => out.push(u8::from(b)),
        AtomRef::String(s) => {
            push_varint(out, s.len());
            out.extend_from_slice(s.as_bytes());
        }
        AtomRef::Uuid(u) => out.extend_from_slice(u.as_bytes()),
    }
}

fn split<'a>(bytes: &mut &'a [u8], length: usize) -> &'a [u8] {
    let (head, tail) = bytes.split_at(length.min(bytes.len()));
    *bytes = tail;
    head
}

/// Splits one atom of `kind` off the front; `None` at the end.
///
/// Payloads are written by this module only, so a short read cannot happen; it would give the
/// kind's default rather than a panic.
pub(crate) fn take_atom<'a>(bytes: &mut &'a [u8], kind: Kind) -> Option<AtomRef<'a>> {
    if bytes.is_empty() {
        return None;
    }
    Some(match kind {
        Kind::Integer => AtomRef::Integer(i64::from_le_bytes(
            split(bytes, 8).try_into().unwrap_or_default(),
        )),
        Kind::Real => AtomRef::Real(f64::from_le_bytes(
            split(bytes, 8).try_into().unwrap_or_default(),
        )),
        Kind::Boolean => AtomRef::Boolean(split(bytes, 1) == [1]),
        Kind::String => {
            let length = take_varint(bytes);
            AtomRef::String(std::str::from_utf8(split(bytes, length)).unwrap_or_default())
        }
        Kind::Uuid => AtomRef::Uuid(Uuid::from_bytes(
            split(bytes, 16).try_into().unwrap_or_default(),
        )),
    })
}

/// Splits the bytes of one atom of `kind` off the front, without reading it.
fn take_raw<'a>(bytes: &mut &'a [u8], kind: Kind) -> &'a [u8] {
    let length = match kind {
        Kind::Integer | Kind::Real => 8,
        Kind::Boolean => 1,
        Kind::String => {
            let mut rest = *bytes;
            let length = take_varint(&mut rest);
            length.saturating_add(bytes.len() - rest.len())
        }
        Kind::Uuid => 16,
    };
    split(bytes, length)
}

/// The packed value of a key in a packed map; the key is packed too.
pub(crate) fn value_of<'a>(
    map: &'a [u8],
    wanted: &[u8],
    key: Kind,
    value: Kind,
) -> Option<&'a [u8]> {
    let mut rest = map;
    while !rest.is_empty() {
        let found = take_raw(&mut rest, key);
        let value = take_raw(&mut rest, value);
        if found == wanted {
            return Some(value);
        }
    }
    None
}

/// The atoms of a packed set, ascending.
#[derive(Clone, Debug)]
pub(crate) struct Atoms<'a> {
    bytes: &'a [u8],
    kind: Kind,
}

impl<'a> Atoms<'a> {
    pub(crate) fn new(bytes: &'a [u8], kind: Kind) -> Self {
        Self { bytes, kind }
    }
}

impl<'a> Iterator for Atoms<'a> {
    type Item = AtomRef<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        take_atom(&mut self.bytes, self.kind)
    }
}

/// The pairs of a packed map, ascending by key.
#[derive(Clone, Debug)]
pub(crate) struct Pairs<'a> {
    bytes: &'a [u8],
    key: Kind,
    value: Kind,
}

impl<'a> Pairs<'a> {
    pub(crate) fn new(bytes: &'a [u8], key: Kind, value: Kind) -> Self {
        Self { bytes, key, value }
    }
}

impl<'a> Iterator for Pairs<'a> {
    type Item = (AtomRef<'a>, AtomRef<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let key = take_atom(&mut self.bytes, self.key)?;
        let value = take_atom(&mut self.bytes, self.value)?;
        Some((key, value))
    }
}

/// The order of two packed atoms of `kind`.
pub(crate) fn compare(a: &[u8], b: &[u8], kind: Kind) -> Ordering {
    let (mut a, mut b) = (a, b);
    match kind {
        Kind::Uuid => a.cmp(b),
        // Strings compare as their bytes, which need not be looked at otherwise.
        Kind::String => {
            take_varint(&mut a);
            take_varint(&mut b);
            a.cmp(b)
        }
        Kind::Integer | Kind::Real | Kind::Boolean => {
            take_atom(&mut a, kind).cmp(&take_atom(&mut b, kind))
        }
    }
}

/// One element of a set or map under the merge: the bytes of its key and of the whole of it.
struct Element<'a> {
    key: &'a [u8],
    whole: &'a [u8],
}

fn take_element<'a>(bytes: &mut &'a [u8], key: Kind, value: Option<Kind>) -> Option<Element<'a>> {
    if bytes.is_empty() {
        return None;
    }
    let start = *bytes;
    let key = take_raw(bytes, key);
    if let Some(value) = value {
        take_raw(bytes, value);
    }
    let whole = &start[..start.len() - bytes.len()];
    Some(Element { key, whole })
}

/// Puts the elements of a set or map into ascending order; `Err` holds when two keys are equal.
///
/// The server prints them sorted, so the usual cost is one comparison an element.
pub(crate) fn sort(payload: &mut Vec<u8>, key: Kind, value: Option<Kind>) -> Result<(), ()> {
    let mut elements = Vec::new();
    let mut rest = payload.as_slice();
    let mut sorted = true;
    while let Some(element) = take_element(&mut rest, key, value) {
        if let Some(last) = elements.last() {
            let last: &Element<'_> = last;
            match compare(last.key, element.key, key) {
                Ordering::Less => {}
                Ordering::Equal => return Err(()),
                Ordering::Greater => sorted = false,
            }
        }
        elements.push(element);
    }
    if sorted {
        return Ok(());
    }
    elements.sort_by(|a, b| compare(a.key, b.key, key));
    if elements
        .windows(2)
        .any(|pair| compare(pair[0].key, pair[1].key, key) == Ordering::Equal)
    {
        return Err(());
    }
    let ordered: Vec<u8> = elements.iter().flat_map(|e| e.whole).copied().collect();
    *payload = ordered;
    Ok(())
}

/// The difference between two sets or maps, or one of them with a difference applied: the
/// operation is its own inverse for sets, and for maps keyed pairs are replaced by the right side.
///
/// For sets: the elements on one side only. For maps, with `right` a difference: a key on one side
/// only stays, an equal pair on both sides goes, a key with two values takes the right one.
/// `apply(diff(a, b), a) = b` holds for both.
///
/// **Source**: ovsdb-server(7) §4.1.14, "update2"; `ovsdb_datum_diff`.
pub(crate) fn symmetric(left: &[u8], right: &[u8], key: Kind, value: Option<Kind>) -> Vec<u8> {
    let mut out = Vec::with_capacity(left.len() + right.len());
    if let (Kind::Uuid, None) = (key, value) {
        symmetric_uuids(left, right, &mut out);
        return out;
    }
    let (mut lefts, mut rights) = (left, right);
    let mut a = take_element(&mut lefts, key, value);
    let mut b = take_element(&mut rights, key, value);
    loop {
        match (&a, &b) {
            (None, None) => return out,
            (Some(x), None) => {
                out.extend_from_slice(x.whole);
                a = take_element(&mut lefts, key, value);
            }
            (None, Some(y)) => {
                out.extend_from_slice(y.whole);
                b = take_element(&mut rights, key, value);
            }
            (Some(x), Some(y)) => match compare(x.key, y.key, key) {
                Ordering::Less => {
                    out.extend_from_slice(x.whole);
                    a = take_element(&mut lefts, key, value);
                }
                Ordering::Greater => {
                    out.extend_from_slice(y.whole);
                    b = take_element(&mut rights, key, value);
                }
                Ordering::Equal => {
                    if x.whole != y.whole {
                        out.extend_from_slice(y.whole);
                    }
                    a = take_element(&mut lefts, key, value);
                    b = take_element(&mut rights, key, value);
                }
            },
        }
    }
}

/// [`symmetric`] of sets of UUIDs, of which the right one is mostly small: a reference that came to
/// or went from many.
fn symmetric_uuids(left: &[u8], right: &[u8], out: &mut Vec<u8>) {
    let (mut lefts, _) = left.as_chunks::<UUID_BYTES>();
    let (rights, _) = right.as_chunks::<UUID_BYTES>();
    for element in rights {
        let before = lefts.partition_point(|other| other < element);
        out.extend_from_slice(lefts[..before].as_flattened());
        lefts = &lefts[before..];
        match lefts.split_first() {
            Some((same, rest)) if same == element => lefts = rest,
            _ => out.extend_from_slice(element),
        }
    }
    out.extend_from_slice(lefts.as_flattened());
}

/// How many bytes a UUID takes.
const UUID_BYTES: usize = 16;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::value::{Atom, Datum, samples};

    fn pack(datum: &Datum) -> Vec<u8> {
        let mut out = Vec::new();
        let mut push = |atom: &Atom| push_atom(&mut out, atom.borrow().unwrap());
        match datum {
            Datum::Set(atoms) => atoms.iter().for_each(push),
            Datum::Map(pairs) => {
                for (key, value) in pairs {
                    push(key);
                    push(value);
                }
            }
        }
        out
    }

    #[test]
    fn lengths_of_any_size_read_back() {
        for length in [0, 1, 127, 128, 16_383, 16_384, 1 << 40, usize::MAX] {
            let mut bytes = Vec::new();
            push_varint(&mut bytes, length);
            bytes.push(7);
            let mut rest = bytes.as_slice();
            assert_eq!(take_varint(&mut rest), length);
            assert_eq!(rest, [7]);
        }
    }

    proptest! {
        #[test]
        fn a_difference_applied_to_one_side_gives_the_other((t, a, b) in samples::typed_data()) {
            let (key, value) = t.kinds();
            let (a, b) = (pack(&a), pack(&b));
            let difference = symmetric(&a, &b, key, value);
            prop_assert_eq!(&symmetric(&a, &difference, key, value), &b);
            prop_assert_eq!(difference.is_empty(), a == b);
        }

        #[test]
        fn the_empty_difference_changes_nothing((t, a) in samples::typed_datum()) {
            let (key, value) = t.kinds();
            let a = pack(&a);
            prop_assert_eq!(&symmetric(&a, &[], key, value), &a);
        }

        #[test]
        fn sorting_brings_any_order_into_one((t, a) in samples::typed_datum(), turn in 0usize..5) {
            let (key, value) = t.kinds();
            let mut turned = a.clone();
            match &mut turned {
                Datum::Set(atoms) if !atoms.is_empty() => {
                    let turn = turn % atoms.len();
                    atoms.rotate_left(turn);
                }
                Datum::Map(pairs) if !pairs.is_empty() => {
                    let turn = turn % pairs.len();
                    pairs.rotate_left(turn);
                }
                _ => {}
            }
            let mut bytes = pack(&turned);
            prop_assert_eq!(sort(&mut bytes, key, value), Ok(()));
            prop_assert_eq!(bytes, pack(&a));
        }

        #[test]
        fn any_bytes_read_as_something(
            (t, _) in samples::typed_datum(),
            a in prop::collection::vec(any::<u8>(), 0..60),
            b in prop::collection::vec(any::<u8>(), 0..60),
        ) {
            let (key, value) = t.kinds();
            let _ = Atoms::new(&a, key).count();
            let _ = value.map(|value| Pairs::new(&a, key, value).count());
            symmetric(&a, &b, key, value);
            let _ = sort(&mut a.clone(), key, value);
        }
    }
}
