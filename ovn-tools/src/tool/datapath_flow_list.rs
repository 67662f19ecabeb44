//! The `datapath_flow_list` tool: the flows cached in the datapath, parsed.

use ovn_schemas::vswitch;
use serde_json::{Value as Json, json};

use crate::command::Command;
use crate::database::Database;
use crate::dump::datapath::DatapathFlow;
use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{Needs, Request, Snapshot};
use crate::tool::Tool;
use crate::tool::beside::{beside, node_of};

/// Lists the flows cached in the datapath.
#[derive(Clone, Copy, Debug)]
pub struct DatapathFlowList;

/// Which flows to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Only those whose match holds this text, such as an address.
    pub condition: Option<String>,
    /// Only those whose actions hold this text, such as `drop`.
    pub actions: Option<String>,
    /// Only those of this node.
    pub node: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

/// The actions of a flow that drops.
const DROP: &str = "drop";

impl Tool for DatapathFlowList {
    const NAME: &'static str = "datapath_flow_list";
    type Params = Params;
    type Report = Listing;

    fn needs(_params: &Params) -> Result<Needs, ToolError> {
        Ok(Needs::default().column(Database::Ovs, vswitch::bridge::NAME))
    }

    fn plan(params: &Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        let node = params.node.as_deref();
        beside(Database::Ovs, node, &Command::DatapathFlows, snapshot)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let mut flows: Vec<(String, DatapathFlow)> = Vec::new();
        let mut unread = 0;
        for (read, output) in snapshot.answers(|asked| *asked == Command::DatapathFlows) {
            let listing = DatapathFlow::list(&output.text);
            unread += listing.other.len();
            flows.extend(listing.items.into_iter().map(|flow| (node_of(read), flow)));
        }
        let all = flows.len();
        let holds = |text: &str, part: &Option<String>| {
            part.as_deref().is_none_or(|part| text.contains(part))
        };
        flows.retain(|(_, flow)| {
            holds(&flow.condition, &params.condition) && holds(&flow.actions, &params.actions)
        });
        flows.sort_by(|(a_node, a), (b_node, b)| {
            let key = |flow: &DatapathFlow| std::cmp::Reverse(flow.packets);
            (key(a), &a.condition, a_node).cmp(&(key(b), &b.condition, b_node))
        });
        let drops = flows
            .iter()
            .filter(|(_, flow)| flow.actions == DROP)
            .count();
        let mut found = format!(
            "{} of {all} flows in the datapath, {drops} of which drop",
            flows.len()
        );
        if unread > 0 {
            found.push_str(&format!("; {unread} lines could not be read as flows"));
        }
        let rows = flows.iter().map(|(node, flow)| row(node, flow)).collect();
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let columns = [
            "node",
            "match",
            "actions",
            "packets",
            "bytes",
            "used",
            "offloaded",
        ];
        Listing::page(found, &columns, rows, &params.page, question, snapshot)
    }
}

fn row(node: &str, flow: &DatapathFlow) -> Vec<Json> {
    vec![
        json!(node),
        json!(flow.condition),
        json!(flow.actions),
        json!(flow.packets),
        json!(flow.bytes),
        json!(flow.used),
        json!(flow.offloaded.as_deref().or(flow.layer.as_deref())),
    ]
}
