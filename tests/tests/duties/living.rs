//! Living: a client shows a sign of life whatever else it has to do.

use std::fmt;
use std::fs;
use std::io;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use ovn_tests::duty::{DATABASE, ITEM};
use ovn_tests::sandbox::{READY, Schema};
use ovsdb_client::client::{Client, ReadOnly};
use ovsdb_client::dial::{Dial, Dialling, Stream};
use ovsdb_client::rpc::Framer;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

use crate::start::{builder, everything};

/// How long either side waits for an answer to its echo before it closes a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// The size of the rows that are read while the server asks: a quarter of what a large southbound
/// database comes to, since tests are built without optimization.
const LARGE: usize = 8 << 20;

/// A server that is a function of the test: it gets the other end of each connection.
struct Scripted(Arc<dyn Fn(DuplexStream) + Send + Sync>);

impl Scripted {
    fn new(serve: impl Fn(DuplexStream) + Send + Sync + 'static) -> Self {
        Self(Arc::new(serve))
    }
}

impl Dial for Scripted {
    fn dial(&self) -> Dialling<'_> {
        Box::pin(async {
            let (near, far) = tokio::io::duplex(64 * 1024);
            (self.0)(far);
            io::Result::Ok(Box::new(near) as Box<dyn Stream>)
        })
    }
}

impl fmt::Display for Scripted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("scripted")
    }
}

/// The server's end of a connection.
struct Peer {
    stream: DuplexStream,
    framer: Framer,
}

impl Peer {
    fn new(stream: DuplexStream) -> Self {
        let framer = Framer::default();
        Self { stream, framer }
    }

    async fn next(&mut self) -> Result<Value> {
        loop {
            if let Some(text) = self.framer.next_message()? {
                return Ok(serde_json::from_str(&text)?);
            }
            let mut buffer = [0; 4096];
            let count = self.stream.read(&mut buffer).await?;
            ensure!(count > 0, "the client closed");
            self.framer.push(&buffer[..count]);
        }
    }

    async fn send(&mut self, message: &str) -> Result<()> {
        Ok(self.stream.write_all(message.as_bytes()).await?)
    }

    /// Answers everything up to the request for rows, and gives that one's id.
    async fn until_monitor(&mut self) -> Result<Value> {
        let schema: Value = serde_json::from_str(&fs::read_to_string(Schema::duty().path())?)?;
        loop {
            let request = self.next().await?;
            let id = &request["id"];
            let answer = match (request["method"].as_str(), request["params"][0].as_str()) {
                (Some("monitor_cond_since"), _) => return Ok(id.clone()),
                (Some("get_schema"), Some(DATABASE)) => json!({"id": id, "result": schema}),
                _ => json!({"id": id, "error": "unknown"}),
            };
            self.send(&answer.to_string()).await?;
        }
    }

    /// Asks for a sign of life, and says how long it took.
    async fn echo(&mut self) -> Result<Duration> {
        let asked = Instant::now();
        self.send(r#"{"id":"echo","method":"echo","params":["still", {"there": 1}]}"#)
            .await?;
        loop {
            let answer = self.next().await?;
            if answer["id"] == "echo" {
                let expected =
                    json!({"id": "echo", "result": ["still", {"there": 1}], "error": null});
                ensure!(answer == expected, "{answer}");
                return Ok(asked.elapsed());
            }
        }
    }
}

/// 5: The application's thread is blocked for as long as the server has no answer to its echo.
#[tokio::test(flavor = "multi_thread")]
async fn an_echo_is_answered_while_the_application_blocks() -> Result<()> {
    let (answered, blocked) = mpsc::channel();
    let server = Scripted::new(move |stream| {
        let answered = answered.clone();
        tokio::spawn(async move {
            let took = Peer::new(stream).echo().await;
            let _ = answered.send(took);
        });
    });
    let _client: Client<ReadOnly> = builder().dial(server).connect().await?;
    // No await here: this thread does nothing else.
    let took = blocked.recv_timeout(READY).context("no answer came")??;
    ensure!(took < PATIENCE, "{took:?}");
    Ok(())
}

/// 5: The echo comes right behind rows that take long to read.
#[tokio::test(flavor = "multi_thread")]
async fn an_echo_behind_a_large_snapshot_is_answered_in_time() -> Result<()> {
    let (answered, blocked) = mpsc::channel();
    let server = Scripted::new(move |stream| {
        let answered = answered.clone();
        tokio::spawn(async move {
            let _ = answered.send(serve_large(Peer::new(stream)).await);
        });
    });
    let client: Client<ReadOnly> = builder().dial(server).connect().await?;
    let monitor = client.monitor(everything()).await?;
    let rows = monitor.snapshot().table(ITEM).context("the table")?.len();
    let took = blocked.recv_timeout(READY).context("no answer came")??;
    ensure!(took < PATIENCE, "{took:?}");
    println!("the answer behind {rows} rows took {took:?}");
    Ok(())
}

async fn serve_large(mut peer: Peer) -> Result<Duration> {
    let id = peer.until_monitor().await?;
    let mut rows = String::with_capacity(LARGE + 1024);
    let mut number = 0_u128;
    while rows.len() < LARGE {
        let comma = if number == 0 { "" } else { "," };
        let uuid = format!("{number:032x}");
        let uuid = [
            &uuid[..8],
            &uuid[8..12],
            &uuid[12..16],
            &uuid[16..20],
            &uuid[20..],
        ]
        .join("-");
        let tags = r#"["set",["neutron:device_owner","neutron:cidrs","external"]]"#;
        let options = r#"["map",[["addresses","0a:58:0a:f4:00:05 10.244.0.5"],["pod","true"]]]"#;
        rows.push_str(&format!(
            r#"{comma}"{uuid}":{{"initial":{{"name":"item{number}","number":{number},"tags":{tags},"options":{options}}}}}"#
        ));
        number += 1;
    }
    let none = "00000000-0000-0000-0000-000000000000";
    let reply =
        format!(r#"{{"id":{id},"result":[false,"{none}",{{"{ITEM}":{{{rows}}}}}],"error":null}}"#);
    peer.send(&reply).await?;
    peer.echo().await
}

/// 5, 6: After a stall of the whole process everything is overdue at once: a server whose bytes
/// wait to be read is not taken for a silent one.
#[tokio::test(start_paused = true)]
async fn a_server_that_spoke_during_a_stall_is_not_taken_for_silent() -> Result<()> {
    let (sender, mut peers) = tokio::sync::mpsc::unbounded_channel();
    let server = Scripted::new(move |stream| drop(sender.send(stream)));
    let client: Client<ReadOnly> = builder().dial(server).connect().await?;
    let mut peer = Peer::new(peers.recv().await.context("a connection")?);
    for _ in 0..20 {
        let asked = peer.next().await?;
        ensure!(asked["method"] == "echo", "{asked}");
        let answer = json!({"id": asked["id"], "result": [], "error": null}).to_string();
        // The answer comes just in time, in the middle of a stall that ends after that time.
        let answering = tokio::spawn(async move {
            tokio::time::sleep(PATIENCE - Duration::from_millis(1)).await;
            peer.send(&answer).await?;
            anyhow::Ok(peer)
        });
        tokio::task::yield_now().await;
        tokio::time::advance(2 * PATIENCE).await;
        peer = answering.await??;
        if let Some(lost) = client.lost() {
            bail!("{lost:?}");
        }
    }
    Ok(())
}
