//! JSON-RPC 1.0 as OVSDB speaks it: the envelope of one message, and the framing of the stream.
//!
//! **Source**: RFC 7047 §4; JSON-RPC 1.0. Real servers leave `result` out of an error reply and
//! close the connection on any member beyond `method`, `params`, `id`, `result` and `error`.

mod envelope;
mod framing;

pub use self::envelope::{
    Envelope, EnvelopeError, RemoteError, encode_notification, encode_reply, encode_request,
};
pub use self::framing::{Framer, FramingError, MAX_DEPTH};
