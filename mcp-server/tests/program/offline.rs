//! What the program does with recordings, and how it ends.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::client::program;

/// How long the program may take to begin or to end.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program with its notes read line by line.
fn spawn(arguments: &[&str]) -> (Child, BufReader<std::process::ChildStderr>) {
    let mut child = program()
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let notes = BufReader::new(child.stderr.take().expect("a pipe"));
    (child, notes)
}

fn signal(child: &Child, signal: Signal) {
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    kill_process(pid.expect("a process"), signal).expect("it is there");
}

/// The exit code of a program that ends by itself; `None` for one that does not.
fn code(mut child: Child) -> Option<i32> {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if let Some(status) = child.try_wait().expect("it is ours") {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().expect("it is ours");
    None
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn serving_ends_with_a_signal_and_leaves_no_socket() {
    for ending in [Signal::TERM, Signal::INT, Signal::HUP] {
        let directory = TempDir::new().expect("a folder");
        let socket = directory.path().join("db.sock");
        let listen = format!("unix:{}", socket.display());
        let arguments = [
            "serve", "demo", "--node", "worker-a", "--listen", &listen, "--at", "record:9",
        ];
        let (child, mut notes) = spawn(&arguments);
        let mut note = String::new();
        notes.read_line(&mut note).expect("a note");
        assert!(
            note.starts_with("note: serving OVN_Northbound of worker-a (as written ")
                && note.contains(&format!("on {listen}; try: ovn-nbctl --db={listen} show")),
            "{note}"
        );
        assert!(socket.exists());
        signal(&child, ending);
        assert_eq!(code(child), Some(0));
        assert!(!socket.exists());
    }
}

#[test]
fn a_recording_is_a_source_like_any_other() {
    let directory = TempDir::new().expect("a folder");
    let target = format!("{}/bundle/", directory.path().display());
    let (child, notes) = spawn(&["record", "demo", "-o", &target, "--redact"]);
    let notes: Vec<String> = notes.lines().map(|line| line.expect("UTF-8")).collect();
    assert_eq!(code(child), Some(0));
    let [note] = notes.as_slice() else {
        panic!("one note: {notes:?}");
    };
    assert!(
        note.starts_with("note: recorded 6 databases with 247 transactions to "),
        "{note}"
    );
    assert!(note.contains("what stays: UUIDs"), "{note}");
    assert!(Path::new(&target).join("manifest.json").exists());
    let mut command = program();
    command.args(["sources-list", "--source", &format!("recorded:{target}")]);
    let output = command.output().expect("it runs");
    let out = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success() && out.contains("2 nodes"), "{out}");
    assert!(!out.contains("worker"), "{out}");
}

#[test]
fn a_recording_that_cannot_be_made_leaves_nothing_and_says_why() {
    let directory = TempDir::new().expect("a folder");
    let target = directory.path().join("x.tar.gz");
    for arguments in [
        ["record", "/nonexistent.db", "-o", text(&target)],
        ["record", "demo", "-o", "/nonexistent/x.tar.gz"],
    ] {
        let (child, notes) = spawn(&arguments);
        let notes: Vec<String> = notes.lines().map(|line| line.expect("UTF-8")).collect();
        assert_eq!(code(child), Some(1));
        assert!(notes.concat().contains("/nonexistent"), "{notes:?}");
        assert_eq!(
            fs::read_dir(directory.path()).expect("it is there").count(),
            0
        );
    }
}

#[test]
fn toolsets_choose_what_is_served() {
    let failed = |arguments: &[&str]| {
        let (child, notes) = spawn(arguments);
        let notes: Vec<String> = notes.lines().map(|line| line.expect("UTF-8")).collect();
        assert_ne!(code(child), Some(0), "{arguments:?}");
        notes.join("\n")
    };
    let texts = [
        failed(&["mcp", "--toolsets", "core,kernels"]),
        failed(&[
            "mcp",
            "--toolsets",
            "history",
            "--exclude-tools",
            "changes_watch,rows_at,transaction_list",
        ]),
    ];
    insta::assert_snapshot!(texts.join("\n\n"));
}
