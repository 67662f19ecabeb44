//! The `packet_drops` tool: which packets the kernels of nodes drop and why, or which counters of
//! dropped packets rise, in Open vSwitch and in those kernels.

mod sample;

mod way;

mod traced;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use ovn_schemas::vswitch;
use serde_json::{Value as Json, json};

use crate::command::{Command, Counters, Look};
use crate::database::Database;
use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::{Gap, Next, ToolError};
use crate::snapshot::{CaptureEnd, Needs, Request, Snapshot};
use crate::tool::Tool;
use crate::tool::beside::{node_of, none};
use crate::tool::kernel;
use crate::tool::packet_drops::sample::{Change, Key, changes, owners};
use crate::tool::packet_drops::traced::{Dropped, folded};
use crate::tool::packet_drops::way::{Question, Traced, Way};

/// Shows which packets are dropped, or which counters of dropped packets rise.
#[derive(Clone, Copy, Debug)]
pub struct PacketDrops;

/// Which drops to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// How long programs listen, and the seconds between two looks at counters; [`TIME`] unless it
    /// is said.
    pub seconds: Option<u64>,
    /// Who tells; by default the first of these that a node has.
    pub by: Option<By>,
    /// Which packets, in the words of pcap-filter(7); counters are of all.
    pub filter: Option<String>,
    /// Only those of what this text names: an interface, a logical port, an address, a reason, a
    /// counter, or a part of one.
    pub of: Option<String>,
    /// Only counters that rise.
    pub rising: bool,
    /// Only those of this node.
    pub node: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

/// Who tells of drops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// `retis`, packet by packet.
    Retis,
    /// `pwru`, packet by packet.
    Pwru,
    /// Counters, which every node has.
    Counters,
}

/// How long programs listen, and the time between two looks at counters, in seconds.
/// **Default and why**: 5; a fault that drops a packet a second shows, and it is short enough to
/// wait for.
pub const TIME: u64 = 5;
/// The longest time, in seconds.
/// **Default and why**: 60; where two programs and then counters are tried in turn, it passes up to
/// three times, and calls are given up after 300.
pub const MAX_TIME: u64 = 60;

/// The columns of counters.
const OF_COUNTERS: [&str; 5] = ["of", "object", "counter", "risen", "total"];
/// The columns of packets.
const OF_PACKETS: [&str; 8] = [
    "reason", "function", "device", "netns", "protocol", "from", "to", "packets",
];

/// What shows more of a reason, by how it begins: a tool, and what it would show.
const MORE: [(&str, &str, &str); 5] = [
    (
        "NETFILTER",
        "nft_show",
        "the rules that may have dropped them, with their counters",
    ),
    ("NO_SOCKET", "socket_list", "which sockets there are"),
    (
        "IP_RPFILTER",
        "ip_show",
        "the addresses that the way back goes by",
    ),
    (
        "IP_OUTNOROUTES",
        "ip_show",
        "the addresses and interfaces there are",
    ),
    (
        "SOCKET_RCVBUFF",
        "socket_list",
        "the sockets whose programs read too slowly",
    ),
];

impl Tool for PacketDrops {
    const NAME: &'static str = "packet_drops";
    type Params = Params;
    type Report = Listing;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        Question::of(params)?;
        Ok(kernel::needs()
            .column(Database::Ovs, vswitch::interface::NAME)
            .column(Database::Ovs, vswitch::interface::EXTERNAL_IDS))
    }

    fn plan(params: &Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        let question = Question::of(params)?;
        let node = params.node.as_deref();
        let places = snapshot.places(Database::Ovs, node);
        let places: Vec<_> = places.collect();
        if places.is_empty() {
            return Err(none(Database::Ovs, node, snapshot));
        }
        if places.iter().all(|(_, read)| read.recorded) {
            let error = ToolError::new(
                "drops are seen on live nodes only, and these databases were recorded",
            );
            return Err(error.hint("name a live source: unix:PATH on the host itself, or kube"));
        }
        let look = |look| Counters::ALL.map(|of| Command::Counters { of, look });
        let mut requests = Vec::new();
        for (database, read) in places {
            let commands = if read.recorded {
                // One that cannot answer says why once, and nobody waits for it.
                let [first, ..] = look(Look::First);
                vec![first]
            } else {
                match question.way(database, snapshot) {
                    Way::Try(trace) => vec![Command::Drops(trace)],
                    Way::Traced(_) => Vec::new(),
                    Way::Counted(_) => {
                        let mut commands: Vec<Command> = look(Look::First).to_vec();
                        let time = question.time();
                        commands.push(Command::Pause { time });
                        commands.extend(look(Look::Second));
                        commands
                    }
                }
            };
            let commands = commands.into_iter();
            requests.extend(commands.map(|command| Request { database, command }));
        }
        Ok(requests)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let question = Question::of(params)?;
        let places = snapshot.places(Database::Ovs, params.node.as_deref());
        let live = places.filter(|(_, read)| !read.recorded);
        let ways: Vec<(String, Way)> = live
            .map(|(database, read)| (node_of(read), question.way(database, snapshot)))
            .collect();
        let mut answer = Answer::default();
        let has_counters = ways.iter().any(|(_, way)| matches!(way, Way::Counted(_)));
        let has_packets = ways.iter().any(|(_, way)| matches!(way, Way::Traced(_)));
        let columns = Columns {
            has_counters: has_counters || !has_packets,
            has_packets,
        };
        if columns.has_packets {
            answer.packets(params, &question, &ways, columns, snapshot);
        }
        if columns.has_counters {
            answer.counters(params, &question, columns, snapshot);
        }
        let found = answer.found.join("; ");
        let asked = page::question(Self::NAME, params, |asked| &mut asked.page);
        let names = columns.names();
        let listed = Listing::page(found, &names, answer.rows, &params.page, asked, snapshot)?;
        answer.hints.extend(question.hints(&ways));
        Ok(listed
            .missing(answer.gaps)
            .counted(answer.counts)
            .advised(answer.hints, answer.next))
    }
}

/// Which columns there are.
#[derive(Clone, Copy, Debug)]
struct Columns {
    has_counters: bool,
    has_packets: bool,
}

impl Columns {
    fn names(self) -> Vec<&'static str> {
        let counters = OF_COUNTERS.iter().filter(|_| self.has_counters);
        let packets = OF_PACKETS.iter().filter(|_| self.has_packets);
        let names = ["node"].iter().chain(counters).chain(packets);
        names.chain(&["owner"]).copied().collect()
    }

    fn row(
        self,
        node: &str,
        counter: Option<[Json; OF_COUNTERS.len()]>,
        packet: Option<[Json; OF_PACKETS.len()]>,
        owner: Option<&String>,
    ) -> Vec<Json> {
        let none = || std::iter::repeat_n(Json::Null, OF_COUNTERS.len() + OF_PACKETS.len());
        let mut row = vec![json!(node)];
        if self.has_counters {
            let cells = counter.into_iter().flatten().chain(none());
            row.extend(cells.take(OF_COUNTERS.len()));
        }
        if self.has_packets {
            let cells = packet.into_iter().flatten().chain(none());
            row.extend(cells.take(OF_PACKETS.len()));
        }
        row.push(json!(owner));
        row
    }
}

/// What is answered.
#[derive(Debug, Default)]
struct Answer {
    found: Vec<String>,
    rows: Vec<Vec<Json>>,
    counts: BTreeMap<String, usize>,
    hints: Vec<String>,
    next: Vec<Next>,
    gaps: Vec<Gap>,
}

impl Answer {
    /// The packets that were traced.
    fn packets(
        &mut self,
        params: &Params,
        question: &Question,
        ways: &[(String, Way)],
        columns: Columns,
        snapshot: &Snapshot,
    ) {
        let owners = owners(params.node.as_deref(), snapshot);
        let (mut drops, mut unread) = (Vec::new(), Vec::new());
        for (node, way) in ways {
            let Way::Traced(traced) = way else {
                continue;
            };
            let other = traced.told.drops.other.iter();
            unread.extend(other.map(|line| format!("{node}: {line}")));
            self.ended(node, traced);
            let told = traced.told.drops.items.iter();
            drops.extend(told.map(|drop| Dropped::new(node, drop, &owners)));
        }
        drops.retain(|drop| params.of.as_ref().is_none_or(|part| drop.names(part)));
        let packets = drops.len();
        for drop in &drops {
            let reason = drop.drop.reason.clone();
            let reason = reason.unwrap_or_else(|| "no reason told".to_owned());
            *self.counts.entry(reason).or_default() += 1;
        }
        let seconds = question.time().as_secs();
        let (unread, which) = (kernel::unread_words(&unread), question.which());
        let reasons = self.counts.len();
        let time = format!("within {seconds} s or a little more");
        self.found.push(match (packets, reasons) {
            (0, _) => format!("no packet{which} was dropped {time}{unread}"),
            (1, _) => format!("1 packet{which} was dropped {time}{unread}"),
            (_, 1) => format!("{packets} packets were dropped for 1 reason {time}{unread}"),
            _ => format!("{packets} packets were dropped for {reasons} reasons {time}{unread}"),
        });
        let folded = folded(drops);
        self.leads(&folded);
        let rows = folded.into_iter().map(|(dropped, count)| {
            let drop = &dropped.drop;
            let cells = [
                json!(drop.reason),
                json!(drop.function),
                json!(dropped.device),
                json!(drop.netns),
                json!(drop.protocol),
                json!(drop.from),
                json!(drop.to),
                json!(count),
            ];
            columns.row(&dropped.node, None, Some(cells), dropped.owner.as_ref())
        });
        self.rows.extend(rows);
    }

    /// What ended a program before its time.
    fn ended(&mut self, node: &str, traced: &Traced) {
        let tracer = traced.tracer;
        match &traced.captured.end {
            CaptureEnd::Time => {}
            CaptureEnd::Packets | CaptureEnd::Bytes => {
                let count = traced.told.drops.items.len();
                self.hints.push(format!(
                    "{node}: {tracer} was ended early, after {count} drops: there are more than it \
                     is given; `filter` chooses among them"
                ));
            }
            CaptureEnd::Broken(why) => self.gaps.push(Gap {
                what: format!("{node}: {tracer}"),
                why: format!("{why}; what was dropped until then is told"),
            }),
        }
    }

    /// Calls that show more of the reasons.
    fn leads(&mut self, folded: &[(Dropped, u64)]) {
        for (dropped, _) in folded {
            let reason = dropped.drop.reason.as_deref().unwrap_or_default();
            let lead = MORE.iter().find(|(begin, ..)| reason.starts_with(begin));
            let next = match lead {
                Some((_, tool, why)) => Next::to(tool, [("node", json!(dropped.node))], *why),
                None if reason.starts_with(OF_SWITCH) => dropping_flows(&dropped.node),
                None => continue,
            };
            if !self.next.iter().any(|known| known.tool == next.tool) {
                self.next.push(next);
            }
        }
    }

    /// The counters, where packets were not traced.
    fn counters(
        &mut self,
        params: &Params,
        question: &Question,
        columns: Columns,
        snapshot: &Snapshot,
    ) {
        let owners = owners(params.node.as_deref(), snapshot);
        let seconds = question.time().as_secs();
        let (changes, unread) = changes(snapshot);
        let mut rows: Vec<(Change, Vec<Json>)> = Vec::new();
        let mut drops_of_flows: Option<String> = None;
        for (key, change) in changes {
            let owner = owners.get(&(key.node.clone(), key.interface().to_owned()));
            if !keeps(params, &key, change, owner) {
                continue;
            }
            if change.risen > 0 {
                *self.counts.entry(key.of.to_string()).or_default() += 1;
                if key.of == Counters::DatapathFlows {
                    drops_of_flows.get_or_insert_with(|| key.node.clone());
                }
            }
            let cells = [
                json!(key.of.name()),
                json!(key.object),
                json!(key.counter),
                json!(change.risen),
                json!(change.total),
            ];
            rows.push((change, columns.row(&key.node, Some(cells), None, owner)));
        }
        rows.sort_by_key(|(change, _)| std::cmp::Reverse((change.risen, change.total)));
        let rising = rows.iter().filter(|(change, _)| change.risen > 0).count();
        let unread = kernel::unread_words(&unread);
        self.found.push(match rising {
            0 => format!("no counter of drops rises within {seconds} s{unread}"),
            1 => format!("1 counter of drops rises within {seconds} s{unread}"),
            rising => format!("{rising} counters of drops rise within {seconds} s{unread}"),
        });
        self.rows.extend(rows.into_iter().map(|(_, row)| row));
        let next = drops_of_flows.map(|node| dropping_flows(&node));
        let is_new = |next: &Next| !self.next.iter().any(|known| known.tool == next.tool);
        let next = next.filter(is_new);
        self.next.extend(next);
    }
}

/// What the reasons of the switch begin with.
const OF_SWITCH: &str = "openvswitch/";

fn dropping_flows(node: &str) -> Next {
    Next::to(
        "datapath_flow_list",
        [("actions", "drop".into()), ("node", node.into())],
        "the flows that drop, with all that they match",
    )
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
