//! Chambers: the containers in which programs see all of a node's network.

use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::pod::Pod;

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
