//! Imports: the names that `use` brings in, each with its whole path.

use crate::token::{Kind, Token, close, follow};

/// One name of a `use`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Import {
    /// The path as written, without braces: `use a::{self, b::c}` is `a` and `a::b::c`; a glob
    /// ends in `*`.
    pub(crate) path: Vec<String>,
    /// What the importing module calls it.
    pub(crate) name: String,
    /// The line.
    pub(crate) line: usize,
    /// In how many inline modules it stands.
    pub(crate) depth: usize,
}

/// Every import of a file, those within functions and inline modules included.
pub(crate) fn imports(tokens: &[Token]) -> Vec<Import> {
    let mut imports = Vec::new();
    for (at, depth) in depths(tokens) {
        if is_use(tokens, at) {
            let mut rest = &tokens[at + 1..];
            tree(&mut rest, &mut Vec::new(), depth, &mut imports);
        }
    }
    imports
}

/// Where code names another module of its package without an import: the lines.
///
/// A path from `crate`, `$crate` of a macro excepted, or one by `super` that leaves the file.
pub(crate) fn unimported(tokens: &[Token]) -> Vec<usize> {
    let mut lines = Vec::new();
    let mut end_of_use = 0;
    for (at, depth) in depths(tokens) {
        if is_use(tokens, at) {
            let length = tokens[at..].iter().position(|token| token.is(";"));
            end_of_use = at + length.unwrap_or(0);
        }
        let first = at == 0 || !tokens[at - 1].is("::");
        if at < end_of_use || !first {
            continue;
        }
        let macro_path = at > 0 && tokens[at - 1].is("$");
        // `pub(in crate::a)` names who may see an item, and uses nothing.
        let visibility = at > 0 && tokens[at - 1].is("in") && at > 1 && tokens[at - 2].is("(");
        let from_root = follow(tokens, at, &["crate", "::"]) && !macro_path && !visibility;
        if from_root || supers(&tokens[at..]) > depth {
            lines.push(tokens[at].line);
        }
    }
    lines
}

/// How many times the path that starts here goes up.
fn supers(tokens: &[Token]) -> usize {
    tokens
        .chunks(2)
        .take_while(|pair| follow(pair, 0, &["super", "::"]))
        .count()
}

/// `use` as the start of an item, not of a capture (`use<'a>`).
fn is_use(tokens: &[Token], at: usize) -> bool {
    tokens[at].is("use") && tokens.get(at + 1).is_some_and(|next| !next.is("<"))
}

/// Each token's place with the number of inline modules round it.
fn depths(tokens: &[Token]) -> impl Iterator<Item = (usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    (0..tokens.len()).map(move |at| {
        ends.retain(|end| *end > at);
        if tokens[at].is("mod") && tokens.get(at + 2).is_some_and(|token| token.is("{")) {
            ends.push(close(tokens, at + 2));
        }
        (at, ends.len())
    })
}

/// Reads a use tree up to the mark that ends it, which stays.
fn tree(rest: &mut &[Token], prefix: &mut Vec<String>, depth: usize, out: &mut Vec<Import>) {
    let length = prefix.len();
    while let Some((token, after)) = rest.split_first() {
        if [";", ",", "}"].iter().any(|mark| token.is(mark)) {
            break;
        }
        *rest = after;
        if token.is("{") {
            branches(rest, prefix, depth, out);
            break;
        }
        if token.is("as") {
            let Some((alias, after)) = rest.split_first() else {
                break;
            };
            *rest = after;
            if let Some(last) = out.last_mut() {
                last.name.clone_from(&alias.text);
            }
        } else if token.kind == Kind::Word || token.is("*") {
            let ends = !rest.first().is_some_and(|next| next.is("::"));
            let itself = token.is("self") && !prefix.is_empty();
            if !itself {
                prefix.push(token.text.clone());
            }
            if ends {
                out.push(Import {
                    path: prefix.clone(),
                    name: prefix.last().cloned().unwrap_or_default(),
                    line: token.line,
                    depth,
                });
            }
        }
    }
    prefix.truncate(length);
}

fn branches(rest: &mut &[Token], prefix: &mut Vec<String>, depth: usize, out: &mut Vec<Import>) {
    while let Some((token, after)) = rest.split_first() {
        if token.is("}") {
            *rest = after;
            break;
        }
        if token.is(",") {
            *rest = after;
            continue;
        }
        let before = rest.len();
        tree(rest, prefix, depth, out);
        if rest.len() == before {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokens;

    fn read(text: &str) -> Vec<Token> {
        tokens(text).expect("the text is Rust")
    }

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = imports(&read(text))
            .iter()
            .map(|import| format!("{} = {}", import.name, import.path.join("::")))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_name_of_a_tree_is_found() {
        check("use a;", &["a = a"]);
        check("pub use crate::a::B as C;", &["C = crate::a::B"]);
        check("use ::a::*;", &["* = a::*"]);
        check(
            "use a::{self, b::{C, D as E,}, f::g};\nuse h::i;",
            &[
                "a = a",
                "C = a::b::C",
                "E = a::b::D",
                "g = a::f::g",
                "i = h::i",
            ],
        );
        check("use {a::b, c};", &["b = a::b", "c = c"]);
        check("use self::a::b;", &["b = self::a::b"]);
    }

    #[test]
    fn imports_within_functions_count_and_captures_do_not() {
        check(
            "fn f() -> impl I + use<'a, E> { use crate::a; }",
            &["a = crate::a"],
        );
    }

    #[test]
    fn imports_know_their_line_and_depth() {
        let text = "use a;\nmod m {\n use super::{\n b,\n };\n}\nuse c;";
        let found: Vec<_> = imports(&read(text))
            .into_iter()
            .map(|import| (import.name, import.line, import.depth))
            .collect();
        let expected = [("a", 1, 0), ("b", 4, 1), ("c", 7, 0)];
        assert_eq!(found, expected.map(|(a, b, c)| (a.to_owned(), b, c)));
    }

    #[test]
    fn paths_that_need_an_import_are_found() {
        for (text, expected) in [
            ("use crate::{a, b};\npub(crate) fn f() { a::g() }", vec![]),
            ("fn f() {\n crate::a::g()\n}", vec![2]),
            ("fn f(a: super::A) {}", vec![1]),
            ("mod m { impl S for super::A {} }", vec![]),
            ("mod m { impl S for super::super::A {} }", vec![1]),
            ("pub(in crate::a) fn f() {}", vec![]),
            ("macro_rules! m { () => { $crate::a::b() } }", vec![]),
            ("fn f() { let a = self::g(); }", vec![]),
        ] {
            assert_eq!(unimported(&read(text)), expected, "{text}");
        }
    }
}
