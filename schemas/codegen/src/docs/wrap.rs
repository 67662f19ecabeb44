//! Breaks Markdown paragraphs into lines.

/// Breaks `text` at spaces into lines of at most `width` characters.
///
/// A word that Markdown would take for the start of a list, heading, quotation or rule never
/// begins a line: it stays at the end of the line before, and the line may grow too long.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line)
                if line.chars().count() + 1 + word.chars().count() <= width
                    || starts_block(word) =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Whether Markdown reads a line that begins with this word as something else than text.
pub(crate) fn starts_block(word: &str) -> bool {
    let only = |marks: &[char]| !word.is_empty() && word.chars().all(|c| marks.contains(&c));
    let digits = word.trim_end_matches(['.', ')']);
    let numbered = digits.len() < word.len()
        && !digits.is_empty()
        && digits.chars().all(|c| c.is_ascii_digit());
    numbered
        || only(&['#'])
        || only(&['-', '+', '='])
        || only(&['*'])
        || word.starts_with('>')
        || word.starts_with('|')
        || word.starts_with("```")
        || word.starts_with("~~~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("unbreakable a", 3), ["unbreakable", "a"]);
        assert_eq!(wrap("", 3), Vec::<String>::new());
    }

    #[test]
    fn no_line_begins_with_a_block_mark() {
        for mark in ["-", "+", "1.", "2)", "#", ">", "=", "```"] {
            let text = format!("aaaa {mark} bbbb");
            assert_eq!(wrap(&text, 5), [format!("aaaa {mark}"), "bbbb".to_owned()]);
        }
    }
}
