//! What the servers hold, as far as they can be held to it.

use std::collections::BTreeSet;

use ovn_tests::dump::Rows;
use ovn_tests::duty::ITEM;
use ovsdb_client::value::{Atom, Datum};

/// The rows by the servers' own dump.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) rows: Rows,
    /// The items that weak references are looked at for; `None` where every one counts.
    items: Option<BTreeSet<String>>,
}

impl Held {
    /// All that one server holds.
    pub(crate) fn exact(rows: Rows) -> Self {
        let items = None;
        Self { rows, items }
    }

    /// What a member of a cluster holds, without weak references to rows that are not there.
    ///
    /// The members of one cluster may differ in those: one that has read its file again drops
    /// what another one still shows (seen with OVS 3.1.0, by their own dumps), and a client that
    /// resumes at another member cannot know.
    pub(crate) fn clustered(rows: Rows) -> Self {
        let items = rows.get(ITEM).into_iter().flat_map(|items| items.keys());
        let items = Some(items.cloned().collect());
        let mut held = Self { rows, items };
        let rows = std::mem::take(&mut held.rows);
        held.rows = held.comparable(rows);
        held
    }

    /// Rows in the form in which they can be compared with these.
    pub(crate) fn comparable(&self, mut rows: Rows) -> Rows {
        if let Some(known) = &self.items {
            let items = rows.get_mut(ITEM).into_iter();
            for item in items.flat_map(|items| items.values_mut()) {
                if let Some(Datum::Set(peers)) = item.get_mut("peers") {
                    peers.retain(
                        |peer| matches!(peer, Atom::Uuid(uuid) if known.contains(&uuid.to_string())),
                    );
                }
            }
        }
        rows
    }
}
