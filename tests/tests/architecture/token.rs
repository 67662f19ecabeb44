//! Tokens: a source file as a flat list, without comments and documentation.

use std::str::FromStr;

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, Group, LineColumn, TokenStream, TokenTree};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or a keyword.
    Word,
    /// Punctuation; `::` is one token, so are `(` and `)`, and a lifetime is one with its name.
    Mark,
    /// A string, character or number, as it is spelled.
    Literal,
}

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: Kind,
    /// How it is spelled.
    pub(crate) text: String,
    /// The line it starts on, from 1.
    pub(crate) line: usize,
    /// The line it ends on.
    pub(crate) last_line: usize,
}

impl Token {
    /// Whether it is spelled so; a string never is.
    pub(crate) fn is(&self, text: &str) -> bool {
        self.kind != Kind::Literal && self.text == text
    }

    /// The text of a string literal, plain, raw or of bytes; escapes are left as they are.
    pub(crate) fn string(&self) -> Option<&str> {
        if self.kind != Kind::Literal {
            return None;
        }
        let text = self.text.trim_start_matches(['b', 'c', 'r', '#']);
        text.strip_prefix('"')?
            .trim_end_matches('#')
            .strip_suffix('"')
    }
}

/// The tokens of a Rust source.
///
/// # Errors
/// When the text is not Rust as far as a lexer can tell.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>> {
    let stream = TokenStream::from_str(text)
        .map_err(|error| anyhow!("{error} at line {}", error.span().start().line))?;
    let mut tokens = Vec::new();
    flatten(stream, &mut tokens);
    Ok(tokens)
}

/// Where the group that opens at `open` closes; the end where none does.
pub(crate) fn close(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        if ["(", "[", "{"].iter().any(|mark| token.is(mark)) {
            depth += 1;
        } else if [")", "]", "}"].iter().any(|mark| token.is(mark)) {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    tokens.len()
}

/// Whether these tokens come next, one after the other.
pub(crate) fn follow(tokens: &[Token], at: usize, expected: &[&str]) -> bool {
    tokens.get(at..at + expected.len()).is_some_and(|next| {
        next.iter()
            .zip(expected)
            .all(|(token, text)| token.is(text))
    })
}

fn flatten(stream: TokenStream, out: &mut Vec<Token>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        let (start, end) = (tree.span().start(), tree.span().end());
        match tree {
            TokenTree::Punct(mark) => {
                let documentation = documentation(&trees[at..]);
                if documentation > 0 {
                    at += documentation;
                    continue;
                }
                let text = match (mark.as_char(), trees.get(at + 1)) {
                    (':', Some(TokenTree::Punct(next)))
                        if next.as_char() == ':'
                            && mark.spacing() == proc_macro2::Spacing::Joint =>
                    {
                        at += 1;
                        "::".to_owned()
                    }
                    ('\'', Some(TokenTree::Ident(name))) => {
                        at += 1;
                        format!("'{name}")
                    }
                    (mark, _) => mark.to_string(),
                };
                out.push(token(Kind::Mark, text, start, end));
            }
            TokenTree::Ident(word) => out.push(token(Kind::Word, word.to_string(), start, end)),
            TokenTree::Literal(literal) => {
                out.push(token(Kind::Literal, literal.to_string(), start, end));
            }
            TokenTree::Group(group) => {
                let (open, shut) = marks(group);
                let (first, last) = (group.span_open(), group.span_close());
                out.push(token(Kind::Mark, open.into(), first.start(), first.end()));
                flatten(group.stream(), out);
                out.push(token(Kind::Mark, shut.into(), last.start(), last.end()));
            }
        }
        at += 1;
    }
}

fn token(kind: Kind, text: String, start: LineColumn, end: LineColumn) -> Token {
    Token {
        kind,
        text,
        line: start.line,
        last_line: end.line,
    }
}

fn marks(group: &Group) -> (&'static str, &'static str) {
    match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::None => ("", ""),
    }
}

/// How many trees a documentation comment here takes: the lexer gives `#[doc = "…"]` for it.
fn documentation(trees: &[TokenTree]) -> usize {
    let is_mark = |at: usize, wanted: char| matches!(trees.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == wanted);
    if !is_mark(0, '#') {
        return 0;
    }
    let attribute = if is_mark(1, '!') { 2 } else { 1 };
    let Some(TokenTree::Group(group)) = trees.get(attribute) else {
        return 0;
    };
    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
    match inside.as_slice() {
        [
            TokenTree::Ident(name),
            TokenTree::Punct(_),
            TokenTree::Literal(_),
        ] if name == "doc" => attribute + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let tokens = tokens(text).expect("the text is Rust");
        let spelled: Vec<&str> = tokens.iter().map(|token| &*token.text).collect();
        assert_eq!(spelled, expected);
    }

    #[test]
    fn comments_and_documentation_are_no_tokens() {
        check(
            "//! use a;\n/// use b;\n/* use c; /* d */ */ use e; // f\n#[doc(hidden)] x",
            &[
                "use", "e", ";", "#", "[", "doc", "(", "hidden", ")", "]", "x",
            ],
        );
    }

    #[test]
    fn paths_and_lifetimes_are_whole() {
        check("a::b<'static>", &["a", "::", "b", "<", "'static", ">"]);
    }

    #[test]
    fn strings_are_read_in_every_spelling() {
        let tokens = tokens(r##"'x' 5 "a" r"b" r#"c"# b"d" "" "##).expect("the text is Rust");
        let strings: Vec<_> = tokens.iter().map(Token::string).collect();
        let expected = [
            None,
            None,
            Some("a"),
            Some("b"),
            Some("c"),
            Some("d"),
            Some(""),
        ];
        assert_eq!(strings, expected);
        assert!(!tokens[2].is("a"));
    }

    #[test]
    fn lines_are_counted() {
        let tokens = tokens("a\n\"b\nc\"\nd").expect("the text is Rust");
        let lines: Vec<_> = tokens.iter().map(|t| (t.line, t.last_line)).collect();
        assert_eq!(lines, [(1, 1), (2, 3), (4, 4)]);
    }

    #[test]
    fn text_that_is_no_rust_is_refused() {
        assert!(tokens("fn f() {").is_err());
    }
}
