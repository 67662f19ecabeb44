//! The examples of ovsdb-client against real servers: the same files that its README shows.

#[expect(
    dead_code,
    unreachable_pub,
    reason = "the test calls what `main` calls"
)]
#[path = "../../ovsdb-client/examples/any_schema.rs"]
mod any_schema;
#[expect(
    dead_code,
    unreachable_pub,
    reason = "the test calls what `main` calls"
)]
#[path = "../../ovsdb-client/examples/follow.rs"]
mod follow;
#[expect(
    dead_code,
    unreachable_pub,
    reason = "the test calls what `main` calls"
)]
#[path = "../../ovsdb-client/examples/read_file.rs"]
mod read_file;
#[expect(
    dead_code,
    unreachable_pub,
    reason = "the test calls what `main` calls"
)]
#[path = "../../ovsdb-client/examples/write.rs"]
mod write;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result, anyhow};
use ovn_tests::sandbox::{DatabaseServer, READY, Schema, wait_until};

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
