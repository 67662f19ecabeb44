//! The table of duties in `main.rs` leads to tests that exist.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// How many duties there are.
const DUTIES: usize = 34;

const TABLE: &str = include_str!("main.rs");

/// Each duty's number with what shows it, as written.
fn rows() -> BTreeMap<usize, &'static str> {
    let lines = TABLE.lines().filter_map(|line| line.strip_prefix("//! | "));
    lines
        .filter_map(|line| {
            let cells: Vec<&str> = line.trim_end_matches(" |").split(" | ").collect();
            let [number, _, shown] = cells[..] else {
                return None;
            };
            Some((number.parse().ok()?, shown))
        })
        .collect()
}

/// Whether a source file has a test of that name: by an attribute, or a property within a macro.
fn has_test(source: &str, name: &str) -> bool {
    let start = format!("fn {name}(");
    let mut above = Vec::new();
    for line in source.lines() {
        let code = line.trim_start();
        if code.trim_start_matches("async ").starts_with(&start) {
            let mut attributes = above
                .iter()
                .rev()
                .take_while(|line: &&&str| line.starts_with("#[") || line.starts_with("///"));
            return attributes.any(|line| line.contains("test"));
        }
        above.push(code);
    }
    false
}

#[test]
fn every_duty_is_shown_by_tests_that_exist() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let rows = rows();
    ensure!(rows.keys().copied().eq(1..=DUTIES), "{:?}", rows.keys());
    for (number, shown) in rows {
        for place in shown.split(", ") {
            let place = place.trim_matches('`');
            let (path, name) = place.split_once("::").context(number.to_string())?;
            let source = fs::read_to_string(root.join(path)).with_context(|| place.to_owned())?;
            ensure!(
                has_test(&source, name),
                "{number}: {path} has no test {name}"
            );
        }
    }
    Ok(())
}

#[test]
fn what_is_no_test_is_not_taken_for_one() {
    let source = "#[test]\nfn a() {}\n\nfn b() {}\n#[tokio::test]\n/// x\nasync fn c() {}\n";
    for (name, expected) in [("a", true), ("b", false), ("c", true), ("d", false)] {
        assert_eq!(has_test(source, name), expected, "{name}");
    }
}
