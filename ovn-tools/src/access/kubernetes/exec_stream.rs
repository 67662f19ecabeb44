//! The byte stream of a command in a container: what it writes is read, what is written it reads.

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes};
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};
use tokio_tungstenite::WebSocketStream;

use crate::access::kubernetes::conversation::{Conversation, Heard};
use crate::access::kubernetes::ending::Ending;
use crate::access::kubernetes::messages::{Came, Messages};

/// How long the rest may take once a command has ended.
/// **Default and why**: 2 s; output, status and close follow each other at once, and a kubelet
/// that died in between sends no more.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// The stream of a command. Dropping it ends the command's input.
pub(super) struct ExecStream<T> {
    messages: Messages<T>,
    talk: Conversation,
    /// Output that was not yet read.
    output: VecDeque<Bytes>,
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
            messages: Messages::new(socket),
            talk,
            output: VecDeque::new(),
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
        if self.talk.is_ending() {
            let timer = self
                .last_words
                .get_or_insert_with(|| Box::pin(sleep(LAST_WORDS)));
            if timer.as_mut().poll(context).is_ready() {
                self.talk.close();
                return Poll::Ready(Ok(()));
            }
        }
        match ready!(self.messages.poll_next(context)) {
            Ok(Came::Message(message)) => {
                let heard = self.talk.hear(&message).map_err(|error| protocol(&error))?;
                if let Heard::Output(data) = heard {
                    self.output.push_back(message.slice_ref(data));
                }
            }
            Ok(Came::Aside) => {}
            Ok(Came::End) => self.talk.close(),
            Err(error) => {
                self.talk.close();
                return Poll::Ready(Err(protocol(&error)));
            }
        }
        Poll::Ready(Ok(()))
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
}

fn protocol(error: &dyn fmt::Display) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        Ended::Protocol(error.to_string()),
    )
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
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let Self { messages, talk, .. } = self.get_mut();
        messages.poll_send(context, bytes, |bytes| talk.input(bytes))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.messages.poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Self { messages, talk, .. } = self.get_mut();
        messages.poll_end(context, || talk.end_of_input())
    }
}
