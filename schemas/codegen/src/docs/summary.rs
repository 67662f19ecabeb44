//! The first sentence of a text.

use crate::docs::{Block, Inline};

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 5] = ["e.g.", "i.e.", "vs.", "etc.", "cf."];

/// The first sentence of the first paragraph, its full stop included; empty where the text begins
/// with something else.
///
/// A paragraph that leads over to a list ("one of the following:") is no sentence by itself, so it
/// ends in a full stop here.
pub fn first_sentence(blocks: &[Block]) -> Vec<Inline> {
    let Some(Block::Paragraph(inlines)) = blocks.first() else {
        return Vec::new();
    };
    let mut sentence = Vec::new();
    for (at, inline) in inlines.iter().enumerate() {
        if let Inline::Text(text) = inline
            && let Some(end) = sentence_end(text, at + 1 == inlines.len())
        {
            sentence.push(Inline::Text(text[..end].to_owned()));
            return sentence;
        }
        sentence.push(inline.clone());
    }
    if let Some(Inline::Text(last)) = sentence.last_mut() {
        let kept = last.trim_end_matches([':', ',', ';', ' ']).len();
        last.truncate(kept);
    }
    sentence.push(Inline::Text(".".to_owned()));
    sentence
}

/// Where the first sentence of `text` ends; a full stop at the end of the text counts when the
/// text is the `last` of its paragraph, or else when a new piece begins after it.
fn sentence_end(text: &str, last: bool) -> Option<usize> {
    for (at, _) in text.match_indices('.') {
        let (before, after) = text.split_at(at + 1);
        let ends = after.is_empty() && last || after.starts_with(' ');
        let goes_on = after
            .trim_start()
            .chars()
            .next()
            .is_some_and(char::is_lowercase);
        let abbreviated = ABBREVIATIONS.iter().any(|word| before.ends_with(word));
        if ends && !goes_on && !abbreviated {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let blocks = [Block::Paragraph(vec![Inline::Text(text.to_owned())])];
        let sentence: String = first_sentence(&blocks)
            .iter()
            .map(|inline| match inline {
                Inline::Text(text) => text.as_str(),
                _ => "",
            })
            .collect();
        assert_eq!(sentence, expected);
    }

    #[test]
    fn sentences_end_at_full_stops() {
        check("One. Two.", "One.");
        check("One", "One.");
        check("One of:", "One of.");
        check(
            "Networks, e.g. 10.0.0.0/8. More.",
            "Networks, e.g. 10.0.0.0/8.",
        );
        check("A full stop. and on. Next", "A full stop. and on.");
    }
}
