//! Programs: the few of OVN that ovnscope runs, on the rows that it has read.
//!
//! The rows are served on a private socket for as long as the program runs, so it sees what the
//! answer is about, whether that came from a live server, through TLS or from a file.

use std::io;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use ovsdb_client::serve::{Database, DatabaseError, ListenError, ServeConfig, Server};
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};

use crate::snapshot::DatabaseRead;

/// How long a program may run.
/// **Default and why**: 60 s; ovn-trace reads a Southbound database of 70 MB in about 4 s.
const RUN_TIMEOUT: Duration = Duration::from_secs(60);
/// The most that is read of what a program prints, in bytes.
/// **Default and why**: 16 MiB; a trace through a few hundred ports of a flooded packet is 1 MiB.
const MAX_OUTPUT_BYTES: u64 = 16 * 1024 * 1024;
/// The variables a program is given: where it is found, and nothing that changes what it does.
const ENVIRONMENT: [&str; 1] = ["PATH"];
/// What makes programs speak as their manuals do.
const PLAIN_WORDS: (&str, &str) = ("LC_ALL", "C");

/// A program gave no answer.
#[derive(Debug, Error)]
pub(super) enum ProgramError {
    #[error("{program} is not installed here: it comes with {package}")]
    Missing {
        program: &'static str,
        package: &'static str,
    },
    #[error("{program} cannot be run")]
    Start {
        program: &'static str,
        #[source]
        cause: io::Error,
    },
    #[error("{program} ran for more than {RUN_TIMEOUT:?}")]
    Slow { program: &'static str },
    #[error("{program} refused: {message}")]
    Refused {
        program: &'static str,
        message: String,
    },
    #[error("{program} printed more than {MAX_OUTPUT_BYTES} bytes")]
    Long { program: &'static str },
    #[error("the rows cannot be served to it")]
    Database(#[from] DatabaseError),
    #[error("the rows cannot be served to it")]
    Listen(#[from] ListenError),
    #[error("there is no place for a socket")]
    Directory(#[source] io::Error),
}

/// Runs a program on the rows of a database and gives what it printed.
pub(super) async fn run(
    read: &DatabaseRead,
    program: &'static str,
    arguments: &[String],
) -> Result<String, ProgramError> {
    let directory = tempfile::Builder::new()
        .prefix("ovnscope-")
        .tempdir()
        .map_err(ProgramError::Directory)?;
    let socket = directory.path().join("db.sock");
    let database = Database::new(read.rows.clone())?;
    let server = Server::new([database], ServeConfig::default())?;
    server.listen_unix(&socket)?;
    let mut command = plain(program);
    command
        .arg(format!("--db=unix:{}", socket.display()))
        .args(arguments);
    let outcome = tokio::time::timeout(RUN_TIMEOUT, output(command, program)).await;
    server.stop().await;
    outcome.unwrap_or(Err(ProgramError::Slow { program }))
}

/// Runs a program on this machine and gives what it printed.
pub(super) async fn run_here(
    program: &'static str,
    arguments: &[String],
) -> Result<String, ProgramError> {
    let mut command = plain(program);
    command.args(arguments);
    let outcome = tokio::time::timeout(RUN_TIMEOUT, output(command, program)).await;
    outcome.unwrap_or(Err(ProgramError::Slow { program }))
}

/// A program that knows nothing of this one's environment, and reads nothing.
pub(super) fn plain(program: &'static str) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .envs(
            ENVIRONMENT
                .iter()
                .filter_map(|&name| Some((name, std::env::var_os(name)?))),
        )
        .env(PLAIN_WORDS.0, PLAIN_WORDS.1)
        .stdin(Stdio::null());
    command
}

/// What a program comes with, as Debian and Fedora name it.
fn package(program: &str) -> &'static str {
    match program {
        "ip" | "ss" | "nstat" => "iproute2 (iproute on Fedora)",
        "nft" => "nftables",
        "iptables-save" | "ip6tables-save" => "iptables",
        "conntrack" => "conntrack (conntrack-tools on Fedora)",
        "tcpdump" => "tcpdump",
        "cat" => "coreutils",
        "lsns" | "nsenter" => "util-linux",
        "retis" => "retis, from github.com/retis-org/retis",
        "pwru" => "pwru, from github.com/cilium/pwru",
        _ => "OVN's packages (ovn-common on Debian)",
    }
}

/// What a program complained of that ended badly.
pub(super) fn complaint(
    program: &'static str,
    complaints: &str,
    printed: &str,
    status: ExitStatus,
) -> ProgramError {
    let said = format!("{complaints}\n{printed}");
    let said: Vec<&str> = said
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(timeless)
        .collect();
    ProgramError::Refused {
        program,
        message: if said.is_empty() {
            format!("it ended with {status}")
        } else {
            said.join("; ")
        },
    }
}

/// Starts a program whose output is read here, and which ends with its caller.
pub(super) fn start(command: &mut Command, program: &'static str) -> Result<Child, ProgramError> {
    let started = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn();
    started.map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => ProgramError::Missing {
            program,
            package: package(program),
        },
        _ => ProgramError::Start { program, cause },
    })
}

async fn output(mut command: Command, program: &'static str) -> Result<String, ProgramError> {
    let failed = |cause| ProgramError::Start { program, cause };
    let mut child = start(&mut command, program)?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    // A program that prints without end would wait for its reader: it ends here, not in time.
    let whole = |text: io::Result<Option<String>>| {
        text.map_err(failed)?.ok_or(ProgramError::Long { program })
    };
    let (printed, complaints) = tokio::try_join!(
        async { whole(text(stdout, MAX_OUTPUT_BYTES).await) },
        async { whole(text(stderr, MAX_OUTPUT_BYTES).await) },
    )?;
    let status = child.wait().await.map_err(failed)?;
    if status.success() {
        return Ok(printed);
    }
    Err(complaint(program, &complaints, &printed, status))
}

/// A line of a log without its time and number, so that the same complaint reads the same:
/// `2026-11-21T16:12:17Z|00001|ovntrace|WARN|…`.
fn timeless(line: &str) -> &str {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match line.splitn(3, '|').collect::<Vec<_>>().as_slice() {
        [time, number, rest] if time.ends_with('Z') && is_number(number) => rest,
        _ => line,
    }
}

/// What the program writes, to its end; `None` as soon as it is more than the limit. What is not
/// UTF-8 is replaced.
async fn text(stream: Option<impl AsyncRead + Unpin>, limit: u64) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        stream
            .take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .await?;
    }
    let is_whole = u64::try_from(bytes.len()).is_ok_and(|length| length <= limit);
    Ok(is_whole.then(|| String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[tokio::test]
    async fn a_program_that_prints_without_end_is_ended_at_once() {
        let started = Instant::now();
        let outcome = output(plain("yes"), "yes").await;
        assert!(
            matches!(outcome, Err(ProgramError::Long { .. })),
            "{outcome:?}"
        );
        assert!(started.elapsed() < RUN_TIMEOUT / 2);
    }

    #[tokio::test]
    async fn as_much_as_the_limit_is_whole() {
        let read = async |limit| text(Some(&b"abc"[..]), limit).await.expect("read");
        assert_eq!(read(3).await.as_deref(), Some("abc"));
        assert_eq!(read(2).await, None);
    }
}
