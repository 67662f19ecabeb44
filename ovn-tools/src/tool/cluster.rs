//! Asking clusters: names in questions to API servers, and what they answered.

use std::str::FromStr;

use serde_json::Value as Json;

use crate::report::ToolError;
use crate::resource::{ObjectName, ResourceAnswer, ResourceRead};
use crate::snapshot::Snapshot;

/// A name or a selector of a parameter.
///
/// # Errors
/// [`ToolError`] with the parameter's name.
pub(crate) fn parsed<T>(parameter: &str, text: &str) -> Result<T, ToolError>
where
    T: FromStr<Err: std::fmt::Display>,
{
    text.trim()
        .parse()
        .map_err(|error| ToolError::new(format!("`{parameter}`: {error}")))
}

/// The same of a parameter that may be left out.
///
/// # Errors
/// As those of [`parsed`].
pub(crate) fn optional<T>(parameter: &str, text: Option<&str>) -> Result<Option<T>, ToolError>
where
    T: FromStr<Err: std::fmt::Display>,
{
    text.map(|text| parsed(parameter, text)).transpose()
}

/// `NAMESPACE/NAME`, or a name alone.
///
/// # Errors
/// As those of [`parsed`].
pub(crate) fn object_of(
    parameter: &str,
    text: &str,
) -> Result<(Option<ObjectName>, ObjectName), ToolError> {
    match text.split_once('/') {
        Some((namespace, name)) => Ok((
            Some(parsed(parameter, namespace)?),
            parsed(parameter, name)?,
        )),
        None => Ok((None, parsed(parameter, text)?)),
    }
}

/// The answers of the clusters.
///
/// # Errors
/// [`ToolError`] when no cluster answered.
pub(crate) fn answers(snapshot: &Snapshot) -> Result<&[ResourceRead], ToolError> {
    if !snapshot.resources.is_empty() {
        return Ok(&snapshot.resources);
    }
    if snapshot.clusters.is_empty() {
        return Err(
            ToolError::new("there is no Kubernetes cluster among the sources")
                .hint("name one with --source kube or --source kube:CONTEXT"),
        );
    }
    let why = snapshot
        .gaps
        .iter()
        .map(|gap| format!("{}: {}", gap.what, gap.why));
    Err(ToolError::new(why.collect::<Vec<_>>().join("; ")))
}

/// The objects in all answers, each with its cluster, and what to say of them: the clusters, what
/// was taken out, and whether there are more.
pub(crate) struct Objects<'s> {
    pub(crate) objects: Vec<(&'s str, &'s Json)>,
    /// What the server calls them.
    pub(crate) kind: &'s str,
    /// Whether several clusters answered.
    pub(crate) several: bool,
    remarks: Vec<String>,
}

impl<'s> Objects<'s> {
    /// The objects that clusters answered.
    ///
    /// # Errors
    /// As those of [`answers`].
    pub(crate) fn of(snapshot: &'s Snapshot) -> Result<Self, ToolError> {
        let mut all = Self {
            objects: Vec::new(),
            kind: "",
            several: snapshot.clusters.len() > 1,
            remarks: Vec::new(),
        };
        let (mut taken, mut sources) = (0, Vec::new());
        for read in answers(snapshot)? {
            if let ResourceAnswer::Objects {
                kind,
                objects,
                more,
                concealed,
            } = &read.answer
            {
                all.kind = kind;
                taken += concealed;
                sources.push(read.source.as_str());
                all.objects
                    .extend(objects.iter().map(|object| (read.source.as_str(), object)));
                if *more {
                    all.remarks.push(format!(
                        "{} has more than were read: select fewer",
                        read.source
                    ));
                }
            }
        }
        all.remarks
            .insert(0, format!("from {}", sources.join(", ")));
        all.remarks.extend(taken_words(taken));
        Ok(all)
    }

    /// All of that in words.
    pub(crate) fn remarks(&self) -> String {
        self.remarks.join("; ")
    }
}

/// How much was taken out, in words.
pub(crate) fn taken_words(taken: usize) -> Option<String> {
    (taken > 0).then(|| format!("{taken} values that may be keys were taken out"))
}

/// A text member of an object's metadata.
pub(crate) fn named<'j>(object: &'j Json, member: &str) -> &'j str {
    object["metadata"][member].as_str().unwrap_or_default()
}
