//! What the program does with recordings, and how it ends.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::net::UnixListener;
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

/// What stands in a folder, hidden or not.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("it is there");
    let names = entries.map(|entry| entry.expect("it can be listed").file_name());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

/// Waits until a folder holds a recording under its temporary name.
fn await_begun(folder: &Path) {
    let end = Instant::now() + PATIENCE;
    while !names(folder).iter().any(|name| name.ends_with(".part")) {
        assert!(Instant::now() < end, "the recording begins");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_recording_that_is_interrupted_before_it_has_all_rows_leaves_nothing() {
    let directory = TempDir::new().expect("a folder");
    let socket = directory.path().join("db.sock");
    // A server that takes the connection and never answers.
    let _silent = UnixListener::bind(&socket).expect("it is free");
    let folder = directory.path().join("recordings");
    fs::create_dir(&folder).expect("it is free");
    let source = format!("unix:{}", socket.display());
    for ending in [Signal::TERM, Signal::INT, Signal::HUP] {
        for target in ["x.tar.gz", "x/"] {
            let target = format!("{}/{target}", folder.display());
            let (child, notes) = spawn(&["record", &source, "-o", &target]);
            await_begun(&folder);
            signal(&child, ending);
            let notes: Vec<String> = notes.lines().map(|line| line.expect("UTF-8")).collect();
            assert_eq!(code(child), Some(1), "{ending:?}: {notes:?}");
            let notes = notes.concat();
            assert!(
                notes.contains("interrupted: nothing was recorded"),
                "{notes}"
            );
            assert_eq!(names(&folder), [""; 0], "{ending:?}");
        }
    }
    // Nobody can hear SIGKILL; what it leaves is no recording by its name.
    let target = folder.join("x.tar.gz");
    let (child, _notes) = spawn(&["record", &source, "-o", text(&target)]);
    await_begun(&folder);
    signal(&child, Signal::KILL);
    assert_eq!(code(child), None);
    assert!(!target.exists());
    assert!(names(&folder).iter().all(|name| name.ends_with(".part")));
}

#[test]
fn a_recording_that_is_interrupted_while_it_follows_keeps_what_it_has() {
    let directory = TempDir::new().expect("a folder");
    let socket = directory.path().join("db.sock");
    let listen = format!("unix:{}", socket.display());
    let (server, mut served) = spawn(&["serve", "demo", "--node", "worker-a", "--listen", &listen]);
    let mut line = String::new();
    while !socket.exists() {
        assert!(served.read_line(&mut line).expect("UTF-8") > 0, "{line}");
    }
    let folder = directory.path().join("recordings");
    fs::create_dir(&folder).expect("it is free");
    for ending in [Signal::TERM, Signal::INT, Signal::HUP] {
        let target = folder.join("x.tar.gz");
        let arguments = ["record", &listen, "-o", text(&target), "--follow", "3600"];
        let (child, notes) = spawn(&arguments);
        await_begun(&folder);
        await_rows(&folder);
        signal(&child, ending);
        let notes: Vec<String> = notes.lines().map(|line| line.expect("UTF-8")).collect();
        assert_eq!(code(child), Some(0), "{ending:?}: {notes:?}");
        assert_eq!(names(&folder), ["x.tar.gz"], "{ending:?}: {notes:?}");
        let source = format!("recorded:{}", target.display());
        let output = program()
            .args(["sources-list", "--source", &source])
            .output()
            .expect("it runs");
        let out = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(output.status.success() && out.contains("worker-a"), "{out}");
        fs::remove_file(&target).expect("it is there");
    }
    signal(&server, Signal::TERM);
    assert_eq!(code(server), Some(0));
}

/// Waits until three databases have their rows in a recording that is being made.
fn await_rows(folder: &Path) {
    let end = Instant::now() + PATIENCE;
    let rows = |path: &Path| {
        let log = fs::read(path).unwrap_or_default();
        String::from_utf8_lossy(&log).matches("OVSDB JSON ").count() > 1
    };
    loop {
        let mut folders = vec![folder.to_path_buf()];
        let mut logs = 0;
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else {
                continue;
            };
            for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
                if path.is_dir() {
                    folders.push(path);
                } else if rows(&path) {
                    logs += 1;
                }
            }
        }
        if logs >= 3 {
            return;
        }
        assert!(Instant::now() < end, "the rows are recorded");
        std::thread::sleep(Duration::from_millis(10));
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
        failed(&["mcp", "--toolsets", "core,network"]),
        failed(&[
            "mcp",
            "--toolsets",
            "history",
            "--exclude-tools",
            "rows_at,transaction_list",
        ]),
    ];
    insta::assert_snapshot!(texts.join("\n\n"));
}
