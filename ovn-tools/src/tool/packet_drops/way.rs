//! Ways: whether the drops of a node are traced packet by packet or counted, and why.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::capture::{Filter, ParseFilterError};
use crate::command::{DropTrace, Tracer};
use crate::dump::drop::Told;
use crate::report::ToolError;
use crate::snapshot::{Captured, Snapshot};
use crate::tool::packet_drops::{By, MAX_TIME, Params, TIME};

/// How long a program may take until it listens, in seconds: it goes on for that much longer.
/// **Default and why**: 5; both read the types of the kernel first, which takes a second or two.
const UNTIL_IT_LISTENS: u64 = 5;
/// The most drops that are traced on a node.
/// **Default and why**: 10 000; they are folded into some hundred rows, and end a flood within
/// moments.
const MAX_DROPS: u32 = 10_000;
/// The most bytes that a program may print of them.
/// **Default and why**: 16 MiB; retis has about 1.5 KiB for each, so some 10 000 too.
const MAX_BYTES: usize = 16 << 20;
/// How many nodes are named that went the same way.
/// **Default and why**: 3; on a hundred nodes it is nearly always the same one.
const MAX_NODES: usize = 3;

/// What is asked for, as it is traced or counted.
#[derive(Clone, Debug)]
pub(super) struct Question {
    filter: Option<Filter>,
    seconds: u64,
    by: Option<By>,
}

/// How the drops of a node are known.
#[derive(Clone, Debug)]
pub(super) enum Way {
    /// A program is to be tried.
    Try(DropTrace),
    /// A program told of each.
    Traced(Box<Traced>),
    /// They are counted: the programs that told nothing, each with the reason.
    Counted(Vec<(Tracer, String)>),
}

/// What a program told of a node's drops.
#[derive(Clone, Debug)]
pub(super) struct Traced {
    /// Which one.
    pub(super) tracer: Tracer,
    /// Those that told nothing.
    pub(super) failed: Vec<(Tracer, String)>,
    /// What it told.
    pub(super) told: Told,
    /// What ended it.
    pub(super) captured: Captured,
}

impl Question {
    /// # Errors
    /// [`ToolError`] for what makes no sense.
    pub(super) fn of(params: &Params) -> Result<Self, ToolError> {
        let seconds = params.seconds.unwrap_or(TIME);
        if seconds == 0 || seconds > MAX_TIME {
            let what = format!("`seconds` is {seconds}, not from 1 to {MAX_TIME}");
            return Err(ToolError::new(what));
        }
        let filter = params.filter.as_deref().map(str::trim);
        let filter = filter.filter(|filter| !filter.is_empty()).map(|filter| {
            filter.parse().map_err(|error: ParseFilterError| {
                ToolError::new(format!("`filter`: {error}")).hint(error.hint())
            })
        });
        let filter = filter.transpose()?;
        if filter.is_some() && params.by == Some(By::Counters) {
            let error = ToolError::new("`filter`: counters do not tell which packets they counted");
            return Err(error.hint("leave out `filter` or `by`; `of` chooses among the counters"));
        }
        Ok(Self {
            filter,
            seconds,
            by: params.by,
        })
    }

    /// The time between two looks at counters.
    pub(super) fn time(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }

    /// The programs to try, in turn.
    fn tracers(&self) -> &[Tracer] {
        match self.by {
            None => &Tracer::ALL,
            Some(By::Retis) => &[Tracer::Retis],
            Some(By::Pwru) => &[Tracer::Pwru],
            Some(By::Counters) => &[],
        }
    }

    fn trace(&self, tracer: Tracer) -> DropTrace {
        DropTrace {
            tracer,
            filter: self.filter.clone(),
            events: MAX_DROPS,
            bytes: MAX_BYTES,
            time: Duration::from_secs(self.seconds + UNTIL_IT_LISTENS),
        }
    }

    /// How the drops on the node of a database are known, as far as it was tried.
    pub(super) fn way(&self, database: usize, snapshot: &Snapshot) -> Way {
        let mut failed = Vec::new();
        for &tracer in self.tracers() {
            let trace = self.trace(tracer);
            let mut reads = snapshot.drops.iter();
            let read = reads.find(|read| read.database == database && read.trace == trace);
            let Some(read) = read else {
                return Way::Try(trace);
            };
            let captured = match &read.outcome {
                Ok(captured) => captured,
                Err(why) => {
                    failed.push((tracer, why.clone()));
                    continue;
                }
            };
            let text = String::from_utf8_lossy(&captured.bytes);
            let told = match tracer {
                Tracer::Retis => Told::by_retis(&text),
                Tracer::Pwru => Told::by_pwru(&text, &captured.notes),
            };
            // Silence says nothing of one that did not listen.
            if !told.has_listened && told.drops.items.is_empty() {
                failed.push((tracer, unheard(&captured.notes)));
                continue;
            }
            return Way::Traced(Box::new(Traced {
                tracer,
                failed,
                told,
                captured: captured.clone(),
            }));
        }
        Way::Counted(failed)
    }

    /// Which packets, in words.
    pub(super) fn which(&self) -> String {
        let filter = self.filter.as_ref();
        filter.map_or_else(String::new, |filter| format!(" that is {filter}"))
    }

    /// Which way was taken and why, of nodes that went the same way once.
    pub(super) fn hints(&self, ways: &[(String, Way)]) -> Vec<String> {
        let mut told: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (node, way) in ways {
            told.entry(self.hint(way)).or_default().push(node);
        }
        let hints = told.into_iter().filter(|(hint, _)| !hint.is_empty());
        let hints = hints.map(|(hint, nodes)| {
            let more = nodes.len().saturating_sub(MAX_NODES);
            let shown = nodes.into_iter().take(MAX_NODES);
            let mut shown: Vec<String> = shown.map(str::to_owned).collect();
            if more > 0 {
                shown.push(format!("and {more} more"));
            }
            format!("{}: {hint}", shown.join(", "))
        });
        hints.collect()
    }

    fn hint(&self, way: &Way) -> String {
        match way {
            Way::Try(_) => String::new(),
            Way::Traced(traced) if traced.failed.is_empty() => {
                format!("{} told of each packet", traced.tracer)
            }
            Way::Traced(traced) => {
                let why = reasons(&traced.failed);
                format!("{} told of each packet, since {why}", traced.tracer)
            }
            Way::Counted(failed) if failed.is_empty() => {
                "these are counters of drops, as was asked for, not the packets: retis or pwru \
                 would name the kernel's function and reason for each"
                    .to_owned()
            }
            Way::Counted(failed) => {
                let why = reasons(failed);
                let filter = match self.filter {
                    Some(_) => ", of all packets, whatever `filter` says",
                    None => "",
                };
                format!(
                    "these are counters of drops{filter}, not the packets, since {why}; \
                     packet_capture shows where packets stop"
                )
            }
        }
    }
}

/// Why programs told nothing; the same reason once.
fn reasons(failed: &[(Tracer, String)]) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut before: Option<&(Tracer, String)> = None;
    for one in failed {
        let (tracer, why) = one;
        let same = before
            .is_some_and(|(other, known)| known.replace(other.program(), tracer.program()) == *why);
        words.push(match same {
            true => format!("{tracer}: the same"),
            false => format!("{tracer}: {why}"),
        });
        before = before.or(Some(one));
    }
    words.join("; ")
}

/// Why one that ran told nothing: its own last words, where it has some.
fn unheard(notes: &str) -> String {
    let mut lines = notes.lines().rev().map(str::trim);
    let silent = format!("it did not show that it listened within {UNTIL_IT_LISTENS} s more");
    match lines.find(|line| !line.is_empty()) {
        Some(line) => format!("{silent}; its last words: {line}"),
        None => silent,
    }
}
