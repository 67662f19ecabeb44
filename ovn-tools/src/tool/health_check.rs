//! The `health_check` tool: what is wrong, and why.

mod checked;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde_json::json;

pub use self::checked::{FindingShown, HealthChecked};
use crate::check::{self, Asked, CHECKS, Check, Layer};
use crate::objects::ObjectQuestion;
use crate::page::{self, Page, Place};
use crate::report::{Next, ToolError};
use crate::snapshot::{Needs, Snapshot};
use crate::tool::{Tool, asked, near};

/// Runs the diagnostics.
#[derive(Clone, Copy, Debug)]
pub struct HealthCheck;

/// Which diagnostics to run, and on what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Only the diagnostics with these ids. **Default**: all.
    pub checks: Vec<String>,
    /// Only the diagnostics of these layers. **Default**: all.
    pub layers: Vec<Layer>,
    /// Only findings about this object: a pod as `namespace/name`, a port, address, service, node
    /// or UUID.
    pub object: Option<String>,
    /// Only findings on this node.
    pub node: Option<String>,
    /// The part of the answer.
    pub page: Page,
}

impl Tool for HealthCheck {
    const NAME: &'static str = "health_check";
    type Params = Params;
    type Report = HealthChecked;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        let checks = selected(params)?;
        Ok(match &params.object {
            Some(object) => check::needs_about(&checks, object),
            None => check::needs(&checks),
        })
    }

    fn objects(params: &Params, snapshot: &Snapshot) -> Vec<ObjectQuestion> {
        match (&params.object, selected(params)) {
            (Some(object), Ok(checks)) => check::more(&checks, object, snapshot),
            _ => Vec::new(),
        }
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<HealthChecked, ToolError> {
        let checks = selected(params)?;
        asked::node(params.node.as_deref(), snapshot)?;
        let wanted = Asked {
            object: params.object.clone(),
            node: params.node.clone(),
        };
        let outcome = check::run(&checks, snapshot, &wanted);
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let marks: Vec<u64> = outcome
            .findings
            .iter()
            .map(|found| page::mark([found.check, &found.object]))
            .collect();
        let place = Place::of(&params.page, question, marks.len(), |at| marks[at])?;
        let mut gaps = [snapshot.gaps.clone(), outcome.gaps].concat();
        gaps.extend(place.gap());
        Ok(HealthChecked::new(
            outcome.findings,
            place,
            outcome.ran,
            gaps,
            snapshot,
            params,
        ))
    }
}

/// The diagnostics that are asked for, in the order of the list.
fn selected(params: &Params) -> Result<Vec<&'static Check>, ToolError> {
    let known: BTreeSet<&str> = CHECKS.iter().map(|check| check.id).collect();
    for id in &params.checks {
        if !known.contains(id.as_str()) {
            let error = ToolError::new(format!("there is no check `{id}`"));
            let near = near::did_you_mean(id, known.iter().copied()).unwrap_or_default();
            let all: Vec<&str> = known.into_iter().collect();
            let hint = format!("{near} the checks are {}", all.join(", "));
            return Err(error.hint(hint.trim_start()));
        }
    }
    let is_asked = |check: &&&Check| {
        let by_id = params.checks.is_empty() || params.checks.iter().any(|id| id == check.id);
        let by_layer = params.layers.is_empty() || params.layers.contains(&check.layer);
        by_id && by_layer
    };
    Ok(CHECKS.iter().filter(is_asked).copied().collect())
}

/// The call that says what is wrong with rows of a layer.
pub(crate) fn diagnosis<const N: usize>(layers: [Layer; N], node: Option<&str>) -> Next {
    Next::to(
        HealthCheck::NAME,
        [("layers", json!(layers.as_slice())), ("node", json!(node))],
        "what is wrong with such rows, and why",
    )
}
