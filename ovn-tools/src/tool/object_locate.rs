//! The `object_locate` tool: the rows of an object in every layer, linked, and the break in them.

mod named;

mod chain;

mod uses;

mod target;

mod follow;

mod cluster;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use ovn_schemas::{nb, sb, vswitch};
use ovsdb_client::table::Table;
use serde_json::{Value as Json, json};

use crate::check::{self, Asked, CHECKS, Check, Found, Scene};
use crate::database::Database;
use crate::listing::{Draft, Line, Listing};
use crate::objects::ObjectQuestion;
use crate::page::{self, Page};
use crate::report::{Gap, Next, ToolError};
use crate::snapshot::{Needs, Snapshot};
use crate::tool::health_check::HealthCheck;
use crate::tool::object_locate::cluster::{clusters, meant};
use crate::tool::object_locate::named::{BREAK, FOLD_FROM, NODE_RANK};
use crate::tool::object_locate::target::{Target, targets};
use crate::tool::{Tool, asked, near};
use crate::topology::Topology;

/// How many objects are followed where several may be meant.
/// **Default and why**: 4; more are listed by name, to be asked for one by one.
const MAX_TARGETS: usize = 4;

/// Locates an object.
#[derive(Clone, Copy, Debug)]
pub struct ObjectLocate;

/// What to locate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Whatever is known of it.
    pub object: String,
    /// Only its rows on this node.
    pub node: Option<String>,
    /// The part of the answer.
    pub page: Page,
}

impl Tool for ObjectLocate {
    const NAME: &'static str = "object_locate";
    type Params = Params;
    type Report = Listing;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        let all: Vec<&'static Check> = CHECKS.to_vec();
        Ok(check::needs_about(&all, &params.object)
            .table(Database::Nb, nb::LogicalSwitch::DEFINITION.name)
            .table(Database::Nb, nb::LogicalRouter::DEFINITION.name)
            .table(Database::Sb, sb::PortBinding::DEFINITION.name)
            .table(Database::Sb, sb::Chassis::DEFINITION.name)
            .table(Database::Sb, sb::DatapathBinding::DEFINITION.name)
            .table(Database::Ovs, vswitch::Bridge::DEFINITION.name))
    }

    fn objects(params: &Params, snapshot: &Snapshot) -> Vec<ObjectQuestion> {
        let all: Vec<&'static Check> = CHECKS.to_vec();
        check::more(&all, &params.object, snapshot)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let node = params.node.as_deref();
        asked::node(node, snapshot)?;
        let object = params.object.trim();
        if object.is_empty() {
            return Err(ToolError::new("`object` is empty").hint(
                "send a pod as namespace/name, a service, policy, node, address, port or UUID",
            ));
        }
        let topology = Topology::default();
        let scene = Scene::of(snapshot, &topology);
        let clusters = clusters(&scene);
        let among = clusters.iter().map(|objects| meant(object, objects));
        let (found, names) = targets(object, &scene, among);
        let gaps = cluster::gaps(&found, snapshot);
        if found.is_empty() {
            return Err(nothing(object, &names, &gaps));
        }
        let mut draft = Draft {
            columns: vec!["object", "row", "says", "link"],
            gaps,
            ..Draft::default()
        };
        let all: Vec<String> = found.iter().map(Target::words).collect();
        for (place, target) in (0..).zip(found.iter().take(MAX_TARGETS)) {
            target.follow(&scene, node, place, &mut draft);
        }
        if found.len() > MAX_TARGETS {
            let more = all[MAX_TARGETS..].join(", ");
            draft.hints.push(format!(
                "several are meant; ask for one of these too: {more}"
            ));
        }
        let located = findings(&found, snapshot, node);
        for (place, (target, own)) in (0..).zip(found.iter().zip(&located)) {
            for objects in &clusters {
                cluster::follow(target, objects, own, place, &mut draft.lines);
            }
        }
        let breaks = breaks(&found, located, node, &mut draft);
        let first_break = first_break(&draft);
        if let (Some((_, place)), true) = (&first_break, breaks.is_empty()) {
            draft.next.push(Next::to(
                HealthCheck::NAME,
                [("node", json!(place))],
                "what else is wrong where the chain breaks",
            ));
        }
        if found.len() == 1 {
            // Every row is of the one object, which the summary names.
            draft.columns.remove(0);
            for line in &mut draft.lines {
                line.cells.remove(0);
            }
        }
        tell_once(&mut draft.lines);
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        Listing::of(draft, &params.page, question, snapshot, |rows| {
            let what = match all.as_slice() {
                [one] => one.clone(),
                several => format!(
                    "{} objects ({})",
                    several.len(),
                    several[..several.len().min(MAX_TARGETS)].join(", ")
                ),
            };
            let mut summary = format!("{what}: {}", asked::counted(rows, "row"));
            if let Some((place, _)) = &first_break {
                summary.push_str(&format!("; the chain breaks at {place}"));
            }
            match breaks.as_slice() {
                [] if first_break.is_none() => summary.push_str(", no break found"),
                [] => {}
                breaks => summary.push_str(&format!("; {}", breaks.join(", "))),
            }
            summary
        })
    }
}

/// What the diagnostics say of each of the objects.
fn findings(found: &[Target], snapshot: &Snapshot, node: Option<&str>) -> Vec<Vec<Found>> {
    let all: Vec<&'static Check> = CHECKS.to_vec();
    let targets = found.iter().take(MAX_TARGETS);
    let located = targets.map(|target| {
        let wanted = Asked {
            object: Some(target.name()),
            node: node.map(str::to_owned),
        };
        check::run(&all, snapshot, &wanted).findings
    });
    located.collect()
}

/// What the diagnostics say, as hints; gives the first in short.
fn breaks(
    found: &[Target],
    located: Vec<Vec<Found>>,
    node: Option<&str>,
    draft: &mut Draft,
) -> Vec<String> {
    let mut told = BTreeSet::new();
    let mut breaks = Vec::new();
    for findings in located {
        for finding in findings {
            let place = asked::on(finding.node.as_deref());
            let words = format!(
                "{}{place}: {} ({})",
                finding.object, finding.cause, finding.check
            );
            if told.insert(words.clone()) {
                draft.hints.push(format!("{}: {words}", finding.severity));
                breaks.push(format!("{}{place}", finding.check));
            }
        }
    }
    let target = found.first().filter(|_| !breaks.is_empty());
    draft.next.push(match target {
        Some(target) => Next::to(
            HealthCheck::NAME,
            [("object", json!(target.name())), ("node", json!(node))],
            "what is wrong with it, with the rows that show it",
        ),
        None => Next::to(
            HealthCheck::NAME,
            [(
                "node",
                json!(node.map(str::to_owned).or_else(|| node_of(found, draft))),
            )],
            "what is wrong around it, with the rows that show it",
        ),
    });
    breaks
}

/// The node to look at: the object itself, or the one that all rows are on.
fn node_of(found: &[Target], draft: &Draft) -> Option<String> {
    if let [Target::Node(name)] = found {
        return Some(name.clone());
    }
    let first = draft.lines.first()?.node.as_ref()?;
    let is_one = draft
        .lines
        .iter()
        .all(|line| line.node.as_ref() == Some(first));
    is_one.then(|| first.clone())
}

/// Sorts rows that many nodes have alike behind those that tell the nodes apart, where they are
/// one row of the answer.
fn tell_once(lines: &mut [Line]) {
    let key = |line: &Line| {
        let cells = Json::from(line.cells.clone()).to_string();
        (line.order.first().cloned(), cells)
    };
    let mut alike: BTreeMap<_, BTreeSet<Option<String>>> = BTreeMap::new();
    for line in lines.iter() {
        alike
            .entry(key(line))
            .or_default()
            .insert(line.node.clone());
    }
    for line in lines {
        if alike
            .get(&key(line))
            .is_some_and(|nodes| nodes.len() >= FOLD_FROM)
            && let Some(node) = line.order.get_mut(NODE_RANK)
        {
            // Behind every name.
            *node = "\u{10ffff}".into();
        }
    }
}

/// The first row that does not link to the next, and why; and its node.
fn first_break(draft: &Draft) -> Option<(String, Option<String>)> {
    let mut lines: Vec<&Line> = draft.lines.iter().collect();
    lines.sort_by(|a, b| a.order.cmp(&b.order));
    lines.into_iter().find_map(|line| {
        let link = line.cells.last()?.as_str()?;
        let why = link.strip_prefix(BREAK)?;
        let row = line.cells.get(1)?.as_str()?;
        let words = format!("{row}{}: {why}", asked::on(line.node.as_deref()));
        Some((words, line.node.clone()))
    })
}

fn nothing(object: &str, names: &BTreeSet<String>, gaps: &[Gap]) -> ToolError {
    let mut message =
        format!("nothing is called `{object}`, has it as an address, or a UUID that begins so");
    for gap in gaps {
        message.push_str(&format!("; {} was not read: {}", gap.what, gap.why));
    }
    let error = ToolError::new(message);
    let names = names.iter().map(String::as_str);
    match near::did_you_mean(object, names) {
        Some(near) => error.hint(near),
        None => error.hint("send a pod as namespace/name, a service, policy, egress IP, node, address, port, hashed name, or 8 or more digits of a UUID"),
    }
}
