//! Two agents that look for a cause: one that knows its way, one that follows `next` blindly.
//!
//! Neither knows the answer. Each stops at the first answer that names a cause and takes the first
//! one in it; only then is it compared with the scenario's.

use std::collections::BTreeSet;

use anyhow::Result;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::pack::scenario::{Call, Cause, MAX_CALLS, MAX_TOKENS, Row, Scenario};
use crate::pack::server::Asked;

/// The bytes of text that a token stands for, in tenths: as ovnscope itself reckons.
pub(super) const DECIBYTES_PER_TOKEN: usize = 22;

/// How an agent goes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agent {
    /// It makes the scenario's calls.
    Replay,
    /// It begins with the symptom and makes whatever call an answer offers next.
    Greedy,
}

/// What an agent found, and what that took.
#[derive(Clone, Debug, Serialize)]
pub struct Search {
    /// The calls it made.
    pub calls: Vec<Call>,
    /// The tokens of all answers together.
    pub tokens: usize,
    /// What it takes for the cause.
    pub taken: Option<Taken>,
    /// The answers, for comparison.
    #[serde(skip)]
    pub answers: Vec<Json>,
}

/// What an agent takes for the cause.
#[derive(Clone, Debug, Serialize)]
pub struct Taken {
    /// The diagnostic's id.
    pub finding: String,
    /// The object.
    pub object: String,
    /// The node.
    pub node: Option<String>,
    /// The rows that show it.
    #[serde(skip)]
    pub evidence: Vec<Json>,
}

impl Agent {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Replay, Self::Greedy];

    /// What it is called in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Replay => "replay",
            Self::Greedy => "greedy",
        }
    }

    /// Looks for the cause of a scenario.
    ///
    /// # Errors
    /// A call is refused, or the server breaks off.
    pub fn search(self, scenario: &Scenario, asked: &mut Asked) -> Result<Search> {
        let mut search = Search {
            calls: Vec::new(),
            tokens: 0,
            taken: None,
            answers: Vec::new(),
        };
        let mut bytes = 0;
        let mut made = BTreeSet::new();
        let mut waiting: Vec<Call> = match self {
            Self::Replay => scenario.calls.clone(),
            Self::Greedy => vec![scenario.symptom.clone()],
        };
        waiting.reverse();
        while let Some(call) = waiting.pop() {
            if search.calls.len() == MAX_CALLS {
                break;
            }
            if !made.insert(serde_json::to_string(&call)?) {
                continue;
            }
            let answer = asked.call(&call.tool, &call.arguments)?;
            bytes += answer.bytes;
            search.tokens = (bytes * 10).div_ceil(DECIBYTES_PER_TOKEN);
            search.calls.push(call);
            search.taken = taken(&answer.value);
            if self == Self::Greedy {
                // What the newest answer offers comes first, in its order.
                let offered = offered(&answer.value);
                waiting.extend(offered.into_iter().rev());
            }
            search.answers.push(answer.value);
            if search.taken.is_some() {
                break;
            }
        }
        Ok(search)
    }
}

impl Search {
    /// What is wrong with it; nothing where it has the cause within the limits.
    pub fn faults(&self, cause: &Cause) -> Vec<String> {
        let mut faults = Vec::new();
        if self.calls.len() > MAX_CALLS {
            faults.push(format!("{} calls", self.calls.len()));
        }
        if self.tokens > MAX_TOKENS {
            faults.push(format!("{} tokens", self.tokens));
        }
        let Some(taken) = &self.taken else {
            faults.push("no cause".to_owned());
            return faults;
        };
        let found = (&taken.finding, &taken.object, &taken.node);
        if found != (&cause.finding, &cause.object, &cause.node) {
            faults.push(format!("another cause: {found:?}"));
        }
        let shows = |row: &Row| taken.evidence.iter().any(|shown| is_row(shown, row));
        let missing = cause.evidence.iter().filter(|row| !shows(row));
        faults.extend(
            missing.map(|row| format!("{}.{} is not shown as {:?}", row.db, row.table, row.values)),
        );
        faults
    }
}

fn is_row(shown: &Json, row: &Row) -> bool {
    let has = |(name, value): (&String, &Json)| shown["values"].get(name) == Some(value);
    shown["db"] == row.db && shown["table"] == row.table && row.values.iter().all(has)
}

/// The first finding of an answer.
fn taken(answer: &Json) -> Option<Taken> {
    let finding = answer["findings"].get(0)?;
    let text = |name: &str| finding[name].as_str().map(str::to_owned);
    Some(Taken {
        finding: text("id")?,
        object: text("object")?,
        node: text("node"),
        evidence: finding["evidence"].as_array().cloned().unwrap_or_default(),
    })
}

/// The calls that an answer offers.
fn offered(answer: &Json) -> Vec<Call> {
    let next = match &answer["next"] {
        Json::Array(calls) => calls.clone(),
        Json::Null => Vec::new(),
        call => vec![call.clone()],
    };
    let call = |offered: Json| {
        Some(Call {
            tool: offered["tool"].as_str()?.to_owned(),
            arguments: offered["arguments"]
                .as_object()
                .cloned()
                .unwrap_or_else(Map::new),
        })
    };
    next.into_iter().filter_map(call).collect()
}
