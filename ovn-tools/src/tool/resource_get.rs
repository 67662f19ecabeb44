//! The `resource_get` tool: one object of a cluster, without secrets.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::report::{Block, Gap, Report, ToolError};
use crate::resource::{FieldPath, ResourceQuestion, decode};
use crate::snapshot::{Needs, Snapshot};
use crate::tool::Tool;
use crate::tool::cluster::{Objects, named, object_of, optional, parsed};

/// Gets one object.
#[derive(Clone, Copy, Debug)]
pub struct ResourceGet;

/// Which object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Its kind.
    pub kind: String,
    /// `NAMESPACE/NAME`, or its name alone.
    pub name: String,
    /// Its namespace, where `name` does not say.
    pub namespace: Option<String>,
    /// Only these fields.
    pub fields: Vec<String>,
}

/// One object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Resource {
    /// What it is, in a sentence.
    pub summary: String,
    /// The object, or the fields that were asked for; empty where it does not fit.
    pub object: Map<String, Json>,
    /// The annotations of OVN-Kubernetes and of networks, as values.
    #[serde(skip_serializing_if = "Map::is_empty", default)]
    pub annotations: Map<String, Json>,
    /// What could not be read.
    pub gaps: Vec<Gap>,
}

impl Tool for ResourceGet {
    const NAME: &'static str = "resource_get";
    type Params = Params;
    type Report = Resource;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        fields(params)?;
        let (own, name) = object_of("name", &params.name)?;
        let given = optional("namespace", params.namespace.as_deref())?;
        Ok(Needs::default().resource(ResourceQuestion::Get {
            kind: parsed("kind", &params.kind)?,
            namespace: own.or(given),
            name,
        }))
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Resource, ToolError> {
        let found = Objects::of(snapshot)?;
        let Some((source, object)) = found.objects.first() else {
            return Err(ToolError::new("the API server answered with no object"));
        };
        let fields = fields(params)?;
        let members = match fields.as_slice() {
            [] => object.as_object().cloned().unwrap_or_default(),
            fields => {
                let values = fields.iter();
                values
                    .map(|path| (path.to_string(), path.of(object)))
                    .collect()
            }
        };
        let mut gaps = snapshot.gaps.clone();
        // Of several clusters the first that has it is shown.
        gaps.extend(found.objects.iter().skip(1).map(|(other, _)| Gap {
            what: format!("{other}: {}", params.name),
            why: format!("{source} has one of that name too, which is shown"),
        }));
        let namespace = match named(object, "namespace") {
            "" => String::new(),
            namespace => format!("{namespace}/"),
        };
        Ok(Resource {
            summary: format!(
                "{} {namespace}{} {}",
                found.kind,
                named(object, "name"),
                found.remarks()
            ),
            annotations: match fields.is_empty() {
                true => decode(object),
                false => Map::new(),
            },
            object: members,
            gaps,
        })
    }
}

fn fields(params: &Params) -> Result<Vec<FieldPath>, ToolError> {
    let fields = params.fields.iter();
    fields.map(|text| parsed("fields", text)).collect()
}

impl Report for Resource {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Summary(self.summary.clone())];
        let pretty =
            |members: &Map<String, Json>| serde_json::to_string_pretty(members).unwrap_or_default();
        if !self.object.is_empty() {
            blocks.push(Block::Verbatim(pretty(&self.object)));
        }
        if !self.annotations.is_empty() {
            blocks.push(Block::Heading("annotations".to_owned()));
            blocks.push(Block::Verbatim(pretty(&self.annotations)));
        }
        for gap in &self.gaps {
            blocks.push(Block::Line(format!("gap: {}: {}", gap.what, gap.why)));
        }
        blocks
    }

    fn items(&self) -> usize {
        self.object.len()
    }

    fn keep(&mut self, keep: usize) {
        let left_out: Vec<String> = self.object.keys().skip(keep).cloned().collect();
        if left_out.is_empty() {
            return;
        }
        let names = left_out.join(", ");
        for name in left_out {
            self.object.remove(&name);
        }
        self.summary
            .push_str(&format!("; {names} does not fit: ask for it with `fields`"));
    }
}
