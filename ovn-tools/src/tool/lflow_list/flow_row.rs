//! One logical flow.

use std::collections::BTreeMap;

use ovn_schemas::sb;
use ovsdb_client::table::{Enumeration, Table};
use ovsdb_client::value::Uuid;
use serde_json::Value as Json;

use crate::check::Zone;
use crate::flow::{Actions, Match};
use crate::listing::Line;
use crate::tool::lflow_list::Params;
use crate::tool::lflow_list::hints::Hints;

/// How many datapaths a flow names.
/// **Default and why**: 3; a flow can be of a thousand, and their number says enough.
const MAX_DATAPATHS: usize = 3;

/// The key of a flow that names its stage.
const STAGE_NAME: &str = "stage-name";

/// The key of a flow that names the row it comes from.
const STAGE_HINT: &str = "stage-hint";

/// The datapaths of a zone by name, and its groups of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Datapaths {
    names: BTreeMap<Uuid, String>,
    groups: BTreeMap<Uuid, Vec<Uuid>>,
}

impl Datapaths {
    /// Those of a zone.
    pub(super) fn of(zone: &Zone<'_>) -> Self {
        let named = |row: sb::DatapathBinding| {
            let name = row.external_ids().get("name").map(str::to_owned);
            (row.uuid(), name.unwrap_or_else(|| row.uuid().to_string()))
        };
        let group = |row: sb::LogicalDpGroup| {
            let members = row.datapaths().iter().map(|datapath| datapath.uuid());
            (row.uuid(), members.collect())
        };
        Self {
            names: zone.sb_rows().map(named).collect(),
            groups: zone.sb_rows().map(group).collect(),
        }
    }

    /// Their names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.values().map(String::as_str)
    }

    fn of_flow(&self, row: &sb::LogicalFlow) -> Vec<String> {
        let group = row
            .logical_dp_group()
            .and_then(|group| self.groups.get(&group.uuid()));
        let own = row.logical_datapath().map(|datapath| datapath.uuid());
        let all = own.into_iter().chain(group.into_iter().flatten().copied());
        let mut names: Vec<String> = all
            .map(|uuid| {
                self.names
                    .get(&uuid)
                    .cloned()
                    .unwrap_or_else(|| uuid.to_string())
            })
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// A logical flow with its datapaths.
pub(super) struct FlowRow {
    /// The row.
    pub(super) row: sb::LogicalFlow,
    /// The names of its datapaths, ascending.
    pub(super) datapaths: Vec<String>,
}

impl FlowRow {
    pub(super) fn new(row: sb::LogicalFlow, datapaths: &Datapaths) -> Self {
        let datapaths = datapaths.of_flow(&row);
        Self { row, datapaths }
    }

    /// The pipeline, table and name of its stage.
    pub(super) fn stage_key(&self) -> (String, i64, String) {
        let pipeline = self.row.pipeline().name().to_owned();
        let table = self.row.table_id();
        let name = self.row.external_ids().get(STAGE_NAME).map(str::to_owned);
        let name = name.unwrap_or_else(|| format!("{pipeline} {table}"));
        (pipeline, table, name)
    }

    /// Whether its match and actions are understood in full.
    pub(super) fn is_understood(&self) -> bool {
        Match::parse(self.row.match_()).is_ok() && Actions::parse(self.row.actions()).unknown() == 0
    }

    pub(super) fn is_asked(&self, params: &Params, of: Option<&str>) -> bool {
        let (.., stage) = self.stage_key();
        let has_field = |wanted: &String| {
            let Ok(read) = Match::parse(self.row.match_()) else {
                return self.row.match_().contains(wanted.as_str());
            };
            let fields = read.expression.fields().into_iter();
            let mut names = fields.map(|field| &*field.name);
            names.any(|name| name == wanted || name.starts_with(&format!("{wanted}.")))
        };
        let has_action = |wanted: &String| {
            let actions = Actions::parse(self.row.actions());
            actions.names().iter().any(|name| name == wanted)
        };
        let has_text = |wanted: &String| {
            self.row.match_().contains(wanted.as_str())
                || self.row.actions().contains(wanted.as_str())
        };
        params
            .datapath
            .as_ref()
            .is_none_or(|name| self.datapaths.contains(name))
            && params
                .stage
                .as_ref()
                .is_none_or(|wanted| stage.contains(wanted.as_str()))
            && of.is_none_or(|of| self.row.external_ids().get(STAGE_HINT) == Some(of))
            && params.field.as_ref().is_none_or(has_field)
            && params.action.as_ref().is_none_or(has_action)
            && params.text.as_ref().is_none_or(has_text)
    }

    pub(super) fn line(&self, node: Option<&str>, uuid: Option<String>, hints: &Hints) -> Line {
        let (pipeline, table, stage) = self.stage_key();
        let datapaths = match self.datapaths.as_slice() {
            names if names.len() <= MAX_DATAPATHS => names.join(", "),
            names => format!(
                "{} and {} more",
                names[..MAX_DATAPATHS - 1].join(", "),
                names.len() + 1 - MAX_DATAPATHS
            ),
        };
        let from = self
            .row
            .external_ids()
            .get(STAGE_HINT)
            .map(|hint| hints.words(hint));
        let cells: Vec<Json> = vec![
            datapaths.as_str().into(),
            stage.as_str().into(),
            self.row.priority().into(),
            self.row.match_().into(),
            self.row.actions().into(),
            from.into(),
        ];
        let kind = stage.get(..2).unwrap_or_default();
        Line::new(node, uuid, cells).by([
            kind.into(),
            i64::from(pipeline != "ingress").into(),
            table.into(),
            (-self.row.priority()).into(),
            self.row.match_().into(),
            datapaths.as_str().into(),
        ])
    }
}
