//! Names of port groups and address sets, and what they mean.

use std::collections::HashMap;

use ovn_schemas::nb;
use ovsdb_client::replica;

use crate::owner::ids::Ids;
use crate::owner::mark::{Mark, describe};

/// What the hashed names of some northbound databases stand for.
///
/// The rows of one node can tell what a name on another node means where its own row is missing,
/// because all nodes make the same names.
#[derive(Clone, Debug, Default)]
pub struct Names {
    by_name: HashMap<Box<str>, Meaning>,
}

#[derive(Clone, Debug)]
struct Meaning {
    id: Option<Box<str>>,
    words: Box<str>,
}

impl Names {
    /// The names in all of these databases.
    pub fn of<'a>(databases: impl IntoIterator<Item = &'a replica::Snapshot>) -> Self {
        let mut names = Self::default();
        for rows in databases {
            for row in rows.rows::<nb::AddressSet>() {
                names.add(row.name(), row.external_ids());
            }
            for row in rows.rows::<nb::PortGroup>() {
                names.add(row.name(), row.external_ids());
            }
        }
        names
    }

    fn add(&mut self, name: &str, ids: Ids<'_>) {
        let Some(words) = describe(ids) else { return };
        let id = Mark::of(ids).and_then(|mark| mark.id).map(Box::from);
        let words = words.into();
        self.by_name
            .entry(name.into())
            .or_insert(Meaning { id, words });
    }

    /// What a port group or address set stands for; `_ip4` and `_ip6`, which OVN appends for the
    /// addresses of a port group, make no difference.
    pub fn meaning(&self, name: &str) -> Option<&str> {
        self.get(name).map(|meaning| &*meaning.words)
    }

    /// The `k8s.ovn.org/id` behind a hashed name.
    pub fn id(&self, name: &str) -> Option<&str> {
        self.get(name)?.id.as_deref()
    }

    fn get(&self, name: &str) -> Option<&Meaning> {
        self.by_name
            .get(name)
            .or_else(|| self.by_name.get(without_family(name)))
    }
}

/// The name of the port group whose addresses the set of this name holds.
pub fn without_family(name: &str) -> &str {
    let group = name
        .strip_suffix("_ip4")
        .or_else(|| name.strip_suffix("_ip6"));
    group.unwrap_or(name)
}
