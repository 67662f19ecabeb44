//! Running programs on a node: in a privileged container of its own pod of OVN-Kubernetes.

use std::time::Duration;

use kube::core::Request;
use kube::core::subresource::AttachParams;
use tokio::io::AsyncReadExt;
use tokio::time::timeout;

use crate::access::kubernetes::channel::Version;
use crate::access::kubernetes::conversation::Conversation;
use crate::access::kubernetes::exec_stream::ExecStream;
use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::pod::Pod;
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

/// The containers that see all of the node's network, those first that are privileged upstream and
/// in OpenShift alike.
const PREFERRED: [&str; 2] = ["ovnkube-controller", "ovn-controller"];

/// A container in which a program is to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chamber {
    pub(super) namespace: String,
    pub(super) pod: String,
    pub(super) container: String,
    /// The image, by which the runner in it is remembered.
    pub(super) image: String,
}

impl Chamber {
    /// The container of a pod that sees the node's network and may change it, where there is one.
    pub(super) fn of(pod: &Pod) -> Result<Self, KubernetesError> {
        let name = format!("{}/{}", pod.metadata.namespace, pod.metadata.name);
        if !pod.spec.host_network {
            return Err(KubernetesError::NotOnHost(name));
        }
        let mut best: Option<(usize, Self)> = None;
        for status in &pod.status.container_statuses {
            let mut containers = pod.spec.containers.iter();
            let privileged = containers
                .find(|container| container.name == status.name)
                .is_some_and(|container| container.security_context.privileged);
            if status.state.running.is_none() || !privileged {
                continue;
            }
            let preferred = PREFERRED.iter().position(|name| *name == status.name);
            let rank = preferred.unwrap_or(PREFERRED.len());
            if best.as_ref().is_none_or(|(known, _)| rank < *known) {
                let chamber = Self {
                    namespace: pod.metadata.namespace.clone(),
                    pod: pod.metadata.name.clone(),
                    container: status.name.clone(),
                    image: status.image_id.clone(),
                };
                best = Some((rank, chamber));
            }
        }
        match best {
            Some((_, chamber)) => Ok(chamber),
            None => Err(KubernetesError::NotPrivileged(name)),
        }
    }
}

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
        let params = AttachParams::default()
            .container(&chamber.container)
            .stdin(true)
            .stdout(true)
            .stderr(true);
        let pods = format!("/api/v1/namespaces/{}/pods", chamber.namespace);
        let request = Request::new(pods)
            .exec(&chamber.pod, runner.command(LIMITS, argv), &params)
            .map_err(|error| KubernetesError::Unreachable(error.into()))?;
        let right = || {
            format!(
                "the verbs get and create on pods/exec are needed in the namespace {}",
                chamber.namespace
            )
        };
        let connection = self
            .client()
            .connect(request)
            .await
            .map_err(|error| KubernetesError::of(error, right))?;
        let version = match connection.supports_stream_close() {
            true => Version::V5,
            false => Version::V4,
        };
        let mut stream = ExecStream::new(connection.into_stream(), Conversation::new(version));
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
            (Err(error), Err(RunFailure::Cut(_))) => {
                Err(KubernetesError::Bridge(error.to_string()))
            }
            (_, outcome) => Ok(Some((outcome, complaints))),
        }
    }
}
