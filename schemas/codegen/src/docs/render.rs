//! Renders the documentation tree as Markdown that rustdoc takes without warnings.

use crate::docs::wrap::{starts_block, wrap};
use crate::docs::{Block, Inline, Target, Term};

/// Says how references are shown, and where they lead.
pub trait Links {
    /// The words for `target` and, where it is an item of the generated code, its path.
    fn link(&self, target: &Target) -> (String, Option<String>);
}

/// Renders blocks as lines of at most `width` characters, without a blank line at either end.
pub fn blocks_to_markdown(blocks: &[Block], links: &dyn Links, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        // Between two lists Markdown needs more than a blank line to see that one ended.
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(block_to_markdown(block, links, width));
    }
    lines
}

/// Renders running text as one line.
pub fn inlines_to_markdown(inlines: &[Inline], links: &dyn Links) -> String {
    let mut out = String::new();
    for inline in inlines {
        let piece = match inline {
            Inline::Text(text) => escaped(text),
            Inline::Code(text) => code(text),
            Inline::Emphasis(inner) => surround("*", &inlines_to_markdown(inner, links)),
            Inline::Strong(inner) => surround("**", &inlines_to_markdown(inner, links)),
            Inline::Reference(target) => {
                let (words, path) = links.link(target);
                match path {
                    Some(path) if path == words => format!("[`{words}`]"),
                    Some(path) => format!("[`{words}`]({path})"),
                    None => code(&words),
                }
            }
        };
        // Two marks side by side would be read as another mark.
        if out.ends_with(['`', '*']) && out.chars().last() == piece.chars().next() {
            out.push(' ');
        }
        out.push_str(&piece);
    }
    if out.split(' ').next().is_some_and(starts_block) {
        escape_start(&mut out);
    }
    out
}

fn block_to_markdown(block: &Block, links: &dyn Links, width: usize) -> Vec<String> {
    match block {
        Block::Paragraph(inlines) => wrap(&inlines_to_markdown(inlines, links), width),
        Block::Heading(inlines) => {
            wrap(&surround("**", &inlines_to_markdown(inlines, links)), width)
        }
        Block::Preformatted(text) => {
            let mut lines = vec!["```text".to_owned()];
            lines.extend(text.lines().map(str::to_owned));
            lines.push("```".to_owned());
            lines
        }
        Block::List { ordered, items } => {
            let mut lines = Vec::new();
            for (at, item) in items.iter().enumerate() {
                let mark = if *ordered {
                    format!("{}. ", at + 1)
                } else {
                    "- ".to_owned()
                };
                let body = blocks_to_markdown(item, links, width - mark.len());
                push_item(&mut lines, &mark, &body);
            }
            lines
        }
        Block::Terms(terms) => {
            let mut lines = Vec::new();
            for term in terms {
                push_item(&mut lines, "- ", &term_to_markdown(term, links, width - 2));
            }
            lines
        }
    }
}

fn term_to_markdown(term: &Term, links: &dyn Links, width: usize) -> Vec<String> {
    let names: Vec<String> = term
        .names
        .iter()
        .map(|name| inlines_to_markdown(name, links))
        .collect();
    titled(&names.join(", "), &term.body, links, width)
}

/// Renders `title: body`, the first paragraph on the title's line.
pub(crate) fn titled(title: &str, body: &[Block], links: &dyn Links, width: usize) -> Vec<String> {
    let (first, rest) = match body.split_first() {
        Some((Block::Paragraph(inlines), rest)) => (inlines_to_markdown(inlines, links), rest),
        _ => (String::new(), body),
    };
    let text = match (title.is_empty(), first.is_empty()) {
        (true, _) => first,
        (false, true) if rest.is_empty() => title.to_owned(),
        (false, true) => format!("{title}:"),
        // The title may have a colon of its own, as in `external_ids: a map of pairs`.
        (false, false) => format!("{}: {first}", title.trim_end_matches(':')),
    };
    let mut lines = wrap(&text, width);
    if !rest.is_empty() {
        lines.push(String::new());
        lines.extend(blocks_to_markdown(rest, links, width));
    }
    lines
}

/// Adds a list item, its lines after the first indented to stay inside.
pub(crate) fn push_item(lines: &mut Vec<String>, mark: &str, body: &[String]) {
    for (at, line) in body.iter().enumerate() {
        lines.push(match (at, line.as_str()) {
            (0, _) => format!("{mark}{line}"),
            (_, "") => String::new(),
            _ => format!("{}{line}", " ".repeat(mark.len())),
        });
    }
}

/// A code span, whatever backquotes the text holds.
pub(crate) fn code(text: &str) -> String {
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

fn surround(mark: &str, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("{mark}{text}{mark}")
    }
}

/// Plain text in which nothing is a mark, but addresses are links.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        match word.find("http://").or_else(|| word.find("https://")) {
            Some(start) => {
                let end = word.trim_end_matches(['.', ',', ';', ':', ')']).len();
                push_escaped(&word[..start], &mut out);
                out.push_str(&format!("<{}>", &word[start..end]));
                push_escaped(&word[end..], &mut out);
            }
            None => push_escaped(word, &mut out),
        }
    }
    out
}

fn push_escaped(word: &str, out: &mut String) {
    let chars: Vec<char> = word.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let inside = |at: Option<usize>| {
            at.and_then(|at| chars.get(at))
                .is_some_and(|c| c.is_alphanumeric())
        };
        let escaped = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '&' => true,
            // Between letters an underscore is only an underscore.
            '_' => !(inside(at.checked_sub(1)) && inside(Some(at + 1))),
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Makes a first word that Markdown would take for a block's start plain text.
fn escape_start(out: &mut String) {
    let at = out
        .find(|c: char| !c.is_ascii_digit())
        .filter(|&at| at > 0)
        .unwrap_or_default();
    if !out.starts_with('\\') {
        out.insert(at, '\\');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docs::DatabaseDocs;

    struct Plain;

    impl Links for Plain {
        fn link(&self, target: &Target) -> (String, Option<String>) {
            let words = target.table.clone().unwrap_or_default();
            let path = (words == "Known").then(|| "super::Known".to_owned());
            (words, path)
        }
    }

    fn check(xml: &str, expected: &[&str]) {
        let text = format!("<database>{xml}</database>");
        let docs = DatabaseDocs::parse(&text).expect("the test's XML is well-formed");
        assert_eq!(blocks_to_markdown(&docs.body, &Plain, 40), expected);
    }

    #[test]
    fn paragraphs_are_wrapped_and_separated() {
        check(
            "Loose\n  text. <p>One <code>a  b</code>.</p><p>Two.</p>",
            &["Loose text.", "", "One `a b`.", "", "Two."],
        );
    }

    #[test]
    fn marks_of_markdown_are_escaped() {
        check(
            "<p>a[0] &lt;b&gt; *c* x_y _z ~ 5 | 6 ``q''</p>",
            &[r#"a\[0\] \<b\> \*c\* x_y \_z \~ 5 \| 6 "q""#],
        );
        check("<p>1. no list</p>", &[r"1\. no list"]);
        check("<p>- no list</p>", &[r"\- no list"]);
        check("<p>see http://a.b/c_d.</p>", &["see <http://a.b/c_d>."]);
    }

    #[test]
    fn marks_side_by_side_stay_apart() {
        check("<p><code>a</code><code>b</code></p>", &["`ab`"]);
        check("<p><var>a</var><var>b</var><b>c</b></p>", &["*ab* **c**"]);
        check("<p><code>a</code><ref table=\"b\"/></p>", &["`a` `b`"]);
    }

    #[test]
    fn references_become_links_where_they_lead_somewhere() {
        check(
            "<p><ref table=\"Known\"/> and <ref table=\"Else\"/></p>",
            &["[`Known`](super::Known) and `Else`"],
        );
    }

    #[test]
    fn lists_and_terms_are_indented() {
        check(
            "<ol><li><p>One</p><p>more</p></li><li>Two</li></ol>",
            &["1. One", "", "   more", "2. Two"],
        );
        check(
            "<dl><dt><code>a</code></dt><dt>b</dt><dd>Both.</dd></dl>",
            &["- `a`, b: Both."],
        );
    }

    #[test]
    fn preformatted_text_loses_its_common_indentation() {
        check(
            "<pre>\n    a\n      b\n  </pre>",
            &["```text", "a", "  b", "```"],
        );
    }
}
