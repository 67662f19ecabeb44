//! Runners: programs in a container that run another one and prove that all it printed came.
//!
//! No shell runs: the runner, its source, the limits, the program and each of its arguments are
//! arguments of their own. Behind the output the runner writes how the program ended and how many
//! bytes it printed, since the status of a command in a pod is told as a success even when a
//! kubelet died in the midst of the output. It kills the program when its own input ends, so that
//! nothing stays behind in the pod. A program whose time is over is interrupted first, so that it
//! prints what it holds, and killed two seconds later.

use std::time::Duration;

use thiserror::Error;

/// What a runner writes behind the output, before how it ended and the number of bytes.
const END: &[u8] = b"\0run-end ";
/// The numbers of "no such file" and "permission denied".
const NO_FILE: i32 = 2;
const NO_PERMISSION: i32 = 13;

/// A program that runs others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Runner {
    /// In all images of OVN-Kubernetes and OpenShift that were looked at.
    Python,
    /// In the Ubuntu images.
    Perl,
}

/// How much a program may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limits {
    /// How long it may run.
    pub(super) time: Duration,
    /// How many bytes it may print.
    pub(super) bytes: usize,
}

/// Why what came is not all that a program printed, or is of no use.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(super) enum RunFailure {
    /// The program is not there.
    #[error("it is not installed there")]
    Missing,
    /// It may not be run.
    #[error("it may not be run there")]
    Denied,
    /// It could not be started.
    #[error("starting it failed with error {0}")]
    Start(i32),
    /// It complained.
    #[error("it ended with exit code {0}")]
    Code(i32),
    /// It was killed.
    #[error("it was killed by signal {0}")]
    Signal(i32),
    /// It ran for too long.
    #[error("it ran for too long and was ended")]
    Late,
    /// It printed too much.
    #[error("it printed too much and was ended")]
    Long,
    /// No end stands behind the output.
    #[error("its output is not complete: the end is missing after {0} bytes")]
    Cut(usize),
}

impl Runner {
    /// All of them, the likeliest first.
    pub(super) const ALL: [Self; 2] = [Self::Python, Self::Perl];

    /// The program's name.
    pub(super) fn program(self) -> &'static str {
        match self {
            Self::Python => "python3",
            Self::Perl => "perl",
        }
    }

    /// The command that runs a program.
    pub(super) fn command(self, limits: Limits, argv: &[String]) -> Vec<String> {
        let (option, source) = match self {
            Self::Python => ("-c", include_str!("runner/run.py")),
            Self::Perl => ("-e", include_str!("runner/run.pl")),
        };
        let mut command: Vec<String> = vec![self.program().to_owned(), option.to_owned()];
        command.push(source.to_owned());
        if self == Self::Perl {
            // Whatever follows is none of its own options.
            command.push("--".to_owned());
        }
        command.push(limits.time.as_secs().to_string());
        command.push(limits.bytes.to_string());
        command.extend_from_slice(argv);
        command
    }
}

/// What a program printed, and why that is not all or the program did not end well.
pub(super) fn told(mut output: Vec<u8>) -> (Vec<u8>, Option<RunFailure>) {
    match end(&output) {
        Ok((length, failure)) => {
            output.truncate(length);
            (output, failure)
        }
        Err(cut) => (output, Some(cut)),
    }
}

/// How long the output is, and what the end behind it tells.
fn end(output: &[u8]) -> Result<(usize, Option<RunFailure>), RunFailure> {
    let cut = RunFailure::Cut(output.len());
    let at = output
        .windows(END.len())
        .rposition(|window| window == END)
        .ok_or_else(|| cut.clone())?;
    let end = std::str::from_utf8(&output[at + END.len()..]).map_err(|_| cut.clone())?;
    let (how, count) = end
        .strip_suffix('\n')
        .and_then(|end| end.split_once(' '))
        .ok_or_else(|| cut.clone())?;
    if count.parse() != Ok(at) {
        return Err(cut);
    }
    let (name, number) = how.split_once('=').unwrap_or((how, "0"));
    let number: i32 = number.parse().map_err(|_| cut.clone())?;
    let failure = match (name, number) {
        ("exit", 0) => return Ok((at, None)),
        ("exit", code) => RunFailure::Code(code),
        ("signal", signal) => RunFailure::Signal(signal),
        ("errno", NO_FILE) => RunFailure::Missing,
        ("errno", NO_PERMISSION) => RunFailure::Denied,
        ("errno", number) => RunFailure::Start(number),
        ("late", _) => RunFailure::Late,
        ("long", _) => RunFailure::Long,
        _ => return Err(cut),
    };
    Ok((at, Some(failure)))
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::process::{Command, Stdio};

    use proptest::prelude::*;

    use super::*;

    const LIMITS: Limits = Limits {
        time: Duration::from_secs(20),
        bytes: 100_000,
    };

    /// What a program printed, when all of it came and the program ended well.
    fn whole(output: Vec<u8>) -> Result<Vec<u8>, RunFailure> {
        match told(output) {
            (output, None) => Ok(output),
            (_, Some(failure)) => Err(failure),
        }
    }

    /// What a runner makes of a program, with its standard input open.
    fn ran(runner: Runner, limits: Limits, argv: &[&str]) -> Result<String, RunFailure> {
        let argv: Vec<String> = argv.iter().map(|&word| word.to_owned()).collect();
        let command = runner.command(limits, &argv);
        let mut child = Command::new(&command[0])
            .args(&command[1..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a runner");
        let input = child.stdin.take();
        let output = child.wait_with_output().expect("an output");
        drop(input);
        assert!(output.status.success());
        whole(output.stdout).map(|bytes| String::from_utf8(bytes).expect("text"))
    }

    #[test]
    fn both_runners_give_what_a_program_prints_and_how_it_ended() {
        for runner in Runner::ALL {
            let ran = |argv: &[&str]| ran(runner, LIMITS, argv);
            // Whatever looks like an option, a shell's word or a new line is a plain argument.
            let hostile = ["-c", "$(id)", "a b", "'\"", "x\ny", "; reboot", "--help"];
            let mut argv = vec!["printf", "%s|"];
            argv.extend(hostile);
            assert_eq!(ran(&argv), Ok(format!("{}|", hostile.join("|"))));
            assert_eq!(ran(&["true"]), Ok(String::new()));
            assert_eq!(ran(&["false"]), Err(RunFailure::Code(1)));
            assert_eq!(ran(&["no-such-program"]), Err(RunFailure::Missing));
            assert_eq!(ran(&["/etc/passwd"]), Err(RunFailure::Denied));
            let few = Limits { bytes: 2, ..LIMITS };
            assert_eq!(
                self::ran(runner, few, &["printf", "abc"]),
                Err(RunFailure::Long)
            );
            let short = Limits {
                time: Duration::from_secs(1),
                ..LIMITS
            };
            assert_eq!(
                self::ran(runner, short, &["sleep", "30"]),
                Err(RunFailure::Late)
            );
        }
    }

    #[test]
    fn both_runners_end_the_program_when_their_input_ends() {
        for runner in Runner::ALL {
            let argv = ["sleep".to_owned(), "300".to_owned()];
            let command = runner.command(LIMITS, &argv);
            let mut child = Command::new(&command[0])
                .args(&command[1..])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .expect("a runner");
            let mut input = child.stdin.take().expect("an input");
            input.write_all(b"x").expect("written");
            drop(input);
            // The pipe's end is closed only when the program has gone too.
            let output = child.wait_with_output().expect("an end");
            assert_eq!(whole(output.stdout), Err(RunFailure::Cut(0)));
        }
    }

    proptest! {
        #[test]
        fn output_that_is_cut_anywhere_is_never_taken_for_whole(
            output: Vec<u8>,
            cut in 1_usize..40,
        ) {
            let mut all = output.clone();
            all.extend_from_slice(format!("\0run-end exit=0 {}\n", output.len()).as_bytes());
            prop_assert_eq!(whole(all.clone()), Ok(output));
            all.truncate(all.len().saturating_sub(cut));
            prop_assert!(matches!(whole(all), Err(RunFailure::Cut(_))));
        }
    }
}
