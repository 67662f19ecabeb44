//! Recorded databases as `ovnscope serve` serves them: stock tools see the same as from
//! ovsdb-server.

use std::path::PathBuf;

use anyhow::{Context, Result};
use ovn_shapes::writer;
use ovn_tests::demo::{Demo, FILES, NODES, NORTHBOUND, SOUTHBOUND};
use ovn_tests::sandbox::DatabaseServer;
use ovn_tools::access::Source;
use ovn_tools::moment::Moment;
use ovn_tools::serve::{Listen, ServeError, Served, start};
use ovsdb_client::dbfile::Records;
use tempfile::TempDir;

use crate::stock::{READ_ONLY, check, run};

/// Databases that are served, and the folder of the socket.
struct Ours {
    served: Served,
    directory: TempDir,
}

impl Ours {
    async fn start(sources: &[Source], at: Option<Moment>, node: Option<&str>) -> Result<Self> {
        let directory = TempDir::with_prefix("recorded-")?;
        let socket = directory.path().join("db.sock");
        let served = start(sources, at, node, &[Listen::Unix(socket)]).await?;
        Ok(Self { served, directory })
    }

    fn socket(&self) -> PathBuf {
        self.directory.path().join("db.sock")
    }
}

fn recorded(path: PathBuf) -> Source {
    Source::Recorded(path)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_three_databases_of_a_node_are_one_server() -> Result<()> {
    let demo = Demo::unpack()?;
    for node in NODES {
        let mut real = DatabaseServer::setup().argument(READ_ONLY);
        for file in FILES {
            real = real.file(demo.file(node, file));
        }
        let real = real.start()?;
        // Of both nodes' files those of the one are chosen.
        let files = NODES
            .iter()
            .flat_map(|node| FILES.map(|file| demo.file(node, file)));
        let sources: Vec<Source> = files.map(recorded).collect();
        let ours = Ours::start(&sources, None, Some(node)).await?;
        for (tool, arguments) in [
            ("ovsdb-client", &["list-dbs", "unix:SOCKET"][..]),
            (
                "ovsdb-client",
                &["get-schema", "unix:SOCKET", "OVN_Southbound"],
            ),
            (
                "ovsdb-client",
                &["get-schema-cksum", "unix:SOCKET", "OVN_Northbound"],
            ),
            ("ovsdb-client", &["dump", "unix:SOCKET", "OVN_Northbound"]),
            ("ovsdb-client", &["dump", "unix:SOCKET", "OVN_Southbound"]),
            ("ovsdb-client", &["dump", "unix:SOCKET", "Open_vSwitch"]),
            ("ovn-nbctl", &["--db=unix:SOCKET", "show"]),
            ("ovn-nbctl", &["--db=unix:SOCKET", "list", "Load_Balancer"]),
            ("ovn-sbctl", &["--db=unix:SOCKET", "show"]),
            ("ovn-sbctl", &["--db=unix:SOCKET", "lflow-list"]),
            ("ovs-vsctl", &["--db=unix:SOCKET", "show"]),
        ] {
            let said = check(tool, arguments, &ours.socket(), real.socket())?;
            assert!(
                said.success && !said.out.is_empty(),
                "{tool} {arguments:?}: {}",
                said.complaint
            );
        }
        let arguments = [
            "-vsyslog:off",
            "--timeout=2",
            "-f",
            "csv",
            "monitor",
            "unix:SOCKET",
            "Open_vSwitch",
            "Bridge",
            "name,ports",
        ];
        let [ours_heard, real_heard] =
            [&*ours.socket(), real.socket()].map(|socket| run("ovsdb-client", &arguments, socket));
        let [ours_heard, real_heard] = [ours_heard?.out, real_heard?.out].map(|out| {
            let mut lines: Vec<String> = out.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        });
        assert!(ours_heard.len() > 2);
        assert_eq!(ours_heard, real_heard);
        ours.served.stop().await;
        assert!(!ours.directory.path().join("db.sock").exists());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ovn_trace_works_on_a_recorded_database() -> Result<()> {
    let demo = Demo::unpack()?;
    let file = demo.file(NODES[1], SOUTHBOUND);
    let real = DatabaseServer::setup()
        .file(&file)
        .argument(READ_ONLY)
        .start()?;
    let ours = Ours::start(&[recorded(file)], None, None).await?;
    let microflow = "inport == \"shop_frontend-0\" && eth.src == 0a:58:0a:f4:01:05 \
                     && eth.dst == 0a:58:0a:f4:01:01 && ip4.src == 10.244.1.5 \
                     && ip4.dst == 10.96.0.1 && ip.ttl == 64 && tcp && tcp.dst == 443";
    let ports = run(
        "ovn-sbctl",
        &[
            "--db=unix:SOCKET",
            "--bare",
            "--columns=logical_port",
            "list",
            "Port_Binding",
        ],
        &ours.socket(),
    )?;
    let port = ports
        .out
        .lines()
        .find(|line| line.starts_with("shop_"))
        .context("a port")?;
    let microflow = microflow.replace("shop_frontend-0", port);
    let arguments = ["--db=unix:SOCKET", "--detailed", &microflow];
    let said = check("ovn-trace", &arguments, &ours.socket(), real.socket())?;
    assert!(
        said.success && said.out.contains("ingress"),
        "{}",
        said.complaint
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_moment_is_served_as_the_file_was_then() -> Result<()> {
    let demo = Demo::unpack()?;
    let whole = demo.file(NODES[0], NORTHBOUND);
    let bytes = std::fs::read(&whole)?;
    let records = Records::new(&bytes).collect::<Result<Vec<_>, _>>()?;
    for number in [1, records.len() / 2, records.len() - 1] {
        let cut = demo.path().join("cut.db");
        std::fs::write(&cut, &bytes[..records[number].end])?;
        let real = DatabaseServer::setup()
            .file(&cut)
            .argument(READ_ONLY)
            .start()?;
        let at = Some(Moment::Record(number));
        let ours = Ours::start(&[recorded(whole.clone())], at, None).await?;
        let dump = ["dump", "unix:SOCKET", "OVN_Northbound"];
        check("ovsdb-client", &dump, &ours.socket(), real.socket())?;
        check(
            "ovn-nbctl",
            &["--db=unix:SOCKET", "show"],
            &ours.socket(),
            real.socket(),
        )?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_live_server_is_served_as_it_was_read() -> Result<()> {
    let demo = Demo::unpack()?;
    let real = DatabaseServer::setup()
        .file(demo.file(NODES[0], NORTHBOUND))
        .start()?;
    let ours = Ours::start(&[real.endpoint().parse()?], None, None).await?;
    let dump = ["dump", "unix:SOCKET", "OVN_Northbound"];
    let before = check("ovsdb-client", &dump, &ours.socket(), real.socket())?;
    run(
        "ovn-nbctl",
        &["--db=unix:SOCKET", "ls-add", "later"],
        real.socket(),
    )?;
    let after = run("ovsdb-client", &dump, &ours.socket())?;
    assert_eq!(before, after);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_is_refused_in_the_words_of_a_read_only_server() -> Result<()> {
    let demo = Demo::unpack()?;
    let file = demo.file(NODES[0], NORTHBOUND);
    let real = DatabaseServer::setup()
        .file(&file)
        .argument(READ_ONLY)
        .start()?;
    let ours = Ours::start(&[recorded(file)], None, None).await?;
    let arguments = ["--timeout=30", "--db=unix:SOCKET", "ls-add", "x"];
    let said = check("ovn-nbctl", &arguments, &ours.socket(), real.socket())?;
    assert!(
        !said.success && said.complaint.contains("not allowed"),
        "{said:?}"
    );
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_served_says_what_to_do() -> Result<()> {
    let demo = Demo::unpack()?;
    let both: Vec<Source> = NODES
        .map(|node| recorded(demo.file(node, NORTHBOUND)))
        .into();
    let socket = demo.path().join("db.sock");
    let listen = [Listen::Unix(socket.clone())];
    let refused = async |at: Option<Moment>, node: Option<&str>| -> Result<ServeError> {
        start(&both, at, node, &listen)
            .await
            .err()
            .context("it was served")
    };
    let error = refused(None, None).await?;
    assert_eq!(
        error.hint().as_deref(),
        Some("name one with --node: worker-a, worker-b")
    );
    let error = refused(None, Some("worker-c")).await?;
    assert_eq!(
        error.hint().as_deref(),
        Some("the nodes are worker-a, worker-b")
    );
    let error = refused(Some(Moment::Record(100_000)), None).await?;
    assert!(
        error
            .hint()
            .is_some_and(|hint| hint.contains("has no record 100000")),
        "{error}"
    );
    assert!(!socket.exists());

    // A socket that somebody listens on stays theirs; one that nobody listens on is taken over.
    let first = start(&both, None, Some("worker-a"), &listen).await?;
    let error = refused(None, Some("worker-b")).await?;
    assert!(matches!(error, ServeError::Taken(_)), "{error}");
    first.stop().await;
    drop(std::os::unix::net::UnixListener::bind(&socket)?);
    assert!(socket.exists());
    start(&both, None, Some("worker-b"), &listen)
        .await?
        .stop()
        .await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_no_database_of_ours_is_an_error_that_names_it() -> Result<()> {
    let directory = TempDir::with_prefix("recorded-")?;
    let path = directory.path().join("other.db");
    let schema =
        r#"{"name":"Other","version":"1.0.0","tables":{"T":{"columns":{"a":{"type":"string"}}}}}"#;
    std::fs::write(&path, writer::record(writer::JSON, schema))?;
    let listen = [Listen::Unix(directory.path().join("db.sock"))];
    let error = start(&[recorded(path)], None, None, &listen)
        .await
        .err()
        .context("served")?;
    assert!(error.to_string().contains("other.db"), "{error}");
    Ok(())
}
