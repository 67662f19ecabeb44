//! A TLS stream whose errors say what they mean here.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::dial::tls::error::Explain;

/// A TLS connection. Shutting it down sends the `close_notify` that servers want to see.
///
/// With TLS 1.3 a server looks at the client's certificate after the client has done its part of
/// the handshake, so its refusal comes with the first read.
pub(in crate::dial) struct TlsStream<S> {
    stream: tokio_rustls::TlsStream<S>,
    explain: Explain,
}

impl<S> TlsStream<S> {
    pub(super) fn new(stream: tokio_rustls::TlsStream<S>, explain: Explain) -> Self {
        Self { stream, explain }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for TlsStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        read.map_err(|error| self.explain.stream(error))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for TlsStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
