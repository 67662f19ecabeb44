//! `pod_log`: what a container wrote.

use std::time::Duration;

use clap::{Args, ValueEnum};
use ovn_tools::page::Page;
use ovn_tools::resource::record::Level;
use ovn_tools::tool::pod_log::{Params, PodLog};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Shows what a container of the Kubernetes cluster wrote, record by record, the newest first, with
/// how many there are of each level.
///
/// Lines that belong together are one record; values that may be keys are taken out.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PodLogArguments {
    /// The pod, as `namespace/name`.
    #[arg(long)]
    pub pod: String,
    /// The container; needed where the pod has several.
    #[arg(long)]
    pub container: Option<String>,
    /// What it wrote before its last restart.
    #[arg(long)]
    #[serde(default)]
    pub previous: bool,
    /// How many of the last lines to read; default 2000.
    #[arg(long)]
    #[schemars(range(min = 1, max = 100000))]
    pub lines: Option<u64>,
    /// Only what was written within the last so many seconds.
    #[arg(long, value_name = "SECONDS")]
    #[schemars(range(min = 1))]
    pub since: Option<u64>,
    /// Only records in which one of these texts stands.
    #[arg(long, value_name = "TEXT")]
    #[serde(default)]
    pub contains: Vec<String>,
    /// Only records at least as grave.
    #[arg(long, value_enum)]
    pub level: Option<LogLevel>,
    /// How many records to show on either side of each; default none.
    #[arg(long, default_value_t)]
    #[serde(default)]
    #[schemars(range(min = 0, max = 20))]
    pub context: usize,
    /// The most rows of the page; default 50.
    #[arg(long, value_name = "ROWS")]
    #[schemars(range(min = 1, max = 1000))]
    pub limit: Option<usize>,
    /// The `next_cursor` of the page before.
    #[arg(long, allow_hyphen_values = true)]
    pub cursor: Option<String>,
}

/// How grave a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// The program ends.
    Fatal,
    /// Something failed.
    Error,
    /// Something may be wrong.
    Warning,
    /// All is well.
    Info,
    /// For those who look closely.
    Debug,
}

impl From<LogLevel> for Level {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Fatal => Self::Fatal,
            LogLevel::Error => Self::Error,
            LogLevel::Warning => Self::Warning,
            LogLevel::Info => Self::Info,
            LogLevel::Debug => Self::Debug,
        }
    }
}

impl Arguments for PodLogArguments {
    type Tool = PodLog;
    const TITLE: &'static str = "Show the log of a pod";
    const TOOLSET: Toolset = Toolset::Kubernetes;

    fn params(self) -> Params {
        Params {
            pod: self.pod,
            container: self.container,
            previous: self.previous,
            lines: self.lines,
            since: self.since.map(Duration::from_secs),
            contains: self.contains,
            level: self.level.map(Into::into),
            context: self.context,
            page: Page {
                cursor: self.cursor,
                limit: self.limit,
            },
        }
    }
}
