//! Processes and what they cost, as the kernel counts it.

use std::env;
use std::fs;
use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use rustix::process::{Pid, Signal, kill_process};
use wait4::Wait4;

/// For how long a server must do next to nothing to be idle.
const SETTLED: Duration = Duration::from_millis(100);

/// What a process cost from its start to its end.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// How long it took.
    pub wall: Duration,
    /// Processor time in it and in the system for it.
    pub cpu: Duration,
    /// The most memory that it held at once, in bytes.
    pub rss: u64,
}

/// This program, to be run again for a piece of work.
///
/// # Errors
/// The system does not say which program runs.
pub fn own() -> Result<Command> {
    let mut command = Command::new(env::current_exe().context("which program is this?")?);
    command.arg("work");
    Ok(command)
}

/// Runs a command to its end; gives what it printed.
///
/// # Errors
/// It cannot be started or fails.
pub fn run(command: &mut Command) -> Result<(Cost, Vec<u8>)> {
    let mut printed = Vec::new();
    let (cost, _) = watch(command, |child| {
        let mut stdout = child.stdout.take().context("the output is a pipe")?;
        stdout.read_to_end(&mut printed)?;
        Ok(())
    })?;
    Ok((cost, printed))
}

/// Runs a command to its end and throws away what it prints.
///
/// # Errors
/// It cannot be started or fails.
pub fn run_unread(command: &mut Command) -> Result<Cost> {
    let start = Instant::now();
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot run {command:?}"))?;
    let done = child.wait4()?;
    ensure!(done.status.success(), "{command:?}: {}", done.status);
    Ok(cost(start, &done))
}

/// Runs a command that prints so many bytes and would then go on for ever.
///
/// # Errors
/// It cannot be started or ends too early.
pub fn run_until(command: &mut Command, bytes: u64) -> Result<Cost> {
    let mut took = Duration::ZERO;
    let (mut cost, read) = watch(command, |child| {
        let start = Instant::now();
        let mut stdout = child.stdout.take().context("the output is a pipe")?;
        let mut buffer = vec![0; 1 << 16];
        let mut read = 0;
        while read < bytes {
            let more = stdout.read(&mut buffer)?;
            ensure!(more > 0, "it ended after {read} bytes");
            read += u64::try_from(more)?;
        }
        took = start.elapsed();
        terminate(child.id())
    })?;
    let () = read;
    cost.wall = took;
    Ok(cost)
}

fn watch<T>(
    command: &mut Command,
    read: impl FnOnce(&mut Child) -> Result<T>,
) -> Result<(Cost, T)> {
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {command:?}"))?;
    let result = read(&mut child);
    let done = child.wait4()?;
    let ended = done.status.success() || done.status.code().is_none();
    ensure!(ended, "{command:?}: {}", done.status);
    Ok((cost(start, &done), result?))
}

fn cost(start: Instant, done: &wait4::ResUse) -> Cost {
    Cost {
        wall: start.elapsed(),
        cpu: done.rusage.utime + done.rusage.stime,
        rss: done.rusage.maxrss,
    }
}

/// Asks a process to end.
///
/// # Errors
/// There is no such process.
pub fn terminate(pid: u32) -> Result<()> {
    let pid = Pid::from_raw(pid.try_into()?).context("a process ID")?;
    kill_process(pid, Signal::TERM).context("cannot end a process")
}

/// The processor time that a process has had so far, in all its threads that still are.
///
/// # Errors
/// There is no such process.
pub fn cpu(pid: u32) -> Result<Duration> {
    let mut sum = 0;
    for task in fs::read_dir(format!("/proc/{pid}/task"))? {
        let Ok(text) = fs::read_to_string(task?.path().join("schedstat")) else {
            continue;
        };
        let first = text.split(' ').next().context("the first number")?;
        sum += first.parse::<u64>()?;
    }
    Ok(Duration::from_nanos(sum))
}

/// Waits until a server has nothing more to do, as to forget the connection of whoever was measured
/// before, and gives the processor time that it has had.
///
/// # Errors
/// There is no such process.
pub fn settled_cpu(pid: u32) -> Result<Duration> {
    let mut before = cpu(pid)?;
    loop {
        sleep(SETTLED);
        let now = cpu(pid)?;
        if now.saturating_sub(before) < SETTLED / 50 {
            return Ok(now);
        }
        before = now;
    }
}

/// The most memory that a running process has held at once, in bytes.
///
/// # Errors
/// There is no such process.
pub fn peak(pid: u32) -> Result<u64> {
    status(pid, "VmHWM:")
}

fn status(pid: u32, name: &str) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.context("the memory's line")?.trim();
    Ok(kilobytes.trim_end_matches(" kB").parse::<u64>()? * 1024)
}
