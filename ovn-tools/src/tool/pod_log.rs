//! The `pod_log` tool: what a container wrote, record by record.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::{Gap, ToolError};
use crate::resource::record::{Level, Record};
use crate::resource::{ResourceAnswer, ResourceQuestion};
use crate::snapshot::{Needs, Snapshot};
use crate::tool::Tool;
use crate::tool::cluster::{answers, object_of, optional, taken_words};

/// How many of the last lines are asked for unless the question says otherwise.
/// **Default and why**: 2000, some 300 KB: the last minutes of a busy container.
pub const DEFAULT_LINES: u64 = 2_000;
/// The most that can be asked for.
/// **Default and why**: 100 000, some 15 MB; a longer time is found by `since`.
pub const MAX_LINES: u64 = 100_000;
/// The most records that may be shown on either side of one.
/// **Default and why**: 20; more is a page without a pattern.
pub const MAX_CONTEXT: usize = 20;
/// The most lines of one record that are shown.
/// **Default and why**: 40, a stack of calls; the number of the others is told.
const MAX_RECORD_LINES: usize = 40;

/// Shows a container's log.
#[derive(Clone, Copy, Debug)]
pub struct PodLog;

/// Which log, and what of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// `NAMESPACE/NAME`.
    pub pod: String,
    /// The container; none where the pod has one only.
    pub container: Option<String>,
    /// What it wrote before its last restart.
    pub previous: bool,
    /// How many of the last lines to read. **Default**: [`DEFAULT_LINES`].
    pub lines: Option<u64>,
    /// Only what is not older.
    pub since: Option<Duration>,
    /// Only records in which one of these stands.
    pub contains: Vec<String>,
    /// Only records at least as grave.
    pub level: Option<Level>,
    /// How many records to show on either side of each.
    pub context: usize,
    /// Which part of the answer.
    pub page: Page,
}

impl Tool for PodLog {
    const NAME: &'static str = "pod_log";
    type Params = Params;
    type Report = Listing;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        let (Some(namespace), pod) = object_of("pod", &params.pod)? else {
            return Err(ToolError::new("`pod` needs the pod's namespace")
                .hint("send NAMESPACE/NAME, such as ovn-kubernetes/ovnkube-node-x7k2p"));
        };
        if params.contains.iter().any(|word| word.trim().is_empty()) {
            return Err(ToolError::new(
                "`contains` holds an empty text, which stands in every record",
            ));
        }
        Ok(Needs::default().resource(ResourceQuestion::Log {
            namespace,
            pod,
            container: optional("container", params.container.as_deref())?,
            previous: params.previous,
            lines: params.lines.unwrap_or(DEFAULT_LINES).clamp(1, MAX_LINES),
            since: params.since,
        }))
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let mut gaps = Vec::new();
        let (mut records, mut taken) = (Vec::new(), 0);
        for read in answers(snapshot)? {
            if let ResourceAnswer::Log {
                text,
                cut,
                concealed,
            } = &read.answer
            {
                taken += concealed;
                records.extend(Record::list(text));
                if *cut {
                    gaps.push(Gap {
                        what: format!("{}: {}", read.source, read.question),
                        why: "the log is longer than is read at once: ask for fewer lines or a shorter time".to_owned(),
                    });
                }
            }
        }
        let is_hit = |record: &Record| {
            let words = &params.contains;
            (words.is_empty() || record.contains(words))
                && params
                    .level
                    .is_none_or(|least| record.level.is_some_and(|level| level <= least))
        };
        let hits: Vec<bool> = records.iter().map(is_hit).collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (record, _) in records.iter().zip(&hits).filter(|(_, hit)| **hit) {
            let level = record.level.map_or("without a level", Level::name);
            *counts.entry(level.to_owned()).or_default() += 1;
        }
        let context = params.context.min(MAX_CONTEXT);
        let is_near = |at: usize| {
            let from = at.saturating_sub(context);
            let to = (at + context + 1).min(hits.len());
            hits[from..to].contains(&true)
        };
        let rows: Vec<Vec<Json>> = records
            .iter()
            .enumerate()
            .rev()
            .filter(|(at, _)| is_near(*at))
            .map(|(at, record)| {
                let mut row = vec![
                    json!(record.time),
                    json!(record.level.map(Level::name)),
                    json!(shown(record)),
                ];
                if context > 0 {
                    row.push(json!(hits[at]));
                }
                row
            })
            .collect();
        let count = hits.iter().filter(|hit| **hit).count();
        let lines: usize = records.iter().map(|record| record.lines.len()).sum();
        let mut found = format!(
            "{count} of {} records ({lines} lines), the newest first",
            records.len()
        );
        if let Some(words) = taken_words(taken) {
            found.push_str(&format!("; {words}"));
        }
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let columns: &[&str] = match context {
            0 => &["time", "level", "record"],
            _ => &["time", "level", "record", "matches"],
        };
        let listed = Listing::page(found, columns, rows, &params.page, question, snapshot)?;
        Ok(listed.counted(counts).missing(gaps))
    }
}

fn shown(record: &Record) -> String {
    let lines: Vec<&str> = record
        .lines
        .iter()
        .take(MAX_RECORD_LINES)
        .map(String::as_str)
        .collect();
    let mut text = lines.join("\n");
    let more = record.lines.len() - lines.len();
    if more > 0 {
        text.push_str(&format!("\n… and {more} more lines"));
    }
    text
}
