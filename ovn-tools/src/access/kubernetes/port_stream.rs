//! The byte stream to a port of a pod, through the API server.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_util::{Sink, Stream};
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Error as WebSocketError, Message};

use crate::access::kubernetes::port_channel::PortChannel;

/// The most bytes that one message takes to the port.
/// **Default and why**: 32 KiB, as for commands.
const MAX_INPUT: usize = 32 * 1024;

/// The stream to a port. It cannot be closed in one direction alone.
pub(super) struct PortStream<T> {
    socket: WebSocketStream<T>,
    channel: PortChannel,
    port: u16,
    /// Why another way was of no use that was tried before, in words.
    first: Option<String>,
    /// Bytes that were not yet read.
    output: Bytes,
    /// Whether any came.
    has_spoken: bool,
    /// Whether messages may be held back here.
    unflushed: bool,
    is_over: bool,
    input_ended: bool,
}

/// A forwarded port gave no connection, or lost it.
#[derive(Debug, Error)]
pub(super) enum PortEnded {
    /// Nobody is there.
    #[error(
        "nobody listens on the port {0} on the pod's own loopback address: the database server does not run, or listens on another address, which forwarding does not reach"
    )]
    Refused(u16),
    /// In the cluster's words.
    #[error("the port {port} cannot be forwarded: {said}")]
    Failed {
        /// The port.
        port: u16,
        /// The words.
        said: String,
    },
    /// It ended without a word.
    #[error(
        "the connection to the port {0} broke off: the server closed it, or the API server or the node's kubelet has gone"
    )]
    Lost(u16),
    /// It was the second way that was tried.
    #[error("{first}, and {second}")]
    Second {
        /// What was wrong with the first.
        first: String,
        /// What is wrong with this one.
        second: Box<Self>,
    },
    /// What came is none of the protocol.
    #[error("the API server broke the protocol of forwarded ports: {0}")]
    Protocol(String),
}

impl<T: AsyncRead + AsyncWrite + Unpin> PortStream<T> {
    pub(super) fn new(socket: WebSocketStream<T>, port: u16, first: Option<String>) -> Self {
        Self {
            socket,
            channel: PortChannel::default(),
            port,
            first,
            output: Bytes::new(),
            has_spoken: false,
            unflushed: false,
            is_over: false,
            input_ended: false,
        }
    }

    /// Waits until the node takes the port on, or says why not. Whether somebody listens there is
    /// only told later, and only if nobody does.
    pub(super) async fn wait_until_begun(&mut self) -> io::Result<()> {
        poll_fn(|context| {
            loop {
                if self.channel.has_begun() {
                    return Poll::Ready(Ok(()));
                }
                if self.is_over {
                    return Poll::Ready(self.judge());
                }
                ready!(self.poll_message(context))?;
            }
        })
        .await
    }

    /// Takes one message, or the end.
    fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.unflushed
            && let Poll::Ready(flushed) = Pin::new(&mut self.socket).poll_flush(context)
        {
            self.unflushed = false;
            // Reading tells better what is wrong.
            drop(flushed);
        }
        match ready!(Pin::new(&mut self.socket).poll_next(context)) {
            Some(Ok(Message::Binary(message))) => match self.channel.hear(&message) {
                Ok(bytes) => {
                    self.has_spoken |= !bytes.is_empty();
                    self.output = message.slice_ref(bytes);
                    Poll::Ready(Ok(()))
                }
                Err(error) => Poll::Ready(Err(protocol(&error.to_string()))),
            },
            Some(Ok(Message::Ping(_))) => {
                // The answer is queued, not sent.
                self.unflushed = true;
                Poll::Ready(Ok(()))
            }
            Some(Ok(Message::Pong(_) | Message::Frame(_))) => Poll::Ready(Ok(())),
            Some(Ok(Message::Text(_))) => Poll::Ready(Err(protocol("a text message"))),
            Some(Ok(Message::Close(_))) | None => {
                self.is_over = true;
                Poll::Ready(Ok(()))
            }
            Some(Err(error)) => {
                tracing::debug!(%error, "a WebSocket ended");
                self.is_over = true;
                match error {
                    WebSocketError::Protocol(_)
                    | WebSocketError::ConnectionClosed
                    | WebSocketError::AlreadyClosed
                    | WebSocketError::Io(_) => Poll::Ready(Ok(())),
                    error => Poll::Ready(Err(protocol(&error.to_string()))),
                }
            }
        }
    }

    /// What the end means to a reader: the end of the bytes, or an error.
    fn judge(&self) -> io::Result<()> {
        let port = self.port;
        let (kind, ended) = match self.channel.error() {
            Some(said) if said.contains("connection refused") => {
                (io::ErrorKind::ConnectionRefused, PortEnded::Refused(port))
            }
            Some(said) => (io::ErrorKind::Other, PortEnded::Failed { port, said }),
            // A server that has said something may end when it likes.
            None if self.has_spoken => return Ok(()),
            None => (io::ErrorKind::UnexpectedEof, PortEnded::Lost(port)),
        };
        let ended = match &self.first {
            Some(first) => PortEnded::Second {
                first: first.clone(),
                second: Box::new(ended),
            },
            None => ended,
        };
        Err(io::Error::new(kind, ended))
    }
}

fn protocol(what: &str) -> io::Error {
    let error = PortEnded::Protocol(what.to_owned());
    io::Error::new(io::ErrorKind::InvalidData, error)
}

/// What kept bytes from being sent; the reader learns why.
fn sending(error: WebSocketError) -> io::Error {
    match error {
        WebSocketError::Io(error) => error,
        error => io::Error::new(io::ErrorKind::BrokenPipe, error.to_string()),
    }
}

impl<T: AsyncRead + AsyncWrite + Unpin> AsyncRead for PortStream<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            if !self.output.is_empty() {
                let length = self.output.len().min(buffer.remaining());
                buffer.put_slice(&self.output[..length]);
                self.output.advance(length);
                return Poll::Ready(Ok(()));
            }
            // The words of an error come without an end behind them.
            if self.is_over || self.channel.error().is_some() {
                return Poll::Ready(self.judge());
            }
            ready!(self.poll_message(context))?;
        }
    }
}

impl<T: AsyncRead + AsyncWrite + Unpin> AsyncWrite for PortStream<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.input_ended {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        if bytes.is_empty() {
            return Poll::Ready(Ok(0));
        }
        ready!(Pin::new(&mut self.socket).poll_ready(context)).map_err(sending)?;
        let length = bytes.len().min(MAX_INPUT);
        let message = Message::binary(PortChannel::input(&bytes[..length]));
        Pin::new(&mut self.socket)
            .start_send(message)
            .map_err(sending)?;
        self.unflushed = true;
        Poll::Ready(Ok(length))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.socket).poll_flush(context)).map_err(sending)?;
        self.unflushed = false;
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.input_ended {
            ready!(Pin::new(&mut self.socket).poll_ready(context)).map_err(sending)?;
            Pin::new(&mut self.socket)
                .start_send(Message::Close(None))
                .map_err(sending)?;
            self.input_ended = true;
        }
        Pin::new(&mut self.socket)
            .poll_flush(context)
            .map_err(sending)
    }
}
