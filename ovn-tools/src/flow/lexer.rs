//! The words of a match expression.

/// One word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// A name: `ip4`, `eth.src`.
    Name(&'a str),
    /// A number or an address, with its mask.
    Constant(&'a str),
    /// A string, its quotes left out and its escapes left in.
    Text(&'a str),
    /// `$name`.
    AddressSet(&'a str),
    /// `@name`.
    PortGroup(&'a str),
    /// `^name`.
    Template(&'a str),
    /// Punctuation.
    Mark(&'static str),
}

/// A word with the place of its first byte.
pub(crate) type Placed<'a> = (usize, Token<'a>);

/// Punctuation, longer marks before their beginnings.
const MARKS: [&str; 17] = [
    "&&", "||", "==", "!=", "<=", ">=", "..", "<", ">", "!", "(", ")", "{", "}", "[", "]", ",",
];

/// The words of a text.
#[derive(Debug, Default)]
pub(crate) struct Words<'a> {
    /// The words.
    pub(crate) tokens: Vec<Placed<'a>>,
    /// The remarks between them, without what marks them.
    pub(crate) comments: Vec<&'a str>,
}

/// The words of a text, or the place of the first byte that begins none.
pub(crate) fn words(text: &str) -> Result<Words<'_>, usize> {
    let mut words = Words::default();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let skipped = skipped(rest).ok_or(at)?;
        if skipped > 0 {
            words.comments.extend(comment(&rest[..skipped]));
            at += skipped;
            continue;
        }
        let (token, length) = token(rest).ok_or(at)?;
        words.tokens.push((at, token));
        at += length;
    }
    Ok(words)
}

fn comment(skipped: &str) -> Option<&str> {
    let inner = skipped
        .strip_prefix("/*")
        .and_then(|text| text.strip_suffix("*/"));
    inner.or_else(|| skipped.strip_prefix("//")).map(str::trim)
}

/// How many bytes of space or comment the text begins with; `None` for an open comment.
fn skipped(text: &str) -> Option<usize> {
    if text.starts_with("/*") {
        return text.find("*/").map(|end| end + 2);
    }
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    Some(text.len() - text.trim_start().len())
}

fn token(text: &str) -> Option<(Token<'_>, usize)> {
    let first = text.chars().next()?;
    match first {
        '"' => {
            let end = string_end(text)?;
            return Some((Token::Text(&text[1..end - 1]), end));
        }
        '$' | '@' | '^' => {
            let length = word(&text[1..]);
            let name = &text[1..=length];
            let token = match first {
                '$' => Token::AddressSet(name),
                '@' => Token::PortGroup(name),
                _ => Token::Template(name),
            };
            return (length > 0).then_some((token, length + 1));
        }
        _ => {}
    }
    let length = word(text);
    if length > 0 {
        let plain = &text[..length];
        if !is_constant(plain) {
            return Some((Token::Name(plain), length));
        }
        let mask = text[length..].strip_prefix('/').map_or(0, |rest| {
            let length = word(rest);
            if length > 0 { length + 1 } else { 0 }
        });
        let end = length + mask;
        return Some((Token::Constant(&text[..end]), end));
    }
    let mark = MARKS.into_iter().find(|mark| text.starts_with(mark))?;
    Some((Token::Mark(mark), mark.len()))
}

/// How many bytes of the text are one name, number or address.
fn word(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut length = 0;
    while let Some(byte) = bytes.get(length) {
        let ranges = *byte == b'.' && bytes.get(length + 1) == Some(&b'.');
        let belongs = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':');
        if !belongs || ranges {
            break;
        }
        length += 1;
    }
    length
}

fn is_constant(word: &str) -> bool {
    word.contains(':') || word.starts_with(|first: char| first.is_ascii_digit())
}

/// The place behind the closing quote of a string that the text begins with.
pub(crate) fn string_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}
