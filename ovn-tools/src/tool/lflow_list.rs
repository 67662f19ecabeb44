//! The `lflow_list` tool: logical flows, parsed, with the rows that they come from.

mod hints;

mod flow_row;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use ovn_schemas::{nb, sb};
use ovsdb_client::table::Table;
use serde_json::{Value as Json, json};

use crate::check::{Scene, Zone};
use crate::database::Database;
use crate::listing::{Draft, Line, Listing};
use crate::page::{self, MAX_LIMIT, Page};
use crate::report::{Next, ToolError};
use crate::snapshot::{Needs, Snapshot};
use crate::tool::asked::{self, counted, on};
use crate::tool::lflow_list::flow_row::{Datapaths, FlowRow};
use crate::tool::lflow_list::hints::{HINTED, Hints};
use crate::tool::{Tool, near};
use crate::topology::Topology;

/// How many stages the summary counts.
/// **Default and why**: 3; without a filter the answer counts all.
const MAX_STAGES: usize = 3;

/// Lists logical flows.
#[derive(Clone, Copy, Debug)]
pub struct LflowList;

/// Which logical flows to list; without any, how many each stage has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Only those of this switch or router.
    pub datapath: Option<String>,
    /// Only those of stages with this in their name, such as `ls_in_acl`.
    pub stage: Option<String>,
    /// Only those whose match has this field.
    pub field: Option<String>,
    /// Only those with this action.
    pub action: Option<String>,
    /// Only those with this text in their match or actions.
    pub text: Option<String>,
    /// Only those that come from this Northbound row: 8 or more digits of its UUID.
    pub of: Option<String>,
    /// Only those on this node.
    pub node: Option<String>,
    /// The part of the answer.
    pub page: Page,
}

impl Params {
    fn lists_flows(&self) -> bool {
        self.stage.is_some()
            || self.field.is_some()
            || self.action.is_some()
            || self.text.is_some()
            || self.of.is_some()
    }
}

impl Tool for LflowList {
    const NAME: &'static str = "lflow_list";
    type Params = Params;
    type Report = Listing;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        let mut needs = Needs::default()
            .table(Database::Sb, sb::LogicalFlow::DEFINITION.name)
            .table(Database::Sb, sb::LogicalDpGroup::DEFINITION.name)
            .table(Database::Sb, sb::DatapathBinding::DEFINITION.name);
        if params.lists_flows() {
            for table in HINTED {
                needs = needs.table(Database::Nb, table.name);
            }
            needs = needs.table(Database::Nb, nb::AddressSet::DEFINITION.name);
        }
        Ok(needs)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let node = params.node.as_deref();
        asked::node(node, snapshot)?;
        let of = params.of.as_deref().map(hint_of).transpose()?;
        let topology = Topology::default();
        let scene = Scene::of(snapshot, &topology);
        let zones = scene.zones.iter();
        let zones = zones.filter(|zone| zone.sb.is_some() && (node.is_none() || zone.node == node));
        let zones: Vec<&Zone<'_>> = zones.collect();
        if zones.is_empty() {
            return Err(ToolError::new("no OVN_Southbound database was read")
                .hint("`sources_list` shows which databases there are"));
        }
        let mut found = Found::default();
        let mut datapath_names = BTreeSet::new();
        for zone in zones {
            let datapaths = Datapaths::of(zone);
            datapath_names.extend(datapaths.names().map(str::to_owned));
            let hints = if params.lists_flows() {
                Hints::of(zone)
            } else {
                Hints::default()
            };
            for row in zone.sb_rows::<sb::LogicalFlow>() {
                let flow = FlowRow::new(row, &datapaths);
                if flow.is_asked(params, of.as_deref()) {
                    found.add(zone, &flow, &hints, params.lists_flows());
                }
            }
        }
        if let Some(name) = &params.datapath
            && !datapath_names.contains(name)
        {
            let names = datapath_names.iter().map(String::as_str);
            let error = ToolError::new(format!("there is no datapath `{name}`"));
            return Err(match near::did_you_mean(name, names.clone()) {
                Some(near) => error.hint(near),
                None => error.hint(format!(
                    "datapaths there are: {}",
                    names.take(10).collect::<Vec<_>>().join(", ")
                )),
            });
        }
        found.list(params, snapshot)
    }
}

/// The digits that flows name a row by: the first 8 of its UUID.
fn hint_of(text: &str) -> Result<String, ToolError> {
    let digits: String = text.chars().filter(|&c| c != '-').take(8).collect();
    let is_digit = |byte: u8| byte.is_ascii_hexdigit();
    if digits.len() == 8 && digits.bytes().all(is_digit) {
        return Ok(digits.to_ascii_lowercase());
    }
    Err(
        ToolError::new(format!("`{text}` is not the beginning of a UUID"))
            .hint("send 8 or more hexadecimal digits, as other answers show them in `uuid`"),
    )
}

/// What matches.
#[derive(Default)]
struct Found {
    lines: Vec<Line>,
    stages: BTreeMap<StageKey, (usize, BTreeSet<(String, String)>)>,
    total: usize,
    unknown: usize,
}

/// A stage: its pipeline and table, and its name.
type StageKey = (String, i64, String);

impl Found {
    fn add(&mut self, zone: &Zone<'_>, flow: &FlowRow, hints: &Hints, lists: bool) {
        self.total += 1;
        let (count, datapaths) = self.stages.entry(flow.stage_key()).or_default();
        *count += 1;
        let node = zone.node.unwrap_or_default();
        datapaths.extend(
            flow.datapaths
                .iter()
                .map(|name| (node.to_owned(), name.clone())),
        );
        if lists {
            self.unknown += usize::from(!flow.is_understood());
            let uuid = zone
                .sb
                .map(|read| read.short_uuid(sb::LogicalFlow::DEFINITION.name, flow.row.uuid()));
            self.lines.push(flow.line(zone.node, uuid, hints));
        }
    }

    fn list(mut self, params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let place = on(params.node.as_deref());
        let total = self.total;
        let question = page::question(LflowList::NAME, params, |asked| &mut asked.page);
        let mut draft = Draft::default();
        if params.lists_flows() {
            draft.columns = vec!["datapaths", "stage", "priority", "match", "actions", "from"];
            draft.lines = std::mem::take(&mut self.lines);
            if self.unknown > 0 {
                draft.hints.push(format!(
                    "{} of them are not understood in full and stand verbatim",
                    self.unknown
                ));
            }
            let mut most: Vec<(usize, &str)> = self
                .stages
                .iter()
                .map(|((.., name), (count, _))| (*count, name.as_str()))
                .collect();
            most.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
            let counts = most
                .iter()
                .take(MAX_STAGES)
                .map(|(count, name)| format!("{name} {count}"));
            let counts: Vec<String> = counts.collect();
            let stages = self.stages.len();
            let counts = if counts.is_empty() {
                String::new()
            } else {
                format!(": {}", counts.join(", "))
            };
            return Listing::of(draft, &params.page, question, snapshot, |_| {
                format!(
                    "{}{place} in {}{counts}",
                    counted(total, "logical flow"),
                    counted(stages, "stage")
                )
            });
        }
        draft.columns = vec!["stage", "pipeline", "table", "flows", "datapaths"];
        for ((pipeline, table, name), (count, datapaths)) in &self.stages {
            let cells: Vec<Json> = vec![
                name.as_str().into(),
                pipeline.as_str().into(),
                (*table).into(),
                (*count).into(),
                datapaths.len().into(),
            ];
            let kind = name.get(..2).unwrap_or_default();
            let order = [
                kind.into(),
                i64::from(pipeline != "ingress").into(),
                (*table).into(),
                name.as_str().into(),
            ];
            draft.lines.push(Line::new(None, None, cells).by(order));
        }
        let busiest = self
            .stages
            .iter()
            .max_by_key(|((.., name), (count, _))| (*count, std::cmp::Reverse(name.clone())));
        if let Some(((.., name), _)) = busiest {
            let mut arguments = serde_json::Map::new();
            arguments.insert("stage".to_owned(), json!(name));
            if let Some(datapath) = &params.datapath {
                arguments.insert("datapath".to_owned(), json!(datapath));
            }
            draft.next.push(Next {
                tool: Self::tool().to_owned(),
                arguments,
                why: "the flows of a stage".to_owned(),
            });
        }
        let of = params
            .datapath
            .as_ref()
            .map_or_else(String::new, |name| format!(" of {name}"));
        // All of them are wanted; the budget of the answer cuts them where it must.
        let page = Page {
            limit: params.page.limit.or(Some(MAX_LIMIT)),
            ..params.page.clone()
        };
        Listing::of(draft, &page, question, snapshot, |stages| {
            format!(
                "{}{of}{place} in {}",
                counted(total, "logical flow"),
                counted(stages, "stage")
            )
        })
    }

    fn tool() -> &'static str {
        LflowList::NAME
    }
}
