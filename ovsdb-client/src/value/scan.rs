//! The quick way through JSON text: read byte by byte as servers write it.
//!
//! The text may end anywhere, since it is read while it comes. Whatever is not as a server writes
//! it, and be it legal, is odd: the text is then read the careful way, which also says what is
//! wrong with it. What is read here without a complaint means the same the careful way.

use std::cmp::Ordering;
use std::str;

use serde::de::IgnoredAny;
use uuid::Uuid;

use crate::value::atom::{AtomRef, Kind};
use crate::value::column_type::ColumnType;
use crate::value::packed::{self, push_atom, push_varint};
use crate::value::wire;

/// Why reading stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The text ends here; more of it may come.
    End,
    /// Something is not as servers write it.
    Odd,
}

/// How a UUID begins in the text, and how many characters it has.
const UUID_OPENS: &[u8] = b"[\"uuid\",\"";
const UUID_TEXT: usize = 36;

/// A place in a text.
#[derive(Clone, Debug)]
pub(crate) struct Scan<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Scan<'t> {
    pub(crate) fn new(text: &'t [u8]) -> Self {
        Self { text, at: 0 }
    }

    /// How far it is.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The text that was read.
    pub(crate) fn passed(&self) -> &'t [u8] {
        &self.text[..self.at]
    }

    /// The next byte that is no space, which stays to be read.
    #[inline]
    pub(crate) fn peek(&mut self) -> Result<u8, Stop> {
        loop {
            match self.text.get(self.at) {
                None => return Err(Stop::End),
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(&byte) => return Ok(byte),
            }
        }
    }

    /// The next byte that is no space.
    #[inline]
    pub(crate) fn next(&mut self) -> Result<u8, Stop> {
        let byte = self.peek()?;
        self.at += 1;
        Ok(byte)
    }

    /// Passes this byte.
    #[inline]
    pub(crate) fn expect(&mut self, byte: u8) -> Result<(), Stop> {
        if self.next()? == byte {
            Ok(())
        } else {
            Err(Stop::Odd)
        }
    }

    /// Passes these bytes, between which there is no space.
    pub(crate) fn literal(&mut self, literal: &[u8]) -> Result<(), Stop> {
        self.peek()?;
        let rest = &self.text[self.at..];
        if rest.starts_with(literal) {
            self.at += literal.len();
            Ok(())
        } else if literal.starts_with(rest) {
            Err(Stop::End)
        } else {
            Err(Stop::Odd)
        }
    }

    /// A string without escapes.
    #[inline]
    pub(crate) fn word(&mut self) -> Result<&'t [u8], Stop> {
        self.expect(b'"')?;
        let start = self.at;
        let end = special(self.text, start).ok_or(Stop::End)?;
        if self.text[end] != b'"' {
            return Err(Stop::Odd);
        }
        self.at = end + 1;
        Ok(&self.text[start..end])
    }

    /// The word that is expected next, if it is. Nothing is read when it is not.
    #[inline]
    pub(crate) fn is_word(&mut self, word: &[u8]) -> bool {
        let rest = &self.text[self.at..];
        let is_it = rest.first() == Some(&b'"')
            && rest[1..].starts_with(word)
            && rest.get(1 + word.len()) == Some(&b'"');
        if is_it {
            self.at += word.len() + 2;
        }
        is_it
    }

    /// A number that has no sign and no fraction.
    pub(crate) fn digits(&mut self) -> Result<u64, Stop> {
        self.peek()?;
        let rest = &self.text[self.at..];
        let length = rest.iter().position(|byte| !byte.is_ascii_digit());
        let length = length.ok_or(Stop::End)?;
        let digits = str::from_utf8(&rest[..length]).map_err(|_| Stop::Odd)?;
        let number = digits.parse().map_err(|_| Stop::Odd)?;
        self.at += length;
        Ok(number)
    }

    /// A UUID as the text of a string.
    pub(crate) fn uuid_text(&mut self) -> Result<Uuid, Stop> {
        self.expect(b'"')?;
        let rest = &self.text[self.at..];
        let text = rest.get(..UUID_TEXT).ok_or(Stop::End)?;
        let uuid = Uuid::try_parse_ascii(text).map_err(|_| Stop::Odd)?;
        self.at += UUID_TEXT;
        self.expect(b'"')?;
        Ok(uuid)
    }

    /// Passes over a value, whatever it is, and gives its text.
    pub(crate) fn any(&mut self) -> Result<&'t [u8], Stop> {
        self.peek()?;
        let rest = &self.text[self.at..];
        let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<IgnoredAny>();
        match values.next() {
            Some(Ok(IgnoredAny)) => {}
            Some(Err(error)) if !error.is_eof() => return Err(Stop::Odd),
            _ => return Err(Stop::End),
        }
        let length = values.byte_offset();
        self.at += length;
        Ok(&rest[..length])
    }

    /// Appends a column's value in the compact form, as [`wire::PackSeed`] does.
    #[inline]
    pub(crate) fn value(&mut self, column: &ColumnType, out: &mut Vec<u8>) -> Result<(), Stop> {
        let (key, value) = column.kinds();
        let start = out.len();
        match (self.peek()?, key, value) {
            (b'[', Kind::Uuid, None) if self.opens_uuid()? => self.uuid(out)?,
            (b'[', _, None) => {
                self.literal(b"[\"set\",")?;
                self.elements(key, None, out)?;
                self.expect(b']')?;
            }
            (b'[', _, Some(_)) => {
                self.literal(b"[\"map\",")?;
                self.elements(key, value, out)?;
                self.expect(b']')?;
            }
            (_, _, Some(_)) => return Err(Stop::Odd),
            (_, _, None) => self.atom(key, out)?,
        }
        column.drop_default(out, start);
        Ok(())
    }

    /// The elements of a set, or the pairs of a map where `value` is given.
    fn elements(&mut self, key: Kind, value: Option<Kind>, out: &mut Vec<u8>) -> Result<(), Stop> {
        self.expect(b'[')?;
        if self.peek()? == b']' {
            self.at += 1;
            return Ok(());
        }
        let start = out.len();
        // Where the key of the element before stands.
        let mut before = start..start;
        let mut sorted = true;
        loop {
            let from = out.len();
            let until;
            match value {
                None => {
                    self.atom(key, out)?;
                    until = out.len();
                }
                Some(value) => {
                    self.expect(b'[')?;
                    self.atom(key, out)?;
                    until = out.len();
                    self.expect(b',')?;
                    self.atom(value, out)?;
                    self.expect(b']')?;
                }
            }
            if !before.is_empty() {
                match packed::compare(&out[before], &out[from..until], key) {
                    Ordering::Less => {}
                    Ordering::Greater => sorted = false,
                    Ordering::Equal => return Err(Stop::Odd),
                }
            }
            before = from..until;
            match self.next()? {
                b',' => {}
                b']' => break,
                _ => return Err(Stop::Odd),
            }
        }
        if !sorted {
            let mut elements = out.split_off(start);
            packed::sort(&mut elements, key, value).map_err(|()| Stop::Odd)?;
            out.append(&mut elements);
        }
        Ok(())
    }

    #[inline]
    fn atom(&mut self, kind: Kind, out: &mut Vec<u8>) -> Result<(), Stop> {
        match (kind, self.peek()?) {
            (Kind::String, b'"') => self.string(out),
            (Kind::Uuid, b'[') if self.opens_uuid()? => self.uuid(out),
            (Kind::Boolean, b't') => {
                self.literal(b"true")?;
                push_atom(out, AtomRef::Boolean(true));
                Ok(())
            }
            (Kind::Boolean, b'f') => {
                self.literal(b"false")?;
                push_atom(out, AtomRef::Boolean(false));
                Ok(())
            }
            (Kind::Integer | Kind::Real, b'-' | b'0'..=b'9') => self.number(kind, out),
            _ => Err(Stop::Odd),
        }
    }

    /// Whether a UUID stands here, rather than a set.
    fn opens_uuid(&self) -> Result<bool, Stop> {
        let rest = &self.text[self.at..];
        if rest.len() < UUID_OPENS.len() {
            return Err(Stop::End);
        }
        Ok(rest.starts_with(UUID_OPENS))
    }

    fn uuid(&mut self, out: &mut Vec<u8>) -> Result<(), Stop> {
        self.at += UUID_OPENS.len() - 1;
        let uuid = self.uuid_text()?;
        out.extend_from_slice(uuid.as_bytes());
        self.expect(b']')
    }

    /// A number, of which the text does not tell the end before another byte.
    fn number(&mut self, kind: Kind, out: &mut Vec<u8>) -> Result<(), Stop> {
        let rest = &self.text[self.at..];
        let part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = rest.iter().position(|byte| !part(byte)).ok_or(Stop::End)?;
        self.at += length;
        let number = &rest[..length];
        if kind == Kind::Integer
            && let Some(integer) = plain_integer(number)
        {
            push_atom(out, AtomRef::Integer(integer));
            return Ok(());
        }
        wire::pack_atom(kind, number, out).map_err(|_| Stop::Odd)
    }

    #[inline]
    fn string(&mut self, out: &mut Vec<u8>) -> Result<(), Stop> {
        self.at += 1;
        let start = self.at;
        let end = special(self.text, start).ok_or(Stop::End)?;
        if self.text[end] == b'"' {
            push_varint(out, end - start);
            out.extend_from_slice(&self.text[start..end]);
            self.at = end + 1;
            return Ok(());
        }
        self.escaped(end, out)
    }

    /// A string that has something other than plain characters at `stop`.
    fn escaped(&mut self, mut stop: usize, out: &mut Vec<u8>) -> Result<(), Stop> {
        let from = out.len();
        loop {
            out.extend_from_slice(&self.text[self.at..stop]);
            match self.text[stop] {
                b'"' => break,
                b'\\' => {}
                _ => return Err(Stop::Odd),
            }
            self.at = stop + 2;
            let character = match self.text.get(stop + 1) {
                None => return Err(Stop::End),
                Some(&byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
                Some(b'n') => '\n',
                Some(b't') => '\t',
                Some(b'r') => '\r',
                Some(b'b') => '\u{8}',
                Some(b'f') => '\u{c}',
                Some(b'u') => {
                    let digits = self.text.get(self.at..self.at + 4).ok_or(Stop::End)?;
                    self.at += 4;
                    character(digits).ok_or(Stop::Odd)?
                }
                Some(_) => return Err(Stop::Odd),
            };
            out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            stop = special(self.text, self.at).ok_or(Stop::End)?;
        }
        self.at = stop + 1;
        // How long it is stands before it, and is known only now.
        let end = out.len();
        push_varint(out, end - from);
        let length = out.len() - end;
        out[from..].rotate_right(length);
        Ok(())
    }
}

/// The character of these four digits; none where they are half of a pair, or the zero, which no
/// string of a server holds.
fn character(digits: &[u8]) -> Option<char> {
    let code = digits.iter().try_fold(0, |code, digit| {
        let value = char::from(*digit).to_digit(16)?;
        Some(code * 16 + value)
    })?;
    char::from_u32(code).filter(|character| *character != '\0')
}

/// An integer in its usual spelling that is surely in range.
fn plain_integer(number: &[u8]) -> Option<i64> {
    let (negative, digits) = match number.split_first() {
        Some((b'-', digits)) => (true, digits),
        _ => (false, number),
    };
    // Eighteen digits always fit; a zero in front of others is no JSON.
    if digits.is_empty() || digits.len() > 18 || (digits[0] == b'0' && digits.len() > 1) {
        return None;
    }
    let mut integer = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        integer = integer * 10 + i64::from(digit - b'0');
    }
    // The text −0 is a real, as in the server.
    (integer != 0 || !negative).then_some(if negative { -integer } else { integer })
}

/// The first place from `at` on where a string ends or is not plain: a quote, a backslash or a
/// control character.
///
/// Eight bytes are looked at together: most strings are too short for a vectorised search to be
/// worth its call.
#[inline]
pub(crate) fn special(text: &[u8], mut at: usize) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES << 7;
    // The lowest byte found is exact: only those above one that is found can be found wrongly.
    let less = |word: u64, than: u8| word.wrapping_sub(ONES * u64::from(than)) & !word & HIGH;
    while let Some(eight) = text.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*eight);
        let quote = less(word ^ (ONES * u64::from(b'"')), 1);
        let backslash = less(word ^ (ONES * u64::from(b'\\')), 1);
        let found = quote | backslash | less(word, b' ');
        if found != 0 {
            return Some(at + usize::try_from(found.trailing_zeros() / 8).unwrap_or_default());
        }
        at += 8;
    }
    let rest = text.get(at..)?;
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..b' ');
    rest.iter().position(is_special).map(|found| at + found)
}

#[cfg(test)]
mod tests;
