//! Attributes: an exception from a lint says why, and no test is put aside.

use crate::source::Source;
use crate::token::{Token, close, follow};
use crate::violation::{Violation, refuse};
use crate::workspace::sources;

#[test]
fn every_lint_exception_has_a_reason() {
    let found: Vec<Violation> = sources().iter().flat_map(unargued).collect();
    refuse(found, "write `reason = \"…\"`:");
}

#[test]
fn no_test_is_put_aside() {
    let found: Vec<Violation> = sources().iter().flat_map(ignored).collect();
    refuse(found, "a test that cannot run fails, or is not there:");
}

/// The attributes of a file, without their brackets.
fn attributes(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    (0..tokens.len()).filter_map(|at| {
        let open = match () {
            () if follow(tokens, at, &["#", "["]) => at + 1,
            () if follow(tokens, at, &["#", "!", "["]) => at + 2,
            () => return None,
        };
        tokens.get(open + 1..close(tokens, open))
    })
}

fn unargued(source: &Source) -> Vec<Violation> {
    let mut found = Vec::new();
    for attribute in attributes(&source.tokens) {
        for (at, token) in attribute.iter().enumerate() {
            let exception = ["allow", "expect"]
                .iter()
                .any(|name| follow(attribute, at, &[name, "("]));
            if !exception {
                continue;
            }
            let inside = &attribute[at..close(attribute, at + 1).min(attribute.len())];
            let argued = (0..inside.len()).any(|at| {
                let text = inside.get(at + 2).and_then(Token::string);
                follow(inside, at, &["reason", "="]) && text.is_some_and(|text| !text.is_empty())
            });
            if !argued {
                found.push(source.violation(Some(token.line), "an exception without a reason"));
            }
        }
    }
    found
}

fn ignored(source: &Source) -> Vec<Violation> {
    attributes(&source.tokens)
        .flat_map(|attribute| attribute.iter().filter(|token| token.is("ignore")))
        .map(|token| source.violation(Some(token.line), "a test is ignored"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: fn(&Source) -> Vec<Violation>, text: &str, expected: &[usize]) {
        let found = rule(&Source::parse("a.rs", text).expect("the text is Rust"));
        let lines: Vec<usize> = found.iter().filter_map(|found| found.line).collect();
        assert_eq!(lines, expected, "{text}");
    }

    #[test]
    fn an_exception_without_a_reason_is_found() {
        check(unargued, "\n#[allow(dead_code)] fn f() {}", &[2]);
        check(unargued, "#![expect(dead_code)]", &[1]);
        check(unargued, "#[cfg_attr(a, allow(b))] fn f() {}", &[1]);
        check(unargued, "#[allow(a, reason = \"\")] fn f() {}", &[1]);
        check(
            unargued,
            "#[allow(a, reason = \"b\")]\n#[allow(c)] fn f() {}",
            &[2],
        );
        check(unargued, "#[expect(a, reason = \"b\")] fn f() {}", &[]);
        check(unargued, "fn f() { a.expect(\"b\") } // #[allow(a)]", &[]);
    }

    #[test]
    fn a_test_put_aside_is_found() {
        check(ignored, "#[test]\n#[ignore] fn f() {}", &[2]);
        check(ignored, "#[ignore = \"slow\"] fn f() {}", &[1]);
        check(ignored, "#[cfg_attr(a, ignore)] fn f() {}", &[1]);
        check(ignored, "fn ignore() { ignore() }", &[]);
    }
}
