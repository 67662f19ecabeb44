//! Layers: within a package, too, modules use one another in one direction only.
//!
//! A *family* is a module of the package's root with everything below it: `value` with
//! `value::wire` and the rest. Families are held to the strict rule, by the path an import names.
//! Within a family the modules are the files, and an import leads to the file that defines the
//! item, through whatever re-exports it. A module and those below it are one noun: `schema.rs`
//! shows what `schema/parse.rs` defines, and that uses what `schema.rs` defines; no rule stands
//! between them.
//!
//! Left out: what only tests compile, and the generated tables, which refer to one another as the
//! rows do.

use crate::graph::{Graph, cycles, link};
use crate::import::unimported;
use crate::item::Declaration;
use crate::module::Tree;
use crate::source::Source;
use crate::violation::{Violation, refuse};
use crate::workspace::{PACKAGES, PRODUCT};

/// The package whose modules are generated.
const GENERATED: &str = "schemas";

#[test]
fn no_two_families_of_modules_use_each_other() {
    for (package, tree) in trees() {
        refuse(
            cycles(&families(&tree)),
            &format!("modules of {package} use each other; move what both need below both:"),
        );
    }
}

#[test]
fn no_two_files_use_each_other() {
    for (package, tree) in trees() {
        refuse(
            cycles(&files(&tree)),
            &format!("files of {package} use each other; move what both need into a third:"),
        );
    }
}

#[test]
fn modules_stand_in_the_order_of_their_use() {
    for (package, tree) in trees() {
        if PRODUCT.contains(&package) {
            refuse(
                disorder(&tree),
                &format!("a module of {package} uses only those declared above it:"),
            );
        }
    }
}

#[test]
fn modules_name_each_other_in_imports_only() {
    let violations: Vec<Violation> = trees()
        .iter()
        .flat_map(|(_, tree)| tree.files().map(|(_, source)| source))
        .flat_map(inline_paths)
        .collect();
    refuse(
        violations,
        "a path to another module stands in a `use` at the top, where these tests see it:",
    );
}

#[test]
fn every_file_is_part_of_its_crate() {
    for (package, tree) in trees() {
        let strays = tree.strays();
        let strays = strays.iter().map(|source| &source.path);
        refuse(strays, &format!("no `mod` line of {package} leads here:"));
    }
}

fn trees() -> Vec<(&'static str, Tree<'static>)> {
    PACKAGES
        .into_iter()
        .filter(|package| *package != GENERATED)
        .map(|package| (package, Tree::of(package)))
        .collect()
}

fn families(tree: &Tree<'_>) -> Graph {
    let mut graph = Graph::new();
    for found in tree.uses() {
        for to in [&found.named, &found.defined] {
            if let (Some(from), Some(to)) = (found.from.first(), to.first())
                && from != to
            {
                link(&mut graph, from, to, &*found.shown);
            }
        }
    }
    graph
}

fn files(tree: &Tree<'_>) -> Graph {
    let mut graph = Graph::new();
    for found in tree.uses() {
        let (from, to) = (&found.from, &found.defined);
        if !from.starts_with(to) && !to.starts_with(from) {
            link(&mut graph, &from.join("::"), &to.join("::"), found.shown);
        }
    }
    graph
}

fn disorder(tree: &Tree<'_>) -> Vec<String> {
    let order = tree.order();
    let place = |name: &str| {
        order
            .iter()
            .position(|Declaration { name: known, .. }| known == name)
    };
    let mut disorder = Vec::new();
    for (from, edges) in families(tree) {
        for (to, shown) in edges {
            // What is not declared at all is told apart by its own test.
            if place(&to) > place(&from) && place(&from).is_some() {
                disorder.push(format!("{from} uses {to} ({shown})"));
            }
        }
    }
    disorder
}

fn inline_paths(source: &Source) -> Vec<Violation> {
    unimported(&source.product)
        .into_iter()
        .map(|line| source.violation(Some(line), "a path without an import"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::package;

    fn check(files: &[(&str, &str)], rule: impl Fn(&Tree<'_>) -> Vec<String>, expected: &[&str]) {
        let sources = package(files);
        assert_eq!(rule(&Tree::new("p", &sources)), expected);
    }

    #[test]
    fn families_that_use_each_other_are_found_across_their_files() {
        let cycle = [
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "mod x;"),
            ("a/x.rs", "use crate::b::B;"),
            ("b.rs", "use crate::c::{C, D};"),
            ("c.rs", "mod y;"),
            ("c/y.rs", "\nuse crate::a::A;"),
        ];
        check(
            &cycle,
            |tree| cycles(&families(tree)),
            &["a -> b (p/src/a/x.rs:1) -> c (p/src/b.rs:1) -> a (p/src/c/y.rs:2)"],
        );
        check(&cycle, |tree| cycles(&files(tree)), &[]);
        check(&cycle[..5], |tree| cycles(&families(tree)), &[]);
    }

    #[test]
    fn a_re_export_does_not_hide_a_family() {
        check(
            &[
                ("lib.rs", "mod a; mod b; pub use self::b::B;"),
                ("a.rs", "use crate::B;"),
                ("b.rs", "use crate::a::A;"),
            ],
            |tree| cycles(&families(tree)),
            &["a -> b (p/src/a.rs:1) -> a (p/src/b.rs:1)"],
        );
    }

    #[test]
    fn siblings_that_use_each_other_are_found_through_their_parent() {
        check(
            &[
                ("a.rs", "mod x; mod y; pub use self::x::X; use self::y::Y;"),
                ("a/x.rs", "use crate::a::y::Y;"),
                ("a/y.rs", "use crate::a::X;"),
            ],
            |tree| cycles(&files(tree)),
            &["a::x -> a::y (p/src/a/x.rs:1) -> a::x (p/src/a/y.rs:1)"],
        );
    }

    #[test]
    fn a_parent_and_its_children_are_one_noun() {
        check(
            &[
                ("a.rs", "mod x; pub use self::x::X; struct A;"),
                ("a/x.rs", "use crate::a::A;"),
            ],
            |tree| cycles(&files(tree)),
            &[],
        );
    }

    #[test]
    fn a_module_that_uses_one_below_it_is_found() {
        let order = |lib| [("lib.rs", lib), ("a.rs", "use crate::b::B;"), ("b.rs", "")];
        check(&order("mod b; mod a;"), disorder, &[]);
        check(
            &order("mod a; mod b;"),
            disorder,
            &["a uses b (p/src/a.rs:1)"],
        );
        check(&order("mod b;"), disorder, &[]);
    }

    #[test]
    fn a_path_in_the_midst_of_code_is_found() {
        let sources = package(&[("a.rs", "use crate::b;\nfn f() { crate::c::g() }")]);
        let found: Vec<_> = inline_paths(&sources[0])
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(found, ["p/src/a.rs:2: a path without an import"]);
    }
}
