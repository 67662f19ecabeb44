//! Items: which tokens a test alone compiles, and which modules a file declares.

use crate::token::{Token, close, follow};

/// A `mod name;` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Declaration {
    /// The module's name.
    pub(crate) name: String,
    /// Whether only tests compile it.
    pub(crate) test_only: bool,
    /// The Cargo feature it needs.
    pub(crate) feature: Option<String>,
}

/// The tokens without the items that only tests compile.
///
/// Such an item stands under `#[cfg(test)]` or `#[test]`; a condition that says more than that
/// counts as the product's.
pub(crate) fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        if is_test_attribute(tokens, at) {
            at = item_end(tokens, at);
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// The modules that a file declares and another file holds, in their order.
pub(crate) fn declarations(tokens: &[Token]) -> Vec<Declaration> {
    let mut declarations = Vec::new();
    let mut attributes: Vec<&[Token]> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if follow(tokens, at, &["#", "["]) {
            let end = close(tokens, at + 1);
            attributes.push(&tokens[at + 2..end.min(tokens.len())]);
            at = end + 1;
            continue;
        }
        if tokens[at].is("pub") {
            at += 1;
            if tokens.get(at).is_some_and(|token| token.is("(")) {
                at = close(tokens, at) + 1;
            }
            continue;
        }
        if tokens[at].is("mod") && tokens.get(at + 2).is_some_and(|token| token.is(";")) {
            declarations.push(Declaration {
                name: tokens[at + 1].text.clone(),
                test_only: attributes
                    .iter()
                    .any(|attribute| spelled(attribute) == "cfg(test)"),
                feature: attributes.iter().find_map(|attribute| feature(attribute)),
            });
        }
        attributes.clear();
        at += 1;
    }
    declarations
}

fn is_test_attribute(tokens: &[Token], at: usize) -> bool {
    follow(tokens, at, &["#", "[", "cfg", "(", "test", ")", "]"])
        || follow(tokens, at, &["#", "[", "test", "]"])
}

/// Where the item whose attributes start at `at` ends.
fn item_end(tokens: &[Token], mut at: usize) -> usize {
    while follow(tokens, at, &["#", "["]) {
        at = close(tokens, at + 1) + 1;
    }
    let mut word = at;
    if tokens.get(word).is_some_and(|token| token.is("pub")) {
        word += 1;
        if tokens.get(word).is_some_and(|token| token.is("(")) {
            word = close(tokens, word) + 1;
        }
    }
    // These hold braces of their own before their semicolon.
    let to_semicolon = ["use", "static", "type", "let"]
        .iter()
        .any(|keyword| tokens.get(word).is_some_and(|token| token.is(keyword)))
        || (follow(tokens, word, &["const"]) && !follow(tokens, word + 1, &["fn"]));
    while at < tokens.len() {
        let token = &tokens[at];
        if token.is(";") {
            return at + 1;
        }
        if token.is("{") && !to_semicolon {
            return close(tokens, at) + 1;
        }
        if [")", "]", "}"].iter().any(|mark| token.is(mark)) {
            return at;
        }
        at = match ["(", "[", "{"].iter().any(|mark| token.is(mark)) {
            true => close(tokens, at) + 1,
            false => at + 1,
        };
    }
    at
}

fn spelled(tokens: &[Token]) -> String {
    tokens.iter().map(|token| &*token.text).collect()
}

fn feature(attribute: &[Token]) -> Option<String> {
    let is_feature = follow(attribute, 0, &["cfg", "(", "feature", "="]) && attribute.len() == 6;
    is_feature
        .then(|| attribute[4].string())
        .flatten()
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokens;

    fn kept(text: &str) -> String {
        let kept = without_tests(&tokens(text).expect("the text is Rust"));
        let kept: Vec<&str> = kept.iter().map(|token| &*token.text).collect();
        kept.join(" ")
    }

    #[test]
    fn what_tests_alone_compile_is_left_out() {
        assert_eq!(kept("a; #[cfg(test)] mod tests { b } c;"), "a ; c ;");
        assert_eq!(kept("#[cfg(test)] mod tests; c;"), "c ;");
        assert_eq!(kept("#[cfg(test)] pub(crate) use d::{e, f}; c;"), "c ;");
        assert_eq!(kept("#[cfg(test)] const A: [u8; 2] = { b }; c;"), "c ;");
        assert_eq!(kept("#[test] #[cold] fn f() -> [u8; 2] { b } c;"), "c ;");
        assert_eq!(kept("#[cfg(test)] const fn f() { b } c;"), "c ;");
        assert_eq!(
            kept("struct S { #[cfg(test)] a: A } c;"),
            "struct S { } c ;"
        );
    }

    #[test]
    fn what_the_product_compiles_too_is_kept() {
        let text = "# [ cfg ( any ( test , unix ) ) ] mod a { b }";
        assert_eq!(kept(text), text);
    }

    #[test]
    fn declarations_know_their_conditions() {
        let text = r#"
            pub mod a;
            mod inline { mod deep; }
            #[cfg(feature = "runtime")] pub(crate) mod b;
            #[cfg(test)] mod c;
        "#;
        let found = declarations(&tokens(text).expect("the text is Rust"));
        let found: Vec<_> = found
            .iter()
            .map(|found| (&*found.name, found.test_only, found.feature.as_deref()))
            .collect();
        let expected = [
            ("a", false, None),
            ("deep", false, None),
            ("b", false, Some("runtime")),
            ("c", true, None),
        ];
        assert_eq!(found, expected);
    }
}
