//! Text, cut into words, addresses and what stands between them.

use ovsdb_client::value::parse_uuid;

use crate::redact::ip::IpToken;
use crate::redact::mac::MacToken;

/// How long the text of a UUID is.
const UUID_TEXT: usize = 36;

/// A piece of text. All of them together are the text, but for how addresses are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Letters and digits.
    Word(&'t str),
    /// An IP address; a prefix length after it comes by itself.
    Ip(IpToken),
    /// A MAC address.
    Mac(MacToken),
    /// One other character, an escape, or a UUID.
    Other(&'t str),
}

/// The pieces of a text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (token, length) = first(rest, text.get(..at).unwrap_or_default());
        tokens.push(token);
        at += length;
    }
    tokens
}

/// The first piece of a text that is not empty, and how long it is.
fn first<'t>(text: &'t str, before: &str) -> (Token<'t>, usize) {
    let is_word = text.starts_with(char::is_alphanumeric);
    if is_word {
        if let Some(uuid) = uuid(text) {
            return (Token::Other(uuid), uuid.len());
        }
        if let Some((mac, length)) = MacToken::find(text) {
            return (Token::Mac(mac), length);
        }
    }
    // An address may begin with two colons; one of them alone ends something.
    let begins = is_word || (text.starts_with("::") && !before.ends_with(':'));
    if begins && let Some((ip, length)) = IpToken::find(text, before) {
        return (Token::Ip(ip), length);
    }
    if is_word {
        let end = text
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(text.len());
        let word = text.get(..end).unwrap_or(text);
        return (Token::Word(word), word.len());
    }
    // What follows a backslash belongs to it: the n of a line feed is no word.
    let mut ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = if text.starts_with('\\') {
        ends.nth(1)
    } else {
        ends.next()
    };
    let other = end.and_then(|end| text.get(..end)).unwrap_or(text);
    (Token::Other(other), other.len())
}

fn uuid(text: &str) -> Option<&str> {
    let uuid = text.get(..UUID_TEXT)?;
    let ends = !text.get(UUID_TEXT..)?.starts_with(char::is_alphanumeric);
    (ends && parse_uuid(uuid).is_some()).then_some(uuid)
}
