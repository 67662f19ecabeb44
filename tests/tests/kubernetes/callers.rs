//! Many callers of one server, each with the rights of their own token and none besides.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use http::{Method, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use ovn_mcp_server::config::Config;
use ovn_mcp_server::http::{Listener, Settings};
use ovn_mcp_server::limit::Limits;
use ovn_mcp_server::listen::Admission;
use ovn_mcp_server::offer::Offer;
use ovn_mcp_server::server::Server;
use ovn_mcp_server::tool::Toolset;
use ovn_tests::kubernetes::{Denied, Faults, KubeCluster};
use ovn_tools::access::{Cluster, Source};
use serde_json::{Value as Json, json};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::scene::{Scene, nothing_runs};

/// A server over a cluster that callers read as themselves.
struct Web {
    address: String,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

/// What was answered.
struct Answered {
    status: StatusCode,
    session: Option<String>,
    challenge: Option<String>,
    body: String,
}

/// What a request says of itself.
#[derive(Clone, Copy, Default)]
struct Head<'a> {
    token: Option<&'a str>,
    session: Option<&'a str>,
}

impl Web {
    /// The kubeconfig that the server itself has is alice's.
    async fn start(cluster: &KubeCluster, sessions: bool) -> Result<Self> {
        // Kept a little longer than a question takes, and no longer than a test waits.
        let own = Cluster::current()
            .kubeconfig(cluster.kubeconfig())
            .idle(Duration::from_secs(3));
        let config = Config::new(vec![Source::Kube(own)], None, None)?.for_callers()?;
        let offer = Offer::new(&Toolset::ALL, &[], &[])
            .map_err(|failure| anyhow::anyhow!(failure.text()))?;
        let listener = Listener::bind(Settings {
            place: "127.0.0.1:0".parse()?,
            admission: Admission {
                callers: true,
                ..Admission::default()
            },
            sessions,
            limits: Limits::default(),
        });
        let listener = listener.await?;
        let url = listener.url();
        let address = url
            .strip_prefix("http://")
            .and_then(|rest| rest.strip_suffix("/mcp"))
            .context("an address")?
            .to_owned();
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(async move {
            let server = Server::new(&config, offer);
            let used = server.clone();
            listener
                .serve(server, async {
                    let _ = stopped.await;
                })
                .await;
            used.close().await;
        });
        Ok(Self {
            address,
            stop,
            serving,
        })
    }

    async fn ask(&self, method: Method, head: Head<'_>, message: &Json) -> Result<Answered> {
        let stream = TcpStream::connect(&self.address).await?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let mut request = http::Request::builder()
            .method(method)
            .uri("/mcp")
            .header("host", &self.address)
            .header("content-type", "application/json")
            .header("accept", "application/json, text/event-stream")
            .header("mcp-protocol-version", "2025-11-25");
        if let Some(token) = head.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some(session) = head.session {
            request = request.header("mcp-session-id", session);
        }
        let request = request.body(Full::new(Bytes::from(message.to_string())))?;
        let answer = sender.send_request(request).await?;
        let text = |name: &str| {
            let value = answer.headers().get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        let (status, session, challenge) = (
            answer.status(),
            text("mcp-session-id"),
            text("www-authenticate"),
        );
        let body = answer.into_body().collect().await?.to_bytes();
        Ok(Answered {
            status,
            session,
            challenge,
            body: String::from_utf8(body.to_vec())?,
        })
    }

    /// What a tool answers somebody: the text that an agent sees.
    async fn call(&self, head: Head<'_>, tool: &str, arguments: Json) -> Result<String> {
        let message = json!({"jsonrpc": "2.0", "id": 7, "method": "tools/call",
            "params": {"name": tool, "arguments": arguments}});
        let answered = self.ask(Method::POST, head, &message).await?;
        anyhow::ensure!(answered.status == StatusCode::OK, "{}", answered.body);
        let data = answered
            .body
            .lines()
            .filter_map(|line| line.strip_prefix("data:"))
            .map(str::trim)
            .rfind(|data| !data.is_empty());
        let answer: Json = serde_json::from_str(data.unwrap_or(&answered.body))?;
        let text = answer["result"]["content"][0]["text"].as_str();
        Ok(text.with_context(|| answer.to_string())?.to_owned())
    }

    /// The names of the switches that somebody sees.
    async fn switches(&self, token: &str) -> Result<String> {
        let head = Head {
            token: Some(token),
            session: None,
        };
        let arguments = json!({"db": "nb", "table": "Logical_Switch", "columns": ["name"]});
        self.call(head, "rows_find", arguments).await
    }

    async fn end(self, cluster: &KubeCluster) -> Result<()> {
        let _ = self.stop.send(());
        self.serving.await?;
        nothing_runs(cluster).await
    }
}

fn streams_opened(cluster: &KubeCluster) -> usize {
    let requests = cluster.requests();
    let exec = requests.iter().filter(|request| request.contains("/exec?"));
    exec.count()
}

/// A cluster where one user may not do something.
fn denying(user: &str, verb: &str, resource: &str) -> Faults {
    Faults {
        denied: vec![Denied {
            user: Some(user.to_owned()),
            ..Denied::everywhere(verb, resource)
        }],
        ..Faults::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_without_a_right_sees_nothing_through_the_stream_of_one_with_it() -> Result<()> {
    let scene = Scene::start().await?;
    let web = Web::start(&scene.cluster, false).await?;
    scene
        .cluster
        .set_faults(denying("bob", "create", "pods/exec"));
    for _ in 0..2 {
        let alice = web.switches("alice-token").await?;
        assert!(alice.contains("sw0"), "{alice}");
        let bob = web.switches("bob-token").await?;
        assert!(!bob.contains("sw0"), "{bob}");
        assert!(
            bob.contains("forbidden: the verbs get and create on pods/exec are needed"),
            "{bob}"
        );
    }
    let running = scene.cluster.running();
    assert_eq!(running, 1, "alice's stream alone is kept, and used again");

    // With the right bob gets a stream of his own, and alice keeps hers.
    scene.cluster.set_faults(Faults::default());
    let opened = streams_opened(&scene.cluster);
    let bob = web.switches("bob-token").await?;
    assert!(bob.contains("sw0"), "{bob}");
    assert_eq!(scene.cluster.running(), 2);
    assert_eq!(streams_opened(&scene.cluster), opened + 1);
    web.end(&scene.cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_right_that_is_withdrawn_ends_the_use_of_a_kept_stream() -> Result<()> {
    let scene = Scene::start().await?;
    let web = Web::start(&scene.cluster, false).await?;
    assert!(web.switches("alice-token").await?.contains("sw0"));
    assert_eq!(scene.cluster.running(), 1);
    scene
        .cluster
        .set_faults(denying("alice", "get", "pods/exec"));
    let alice = web.switches("alice-token").await?;
    assert!(
        !alice.contains("sw0") && alice.contains("forbidden: "),
        "{alice}"
    );
    web.end(&scene.cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn objects_are_listed_under_the_rights_of_whoever_asks() -> Result<()> {
    let scene = Scene::start().await?;
    scene.cluster.add_object(json!({"apiVersion": "v1", "kind": "Service",
        "metadata": {"name": "shop-front", "namespace": "shop"}, "spec": {"clusterIP": "10.96.0.10"}}));
    let web = Web::start(&scene.cluster, false).await?;
    scene.cluster.set_faults(denying("bob", "list", "services"));
    let list = async |token| {
        let head = Head {
            token: Some(token),
            session: None,
        };
        let arguments = json!({"kind": "services"});
        web.call(head, "resource_list", arguments).await
    };
    let (alice, bob) = (list("alice-token").await?, list("bob-token").await?);
    assert!(alice.contains("shop-front"), "{alice}");
    assert!(!bob.contains("shop-front"), "{bob}");
    assert!(
        bob.contains("User \\\"bob\\\" cannot list") || bob.contains("User \"bob\" cannot list"),
        "{bob}"
    );
    web.end(&scene.cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_expired_token_is_told_and_shows_nothing_that_is_kept() -> Result<()> {
    let scene = Scene::start().await?;
    let web = Web::start(&scene.cluster, false).await?;
    let stranger = web.switches("nobody-knows-me").await?;
    assert!(
        stranger.contains("does not know who asks (401): the token has expired"),
        "{stranger}"
    );
    assert!(web.switches("alice-token").await?.contains("sw0"));
    scene.cluster.set_faults(Faults {
        unauthorized: true,
        ..Faults::default()
    });
    let alice = web.switches("alice-token").await?;
    assert!(
        !alice.contains("sw0") && alice.contains("(401): the token has expired"),
        "{alice}"
    );
    web.end(&scene.cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rights_of_the_server_itself_are_never_used() -> Result<()> {
    let scene = Scene::start().await?;
    let web = Web::start(&scene.cluster, false).await?;
    let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"});
    let nobody = web.ask(Method::POST, Head::default(), &list).await?;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        nobody.challenge.as_deref(),
        Some("Bearer realm=\"ovnscope\"")
    );
    assert_eq!(
        nobody.body,
        "send your own token of the cluster in a header: Authorization: Bearer TOKEN; this \
         server reads nothing with rights of its own\n"
    );
    let garbled = Head {
        token: Some("two words"),
        session: None,
    };
    let garbled = web.ask(Method::POST, garbled, &list).await?;
    assert_eq!(garbled.status, StatusCode::UNAUTHORIZED);
    assert_eq!(scene.cluster.requests(), [""; 0], "nobody asks the cluster");

    // The kubeconfig is alice's; what bob asks is asked as bob alone.
    for tool in ["sources_list", "health_check", "daemon_status"] {
        let head = Head {
            token: Some("bob-token"),
            session: None,
        };
        web.call(head, tool, json!({})).await?;
    }
    assert!(web.switches("bob-token").await?.contains("sw0"));
    assert_eq!(scene.cluster.askers(), ["Bearer bob-token"]);

    // Nor is a source read that has no rights but the server's.
    let config = Config::new(vec!["unix:/run/nb.sock".parse()?], None, None)?;
    let refusal = config.for_callers().map(|_| ()).expect_err("refused");
    insta::assert_snapshot!(refusal, @"unix:/run/nb.sock is read with the rights of this program, and with --user-tokens nothing may be: name clusters alone, as in --source kube");
    web.end(&scene.cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_is_of_whoever_began_it() -> Result<()> {
    let scene = Scene::start().await?;
    let web = Web::start(&scene.cluster, true).await?;
    let begin = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"}}});
    let alice = Head {
        token: Some("alice-token"),
        session: None,
    };
    let begun = web.ask(Method::POST, alice, &begin).await?;
    let session = begun.session.with_context(|| begun.body.clone())?;
    let alice = Head {
        session: Some(&session),
        ..alice
    };
    let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    let ready = web.ask(Method::POST, alice, &ready).await?;
    assert_eq!(ready.status, StatusCode::ACCEPTED);
    let arguments = json!({"db": "nb", "table": "Logical_Switch", "columns": ["name"]});
    let seen = web.call(alice, "rows_find", arguments).await?;
    assert!(seen.contains("sw0"), "{seen}");

    let bob = Head {
        token: Some("bob-token"),
        ..alice
    };
    let list = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"});
    for method in [Method::POST, Method::GET, Method::DELETE] {
        let refused = web.ask(method, bob, &list).await?;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
        assert_eq!(
            refused.body,
            "there is no such session of whoever sent this token: begin a new one\n"
        );
    }
    // It was not ended by that.
    let listed = web.ask(Method::POST, alice, &list).await?;
    assert_eq!(listed.status, StatusCode::OK);
    let ended = web.ask(Method::DELETE, alice, &json!({})).await?;
    assert_eq!(ended.status, StatusCode::ACCEPTED);
    web.end(&scene.cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_token_is_in_the_log_however_much_is_logged() -> Result<()> {
    let scene = Scene::start().await?;
    let mut child = Command::new(env!("CARGO_BIN_EXE_ovnscope-tested"))
        .args(["mcp", "--user-tokens", "--listen", "127.0.0.1:0"])
        .args(["--source", "kube:bob"])
        .env("KUBECONFIG", scene.cluster.kubeconfig())
        .env("OVNSCOPE_LOG", "trace")
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut stderr = BufReader::new(child.stderr.take().context("a pipe")?);
    let mut log = String::new();
    let address = loop {
        let mut line = String::new();
        anyhow::ensure!(stderr.read_line(&mut line)? > 0, "{log}");
        log.push_str(&line);
        let url = line.trim().strip_prefix("note: serving MCP at http://");
        if let Some(address) = url.and_then(|url| url.strip_suffix("/mcp")) {
            break address.to_owned();
        }
    };
    let reading = std::thread::spawn(move || {
        let mut rest = Vec::new();
        stderr.read_to_end(&mut rest).map(|_| rest)
    });
    let (stop, _) = oneshot::channel();
    let web = Web {
        address,
        stop,
        serving: tokio::spawn(async {}),
    };
    assert!(web.switches("alice-token").await?.contains("sw0"));
    child.kill()?;
    child.wait()?;
    let rest = reading.join().map_err(|_| anyhow::anyhow!("a panic"))??;
    log.push_str(&String::from_utf8_lossy(&rest));
    assert!(log.contains("a caller asks identity=9c220f20"), "{log}");
    let told = log.lines().find(|line| line.contains("alice-token"));
    assert_eq!(told, None);
    web.end(&scene.cluster).await
}
