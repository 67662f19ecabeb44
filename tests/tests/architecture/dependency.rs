//! Dependencies: which package may see which.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::graph::{Graph, cycles, link};
use crate::violation::refuse;
use crate::workspace::root;

/// Which packages of the workspace each may see, in code and in tests alike.
const MAY_SEE: [(&str, &[&str]); 9] = [
    ("ovsdb-client", &[]),
    ("ovn-schemas-codegen", &["ovsdb-client"]),
    // The generator only for the test that the tables are current.
    ("ovn-schemas", &["ovsdb-client", "ovn-schemas-codegen"]),
    ("ovn-tools", &["ovn-schemas", "ovsdb-client"]),
    ("ovn-mcp-server", &["ovn-tools"]),
    ("ovn-shapes", &[]),
    (
        "ovn-micro-benches",
        &[
            "ovsdb-client",
            "ovn-schemas-codegen",
            "ovn-schemas",
            "ovn-shapes",
        ],
    ),
    (
        "ovn-tests",
        &[
            "ovn-shapes",
            "ovsdb-client",
            "ovn-schemas-codegen",
            "ovn-schemas",
            "ovn-tools",
            "ovn-mcp-server",
        ],
    ),
    (
        "ovn-benches",
        &[
            "ovn-shapes",
            "ovsdb-client",
            "ovn-schemas-codegen",
            "ovn-schemas",
            "ovn-tools",
            "ovn-mcp-server",
            "ovn-tests",
        ],
    ),
];

/// What the product itself must not carry, whatever its tests may see.
const TESTS_ONLY: [(&str, &str); 1] = [("ovn-schemas", "ovn-schemas-codegen")];

/// A package sees another one of the workspace.
#[derive(Clone, Debug)]
struct Edge {
    from: String,
    to: String,
    /// `normal`, `dev` or `build`.
    kind: String,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
    path: Option<String>,
}

#[test]
fn crates_depend_only_downwards() -> Result<()> {
    let metadata = metadata()?;
    let names: Vec<&str> = metadata.packages.iter().map(|p| &*p.name).collect();
    for (name, _) in MAY_SEE {
        assert!(names.contains(&name), "{name} is no package any more");
    }
    refuse(
        upwards(&edges(&metadata), &names),
        "arrows point down only (design.md §1):",
    );
    Ok(())
}

#[test]
fn no_crate_comes_back_to_itself_even_in_tests() -> Result<()> {
    let mut graph = Graph::new();
    for edge in edges(&metadata()?) {
        link(&mut graph, &edge.from, &edge.to, edge.kind);
    }
    refuse(
        cycles(&graph),
        "a test that needs two crates lives in tests/:",
    );
    Ok(())
}

/// The edges that are not allowed, and the packages that nobody placed.
fn upwards(edges: &[Edge], packages: &[&str]) -> Vec<String> {
    let may_see = |name: &str| MAY_SEE.iter().find(|(from, _)| *from == name);
    let unplaced = packages
        .iter()
        .filter(|name| may_see(name).is_none())
        .map(|name| format!("{name} has no place in the order yet"));
    let wrong = edges.iter().filter(|edge| {
        let allowed = may_see(&edge.from).is_some_and(|(_, to)| to.contains(&&*edge.to));
        let shipped = edge.kind != "dev" && TESTS_ONLY.contains(&(&edge.from, &edge.to));
        !allowed || shipped
    });
    unplaced
        .chain(wrong.map(|edge| format!("{} must not see {} ({})", edge.from, edge.to, edge.kind)))
        .collect()
}

fn edges(metadata: &Metadata) -> Vec<Edge> {
    let mut edges = Vec::new();
    for package in &metadata.packages {
        for dependency in &package.dependencies {
            if dependency.path.is_some() {
                edges.push(Edge {
                    from: package.name.clone(),
                    to: dependency.name.clone(),
                    kind: dependency.kind.clone().unwrap_or("normal".into()),
                });
            }
        }
    }
    edges
}

fn metadata() -> Result<Metadata> {
    let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
    let done = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root())
        .output()
        .context("cargo metadata")?;
    let complaints = String::from_utf8_lossy(&done.stderr);
    ensure!(done.status.success(), "cargo metadata: {complaints}");
    serde_json::from_slice(&done.stdout).context("what cargo metadata printed")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: &str, kind: &str, expected: &[&str]) {
        let edge = Edge {
            from: from.into(),
            to: to.into(),
            kind: kind.into(),
        };
        assert_eq!(upwards(&[edge], &[]), expected);
    }

    #[test]
    fn an_arrow_that_points_up_is_refused() {
        check("ovn-tools", "ovsdb-client", "normal", &[]);
        check(
            "ovsdb-client",
            "ovn-schemas",
            "dev",
            &["ovsdb-client must not see ovn-schemas (dev)"],
        );
        check(
            "ovn-tools",
            "ovn-tests",
            "dev",
            &["ovn-tools must not see ovn-tests (dev)"],
        );
    }

    #[test]
    fn what_only_tests_may_see_is_not_shipped() {
        check("ovn-schemas", "ovn-schemas-codegen", "dev", &[]);
        check(
            "ovn-schemas",
            "ovn-schemas-codegen",
            "build",
            &["ovn-schemas must not see ovn-schemas-codegen (build)"],
        );
    }

    #[test]
    fn a_package_that_nobody_placed_is_refused() {
        assert_eq!(
            upwards(&[], &["ovn-tools", "ovn-new"]),
            ["ovn-new has no place in the order yet"]
        );
    }
}
