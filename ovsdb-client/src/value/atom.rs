//! Atoms: one integer, real, boolean, string or UUID.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use uuid::Uuid;

/// The five atomic types of RFC 7047 §3.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A 64-bit signed integer.
    Integer,
    /// A double-precision number.
    Real,
    /// `true` or `false`.
    Boolean,
    /// A UTF-8 string without NUL.
    String,
    /// A UUID, which may refer to a row.
    Uuid,
}

impl Kind {
    /// The name that schemas use: `integer`, `real`, `boolean`, `string` or `uuid`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Boolean => "boolean",
            Self::String => "string",
            Self::Uuid => "uuid",
        }
    }

    /// The kind that a schema calls `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "integer" => Self::Integer,
            "real" => Self::Real,
            "boolean" => Self::Boolean,
            "string" => Self::String,
            "uuid" => Self::Uuid,
            _ => return None,
        })
    }

    /// The default atom of this kind: 0, 0.0, false, the empty string or the zero UUID.
    pub fn default_atom(self) -> AtomRef<'static> {
        match self {
            Self::Integer => AtomRef::Integer(0),
            Self::Real => AtomRef::Real(0.0),
            Self::Boolean => AtomRef::Boolean(false),
            Self::String => AtomRef::String(""),
            Self::Uuid => AtomRef::Uuid(Uuid::nil()),
        }
    }
}

/// An owned atom.
///
/// Equality and order are those of the server: integers and reals by value (−0 equals 0), strings
/// by bytes, UUIDs by bytes; atoms of different kinds order by kind.
#[derive(Clone, Debug)]
pub enum Atom {
    /// An exact 64-bit integer.
    Integer(i64),
    /// A real. The server prints 15 significant digits, so a real read back may differ from the
    /// one that was written: never compare after a round trip.
    Real(f64),
    /// A boolean.
    Boolean(bool),
    /// A string.
    String(Box<str>),
    /// A UUID.
    Uuid(Uuid),
    /// The name of a row inserted by the same transaction (`["named-uuid", name]`).
    /// It stands in operations only, never in a row.
    NamedUuid(Box<str>),
}

/// A borrowed atom, as read out of a row.
#[derive(Clone, Copy, Debug)]
pub enum AtomRef<'a> {
    /// An exact 64-bit integer.
    Integer(i64),
    /// A real.
    Real(f64),
    /// A boolean.
    Boolean(bool),
    /// A string.
    String(&'a str),
    /// A UUID.
    Uuid(Uuid),
}

impl Atom {
    /// The atom without its allocation; `None` for a named UUID, which is no value of a row.
    pub fn borrow(&self) -> Option<AtomRef<'_>> {
        Some(match self {
            Self::Integer(i) => AtomRef::Integer(*i),
            Self::Real(r) => AtomRef::Real(*r),
            Self::Boolean(b) => AtomRef::Boolean(*b),
            Self::String(s) => AtomRef::String(s),
            Self::Uuid(u) => AtomRef::Uuid(*u),
            Self::NamedUuid(_) => return None,
        })
    }

    /// The atom's kind; a named UUID is a UUID.
    pub fn kind(&self) -> Kind {
        self.borrow().map_or(Kind::Uuid, AtomRef::kind)
    }
}

impl AtomRef<'_> {
    /// The atom's kind.
    pub fn kind(self) -> Kind {
        match self {
            Self::Integer(_) => Kind::Integer,
            Self::Real(_) => Kind::Real,
            Self::Boolean(_) => Kind::Boolean,
            Self::String(_) => Kind::String,
            Self::Uuid(_) => Kind::Uuid,
        }
    }

    /// An owned copy.
    pub fn to_owned(self) -> Atom {
        match self {
            Self::Integer(i) => Atom::Integer(i),
            Self::Real(r) => Atom::Real(r),
            Self::Boolean(b) => Atom::Boolean(b),
            Self::String(s) => Atom::String(s.into()),
            Self::Uuid(u) => Atom::Uuid(u),
        }
    }
}

/// −0 is 0 for the server; every other bit pattern stands for itself.
pub(crate) fn plain_zero(real: f64) -> f64 {
    if real == 0.0 { 0.0 } else { real }
}

impl Ord for AtomRef<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a.cmp(b),
            (Self::Real(a), Self::Real(b)) => plain_zero(*a).total_cmp(&plain_zero(*b)),
            (Self::Boolean(a), Self::Boolean(b)) => a.cmp(b),
            (Self::String(a), Self::String(b)) => a.as_bytes().cmp(b.as_bytes()),
            (Self::Uuid(a), Self::Uuid(b)) => a.cmp(b),
            _ => self.kind().cmp(&other.kind()),
        }
    }
}

impl PartialOrd for AtomRef<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for AtomRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for AtomRef<'_> {}

impl Hash for AtomRef<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.kind().hash(state);
        match self {
            Self::Integer(i) => i.hash(state),
            Self::Real(r) => plain_zero(*r).to_bits().hash(state),
            Self::Boolean(b) => b.hash(state),
            Self::String(s) => s.hash(state),
            Self::Uuid(u) => u.hash(state),
        }
    }
}

impl Ord for Atom {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.borrow(), other.borrow()) {
            (Some(a), Some(b)) => a.cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => match (self, other) {
                (Self::NamedUuid(a), Self::NamedUuid(b)) => a.cmp(b),
                _ => Ordering::Equal,
            },
        }
    }
}

impl PartialOrd for Atom {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Atom {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Atom {}

impl Hash for Atom {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match (self.borrow(), self) {
            (Some(atom), _) => atom.hash(state),
            (None, Self::NamedUuid(name)) => name.hash(state),
            (None, _) => {}
        }
    }
}

impl From<i64> for Atom {
    fn from(integer: i64) -> Self {
        Self::Integer(integer)
    }
}

impl From<f64> for Atom {
    fn from(real: f64) -> Self {
        Self::Real(real)
    }
}

impl From<bool> for Atom {
    fn from(boolean: bool) -> Self {
        Self::Boolean(boolean)
    }
}

impl From<&str> for Atom {
    fn from(string: &str) -> Self {
        Self::String(string.into())
    }
}

impl From<String> for Atom {
    fn from(string: String) -> Self {
        Self::String(string.into())
    }
}

impl From<Uuid> for Atom {
    fn from(uuid: Uuid) -> Self {
        Self::Uuid(uuid)
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{DefaultHasher, Hash, Hasher};

    use super::*;

    fn hash(atom: &Atom) -> u64 {
        let mut state = DefaultHasher::new();
        atom.hash(&mut state);
        state.finish()
    }

    #[test]
    fn atoms_order_as_the_server_orders_them() {
        let ascending = [
            Atom::Integer(i64::MIN),
            Atom::Integer(-1),
            Atom::Integer(i64::MAX),
            Atom::Real(f64::MIN),
            Atom::Real(-1.5),
            Atom::Real(0.0),
            Atom::Real(1e-300),
            Atom::Boolean(false),
            Atom::Boolean(true),
            Atom::from(""),
            Atom::from("Z"),
            Atom::from("a"),
            Atom::from("é"),
            // UTF-16 would turn these two round.
            Atom::from("\u{ffff}"),
            Atom::from("\u{10000}"),
            Atom::Uuid(Uuid::nil()),
            Atom::Uuid(Uuid::max()),
            Atom::NamedUuid("a".into()),
            Atom::NamedUuid("b".into()),
        ];
        for (i, a) in ascending.iter().enumerate() {
            for (j, b) in ascending.iter().enumerate() {
                assert_eq!(a.cmp(b), i.cmp(&j), "{a:?} and {b:?}");
                assert_eq!(hash(a) == hash(b), i == j, "{a:?} and {b:?}");
            }
        }
    }

    #[test]
    fn the_two_zeros_are_one() {
        let (plus, minus) = (Atom::Real(0.0), Atom::Real(-0.0));
        assert_eq!(plus, minus);
        assert_eq!(hash(&plus), hash(&minus));
    }

    #[test]
    fn kinds_go_by_their_names_in_schemas() {
        for name in ["integer", "real", "boolean", "string", "uuid"] {
            let kind = Kind::from_name(name).unwrap();
            assert_eq!(kind.name(), name);
            assert_eq!(kind.default_atom().kind(), kind);
        }
        assert_eq!(Kind::from_name("Integer"), None);
    }
}
