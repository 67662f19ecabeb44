//! Sockets that are listened on.

use std::fmt;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};

use tokio::net::{TcpListener, TcpSocket, UnixListener, UnixSocket};

use crate::dial::Stream;

/// How many callers may wait to be taken.
/// **Default and why**: 16; there is one server, and the newest connection wins.
const BACKLOG: u32 = 16;

/// A socket that is listened on.
#[derive(Debug)]
pub(super) enum Socket {
    Tcp(TcpListener),
    Unix {
        listener: UnixListener,
        /// Held for its end.
        _file: SocketFile,
    },
}

impl Socket {
    pub(super) fn bind_tcp(address: SocketAddr) -> io::Result<Self> {
        let socket = match address {
            SocketAddr::V4(_) => TcpSocket::new_v4()?,
            SocketAddr::V6(_) => TcpSocket::new_v6()?,
        };
        // The port is free again as soon as this program has let it go.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        Ok(Self::Tcp(socket.listen(BACKLOG)?))
    }

    /// Makes a unix socket that only this user may call, in place of one that nobody listens on
    /// any more.
    pub(super) fn bind_unix(path: &Path) -> io::Result<Self> {
        remove_stale(path)?;
        let socket = UnixSocket::new_stream()?;
        socket.bind(path)?;
        let file = SocketFile::of(path)?;
        // Before it listens nobody can call: there is no moment at which others could.
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
        let listener = socket.listen(BACKLOG)?;
        Ok(Self::Unix {
            listener,
            _file: file,
        })
    }

    /// The address, where the socket has one.
    pub(super) fn address(&self) -> Option<SocketAddr> {
        match self {
            Self::Tcp(listener) => listener.local_addr().ok(),
            Self::Unix { .. } => None,
        }
    }

    /// The next connection, and who calls.
    pub(super) async fn accept(&self) -> io::Result<(Box<dyn Stream>, Caller)> {
        match self {
            Self::Tcp(listener) => {
                let (stream, address) = listener.accept().await?;
                // Requests are small and each waits for its answer.
                stream.set_nodelay(true)?;
                Ok((Box::new(stream), Caller(Some(address))))
            }
            Self::Unix { listener, .. } => {
                let (stream, _) = listener.accept().await?;
                Ok((Box::new(stream), Caller(None)))
            }
        }
    }
}

/// Who calls, for logs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller(Option<SocketAddr>);

impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(address) => address.fmt(f),
            None => f.write_str("a process of this host"),
        }
    }
}

/// A socket's file, removed when it is dropped unless another one has taken its place.
#[derive(Debug)]
pub(super) struct SocketFile {
    path: PathBuf,
    identity: (u64, u64),
}

impl SocketFile {
    fn of(path: &Path) -> io::Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            identity: identity(path)?,
        })
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        if identity(&self.path).is_ok_and(|identity| identity == self.identity) {
            // A file that cannot be removed is stale, and the next program to bind sees that.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    let metadata = fs::symlink_metadata(path)?;
    Ok((metadata.dev(), metadata.ino()))
}

/// Removes a socket's file that a program left behind. A file of another kind stays, and so does
/// a socket that somebody listens on; binding then says that the address is in use.
fn remove_stale(path: &Path) -> io::Result<()> {
    let is_socket =
        fs::symlink_metadata(path).is_ok_and(|metadata| metadata.file_type().is_socket());
    if !is_socket {
        return Ok(());
    }
    // A datagram cannot reach a stream socket, but the attempt tells whether one is open, without
    // a wait and without being a connection there.
    match UnixDatagram::unbound()?.connect(path) {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => fs::remove_file(path),
        _ => Ok(()),
    }
}
