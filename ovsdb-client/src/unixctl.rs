//! The daemons' control sockets: `ovs-appctl` without the command.
//!
//! Every daemon of Open vSwitch and OVN listens on one (`ovs-vswitchd.1234.ctl`) and answers
//! commands such as `ofproto/trace` or `coverage/show` with text. The name of a command and its
//! arguments are data: no shell sees them, and none is taken for an option.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use ovsdb_client::endpoint::Endpoint;
//! use ovsdb_client::unixctl::Unixctl;
//!
//! let endpoint: Endpoint = "unix:/run/openvswitch/ovs-vswitchd.1234.ctl".parse()?;
//! let mut vswitchd = Unixctl::connect(&endpoint).await?;
//! let flows = vswitchd.call("dpctl/dump-flows", &["-m"]).await?;
//! # Ok(())
//! # }
//! ```
//!
//! **Source**: ovs-appctl(8); `lib/unixctl.c` of Open vSwitch: JSON-RPC 1.0 with the command for
//! the method and strings for parameters, answered with one string.

mod answer;

use std::io;
use std::sync::Arc;

use thiserror::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use self::answer::decode;
use crate::dial::{Dial, Stream};
use crate::rpc::{Framer, encode_request};

/// How many bytes are read at once.
/// **Default and why**: 64 KiB; dumps of flows are large.
const READ_BYTES: usize = 64 * 1024;

/// A command failed.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum UnixctlError {
    /// No connection could be made. Trying again later may help.
    #[error("no connection to the control socket could be made")]
    Dial(#[source] Arc<io::Error>),
    /// The connection was lost before the answer came. A command that only reads can be given
    /// again on a new one; whether another one was carried out is not known.
    #[error("the connection to the control socket was lost")]
    Lost(#[source] Arc<io::Error>),
    /// The daemon has no such command.
    #[error("the daemon has no command {0:?}")]
    UnknownCommand(String),
    /// The daemon refused the command: its arguments are wrong, or it could not be carried out.
    #[error("the daemon refused {command:?}: {message}")]
    Refused {
        /// The command.
        command: String,
        /// What the daemon said, without the line feed at its end.
        message: String,
    },
    /// The answer is none that a daemon gives. The connection is of no use any more.
    #[error("the daemon's answer cannot be read: {0}")]
    Answer(String),
    /// The command or an argument holds a NUL character, on which a daemon closes the connection.
    /// Nothing was sent.
    #[error("a NUL character in {0:?} cannot be sent")]
    Argument(String),
}

/// A connection to a daemon's control socket.
///
/// A daemon carries out the commands of one connection one after the other, so there is one call
/// at a time; for several, connect several times.
pub struct Unixctl {
    stream: Box<dyn Stream>,
    framer: Framer,
    next_id: u64,
    /// What of the last request is still to be written.
    unsent: Vec<u8>,
    buffer: Vec<u8>,
}

impl std::fmt::Debug for Unixctl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unixctl")
            .field("calls", &self.next_id)
            .finish_non_exhaustive()
    }
}

impl Unixctl {
    /// Connects to a control socket.
    ///
    /// # Errors
    /// [`UnixctlError::Dial`] when no connection could be made.
    ///
    /// # Cancel safety
    /// Dropping the future gives the attempt up.
    pub async fn connect(dial: &impl Dial) -> Result<Self, UnixctlError> {
        match dial.dial().await {
            Ok(stream) => Ok(Self::over(stream)),
            Err(error) => Err(UnixctlError::Dial(Arc::new(error))),
        }
    }

    /// Speaks to a daemon over a stream that is there already.
    pub fn over(stream: Box<dyn Stream>) -> Self {
        Self {
            stream,
            framer: Framer::default(),
            next_id: 0,
            unsent: Vec::new(),
            buffer: vec![0; READ_BYTES],
        }
    }

    /// Gives a command and waits for the text it answers, however long that takes: put a time-out
    /// round it where the daemon may be stuck.
    ///
    /// # Errors
    /// [`UnixctlError`]; after [`UnixctlError::UnknownCommand`] and [`UnixctlError::Refused`] the
    /// connection goes on.
    ///
    /// # Cancel safety
    /// The connection stays of use when the future is dropped: the next call first writes what of
    /// this one is not yet written, and passes its late answer over. The daemon carries the
    /// command out all the same, and the next one only after it.
    pub async fn call(
        &mut self,
        command: &str,
        arguments: &[&str],
    ) -> Result<String, UnixctlError> {
        let mut words = std::iter::once(&command).chain(arguments);
        if let Some(word) = words.find(|word| word.contains('\0')) {
            return Err(UnixctlError::Argument((*word).to_owned()));
        }
        let id = self.next_id;
        let request = encode_request(id, command, &arguments)
            .map_err(|error| UnixctlError::Answer(error.to_string()))?;
        self.next_id += 1;
        self.unsent.extend_from_slice(&request);
        self.exchange(command, id).await
    }

    async fn exchange(&mut self, command: &str, id: u64) -> Result<String, UnixctlError> {
        let lost = |error: io::Error| UnixctlError::Lost(Arc::new(error));
        loop {
            while let Some(message) = self
                .framer
                .next_message()
                .map_err(|error| UnixctlError::Answer(error.to_string()))?
            {
                if let Some(answer) = decode(&message, command, id)? {
                    return answer;
                }
            }
            if !self.unsent.is_empty() {
                match self.stream.write(&self.unsent).await.map_err(lost)? {
                    0 => return Err(lost(io::ErrorKind::WriteZero.into())),
                    written => drop(self.unsent.drain(..written)),
                }
                continue;
            }
            match self.stream.read(&mut self.buffer).await.map_err(lost)? {
                0 => return Err(lost(io::ErrorKind::UnexpectedEof.into())),
                bytes => self.framer.push(&self.buffer[..bytes]),
            }
        }
    }
}
