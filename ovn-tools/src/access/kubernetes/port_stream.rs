//! The byte stream to a port of a pod, through the API server.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_tungstenite::WebSocketStream;

use crate::access::kubernetes::messages::{Came, Messages};
use crate::access::kubernetes::port_channel::PortChannel;

/// The stream to a port. It cannot be closed in one direction alone.
pub(super) struct PortStream<T> {
    messages: Messages<T>,
    channel: PortChannel,
    port: u16,
    /// Why another way was of no use that was tried before, in words.
    first: Option<String>,
    /// Bytes that were not yet read.
    output: Bytes,
    /// Whether any came.
    has_spoken: bool,
    is_over: bool,
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
            messages: Messages::new(socket),
            channel: PortChannel::default(),
            port,
            first,
            output: Bytes::new(),
            has_spoken: false,
            is_over: false,
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
        match ready!(self.messages.poll_next(context)) {
            Ok(Came::Message(message)) => {
                let bytes = self.channel.hear(&message);
                let bytes = bytes.map_err(|error| protocol(&error.to_string()))?;
                self.has_spoken |= !bytes.is_empty();
                self.output = message.slice_ref(bytes);
            }
            Ok(Came::Aside) => {}
            Ok(Came::End) => self.is_over = true,
            Err(error) => {
                self.is_over = true;
                return Poll::Ready(Err(protocol(&error)));
            }
        }
        Poll::Ready(Ok(()))
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
        self.messages.poll_send(context, bytes, PortChannel::input)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.messages.poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.messages.poll_end(context, || None::<Bytes>)
    }
}
