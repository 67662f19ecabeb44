//! The stream of one connection, and what is left to write to it.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::time;

use crate::dial::Stream;
use crate::session::Session;

/// How long a stream may take to end well.
/// **Default and why**: 1 s; it is a courtesy to the peer (a TLS server logs a warning without
/// it), for which nobody should wait.
const SHUTDOWN: Duration = Duration::from_secs(1);

/// The stream of the present connection, and what is left to write to it.
pub(super) struct Wire {
    reader: ReadHalf<Box<dyn Stream>>,
    writer: WriteHalf<Box<dyn Stream>>,
    unsent: Vec<u8>,
    sent: usize,
    /// Whether the stream may hold bytes back that were written to it, as TLS does.
    unflushed: bool,
    /// Whether the server takes no more bytes.
    deaf: bool,
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
        let (reader, writer) = tokio::io::split(stream);
        Self {
            reader,
            writer,
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
        loop {
            let unsent = &self.unsent[self.sent..];
            let writer = &mut self.writer;
            let idle = self.deaf || unsent.is_empty() && !self.unflushed;
            let write = async {
                match unsent {
                    _ if idle => std::future::pending().await,
                    [] => writer.flush().await.map(|()| 0),
                    unsent => writer.write(unsent).await,
                }
            };
            tokio::select! {
                read = self.reader.read(buffer) => return read.map(Moved::Read),
                written = write => match written {
                    Ok(0) => {
                        self.unflushed = false;
                        return Ok(Moved::Sent);
                    }
                    Ok(bytes) => {
                        self.sent += bytes;
                        self.unflushed = true;
                    }
                    Err(error) if is_closed(&error) => self.deaf = true,
                    Err(error) => return Err(error),
                }
            }
        }
    }

    /// Lets the peer see a clean end.
    pub(super) async fn shut_down(mut self) {
        let _ = time::timeout(SHUTDOWN, self.writer.shutdown()).await;
    }
}

fn is_closed(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionReset};
    matches!(error.kind(), BrokenPipe | ConnectionReset)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, BufStream, duplex};

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
        // Which of reading and writing comes first is left to chance.
        for _ in 0..50 {
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
    }
}
