//! Purity: data and machines touch no file, socket, process or clock, and wait for nothing.

use crate::import::imports;
use crate::module::{Path, Tree};
use crate::source::Source;
use crate::token::follow;
use crate::violation::{Violation, refuse};

/// The modules of ovn-tools that read the world; every other one is pure.
pub(crate) const TOOLS_IO: [&str; 5] = ["access", "run", "serve", "record", "forward"];

/// The feature that ovsdb-client's runtime is behind; every module without it is pure.
const RUNTIME: &str = "runtime";

/// The parts of `std` that reach out of the program. Addresses without sockets are in `core::net`.
const OUTSIDE: [&str; 6] = ["env", "fs", "net", "os", "process", "thread"];

#[test]
fn data_and_machines_of_the_client_are_pure() {
    let tree = Tree::of("ovsdb-client");
    let runtime = runtime(&tree);
    assert!(!runtime.is_empty(), "the runtime is behind its feature");
    let found = pure(&tree, |family| runtime.iter().any(|name| name == family));
    refuse(found, "the time and the bytes are passed in:");
}

#[test]
fn the_pure_half_of_the_tools_is_pure() {
    let tree = Tree::of("ovn-tools");
    let found = pure(&tree, |family| TOOLS_IO.contains(&family));
    refuse(found, "what a tool knows is in its snapshot:");
}

/// The families that need the runtime.
pub(crate) fn runtime(tree: &Tree<'_>) -> Vec<String> {
    tree.order()
        .iter()
        .filter(|declaration| declaration.feature.as_deref() == Some(RUNTIME))
        .map(|declaration| declaration.name.clone())
        .collect()
}

fn pure(tree: &Tree<'_>, may_reach_out: impl Fn(&str) -> bool) -> Vec<Violation> {
    let is_pure = |path: &Path| !path.first().is_some_and(|family| may_reach_out(family));
    tree.files()
        .filter(|(path, _)| is_pure(path))
        .flat_map(|(_, source)| reaches_out(source))
        .collect()
}

fn reaches_out(source: &Source) -> Vec<Violation> {
    let tokens = &source.product;
    let mut found = Vec::new();
    for import in imports(tokens) {
        if let [std, part, ..] = import.path.as_slice()
            && std == "std"
            && OUTSIDE.contains(&&**part)
        {
            found.push(source.violation(Some(import.line), format!("std::{part}")));
        }
    }
    for (at, token) in tokens.iter().enumerate() {
        let mut name = |what: String| found.push(source.violation(Some(token.line), what));
        if ["tokio", "async", "await"]
            .iter()
            .any(|word| token.is(word))
        {
            name(token.text.clone());
        }
        let imported = at > 0 && tokens[at - 1].is("use");
        for part in OUTSIDE {
            if follow(tokens, at, &["std", "::", part]) && !imported {
                name(format!("std::{part}"));
            }
        }
        // Of whatever type: Instant, SystemTime, Timestamp, Zoned.
        if follow(tokens, at, &["::", "now"]) {
            name("now()".into());
        }
        if follow(tokens, at, &[".", "elapsed", "("]) {
            name("elapsed()".into());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::package;

    fn check(text: &str, expected: &[&str]) {
        let sources = package(&[("a.rs", text)]);
        let found: Vec<String> = reaches_out(&sources[0])
            .into_iter()
            .map(|violation| violation.what)
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn whatever_reaches_out_is_found() {
        check("use std::fs;", &["std::fs"]);
        check(
            "use std::{fmt, net::{TcpStream, IpAddr}};",
            &["std::net"; 2],
        );
        check("fn f() { std::process::exit(1) }", &["std::process"]);
        check("use tokio::sync::mpsc;", &["tokio"]);
        check("async fn f() { g().await }", &["async", "await"]);
        check("fn f() { Instant::now(); }", &["now()"]);
        check("fn f() { jiff::Timestamp::now(); }", &["now()"]);
        check("fn f() { let clock = SystemTime::now; }", &["now()"]);
        check("fn f(start: Instant) { start.elapsed(); }", &["elapsed()"]);
    }

    #[test]
    fn what_does_not_reach_out_is_left_alone() {
        check("use core::net::IpAddr; use std::time::Instant;", &[]);
        check("/// std::fs\nfn f(now: Instant) { \"tokio\" }", &[]);
        check("#[cfg(test)] mod tests { use std::fs; }", &[]);
    }

    #[test]
    fn only_the_named_families_may_reach_out() {
        let sources = package(&[
            (
                "lib.rs",
                "mod data; #[cfg(feature = \"runtime\")] mod dial;",
            ),
            ("data/file.rs", "use std::fs;"),
            ("dial/tcp.rs", "use std::net;"),
        ]);
        let tree = Tree::new("p", &sources);
        let runtime = runtime(&tree);
        let found = pure(&tree, |family| runtime.iter().any(|name| name == family));
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, ["p/src/data/file.rs:1: std::fs"]);
    }
}
