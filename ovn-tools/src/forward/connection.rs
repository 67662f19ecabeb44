//! One client of a forwarded socket, and the stream to the pod that is its own.

use std::io;

use ovsdb_client::dial::Stream;
use ovsdb_client::rpc::Framer;
use tokio::io::{
    AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional_with_sizes,
};
use tokio::net::UnixStream;
use tokio::sync::mpsc;

use crate::forward::boundary::Boundary;
use crate::forward::judge::{Speech, Verdict};

/// How many bytes are carried at once.
/// **Default and why**: 64 KiB, twice what an API server puts into one message.
const CARRIED: usize = 64 * 1024;

/// The longest request, in bytes.
/// **Default and why**: 16 MiB, far more than any question; a client that never ends its message
/// must not fill the memory.
const MAX_REQUEST: usize = 16 * 1024 * 1024;

/// How many refusals wait to be written.
const WAITING: usize = 16;

/// Carries bytes both ways as they are.
pub(super) async fn carry(mut local: UnixStream, mut remote: Box<dyn Stream>) -> io::Result<()> {
    copy_bidirectional_with_sizes(&mut local, &mut remote, CARRIED, CARRIED)
        .await
        .map(drop)
}

/// Carries what only reads to the server, and everything back; `told` learns what was refused.
pub(super) async fn guard(
    local: UnixStream,
    remote: Box<dyn Stream>,
    speech: Speech,
    told: impl Fn(String),
) -> io::Result<()> {
    let (from_client, to_client) = local.into_split();
    let (from_server, to_server) = tokio::io::split(remote);
    let (refusals, refused) = mpsc::channel(WAITING);
    // Whoever ends first ends both: a bridge cannot be half closed and lose nothing.
    tokio::select! {
        asked = ask(from_client, to_server, speech, refusals, told) => asked,
        answered = answer(from_server, to_client, refused) => answered,
    }
}

async fn ask(
    mut client: impl AsyncRead + Unpin,
    mut server: impl AsyncWrite + Unpin,
    speech: Speech,
    refusals: mpsc::Sender<Vec<u8>>,
    told: impl Fn(String),
) -> io::Result<()> {
    let mut framer = Framer::default();
    let mut buffer = vec![0; CARRIED];
    let wrong = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
    loop {
        let count = client.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        framer.push(&buffer[..count]);
        while let Some(message) = framer
            .next_message()
            .map_err(|error| wrong(error.to_string()))?
        {
            match speech.judge(&message) {
                Verdict::Pass(bytes) => server.write_all(&bytes).await?,
                Verdict::Refuse(bytes, what) => {
                    told(what);
                    if refusals.send(bytes).await.is_err() {
                        return Ok(());
                    }
                }
                Verdict::Break(why) => return Err(wrong(why)),
            }
        }
        server.flush().await?;
        if framer.pending() > MAX_REQUEST {
            return Err(wrong(format!(
                "a request is longer than {MAX_REQUEST} bytes"
            )));
        }
    }
}

async fn answer(
    mut server: impl AsyncRead + Unpin,
    mut client: impl AsyncWrite + Unpin,
    mut refused: mpsc::Receiver<Vec<u8>>,
) -> io::Result<()> {
    let mut boundary = Boundary::default();
    let mut buffer = vec![0; CARRIED];
    // Whether anybody may still refuse something.
    let mut judging = true;
    loop {
        tokio::select! {
            count = server.read(&mut buffer) => {
                let count = count?;
                if count == 0 {
                    return Ok(());
                }
                boundary.pass(&buffer[..count]);
                client.write_all(&buffer[..count]).await?;
            }
            refusal = refused.recv(), if judging && boundary.is_between() => match refusal {
                Some(refusal) => client.write_all(&refusal).await?,
                None => judging = false,
            },
        }
    }
}
