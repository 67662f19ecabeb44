//! The answer: the verdict first, then what decided it, then the way.

use ovn_schemas::sb;
use ovsdb_client::replica;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::database::Database;
use crate::objects::ObjectsRead;
use crate::report::{Block, Cell, Gap, Next, Origin, Report, Tone, sources_of};
use crate::snapshot::Snapshot;
use crate::tool::Tool;
use crate::tool::health_check::HealthCheck;
use crate::tool::packet_trace::Params;
use crate::tool::packet_trace::decision::{DecisionShown, decisions};
use crate::tool::packet_trace::journey::{Journey, Leg};
use crate::tool::packet_trace::packet::Protocol;
use crate::tool::packet_trace::verdict::{Ending, Verdict, last_note, reason};
use crate::trace::logical::{Flow, Place, Step, Trace};

/// What becomes of the packet, and why.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PacketTraced {
    /// The verdict in words.
    pub summary: String,
    /// What becomes of the packet.
    pub verdict: Verdict,
    /// The sender.
    pub from: EndShown,
    /// Whom it is for.
    pub to: EndShown,
    /// The last step, where the verdict fell.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub at: Option<PlaceShown>,
    /// The Northbound rows that decided about it on its way, in order.
    pub decided_by: Vec<DecisionShown>,
    /// Its way, zone by zone and pipeline by pipeline.
    pub path: Vec<HopShown>,
    /// What the trace takes for granted.
    pub assumptions: Vec<String>,
    /// The command of each zone and what it printed, where that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub trace: Vec<String>,
    /// Where the rows came from; of many databases, those that the packet passes.
    pub sources: Vec<Origin>,
    /// What could not be looked at.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub gaps: Vec<Gap>,
    /// What to ask next.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub next: Vec<Next>,
}

/// One end of the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EndShown {
    /// What it is, such as `port shop_cart-0`.
    pub what: String,
    /// Its IP address, and the transport port of the target.
    pub address: String,
    /// The zone of the sender.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// The chassis that has claimed its port.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub chassis: Option<String>,
    /// The backend that is taken, of how many.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub backend: Option<String>,
}

/// A step of the trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceShown {
    /// The zone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// `ingress` or `egress`.
    pub pipeline: String,
    /// The switch or router.
    pub datapath: String,
    /// The stage, such as `ls_out_acl`.
    pub stage: String,
    /// The match of the flow.
    #[serde(rename = "match")]
    pub condition: String,
    /// Its priority.
    pub priority: u16,
    /// Its actions.
    pub actions: String,
    /// The first digits of its UUID.
    pub flow: String,
}

/// A pipeline that the packet goes through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HopShown {
    /// The zone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// `ingress` or `egress`.
    pub pipeline: String,
    /// The switch or router.
    pub datapath: String,
    /// Where it came in.
    pub inport: String,
    /// Where it goes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outport: Option<String>,
}

impl PacketTraced {
    pub(super) fn new(params: &Params, journey: &Journey, snapshot: &Snapshot) -> Self {
        let last = journey.legs.last();
        let traced = last.and_then(|leg| Some((leg, &leg.trace.as_ref()?.1)));
        let ending = traced.map(|(_, trace)| Ending::of(trace));
        let verdict = ending
            .as_ref()
            .map_or(Verdict::Unknown, |ending| ending.verdict);
        let node_of = |leg: &Leg| {
            snapshot.databases[leg.hop.place]
                .node
                .as_deref()
                .map(str::to_owned)
        };
        let mut decided_by: Vec<DecisionShown> = Vec::new();
        let mut path: Vec<HopShown> = Vec::new();
        for leg in &journey.legs {
            let Some((_, trace)) = &leg.trace else {
                continue;
            };
            let node = node_of(leg);
            path.extend(hops(trace, node.as_deref()));
            let sb = &snapshot.databases[leg.hop.place];
            let origins = leg.hop.origins(snapshot);
            decided_by.extend(decisions(trace, &origins, sb, snapshot));
        }
        decided_by.dedup_by(|b, a| a.uuid == b.uuid && a.datapath == b.datapath);
        let at = match (&ending, traced) {
            (Some(ending), Some((leg, _))) if !arrives(ending.verdict) => ending
                .last
                .map(|(place, flow)| step(journey, leg, place, flow, node_of(leg))),
            _ => None,
        };
        let packet = journey.legs.first().map(|leg| &leg.hop.packet);
        let address = packet.map_or(String::new(), |packet| match packet.protocol {
            Protocol::Icmp => format!("{} icmp", packet.ip_dst),
            protocol => format!("{} {} {}", packet.ip_dst, protocol.name(), packet.port),
        });
        // Of many databases those that the packet passes.
        let nodes = path.iter().map(|hop| hop.node.as_deref());
        let nodes = nodes.chain([journey.sender.node.as_deref()]);
        let sources = sources_of(&snapshot.origins(), nodes);
        let mut answer = Self {
            summary: String::new(),
            verdict,
            from: EndShown {
                what: format!("port {}", journey.sender.name),
                address: packet.map_or(String::new(), |packet| packet.ip_src.to_string()),
                node: journey.sender.node.clone(),
                chassis: journey.sender.chassis.clone(),
                backend: None,
            },
            to: EndShown {
                what: journey.target.words.clone(),
                address,
                node: None,
                chassis: None,
                backend: journey
                    .target
                    .backend
                    .as_ref()
                    .map(|(backend, of)| format!("{backend} of {of}")),
            },
            at,
            decided_by,
            path,
            assumptions: assumptions(params, journey),
            trace: Vec::new(),
            sources,
            gaps: gaps(snapshot),
            next: Vec::new(),
        };
        if params.full {
            answer.trace = journey
                .legs
                .iter()
                .filter_map(|leg| Some(leg.trace.as_ref()?.0.clone()))
                .collect();
        }
        let port = ending
            .as_ref()
            .and_then(|ending| ending.port)
            .map(|(port, _)| port);
        let note = traced.and_then(|(_, trace)| last_note(trace));
        let note = note.or_else(|| reason(ending.as_ref()?.last?.1));
        if let (Some((leg, _)), Some(port), Verdict::Delivered) = (traced, port, verdict) {
            answer.to.chassis = claimed_by(&snapshot.databases[leg.hop.place].rows, port);
        }
        answer.summary = answer.words(journey, port, note);
        answer.next = answer.leads_on(journey);
        answer
    }

    fn words(&self, journey: &Journey, port: Option<&str>, note: Option<&str>) -> String {
        let to = format!("{} ({})", self.to.what, self.to.address);
        let port = port.unwrap_or("?");
        let mut text = match self.verdict {
            Verdict::Delivered => {
                format!("{to} is reached: the packet is delivered to port {port}")
            }
            Verdict::LeavesNetwork => {
                format!("the packet to {to} leaves the logical network through {port}")
            }
            Verdict::LeavesZone => format!(
                "the packet to {to} leaves for another zone by {port}, whose databases were not read"
            ),
            Verdict::Dropped => format!("the packet to {to} is dropped"),
            Verdict::Rejected => format!("the packet to {to} is rejected"),
            Verdict::Consumed => {
                format!("the packet to {to} goes no further for now: OVN itself takes it")
            }
            Verdict::Unknown => format!("the packet to {to} could not be followed, see gaps"),
        };
        if let Some(at) = &self.at {
            text.push_str(&format!(" in stage {} of {}", at.stage, at.datapath));
            if let Some(node) = &at.node {
                text.push_str(&format!(" on {node}"));
            }
            let decision = self.decided_by.last().filter(|decision| {
                decision.datapath == at.datapath && same_kind(&decision.stage, &at.stage)
            });
            if let Some(decision) = decision {
                let owner = decision.owner.as_deref().unwrap_or(&decision.what);
                text.push_str(&format!(", by {} of {owner}", decision.table));
            } else if let Some(note) = note {
                text.push_str(&format!(": {note}"));
            } else {
                text.push_str(&format!(": {}", at.actions));
            }
        }
        let other = journey
            .target
            .reaches
            .as_deref()
            .filter(|reaches| *reaches != port);
        if let (Verdict::Delivered, Some(reaches)) = (self.verdict, other) {
            text.push_str(&format!(", which is not {reaches}"));
        }
        if self.verdict == Verdict::Delivered && self.to.chassis.is_none() {
            text.push_str(", which no chassis has claimed: in truth it arrives nowhere");
        }
        if self.from.chassis.is_none() {
            text.push_str("; no chassis has claimed the sender's port, so it cannot send at all");
        }
        text
    }

    /// What to ask next, above all where the packet does not end as its sender means it to.
    fn leads_on(&self, journey: &Journey) -> Vec<Next> {
        let check = |arguments, why: String| Next::to(HealthCheck::NAME, arguments, why);
        let mut next = Vec::new();
        if self.from.chassis.is_none() {
            let arguments = [
                ("object", json!(journey.sender.name)),
                ("node", json!(self.from.node)),
            ];
            next.push(check(
                arguments,
                "why nothing has claimed the sender's port".into(),
            ));
        }
        let inside = journey.target.reaches.as_deref();
        if let (Verdict::Delivered, None, Some(port)) = (self.verdict, &self.to.chassis, inside) {
            let arguments = [("object", json!(port)), ("node", Value::Null)];
            next.push(check(
                arguments,
                "why nothing has claimed the target's port".into(),
            ));
        }
        // A packet for somebody inside that leaves has taken a wrong way.
        let is_well = match self.verdict {
            Verdict::Delivered => true,
            Verdict::LeavesNetwork => inside.is_none(),
            _ => false,
        };
        // What caused it need not be where the packet ends.
        let arguments = [
            ("object", Value::Null),
            ("node", json!(self.node_of_path())),
        ];
        let why = if is_well {
            "what the logical flows do not tell: ports that are not claimed, tunnels and bridges \
             that are missing"
        } else {
            "what is wrong on its way, with the rows that show it"
        };
        next.push(check(arguments, why.into()));
        if is_well {
            return next;
        }
        let Some(at) = &self.at else { return next };
        if let Some(decision) = self.decided_by.last() {
            next.push(Next::row(
                Database::Nb,
                &decision.table,
                &decision.uuid,
                decision.node.as_deref(),
                "the row that decided last",
            ));
            if let Some((kind, name)) = decision
                .object
                .as_deref()
                .and_then(|one| one.split_once(' '))
            {
                let arguments = [("kind", json!(kind.to_lowercase())), ("name", json!(name))];
                next.push(Next::to(
                    "resource_get",
                    arguments,
                    "the object behind that row",
                ));
            }
        }
        next.push(Next::to(
            "topology_show",
            [("node", json!(at.node)), ("of", json!(at.datapath))],
            format!("what {} is linked to, and what is wrong there", at.datapath),
        ));
        next
    }

    /// The node that the whole path is on, if it is one.
    fn node_of_path(&self) -> Option<String> {
        let first = self.path.first()?.node.as_ref()?;
        let is_one = self.path.iter().all(|hop| hop.node.as_ref() == Some(first));
        is_one.then(|| first.clone())
    }
}

/// The chassis that has claimed a port, by its host's name.
fn claimed_by(sb: &replica::Snapshot, port: &str) -> Option<String> {
    let mut ports = sb.rows::<sb::PortBinding>();
    let row = ports.find(|row| row.logical_port() == port)?;
    let chassis = sb.get(row.chassis()?)?;
    Some(chassis.hostname().to_owned())
}

fn gaps(snapshot: &Snapshot) -> Vec<Gap> {
    let unread = snapshot.objects.iter().filter_map(ObjectsRead::gap);
    snapshot.gaps.iter().cloned().chain(unread).collect()
}

fn arrives(verdict: Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Delivered | Verdict::LeavesNetwork | Verdict::LeavesZone
    )
}

/// Whether two stages are of one kind, such as the evaluation and the verdict of ACLs.
fn same_kind(a: &str, b: &str) -> bool {
    let kind = |stage: &str| stage.split('_').take(3).collect::<Vec<_>>().join("_");
    kind(a) == kind(b)
}

fn assumptions(params: &Params, journey: &Journey) -> Vec<String> {
    let mut all = vec![
        format!(
            "every pass through conntrack finds {}",
            params.connection.words()
        ),
        "logical flows only: whether ports are claimed and flows installed is not part of it"
            .to_owned(),
    ];
    all.extend(journey.sender.note.clone());
    all.extend(journey.target.note.clone());
    if let Some((backend, of)) = &journey.target.backend {
        all.push(format!(
            "the load balancer chooses {backend}, of {of} backends"
        ));
    }
    for leg in &journey.legs {
        let trace = leg.trace.iter().map(|(_, trace)| trace);
        all.extend(trace.flat_map(first_choices));
    }
    all.dedup();
    all
}

/// Where one of several next hops was taken.
fn first_choices(trace: &Trace) -> impl Iterator<Item = String> {
    let steps = trace.blocks.iter().flat_map(|block| &block.steps);
    steps.filter_map(|step| {
        let Step::Flow(flow) = step else { return None };
        let of = flow.actions.iter().find_map(|line| {
            let (_, choices) = line.split_once("select(")?;
            let (choices, _) = choices.split_once(')')?;
            Some(choices.split(',').count())
        })?;
        let stage = &flow.stage;
        (of > 1).then(|| format!("stage {stage} takes the first of {of} next hops of equal cost"))
    })
}

fn pipeline(place: &Place) -> Option<HopShown> {
    match place {
        Place::Pipeline {
            name,
            datapath,
            inport,
            outport,
        } => Some(HopShown {
            node: None,
            pipeline: name.clone(),
            datapath: datapath.clone(),
            inport: inport.clone(),
            outport: outport.clone(),
        }),
        Place::Start | Place::Action(_) => None,
    }
}

fn hops(trace: &Trace, node: Option<&str>) -> Vec<HopShown> {
    let places = trace
        .blocks
        .iter()
        .filter_map(|block| pipeline(&block.place));
    places
        .map(|hop| HopShown {
            node: node.map(str::to_owned),
            ..hop
        })
        .collect()
}

fn step(
    journey: &Journey,
    leg: &Leg,
    place: &Place,
    flow: &Flow,
    node: Option<String>,
) -> PlaceShown {
    let hop = pipeline(place).or_else(|| {
        let (_, trace) = leg.trace.as_ref()?;
        hops(trace, None).pop()
    });
    let (pipeline, datapath) = match hop {
        Some(hop) => (hop.pipeline, hop.datapath),
        None => (String::new(), journey.sender.switch.clone()),
    };
    PlaceShown {
        node,
        pipeline,
        datapath,
        stage: flow.stage.clone(),
        condition: flow.condition.clone(),
        priority: flow.priority,
        actions: flow.actions.join(" "),
        flow: flow.uuid.clone(),
    }
}

impl Report for PacketTraced {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Summary(self.summary.clone())];
        if let Some(at) = &self.at {
            blocks.push(Block::Line(format!(
                "{} {} {}: {} (priority {}) {{ {} }}",
                at.datapath, at.pipeline, at.stage, at.condition, at.priority, at.actions
            )));
        }
        if !self.decided_by.is_empty() {
            blocks.push(Block::Heading("decided by".to_owned()));
            let columns = ["node", "datapath", "stage", "row", "owner", "what"];
            let rows = self.decided_by.iter().map(|decision| {
                vec![
                    Cell::plain(decision.node.clone().unwrap_or_default()),
                    Cell::plain(&decision.datapath),
                    Cell::plain(&decision.stage),
                    Cell::plain(format!(
                        "{} {}",
                        decision.table,
                        &decision.uuid[..UUID_DIGITS.min(decision.uuid.len())]
                    )),
                    Cell::plain(decision.owner.clone().unwrap_or_default()),
                    Cell::plain(&decision.what),
                ]
            });
            blocks.push(table(&columns, rows.collect()));
        }
        if !self.path.is_empty() {
            blocks.push(Block::Heading("path".to_owned()));
            let columns = ["node", "pipeline", "datapath", "inport", "outport"];
            let rows = self.path.iter().map(|hop| {
                vec![
                    Cell::plain(hop.node.clone().unwrap_or_default()),
                    Cell::plain(&hop.pipeline),
                    Cell::plain(&hop.datapath),
                    Cell::plain(&hop.inport),
                    Cell::plain(hop.outport.clone().unwrap_or_default()),
                ]
            });
            blocks.push(table(&columns, rows.collect()));
        }
        for assumption in &self.assumptions {
            blocks.push(Block::Line(format!("assumed: {assumption}")));
        }
        for gap in &self.gaps {
            blocks.push(Block::Line(format!("gap: {}: {}", gap.what, gap.why)));
        }
        for next in &self.next {
            blocks.push(Block::Line(format!(
                "next: {}: {}",
                next.command(),
                next.why
            )));
        }
        for trace in &self.trace {
            blocks.push(Block::Verbatim(trace.clone()));
        }
        blocks
    }
}

/// How much of a UUID a person is shown.
/// **Default and why**: 8 digits, its first group, by which it can be asked for.
const UUID_DIGITS: usize = 8;

fn table(columns: &[&str], rows: Vec<Vec<Cell>>) -> Block {
    Block::Table {
        columns: columns.iter().map(|&name| name.to_owned()).collect(),
        rows: rows
            .into_iter()
            .map(|row| {
                let cells = row.into_iter();
                cells
                    .map(|cell| Cell {
                        tone: Tone::Plain,
                        ..cell
                    })
                    .collect()
            })
            .collect(),
    }
}
