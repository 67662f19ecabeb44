//! Failures: why there is no answer, in words for whoever asked.

use std::error::Error;

use ovn_tools::report::ToolError;
use ovn_tools::run::RunError;

/// The most names offered for a mistaken one.
/// **Default and why**: 3; more would be a list to read rather than an answer.
const MAX_OFFERED: usize = 3;
/// How alike two names must be, from 0 to 1.
/// **Default and why**: 0.6; one wrong letter in four still passes, unrelated words do not.
const LEAST_LIKENESS: f64 = 0.6;
/// How much less alike than the best a further offer may be.
const OFFER_WITHIN: f64 = 0.2;

/// Why there is no answer, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What was wrong, with its causes, on one line.
    pub message: String,
    /// What to send instead.
    pub hint: Option<String>,
}

impl Failure {
    /// A failure that needs no hint.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
        }
    }

    /// An error with the chain of its causes.
    pub fn of(error: &dyn Error) -> Self {
        let mut message = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            message.push_str(": ");
            message.push_str(&error.to_string());
            cause = error.source();
        }
        Self::new(message)
    }

    /// With what to send instead.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// All of it as text: an agent may see nothing else of a failure.
    pub fn text(&self) -> String {
        match &self.hint {
            Some(hint) => format!("error: {}\nhint: {hint}", self.message),
            None => format!("error: {}", self.message),
        }
    }
}

impl From<ToolError> for Failure {
    fn from(error: ToolError) -> Self {
        Self {
            message: error.message,
            hint: error.hint,
        }
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Tool(error) => error.into(),
            RunError::Access(error) => Self::of(&error),
        }
    }
}

/// ``did you mean `a` or `b`?``; `None` where no candidate is like `wanted`.
pub(crate) fn did_you_mean<'c>(
    wanted: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<String> {
    let wanted = folded(wanted);
    let mut alike: Vec<(f64, &str)> = candidates
        .into_iter()
        .map(|candidate| {
            let likeness = strsim::normalized_damerau_levenshtein(&wanted, &folded(candidate));
            (likeness, candidate)
        })
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let best = alike.first().map_or(0.0, |(likeness, _)| *likeness);
    let offered: Vec<String> = alike
        .into_iter()
        .take_while(|(likeness, _)| *likeness >= best - OFFER_WITHIN)
        .take(MAX_OFFERED)
        .map(|(_, candidate)| format!("`{candidate}`"))
        .collect();
    (!offered.is_empty()).then(|| format!("did you mean {}?", offered.join(" or ")))
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wanted: &str, expected: Option<&str>) {
        let tools = ["rows_find", "rows_diff", "sources_list"];
        assert_eq!(did_you_mean(wanted, tools).as_deref(), expected);
    }

    #[test]
    fn names_like_the_wanted_one_are_offered() {
        check("rowsFind", Some("did you mean `rows_find`?"));
        check("source-list", Some("did you mean `sources_list`?"));
        check("rows_fif", Some("did you mean `rows_diff` or `rows_find`?"));
        check("pods_list", None);
        check("", None);
    }
}
