//! Programs: the few of OVN that ovnscope runs, on the rows that it has read.
//!
//! The rows are served on a private socket for as long as the program runs, so it sees what the
//! answer is about, whether that came from a live server, through TLS or from a file.

use std::io;
use std::process::Stdio;
use std::time::Duration;

use ovsdb_client::serve::{Database, DatabaseError, ListenError, ServeConfig, Server};
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;

use crate::snapshot::DatabaseRead;

/// How long a program may run.
/// **Default and why**: 60 s; ovn-trace reads a Southbound database of 70 MB in about 4 s.
const RUN_TIMEOUT: Duration = Duration::from_secs(60);
/// The most that is read of what a program prints, in bytes.
/// **Default and why**: 16 MiB; a trace through a few hundred ports of a flooded packet is 1 MiB.
const MAX_OUTPUT_BYTES: u64 = 16 * 1024 * 1024;
/// The variables a program is given: where it is found, and nothing that changes what it does.
const ENVIRONMENT: [&str; 1] = ["PATH"];

/// A program gave no answer.
#[derive(Debug, Error)]
pub(super) enum ProgramError {
    #[error("{0} is not installed here: it comes with OVN's packages (ovn-common on Debian)")]
    Missing(&'static str),
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
    let mut command = Command::new(program);
    command
        .arg(format!("--db=unix:{}", socket.display()))
        .args(arguments)
        .env_clear()
        .envs(
            ENVIRONMENT
                .iter()
                .filter_map(|&name| Some((name, std::env::var_os(name)?))),
        )
        .stdin(Stdio::null());
    let outcome = tokio::time::timeout(RUN_TIMEOUT, output(command, program)).await;
    server.stop().await;
    outcome.unwrap_or(Err(ProgramError::Slow { program }))
}

async fn output(mut command: Command, program: &'static str) -> Result<String, ProgramError> {
    let started = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn();
    let failed = |cause| ProgramError::Start { program, cause };
    let mut child = match started {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(ProgramError::Missing(program));
        }
        Err(error) => return Err(failed(error)),
    };
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (printed, complaints) = tokio::join!(text(stdout), text(stderr));
    let (printed, complaints) = (printed.map_err(failed)?, complaints.map_err(failed)?);
    if printed.len() as u64 >= MAX_OUTPUT_BYTES {
        return Err(ProgramError::Long { program });
    }
    let status = child.wait().await.map_err(failed)?;
    if status.success() {
        return Ok(printed);
    }
    let said = format!("{complaints}\n{printed}");
    let said: Vec<&str> = said
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(timeless)
        .collect();
    Err(ProgramError::Refused {
        program,
        message: if said.is_empty() {
            format!("it ended with {status}")
        } else {
            said.join("; ")
        },
    })
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

/// What the program writes, whole up to the limit; what is not UTF-8 is replaced.
async fn text(stream: Option<impl AsyncRead + Unpin>) -> io::Result<String> {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        stream
            .take(MAX_OUTPUT_BYTES)
            .read_to_end(&mut bytes)
            .await?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
