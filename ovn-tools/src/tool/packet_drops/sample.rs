//! Samples: counters at two moments, and what rose between.

use std::collections::{BTreeMap, HashMap};

use ovn_schemas::vswitch;

use crate::command::{Command, Counters, Look};
use crate::database::Database;
use crate::dump::counter::Counter;
use crate::dump::datapath::DatapathFlow;
use crate::dump::kernel::link::Link;
use crate::dump::{Listing, split};
use crate::snapshot::Snapshot;
use crate::tool::beside::node_of;

/// The key by which an interface names its logical port.
const LOGICAL_PORT: &str = "iface-id";
/// The actions of a flow that drops.
const DROP: &str = "drop";
/// Where a flow's packets come in.
const IN_PORT: &str = "in_port";
/// What a flow counts.
const PACKETS: &str = "packets";

/// A counter's place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// The node.
    pub(super) node: String,
    /// Who counts.
    pub(super) of: Counters,
    /// What is counted at.
    pub(super) object: String,
    /// The counter.
    pub(super) counter: String,
}

/// What a counter counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// Between the two looks; all of it where it began anew meanwhile.
    pub(super) risen: u64,
    /// Since it began.
    pub(super) total: u64,
}

impl Key {
    /// The interface that it counts at.
    pub(super) fn interface(&self) -> &str {
        if self.of != Counters::DatapathFlows {
            return &self.object;
        }
        let fields = split(&self.object);
        let mut fields = fields.into_iter();
        let port = fields.find(|field| field.name == IN_PORT);
        port.map_or("", |field| field.value)
    }
}

/// The logical ports of interfaces, by node and interface.
pub(super) fn owners(node: Option<&str>, snapshot: &Snapshot) -> HashMap<(String, String), String> {
    let mut owners = HashMap::new();
    for read in snapshot.of(Database::Ovs, node) {
        for row in read.rows.rows::<vswitch::Interface>() {
            if let Some(port) = row.external_ids().get(LOGICAL_PORT) {
                let place = (node_of(read), row.name().to_owned());
                owners.insert(place, port.to_owned());
            }
        }
    }
    owners
}

/// What rose between the two looks, where both were had, and the lines that could not be read.
pub(super) fn changes(snapshot: &Snapshot) -> (Vec<(Key, Change)>, Vec<String>) {
    let (mut first, mut second) = (BTreeMap::new(), BTreeMap::new());
    let mut unread = Vec::new();
    // What is new at the second look began between the two, where there was a first one.
    let mut seen: Vec<(String, Counters)> = Vec::new();
    let outputs = snapshot.answers(|asked| matches!(asked, Command::Counters { .. }));
    for (read, output) in outputs {
        let Command::Counters { of, look } = output.request.command else {
            continue;
        };
        let node = node_of(read);
        let listing = counters(of, &output.text);
        if look == Look::Second {
            let lines = listing.other.into_iter();
            unread.extend(lines.map(|line| format!("{node}: {line}")));
        }
        if look == Look::First {
            seen.push((node.clone(), of));
        }
        for counter in listing.items {
            let key = Key {
                node: node.clone(),
                of,
                object: counter.object,
                counter: counter.name,
            };
            let counted: &mut BTreeMap<Key, u64> = match look {
                Look::First => &mut first,
                Look::Second => &mut second,
            };
            *counted.entry(key).or_default() += counter.value;
        }
    }
    let changes = second.into_iter().filter_map(|(key, total)| {
        if !seen.contains(&(key.node.clone(), key.of)) {
            return None;
        }
        let before = first.get(&key).copied().unwrap_or_default();
        let risen = total.checked_sub(before).unwrap_or(total);
        Some((key, Change { risen, total }))
    });
    (changes.collect(), unread)
}

fn counters(of: Counters, text: &str) -> Listing<Counter> {
    match of {
        Counters::DatapathPorts => Counter::of_datapath(text),
        Counters::Coverage => Counter::of_coverage(text),
        Counters::Protocols => Counter::of_protocols(text),
        Counters::Queues => Counter::of_queues(text),
        Counters::DatapathFlows => {
            let flows = DatapathFlow::list(text);
            let drops = flows.items.into_iter().filter(|flow| flow.actions == DROP);
            Listing {
                items: drops.map(of_flow).collect(),
                other: flows.other,
            }
        }
        Counters::Devices => {
            let links = Link::list(text);
            Listing {
                items: links.items.iter().flat_map(of_link).collect(),
                other: links.other,
            }
        }
    }
}

fn of_flow(flow: DatapathFlow) -> Counter {
    Counter {
        object: flow.condition,
        name: PACKETS.to_owned(),
        value: flow.packets,
    }
}

fn of_link(link: &Link) -> Vec<Counter> {
    let ways = [("rx", link.received), ("tx", link.sent)];
    let ways = ways
        .into_iter()
        .filter_map(|(way, counted)| Some((way, counted?)));
    ways.flat_map(|(way, counted)| {
        let counters = [("errors", counted.errors), ("dropped", counted.dropped)];
        counters.map(|(name, value)| Counter {
            object: link.name.clone(),
            name: format!("{way}_{name}"),
            value,
        })
    })
    .collect()
}
