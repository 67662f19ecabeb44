//! Presenting an answer as JSON within a budget: fewer whole rows, never part of one.

pub mod legend;

use ovn_tools::report::Report;
use serde_json::{Error as JsonError, Value};
use thiserror::Error;

use crate::failure::Failure;

/// How many bytes of JSON a model's token stands for, in tenths.
/// **Default and why**: 22; text full of UUIDs, MAC and IP addresses measured 1.7 to 2.8 bytes a
/// token, mostly near 2.2.
const DECIBYTES_PER_TOKEN: usize = 22;
/// The tokens an answer may take unless the question says otherwise.
/// **Default and why**: 4 000, about 9 kB; a dozen answers fit beside everything else an agent
/// has in mind.
pub const DEFAULT_TOKENS: usize = 4_000;
/// The fewest tokens that can be asked for.
/// **Default and why**: 100; less holds no answer.
pub const MIN_TOKENS: usize = 100;
/// The most tokens that can be asked for.
/// **Default and why**: 20 000; clients put answers above 25 000 tokens aside.
pub const MAX_TOKENS: usize = 20_000;
/// The most characters of an answer, whatever was asked for.
/// **Default and why**: 45 000; clients put answers above some 50 000 characters aside.
pub const MAX_CHARACTERS: usize = 45_000;

/// How much an answer tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// What was found, in words and numbers, without the rows.
    Summary,
    /// The rows that fit.
    #[default]
    Rows,
    /// All that fits the most that can be asked for: whole UUIDs, whole traces.
    Full,
}

impl Detail {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Summary, Self::Rows, Self::Full];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Rows => "rows",
            Self::Full => "full",
        }
    }

    /// The one of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|detail| detail.name() == name)
    }
}

/// How long an answer may be, and how much it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    tokens: usize,
    detail: Detail,
}

impl Budget {
    /// A budget for this much detail; without tokens [`DEFAULT_TOKENS`], for full detail
    /// [`MAX_TOKENS`].
    pub fn new(tokens: Option<usize>, detail: Detail) -> Self {
        let default = match detail {
            Detail::Full => MAX_TOKENS,
            Detail::Summary | Detail::Rows => DEFAULT_TOKENS,
        };
        Self {
            detail,
            ..Self::of_tokens(tokens.unwrap_or(default))
        }
    }

    /// A budget of this many tokens, at most [`MAX_TOKENS`].
    pub fn of_tokens(tokens: usize) -> Self {
        Self {
            tokens: tokens.min(MAX_TOKENS),
            detail: Detail::Rows,
        }
    }

    /// In bytes of compact JSON. There are no fewer bytes than characters.
    pub fn bytes(self) -> usize {
        (self.tokens * DECIBYTES_PER_TOKEN / 10).min(MAX_CHARACTERS)
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::of_tokens(DEFAULT_TOKENS)
    }
}

/// An answer cannot be presented.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PresentError {
    /// Even one row with what goes with it is too long.
    #[error("the shortest answer takes {needed} tokens, more than the {allowed} of max_tokens")]
    TooLong {
        /// The tokens that the shortest answer takes.
        needed: usize,
        /// The tokens it may take.
        allowed: usize,
    },
    /// The report has no JSON form. The fault is ovnscope's.
    #[error("the answer cannot be written as JSON")]
    Json(#[from] JsonError),
}

impl From<PresentError> for Failure {
    fn from(error: PresentError) -> Self {
        let failure = Self::of(&error);
        match error {
            PresentError::TooLong { needed, .. } if needed <= MAX_TOKENS => {
                failure.hint(format!("send max_tokens: {needed}, or ask for less"))
            }
            PresentError::TooLong { .. } => failure.hint(format!(
                "ask for less: one node, or a few columns (max_tokens goes up to {MAX_TOKENS})"
            )),
            PresentError::Json(_) => failure,
        }
    }
}

/// The report as JSON with as many whole items as the budget allows.
///
/// An answer that has items keeps at least one, so that a reader who goes on from its cursor gets
/// somewhere; a [`Detail::Summary`] keeps none. One that does not fit as it is has a
/// [`legend`] for the texts that repeat in its rows.
///
/// # Errors
/// [`PresentError`] as its variants say.
pub fn structured<R: Report + Clone>(report: &R, budget: Budget) -> Result<Value, PresentError> {
    let cut = |keep: Option<usize>| -> Result<Value, JsonError> {
        let Some(keep) = keep else {
            return serde_json::to_value(report);
        };
        let mut report = report.clone();
        report.keep(keep);
        serde_json::to_value(&report)
    };
    let items = report.items();
    let none = (budget.detail == Detail::Summary && items > 0).then_some(0);
    let mut whole = cut(none)?;
    if length(&whole) <= budget.bytes() {
        return Ok(whole);
    }
    let shorter = |value: &mut Value| {
        if budget.detail != Detail::Full {
            legend::shorten(value);
        }
    };
    shorter(&mut whole);
    if length(&whole) <= budget.bytes() {
        return Ok(whole);
    }
    let cut = |keep| {
        let mut value = cut(Some(keep))?;
        shorter(&mut value);
        Ok::<Value, JsonError>(value)
    };
    let mut best = if items == 0 { whole } else { cut(1)? };
    if length(&best) > budget.bytes() {
        return Err(PresentError::TooLong {
            needed: (length(&best) * 10).div_ceil(DECIBYTES_PER_TOKEN),
            allowed: budget.tokens,
        });
    }
    // `fits` items fit and `exceeds` do not.
    let (mut fits, mut exceeds) = (1, items);
    while exceeds - fits > 1 {
        let middle = fits + (exceeds - fits) / 2;
        let value = cut(middle)?;
        if length(&value) <= budget.bytes() {
            (fits, best) = (middle, value);
        } else {
            exceeds = middle;
        }
    }
    Ok(best)
}

/// The bytes of a value as compact JSON.
fn length(value: &Value) -> usize {
    value.to_string().len()
}

#[cfg(test)]
mod tests;
