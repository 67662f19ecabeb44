//! The stream of one connection, and what is left to write to it.

use std::any::Any;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpStream, UnixStream};
use tokio::time;

use crate::dial::Stream;
use crate::session::Session;

/// How long a stream may take to end well.
/// **Default and why**: 1 s; it is a courtesy to the peer (a TLS server logs a warning without
/// it), for which nobody should wait.
const SHUTDOWN: Duration = Duration::from_secs(1);

/// The stream of the present connection, and what is left to write to it.
pub(super) struct Wire {
    stream: Awake,
    unsent: Vec<u8>,
    sent: usize,
    /// Whether the stream may hold bytes back that were written to it, as TLS does.
    unflushed: bool,
    /// Whether the server takes no more bytes.
    deaf: bool,
}

/// A stream, and whether the runtime watches it.
enum Awake {
    Watched(Box<dyn Stream>),
    Unix(std::os::unix::net::UnixStream),
    Tcp(std::net::TcpStream),
    /// It could not be taken from the runtime or given back.
    Lost,
}

/// What came of the stream.
pub(super) enum Moved {
    /// So many bytes were read; none at the end.
    Read(usize),
    /// All that there was to write is out.
    Sent,
}

impl Wire {
    pub(super) fn new(stream: Box<dyn Stream>) -> Self {
        Self {
            stream: Awake::Watched(stream),
            unsent: Vec::new(),
            sent: 0,
            unflushed: false,
            deaf: false,
        }
    }

    /// Takes what the session wants sent once everything before it is out.
    pub(super) fn fill(&mut self, session: &mut Session) {
        if self.sent == self.unsent.len() {
            self.unsent.clear();
            self.sent = 0;
            while let Some(message) = session.poll_transmit() {
                self.unsent.extend_from_slice(&message);
            }
        }
    }

    /// Writes, and reads into the buffer, until something came or all is out.
    ///
    /// Reading goes on while a write is stuck: a server stops reading from a client that does not
    /// read, and each would wait for the other. It goes on, too, when the server has closed its
    /// end: what it sent before may say why.
    ///
    /// # Cancel safety
    /// What was written is not written again, and no byte that was read is lost.
    pub(super) async fn pump(&mut self, buffer: &mut [u8]) -> io::Result<Moved> {
        self.wake()?;
        poll_fn(|cx| self.poll_pump(cx, buffer)).await
    }

    fn poll_pump(&mut self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<Moved>> {
        let Awake::Watched(stream) = &mut self.stream else {
            return Poll::Ready(Err(io::ErrorKind::NotConnected.into()));
        };
        // What is to be written ends some time; what comes may not.
        while !self.deaf && (self.sent < self.unsent.len() || self.unflushed) {
            let stream = Pin::new(&mut *stream);
            let written = match &self.unsent[self.sent..] {
                [] => stream.poll_flush(cx).map_ok(|()| 0),
                unsent => stream.poll_write(cx, unsent),
            };
            match written {
                Poll::Pending => break,
                Poll::Ready(Ok(0)) => {
                    self.unflushed = false;
                    return Poll::Ready(Ok(Moved::Sent));
                }
                Poll::Ready(Ok(bytes)) => {
                    self.sent += bytes;
                    self.unflushed = true;
                }
                Poll::Ready(Err(error)) if is_closed(&error) => self.deaf = true,
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
            }
        }
        let mut read = ReadBuf::new(buffer);
        ready!(Pin::new(stream).poll_read(cx, &mut read))?;
        Poll::Ready(Ok(Moved::Read(read.filled().len())))
    }

    /// Takes the stream from the runtime until [`Wire::pump`] is called next, if it is a plain
    /// socket: the runtime wakes for whatever comes in, whether anybody wants to read it or not.
    pub(super) fn rest(&mut self) -> io::Result<()> {
        let Awake::Watched(stream) = &mut self.stream else {
            return Ok(());
        };
        let any: &dyn Any = &**stream;
        if !any.is::<UnixStream>() && !any.is::<TcpStream>() {
            return Ok(());
        }
        let Awake::Watched(stream) = std::mem::replace(&mut self.stream, Awake::Lost) else {
            return Ok(());
        };
        let stream: Box<dyn Any> = stream;
        self.stream = match stream.downcast::<UnixStream>() {
            Ok(unix) => Awake::Unix(unix.into_std()?),
            Err(stream) => match stream.downcast::<TcpStream>() {
                Ok(tcp) => Awake::Tcp(tcp.into_std()?),
                Err(_) => Awake::Lost,
            },
        };
        Ok(())
    }

    fn wake(&mut self) -> io::Result<()> {
        if let Awake::Watched(_) = self.stream {
            return Ok(());
        }
        let stream: Box<dyn Stream> = match std::mem::replace(&mut self.stream, Awake::Lost) {
            Awake::Watched(stream) => stream,
            Awake::Unix(unix) => Box::new(UnixStream::from_std(unix)?),
            Awake::Tcp(tcp) => Box::new(TcpStream::from_std(tcp)?),
            Awake::Lost => return Err(io::ErrorKind::NotConnected.into()),
        };
        self.stream = Awake::Watched(stream);
        Ok(())
    }

    /// Lets the peer see a clean end.
    pub(super) async fn shut_down(mut self) {
        if let Ok(()) = self.wake()
            && let Awake::Watched(stream) = &mut self.stream
        {
            let _ = time::timeout(SHUTDOWN, stream.shutdown()).await;
        }
    }
}

fn is_closed(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionReset};
    matches!(error.kind(), BrokenPipe | ConnectionReset)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, BufStream, duplex};

    use super::*;

    #[tokio::test]
    async fn what_a_stream_holds_back_is_flushed() {
        let (ours, mut theirs) = duplex(1024);
        let mut wire = Wire::new(Box::new(BufStream::new(ours)));
        wire.unsent = b"request".to_vec();
        assert!(matches!(wire.pump(&mut [0; 8]).await, Ok(Moved::Sent)));
        let mut received = [0; 7];
        theirs.read_exact(&mut received).await.unwrap();
        assert_eq!(&received, b"request");
    }

    #[tokio::test]
    async fn what_the_server_said_before_it_closed_is_read_though_it_takes_no_more() {
        let (ours, mut theirs) = duplex(1024);
        theirs.write_all(b"because").await.unwrap();
        drop(theirs);
        let mut wire = Wire::new(Box::new(ours));
        wire.unsent = b"request".to_vec();
        let mut read = Vec::new();
        let mut buffer = [0; 4];
        while let Moved::Read(bytes @ 1..) = wire.pump(&mut buffer).await.unwrap() {
            read.extend_from_slice(&buffer[..bytes]);
        }
        assert_eq!(read, b"because");
    }

    #[tokio::test]
    async fn a_socket_that_rested_goes_on_where_it_was() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let mut wire = Wire::new(Box::new(ours));
        let mut buffer = [0; 8];
        for word in [b"one", b"two"] {
            wire.rest().unwrap();
            wire.unsent = b"more".to_vec();
            wire.sent = 0;
            theirs.write_all(word).await.unwrap();
            assert!(matches!(wire.pump(&mut buffer).await, Ok(Moved::Sent)));
            assert!(matches!(wire.pump(&mut buffer).await, Ok(Moved::Read(3))));
            assert_eq!(&buffer[..3], word);
            let mut asked = [0; 4];
            theirs.read_exact(&mut asked).await.unwrap();
            assert_eq!(&asked, b"more");
        }
        wire.rest().unwrap();
        wire.shut_down().await;
        assert_eq!(theirs.read(&mut buffer).await.unwrap(), 0);
    }

    #[tokio::test]
    async fn a_stream_that_is_no_socket_is_not_taken_from_the_runtime() {
        let (ours, mut theirs) = duplex(1024);
        let mut wire = Wire::new(Box::new(ours));
        wire.rest().unwrap();
        theirs.write_all(b"on").await.unwrap();
        let mut buffer = [0; 8];
        assert!(matches!(wire.pump(&mut buffer).await, Ok(Moved::Read(2))));
    }
}
