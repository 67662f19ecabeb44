//! Predicates: conditions compiled for the rows of one table.

use ovsdb_client::schema::TableLayout;
use ovsdb_client::table::Row;
use ovsdb_client::value::{Atom, AtomRef, Uuid};

use crate::tool::rows_find::located::{Located, lookup};

/// The fewest hexadecimal digits of a UUID that may stand for it.
/// **Default and why**: 8, the first group; among ten thousand rows two share it in one table of 86.
pub(super) const LEAST_UUID_DIGITS: usize = 8;

/// One condition on a row.
#[derive(Clone, Debug)]
pub(super) struct Predicate<'s> {
    /// What is looked at.
    pub(super) located: Located<'s>,
    /// What it must be like.
    pub(super) check: Check,
    /// Whether it must be otherwise.
    pub(super) negated: bool,
}

/// What a value must be like.
#[derive(Clone, Debug)]
pub(super) enum Check {
    /// The set of exactly these.
    Equals(Vec<Matcher>),
    /// A set with all of these.
    Includes(Vec<Matcher>),
    /// A set with one of these.
    Overlaps(Vec<Matcher>),
    /// The map of exactly these pairs.
    EqualsPairs(Vec<(Matcher, Matcher)>),
    /// A map with all of these pairs.
    IncludesPairs(Vec<(Matcher, Matcher)>),
    /// A map with one of these pairs.
    OverlapsPairs(Vec<(Matcher, Matcher)>),
    /// A number below the atom, or at it where the flag says so.
    Below(Atom, bool),
    /// A number above the atom, or at it where the flag says so.
    Above(Atom, bool),
    /// A string, or a string in a set, key or value, that holds this text.
    Contains(Needle),
}

impl Predicate<'_> {
    /// Whether the row is so.
    pub(super) fn holds(&self, row: &Row, layout: &TableLayout) -> bool {
        let holds = match &self.located {
            Located::RowUuid => self
                .check
                .holds_for_atoms(|| std::iter::once(AtomRef::Uuid(row.uuid()))),
            Located::Key { name, key, .. } => self
                .check
                .holds_for_atoms(|| lookup(row, layout, name, key).into_iter()),
            Located::Column { name, column_type } => match row.value(layout, name) {
                Some(value) if column_type.is_map() => self.check.holds_for_pairs(|| value.pairs()),
                Some(value) => self.check.holds_for_atoms(|| value.atoms()),
                None => return false,
            },
            Located::There { .. } => return false,
        };
        holds != self.negated
    }
}

impl Check {
    fn holds_for_atoms<'r, I>(&self, atoms: impl Fn() -> I) -> bool
    where
        I: Iterator<Item = AtomRef<'r>>,
    {
        match self {
            Self::Equals(matchers) => equals(matchers, atoms(), |m, atom| m.matches(atom)),
            Self::Includes(matchers) => matchers
                .iter()
                .all(|matcher| atoms().any(|atom| matcher.matches(atom))),
            Self::Overlaps(matchers) => {
                atoms().any(|atom| matchers.iter().any(|matcher| matcher.matches(atom)))
            }
            Self::Below(bound, or_at) => below(atoms().next(), bound.borrow(), *or_at),
            Self::Above(bound, or_at) => below(bound.borrow(), atoms().next(), *or_at),
            Self::Contains(needle) => atoms().any(|atom| needle.is_in(atom)),
            Self::EqualsPairs(_) | Self::IncludesPairs(_) | Self::OverlapsPairs(_) => false,
        }
    }

    fn holds_for_pairs<'r, I>(&self, pairs: impl Fn() -> I) -> bool
    where
        I: Iterator<Item = (AtomRef<'r>, AtomRef<'r>)>,
    {
        type Pair = (Matcher, Matcher);
        let matches = |(key, value): &Pair, (k, v): (AtomRef<'r>, AtomRef<'r>)| {
            key.matches(k) && value.matches(v)
        };
        match self {
            Self::EqualsPairs(matchers) => equals(matchers, pairs(), matches),
            Self::IncludesPairs(matchers) => matchers
                .iter()
                .all(|matcher| pairs().any(|pair| matches(matcher, pair))),
            Self::OverlapsPairs(matchers) => {
                pairs().any(|pair| matchers.iter().any(|matcher| matches(matcher, pair)))
            }
            Self::Contains(needle) => {
                pairs().any(|(key, value)| needle.is_in(key) || needle.is_in(value))
            }
            _ => false,
        }
    }
}

/// Whether there are as many items as matchers, and a matcher for each.
fn equals<M, T: Copy>(
    matchers: &[M],
    items: impl Iterator<Item = T>,
    matches: impl Fn(&M, T) -> bool,
) -> bool {
    let mut count = 0;
    for item in items {
        count += 1;
        if count > matchers.len() || !matchers.iter().any(|matcher| matches(matcher, item)) {
            return false;
        }
    }
    count == matchers.len()
}

fn below(low: Option<AtomRef<'_>>, high: Option<AtomRef<'_>>, or_at: bool) -> bool {
    match (low, high) {
        (Some(low), Some(high)) => low < high || (or_at && low == high),
        _ => false,
    }
}

/// What an atom is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Matcher {
    /// This atom.
    Atom(Atom),
    /// A UUID from the first to the second, as numbers: all those that begin alike.
    Uuid(u128, u128),
}

impl Matcher {
    /// The matcher of the UUIDs that begin with `text`, which may leave hyphens out; `None` where
    /// it is no hexadecimal number or too short.
    pub(super) fn uuid(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|c| *c != '-').collect();
        let count = digits.len();
        if !(LEAST_UUID_DIGITS..=32).contains(&count) || !hyphens_fit(text) {
            return None;
        }
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let low = u128::from_str_radix(&format!("{digits:0<32}"), 16).ok()?;
        let high = u128::from_str_radix(&format!("{digits:f<32}"), 16).ok()?;
        Some(Self::Uuid(low, high))
    }

    fn matches(&self, atom: AtomRef<'_>) -> bool {
        match (self, atom) {
            (Self::Uuid(low, high), AtomRef::Uuid(uuid)) => {
                (*low..=*high).contains(&Uuid::as_u128(&uuid))
            }
            (Self::Atom(wanted), atom) => wanted.borrow() == Some(atom),
            _ => false,
        }
    }
}

/// Whether hyphens stand only where a UUID has them.
fn hyphens_fit(text: &str) -> bool {
    text.bytes()
        .enumerate()
        .all(|(at, byte)| byte != b'-' || matches!(at, 8 | 13 | 18 | 23))
}

/// A text that is looked for in either case.
#[derive(Clone, Debug)]
pub(super) struct Needle(String);

impl Needle {
    /// Looks for `text`.
    pub(super) fn new(text: &str) -> Self {
        Self(text.to_lowercase())
    }

    fn is_in(&self, atom: AtomRef<'_>) -> bool {
        let AtomRef::String(string) = atom else {
            return false;
        };
        let needle = self.0.as_bytes();
        if needle.is_empty() {
            return true;
        }
        if self.0.is_ascii() && string.is_ascii() {
            return string
                .as_bytes()
                .windows(needle.len())
                .any(|part| part.eq_ignore_ascii_case(needle));
        }
        string.to_lowercase().contains(&self.0)
    }
}
