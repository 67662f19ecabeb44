//! The `openflow_list` tool: the flows of a bridge, parsed.

use std::collections::BTreeMap;

use ovn_schemas::vswitch;
use serde_json::{Value as Json, json};

use crate::command::Command;
use crate::database::Database;
use crate::dump::openflow::OpenFlow;
use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{Needs, Request, Snapshot};
use crate::tool::Tool;
use crate::tool::beside::{beside, node_of, word};

/// Lists the OpenFlow flows of a bridge.
#[derive(Clone, Copy, Debug)]
pub struct OpenflowList;

/// The bridge that OVN makes flows for.
pub const INTEGRATION_BRIDGE: &str = "br-int";

/// Which flows to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// The bridge.
    pub bridge: String,
    /// Only those of this table.
    pub table: Option<u8>,
    /// Only those whose match holds this text.
    pub condition: Option<String>,
    /// Only those whose actions hold this text.
    pub actions: Option<String>,
    /// Only those that have met packets.
    pub hit: bool,
    /// Only those of this node.
    pub node: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

impl Params {
    fn command(&self) -> Result<Command, ToolError> {
        Ok(Command::BridgeFlows {
            bridge: word("bridge", &self.bridge)?,
        })
    }

    fn keeps(&self, flow: &OpenFlow) -> bool {
        let holds = |text: &str, part: &Option<String>| {
            part.as_deref().is_none_or(|part| text.contains(part))
        };
        self.table.is_none_or(|table| table == flow.table)
            && holds(&flow.condition, &self.condition)
            && holds(&flow.actions, &self.actions)
            && (!self.hit || flow.packets > 0)
    }
}

impl Tool for OpenflowList {
    const NAME: &'static str = "openflow_list";
    type Params = Params;
    type Report = Listing;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        params.command()?;
        Ok(Needs::default().column(Database::Ovs, vswitch::bridge::NAME))
    }

    fn plan(params: &Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        let node = params.node.as_deref();
        beside(Database::Ovs, node, &params.command()?, snapshot)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let command = params.command()?;
        let mut flows: Vec<(String, OpenFlow)> = Vec::new();
        let mut unread = 0;
        for (read, output) in snapshot.answers(|asked| *asked == command) {
            let listing = OpenFlow::list(&output.text);
            unread += listing.other.len();
            flows.extend(listing.items.into_iter().map(|flow| (node_of(read), flow)));
        }
        let all = flows.len();
        flows.retain(|(_, flow)| params.keeps(flow));
        flows.sort_by(|(a_node, a), (b_node, b)| {
            let key = |flow: &OpenFlow| (flow.table, std::cmp::Reverse(flow.priority));
            (key(a), &a.condition, a_node).cmp(&(key(b), &b.condition, b_node))
        });
        let mut tables: BTreeMap<u8, usize> = BTreeMap::new();
        for (_, flow) in &flows {
            *tables.entry(flow.table).or_default() += 1;
        }
        let mut found = format!(
            "{} of {all} flows of {}, in {} tables",
            flows.len(),
            params.bridge,
            tables.len()
        );
        if unread > 0 {
            found.push_str(&format!("; {unread} lines could not be read as flows"));
        }
        let rows = flows.iter().map(|(node, flow)| row(node, flow)).collect();
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let columns = ["node", "table", "priority", "match", "actions", "packets"];
        let listed = Listing::page(found, &columns, rows, &params.page, question, snapshot)?;
        let counts = tables
            .into_iter()
            .map(|(table, count)| (format!("table {table}"), count));
        Ok(listed.counted(counts))
    }
}

fn row(node: &str, flow: &OpenFlow) -> Vec<Json> {
    vec![
        json!(node),
        json!(flow.table),
        json!(flow.priority),
        json!(flow.condition),
        json!(flow.actions),
        json!(flow.packets),
    ]
}
