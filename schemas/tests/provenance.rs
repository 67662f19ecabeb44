//! The files in `ovsschema` are those that its table lists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ovn_schemas_codegen::VENDORED;
use sha2::{Digest, Sha256};

/// A row of the table in `ovsschema/README.md`.
struct Provenance {
    file: String,
    project: String,
    tag: String,
    version: String,
    licence: String,
    sha256: String,
}

#[test]
fn every_checksum_is_right() {
    for row in table() {
        let bytes = fs::read(folder().join(&row.file)).expect("a listed file exists");
        let sha256: String = Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(sha256, row.sha256, "{}", row.file);
        assert_eq!(row.licence, "Apache-2.0", "{}", row.file);
    }
}

#[test]
fn every_file_is_listed() {
    let listed: BTreeSet<String> = table().into_iter().map(|row| row.file).collect();
    let present: BTreeSet<String> = fs::read_dir(folder())
        .expect("the folder can be read")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name != "README.md" && name != "NOTICE")
        .collect();
    assert_eq!(present, listed);
}

#[test]
fn tags_and_versions_are_those_of_the_generator() {
    let table = table();
    for vendored in &VENDORED {
        let schema = vendored.schema(&folder()).expect("the schema is valid");
        for (ending, version) in [("ovsschema", &*schema.version), ("xml", "–")] {
            let file = format!("{}.{ending}", vendored.stem);
            let row = table.iter().find(|row| row.file == file);
            let row = row.unwrap_or_else(|| panic!("{file} is not listed"));
            assert_eq!(row.project, vendored.release.project, "{file}");
            assert_eq!(row.tag, vendored.release.tag, "{file}");
            assert_eq!(row.version, version, "{file}");
        }
    }
}

#[test]
fn the_notice_names_both_projects() {
    let notice = fs::read_to_string(folder().join("NOTICE")).expect("the notice exists");
    for words in [
        "OVN (Open Virtual Network)",
        "Open vSwitch",
        "Apache 2.0 license",
    ] {
        assert!(notice.contains(words), "{words}");
    }
}

fn table() -> Vec<Provenance> {
    let text = fs::read_to_string(folder().join("README.md")).expect("the table exists");
    let rows: Vec<Provenance> = text
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<&str> = line
                .split('|')
                .map(|cell| cell.trim().trim_matches('`'))
                .collect();
            assert_eq!(cells.len(), 9, "cells of {line}");
            let cell = |number: usize| cells[number].to_owned();
            Provenance {
                file: cell(1),
                project: cell(2),
                tag: cell(3),
                version: cell(5),
                licence: cell(6),
                sha256: cell(7),
            }
        })
        .collect();
    assert_eq!(rows.len(), 2 * VENDORED.len());
    rows
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ovsschema")
}
