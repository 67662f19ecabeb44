//! Pods that leave through an egress IP.

use crate::owner::pod::Pod;

/// The owner type of what serves egress IPs.
const OWNER_TYPE: &str = "EgressIP";

/// One pod of one egress IP, as the marks of its NAT and policy rows name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EgressIpPod {
    /// The `EgressIP` object.
    pub egress_ip: Box<str>,
    /// The pod.
    pub pod: Pod,
}

impl EgressIpPod {
    /// From the mark of a row, whose name is `<egress IP>_<namespace>/<pod>`.
    pub fn parse(owner_type: &str, name: &str) -> Option<Self> {
        if owner_type != OWNER_TYPE {
            return None;
        }
        // Names of objects hold no underscore, so the first one parts them.
        let (egress_ip, pod) = name.split_once('_')?;
        let (namespace, name) = pod.split_once('/')?;
        Some(Self {
            egress_ip: egress_ip.into(),
            pod: Pod::new(namespace, name),
        })
    }
}
