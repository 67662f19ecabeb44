//! Violations: where the source breaks a rule.

use std::fmt;

/// One place where a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Violation {
    /// The file, from the workspace's root.
    pub(crate) path: String,
    /// The line, from 1; `None` where it is the whole file.
    pub(crate) line: Option<usize>,
    /// What is wrong.
    pub(crate) what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.what),
            None => write!(f, "{}: {}", self.path, self.what),
        }
    }
}

/// Fails with all violations at once, each on its line, and the way out.
pub(crate) fn refuse(violations: impl IntoIterator<Item = impl fmt::Display>, advice: &str) {
    let lines: Vec<String> = violations
        .into_iter()
        .map(|violation| format!("\n  {violation}"))
        .collect();
    assert!(lines.is_empty(), "{advice}{}", lines.concat());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "write it otherwise\n  a.rs:3: odd\n  b.rs: long")]
    fn a_refusal_names_every_violation() {
        let violation = |path: &str, line, what: &str| Violation {
            path: path.into(),
            line,
            what: what.into(),
        };
        let violations = [
            violation("a.rs", Some(3), "odd"),
            violation("b.rs", None, "long"),
        ];
        refuse(violations, "write it otherwise");
    }
}
