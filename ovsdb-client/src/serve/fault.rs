//! Faults: how a server misbehaves on purpose, to test a client.

use std::time::Duration;

/// Comes between a session and its client. One is made for each connection.
///
/// Every method has a default that changes nothing.
pub trait Fault: Send {
    /// Says what becomes of a request.
    fn request(&mut self, method: &str) -> Treatment {
        let _ = method;
        Treatment::Serve
    }

    /// Says what is sent where the session would send `message`, the answer to `method` or a
    /// message of its own.
    fn send(&mut self, method: &str, message: Vec<u8>) -> Vec<Emission> {
        let _ = method;
        vec![Emission::Bytes(message)]
    }
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Treatment {
    /// It is carried out.
    Serve,
    /// It is answered as a server answers that does not know the method.
    Unknown,
    /// It is read and never answered.
    Ignore,
    /// The connection is closed.
    Close,
}

/// A part of what goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Emission {
    /// Bytes, which are written by themselves.
    Bytes(Vec<u8>),
    /// Nothing goes out for so long.
    Pause(Duration),
    /// The connection is closed.
    Close,
}
