//! Scenarios: how a fault is made, what a user sees of it, and what its cause is.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// Where the scenarios lie, from this package's folder.
const FOLDER: &str = "data/scenarios";
/// The definition in a scenario's folder.
const DEFINITION: &str = "scenario.json";
/// The oddities that the twin, and so every scenario, has.
const ODDITIES: &str = "data/twin/oddities.json";

/// The calls within which an agent must have the cause.
pub const MAX_CALLS: usize = 3;
/// The tokens within which an agent must have the cause, all answers together.
pub const MAX_TOKENS: usize = 4_000;

/// One fault.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The folder's name.
    #[serde(skip)]
    pub name: String,
    /// The fault in a sentence.
    pub title: String,
    /// Its numbers in the catalogue of OVN-Kubernetes' failures; empty for other faults.
    #[serde(default)]
    pub catalogue: Vec<u16>,
    /// What a user would say.
    pub question: String,
    /// How it is made from the twin, step by step.
    pub make: Vec<Step>,
    /// The call by which an agent begins that knows no more than the user.
    pub symptom: Call,
    /// The calls of an agent that knows its way.
    pub calls: Vec<Call>,
    /// What the agents must find.
    pub cause: Cause,
    /// What they must find among a hundred nodes, where it is another matter that the others do
    /// not share the fault.
    #[serde(default)]
    pub cause_among: Option<Cause>,
    /// What looks odd here and is not the cause, beside the twin's own oddities.
    #[serde(default)]
    pub decoys: Vec<Decoy>,
    /// How one would ask the stock tools.
    pub stock: Stock,
}

/// A step in the making of a fault.
#[derive(Clone, Debug, Deserialize)]
pub struct Step {
    /// The node it is done on.
    #[serde(default = "first_node")]
    pub node: String,
    /// What is done.
    #[serde(flatten)]
    pub action: Action,
}

/// What is done to a node.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// `ovn-nbctl` with these arguments.
    Nbctl(Vec<String>),
    /// `ovn-sbctl` with these arguments.
    Sbctl(Vec<String>),
    /// `ovs-vsctl` with these arguments.
    Vsctl(Vec<String>),
    /// A transaction, as the JSON of RFC 7047 with the database's name first.
    Transact(Json),
    /// A daemon is killed: `ovn-northd`, `ovn-controller` or `ovs-vswitchd`.
    Kill(String),
    /// A command is repeated until it prints this and no more (`ovn-nbctl`, `ovn-sbctl` or
    /// `ovs-vsctl` first).
    Await {
        /// The command.
        command: Vec<String>,
        /// What it prints at last, without white space at the ends.
        prints: String,
    },
}

/// A call of a tool.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// The tool.
    pub tool: String,
    /// Its arguments.
    #[serde(default)]
    pub arguments: Map<String, Json>,
}

/// A root cause, in fields.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// The diagnostic's id.
    pub finding: String,
    /// The object it is about.
    pub object: String,
    /// The node it is on; none for what no one node has.
    #[serde(default)]
    pub node: Option<String>,
    /// Rows that must show it, each with values that must stand there.
    pub evidence: Vec<Row>,
}

/// A row that shows a cause.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The database: `nb`, `sb` or `ovs`.
    pub db: String,
    /// The table.
    pub table: String,
    /// Values of the row, by column or `column:key`.
    pub values: Map<String, Json>,
}

/// What looks odd and is harmless.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decoy {
    /// Why it is harmless.
    pub why: String,
    /// A name that only it has; no finding may name it.
    pub name: String,
}

/// The same question asked of a stock tool.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stock {
    /// `ovn-nbctl`, `ovn-sbctl` or `ovs-vsctl`, and its arguments.
    pub command: Vec<String>,
    /// What the line that shows the cause holds; none where the fault is that a line is missing, which
    /// only the whole text shows.
    pub shows: Option<String>,
}

fn first_node() -> String {
    "worker-a".to_owned()
}

impl Scenario {
    /// What the agents must find, alone or among a hundred nodes.
    pub fn cause_in(&self, in_hundred: bool) -> &Cause {
        let among = self.cause_among.as_ref().filter(|_| in_hundred);
        among.unwrap_or(&self.cause)
    }

    /// All scenarios, by name.
    ///
    /// # Errors
    /// A definition cannot be read; the error says which and where.
    pub fn all() -> Result<Vec<Self>> {
        let folder = data(FOLDER);
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
        let mut all = Vec::new();
        for entry in entries {
            let entry = entry?;
            if entry.path().join(DEFINITION).exists() {
                all.push(Self::named(&entry.file_name().to_string_lossy())?);
            }
        }
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(all)
    }

    /// One scenario.
    ///
    /// # Errors
    /// There is none of this name, or its definition cannot be read.
    pub fn named(name: &str) -> Result<Self> {
        let path = data(FOLDER).join(name).join(DEFINITION);
        let text = fs::read_to_string(&path)
            .with_context(|| format!("there is no scenario {name}: {}", path.display()))?;
        let scenario: Self =
            serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        Ok(Self {
            name: name.to_owned(),
            ..scenario
        })
    }

    /// The folder with its definition and recordings.
    pub fn folder(&self) -> PathBuf {
        data(FOLDER).join(&self.name)
    }

    /// What looks odd and is not the cause: the twin's oddities and its own.
    ///
    /// # Errors
    /// The list of the twin's cannot be read.
    pub fn decoys(&self) -> Result<Vec<Decoy>> {
        let mut decoys = oddities()?;
        decoys.extend(self.decoys.iter().cloned());
        Ok(decoys)
    }
}

/// What looks odd in the healthy twin.
///
/// # Errors
/// The list cannot be read.
pub fn oddities() -> Result<Vec<Decoy>> {
    let path = data(ODDITIES);
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

/// A path of this package.
pub(crate) fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
