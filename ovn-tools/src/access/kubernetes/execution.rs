//! Running programs in containers, and knowing that all they printed came.

use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::time::timeout;

use crate::access::kubernetes::chamber::Chamber;
use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::runner::{Limits, RunFailure, Runner, whole};
use crate::access::kubernetes::session::Session;

/// How much a program on a node may take.
/// **Default and why**: 30 s and 64 MiB; a million connections of conntrack are some 200 MB and
/// take longer, and are told as too many, while a hundred thousand fit.
const LIMITS: Limits = Limits {
    time: Duration::from_secs(30),
    bytes: 64 * 1024 * 1024,
};

/// How long may pass until the end of its output is here.
/// **Default and why**: 15 s more than the program has, so that its own limit speaks first.
const OUTPUT_TIMEOUT: Duration = Duration::from_secs(45);

/// What stands behind the output: how the program ended, and the number of bytes.
const END_BYTES: u64 = 64;

impl Session {
    /// What a program in a container prints, all of it or nothing.
    pub(super) async fn run(
        &self,
        chamber: &Chamber,
        program: &str,
        argv: &[String],
    ) -> Result<String, KubernetesError> {
        let remembered = self.runner_of(&chamber.image);
        let others = Runner::ALL
            .into_iter()
            .filter(|runner| Some(*runner) != remembered);
        for runner in remembered.into_iter().chain(others) {
            let running = timeout(OUTPUT_TIMEOUT, self.run_with(chamber, runner, argv));
            let late = || KubernetesError::Slow {
                what: "the program in the pod",
                limit: OUTPUT_TIMEOUT,
            };
            let Some((outcome, complaints)) = running.await.map_err(|_| late())?? else {
                continue;
            };
            self.remember_runner(&chamber.image, runner);
            return match outcome {
                Ok(output) => Ok(String::from_utf8_lossy(&output).into_owned()),
                Err(RunFailure::Missing) => Err(KubernetesError::NotInstalled {
                    program: program.to_owned(),
                    container: chamber.container.clone(),
                }),
                Err(failure) => Err(KubernetesError::Run {
                    program: program.to_owned(),
                    why: match complaints
                        .lines()
                        .rev()
                        .find(|line| !line.trim().is_empty())
                    {
                        Some(line) => format!("{failure}: {}", line.trim()),
                        None => failure.to_string(),
                    },
                }),
            };
        }
        Err(KubernetesError::NoRunner(chamber.container.clone()))
    }

    /// What came of a program, and what it complained of; `None` where the image does not have the
    /// runner.
    async fn run_with(
        &self,
        chamber: &Chamber,
        runner: Runner,
        argv: &[String],
    ) -> Result<Option<(Result<Vec<u8>, RunFailure>, String)>, KubernetesError> {
        let container = (&*chamber.namespace, &*chamber.pod, &*chamber.container);
        let mut stream = self.open(container, runner.command(LIMITS, argv)).await?;
        let mut output = Vec::new();
        let most = u64::try_from(LIMITS.bytes).unwrap_or(u64::MAX);
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
        let outcome = whole(output);
        match (reading, outcome) {
            (Err(error), Err(RunFailure::Cut(_))) => Err(KubernetesError::Cut(error.to_string())),
            (_, outcome) => Ok(Some((outcome, complaints))),
        }
    }
}
