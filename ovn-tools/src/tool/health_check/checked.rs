//! The answer: findings, the gravest first.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map as JsonMap, Value as Json};

use crate::check::{Evidence, Found, ObjectEvidence, Severity};
use crate::page::Place;
use crate::report::{Block, Cell, Gap, Next, Origin, Report, Tone, sources_of};
use crate::snapshot::Snapshot;
use crate::tool::health_check::Params;

/// How many objects the summary names.
/// **Default and why**: 4; the findings name the others.
const MAX_NAMED: usize = 4;

/// What is wrong, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HealthChecked {
    /// What was found, in a sentence.
    pub summary: String,
    /// What is wrong: by severity, check, node and object.
    pub findings: Vec<FindingShown>,
    /// How many findings there are, on this page or not.
    pub total: usize,
    /// How many are on this page.
    pub returned: usize,
    /// Whether findings come after this page.
    pub truncated: bool,
    /// What to send as `cursor` for the next page.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
    /// How many checks ran.
    pub checks: usize,
    /// What was not looked at, and why.
    pub gaps: Vec<Gap>,
    /// The databases; of many, those of the findings' nodes.
    pub sources: Vec<Origin>,
    /// What [`Report::keep`] needs.
    #[serde(skip)]
    pub(super) place: Place,
    #[serde(skip)]
    origins: Vec<Origin>,
    #[serde(skip)]
    found: String,
}

/// One finding, which may stand for several alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FindingShown {
    /// The check.
    pub id: String,
    /// How grave it is.
    pub severity: Severity,
    /// The node; of several the first.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// The object; of several the first.
    pub object: String,
    /// The likely cause, in one sentence.
    pub cause: String,
    /// How many objects fail so, where more than one does.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub count: Option<usize>,
    /// More of the objects.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub others: Vec<String>,
    /// Checks that fail for the object because of this.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub symptoms: Vec<String>,
    /// The rows that show it, with the values that matter.
    pub evidence: Vec<Evidence>,
    /// The objects of the cluster that show it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub objects: Vec<ObjectEvidence>,
    /// The call that leads on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next: Option<Next>,
}

impl From<Found> for FindingShown {
    fn from(found: Found) -> Self {
        Self {
            id: found.check.to_owned(),
            severity: found.severity,
            node: found.node,
            object: found.object,
            cause: found.cause,
            count: (found.count > 1).then_some(found.count),
            others: found.others,
            symptoms: found.symptoms.into_iter().map(str::to_owned).collect(),
            evidence: found.evidence,
            objects: found.objects,
            next: found.next,
        }
    }
}

impl HealthChecked {
    pub(super) fn new(
        found: Vec<Found>,
        place: Place,
        checks: usize,
        gaps: Vec<Gap>,
        snapshot: &Snapshot,
        params: &Params,
    ) -> Self {
        let summary = summary(&found, checks, snapshot, params);
        let total = found.len();
        let findings = found.into_iter().skip(place.first).take(place.limit);
        let mut checked = Self {
            summary: String::new(),
            findings: findings.map(FindingShown::from).collect(),
            total,
            returned: 0,
            truncated: false,
            next_cursor: None,
            checks,
            gaps,
            sources: Vec::new(),
            place,
            origins: snapshot.origins(),
            found: summary,
        };
        checked.settle();
        checked
    }

    /// Makes what the answer says about its page fit the findings it has.
    fn settle(&mut self) {
        self.returned = self.findings.len();
        self.next_cursor = self.place.next(self.returned, self.total);
        self.truncated = self.next_cursor.is_some();
        self.summary.clone_from(&self.found);
        if self.returned < self.total {
            let first = self.place.first + 1;
            let last = self.place.first + self.returned;
            self.summary
                .push_str(&format!("; findings {first} to {last} are on this page"));
        }
        if !self.gaps.is_empty() {
            self.summary
                .push_str("; what was not looked at stands in gaps");
        }
        let rows = self.findings.iter().flat_map(|finding| &finding.evidence);
        let nodes = rows.map(|row| row.node.as_deref());
        self.sources = sources_of(&self.origins, nodes);
    }
}

/// `3 findings (3 errors) in 40 checks of 2 nodes: pod shop/cart-0 on worker-a; …`.
fn summary(found: &[Found], checks: usize, snapshot: &Snapshot, params: &Params) -> String {
    let counted = |count: usize, noun: &str| match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    };
    let mut place = counted(checks, "check");
    match (&params.node, snapshot.nodes().as_slice()) {
        (Some(node), _) => place.push_str(&format!(" of {node}")),
        (None, []) => {}
        (None, nodes) => place.push_str(&format!(" of {}", counted(nodes.len(), "node"))),
    }
    if let Some(object) = &params.object {
        place.push_str(&format!(" for {object}"));
    }
    if found.is_empty() {
        return format!("nothing wrong found in {place}");
    }
    let mut severities: BTreeMap<Severity, usize> = BTreeMap::new();
    for one in found {
        *severities.entry(one.severity).or_default() += 1;
    }
    let severities: Vec<String> = severities
        .into_iter()
        .map(|(severity, count)| counted(count, &severity.to_string()))
        .collect();
    let named: Vec<String> = found
        .iter()
        .take(MAX_NAMED)
        .map(|one| match (&one.node, one.count) {
            (Some(node), 1) => format!("{} on {node}: {}", one.object, one.check),
            (None, 1) => format!("{}: {}", one.object, one.check),
            (_, count) => format!("{} and {} more: {}", one.object, count - 1, one.check),
        })
        .collect();
    let severities = severities.join(", ");
    format!("{severities} in {place}: {}", named.join("; "))
}

impl Report for HealthChecked {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Summary(self.summary.clone())];
        for finding in &self.findings {
            let node = finding.node.as_deref();
            let place = node.map_or_else(String::new, |node| format!(" on {node}"));
            let (severity, id, object) = (finding.severity, &finding.id, &finding.object);
            blocks.push(Block::Heading(format!("{severity}: {object}{place}")));
            blocks.push(Block::Line(format!("{} ({id})", finding.cause)));
            if let Some(count) = finding.count {
                let others = finding.others.join(", ");
                blocks.push(Block::Line(format!("{count} alike, such as {others}")));
            }
            if !finding.symptoms.is_empty() {
                let symptoms = finding.symptoms.join(", ");
                blocks.push(Block::Line(format!("therefore also: {symptoms}")));
            }
            blocks.push(evidence_table(finding));
            if let Some(next) = &finding.next {
                blocks.push(Block::Line(format!(
                    "next: {}: {}",
                    next.command(),
                    next.why
                )));
            }
        }
        if let Some(cursor) = &self.next_cursor {
            blocks.push(Block::Line(format!("more: --cursor {cursor}")));
        }
        for gap in &self.gaps {
            blocks.push(Block::Line(format!("gap: {}: {}", gap.what, gap.why)));
        }
        blocks
    }

    fn items(&self) -> usize {
        self.findings.len()
    }

    fn keep(&mut self, keep: usize) {
        if keep < self.findings.len() {
            self.findings.truncate(keep);
            self.settle();
        }
    }
}

fn evidence_table(finding: &FindingShown) -> Block {
    let values = |values: &JsonMap<String, Json>| {
        let values: Vec<String> = values
            .iter()
            .map(|(name, value)| match value {
                Json::String(text) => format!("{name}={text}"),
                Json::Null => format!("{name} unset"),
                value => format!("{name}={value}"),
            })
            .collect();
        Cell::plain(values.join("  "))
    };
    let objects = finding.objects.iter().map(|object| {
        vec![
            Cell::toned("-", Tone::Faint),
            Cell::plain(format!("{} {}", object.kind, object.name)),
            Cell::toned("-", Tone::Faint),
            values(&object.values),
        ]
    });
    let rows = finding.evidence.iter().map(|row| {
        vec![
            Cell::toned(row.node.as_deref().unwrap_or("-"), Tone::Faint),
            Cell::plain(format!("{}.{}", row.database, row.table)),
            Cell::toned(row.uuid.as_str(), Tone::Faint),
            values(&row.values),
        ]
    });
    Block::Table {
        columns: ["node", "row", "uuid", "values"]
            .map(str::to_owned)
            .to_vec(),
        rows: objects.chain(rows).collect(),
    }
}
