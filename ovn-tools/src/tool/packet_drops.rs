//! The `packet_drops` tool: which counters of dropped packets rise, in Open vSwitch and in the
//! kernels of nodes.

mod sample;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use ovn_schemas::vswitch;
use serde_json::{Value as Json, json};

use crate::command::{Command, Counters, Look};
use crate::database::Database;
use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::{Next, ToolError};
use crate::snapshot::{Needs, Request, Snapshot};
use crate::tool::Tool;
use crate::tool::beside::none;
use crate::tool::kernel;
use crate::tool::packet_drops::sample::{Change, Key, changes, owners};

/// Shows which counters of dropped packets rise.
#[derive(Clone, Copy, Debug)]
pub struct PacketDrops;

/// Which counters to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// The seconds between the two looks; [`TIME`] unless it is said.
    pub seconds: Option<u64>,
    /// Only those of what this text names: an interface, a logical port, a counter, or a part of
    /// one.
    pub of: Option<String>,
    /// Only those that rise.
    pub rising: bool,
    /// Only those of this node.
    pub node: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

/// The time between the two looks, in seconds.
/// **Default and why**: 5; a fault that drops a packet a second shows, and it is short enough to
/// wait for.
pub const TIME: u64 = 5;
/// The longest time between the two looks, in seconds.
/// **Default and why**: 120; calls are given up after 300.
pub const MAX_TIME: u64 = 120;

/// Which programs would tell more.
const RICHER: &str = "these are counters of drops, not the packets: pwru and retis, which are not \
                      run here, would name the kernel's function and reason for each packet; \
                      packet_capture shows where packets stop";

impl Params {
    fn time(&self) -> Result<Duration, ToolError> {
        let seconds = self.seconds.unwrap_or(TIME);
        if seconds == 0 || seconds > MAX_TIME {
            let what = format!("`seconds` is {seconds}, not from 1 to {MAX_TIME}");
            return Err(ToolError::new(what));
        }
        Ok(Duration::from_secs(seconds))
    }
}

impl Tool for PacketDrops {
    const NAME: &'static str = "packet_drops";
    type Params = Params;
    type Report = Listing;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        params.time()?;
        Ok(kernel::needs()
            .column(Database::Ovs, vswitch::interface::NAME)
            .column(Database::Ovs, vswitch::interface::EXTERNAL_IDS))
    }

    fn plan(params: &Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        let node = params.node.as_deref();
        let places = snapshot.places(Database::Ovs, node);
        let places: Vec<_> = places.collect();
        if places.is_empty() {
            return Err(none(Database::Ovs, node, snapshot));
        }
        if places.iter().all(|(_, read)| read.recorded) {
            let error = ToolError::new(
                "drops are counted on live nodes only, and these databases were recorded",
            );
            return Err(error.hint("name a live source: unix:PATH on the host itself, or kube"));
        }
        let time = params.time()?;
        let look = |look| Counters::ALL.map(|of| Command::Counters { of, look });
        let mut requests = Vec::new();
        for (database, read) in places {
            let mut commands: Vec<Command> = look(Look::First).to_vec();
            if read.recorded {
                // One that cannot answer says why once, and nobody waits for it.
                commands.truncate(1);
            } else {
                commands.push(Command::Pause { time });
                commands.extend(look(Look::Second));
            }
            let commands = commands.into_iter();
            requests.extend(commands.map(|command| Request { database, command }));
        }
        Ok(requests)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let node = params.node.as_deref();
        let seconds = params.time()?.as_secs();
        let owners = owners(node, snapshot);
        let (changes, unread) = changes(snapshot);
        let mut rows: Vec<(Change, Vec<Json>)> = Vec::new();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut drops_of_flows: Option<String> = None;
        for (key, change) in changes {
            let owner = owners.get(&(key.node.clone(), key.interface().to_owned()));
            if !keeps(params, &key, change, owner) {
                continue;
            }
            if change.risen > 0 {
                *counts.entry(key.of.to_string()).or_default() += 1;
                if key.of == Counters::DatapathFlows {
                    drops_of_flows.get_or_insert_with(|| key.node.clone());
                }
            }
            rows.push((change, row(&key, change, owner)));
        }
        rows.sort_by_key(|(change, _)| std::cmp::Reverse((change.risen, change.total)));
        let rising = rows.iter().filter(|(change, _)| change.risen > 0).count();
        let unread = kernel::unread_words(&unread);
        let found = match rising {
            0 => format!("no counter of drops rises within {seconds} s{unread}"),
            1 => format!("1 counter of drops rises within {seconds} s{unread}"),
            rising => format!("{rising} counters of drops rise within {seconds} s{unread}"),
        };
        let rows = rows.into_iter().map(|(_, row)| row).collect();
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let columns = ["node", "of", "object", "counter", "risen", "total", "owner"];
        let listed = Listing::page(found, &columns, rows, &params.page, question, snapshot)?;
        let next = drops_of_flows.map(|node| {
            Next::to(
                "datapath_flow_list",
                [("actions", "drop".into()), ("node", node.into())],
                "the flows that drop, with all that they match",
            )
        });
        let hints = vec![RICHER.to_owned()];
        Ok(listed
            .counted(counts)
            .advised(hints, next.into_iter().collect()))
    }
}

fn keeps(params: &Params, key: &Key, change: Change, owner: Option<&String>) -> bool {
    let names = |part: &String| {
        let texts = [Some(&key.object), Some(&key.counter), owner];
        let mut texts = texts.into_iter().flatten();
        texts.any(|text| text.contains(part.as_str()))
    };
    // One that never counted anything says nothing.
    let says = change.total > 0 && (change.risen > 0 || !params.rising);
    says && params.of.as_ref().is_none_or(names)
}

fn row(key: &Key, change: Change, owner: Option<&String>) -> Vec<Json> {
    vec![
        json!(key.node),
        json!(key.of.name()),
        json!(key.object),
        json!(key.counter),
        json!(change.risen),
        json!(change.total),
        json!(owner),
    ]
}
