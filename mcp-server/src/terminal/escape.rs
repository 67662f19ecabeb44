//! Escaping what a terminal would obey instead of show.

use std::borrow::Cow;

/// The text on one line: control characters and those that reorder text are shown as escapes.
pub(super) fn escape_line(text: &str) -> Cow<'_, str> {
    escape(text, |_| false)
}

/// The same, but line ends and tabs stay.
pub(super) fn escape_lines(text: &str) -> Cow<'_, str> {
    escape(text, |c| matches!(c, '\n' | '\t'))
}

fn escape(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    let is_escaped = |c: char| (c.is_control() || is_format(c)) && !stays(c);
    if !text.contains(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if is_escaped(c) {
            escaped.extend(c.escape_default());
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

/// Invisible characters that change how others are shown: marks and overrides of direction, line
/// and paragraph separators, zero width ones.
fn is_format(c: char) -> bool {
    matches!(c,
        '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}
