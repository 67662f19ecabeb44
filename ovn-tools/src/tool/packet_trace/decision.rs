//! Decisions: the Northbound rows that decided about a packet, and the objects behind them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::objects::ObjectKind;
use crate::snapshot::{DatabaseRead, Snapshot};
use crate::tool::origins::Origins;
use crate::tool::packet_trace::cluster;
use crate::trace::logical::{Place, Trace};

/// A Northbound row that decided about the packet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionShown {
    /// The zone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// The switch or router it was applied on.
    pub datapath: String,
    /// The stage.
    pub stage: String,
    /// The row's table.
    pub table: String,
    /// The row's UUID.
    pub uuid: String,
    /// What it says.
    pub what: String,
    /// Whom it stands for, such as `network policy shop/allow-frontend, Ingress`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub owner: Option<String>,
    /// The object of the cluster it was made for, such as `NetworkPolicy shop/allow-frontend`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub object: Option<String>,
}

/// The flows of a trace that were made from Northbound rows, each with the pipeline it stands in:
/// actions such as `ct_lb_mark` go on in the pipeline before them.
pub(super) fn decisions(
    trace: &Trace,
    origins: &Origins,
    sb: &DatabaseRead,
    snapshot: &Snapshot,
) -> Vec<DecisionShown> {
    let mut datapath = String::new();
    let mut all = Vec::new();
    for (place, flow) in trace.flows() {
        if let Place::Pipeline { datapath: name, .. } = place {
            datapath.clone_from(name);
        }
        if let Some(origin) = origins.of_flow(&flow.uuid) {
            let mut owner = origin.owner.clone();
            if let (Some((ObjectKind::NetworkPolicy, name)), Some(owner)) =
                (&origin.object, &mut owner)
                && let Some(gone) = cluster::gone_policy(name, &sb.source, snapshot)
            {
                owner.push_str(&format!(", {gone}"));
            }
            // Only a cluster can be asked for it.
            let object = origin.object.as_ref();
            let object = object.filter(|_| {
                snapshot
                    .objects
                    .iter()
                    .any(|read| *read.source == *sb.source)
            });
            all.push(DecisionShown {
                node: sb.node.as_deref().map(str::to_owned),
                datapath: datapath.clone(),
                stage: flow.stage.clone(),
                table: origin.table.to_owned(),
                uuid: origin.uuid.clone(),
                what: origin.what.clone(),
                owner,
                object: object.map(|(kind, name)| format!("{kind} {name}")),
            });
        }
    }
    all
}
