//! Traced drops: the packets that the kernels of nodes dropped, equal ones counted.

use std::collections::{BTreeMap, HashMap};

use crate::dump::drop::{Device, Drop};

/// A drop as it is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dropped {
    /// The node.
    pub(super) node: String,
    /// The network device; the end of its name behind `…`, or its number behind `#`, where no
    /// more is known.
    pub(super) device: Option<String>,
    /// The logical port of the device.
    pub(super) owner: Option<String>,
    /// What else is known.
    pub(super) drop: Drop,
}

impl Dropped {
    /// A drop on a node, whose interfaces have these logical ports.
    pub(super) fn new(node: &str, drop: &Drop, owners: &HashMap<(String, String), String>) -> Self {
        let device = drop.device.as_ref().map(|device| match device {
            Device::Name(name) => name.clone(),
            Device::Number(number) => format!("#{number}"),
            Device::End(end) => whole(node, end, owners).unwrap_or_else(|| format!("…{end}")),
        });
        let owner = device.clone().and_then(|device| {
            let place = (node.to_owned(), device);
            owners.get(&place).cloned()
        });
        Self {
            node: node.to_owned(),
            device,
            owner,
            drop: drop.clone(),
        }
    }

    /// Whether one of its words holds this text.
    pub(super) fn names(&self, part: &str) -> bool {
        let drop = &self.drop;
        let texts = [
            &self.device,
            &self.owner,
            &drop.reason,
            &drop.function,
            &drop.protocol,
            &drop.from,
            &drop.to,
        ];
        let mut texts = texts.into_iter().flatten();
        texts.any(|text| text.contains(part))
    }
}

/// The name of the one interface on the node that ends so.
fn whole(node: &str, end: &str, owners: &HashMap<(String, String), String>) -> Option<String> {
    let mut names = owners
        .keys()
        .filter(|(of, name)| of == node && name.ends_with(end))
        .map(|(_, name)| name);
    let name = names.next()?;
    names.next().is_none().then(|| name.clone())
}

/// Equal drops, each with how many there were, most first.
pub(super) fn folded(drops: Vec<Dropped>) -> Vec<(Dropped, u64)> {
    let mut counts: BTreeMap<Dropped, u64> = BTreeMap::new();
    for drop in drops {
        *counts.entry(drop).or_default() += 1;
    }
    let mut folded: Vec<(Dropped, u64)> = counts.into_iter().collect();
    folded.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    folded
}
