//! Tools: each a pure function from rows to a report.

use crate::report::{Report, ToolError};
use crate::snapshot::{Needs, Snapshot};

pub(crate) mod near;

pub(crate) mod asked;

#[cfg(test)]
pub(crate) mod recording;

pub mod acl_list;
pub mod health_check;
pub mod lflow_list;
pub mod load_balancer_list;
pub mod nat_list;
pub mod object_locate;
pub mod route_list;
pub mod rows_find;
pub mod sources_list;
pub mod topology_show;

/// One question that ovnscope answers.
///
/// A tool never touches the world: it says what it needs, someone reads that, and it concludes.
/// Live servers, recorded files and the demo therefore give the same answer from the same rows.
pub trait Tool: Send + 'static {
    /// The tool's name, `noun_verb`.
    const NAME: &'static str;
    /// What is asked.
    type Params: Send + Sync;
    /// What is answered.
    type Report: Report;

    /// Which tables and columns the question needs.
    ///
    /// # Errors
    /// [`ToolError`] when the question makes no sense before anything is read.
    fn needs(params: &Self::Params) -> Result<Needs, ToolError>;

    /// The answer from what was read.
    ///
    /// # Errors
    /// [`ToolError`] when the question makes no sense for these databases, with what to ask
    /// instead.
    fn conclude(params: &Self::Params, snapshot: &Snapshot) -> Result<Self::Report, ToolError>;
}
