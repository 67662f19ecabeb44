//! Followers: peers that hold a database and keep up with it.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use ovsdb_client::schema::DatabaseSchema;

use crate::dataset::Kind;
use crate::peer::{ctl, ours, python_idl};
use crate::process::{Cost, cpu, own, peak, terminate};
use crate::work::Chosen;

/// How long a follower must do nothing to be done.
const IDLE: Duration = Duration::from_millis(200);
/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// How much processor time between two looks is not work yet: timers and probes take some.
const RESTLESS: Duration = Duration::from_millis(1);
/// How much processor time an answer takes at most.
const ASKED: Duration = Duration::from_millis(10);
/// How long it may take to see a change at most; Python reads a large database for half a minute.
const LIMIT: Duration = Duration::from_secs(180);

/// A peer that follows a database; it ends when dropped.
#[derive(Debug)]
pub struct Follower {
    pid: u32,
    /// How long it took until all rows were there.
    pub synced: Duration,
    speaks: Speaks,
}

#[derive(Debug)]
enum Speaks {
    /// By words on standard input and output.
    Words {
        child: Child,
        stdin: Option<ChildStdin>,
        stdout: BufReader<ChildStdout>,
    },
    /// By the tool that it is the daemon of.
    Daemon { kind: Kind, socket: String },
}

impl Follower {
    /// Our client, in some of the ways that `ovn-bench work follow` knows.
    ///
    /// # Errors
    /// It does not start.
    pub fn ours(endpoint: &str, kind: Kind, ways: &[&str]) -> Result<Self> {
        let mut words = vec!["follow", endpoint, kind.short()];
        words.extend(ways);
        Self::words(ours(&words)?)
    }

    /// The Python IDL.
    ///
    /// # Errors
    /// It does not start.
    pub fn python(endpoint: &str, kind: Kind, chosen: Chosen) -> Result<Self> {
        Self::words(python_idl(endpoint, kind, chosen)?)
    }

    fn words(mut command: Command) -> Result<Self> {
        let start = Instant::now();
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot run {command:?}"))?;
        let stdout = child.stdout.take().context("the output is a pipe")?;
        let mut follower = Self {
            pid: child.id(),
            synced: Duration::ZERO,
            speaks: Speaks::Words {
                stdin: child.stdin.take(),
                stdout: BufReader::new(stdout),
                child,
            },
        };
        let word = follower.hear()?;
        ensure!(word == "synced", "{command:?} says {word}");
        follower.synced = start.elapsed();
        Ok(follower)
    }

    /// The C IDL, in a directory for its sockets.
    ///
    /// # Errors
    /// It does not start.
    pub fn daemon(endpoint: &str, kind: Kind, directory: &Path) -> Result<Self> {
        let start = Instant::now();
        let pidfile = directory.join(format!("{}.pid", ctl(kind)));
        let done = Command::new(ctl(kind))
            .env("OVN_RUNDIR", directory)
            .env("OVS_RUNDIR", directory)
            .args(["--no-leader-only", "--detach", "-vconsole:off"])
            .arg(format!("--db={endpoint}"))
            .arg(format!("--pidfile={}", pidfile.display()))
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .with_context(|| format!("cannot run {}", ctl(kind)))?;
        let synced = start.elapsed();
        ensure!(done.status.success(), "{}: {}", ctl(kind), done.status);
        let pid = fs::read_to_string(&pidfile).context("the daemon's pid file")?;
        Ok(Self {
            pid: pid.trim().parse()?,
            synced,
            speaks: Speaks::Daemon {
                kind,
                socket: String::from_utf8(done.stdout)?.trim().to_owned(),
            },
        })
    }

    /// The processor time it has had.
    ///
    /// # Errors
    /// It has ended.
    pub fn cpu(&self) -> Result<Duration> {
        cpu(self.pid)
    }

    /// What it cost to come here.
    ///
    /// # Errors
    /// It has ended.
    pub fn cost(&self) -> Result<Cost> {
        Ok(Cost {
            wall: self.synced,
            cpu: self.cpu()?,
            rss: peak(self.pid)?,
        })
    }

    /// Waits until it has seen a revision and has nothing more to do; gives the processor time
    /// that it had then.
    ///
    /// # Errors
    /// It ended, or does not come to see it.
    pub fn settle(&mut self, marker: &str) -> Result<Duration> {
        let start = Instant::now();
        loop {
            let spent = self.idle()?;
            if self.marker()? == marker {
                // Being asked costs little, which is not counted; but what is asked may first
                // have read what it had not seen.
                let now = self.idle()?;
                return Ok(if now - spent > ASKED { now } else { spent });
            }
            ensure!(start.elapsed() < LIMIT, "{marker} is never seen");
        }
    }

    /// Waits until it does nothing any more; gives the processor time that it had when it stopped.
    fn idle(&self) -> Result<Duration> {
        let (mut stopped, mut last, mut since) = (self.cpu()?, self.cpu()?, Instant::now());
        while since.elapsed() < IDLE {
            thread::sleep(LOOK);
            let now = self.cpu()?;
            if now - last > RESTLESS {
                (stopped, since) = (now, Instant::now());
            }
            last = now;
        }
        Ok(stopped)
    }

    /// The revision that its rows say they have.
    ///
    /// # Errors
    /// It gives no answer.
    pub fn marker(&mut self) -> Result<String> {
        match &self.speaks {
            Speaks::Words { .. } => self.ask("marker"),
            Speaks::Daemon { kind, socket } => {
                let words = ["get", "NB_Global", ".", "external_ids:marker"];
                let done = told(*kind, socket, &words).output()?;
                let text = String::from_utf8(done.stdout)?;
                Ok(text.trim().trim_matches('"').to_owned())
            }
        }
    }

    /// How many rows it was told to have changed since the first sync.
    ///
    /// # Errors
    /// It gives no answer.
    pub fn events(&mut self) -> Result<usize> {
        self.ask("events")?.parse().context("a number of rows")
    }

    /// The digest of its rows.
    ///
    /// # Errors
    /// It gives no answer.
    pub fn digest(&mut self) -> Result<String> {
        match &self.speaks {
            Speaks::Words { .. } => self.ask("digest"),
            Speaks::Daemon { kind, socket } => digest(*kind, socket),
        }
    }

    fn ask(&mut self, word: &str) -> Result<String> {
        if let Speaks::Words {
            stdin: Some(stdin), ..
        } = &mut self.speaks
        {
            writeln!(stdin, "{word}").context("it does not listen")?;
            stdin.flush()?;
        }
        self.hear()
    }

    fn hear(&mut self) -> Result<String> {
        let mut line = String::new();
        if let Speaks::Words { stdout, .. } = &mut self.speaks {
            stdout.read_line(&mut line)?;
        }
        ensure!(!line.is_empty(), "the follower ended");
        Ok(line.trim_end().to_owned())
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        // A process that is gone already needs no ending.
        let _ = terminate(self.pid);
        if let Speaks::Words { child, .. } = &mut self.speaks {
            let _ = child.wait();
        }
    }
}

/// A command for the daemon behind a control socket.
fn told(kind: Kind, socket: &str, words: &[&str]) -> Command {
    let mut command = Command::new(ctl(kind));
    let variable = match kind {
        Kind::Northbound => "OVN_NB_DAEMON",
        Kind::Southbound => "OVN_SB_DAEMON",
    };
    command.env(variable, socket).args(words);
    command.stdin(Stdio::null());
    command
}

/// The digest of all rows that a daemon lists, table by table.
fn digest(kind: Kind, socket: &str) -> Result<String> {
    let schema = fs::read_to_string(kind.schema().path())?;
    let (mut rows, mut sum) = (0_usize, 0_u128);
    for table in &DatabaseSchema::parse(&schema)?.tables {
        let mut list = told(kind, socket, &["-f", "json", "list", &table.name]);
        let mut listing = list.stdout(Stdio::piped()).spawn()?;
        let listed = listing.stdout.take().context("the output is a pipe")?;
        let done = own()?
            .args(["printed", kind.short(), &table.name, "-"])
            .stdin(listed)
            .output()?;
        let listing = listing.wait()?;
        ensure!(listing.success() && done.status.success(), "{}", table.name);
        let text = String::from_utf8(done.stdout)?;
        let (count, hash) = text.trim().split_once(' ').context("a digest")?;
        rows += count.parse::<usize>()?;
        sum = sum.wrapping_add(u128::from_str_radix(hash, 16)?);
    }
    Ok(format!("{rows} {sum:032x}"))
}
