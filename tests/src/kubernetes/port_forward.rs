//! Ports of a pod over a WebSocket: for the port at place i of the request, channel 2i has the
//! bytes and 2i+1 an error; the first message on each is the port, little-endian.
//!
//! **Source**: k8s.io/kubelet `pkg/cri/streaming/portforward/websocket.go`, version
//! `v4.channel.k8s.io`.

use std::collections::HashMap;

use anyhow::Result;
use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedWriteHalf;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Message, protocol::Role};

use crate::kubernetes::pod::Pod;

/// How many messages wait to be sent.
const WAITING: usize = 4;
/// The most bytes in one message.
const MAX_MESSAGE: usize = 4 * 1024;

/// Carries connections with ports of the pod until all of them or the caller end.
pub(super) async fn carry(upgraded: Upgraded, pod: Pod, ports: Vec<u16>) -> Result<()> {
    let socket = WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, None).await;
    let (mut sink, mut source) = socket.split();
    for (place, port) in (0_u8..).zip(&ports) {
        let [low, high] = port.to_le_bytes();
        for channel in [2 * place, 2 * place + 1] {
            sink.send(Message::binary(vec![channel, low, high])).await?;
        }
    }
    let (outgoing, mut waiting) = mpsc::channel::<Vec<u8>>(WAITING);
    let mut inputs: HashMap<u8, OwnedWriteHalf> = HashMap::new();
    let mut outputs = JoinSet::new();
    for (place, port) in (0_u8..).zip(&ports) {
        let connected = match pod.listens.get(port) {
            Some(address) => TcpStream::connect(address).await,
            None => Err(std::io::ErrorKind::ConnectionRefused.into()),
        };
        match connected {
            Ok(stream) => {
                let (mut output, input) = stream.into_split();
                inputs.insert(2 * place, input);
                let outgoing = outgoing.clone();
                outputs.spawn(async move {
                    let mut buffer = vec![0; MAX_MESSAGE];
                    while let Ok(count @ 1..) = output.read(&mut buffer).await {
                        let mut message = vec![2 * place];
                        message.extend_from_slice(&buffer[..count]);
                        if outgoing.send(message).await.is_err() {
                            return;
                        }
                    }
                });
            }
            Err(_) => {
                let mut message = vec![2 * place + 1];
                message.extend_from_slice(
                    format!("error forwarding port {port} to pod 5b1c, uid : failed to execute portforward in network namespace \"host\": failed to connect to localhost:{port} inside namespace \"5b1c\", IPv4: dial tcp4 127.0.0.1:{port}: connect: connection refused").as_bytes(),
                );
                sink.send(Message::binary(message)).await?;
            }
        }
    }
    drop(outgoing);
    let mut listening = tokio::spawn(async move {
        while let Some(Ok(message)) = source.next().await {
            let Message::Binary(bytes) = message else {
                if matches!(message, Message::Close(_)) {
                    return;
                }
                continue;
            };
            if let Some((channel, data)) = bytes.split_first()
                && let Some(input) = inputs.get_mut(channel)
                && input.write_all(data).await.is_err()
            {
                return;
            }
        }
    });
    loop {
        tokio::select! {
            next = waiting.recv() => match next {
                Some(message) => sink.send(Message::binary(message)).await?,
                // All of the pod's ends have closed.
                None => break,
            },
            _ = &mut listening => break,
        }
    }
    listening.abort();
    outputs.abort_all();
    let _ = sink.send(Message::Close(None)).await;
    Ok(())
}
