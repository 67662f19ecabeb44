//! Names: tables and columns are spelled in the schemas, and nowhere else.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, ensure};
use ovsdb_client::schema::DatabaseSchema;

use crate::module::Tree;
use crate::source::Source;
use crate::violation::{Violation, refuse};
use crate::workspace::{PRODUCT, root};

/// What may be spelled where, and why.
const EXCEPTIONS: [(&str, &str, &str); 3] = [
    (
        "ovn-tools/src/database.rs",
        "Open_vSwitch",
        "the database's name, which its root table shares; a serde alias takes no constant",
    ),
    (
        "ovn-tools/src/tool/health_check.rs",
        "health_check",
        "the tool's name, which a column of load balancers shares",
    ),
    (
        "ovsdb-client/src/session/leader.rs",
        "Database",
        "who leads a cluster stands in a table, and the client is below the schemas",
    ),
];

#[test]
fn no_table_or_column_is_named_outside_the_schemas() -> Result<()> {
    let mut violations = found()?;
    violations.retain(|violation| !is_excepted(violation));
    refuse(
        violations,
        "take the name from the generated tables (`nb::Acl::DEFINITION.name`, `nb::acl::MATCH.name()`):",
    );
    Ok(())
}

#[test]
fn every_exception_is_still_needed() -> Result<()> {
    let found = found()?;
    let idle = EXCEPTIONS.iter().filter(|(path, name, _)| {
        let needed = |found: &Violation| found.path == *path && found.what == *name;
        !found.iter().any(needed)
    });
    refuse(
        idle.map(|(path, name, why)| format!("{path}: {name}, {why}")),
        "nothing needs this exception:",
    );
    Ok(())
}

/// Every name that the product spells.
fn found() -> Result<Vec<Violation>> {
    let names = names()?;
    ensure!(names.contains("Logical_Switch") && names.contains("external_ids"));
    let mut found = Vec::new();
    for tree in PRODUCT.map(Tree::of) {
        for (_, source) in tree.files() {
            found.extend(spelled(source, &names));
        }
    }
    Ok(found)
}

fn is_excepted(violation: &Violation) -> bool {
    EXCEPTIONS
        .iter()
        .any(|(path, name, _)| violation.path == *path && violation.what == *name)
}

/// The string literals that are a table or column name from end to end.
fn spelled(source: &Source, names: &BTreeSet<String>) -> Vec<Violation> {
    source
        .product
        .iter()
        .filter_map(|token| Some((token.line, token.string()?)))
        .filter(|(_, text)| names.contains(*text))
        .map(|(line, text)| source.violation(Some(line), text))
        .collect()
}

/// Every table of the vendored schemas, and every column that no other word looks like: those
/// with an underscore.
fn names() -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    let folder = root().join("schemas/ovsschema");
    for entry in fs::read_dir(&folder).context("the vendored schemas")? {
        let path = entry?.path();
        if path.extension().is_none_or(|ending| ending != "ovsschema") {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let schema = DatabaseSchema::parse(&text).with_context(|| path.display().to_string())?;
        for table in schema.tables {
            names.insert(table.name.into());
            let columns = table.columns.into_iter().map(|column| column.name.into());
            names.extend(columns.filter(|column: &String| column.contains('_')));
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_strings_of_the_product_are_names() -> Result<()> {
        let text = r##"
            /// "Logical_Switch"
            fn f() {
                ("Logical_Switch", r#"external_ids"#, "the Logical_Switch", "name")
            }
            #[serde(rename = "external_ids")]
            #[cfg(test)] mod tests { fn f() { "ACL" } }
        "##;
        let source = Source::parse("a.rs", text)?;
        let found: Vec<String> = spelled(&source, &names()?)
            .iter()
            .map(ToString::to_string)
            .collect();
        let expected = [
            "a.rs:4: Logical_Switch",
            "a.rs:4: external_ids",
            "a.rs:6: external_ids",
        ];
        assert_eq!(found, expected);
        Ok(())
    }

    #[test]
    fn a_column_that_is_an_ordinary_word_is_no_name() -> Result<()> {
        let names = names()?;
        assert!(names.contains("ACL") && !names.contains("name") && !names.contains("match"));
        Ok(())
    }
}
