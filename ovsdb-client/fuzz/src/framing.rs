//! Framing: the messages are the same wherever the reads split.

use ovsdb_client::rpc::{Framer, FramingError};

/// The first byte says how long each read is, 0 for one read of everything.
pub fn run(data: &[u8]) {
    let Some((&length, stream)) = data.split_first() else {
        return;
    };
    let whole = messages(std::iter::once(stream));
    let chunks = stream.chunks(usize::from(length).max(1));
    assert_eq!(messages(chunks), whole, "reads of {length} bytes");
    let uneven = stream.split_inclusive(|byte| *byte == b'"');
    assert_eq!(messages(uneven), whole, "reads that end after a quote");
}

/// Every message, and how the stream ended: in an error, or with so many bytes left over.
fn messages<'a>(
    chunks: impl Iterator<Item = &'a [u8]>,
) -> (Vec<String>, Result<usize, FramingError>) {
    let mut framer = Framer::default();
    let mut messages = Vec::new();
    for chunk in chunks {
        framer.push(chunk);
        loop {
            match framer.next_message() {
                Ok(Some(message)) => messages.push(message),
                Ok(None) => break,
                Err(error) => {
                    assert_eq!(framer.next_message(), Err(error.clone()), "an error stays");
                    return (messages, Err(error));
                }
            }
        }
    }
    (messages, Ok(framer.pending()))
}
