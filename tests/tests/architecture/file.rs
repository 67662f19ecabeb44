//! Files: each opens with what it is, is about one thing, and is short.

use crate::source::Source;
use crate::violation::{Violation, refuse};
use crate::workspace::{sources, written};

/// The most lines of code in a file.
///
/// **Default and why**: 500; beyond that a file is about two things (style.md, 2).
const MOST_LINES: usize = 500;

/// Names that say nothing of what is inside.
const EMPTY_NAMES: [&str; 6] = ["util", "utils", "helper", "helpers", "common", "misc"];

#[test]
fn every_file_opens_with_what_it_is() {
    let found: Vec<Violation> = sources().iter().filter_map(unopened).collect();
    refuse(found, "the first line is `//! What it is.`:");
}

#[test]
fn no_file_is_long() {
    let found: Vec<Violation> = written().filter_map(long).collect();
    refuse(found, "a long file is about two things; part them:");
}

#[test]
fn every_file_and_folder_is_called_after_what_is_inside() {
    let found: Vec<Violation> = sources().iter().filter_map(ill_named).collect();
    refuse(found, "name the noun or the verb:");
}

fn unopened(source: &Source) -> Option<Violation> {
    let first = source.text.lines().next().unwrap_or_default();
    let says = first.strip_prefix("//!").unwrap_or_default().trim();
    (says.is_empty()).then(|| source.violation(None, "does not open with `//!`"))
}

fn long(source: &Source) -> Option<Violation> {
    let lines = source.code_lines();
    (lines > MOST_LINES).then(|| {
        let what = format!("{lines} lines of code, {MOST_LINES} at most");
        source.violation(None, what)
    })
}

fn ill_named(source: &Source) -> Option<Violation> {
    let mut parts = source.path.trim_end_matches(".rs").split('/');
    let empty = parts.clone().find(|part| EMPTY_NAMES.contains(part));
    if let Some(name) = empty {
        return Some(source.violation(None, format!("`{name}` says nothing")));
    }
    let is_mod = parts.next_back() == Some("mod");
    is_mod.then(|| source.violation(None, "`foo.rs` with `foo/`, not `foo/mod.rs`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(path: &str, text: &str) -> Source {
        Source::parse(path, text).expect("the text is Rust")
    }

    #[test]
    fn a_file_that_does_not_say_what_it_is_is_found() {
        assert_eq!(unopened(&parse("a.rs", "//! What.\n")), None);
        for text in ["", "use a;\n", "//!\n//! What.\n", "\n//! What.\n"] {
            assert!(unopened(&parse("a.rs", text)).is_some(), "{text:?}");
        }
    }

    #[test]
    fn the_line_after_the_last_is_found() {
        let text = "//! What.\n\n// Why.\n".to_owned() + &"use a;\n".repeat(MOST_LINES);
        assert_eq!(long(&parse("a.rs", &text)), None);
        let found = long(&parse("a.rs", &(text + "use b;")));
        let what = found.map(|found| found.what);
        assert_eq!(what.as_deref(), Some("501 lines of code, 500 at most"));
    }

    #[test]
    fn a_name_that_says_nothing_is_found() {
        for (path, expected) in [
            ("p/src/helpers.rs", Some("`helpers` says nothing")),
            ("p/tests/common/a.rs", Some("`common` says nothing")),
            (
                "p/src/a/mod.rs",
                Some("`foo.rs` with `foo/`, not `foo/mod.rs`"),
            ),
            ("p/src/commons.rs", None),
        ] {
            let found = ill_named(&parse(path, "")).map(|found| found.what);
            assert_eq!(found.as_deref(), expected, "{path}");
        }
    }
}
