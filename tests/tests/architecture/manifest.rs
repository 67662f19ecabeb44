//! Manifests: versions and lints stand in the workspace's, once.

use std::fs;

use anyhow::{Context, Result};

use crate::violation::{Violation, refuse};
use crate::workspace::{PACKAGES, root};

#[test]
fn every_dependency_has_its_version_from_the_workspace() -> Result<()> {
    let mut found = Vec::new();
    for (path, text) in manifests()? {
        found.extend(versions(&path, &text));
    }
    refuse(found, "write `name = { workspace = true }`:");
    Ok(())
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() -> Result<()> {
    let mut found = Vec::new();
    for (path, text) in manifests()? {
        found.extend(unlinted(&path, &text));
    }
    refuse(found, "write `[lints]` with `workspace = true`:");
    Ok(())
}

/// A line of a manifest that holds a key, with the lines its value goes on over.
struct Entry {
    section: String,
    line: usize,
    text: String,
}

fn versions(path: &str, text: &str) -> Vec<Violation> {
    let of_one: Vec<String> = entries(text)
        .into_iter()
        .filter(|entry| takes_workspace(&entry.text))
        .map(|entry| entry.section)
        .collect();
    entries(text)
        .into_iter()
        .filter(|entry| {
            let parts: Vec<&str> = entry.section.split('.').collect();
            match parts.iter().position(|part| part.ends_with("dependencies")) {
                // [dependencies] with a line each.
                Some(at) if at + 1 == parts.len() => !takes_workspace(&entry.text),
                // [dependencies.name] with a section each.
                Some(_) => !of_one.contains(&entry.section),
                None => false,
            }
        })
        .map(|entry| Violation {
            path: path.to_owned(),
            line: Some(entry.line),
            what: entry.text,
        })
        .collect()
}

fn unlinted(path: &str, text: &str) -> Option<Violation> {
    let linted = entries(text)
        .iter()
        .any(|entry| entry.section == "lints" && takes_workspace(&entry.text));
    (!linted).then(|| Violation {
        path: path.to_owned(),
        line: None,
        what: "has lints of its own, or none".into(),
    })
}

fn takes_workspace(entry: &str) -> bool {
    let spelled: String = entry.split_whitespace().collect();
    let name = spelled.split(['=', '{']).next().unwrap_or_default();
    spelled == "workspace=true"
        || name.ends_with(".workspace") && spelled.ends_with("=true")
        || spelled.contains("{workspace=true}")
        || spelled.contains("{workspace=true,")
        || spelled.contains(",workspace=true")
}

fn entries(text: &str) -> Vec<Entry> {
    let mut section = String::new();
    let mut entries: Vec<Entry> = Vec::new();
    let mut open = 0;
    for (line, text) in (1..).zip(text.lines()) {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        if open > 0 {
            if let Some(entry) = entries.last_mut() {
                entry.text.push_str(text);
            }
        } else if text.starts_with('[') {
            text.trim_matches(['[', ']']).clone_into(&mut section);
            continue;
        } else {
            entries.push(Entry {
                section: section.clone(),
                line,
                text: text.to_owned(),
            });
        }
        let count = |marks: [char; 2]| text.matches(marks).count();
        open = (open + count(['[', '{'])).saturating_sub(count([']', '}']));
    }
    entries
}

fn manifests() -> Result<Vec<(String, String)>> {
    PACKAGES
        .iter()
        .map(|package| {
            let path = format!("{package}/Cargo.toml");
            let text = fs::read_to_string(root().join(&path)).with_context(|| path.clone())?;
            Ok((path, text))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_of_its_own_is_found() {
        let text = r#"
            [package]
            version = "1"
            [dependencies]
            a = { workspace = true }
            b.workspace = true
            c = { workspace = true, features = [
                "d",
            ] }
            e = "1"
            f = { version = "1", features = [
                "g",
            ] }
            [dev-dependencies]
            h = { path = "../h" } # workspace = true
            [target.'cfg(unix)'.build-dependencies]
            i = "1"
            [dependencies.j]
            version = "1"
            [dependencies.k]
            workspace = true
            features = ["l"]
        "#;
        let found: Vec<_> = versions("Cargo.toml", text)
            .iter()
            .filter_map(|found| found.line)
            .collect();
        assert_eq!(found, [10, 11, 15, 17, 19]);
    }

    #[test]
    fn lints_of_its_own_are_found() {
        assert_eq!(unlinted("Cargo.toml", "[lints]\nworkspace = true\n"), None);
        for text in ["", "[lints.rust]\nunused = \"allow\"", "[lints]\n"] {
            assert!(unlinted("Cargo.toml", text).is_some(), "{text}");
        }
    }
}
