//! Network policies.

use serde_json::Value as Json;

use crate::objects::label::Selector;
use crate::objects::metadata::Metadata;
use crate::objects::wire;

/// A network policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkPolicy {
    /// Its names.
    pub metadata: Metadata,
    /// The pods of its namespace that it is about.
    pub selector: Selector,
    /// The rules for what comes in; `None` where it is not about that.
    pub ingress: Option<usize>,
    /// The rules for what goes out; `None` where it is not about that.
    pub egress: Option<usize>,
}

impl NetworkPolicy {
    pub(super) fn read(object: &Json) -> Option<Self> {
        let spec = &object["spec"];
        let types = wire::texts(&spec["policyTypes"]);
        let rules = |name: &str| wire::items(&spec[name]).count();
        let (ingress, egress) = (rules("ingress"), rules("egress"));
        // One that does not say is about what comes in, and about what goes out if it has rules
        // for that.
        let says = |name: &str| types.iter().any(|one| **one == *name);
        let is_ingress = types.is_empty() || says("Ingress");
        let is_egress = (types.is_empty() && egress > 0) || says("Egress");
        Some(Self {
            metadata: Metadata::read(object)?,
            selector: Selector::read(&spec["podSelector"]),
            ingress: is_ingress.then_some(ingress),
            egress: is_egress.then_some(egress),
        })
    }
}
