//! The `ofproto_trace` tool: what the OpenFlow flows of a bridge do with a packet, each step with
//! the logical flow and the configuration behind it.

use ovn_schemas::vswitch;
use serde_json::{Value as Json, json};

use crate::command::{Command, ConntrackState};
use crate::database::Database;
use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{DatabaseRead, Needs, Request, Snapshot};
use crate::tool::Tool;
use crate::tool::beside::{beside, node_of, word};
use crate::tool::origins::{Origins, with_needs};
use crate::trace::flow::{Pass, Step, Trace};

/// Traces a packet through the OpenFlow tables of a bridge.
#[derive(Clone, Copy, Debug)]
pub struct OfprotoTrace;

/// Which packet to trace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// The bridge.
    pub bridge: String,
    /// The packet, in the notation of ovs-fields(7), such as `in_port=1,tcp,…`.
    pub flow: String,
    /// What each pass through conntrack finds; a new connection where none is given.
    pub conntrack: Vec<ConntrackState>,
    /// The node whose switch is asked.
    pub node: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

/// The datapath's action for a packet that goes nowhere.
const DROP: &str = "drop";
/// An action that hands the packet to a group, behind which the tracer does not always go.
const GROUP: &str = "group:";

impl Params {
    fn command(&self) -> Result<Command, ToolError> {
        Ok(Command::FlowTrace {
            bridge: word("bridge", &self.bridge)?,
            flow: word("flow", &self.flow)?,
            conntrack: self.conntrack.clone(),
        })
    }
}

impl Tool for OfprotoTrace {
    const NAME: &'static str = "ofproto_trace";
    type Params = Params;
    type Report = Listing;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        params.command()?;
        Ok(with_needs(
            Needs::default().column(Database::Ovs, vswitch::bridge::NAME),
        ))
    }

    fn plan(params: &Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        let node = params.node.as_deref();
        let requests = beside(Database::Ovs, node, &params.command()?, snapshot)?;
        if requests.len() > 1 {
            let nodes: Vec<String> = requests
                .iter()
                .map(|request| node_of(&snapshot.databases[request.database]))
                .collect();
            return Err(
                ToolError::new("there are several nodes whose switches could be asked")
                    .hint(format!("say which with `node`: {}", nodes.join(", "))),
            );
        }
        Ok(requests)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let command = params.command()?;
        let answer = snapshot.answers(|asked| *asked == command).next();
        let (found, rows) = match answer {
            Some((read, output)) => {
                let trace = Trace::parse(&output.text);
                (verdict(&trace), rows(&trace, &origins(read, snapshot)))
            }
            None => ("the packet could not be traced".to_owned(), Vec::new()),
        };
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let columns = [
            "pass",
            "table",
            "match",
            "priority",
            "actions",
            "stage",
            "made_from",
        ];
        Listing::page(found, &columns, rows, &params.page, question, snapshot)
    }
}

/// What the flows of the node were made from.
fn origins(read: &DatabaseRead, snapshot: &Snapshot) -> Origins {
    let node = read.node.as_deref();
    // One Southbound database serves all nodes where none is the node's own.
    let of = |database| {
        let own = snapshot.of(database, node).next();
        own.or_else(|| snapshot.of(database, None).next())
    };
    match of(Database::Sb) {
        Some(sb) => Origins::read(of(Database::Nb).map(|nb| &nb.rows), &sb.rows),
        None => Origins::default(),
    }
}

fn verdict(trace: &Trace) -> String {
    let steps: usize = trace.passes.iter().map(|pass| pass.steps.len()).sum();
    let passes = trace.passes.len();
    let mut text = match trace.verdict() {
        Some(DROP) => "the packet is dropped".to_owned(),
        Some(actions) => format!("the datapath does: {actions}"),
        None => "the trace tells no end".to_owned(),
    };
    text.push_str(&format!("; {steps} steps in {passes} passes"));
    let mut actions = trace
        .passes
        .iter()
        .flat_map(|pass| &pass.steps)
        .flat_map(|step| &step.actions);
    if actions.any(|action| action.starts_with(GROUP)) {
        text.push_str(
            "; it meets a group, whose choice the tracer does not follow: packet_trace does",
        );
    }
    if let Some(megaflow) = trace
        .passes
        .last()
        .and_then(|pass| pass.megaflow.as_deref())
    {
        text.push_str(&format!("; decided by {megaflow}"));
    }
    text
}

fn rows(trace: &Trace, origins: &Origins) -> Vec<Vec<Json>> {
    let passes = trace.passes.iter().enumerate();
    passes
        .flat_map(|(number, pass): (usize, &Pass)| {
            pass.steps.iter().map(move |step: &Step| {
                let flow = step.cookie.map(|cookie| format!("{cookie:08x}"));
                let flow = flow.as_deref();
                vec![
                    json!(number + 1),
                    json!(step.table),
                    json!(step.condition),
                    json!(step.priority),
                    json!(step.actions.join(" ")),
                    json!(flow.and_then(|flow| origins.stage(flow))),
                    json!(
                        flow.and_then(|flow| origins.of_flow(flow))
                            .map(|origin| origin.words())
                    ),
                ]
            })
        })
        .collect()
}
