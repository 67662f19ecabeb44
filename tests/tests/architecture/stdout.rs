//! Standard output: one module writes it, for it belongs to the protocol or to the answer.

use crate::import::imports;
use crate::module::Tree;
use crate::source::Source;
use crate::token::{Token, follow};
use crate::violation::{Violation, refuse};
use crate::workspace::PRODUCT;

/// The module that writes answers to standard output, with the files below it.
///
/// The protocol goes there through `stdio` of rmcp, which only ever carries messages.
const WRITER: &str = "mcp-server/src/cli";

#[test]
fn one_module_writes_to_standard_output() {
    let found: Vec<Violation> = PRODUCT
        .map(Tree::of)
        .iter()
        .flat_map(Tree::files)
        .map(|(_, source)| source)
        .filter(|source| !is_writer(&source.path))
        .flat_map(writes)
        .collect();
    refuse(found, &format!("only {WRITER} names standard output:"));
}

fn is_writer(path: &str) -> bool {
    path.strip_prefix(WRITER)
        .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

fn writes(source: &Source) -> Vec<Violation> {
    let tokens = &source.product;
    let imported = imports(tokens)
        .into_iter()
        .filter(|import| import.path.len() > 1 && import.path.last().is_some_and(|l| l == "stdout"))
        .map(|import| (import.line, "stdout"));
    let used = (0..tokens.len()).filter_map(|at| Some((tokens[at].line, written(tokens, at)?)));
    imported
        .chain(used)
        .map(|(line, what)| source.violation(Some(line), what))
        .collect()
}

fn written(tokens: &[Token], at: usize) -> Option<&'static str> {
    if follow(tokens, at, &["println", "!"]) {
        return Some("println!");
    }
    if follow(tokens, at, &["print", "!"]) {
        return Some("print!");
    }
    // A child process's `.stdout(…)` is another stream.
    let method = at > 0 && tokens[at - 1].is(".");
    (follow(tokens, at, &["stdout", "("]) && !method).then_some("stdout()")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_writes_to_standard_output_is_found() -> anyhow::Result<()> {
        for (text, expected) in [
            ("fn f() { println!(\"a\") }", vec!["println!"]),
            ("fn f() { std::print!(\"a\") }", vec!["print!"]),
            ("fn f() { tokio::io::stdout() }", vec!["stdout()"]),
            ("use std::io::{self, stdout};", vec!["stdout"]),
            ("fn f() { eprintln!(\"println!\") } // println!()", vec![]),
            ("fn f(a: Command) { a.stdout(b); c.stdout }", vec![]),
            ("#[cfg(test)] mod tests { fn f() { println!() } }", vec![]),
        ] {
            let found = writes(&Source::parse("a.rs", text)?);
            let found: Vec<&str> = found.iter().map(|found| &*found.what).collect();
            assert_eq!(found, expected, "{text}");
        }
        Ok(())
    }

    #[test]
    fn only_the_one_module_is_the_writer() {
        let expected = [
            ("mcp-server/src/cli.rs", true),
            ("mcp-server/src/cli/answer.rs", true),
            ("mcp-server/src/client.rs", false),
            ("mcp-server/src/serve.rs", false),
        ];
        for (path, is) in expected {
            assert_eq!(is_writer(path), is, "{path}");
        }
    }
}
