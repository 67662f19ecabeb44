//! Capturing on this machine: a program that goes on until it has enough, or is told to end.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Child;
use tokio::time::{Instant, timeout, timeout_at};

use crate::access::program::{ProgramError, complaint, plain, start};
use crate::command::Bounds;
use crate::snapshot::{CaptureEnd, Captured};

/// How long a program may take to end once it is told to.
/// **Default and why**: 2 s; it has only to write what it holds.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// The most that is read of what a program says besides, in bytes.
/// **Default and why**: 64 KiB; it says how much it lost, in three lines.
const MAX_NOTES: u64 = 64 * 1024;

/// Runs a program until it ends or a bound is reached, and gives what it printed until then.
///
/// # Cancel safety
/// Dropping the future ends the program.
pub(super) async fn capture_here(
    program: &'static str,
    arguments: &[String],
    bounds: Bounds,
) -> Result<Captured, ProgramError> {
    let failed = |cause| ProgramError::Start { program, cause };
    let mut child = start(plain(program).args(arguments), program)?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let capturing = async {
        let (bytes, end) = output(stdout, &child, bounds).await.map_err(failed)?;
        let status = timeout(LAST_WORDS, child.wait()).await;
        if status.is_err() {
            child.kill().await.map_err(failed)?;
        }
        let status = status.ok().transpose().map_err(failed)?;
        Ok::<_, ProgramError>((bytes, end, status))
    };
    let (outcome, notes) = tokio::join!(capturing, notes(stderr));
    let (bytes, end, status) = outcome?;
    match status {
        Some(status) if end == CaptureEnd::Packets && !status.success() => {
            return Err(complaint(program, &notes, "", status));
        }
        // It ended its output and went on.
        None if end == CaptureEnd::Packets => return Err(ProgramError::Slow { program }),
        _ => {}
    }
    Ok(Captured {
        bytes: Arc::new(bytes),
        notes,
        end,
    })
}

/// What a program prints until a bound is reached, and which; it is told to end then.
async fn output(
    stdout: Option<impl AsyncRead + Unpin>,
    child: &Child,
    bounds: Bounds,
) -> io::Result<(Vec<u8>, CaptureEnd)> {
    let until = Instant::now() + bounds.time;
    let mut bytes = Vec::new();
    let Some(stdout) = stdout else {
        return Ok((bytes, CaptureEnd::Packets));
    };
    let mut stdout = stdout.take(u64::try_from(bounds.bytes).unwrap_or(u64::MAX));
    let read = timeout_at(until, stdout.read_to_end(&mut bytes)).await;
    let end = match read {
        Ok(read) => {
            read?;
            if stdout.limit() > 0 {
                return Ok((bytes, CaptureEnd::Packets));
            }
            CaptureEnd::Bytes
        }
        Err(_) => CaptureEnd::Time,
    };
    tell_to_end(child);
    // What does not come by then does not come.
    let rest = timeout(LAST_WORDS, stdout.read_to_end(&mut bytes)).await;
    rest.unwrap_or(Ok(0))?;
    Ok((bytes, end))
}

/// Interrupts a program as a key would, so that it writes what it holds and says what it lost. One
/// that has ended meanwhile needs none.
fn tell_to_end(child: &Child) {
    let number = child.id().and_then(|number| i32::try_from(number).ok());
    if let Some(process) = number.and_then(Pid::from_raw) {
        let _ = kill_process(process, Signal::INT);
    }
}

async fn notes(stream: Option<impl AsyncRead + Unpin>) -> String {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        // What cannot be read is not said.
        let _ = stream.take(MAX_NOTES).read_to_end(&mut bytes).await;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds {
        time: Duration::from_secs(20),
        bytes: 1000,
    };

    async fn captured(program: &'static str, arguments: &[&str], bounds: Bounds) -> Captured {
        let arguments: Vec<String> = arguments.iter().map(|&word| word.to_owned()).collect();
        let captured = capture_here(program, &arguments, bounds).await;
        captured.expect("a capture")
    }

    #[tokio::test]
    async fn what_came_before_a_bound_is_kept_and_the_bound_is_told() {
        let whole = captured("printf", &["ab"], BOUNDS).await;
        assert_eq!(
            (&whole.bytes[..], whole.end),
            (&b"ab"[..], CaptureEnd::Packets)
        );
        let long = captured("yes", &[], BOUNDS).await;
        assert_eq!((long.bytes.len(), long.end), (1000, CaptureEnd::Bytes));
        let short = Bounds {
            time: Duration::from_millis(300),
            ..BOUNDS
        };
        let started = Instant::now();
        let late = captured("tail", &["-n", "1", "-f", "/etc/passwd"], short).await;
        assert_eq!(late.end, CaptureEnd::Time);
        assert!(!late.bytes.is_empty());
        assert!(started.elapsed() < BOUNDS.time);
    }

    #[tokio::test]
    async fn a_program_that_fails_gives_no_capture() {
        let failed = capture_here("cat", &["/nowhere".to_owned()], BOUNDS).await;
        let missing = capture_here("no-such-program", &[], BOUNDS).await;
        let texts = [failed, missing].map(|outcome| outcome.expect_err("none").to_string());
        insta::assert_snapshot!(texts.join("\n"), @"
        cat refused: cat: /nowhere: No such file or directory
        no-such-program is not installed here: it comes with OVN's packages (ovn-common on Debian)
        ");
    }
}
