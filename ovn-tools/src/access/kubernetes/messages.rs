//! Messages: the WebSocket under a stream of bytes through the API server.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::{Sink, Stream};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Error as WebSocketError, Message};

/// The most bytes that one message takes to the other end.
/// **Default and why**: 32 KiB, as much as API servers put into theirs.
const MAX_INPUT: usize = 32 * 1024;

/// The messages of one stream, both ways.
pub(super) struct Messages<T> {
    socket: WebSocketStream<T>,
    /// Whether messages may be held back here.
    unflushed: bool,
    input_ended: bool,
}

/// What came.
pub(super) enum Came {
    /// A message of the protocol above.
    Message(Bytes),
    /// Something that is only between the two ends of the WebSocket.
    Aside,
    /// The end.
    End,
}

impl<T: AsyncRead + AsyncWrite + Unpin> Messages<T> {
    pub(super) fn new(socket: WebSocketStream<T>) -> Self {
        Self {
            socket,
            unflushed: false,
            input_ended: false,
        }
    }

    /// What comes next; an error says in words how the other end breaks the protocol.
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Result<Came, String>> {
        if self.unflushed
            && let Poll::Ready(flushed) = Pin::new(&mut self.socket).poll_flush(context)
        {
            self.unflushed = false;
            // Reading tells better what is wrong.
            drop(flushed);
        }
        Poll::Ready(
            match ready!(Pin::new(&mut self.socket).poll_next(context)) {
                Some(Ok(Message::Binary(message))) => Ok(Came::Message(message)),
                Some(Ok(Message::Ping(_))) => {
                    // The answer is queued, not sent.
                    self.unflushed = true;
                    Ok(Came::Aside)
                }
                Some(Ok(Message::Pong(_) | Message::Frame(_))) => Ok(Came::Aside),
                Some(Ok(Message::Text(_))) => Err("a text message".to_owned()),
                Some(Ok(Message::Close(_))) | None => Ok(Came::End),
                Some(Err(error)) => {
                    tracing::debug!(%error, "a WebSocket ended");
                    match error {
                        WebSocketError::Protocol(_)
                        | WebSocketError::ConnectionClosed
                        | WebSocketError::AlreadyClosed
                        | WebSocketError::Io(_) => Ok(Came::End),
                        error => Err(error.to_string()),
                    }
                }
            },
        )
    }

    /// Sends some of the bytes in the form that `message` gives them; gives how many.
    pub(super) fn poll_send<M: Into<Bytes>>(
        &mut self,
        context: &mut Context<'_>,
        bytes: &[u8],
        message: impl FnOnce(&[u8]) -> M,
    ) -> Poll<io::Result<usize>> {
        if self.input_ended {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        if bytes.is_empty() {
            return Poll::Ready(Ok(0));
        }
        ready!(Pin::new(&mut self.socket).poll_ready(context)).map_err(sending)?;
        let length = bytes.len().min(MAX_INPUT);
        let message = Message::binary(message(&bytes[..length]));
        Pin::new(&mut self.socket)
            .start_send(message)
            .map_err(sending)?;
        self.unflushed = true;
        Poll::Ready(Ok(length))
    }

    pub(super) fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.socket).poll_flush(context)).map_err(sending)?;
        self.unflushed = false;
        Poll::Ready(Ok(()))
    }

    /// Ends what is sent: with the last message where there is one, else with the WebSocket.
    pub(super) fn poll_end<M: Into<Bytes>>(
        &mut self,
        context: &mut Context<'_>,
        last: impl FnOnce() -> Option<M>,
    ) -> Poll<io::Result<()>> {
        if !self.input_ended {
            ready!(Pin::new(&mut self.socket).poll_ready(context)).map_err(sending)?;
            let message = last().map_or(Message::Close(None), Message::binary);
            Pin::new(&mut self.socket)
                .start_send(message)
                .map_err(sending)?;
            self.input_ended = true;
        }
        Pin::new(&mut self.socket)
            .poll_flush(context)
            .map_err(sending)
    }
}

/// What kept bytes from being sent; the reader learns why.
fn sending(error: WebSocketError) -> io::Error {
    match error {
        WebSocketError::Io(error) => error,
        error => io::Error::new(io::ErrorKind::BrokenPipe, error.to_string()),
    }
}
