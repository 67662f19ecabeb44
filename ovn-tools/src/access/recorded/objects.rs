//! Objects: what a recording holds of its cluster, as an API server would tell it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::access::bundle::{Bundle, Meter, ObjectFile, Part, Place};
use crate::objects::{Object, ObjectKind, ObjectList, ObjectQuestion, ObjectsRead};
use crate::report::Gap;
use crate::resource::{
    ObjectName, ResourceAnswer, ResourceQuestion, Selection, conceal, is_secret_kind,
};

/// The most objects of one kind.
/// **Default and why**: 50 000, as many as of a cluster; what is beyond is told as not known.
const MAX_OBJECTS: usize = 50_000;

/// The most objects of one answer.
/// **Default and why**: 20 000, as many as of a cluster.
const MAX_ANSWERED: usize = 20_000;

/// How many namespaces or kinds a gap names.
/// **Default and why**: 8; their number stands beside.
const MAX_NAMED: usize = 8;

/// Short names of kinds, as clusters have them, with their plurals.
const SHORT: [(&str, &str); 13] = [
    ("cm", "configmaps"),
    ("deploy", "deployments"),
    ("ds", "daemonsets"),
    ("eip", "egressips"),
    ("ep", "endpoints"),
    ("ev", "events"),
    ("net-attach-def", "network-attachment-definitions"),
    ("netpol", "networkpolicies"),
    ("no", "nodes"),
    ("ns", "namespaces"),
    ("po", "pods"),
    ("sts", "statefulsets"),
    ("svc", "services"),
];

/// What a recording says of a cluster.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    pub(super) read: Vec<ObjectsRead>,
    pub(super) gaps: Vec<Gap>,
}

/// Objects of one kind in one namespace, or of the cluster.
#[derive(Debug, Default)]
struct Group {
    objects: Vec<Object>,
    /// Whether the files are of all of them, and were read to their ends.
    is_whole: bool,
}

/// All objects that rows are made from.
pub(super) fn inventory(bundle: &Bundle, source: &str, meter: &Meter) -> Inventory {
    let kind_of = |file: &ObjectFile| {
        let mut kinds = ObjectKind::ALL.into_iter();
        kinds.find(|kind| kind.plural() == file.plural && kind.group() == file.group)
    };
    let mut files: Vec<(ObjectFile, &Place)> = bundle.object_files();
    files.retain(|(file, _)| kind_of(file).is_some());
    // Lists before what they hold, which may stand beside them once more.
    files.sort();
    let kinds: Vec<Option<ObjectKind>> = files.iter().map(|(file, _)| kind_of(file)).collect();
    let mut known: BTreeSet<(ObjectKind, String)> = BTreeSet::new();
    let mut counts: BTreeMap<ObjectKind, usize> = BTreeMap::new();
    let mut read: Vec<Group> = files.iter().map(|_| Group::default()).collect();
    let mut over: BTreeSet<usize> = BTreeSet::new();
    let (are_whole, problems) = bundle.objects(&files, meter, &mut |at, object| {
        let Some(kind) = kinds[at] else { return };
        let Some(one) = Object::read(kind, &object) else {
            return;
        };
        let count = counts.entry(kind).or_default();
        if *count >= MAX_OBJECTS {
            over.insert(at);
        } else if known.insert((kind, one.metadata().full_name())) {
            *count += 1;
            read[at].objects.push(one);
        }
    });
    let mut groups: BTreeMap<(ObjectKind, Option<&str>), Group> = BTreeMap::new();
    for (at, ((file, _), own)) in files.iter().zip(read).enumerate() {
        let Some(kind) = kinds[at] else { continue };
        let is_whole = are_whole[at] && !over.contains(&at) && file.part != Part::One;
        let place = (kind, file.namespace.as_deref());
        match groups.get_mut(&place) {
            Some(group) => {
                // One beside a list takes nothing from it.
                group.is_whole &= is_whole || file.part == Part::One;
                group.objects.extend(own.objects);
            }
            None => {
                let objects = own.objects;
                groups.insert(place, Group { objects, is_whole });
            }
        }
    }
    let mut inventory = Inventory::default();
    for ((kind, namespace), group) in groups {
        inventory.add(source, kind, namespace, group);
    }
    inventory.gaps.extend(problems.into_iter().map(|problem| {
        Gap {
            what: problem
                .place
                .map_or_else(|| source.to_owned(), |place| bundle.address(&place)),
            why: problem.why,
        }
    }));
    if let Some((kind, _)) = counts.iter().find(|(_, count)| **count >= MAX_OBJECTS) {
        inventory.gaps.push(Gap {
            what: format!("{source}: {}", kind.resource()),
            why: format!("there are more than the {MAX_OBJECTS} that were read"),
        });
    }
    let namespaces: BTreeSet<&str> = files
        .iter()
        .filter_map(|(file, _)| file.namespace.as_deref())
        .collect();
    if !inventory.read.is_empty() {
        inventory.gaps.push(Gap {
            what: format!("{source}: objects of the cluster"),
            why: format!(
                "they were collected some time before or after the databases, so what changed between is told as a difference; of what is in namespaces, that of {} alone is there",
                some(&namespaces, "namespace")
            ),
        });
    }
    inventory
}

impl Inventory {
    fn add(&mut self, source: &str, kind: ObjectKind, namespace: Option<&str>, group: Group) {
        let mut add = |question, objects| {
            self.read.push(ObjectsRead {
                source: source.to_owned(),
                question,
                outcome: Ok(ObjectList {
                    objects,
                    ..ObjectList::default()
                }),
            });
        };
        let whole = match namespace.map(str::parse::<ObjectName>) {
            None => Some(ObjectQuestion::all(kind)),
            Some(namespace) => namespace
                .ok()
                .map(|namespace| ObjectQuestion::in_namespace(kind, namespace)),
        };
        match whole.filter(|_| group.is_whole) {
            Some(question) => add(question, group.objects),
            // Of each of these it is known that it was there, and of no other anything.
            None => {
                for object in group.objects {
                    let of = object.metadata();
                    let namespace = of.namespace.as_deref().map(str::parse).transpose();
                    if let (Ok(namespace), Ok(name)) = (namespace, of.name.parse()) {
                        add(ObjectQuestion::named(kind, namespace, name), vec![object]);
                    }
                }
            }
        }
    }
}

/// The answer to a question to an API server, from what was recorded of it, and what to say of it.
///
/// # Errors
/// Why there is no answer, in words.
pub(super) fn answer(
    bundle: &Bundle,
    question: &ResourceQuestion,
    meter: &Meter,
) -> Result<(ResourceAnswer, Vec<Gap>), String> {
    let (kind, wanted_namespace, wanted_name) = match question {
        ResourceQuestion::List {
            kind, namespace, ..
        } => (kind, namespace, None),
        ResourceQuestion::Get {
            kind,
            namespace,
            name,
        } => (kind, namespace, Some(name.as_str())),
        ResourceQuestion::Log { .. } => {
            return Err(
                "the logs that a recording holds are not read: they are files below its folder"
                    .to_owned(),
            );
        }
    };
    let selection = match question {
        ResourceQuestion::List { labels, fields, .. } => {
            Selection::of(labels.as_ref(), fields.as_ref()).map_err(|error| error.to_string())?
        }
        _ => Selection::default(),
    };
    let asked = kind.as_str();
    if is_secret_kind(asked) {
        return Err(format!(
            "{asked} are never returned: what they hold is secret"
        ));
    }
    let wanted_namespace = wanted_namespace.as_ref().map(ObjectName::as_str);
    let all = bundle.object_files();
    let mut files: Vec<(ObjectFile, &Place)> = all
        .iter()
        .filter(|(file, _)| is_called(file, asked) && !is_secret_kind(&file.plural))
        .cloned()
        .collect();
    if files.is_empty() {
        let kinds: BTreeSet<&str> = all.iter().map(|(file, _)| &*file.plural).collect();
        let kinds = some(&kinds, "kind");
        return Err(format!("the recording holds no {asked}; it holds {kinds}"));
    }
    let namespaces: BTreeSet<&str> = files
        .iter()
        .filter_map(|(file, _)| file.namespace.as_deref())
        .collect();
    let mut gaps = Vec::new();
    if wanted_namespace.is_none() && wanted_name.is_none() && !namespaces.is_empty() {
        gaps.push(Gap {
            what: format!("{asked} of other namespaces"),
            why: format!(
                "the recording holds those of {} alone",
                some(&namespaces, "namespace")
            ),
        });
    }
    let is_near = |file: &ObjectFile| {
        let own = file.namespace.as_deref();
        own.is_none() || wanted_namespace.is_none_or(|wanted| own == Some(wanted))
    };
    let unread: Vec<String> = namespaces.iter().map(ToString::to_string).collect();
    files.retain(|(file, _)| is_near(file));
    if files.is_empty() {
        let unread = unread.iter().map(String::as_str).collect();
        return Err(format!(
            "the recording holds {asked} of {} alone",
            some(&unread, "namespace")
        ));
    }
    files.sort();
    let mut known = BTreeSet::new();
    let (mut objects, mut concealed, mut more) = (Vec::new(), 0, false);
    let (_, problems) = bundle.objects(&files, meter, &mut |_, mut object: Json| {
        let metadata = &object["metadata"];
        let text = |member: &str| metadata[member].as_str().unwrap_or_default().to_owned();
        let (namespace, name) = (text("namespace"), text("name"));
        let is_wanted = wanted_name.is_none_or(|wanted| name == wanted)
            && wanted_namespace.is_none_or(|wanted| namespace == wanted)
            && selection.selects(&object)
            && !object["kind"].as_str().is_some_and(is_secret_kind);
        if !is_wanted || !known.insert((namespace, name)) {
            return;
        }
        if objects.len() >= MAX_ANSWERED {
            more = true;
            return;
        }
        concealed += conceal(&mut object).count;
        objects.push(object);
    });
    gaps.extend(problems.into_iter().map(|problem| {
        Gap {
            what: problem
                .place
                .map_or_else(|| asked.to_owned(), |place| bundle.address(&place)),
            why: problem.why,
        }
    }));
    if let (Some(name), true) = (wanted_name, objects.is_empty()) {
        let place = wanted_namespace.map_or_else(String::new, |own| format!(" in {own}"));
        return Err(format!("the recording holds no {asked} {name}{place}"));
    }
    let kind = objects.first().and_then(|object| object["kind"].as_str());
    let kind = kind.unwrap_or(asked).to_owned();
    let answer = ResourceAnswer::Objects {
        kind,
        objects,
        more,
        concealed,
    };
    Ok((answer, gaps))
}

/// Whether a kind goes by this name: its plural, its singular or a short name, with `.GROUP` or
/// without.
fn is_called(file: &ObjectFile, asked: &str) -> bool {
    let asked = asked.to_lowercase();
    let (name, group) = match asked.split_once('.') {
        Some((name, group)) => (name, Some(group)),
        None => (asked.as_str(), None),
    };
    if group.is_some_and(|group| group != file.group) {
        return false;
    }
    let mut short = SHORT.iter();
    let is_short = short.any(|(short, plural)| *short == name && *plural == file.plural);
    let is_singular = file
        .plural
        .strip_prefix(name)
        .is_some_and(|rest| matches!(rest, "s" | "es"))
        || name.strip_suffix('y').is_some_and(|stem| {
            file.plural
                .strip_prefix(stem)
                .is_some_and(|rest| rest == "ies")
        });
    is_short || is_singular || file.plural == name
        // The kind's name has no hyphens where its plural may.
        || file.plural.replace('-', "").strip_suffix('s') == Some(name)
}

fn some(names: &BTreeSet<&str>, what: &str) -> String {
    let named: Vec<&str> = names.iter().take(MAX_NAMED).copied().collect();
    let more = if names.len() > MAX_NAMED { ", …" } else { "" };
    let plural = if names.len() == 1 { "" } else { "s" };
    match names.is_empty() {
        true => format!("no {what}"),
        false => format!(
            "{} {what}{plural} ({}{more})",
            names.len(),
            named.join(", ")
        ),
    }
}
