//! Reach: a tool knows what its snapshot and its outputs say, and nothing else.

use crate::import::imports;
use crate::module::{Path, Tree};
use crate::purity::{TOOLS_IO, runtime};
use crate::source::Source;
use crate::violation::{Violation, refuse};

#[test]
fn a_tool_touches_the_world_only_through_its_snapshot() {
    let client = Tree::of("ovsdb-client");
    let runtime = runtime(&client);
    let tree = Tree::of("ovn-tools");
    refuse(
        beyond(&tree, &runtime),
        "a tool says what it needs, someone reads that, and it concludes:",
    );
}

#[test]
fn every_module_that_reads_the_world_is_known() {
    let tree = Tree::of("ovn-tools");
    for name in ["access", "run"] {
        let known = tree.order().iter().any(|module| module.name == name);
        assert!(known, "{name} has another name now; tell these tests");
    }
}

/// Where the pure half uses the half that reads, here or in the client.
fn beyond(tree: &Tree<'_>, runtime: &[String]) -> Vec<Violation> {
    let reads = |family: &String| TOOLS_IO.contains(&&**family);
    let is_pure = |path: &Path| !path.is_empty() && !path.first().is_some_and(reads);
    let mut found: Vec<Violation> = Vec::new();
    for used in tree.uses().iter().filter(|used| is_pure(&used.from)) {
        if let Some(family) = [&used.named, &used.defined]
            .into_iter()
            .filter_map(|path| path.first())
            .find(|family| reads(family))
        {
            let (path, line) = used.shown.rsplit_once(':').unwrap_or_default();
            found.push(Violation {
                path: path.to_owned(),
                line: line.parse().ok(),
                what: format!("uses {family}"),
            });
        }
    }
    let files = tree.files().filter(|(path, _)| is_pure(path));
    found.extend(files.flat_map(|(_, source)| connections(source, runtime)));
    found
}

/// Where a file imports what opens connections.
fn connections(source: &Source, runtime: &[String]) -> Vec<Violation> {
    imports(&source.product)
        .into_iter()
        .filter(|import| match import.path.as_slice() {
            [client, family, ..] => client == "ovsdb_client" && runtime.contains(family),
            _ => false,
        })
        .map(|import| source.violation(Some(import.line), import.path.join("::")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::package;

    #[test]
    fn a_tool_that_reads_by_itself_is_found() {
        let sources = package(&[
            (
                "lib.rs",
                "pub mod snapshot; pub mod tool; pub mod access; pub mod run;",
            ),
            ("snapshot.rs", ""),
            (
                "tool/a.rs",
                "use crate::snapshot::S;\nuse crate::access::{Source, read};",
            ),
            (
                "tool/b.rs",
                "use ovsdb_client::{client::Client, value::Atom};",
            ),
            ("access.rs", ""),
            (
                "run.rs",
                "use crate::access::read; use ovsdb_client::client::Client;",
            ),
        ]);
        let found = beyond(&Tree::new("p", &sources), &["client".to_owned()]);
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        let expected = [
            "p/src/tool/a.rs:2: uses access",
            "p/src/tool/a.rs:2: uses access",
            "p/src/tool/b.rs:1: ovsdb_client::client::Client",
        ];
        assert_eq!(found, expected);
    }
}
