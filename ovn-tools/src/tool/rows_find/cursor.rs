//! Cursors: where a page ended, as text.
//!
//! A cursor holds the sort key of the last row of its page, not a position or a handle. It needs
//! no memory on the server's side, outlives restarts, and goes on after that key whatever rows
//! have come or gone meanwhile: rows that stayed the same are shown once.
//!
//! What is sealed is a JSON array: version, the question's fingerprint, the key's parts, node and
//! UUID.

use ovsdb_client::value::{Atom, AtomRef, parse_uuid};
use serde::{Deserialize, Serialize};

use crate::report::ToolError;
use crate::tool::rows_find::order::{Key, OrderBy, Part};
use crate::tool::seal::{seal, unseal};

/// The version of the form below; another one is another product version's cursor.
const VERSION: u8 = 1;

/// The key of the last row of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cursor {
    parts: Vec<Vec<Atom>>,
    node: String,
    uuid: ovsdb_client::value::Uuid,
}

#[derive(Serialize, Deserialize)]
struct Form(u8, u64, Vec<Vec<AtomForm>>, String, String);

/// An atom that keeps its kind and every bit.
#[derive(Serialize, Deserialize)]
enum AtomForm {
    #[serde(rename = "i")]
    Integer(i64),
    /// The bits of the double.
    #[serde(rename = "r")]
    Real(u64),
    #[serde(rename = "b")]
    Boolean(bool),
    #[serde(rename = "s")]
    String(String),
    #[serde(rename = "u")]
    Uuid(String),
}

impl Cursor {
    /// Reads a cursor and checks that it belongs to the question with this fingerprint.
    ///
    /// # Errors
    /// [`ToolError`] when it is damaged or another question's.
    pub(super) fn parse(text: &str, question: u64) -> Result<Self, ToolError> {
        let again = "drop the cursor and ask again from the first page";
        let damaged = || ToolError::new("the cursor is damaged").hint(again);
        let Form(version, asked, parts, node, uuid) = unseal(text).ok_or_else(damaged)?;
        if version != VERSION {
            return Err(ToolError::new("the cursor is of another version").hint(again));
        }
        if asked != question {
            return Err(ToolError::new(
                "the cursor belongs to another question: database, table, conditions, order and \
                 node must stay the same from page to page (limit and columns may change)",
            )
            .hint(format!("{again}, or send the question it came from")));
        }
        let parts = parts.into_iter().map(|atoms| {
            let atoms = atoms.into_iter().map(AtomForm::atom);
            atoms.collect::<Option<Vec<Atom>>>()
        });
        Ok(Self {
            parts: parts.collect::<Option<_>>().ok_or_else(damaged)?,
            node,
            uuid: parse_uuid(&uuid).ok_or_else(damaged)?,
        })
    }

    /// The cursor that goes on after `key`.
    pub(super) fn after(key: &Key<'_>) -> Self {
        let parts = key.parts.iter();
        Self {
            parts: parts
                .map(|part| part.atoms.iter().copied().map(AtomRef::to_owned).collect())
                .collect(),
            node: key.node.to_owned(),
            uuid: key.uuid,
        }
    }

    /// The key, under the order that the question asks for.
    pub(super) fn key(&self, order: &[OrderBy]) -> Key<'_> {
        let parts = self.parts.iter().zip(order);
        Key {
            parts: parts
                .map(|(atoms, order)| Part {
                    atoms: atoms.iter().filter_map(Atom::borrow).collect(),
                    descending: order.descending,
                })
                .collect(),
            node: &self.node,
            uuid: self.uuid,
        }
    }

    /// The text.
    pub(super) fn print(&self, question: u64) -> String {
        let parts = self.parts.iter().map(|atoms| {
            let atoms = atoms.iter().filter_map(Atom::borrow);
            atoms.map(AtomForm::new).collect()
        });
        let form = Form(
            VERSION,
            question,
            parts.collect(),
            self.node.clone(),
            self.uuid.to_string(),
        );
        seal(&form)
    }
}

impl AtomForm {
    fn new(atom: AtomRef<'_>) -> Self {
        match atom {
            AtomRef::Integer(integer) => Self::Integer(integer),
            AtomRef::Real(real) => Self::Real(real.to_bits()),
            AtomRef::Boolean(boolean) => Self::Boolean(boolean),
            AtomRef::String(string) => Self::String(string.to_owned()),
            AtomRef::Uuid(uuid) => Self::Uuid(uuid.to_string()),
        }
    }

    fn atom(self) -> Option<Atom> {
        Some(match self {
            Self::Integer(integer) => Atom::Integer(integer),
            Self::Real(bits) => Atom::Real(f64::from_bits(bits)),
            Self::Boolean(boolean) => Atom::Boolean(boolean),
            Self::String(string) => Atom::from(string),
            Self::Uuid(uuid) => Atom::Uuid(parse_uuid(&uuid)?),
        })
    }
}
