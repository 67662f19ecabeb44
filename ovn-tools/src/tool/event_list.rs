//! The `event_list` tool: what a cluster tells of its objects, the newest first.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::resource::{ObjectName, ResourceQuestion, Selector};
use crate::snapshot::{Needs, Snapshot};
use crate::tool::Tool;
use crate::tool::cluster::{Objects, named, object_of, optional, parsed};

/// Lists events.
#[derive(Clone, Copy, Debug)]
pub struct EventList;

/// Which events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Only those of this namespace.
    pub namespace: Option<String>,
    /// Only those about this object: `NAMESPACE/NAME`, or its name alone.
    pub object: Option<String>,
    /// Only those about objects of this kind, such as `Pod`.
    pub kind: Option<String>,
    /// Only those with this reason, such as `FailedCreatePodSandBox`.
    pub reason: Option<String>,
    /// Only warnings.
    pub warnings: bool,
    /// Only those in whose message this stands.
    pub contains: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

impl Tool for EventList {
    const NAME: &'static str = "event_list";
    type Params = Params;
    type Report = Listing;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        let mut fields = Vec::new();
        let mut namespace: Option<ObjectName> = optional("namespace", params.namespace.as_deref())?;
        if let Some(object) = &params.object {
            let (own, name) = object_of("object", object)?;
            namespace = own.or(namespace);
            fields.push(format!("involvedObject.name={name}"));
        }
        for (parameter, field, value) in [
            ("kind", "involvedObject.kind", &params.kind),
            ("reason", "reason", &params.reason),
        ] {
            if let Some(value) = value {
                let value: ObjectName = parsed(parameter, value)?;
                fields.push(format!("{field}={value}"));
            }
        }
        if params.warnings {
            fields.push("type=Warning".to_owned());
        }
        let fields: Option<Selector> = match fields.as_slice() {
            [] => None,
            fields => Some(parsed("object", &fields.join(","))?),
        };
        Ok(Needs::default().resource(ResourceQuestion::List {
            kind: parsed("kind", "events")?,
            namespace,
            labels: None,
            fields,
        }))
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let found = Objects::of(snapshot)?;
        let all = found.objects.len();
        let mut events: Vec<(&str, &Json)> = found
            .objects
            .iter()
            .copied()
            .filter(|(_, event)| {
                let message = event["message"].as_str().unwrap_or_default();
                params
                    .contains
                    .as_ref()
                    .is_none_or(|text| message.to_lowercase().contains(&text.to_lowercase()))
            })
            .collect();
        events.sort_by_key(|(source, event)| {
            (
                std::cmp::Reverse(last(event).to_owned()),
                *source,
                named(event, "name").to_owned(),
            )
        });
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let rows: Vec<Vec<Json>> = events
            .iter()
            .map(|(source, event)| {
                let text = |value: &Json| value.as_str().map(str::to_owned);
                let about = &event["involvedObject"];
                let name = about["name"].as_str().unwrap_or_default();
                let object = match about["namespace"].as_str() {
                    Some(namespace) => format!("{namespace}/{name}"),
                    None => name.to_owned(),
                };
                let reason = event["reason"].as_str().unwrap_or_default();
                *counts.entry(reason.to_owned()).or_default() += 1;
                let series = &event["series"]["count"];
                let count = match &event["count"] {
                    Json::Null => series,
                    count => count,
                };
                let teller = text(&event["source"]["component"])
                    .or_else(|| text(&event["reportingComponent"]));
                let mut row = vec![
                    json!(last(event)),
                    json!(event["type"]),
                    json!(reason),
                    json!(about["kind"]),
                    json!(object),
                    json!(count),
                    json!(teller),
                    json!(event["source"]["host"]),
                    json!(event["message"]),
                ];
                if found.several {
                    row.insert(0, json!(source));
                }
                row
            })
            .collect();
        let mut columns = vec![
            "last", "type", "reason", "kind", "object", "count", "from", "host", "message",
        ];
        if found.several {
            columns.insert(0, "cluster");
        }
        let summary = format!(
            "{} of {all} events, the newest first; {}",
            rows.len(),
            found.remarks()
        );
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let listed = Listing::page(summary, &columns, rows, &params.page, question, snapshot)?;
        Ok(listed.counted(counts))
    }
}

/// When it last happened.
fn last(event: &Json) -> &str {
    let series = &event["series"]["lastObservedTime"];
    let times = [
        series,
        &event["lastTimestamp"],
        &event["eventTime"],
        &event["metadata"]["creationTimestamp"],
    ];
    let mut times = times.into_iter().filter_map(Json::as_str);
    times.next().unwrap_or_default()
}
