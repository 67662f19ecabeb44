//! The examples of ovsdb-client against real servers: the files in its folder, one of which its
//! README shows, and the lines of its guide that need generated tables.

#[expect(dead_code, reason = "the test calls what `main` calls")]
#[path = "../../ovsdb-client/examples/any_schema.rs"]
pub mod any_schema;
#[expect(dead_code, reason = "the test calls what `main` calls")]
#[path = "../../ovsdb-client/examples/follow.rs"]
pub mod follow;
#[expect(dead_code, reason = "the test calls what `main` calls")]
#[path = "../../ovsdb-client/examples/read_file.rs"]
pub mod read_file;
#[expect(dead_code, reason = "the test calls what `main` calls")]
#[path = "../../ovsdb-client/examples/write.rs"]
pub mod write;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use ovn_schemas::nb;
use ovn_tests::sandbox::{DatabaseServer, READY, Schema, wait_until};
use ovsdb_client::client::{Client, Monitor, ReadWrite, Stop, TransactionError};
use ovsdb_client::replica::Snapshot;
use ovsdb_client::session::Interest;
use ovsdb_client::table::{Ref, Table};

/// The most lines of code that the README promises of its program.
const MOST_LINES: usize = 30;

/// What an example has written so far; clones share it.
#[derive(Clone, Debug, Default)]
struct Output(Arc<Mutex<Vec<u8>>>);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Output {
    fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Waits until a whole line begins and ends so.
    fn wait_for(&self, start: &str, end: &str) -> Result<()> {
        wait_until(&format!("{start:?} … {end:?} is written"), READY, || {
            let text = self.text();
            let mut lines = text.split_inclusive('\n');
            let found = lines.any(|line| line.starts_with(start) && line.trim_end().ends_with(end));
            Ok(found.then_some(()))
        })
        .with_context(|| format!("what was written:\n{}", self.text()))
    }
}

fn client_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../ovsdb-client")
}

fn northbound() -> Result<DatabaseServer> {
    DatabaseServer::setup()
        .database(Schema::northbound())
        .start()
}

fn insert_switch(server: &DatabaseServer, name: &str) -> Result<()> {
    server.transact(&format!(
        r#"["OVN_Northbound", {{"op": "insert", "table": "Logical_Switch", "row": {{"name": "{name}"}}}}]"#
    ))?;
    Ok(())
}

/// Adds a switch with a port of each type.
fn insert_ports(server: &DatabaseServer, switch: &str, types: &[&str]) -> Result<()> {
    let mut operations = vec![r#""OVN_Northbound""#.to_owned()];
    let mut names = Vec::new();
    for (number, kind) in types.iter().enumerate() {
        operations.push(format!(
            r#"{{"op": "insert", "table": "Logical_Switch_Port", "uuid-name": "p{number}",
                "row": {{"name": "{switch}-{number}", "type": "{kind}"}}}}"#
        ));
        names.push(format!(r#"["named-uuid", "p{number}"]"#));
    }
    let names = names.join(",");
    operations.push(format!(
        r#"{{"op": "insert", "table": "Logical_Switch",
            "row": {{"name": "{switch}", "ports": ["set", [{names}]]}}}}"#
    ));
    server.transact(&format!("[{}]", operations.join(",")))?;
    Ok(())
}

/// Runs an example's future to its end, on a thread and a runtime of its own as its `main` does.
fn run<F: Future<Output = Result<(), Box<dyn std::error::Error>>>>(
    example: impl FnOnce() -> F + Send + 'static,
) -> thread::JoinHandle<Result<()>> {
    thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime
            .block_on(example())
            .map_err(|error| anyhow!("{error}"))
    })
}

#[test]
fn the_program_in_the_readme_prints_changes_and_survives_a_killed_server() -> Result<()> {
    let mut server = northbound()?;
    insert_ports(&server, "sw0", &["router", ""])?;
    let output = Output::default();
    let (remotes, out) = (server.endpoint(), output.clone());
    // It goes on for ever: the thread ends with the test.
    let _running = run(move || async move { follow::follow(&remotes, out).await });

    output.wait_for("Initial Logical_Switch sw0:", "\"ports\"]")?;
    output.wait_for("Initial Logical_Switch_Port sw0-0:", "\"type\"]")?;
    insert_switch(&server, "sw1")?;
    output.wait_for("Delta Logical_Switch sw1:", "[\"name\"]")?;

    server.kill()?;
    server.restart()?;
    // Nobody has told the program: what it prints from here on, it found by itself.
    insert_ports(&server, "sw2", &["", "router"])?;
    output.wait_for("", "Logical_Switch sw2: [\"name\", \"ports\"]")?;
    output.wait_for("", "Logical_Switch_Port sw2-1: [\"name\", \"type\"]")?;
    server.transact(
        r#"["OVN_Northbound", {"op": "delete", "table": "Logical_Switch", "where": [["name", "==", "sw1"]]}]"#,
    )?;
    output.wait_for("Delta Logical_Switch (gone):", "[\"name\"]")?;

    let text = output.text();
    let told = |part: &str| text.lines().filter(|line| line.contains(part)).count();
    assert_eq!(
        (told(" sw0:"), told(" sw1:"), told(" sw2:")),
        (1, 1, 1),
        "each change is told once, and what stayed the same not again:\n{text}"
    );
    assert_eq!(told(" sw0-1:") + told(" sw2-0:"), 0, "{text}");
    Ok(())
}

#[test]
fn the_readme_shows_the_example_byte_for_byte() -> Result<()> {
    let readme = fs::read_to_string(client_folder().join("README.md"))?;
    let example = fs::read_to_string(client_folder().join("examples/follow.rs"))?;
    let (_, rest) = readme.split_once("```rust\n").context("no program")?;
    let (shown, _) = rest.split_once("```\n").context("no end of the program")?;
    assert_eq!(shown, example);
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with("//");
    assert!(example.lines().filter(is_code).count() <= MOST_LINES);
    Ok(())
}

#[test]
fn the_example_for_any_schema_shows_columns_and_rows() -> Result<()> {
    let server = northbound()?;
    insert_ports(&server, "sw0", &["router"])?;
    let output = Output::default();
    let (remotes, out) = (server.endpoint(), output.clone());
    let shown = run(move || async move { any_schema::show(&remotes, "OVN_Northbound", out).await });
    shown.join().expect("the example does not panic")?;
    output.wait_for("Logical_Switch_Port.options: ", "map of string to string")?;
    output.wait_for("Logical_Switch_Port ", " name=sw0-0 type=router")?;
    Ok(())
}

#[test]
fn the_example_that_writes_reads_what_it_wrote() -> Result<()> {
    let server = northbound()?;
    insert_switch(&server, "sw0")?;
    let output = Output::default();
    let (remotes, out) = (server.endpoint(), output.clone());
    let written = run(move || async move { write::add_port(&remotes, "sw0", "p1", out).await });
    written.join().expect("the example does not panic")?;
    output.wait_for("", " is p1")?;

    let remotes = server.endpoint();
    let out = Output::default();
    let refused = run(move || async move { write::add_port(&remotes, "sw9", "p1", out).await });
    let refused = refused.join().expect("the example does not panic");
    assert!(refused.is_err(), "there is no such switch");
    Ok(())
}

#[test]
fn the_example_for_files_counts_what_a_server_wrote() -> Result<()> {
    let server = northbound()?;
    insert_ports(&server, "sw0", &["router", ""])?;
    let output = Output::default();
    read_file::count(&server.files()[0], output.clone()).map_err(|error| anyhow!("{error}"))?;
    output.wait_for("OVN_Northbound ", "")?;
    output.wait_for("Logical_Switch_Port: 2", "")?;
    assert!(!output.text().contains("unread"));
    Ok(())
}

/// The lines of the guide's chapter on queries.
fn query(snapshot: &Snapshot, mut out: impl Write) -> io::Result<Option<nb::LogicalSwitchPort>> {
    // guide: query.md
    for switch in snapshot.rows::<nb::LogicalSwitch>() {
        writeln!(out, "{} has {} ports", switch.name(), switch.ports().len())?;
        for (_, port) in snapshot.follow(&switch, nb::logical_switch::PORTS) {
            // `None` is a port that is not here: references can dangle on a real server.
            let name = port.as_ref().map_or("?", |port| port.name());
            writeln!(out, "  {name}")?;
        }
    }
    let port = snapshot.find(nb::logical_switch_port::BY_NAME, "p1");
    // guide end
    Ok(port)
}

/// The lines of the guide's chapter on writing.
async fn write_typed(
    monitor: &Monitor<ReadWrite>,
) -> Result<Ref<nb::LogicalSwitchPort>, TransactionError> {
    // guide: write.md
    let done = monitor
        .transaction(|tx| {
            let switch = tx
                .rows::<nb::LogicalSwitch>()
                .find(|switch| switch.name() == "sw0")
                .ok_or_else(|| Stop::because("there is no such switch"))?;
            let port = tx
                .insert::<nb::LogicalSwitchPort>()
                .set(nb::logical_switch_port::NAME, "p1")
                .set(nb::logical_switch_port::ADDRESSES, ["dynamic"])
                .reference();
            tx.mutate(&switch, nb::logical_switch::PORTS.insert([port]));
            tx.verify_row(&switch);
            Ok(port)
        })
        .deadline(Duration::from_secs(5))
        .run()
        .await?;
    // guide end
    Ok(done.value)
}

#[tokio::test]
async fn the_typed_lines_of_the_guide_do_what_they_say() -> Result<()> {
    let server = northbound()?;
    insert_switch(&server, "sw0")?;
    let builder = Client::<ReadWrite>::builder().remotes(&server.endpoint())?;
    let client = builder.connect().await?;
    let monitor = client.monitor(Interest::all_of(&nb::DATABASE)).await?;
    let port = write_typed(&monitor).await?;
    let output = Output::default();
    let found = query(&monitor.snapshot(), output.clone())?;
    assert_eq!(found.map(|port| port.uuid()), Some(port.uuid()));
    assert_eq!(output.text(), "sw0 has 1 ports\n  p1\n");
    Ok(())
}

#[test]
fn the_guide_shows_those_lines() -> Result<()> {
    let own = include_str!("examples.rs");
    for chapter in ["query.md", "write.md"] {
        let text = fs::read_to_string(client_folder().join("src/guide").join(chapter))?;
        let mark = format!("    // guide: {chapter}\n");
        let (_, rest) = own.split_once(&mark).context("no such lines")?;
        let (lines, _) = rest.split_once("    // guide end\n").context("no end")?;
        let lines: String = lines
            .split_inclusive('\n')
            .map(|line| line.strip_prefix("    ").unwrap_or(line))
            .collect();
        assert!(text.contains(&lines), "{chapter} does not show\n{lines}");
    }
    Ok(())
}
