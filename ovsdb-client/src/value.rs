//! Values: atoms, data (scalars, sets and maps), their compact storage form, JSON form and text form.
//!
//! **Source**: RFC 7047 §5.1; ovsdb(7), "Data"; the rules where real servers say more than the RFC
//! (one-element sets printed bare, integers exact in 64 bits, reals printed with 15 digits) are
//! stated at the item they concern.

mod atom;
pub(crate) mod column_type;
mod datum;
pub(crate) mod nesting;
pub(crate) mod order;
pub(crate) mod packed;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod scan;
mod text;
pub(crate) mod wire;

pub use self::atom::{Atom, AtomRef, Kind};
pub use self::datum::{Datum, Value};
pub use self::text::{TextError, parse_atom};
pub use self::wire::WireError;
pub use uuid::Uuid;

/// Reads a UUID in the one spelling OVSDB knows: 36 characters with hyphens, in either case.
///
/// The `uuid` crate also reads braced, URN and unhyphenated spellings, which an ovsdb-server
/// refuses; here they give `None`.
pub fn parse_uuid(text: &str) -> Option<Uuid> {
    (text.len() == 36)
        .then(|| Uuid::try_parse(text).ok())
        .flatten()
}
