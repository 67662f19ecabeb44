//! Running programs in containers, and knowing that all they printed came.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::time::timeout;

use crate::access::kubernetes::chamber::Chamber;
use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::runner::{Limits, RunFailure, Runner, told};
use crate::access::kubernetes::session::Session;
use crate::command::Bounds;
use crate::snapshot::{CaptureEnd, Captured};

/// How much a program on a node may take.
/// **Default and why**: 30 s and 64 MiB; a million connections of conntrack are some 200 MB and
/// take longer, and are told as too many, while a hundred thousand fit.
const LIMITS: Limits = Limits {
    time: Duration::from_secs(30),
    bytes: 64 * 1024 * 1024,
};

/// How much longer it may take until the end of its output is here.
/// **Default and why**: 15 s more than the program has, so that its own limit speaks first.
const WAY: Duration = Duration::from_secs(15);

/// What stands behind the output: how the program ended, and the number of bytes.
const END_BYTES: u64 = 64;

/// What came of a program.
struct Outcome {
    /// What it printed, and why that is not all or the program did not end well.
    told: (Vec<u8>, Option<RunFailure>),
    /// What it complained of.
    complaints: String,
    /// What broke off, where no end came.
    broken: Option<String>,
}

impl Session {
    /// What a program in a container prints, all of it or nothing.
    pub(super) async fn run(
        &self,
        chamber: &Chamber,
        program: &str,
        argv: &[String],
    ) -> Result<String, KubernetesError> {
        let outcome = self.outcome(chamber, LIMITS, argv).await?;
        match (outcome.told, outcome.broken) {
            ((output, None), _) => Ok(String::from_utf8_lossy(&output).into_owned()),
            (_, Some(error)) => Err(KubernetesError::Cut(error)),
            ((_, Some(failure)), _) => Err(failed(chamber, program, &failure, &outcome.complaints)),
        }
    }

    /// What a program in a container prints until it ends or a bound is reached.
    pub(super) async fn capture(
        &self,
        chamber: &Chamber,
        program: &str,
        argv: &[String],
        bounds: Bounds,
    ) -> Result<Captured, KubernetesError> {
        let limits = Limits {
            time: bounds.time,
            bytes: bounds.bytes,
        };
        let outcome = self.outcome(chamber, limits, argv).await?;
        let (bytes, failure) = outcome.told;
        let end = match (failure, outcome.broken) {
            (None, _) => CaptureEnd::Packets,
            (Some(RunFailure::Late), _) => CaptureEnd::Time,
            (Some(RunFailure::Long), _) => CaptureEnd::Bytes,
            (Some(RunFailure::Cut(0)), Some(error)) => return Err(KubernetesError::Cut(error)),
            // What came is a capture by itself.
            (Some(RunFailure::Cut(_)), Some(error)) => CaptureEnd::Broken(error),
            (Some(RunFailure::Cut(length)), None) if length > 0 => {
                CaptureEnd::Broken(RunFailure::Cut(length).to_string())
            }
            (Some(failure), _) => {
                return Err(failed(chamber, program, &failure, &outcome.complaints));
            }
        };
        Ok(Captured {
            bytes: Arc::new(bytes),
            notes: outcome.complaints,
            end,
        })
    }

    /// What comes of a program in a container, run with whichever runner its image has.
    async fn outcome(
        &self,
        chamber: &Chamber,
        limits: Limits,
        argv: &[String],
    ) -> Result<Outcome, KubernetesError> {
        let remembered = self.runner_of(&chamber.image);
        let others = Runner::ALL
            .into_iter()
            .filter(|runner| Some(*runner) != remembered);
        for runner in remembered.into_iter().chain(others) {
            let limit = limits.time + WAY;
            let running = timeout(limit, self.run_with(chamber, runner, limits, argv));
            let late = || KubernetesError::Slow {
                what: "the program in the pod",
                limit,
            };
            if let Some(outcome) = running.await.map_err(|_| late())?? {
                self.remember_runner(&chamber.image, runner);
                return Ok(outcome);
            }
        }
        Err(KubernetesError::NoRunner(chamber.container.clone()))
    }

    /// What came of a program; `None` where the image does not have the runner.
    async fn run_with(
        &self,
        chamber: &Chamber,
        runner: Runner,
        limits: Limits,
        argv: &[String],
    ) -> Result<Option<Outcome>, KubernetesError> {
        let container = (&*chamber.namespace, &*chamber.pod, &*chamber.container);
        let mut stream = self.open(container, runner.command(limits, argv)).await?;
        let mut output = Vec::new();
        let most = u64::try_from(limits.bytes).unwrap_or(u64::MAX);
        let reading = (&mut stream)
            .take(most.saturating_add(END_BYTES))
            .read_to_end(&mut output)
            .await;
        let (ending, complaints) = stream.ending();
        if ending.is_some_and(|ending| ending.is_absent(runner.program())) {
            return Ok(None);
        }
        // The end that stands behind the output says more than the status; without either, what
        // broke off is told.
        let told = told(output);
        let broken = match (reading, &told) {
            (Err(error), (_, Some(RunFailure::Cut(_)))) => Some(error.to_string()),
            _ => None,
        };
        Ok(Some(Outcome {
            told,
            complaints,
            broken,
        }))
    }
}

/// What a program that only starts another one says and ends with, where that is not there.
/// **Source**: nsenter(1), util-linux 2.23 and later.
const NOT_STARTED: (i32, &str) = (127, "failed to execute ");

/// The program that another one could not start, where that is what it says.
fn not_started(failure: &RunFailure, complaints: &str) -> Option<String> {
    let (code, words) = NOT_STARTED;
    let (_, rest) = complaints.split_once(words)?;
    let (program, _) = rest.split_once(':')?;
    (*failure == RunFailure::Code(code)).then(|| program.to_owned())
}

/// Why a program gave no answer.
fn failed(
    chamber: &Chamber,
    program: &str,
    failure: &RunFailure,
    complaints: &str,
) -> KubernetesError {
    let missing = match failure {
        RunFailure::Missing => Some(program.to_owned()),
        failure => not_started(failure, complaints),
    };
    if let Some(program) = missing {
        return KubernetesError::NotInstalled {
            program,
            container: chamber.container.clone(),
        };
    }
    let mut lines = complaints.lines().rev().map(str::trim);
    KubernetesError::Run {
        program: program.to_owned(),
        why: match lines.find(|line| !line.is_empty()) {
            Some(line) => format!("{failure}: {line}"),
            None => failure.to_string(),
        },
    }
}
