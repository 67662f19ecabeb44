//! Framing: whole JSON objects out of a byte stream, wherever its reads split.

use thiserror::Error;

use crate::value::nesting::Nesting;

/// How deep arrays and objects may nest, the message object counted.
/// **Default and why**: 1000, where ovsdb-server closes the connection.
pub const MAX_DEPTH: usize = 1000;

/// A stream is no sequence of JSON objects. The fault is the peer's; the connection is unusable.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FramingError {
    /// A byte stands where a message should begin.
    #[error("byte 0x{0:02x} stands where a message should begin with '{{'")]
    Start(u8),
    /// Arrays and objects nest too deep.
    #[error("a message nests deeper than {MAX_DEPTH} levels")]
    Depth,
    /// A message is not UTF-8.
    #[error("a message is not UTF-8")]
    Encoding,
}

/// Cuts a byte stream into messages.
///
/// Each byte is looked at once: the scan goes on where the last read ended. Only strings and
/// brackets are understood here; whether the message is sound JSON is its reader's business.
///
/// A value in a message can be read while it comes, by whoever knows what it is: the message is
/// then given out with `null` in its place.
///
/// ```
/// use ovsdb_client::rpc::Framer;
///
/// let mut framer = Framer::default();
/// framer.push(b"{\"id\":1} {\"i");
/// assert_eq!(framer.next_message().unwrap().as_deref(), Some("{\"id\":1}"));
/// assert_eq!(framer.next_message().unwrap(), None);
/// framer.push(b"d\":2}");
/// assert_eq!(framer.next_message().unwrap().as_deref(), Some("{\"id\":2}"));
/// ```
#[derive(Debug, Default)]
pub struct Framer {
    buffer: Vec<u8>,
    /// Where what was not yet given out begins.
    start: usize,
    /// Where the scan goes on.
    scanned: usize,
    depth: usize,
    nesting: Nesting,
    /// What comes before `start` in the message at the front, where a value was read out of it.
    kept: Vec<u8>,
    failed: Option<FramingError>,
}

impl Framer {
    /// Takes what was read.
    pub fn push(&mut self, bytes: &[u8]) {
        self.push_with(|buffer| buffer.extend_from_slice(bytes));
    }

    /// Takes what was read by reading into the buffer itself: `read` appends to it.
    pub fn push_with<T>(&mut self, read: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        self.buffer.drain(..self.start);
        self.scanned -= self.start;
        self.start = 0;
        read(&mut self.buffer)
    }

    /// How many bytes wait for the rest of their message.
    pub fn pending(&self) -> usize {
        self.buffer.len() - self.start
    }

    /// The next whole message; `None` until more is pushed.
    ///
    /// # Errors
    /// [`FramingError`] when the stream is no sequence of objects. Every later call fails too.
    pub fn next_message(&mut self) -> Result<Option<String>, FramingError> {
        if let Some(failed) = &self.failed {
            return Err(failed.clone());
        }
        let message = self.take();
        self.failed = message.as_ref().err().cloned();
        message
    }

    /// The message at the front as far as it is there, as long as no scan for its end has begun.
    pub(crate) fn front(&mut self) -> Option<&[u8]> {
        if self.depth > 0 || self.failed.is_some() {
            return None;
        }
        self.skip_blanks();
        let front = &self.buffer[self.start..];
        (!front.is_empty()).then_some(front)
    }

    /// Leaves a value out of the message at the front, which stands at this place of it and within
    /// this many open arrays and objects. It is to be read by [`Framer::value`].
    pub(crate) fn leave_out(&mut self, at: usize, depth: usize) {
        let end = (self.start + at).min(self.buffer.len());
        self.kept.extend_from_slice(&self.buffer[self.start..end]);
        self.kept.extend_from_slice(b"null");
        self.start = end;
        self.scanned = end;
        self.depth = depth;
    }

    /// What is there of the value that is left out, and of what follows it.
    pub(crate) fn value(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// So much of the value is read.
    pub(crate) fn pass(&mut self, bytes: usize) {
        self.start = (self.start + bytes).min(self.buffer.len());
        self.scanned = self.start;
    }

    fn take(&mut self) -> Result<Option<String>, FramingError> {
        let Some(end) = self.scan()? else {
            return Ok(None);
        };
        // Whichever is shorter is copied, the message or the rest: one big message is handed on
        // as it was read, and of many small ones none moves all the others.
        let message = if !self.kept.is_empty() {
            let mut message = std::mem::take(&mut self.kept);
            message.extend_from_slice(&self.buffer[self.start..end]);
            self.start = end;
            message
        } else if self.start == 0 && end > self.buffer.len() / 2 {
            let rest = self.buffer.split_off(end);
            self.scanned = 0;
            std::mem::replace(&mut self.buffer, rest)
        } else {
            let message = self.buffer[self.start..end].to_vec();
            self.start = end;
            message
        };
        String::from_utf8(message)
            .map(Some)
            .map_err(|_| FramingError::Encoding)
    }

    fn skip_blanks(&mut self) {
        let blank = self.buffer[self.start..]
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
            .count();
        self.start += blank;
        self.scanned = self.start;
    }

    /// Finds the end of the message at the front.
    fn scan(&mut self) -> Result<Option<usize>, FramingError> {
        if self.depth == 0 {
            self.skip_blanks();
            match self.buffer.get(self.start) {
                None => return Ok(None),
                Some(b'{') => {
                    self.depth = 1;
                    self.scanned += 1;
                }
                Some(&byte) => return Err(FramingError::Start(byte)),
            }
        }
        loop {
            let at = match self.nesting.next(&self.buffer, self.scanned) {
                Ok(at) => at,
                Err(at) => {
                    self.scanned = at;
                    return Ok(None);
                }
            };
            self.scanned = at + 1;
            match self.buffer[at] {
                b'{' | b'[' => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(FramingError::Depth);
                    }
                }
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Ok(Some(self.scanned));
                    }
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn messages(chunks: &[&[u8]]) -> Result<Vec<String>, FramingError> {
        let mut framer = Framer::default();
        let mut messages = Vec::new();
        for chunk in chunks {
            framer.push(chunk);
            while let Some(message) = framer.next_message()? {
                messages.push(message);
            }
        }
        Ok(messages)
    }

    const STREAM: &str =
        "{\"a\":\"}{\\\"][\\\\\"}\n{\"b\":[{\"ü\":{}}]}  {}{\"ß\\\\\":\"\\u00e9\"}";

    #[test]
    fn messages_are_the_same_wherever_two_cuts_fall() {
        let whole = messages(&[STREAM.as_bytes()]).unwrap();
        assert_eq!(whole.len(), 4);
        for a in 0..=STREAM.len() {
            for b in a..=STREAM.len() {
                let bytes = STREAM.as_bytes();
                let cut = messages(&[&bytes[..a], &bytes[a..b], &bytes[b..]]).unwrap();
                assert_eq!(cut, whole, "cut at {a} and {b}");
            }
        }
    }

    #[test]
    fn messages_are_the_same_byte_by_byte() {
        let bytes: Vec<&[u8]> = STREAM.as_bytes().chunks(1).collect();
        assert_eq!(messages(&bytes), messages(&[STREAM.as_bytes()]));
    }

    #[test]
    fn anything_but_an_object_is_refused_at_its_first_byte() {
        for (stream, byte) in [("[]", b'['), ("\u{feff}{}", 0xef), ("HTTP/1.1", b'H')] {
            assert_eq!(
                messages(&[stream.as_bytes()]),
                Err(FramingError::Start(byte))
            );
        }
    }

    #[test]
    fn after_an_error_every_later_call_fails_too() {
        for (stream, error) in [
            (&b"{}]{}"[..], FramingError::Start(b']')),
            (b"{\"\xff\"}{}", FramingError::Encoding),
            (&b"[".repeat(1000), FramingError::Depth),
        ] {
            let mut framer = Framer::default();
            framer.push(b"{}");
            framer.push(if error == FramingError::Depth {
                b"{\"a\":"
            } else {
                b""
            });
            framer.push(stream);
            let errors = (0..9).filter_map(|_| framer.next_message().err());
            let errors: Vec<_> = errors.collect();
            assert!(errors.len() >= 7, "{error}");
            framer.push(b"{}");
            assert_eq!(framer.next_message(), Err(error));
        }
    }

    #[test]
    fn what_waits_is_counted_without_what_was_given_out() {
        let mut framer = Framer::default();
        framer.push(b"{\"a\":1}{\"b\":2} {\"c");
        assert_eq!(framer.pending(), 18);
        assert_eq!(framer.next_message().unwrap().as_deref(), Some("{\"a\":1}"));
        assert_eq!(framer.pending(), 11);
        assert_eq!(framer.next_message().unwrap().as_deref(), Some("{\"b\":2}"));
        assert_eq!(framer.next_message(), Ok(None));
        assert_eq!(framer.pending(), 3);
        framer.push(b"\":3}");
        assert_eq!(framer.next_message().unwrap().as_deref(), Some("{\"c\":3}"));
        assert_eq!(framer.pending(), 0);
    }

    #[test]
    fn nesting_is_allowed_up_to_the_servers_limit() {
        let nested = |depth: usize| {
            let inner = depth - 1;
            format!("{{\"a\":{}{}}}", "[".repeat(inner), "]".repeat(inner))
        };
        assert_eq!(messages(&[nested(1000).as_bytes()]).unwrap().len(), 1);
        assert_eq!(
            messages(&[nested(1001).as_bytes()]),
            Err(FramingError::Depth)
        );
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<i64>().prop_map(Into::into),
            ".*".prop_map(Into::into),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(serde_json::Value::from),
                prop::collection::vec((".*", inner), 0..5)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_objects_come_out_whole_under_any_split(
            objects in prop::collection::vec(prop::collection::vec((".*", json()), 0..4), 0..6),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
        ) {
            let texts: Vec<String> = objects
                .into_iter()
                .map(|members| members.into_iter().collect::<serde_json::Value>().to_string())
                .collect();
            let stream = texts.join(" \n");
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(stream.len() + 1)).collect();
            cuts.sort_unstable();
            let mut chunks = Vec::new();
            let mut from = 0;
            for cut in cuts.into_iter().chain([stream.len()]) {
                chunks.push(&stream.as_bytes()[from..cut]);
                from = cut;
            }
            prop_assert_eq!(messages(&chunks), Ok(texts));
        }

        #[test]
        fn any_bytes_give_messages_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = messages(&[&bytes]);
        }
    }
}
