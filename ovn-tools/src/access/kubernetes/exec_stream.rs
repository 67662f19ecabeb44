//! The byte stream of a command in a container: what it writes is read, what is written it reads.

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes};
use futures_util::{Sink, Stream};
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Error as WebSocketError, Message};

use crate::access::kubernetes::conversation::{Conversation, Heard};
use crate::access::kubernetes::ending::Ending;

/// The most bytes that one message takes to the command.
/// **Default and why**: 32 KiB, as much as API servers put into theirs.
const MAX_INPUT: usize = 32 * 1024;

/// How long the rest may take once a command has ended.
/// **Default and why**: 2 s; output, status and close follow each other at once, and a kubelet
/// that died in between sends no more.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// The stream of a command. Dropping it ends the command's input.
pub(super) struct ExecStream<T> {
    socket: WebSocketStream<T>,
    talk: Conversation,
    /// Output that was not yet read.
    output: VecDeque<Bytes>,
    /// Whether messages may be held back here.
    unflushed: bool,
    input_ended: bool,
    last_words: Option<Pin<Box<Sleep>>>,
}

/// A command ended in another way than well.
#[derive(Debug, Error)]
#[non_exhaustive]
pub(super) enum Ended {
    /// Neither a status nor the end of its output came.
    #[error("the connection to the pod broke off: the API server or the node's kubelet has gone")]
    Lost,
    /// With an exit code.
    #[error("the command in the pod ended with exit code {code}{complaint}")]
    Code {
        /// The code.
        code: i32,
        /// What it said, after a colon.
        complaint: String,
    },
    /// In the cluster's words.
    #[error("the command in the pod failed: {0}")]
    Failure(String),
    /// What came is none of the protocol.
    #[error("the API server broke the protocol of commands: {0}")]
    Protocol(String),
}

impl<T> ExecStream<T>
where
    T: AsyncRead + AsyncWrite + Unpin,
{
    pub(super) fn new(socket: WebSocketStream<T>, talk: Conversation) -> Self {
        Self {
            socket,
            talk,
            output: VecDeque::new(),
            unflushed: false,
            input_ended: false,
            last_words: None,
        }
    }

    /// Waits until the command's complaints say that it is ready, or it has ended; gives whether
    /// it is ready. Output that comes meanwhile is kept.
    pub(super) async fn wait_until_ready(
        &mut self,
        is_ready: impl Fn(&str) -> bool,
    ) -> io::Result<bool> {
        poll_fn(|context| {
            loop {
                if is_ready(&self.talk.complaints()) {
                    self.talk.forget_complaints();
                    return Poll::Ready(Ok(true));
                }
                if self.talk.is_over() {
                    return Poll::Ready(Ok(false));
                }
                ready!(self.poll_message(context))?;
            }
        })
        .await
    }

    /// How the command ended, and its last complaints.
    pub(super) fn ending(&self) -> (Option<Ending>, String) {
        (self.talk.ending(), self.talk.complaints())
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
        if self.talk.is_ending() {
            let timer = self
                .last_words
                .get_or_insert_with(|| Box::pin(sleep(LAST_WORDS)));
            if timer.as_mut().poll(context).is_ready() {
                self.talk.close();
                return Poll::Ready(Ok(()));
            }
        }
        match ready!(Pin::new(&mut self.socket).poll_next(context)) {
            Some(Ok(Message::Binary(message))) => match self.talk.hear(&message) {
                Ok(Heard::Output(data)) => {
                    let data = message.slice_ref(data);
                    self.output.push_back(data);
                    Poll::Ready(Ok(()))
                }
                Ok(Heard::Aside) => Poll::Ready(Ok(())),
                Err(error) => Poll::Ready(Err(protocol(&error))),
            },
            Some(Ok(Message::Ping(_))) => {
                // The answer is queued, not sent.
                self.unflushed = true;
                Poll::Ready(Ok(()))
            }
            Some(Ok(Message::Pong(_) | Message::Frame(_))) => Poll::Ready(Ok(())),
            Some(Ok(Message::Text(_))) => Poll::Ready(Err(protocol(&"a text message"))),
            Some(Ok(Message::Close(_))) | None => {
                self.talk.close();
                Poll::Ready(Ok(()))
            }
            Some(Err(error)) => {
                tracing::debug!(%error, "a WebSocket ended");
                self.talk.close();
                match error {
                    WebSocketError::Protocol(_)
                    | WebSocketError::ConnectionClosed
                    | WebSocketError::AlreadyClosed
                    | WebSocketError::Io(_) => Poll::Ready(Ok(())),
                    error => Poll::Ready(Err(protocol(&error))),
                }
            }
        }
    }

    /// What the end of the conversation means to a reader: the end of the output, or an error.
    fn judge(&self) -> io::Result<()> {
        match self.talk.ending() {
            Some(Ending::Success) => Ok(()),
            Some(Ending::Code(code)) => {
                let complaints = self.talk.complaints();
                let complaint = complaints.lines().last().map(|line| format!(": {line}"));
                Err(io::Error::other(Ended::Code {
                    code,
                    complaint: complaint.unwrap_or_default(),
                }))
            }
            Some(Ending::Failure(message)) => Err(io::Error::other(Ended::Failure(message))),
            None => Err(io::Error::new(io::ErrorKind::UnexpectedEof, Ended::Lost)),
        }
    }

    fn poll_end_of_input(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.input_ended {
            ready!(Pin::new(&mut self.socket).poll_ready(context)).map_err(sending)?;
            let message = match self.talk.end_of_input() {
                Some(message) => Message::binary(message),
                None => Message::Close(None),
            };
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

fn protocol(error: &dyn fmt::Display) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        Ended::Protocol(error.to_string()),
    )
}

/// What kept bytes from being sent; the reader learns why.
fn sending(error: WebSocketError) -> io::Error {
    match error {
        WebSocketError::Io(error) => error,
        error => io::Error::new(io::ErrorKind::BrokenPipe, error.to_string()),
    }
}

impl<T: AsyncRead + AsyncWrite + Unpin> AsyncRead for ExecStream<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            if let Some(output) = self.output.front_mut() {
                let length = output.len().min(buffer.remaining());
                buffer.put_slice(&output[..length]);
                output.advance(length);
                if output.is_empty() {
                    self.output.pop_front();
                }
                return Poll::Ready(Ok(()));
            }
            if self.talk.is_over() {
                return Poll::Ready(self.judge());
            }
            ready!(self.poll_message(context))?;
        }
    }
}

impl<T: AsyncRead + AsyncWrite + Unpin> AsyncWrite for ExecStream<T> {
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
        let message = Message::binary(self.talk.input(&bytes[..length]));
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
        self.poll_end_of_input(context)
    }
}
