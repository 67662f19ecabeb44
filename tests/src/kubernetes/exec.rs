//! Commands over WebSockets: the channels of the kubelet's side.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Context, Result};
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin};
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Message, protocol::Role};

use crate::kubernetes::command::{self, NotFound};
use crate::kubernetes::fault::Faults;
use crate::kubernetes::pod::Pod;

/// The most bytes in one message to the caller, as real servers have it.
const MAX_MESSAGE: usize = 32 * 1024;
/// How many messages wait to be sent.
const WAITING: usize = 4;

/// The names of the versions, the best first.
pub(super) const VERSION_5: &str = "v5.channel.k8s.io";
pub(super) const VERSION_4: &str = "v4.channel.k8s.io";

type Socket = WebSocketStream<TokioIo<Upgraded>>;

/// Something for the caller.
enum Outgoing {
    Message(Vec<u8>),
    /// The connection breaks without a word.
    Break,
}

/// Carries a command out for the caller at the other end, until the command has ended.
pub(super) async fn carry(
    upgraded: Upgraded,
    version_5: bool,
    pod: Pod,
    argv: Vec<String>,
    faults: Faults,
) -> Result<()> {
    let mut socket =
        WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, None).await;
    for channel in [1, 2, 3] {
        socket.send(message(channel, &[])).await?;
    }
    if faults.nonsense {
        socket.send(Message::text("hello")).await?;
    }
    if faults.stuck_commands {
        // Until the caller gives up.
        while let Some(Ok(_)) = socket.next().await {}
        return Ok(());
    }
    match command::start(&pod, &argv)? {
        Ok(child) => converse(socket, version_5, child, &faults).await,
        Err(NotFound(words)) => {
            let status = json!({"metadata": {}, "status": "Failure", "message": words, "reason": "InternalError", "details": {"causes": [{"message": words}]}, "code": 500});
            finish(&mut socket, &status).await
        }
    }
}

async fn converse(
    socket: Socket,
    version_5: bool,
    mut child: Child,
    faults: &Faults,
) -> Result<()> {
    let stdin = child.stdin.take().context("no standard input")?;
    let stdout = child.stdout.take().context("no standard output")?;
    let stderr = child.stderr.take().context("no standard error")?;
    let (sink, source) = socket.split();
    let alive = Arc::new(Mutex::new(Instant::now()));
    let (outgoing, mut waiting) = mpsc::channel(WAITING);
    // The caller's side of the command: when it ends, so does the command's input.
    let mut listening = tokio::spawn(listen(source, stdin, version_5, Arc::clone(&alive)));
    let mut sink = sink;
    let mut speaking = tokio::spawn(async move {
        while let Some(next) = waiting.recv().await {
            match next {
                Outgoing::Message(bytes) => sink.send(Message::binary(bytes)).await.ok()?,
                Outgoing::Break => return None,
            }
        }
        Some(sink)
    });
    let bytes = [
        faults.kubelet_dies_after,
        faults.server_dies_after,
        faults.command_dies_after,
        faults.freezes_after,
    ];
    let limit = bytes.into_iter().flatten().min();
    if faults.chatter > 0 {
        let noise = vec![b'x'; faults.chatter];
        for part in noise.chunks(MAX_MESSAGE) {
            let message = [&[2], part].concat();
            let _ = outgoing.send(Outgoing::Message(message)).await;
        }
    }
    let mut output = tokio::spawn(speak(
        stdout,
        1,
        outgoing.clone(),
        limit,
        Arc::clone(&alive),
    ));
    let complaints = tokio::spawn(speak(stderr, 2, outgoing.clone(), None, Arc::clone(&alive)));
    let idle = async {
        let Some(most) = faults.idle_limit else {
            return std::future::pending().await;
        };
        loop {
            let quiet = alive
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .elapsed();
            match most.checked_sub(quiet) {
                Some(left) => tokio::time::sleep(left).await,
                None => return,
            }
        }
    };
    let mut broke = false;
    let cut = tokio::select! {
        cut = &mut output => cut.context("no output")?,
        // A caller that has vanished is not spoken to any more.
        _ = &mut speaking => {
            broke = true;
            false
        }
        () = idle => {
            let _ = outgoing.send(Outgoing::Break).await;
            broke = true;
            false
        }
    };
    let mut died = None;
    if cut && faults.freezes_after.is_some() {
        // The caller is still there, and hears nothing any more.
        let _ = (&mut listening).await;
        let _ = outgoing.send(Outgoing::Break).await;
        broke = true;
    } else if cut && faults.server_dies_after.is_some() {
        let _ = outgoing.send(Outgoing::Break).await;
        broke = true;
    } else if cut {
        if faults.command_dies_after.is_some() {
            died = Some(killed());
        } else {
            died = Some(success());
        }
    }
    if cut || broke {
        // What the caller sent last is of no use to a command that is gone.
        listening.abort();
        let _ = (&mut listening).await;
    }
    // It is not killed: its input has ended or will, and it must end by itself.
    let status = child.wait().await?;
    complaints.await?;
    drop(outgoing);
    listening.abort();
    if broke {
        return Ok(());
    }
    let Ok(Some(sink)) = speaking.await else {
        return Ok(());
    };
    let mut sink = sink;
    let status = died.unwrap_or_else(|| match status.code() {
        Some(0) => success(),
        Some(code) => json!({
            "metadata": {},
            "status": "Failure",
            "message": format!("command terminated with non-zero exit code: exit status {code}"),
            "reason": "NonZeroExitCode",
            "details": {"causes": [{"reason": "ExitCode", "message": code.to_string()}]},
        }),
        None => killed(),
    });
    sink.send(message(3, status.to_string().as_bytes())).await?;
    sink.send(Message::Close(None)).await?;
    Ok(())
}

fn success() -> Value {
    json!({"metadata": {}, "status": "Success"})
}

fn killed() -> Value {
    json!({
        "metadata": {},
        "status": "Failure",
        "message": "command terminated with non-zero exit code: exit status 137",
        "reason": "NonZeroExitCode",
        "details": {"causes": [{"reason": "ExitCode", "message": "137"}]},
    })
}

/// Sends the output of a command; gives whether it was cut at the limit.
async fn speak(
    mut from: impl AsyncRead + Unpin,
    channel: u8,
    outgoing: mpsc::Sender<Outgoing>,
    limit: Option<usize>,
    alive: Arc<Mutex<Instant>>,
) -> bool {
    let mut buffer = vec![0; MAX_MESSAGE];
    let mut left = limit.unwrap_or(usize::MAX);
    while let Ok(count @ 1..) = from.read(&mut buffer).await {
        let count = count.min(left);
        *alive.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        left -= count;
        let mut bytes = vec![channel];
        bytes.extend_from_slice(&buffer[..count]);
        if outgoing.send(Outgoing::Message(bytes)).await.is_err() {
            return false;
        }
        if left == 0 {
            return true;
        }
    }
    false
}

/// Takes what the caller sends, until it ends the input or is gone.
async fn listen(
    mut source: impl StreamExt<Item = Result<Message, tokio_tungstenite::tungstenite::Error>> + Unpin,
    mut stdin: ChildStdin,
    version_5: bool,
    alive: Arc<Mutex<Instant>>,
) {
    while let Some(Ok(message)) = source.next().await {
        let Message::Binary(bytes) = message else {
            if matches!(message, Message::Close(_)) {
                return;
            }
            continue;
        };
        *alive.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        match bytes.split_first() {
            Some((0, data)) => {
                if stdin.write_all(data).await.is_err() {
                    return;
                }
                let _ = stdin.flush().await;
            }
            Some((255, [0])) if version_5 => {
                drop(stdin);
                // What else the caller says concerns no one.
                while let Some(Ok(_)) = source.next().await {}
                return;
            }
            _ => {}
        }
    }
}

fn message(channel: u8, data: &[u8]) -> Message {
    let mut bytes = vec![channel];
    bytes.extend_from_slice(data);
    Message::Binary(Bytes::from(bytes))
}

async fn finish(socket: &mut Socket, status: &Value) -> Result<()> {
    socket
        .send(message(3, status.to_string().as_bytes()))
        .await?;
    socket.send(Message::Close(None)).await?;
    // The caller closes its end.
    while let Some(Ok(_)) = socket.next().await {}
    Ok(())
}
