//! Leftovers: nothing unfinished and nothing for debugging stays.

use crate::source::Source;
use crate::token::follow;
use crate::violation::{Violation, refuse};
use crate::workspace::sources;

/// Macros that mark work in progress.
const UNFINISHED: [&str; 3] = ["todo", "unimplemented", "dbg"];

#[test]
fn nothing_unfinished_stays() {
    let found: Vec<Violation> = sources().iter().flat_map(unfinished).collect();
    refuse(found, "finish it, or leave it out:");
}

fn unfinished(source: &Source) -> Vec<Violation> {
    let tokens = &source.tokens;
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        for name in UNFINISHED {
            if follow(tokens, at, &[name, "!"]) {
                found.push(source.violation(Some(token.line), format!("{name}!")));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unfinished_is_found_in_tests_too() -> anyhow::Result<()> {
        let text = "fn f() { todo!() }\nfn g() { std::unimplemented!(\"a\") }\n\
                    #[test] fn h() { dbg!(todo); } // todo!()\n/// dbg!()\nfn dbg() {}";
        let found: Vec<String> = unfinished(&Source::parse("a.rs", text)?)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            found,
            ["a.rs:1: todo!", "a.rs:2: unimplemented!", "a.rs:3: dbg!"]
        );
        Ok(())
    }
}
