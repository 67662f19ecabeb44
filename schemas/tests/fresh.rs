//! The code in `src` is what the generator makes of the files in `ovsschema`.
//!
//! After a change of either: `cargo run -p ovn-schemas-codegen -- vendored`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ovn_schemas_codegen::{GeneratedFile, VENDORED};

#[test]
fn every_file_is_current() {
    for file in generated() {
        let path = source().join(&file.path);
        let text = fs::read_to_string(&path).unwrap_or_default();
        let same = text == file.text;
        assert!(same, "{} is not what the generator writes", path.display());
    }
}

#[test]
fn no_file_is_left_over() {
    let generated: BTreeSet<PathBuf> = generated()
        .into_iter()
        .map(|file| source().join(file.path))
        .collect();
    let mut folders = vec![source()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder under src can be read") {
            let path = entry.expect("an entry under src can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path != source().join("lib.rs") {
                assert!(generated.contains(&path), "{} is no table", path.display());
            }
        }
    }
}

#[test]
fn every_table_and_column_appears_once() {
    for vendored in &VENDORED {
        let schema = vendored.schema(&ovsschema()).expect("the schema is valid");
        let files = vendored
            .generate(&ovsschema())
            .expect("it can be generated");
        let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for file in &files[1..] {
            let (table, found) = definition(file);
            let earlier = columns.insert(table.clone(), found);
            assert_eq!(earlier, None, "{table} of {} comes twice", schema.name);
        }
        let expected: BTreeMap<String, Vec<String>> = schema
            .tables
            .iter()
            .map(|table| {
                let columns = table.columns.iter().map(|column| column.name.to_string());
                (table.name.to_string(), columns.collect())
            })
            .collect();
        assert_eq!(columns, expected);
    }
}

/// The table's name and its columns in the order of their numbers, as a file defines them.
fn definition(file: &GeneratedFile) -> (String, Vec<String>) {
    let (_, definition) = file
        .text
        .split_once("pub static DEFINITION")
        .expect("a table's file holds its definition");
    let mut names = definition
        .split("name: \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(str::to_owned));
    let table = names.next().expect("a definition begins with its name");
    let columns: Vec<String> = names.collect();
    for marks in ["Column::new(", "self.0.get("] {
        let found = file.text.matches(marks).count();
        assert_eq!(found, columns.len(), "{marks} in {}", file.path.display());
    }
    (table, columns)
}

fn generated() -> Vec<GeneratedFile> {
    let mut files = Vec::new();
    for vendored in &VENDORED {
        files.extend(
            vendored
                .generate(&ovsschema())
                .expect("it can be generated"),
        );
    }
    files
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn ovsschema() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ovsschema")
}
