//! Reports: what every tool's answer has in common.
//!
//! An answer is plain data with a JSON schema. It says first what it found, where every row came
//! from, what could not be read, and whether something was left out.

use std::collections::BTreeSet;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::database::Database;

/// What the column of every table is called that holds the row's UUID.
pub(crate) const UUID_COLUMN: &str = "_uuid";

/// Where rows came from, and when they were so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// The source, in the notation of `--source`.
    pub source: String,
    /// The node (zone, chassis or host) that the database belongs to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// The database.
    pub database: Database,
    /// The socket or file.
    pub address: String,
    /// The version of the database's schema; none where a server was asked for a few rows only.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub schema_version: String,
    /// When the rows were read, or for a recorded database when it was last written (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub moment: Option<String>,
    /// Whether the rows come from a recording rather than from a running server.
    pub recorded: bool,
}

/// Something that the answer does not cover, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    /// What is not covered.
    pub what: String,
    /// Why.
    pub why: String,
}

/// A call that would lead on from here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Next {
    /// The tool.
    pub tool: String,
    /// Its arguments.
    pub arguments: Map<String, Value>,
    /// What it would show.
    pub why: String,
}

impl Next {
    /// The call that shows the whole of one row, by as many digits of its UUID as tell it.
    pub(crate) fn row(
        database: Database,
        table: &str,
        uuid: &str,
        node: Option<&str>,
        why: impl Into<String>,
    ) -> Self {
        let condition = format!("{UUID_COLUMN} == {uuid}");
        let arguments = [
            ("db", database.short_name().into()),
            ("table", table.into()),
            ("where", vec![condition].into()),
            ("node", node.into()),
        ];
        Self::to("rows_find", arguments, why)
    }

    /// A call; arguments that are null, because they are not known, are left out.
    pub(crate) fn to<const N: usize>(
        tool: &str,
        arguments: [(&str, Value); N],
        why: impl Into<String>,
    ) -> Self {
        let arguments = arguments.into_iter();
        Self {
            tool: tool.to_owned(),
            arguments: arguments
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            why: why.into(),
        }
    }

    /// The command line that asks the same.
    pub fn command(&self) -> String {
        let mut command = self.tool.replace('_', "-");
        for (name, value) in &self.arguments {
            let name = name.replace('_', "-");
            match value {
                Value::String(text) => command.push_str(&format!(" --{name} {text:?}")),
                Value::Array(items) => {
                    for item in items {
                        command.push_str(&format!(" --{name} {item}"));
                    }
                }
                value => command.push_str(&format!(" --{name} {value}")),
            }
        }
        command
    }
}

/// The most databases that an answer names whether rows come from them or not.
/// **Default and why**: 6, those of two nodes; a hundred would take more room than the answer.
const MAX_SOURCES: usize = 6;

/// The databases that an answer names: all of a few, of many those of the nodes that its rows are
/// on.
pub(crate) fn sources_of<'n>(
    origins: &[Origin],
    nodes: impl Iterator<Item = Option<&'n str>>,
) -> Vec<Origin> {
    if origins.len() <= MAX_SOURCES {
        return origins.to_vec();
    }
    let nodes: BTreeSet<Option<&str>> = nodes.collect();
    let shown = origins
        .iter()
        .filter(|origin| nodes.contains(&origin.node.as_deref()));
    shown.take(MAX_SOURCES).cloned().collect()
}

/// A tool cannot answer. The fault is the question's unless the message says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct ToolError {
    /// What was wrong, and where.
    pub message: String,
    /// What to send instead.
    pub hint: Option<String>,
}

impl ToolError {
    /// An error that needs no hint.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
        }
    }

    /// With what to send instead.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A tool's answer: data for programs, blocks for people.
pub trait Report: Serialize + JsonSchema + Send + 'static {
    /// The answer for people, top to bottom.
    fn blocks(&self) -> Vec<Block>;

    /// How many items the answer can be cut to; 0 when it cannot be cut.
    fn items(&self) -> usize {
        0
    }

    /// Keeps the first `keep` whole items and says so, so that the answer fits a budget.
    ///
    /// What is left out must be reachable: by a cursor, or by a narrower question that the report
    /// names.
    fn keep(&mut self, keep: usize) {
        let _ = keep;
    }

    /// The file that goes with the answer, where there is one.
    fn file(&self) -> Option<KeptFile> {
        None
    }
}

/// A file that goes with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// Where a client reads it for a while.
    pub uri: String,
    /// What it is.
    pub media_type: &'static str,
    /// What is in it.
    pub content: Arc<Vec<u8>>,
}

/// A part of an answer for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The verdict: one or two sentences.
    Summary(String),
    /// A heading over what follows.
    Heading(String),
    /// A line of its own.
    Line(String),
    /// Rows under named columns, to be fitted to the terminal's width.
    Table {
        /// The columns' names.
        columns: Vec<String>,
        /// The rows, as wide as `columns`.
        rows: Vec<Vec<Cell>>,
    },
    /// Lines to be shown as they are, such as a drawing.
    Verbatim(String),
}

/// One field of a table for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The text, on one line.
    pub text: String,
    /// How it should strike the eye.
    pub tone: Tone,
}

/// How a piece of text should strike the eye.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As the rest.
    #[default]
    Plain,
    /// As it should be.
    Good,
    /// Worth a look.
    Warning,
    /// Wrong.
    Bad,
    /// Background.
    Faint,
}

impl Cell {
    /// Text as the rest.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::toned(text, Tone::Plain)
    }

    /// Text with a tone.
    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self {
            text: text.into(),
            tone,
        }
    }
}
