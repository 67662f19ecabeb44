//! The answer: nodes, their databases, and how fresh they are.

use ovn_schemas::{nb, sb};
use ovsdb_client::table::Table;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::check::Layer;
use crate::database::Database;
use crate::report::{Block, Cell, Gap, Next, Report, Tone};
use crate::snapshot::{BundleRead, DatabaseRead};
use crate::tool::Tool;
use crate::tool::health_check::HealthCheck;
use crate::tool::rows_find::RowsFind;
use crate::tool::sources_list::freshness::{Freshness, Verdict};

/// The most nodes that the summary names as behind.
/// **Default and why**: 3; the nodes themselves stand behind first.
const MAX_NAMED: usize = 3;

/// What the call shows that lists the nodes left out.
const OF_EVERY_NODE: &str = "the same numbers of every node, page by page";

/// The most missing tables and columns that are named for people.
/// **Default and why**: 4; more would hide the answer, and programs get all of them.
const MAX_LACKING: usize = 4;

/// The databases of all sources, by node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SourcesListed {
    /// How many databases there are and how fresh, in one sentence.
    pub summary: String,
    /// The nodes: those behind first, then by name; databases of no known node before the others.
    pub nodes: Vec<NodeListed>,
    /// How many nodes there are, listed or not.
    pub total: usize,
    /// How many nodes are listed.
    pub returned: usize,
    /// Whether nodes are left out.
    pub truncated: bool,
    /// The names of the nodes left out.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub left_out: Vec<String>,
    /// The schemas of the databases, each once.
    pub schemas: Vec<SchemaListed>,
    /// The recorded folders and archives.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub bundles: Vec<BundleRead>,
    /// Calls that say why nodes are behind, and list those left out.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub next: Vec<Next>,
    /// What could not be read.
    pub gaps: Vec<Gap>,
}

/// One node (zone, chassis or host).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NodeListed {
    /// Its name; absent for databases that do not say.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// How far changes have come; absent where there is neither a northbound nor a southbound
    /// database.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub freshness: Option<Freshness>,
    /// Its databases.
    pub databases: Vec<DatabaseListed>,
}

/// One database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DatabaseListed {
    /// Which database.
    pub database: Database,
    /// The version of its schema.
    pub schema_version: String,
    /// Whether it is a recording rather than a running server.
    pub recorded: bool,
    /// When it was read, or for a recording when it was last written (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub moment: Option<String>,
    /// The source, in the notation of `--source`.
    pub source: String,
    /// The socket or file; `!` leads into an archive.
    pub address: String,
    /// What tells the node, such as `NB_Global.name` or `name of the file`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node_told_by: Option<String>,
    /// The pod that the database is from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pod: Option<String>,
    /// How many tables and columns it lacks; `schemas` names them.
    pub missing: usize,
}

/// A schema that one or more of the databases have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SchemaListed {
    /// The database.
    pub database: Database,
    /// The schema's version.
    pub version: String,
    /// Tables and columns that ovnscope knows and this schema lacks: they read as unset.
    pub missing: Vec<String>,
}

impl DatabaseListed {
    pub(super) fn new(read: &DatabaseRead) -> Self {
        let origin = read.origin();
        Self {
            database: origin.database,
            schema_version: origin.schema_version,
            recorded: origin.recorded,
            moment: origin.moment,
            source: origin.source,
            address: origin.address,
            node_told_by: read.naming.reason.as_deref().map(str::to_owned),
            pod: read.naming.pod.as_deref().map(str::to_owned),
            missing: read.missing.len(),
        }
    }
}

impl NodeListed {
    /// Whether a change has not come as far as it should.
    pub(super) fn is_behind(&self) -> bool {
        self.verdict() == Some(Verdict::Behind)
    }

    fn verdict(&self) -> Option<Verdict> {
        self.freshness.as_ref().map(|freshness| freshness.verdict)
    }

    fn name(&self) -> &str {
        self.node.as_deref().unwrap_or("(no node)")
    }
}

impl SourcesListed {
    /// The answer about all these nodes.
    pub(super) fn new(
        nodes: Vec<NodeListed>,
        schemas: Vec<SchemaListed>,
        bundles: Vec<BundleRead>,
        gaps: Vec<Gap>,
    ) -> Self {
        let behind: Vec<&NodeListed> = nodes.iter().filter(|node| node.is_behind()).collect();
        let next = behind.first().map(|first| {
            let only = behind.len() == 1;
            Next::to(
                HealthCheck::NAME,
                [
                    ("layers", json!([Layer::Sync])),
                    ("node", json!(first.node.as_ref().filter(|_| only))),
                ],
                "what keeps changes from coming through",
            )
        });
        let has_more = |node: &&NodeListed| {
            let freshness = node.freshness.as_ref();
            freshness.is_some_and(|freshness| freshness.chassis_left_out > 0)
        };
        let more = nodes.iter().find(has_more).map(|node| {
            let columns = [
                sb::chassis_private::NAME.name(),
                sb::chassis_private::NB_CFG.name(),
            ];
            Next::to(
                RowsFind::NAME,
                [
                    ("db", json!(Database::Sb)),
                    ("table", json!(sb::ChassisPrivate::DEFINITION.name)),
                    ("columns", json!(columns)),
                    ("order", json!([sb::chassis_private::NB_CFG.name()])),
                    ("node", json!(node.node)),
                ],
                "all its chassis, those furthest behind first",
            )
        });
        Self {
            summary: summary(&nodes, &gaps),
            total: nodes.len(),
            returned: nodes.len(),
            nodes,
            truncated: false,
            left_out: Vec::new(),
            schemas,
            bundles,
            next: next.into_iter().chain(more).collect(),
            gaps,
        }
    }
}

/// `6 recorded databases of 2 nodes; 1 behind (worker-a: northd is 3 behind), 1 up to date`.
fn summary(nodes: &[NodeListed], gaps: &[Gap]) -> String {
    let databases = || nodes.iter().flat_map(|node| &node.databases);
    let count = databases().count();
    let recorded = databases().filter(|database| database.recorded).count();
    let counted = |count: usize, noun: &str| match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    };
    let mut summary = match (count, recorded) {
        (0, _) => "no database was read".to_owned(),
        (_, 0) => counted(count, "live database"),
        (_, all) if all == count => counted(count, "recorded database"),
        (_, some) => format!(
            "{} and {some} recorded",
            counted(count - some, "live database")
        ),
    };
    let named = nodes.iter().filter(|node| node.node.is_some()).count();
    if named > 0 {
        summary.push_str(&format!(" of {}", counted(named, "node")));
    }
    let with = |verdict| {
        nodes
            .iter()
            .filter(move |node| node.verdict() == Some(verdict))
    };
    let mut verdicts = Vec::new();
    let behind: Vec<String> = with(Verdict::Behind)
        .filter_map(|node| {
            Some(format!(
                "{}: {}",
                node.name(),
                node.freshness.as_ref()?.state
            ))
        })
        .collect();
    if !behind.is_empty() {
        let named: Vec<String> = behind.iter().take(MAX_NAMED).cloned().collect();
        verdicts.push(format!("{} behind ({})", behind.len(), named.join("; ")));
    }
    let (fresh, unknown) = (
        with(Verdict::UpToDate).count(),
        with(Verdict::Unknown).count(),
    );
    if fresh > 0 && behind.is_empty() && unknown == 0 {
        verdicts.push("all up to date".to_owned());
    } else if fresh > 0 {
        verdicts.push(format!("{fresh} up to date"));
    }
    if unknown > 0 {
        verdicts.push(format!("{unknown} unknown"));
    }
    if !verdicts.is_empty() {
        summary.push_str(&format!("; {}", verdicts.join(", ")));
    }
    if !gaps.is_empty() {
        summary.push_str("; not all could be read, see gaps");
    }
    summary
}

/// `recorded:mg.tar.gz (OpenShift must-gather): 4 databases in 12 files; noted: 3 logs`.
fn described(bundle: &BundleRead) -> String {
    let mut text = bundle.source.clone();
    if !bundle.collections.is_empty() {
        text.push_str(&format!(" ({})", bundle.collections.join(", ")));
    }
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let databases = bundle.databases;
    text.push_str(&format!(
        ": {databases} database{} in {} files",
        plural(databases),
        bundle.files
    ));
    if bundle.copies > 0 {
        text.push_str(", some of which hold the same");
    }
    let texts: Vec<String> = bundle
        .texts
        .iter()
        .map(|(kind, count)| format!("{count} {kind}"))
        .collect();
    if !texts.is_empty() {
        text.push_str(&format!("; also there: {}", texts.join(", ")));
    }
    text
}

impl Report for SourcesListed {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Summary(self.summary.clone())];
        if !self.nodes.is_empty() {
            blocks.push(Block::Heading("Databases".to_owned()));
            blocks.push(self.databases_table());
        }
        if self.nodes.iter().any(|node| node.freshness.is_some()) {
            blocks.push(Block::Heading(
                "How far changes have come (nb_cfg)".to_owned(),
            ));
            blocks.push(self.freshness_table());
        }
        if self.truncated {
            blocks.push(Block::Line(format!(
                "{} more nodes: {}",
                self.left_out.len(),
                self.left_out.join(", ")
            )));
        }
        for schema in &self.schemas {
            if !schema.missing.is_empty() {
                let newest = schema.database.definition().version;
                let named = match schema.missing.len() {
                    count if count <= MAX_LACKING => schema.missing.join(", "),
                    count => format!(
                        "{count} tables and columns, which read as unset (--json names them)"
                    ),
                };
                blocks.push(Block::Line(format!(
                    "{} {} lacks of {newest}: {named}",
                    schema.database, schema.version,
                )));
            }
        }
        for bundle in &self.bundles {
            blocks.push(Block::Line(described(bundle)));
        }
        for next in &self.next {
            let command = next.command();
            blocks.push(Block::Line(format!("next: {command}: {}", next.why)));
        }
        for gap in &self.gaps {
            blocks.push(Block::Line(format!("gap: {}: {}", gap.what, gap.why)));
        }
        blocks
    }

    fn items(&self) -> usize {
        self.nodes.len()
    }

    fn keep(&mut self, keep: usize) {
        if keep >= self.nodes.len() {
            return;
        }
        let cut = self.nodes.split_off(keep);
        let names = cut.iter().map(|node| node.name().to_owned());
        self.left_out.splice(0..0, names);
        self.returned = self.nodes.len();
        self.truncated = true;
        // Another tool that pages, so that what is left out can be reached.
        self.next.retain(|next| next.why != OF_EVERY_NODE);
        let columns = [
            nb::nb_global::NB_CFG.name(),
            nb::nb_global::SB_CFG.name(),
            nb::nb_global::HV_CFG.name(),
        ];
        self.next.push(Next::to(
            RowsFind::NAME,
            [
                ("db", json!(Database::Nb)),
                ("table", json!(nb::NbGlobal::DEFINITION.name)),
                ("columns", json!(columns)),
            ],
            OF_EVERY_NODE,
        ));
    }
}

impl SourcesListed {
    fn databases_table(&self) -> Block {
        let columns = [
            "node",
            "database",
            "schema",
            "kind",
            "moment",
            "address",
            "node told by",
        ];
        let mut rows = Vec::new();
        for node in &self.nodes {
            for database in &node.databases {
                rows.push(vec![
                    name_cell(node),
                    Cell::plain(database.database.short_name()),
                    Cell::plain(database.schema_version.as_str()),
                    Cell::plain(if database.recorded {
                        "recorded"
                    } else {
                        "live"
                    }),
                    optional(database.moment.as_deref()),
                    Cell::plain(database.address.as_str()),
                    Cell::toned(database.node_told_by.as_deref().unwrap_or("-"), Tone::Faint),
                ]);
            }
        }
        Block::Table {
            columns: columns.map(str::to_owned).to_vec(),
            rows,
        }
    }

    fn freshness_table(&self) -> Block {
        let columns = [
            "node",
            nb::nb_global::NB_CFG.name(),
            "in sb",
            nb::nb_global::SB_CFG.name(),
            nb::nb_global::HV_CFG.name(),
            "chassis",
            "state",
        ];
        let mut rows = Vec::new();
        for node in &self.nodes {
            let Some(freshness) = &node.freshness else {
                continue;
            };
            let number = |number: Option<i64>| optional(number.map(|n| n.to_string()).as_deref());
            rows.push(vec![
                name_cell(node),
                number(freshness.nb_cfg),
                number(freshness.sb_nb_cfg),
                number(freshness.sb_cfg),
                number(freshness.hv_cfg),
                Cell::plain(chassis_words(freshness)),
                Cell::toned(
                    freshness.state.as_str(),
                    match freshness.verdict {
                        Verdict::UpToDate => Tone::Good,
                        Verdict::Behind => Tone::Bad,
                        Verdict::Unknown => Tone::Warning,
                    },
                ),
            ]);
        }
        Block::Table {
            columns: columns.map(str::to_owned).to_vec(),
            rows,
        }
    }
}

fn name_cell(node: &NodeListed) -> Cell {
    match &node.node {
        Some(name) => Cell::plain(name.as_str()),
        None => Cell::toned(node.name(), Tone::Faint),
    }
}

fn optional(text: Option<&str>) -> Cell {
    text.map_or_else(|| Cell::toned("-", Tone::Faint), Cell::plain)
}

/// `1 at 12, 4 remote not counted`.
fn chassis_words(freshness: &Freshness) -> String {
    if freshness.sb_nb_cfg.is_none() && freshness.chassis.is_empty() {
        return "-".to_owned();
    }
    let reached = freshness
        .chassis
        .iter()
        .filter_map(|chassis| chassis.nb_cfg);
    let count = freshness.chassis.len() + freshness.chassis_left_out;
    let mut words = match (count, reached.min()) {
        (0, _) => "none".to_owned(),
        (1, Some(least)) => format!("1 at {least}"),
        (count, Some(least)) => format!("{count}, the least at {least}"),
        (count, None) => count.to_string(),
    };
    if freshness.remote_chassis > 0 {
        let remote = freshness.remote_chassis;
        words.push_str(&format!(", {remote} remote not counted"));
    }
    words
}
