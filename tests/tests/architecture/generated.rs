//! Generated code: all of it under `schemas`, and all of it says so.
//!
//! That it is current is proven where the generator is seen: `schemas/tests/fresh.rs`.

use crate::source::Source;
use crate::token::Token;
use crate::violation::{Violation, refuse};
use crate::workspace::{is_generated, paths, sources, sources_of};

/// What a generated file's documentation says.
const SAYS_SO: &str = "//! Generated from ";

/// And says to whoever opens it.
const WARNS: &str = "do not edit";

#[test]
fn every_file_of_tables_says_that_it_is_generated() {
    let files: Vec<&Source> = sources_of("schemas")
        .filter(|source| is_generated(&source.path))
        .collect();
    assert!(files.len() > 100, "only {} files of tables", files.len());
    let silent: Vec<Violation> = files.into_iter().filter_map(silent).collect();
    refuse(
        silent,
        "the generator writes `//! Generated from …; do not edit.`:",
    );
}

#[test]
fn nothing_else_is_generated() {
    let found: Vec<Violation> = sources()
        .iter()
        .filter(|source| !is_generated(&source.path))
        .filter_map(looks_generated)
        .collect();
    refuse(found, "generated code lives under schemas/src:");
}

#[test]
fn no_crate_is_built_by_a_script() -> anyhow::Result<()> {
    let scripts: Vec<String> = paths("rs")?
        .into_iter()
        .filter(|path| path.ends_with("/build.rs") && !path.contains("/src/"))
        .collect();
    refuse(scripts, "generated code is checked in, not made by builds:");
    Ok(())
}

fn head(source: &Source) -> impl Iterator<Item = &str> {
    source
        .text
        .lines()
        .take_while(|line| line.starts_with("//!"))
}

fn silent(source: &Source) -> Option<Violation> {
    let says_so = head(source).any(|line| line.starts_with(SAYS_SO) && line.contains(WARNS));
    (!says_so).then(|| source.violation(None, "does not say that it is generated"))
}

fn looks_generated(source: &Source) -> Option<Violation> {
    let says_so = head(source).position(|line| line.starts_with(SAYS_SO));
    if let Some(at) = says_so {
        return Some(source.violation(Some(at + 1), "says that it is generated"));
    }
    let token = source.tokens.iter().find(|token| is_output(token))?;
    Some(source.violation(Some(token.line), "includes what a build script writes"))
}

fn is_output(token: &Token) -> bool {
    token.string() == Some(concat!("OUT", "_DIR"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Source {
        Source::parse("a.rs", text).expect("the text is Rust")
    }

    const GENERATED: &str =
        "//! `A`: a table.\n//!\n//! Generated from a.ovsschema; do not edit.\n";

    #[test]
    fn a_table_that_does_not_say_so_is_found() {
        assert_eq!(silent(&parse(GENERATED)), None);
        for text in ["//! `A`: a table.\n", "//! Generated from a.\n", ""] {
            assert!(silent(&parse(text)).is_some(), "{text}");
        }
    }

    #[test]
    fn generated_code_elsewhere_is_found() {
        assert_eq!(looks_generated(&parse("//! What is generated.\n")), None);
        for text in [
            GENERATED,
            concat!("include!(concat!(env!(\"OUT", "_DIR\"), \"/a.rs\"));"),
        ] {
            assert!(looks_generated(&parse(text)).is_some(), "{text}");
        }
    }
}
