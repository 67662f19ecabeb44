//! Running diagnostics, and putting together what they find.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use ovn_schemas::{nb, sb, vswitch};
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Need, Run};
use crate::check::finding::{Evidence, Finding, ObjectEvidence, Severity};
use crate::check::focus;
use crate::check::scene::{Scene, Zone};
use crate::database::Database;
use crate::node;
use crate::objects::{ObjectKind, ObjectQuestion, Objects};
use crate::report::{Gap, Next};
use crate::snapshot::{Needs, Snapshot};
use crate::topology::{Topology, with_needs};

/// From how many findings of one cause on they are told as one.
/// **Default and why**: 3; two still read well apart, and a hundred pods that fail alike are one
/// thing to know.
const FOLD_FROM: usize = 3;
/// How many objects a finding that stands for several names.
/// **Default and why**: 5; `count` says how many there are.
const EXAMPLES: usize = 5;
/// How many rows a finding that stands for several shows.
/// **Default and why**: 2, of the first objects; the others look alike.
const FOLDED_ROWS: usize = 2;
/// How many diagnostics a gap names.
/// **Default and why**: 6; their number stands beside.
const GAP_NAMES: usize = 6;

/// The name that the egress firewall of a namespace must have.
const FIREWALL: &str = "default";

/// Which diagnostics to run, and on what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The object that findings must be about.
    pub object: Option<String>,
    /// The node that findings must be on.
    pub node: Option<String>,
}

/// What diagnostics found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// What is wrong: by severity, diagnostic, node and object.
    pub findings: Vec<Found>,
    /// How many diagnostics could run at least somewhere.
    pub ran: usize,
    /// What was not looked at, and why.
    pub gaps: Vec<Gap>,
}

/// One finding, which may stand for several alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The diagnostic.
    pub check: &'static str,
    /// What it is about.
    pub layer: Layer,
    /// How grave it is.
    pub severity: Severity,
    /// The node; of several the first.
    pub node: Option<String>,
    /// The object; of several the first.
    pub object: String,
    /// The likely cause.
    pub cause: String,
    /// How many objects fail so.
    pub count: usize,
    /// More of the objects, with their nodes.
    pub others: Vec<String>,
    /// Other diagnostics whose findings about the object follow from this.
    pub symptoms: Vec<&'static str>,
    /// The rows that show it.
    pub evidence: Vec<Evidence>,
    /// The objects of the cluster that show it.
    pub objects: Vec<ObjectEvidence>,
    /// The call that leads on.
    pub next: Option<Next>,
}

/// What the diagnostics read.
pub fn needs(checks: &[&'static Check]) -> Needs {
    let kinds = kinds(checks).into_iter();
    kinds.fold(rows(checks), Needs::objects)
}

/// What the diagnostics read first for what they say of one object; [`more`] tells the rest.
pub fn needs_about(checks: &[&'static Check], object: &str) -> Needs {
    let questions = focus::questions(object).into_iter();
    let is_of = of(checks);
    let questions = questions.filter(|question| is_of(question.kind));
    questions.fold(rows(checks), Needs::some_objects)
}

/// Which objects of clusters they need besides for what they say of one object.
pub fn more(checks: &[&'static Check], object: &str, snapshot: &Snapshot) -> Vec<ObjectQuestion> {
    let mut questions = focus::further(object, snapshot);
    let is_of = of(checks);
    questions.retain(|question| is_of(question.kind));
    questions
}

/// Whether a kind has to do with what they look at.
fn of(checks: &[&'static Check]) -> impl Fn(ObjectKind) -> bool + use<> {
    let kinds = kinds(checks);
    // What users call a network leads to what attaches to it, by which rows are known.
    let of_networks = kinds.contains(&ObjectKind::NetworkAttachment);
    let networks = [
        ObjectKind::UserDefinedNetwork,
        ObjectKind::ClusterUserDefinedNetwork,
    ];
    move |kind| kinds.contains(&kind) || of_networks && networks.contains(&kind)
}

/// The kinds of objects that they look at.
fn kinds(checks: &[&'static Check]) -> BTreeSet<ObjectKind> {
    let needs = checks.iter().flat_map(|check| check.needs);
    let kinds = needs.filter_map(|need| match need {
        Need::Objects(kind) => Some(*kind),
        _ => None,
    });
    kinds.collect()
}

fn rows(checks: &[&'static Check]) -> Needs {
    let mut needs = Needs::default();
    for database in Database::ALL {
        needs = needs.and(node::needs(database));
    }
    // Which databases belong together is told by these.
    needs = needs
        .column(Database::Sb, sb::chassis::NAME)
        .column(Database::Sb, sb::chassis::OTHER_CONFIG)
        .column(Database::Ovs, vswitch::open_vswitch::EXTERNAL_IDS);
    needs = needs
        .table(Database::Nb, nb::AddressSet::DEFINITION.name)
        .table(Database::Nb, nb::PortGroup::DEFINITION.name);
    let mut graph = false;
    for need in checks.iter().flat_map(|check| check.needs) {
        match *need {
            Need::Graph => graph = true,
            Need::Objects(_) => {}
            Need::Table(database, table) => {
                let unread = unread(database);
                let columns = table.columns.iter().map(|column| column.name);
                let read: Vec<&str> = columns.filter(|name| !unread.contains(name)).collect();
                needs = needs.named_columns(database, table.name, &read);
            }
        }
    }
    if graph { with_needs(needs) } else { needs }
}

/// Columns that change all the time and that no diagnostic looks at.
fn unread(database: Database) -> &'static [&'static str] {
    static OVS: LazyLock<[&str; 4]> = LazyLock::new(|| {
        [
            vswitch::interface::STATISTICS.name(),
            vswitch::interface::STATUS.name(),
            vswitch::interface::LLDP.name(),
            vswitch::port::RSTP_STATISTICS.name(),
        ]
    });
    match database {
        Database::Ovs => &*OVS,
        _ => &[],
    }
}

/// Runs diagnostics on what was read.
pub fn run(checks: &[&'static Check], snapshot: &Snapshot, asked: &Asked) -> Outcome {
    let topology = Topology::read(snapshot, None);
    let scene = Scene::of(snapshot, &topology);
    let mut missing = Missing::default();
    let mut all: Vec<Tagged> = Vec::new();
    let mut ran = 0;
    for check in checks {
        let found = run_one(check, &scene, asked.object.is_some(), &mut missing);
        ran += usize::from(found.is_some());
        for (zone, mut finding) in found.unwrap_or_default() {
            if finding.severity == Severity::Error {
                finding.severity = check.severity;
            }
            finding.evidence.truncate(MAX_ROWS);
            finding.objects.truncate(MAX_ROWS);
            all.push((check, zone, finding));
        }
    }
    all.sort_by(|(a, _, x), (b, _, y)| {
        let rows = |finding: &Finding| {
            let rows = finding.evidence.iter();
            rows.map(|row| row.uuid.clone()).collect::<Vec<_>>()
        };
        (x.severity, a.id, &x.node, &x.object, &x.cause, rows(x)).cmp(&(
            y.severity,
            b.id,
            &y.node,
            &y.object,
            &y.cause,
            rows(y),
        ))
    });
    let reasons = reasons(&all);
    let is_asked = |finding: &Finding| {
        let node = asked.node.is_none() || finding.node == asked.node;
        node && asked
            .object
            .as_deref()
            .is_none_or(|name| finding.is_about(name))
    };
    let mut asked_for: Vec<bool> = all.iter().map(|(.., finding)| is_asked(finding)).collect();
    let mut symptoms: Vec<Vec<&'static str>> = vec![Vec::new(); all.len()];
    for (at, reason) in reasons.iter().enumerate() {
        let Some(reason) = *reason else { continue };
        let (check, ..) = all[at];
        if !symptoms[reason].contains(&check.id) {
            symptoms[reason].push(check.id);
        }
        // Whoever asks for a pod wants to know what is wrong with its node, if that is the reason.
        asked_for[reason] |= asked_for[at];
    }
    let found = all
        .into_iter()
        .zip(symptoms)
        .zip(reasons.iter().zip(asked_for))
        .filter(|(_, (reason, is_asked))| reason.is_none() && *is_asked)
        .map(|(((check, _, finding), symptoms), _)| (check, finding, symptoms));
    Outcome {
        findings: fold(found),
        ran,
        gaps: missing.gaps(),
    }
}

/// A finding with its diagnostic and the place of its zone.
type Tagged = (&'static Check, Option<usize>, Finding);

/// The most rows that one finding shows.
/// **Default and why**: 5; enough for a row of each database and two to compare.
const MAX_ROWS: usize = 5;

/// What one diagnostic finds; `None` where it could run nowhere.
fn run_one(
    check: &'static Check,
    scene: &Scene<'_>,
    is_of_one: bool,
    missing: &mut Missing,
) -> Option<Vec<(Option<usize>, Finding)>> {
    let mut findings = Vec::new();
    let mut ran = false;
    for (place, zone) in scene.zones.iter().enumerate() {
        if let Some(lacking) = lacking(check, zone) {
            // What was not asked for has nothing to do with the object.
            if !is_of_one || !matches!(lacking, Lacking::Unasked(_)) {
                missing.add(zone, lacking, check);
            }
            continue;
        }
        ran = true;
        let mut add = |node: Option<&str>, found: Vec<Finding>| {
            for mut finding in found.into_iter().filter(|one| is_known(one, zone)) {
                finding.node = finding.node.or_else(|| node.map(str::to_owned));
                findings.push((Some(place), finding));
            }
        };
        match check.run {
            Run::Zone(find) => add(zone.node, find(zone, scene)),
            Run::Host(find) => {
                for host in &zone.hosts {
                    add(host.read.node.as_deref(), find(host, zone, scene));
                }
            }
            Run::All(_) => {}
        }
    }
    if let (Run::All(find), true) = (check.run, ran) {
        for finding in find(scene) {
            let is_there = |zone: &Zone<'_>| zone.node == finding.node.as_deref();
            findings.push((scene.zones.iter().position(is_there), finding));
        }
    }
    ran.then_some(findings)
}

/// Whether what a finding says is not there was asked for, where not all objects were.
fn is_known(finding: &Finding, zone: &Zone<'_>) -> bool {
    let absent = finding.objects.iter().filter_map(ObjectEvidence::is_absent);
    let Some(objects) = &zone.objects else {
        return true;
    };
    let mut absent = absent.map(|(kind, name)| knows(objects, kind, name));
    absent.all(|known| known)
}

fn knows(objects: &Objects<'_>, kind: ObjectKind, name: &str) -> bool {
    match name.split_once('/') {
        Some((namespace, name)) => objects.knows(kind, Some(namespace), name),
        // A namespace has one egress firewall, and is all that rows tell of it.
        None if kind == ObjectKind::EgressFirewall => objects.knows(kind, Some(name), FIREWALL),
        None => objects.knows(kind, None, name),
    }
}

/// Why a diagnostic cannot look at a zone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Lacking {
    Database(Database),
    Table(Database, &'static str),
    /// The objects of a kind are not all known, for a reason in words.
    Objects(ObjectKind, String),
    /// No objects of the kind were asked for.
    Unasked(ObjectKind),
    /// The zone is read from no cluster.
    Cluster,
}

fn lacking(check: &Check, zone: &Zone<'_>) -> Option<Lacking> {
    if matches!(check.run, Run::Host(_)) && zone.hosts.is_empty() {
        return Some(Lacking::Database(Database::Ovs));
    }
    if check.needs_cluster() && zone.objects.is_none() {
        return Some(Lacking::Cluster);
    }
    for need in check.needs {
        if let (Need::Objects(kind), Some(objects)) = (need, &zone.objects) {
            if let Some(why) = objects.failed(*kind) {
                return Some(Lacking::Objects(*kind, why));
            }
            // Of kinds that a cluster may be without, those that it has are enough.
            let is_beside = |other: &Need| match other {
                Need::Objects(other) => other.is_optional() && objects.is_asked(*other),
                _ => false,
            };
            let is_told = kind.is_optional() && check.needs.iter().any(is_beside);
            if !objects.is_asked(*kind) && !is_told {
                return Some(Lacking::Unasked(*kind));
            }
        }
        for database in need.databases() {
            let read = match database {
                Database::Nb => zone.nb,
                Database::Sb => zone.sb,
                Database::Ovs => {
                    if zone.hosts.is_empty() {
                        return Some(Lacking::Database(*database));
                    }
                    continue;
                }
            };
            let Some(read) = read else {
                return Some(Lacking::Database(*database));
            };
            if let Need::Table(_, table) = need
                && read.rows.table(table.name).is_none()
            {
                return Some(Lacking::Table(*database, table.name));
            }
        }
    }
    None
}

/// Why diagnostics that compare rows with objects cannot run.
const NO_CLUSTER: &str =
    "they compare rows with objects of Kubernetes, and no cluster is among the sources";

/// What could not be looked at: by reason the zones, and the diagnostics.
#[derive(Debug, Default)]
struct Missing(BTreeMap<(Lacking, String), BTreeSet<&'static str>>);

impl Missing {
    fn add(&mut self, zone: &Zone<'_>, lacking: Lacking, check: &'static Check) {
        // What the cluster does not tell, it does not tell of any node.
        let node = match lacking {
            Lacking::Objects(..) | Lacking::Unasked(_) | Lacking::Cluster => "",
            _ => zone.node.unwrap_or_default(),
        };
        let node = node.to_owned();
        self.0.entry((lacking, node)).or_default().insert(check.id);
    }

    fn gaps(self) -> Vec<Gap> {
        // Zones that lack the same for the same diagnostics are told together.
        let mut reasons: BTreeMap<(Lacking, Vec<&'static str>), Vec<String>> = BTreeMap::new();
        for ((lacking, node), checks) in self.0 {
            let checks = checks.into_iter().collect();
            reasons.entry((lacking, checks)).or_default().push(node);
        }
        let reasons = reasons.into_iter();
        reasons
            .map(|((lacking, checks), nodes)| {
                let nodes: Vec<String> =
                    nodes.into_iter().filter(|node| !node.is_empty()).collect();
                let place = match nodes.as_slice() {
                    [] => String::new(),
                    [node] => format!(" on {node}"),
                    nodes => format!(" on {} nodes ({})", nodes.len(), some(nodes)),
                };
                Gap {
                    what: match lacking {
                        // Whoever has a cluster would ask for these.
                        Lacking::Cluster => {
                            format!("{}: {}", counted(checks.len()), checks.join(", "))
                        }
                        _ => format!("{}{place}: {}", counted(checks.len()), some(&checks)),
                    },
                    why: match lacking {
                        Lacking::Cluster => NO_CLUSTER.to_owned(),
                        Lacking::Objects(_, why) => why,
                        Lacking::Unasked(kind) => {
                            format!("the source has nothing of {}", kind.resource())
                        }
                        Lacking::Database(database) => {
                            format!("no {} database was read there", database.full_name())
                        }
                        Lacking::Table(database, table) => {
                            let database = database.full_name();
                            format!("the schema of {database} has no table {table}")
                        }
                    },
                }
            })
            .collect()
    }
}

fn counted(count: usize) -> String {
    match count {
        1 => "1 check".to_owned(),
        count => format!("{count} checks"),
    }
}

fn some<T: AsRef<str>>(names: &[T]) -> String {
    let named: Vec<&str> = names.iter().take(GAP_NAMES).map(AsRef::as_ref).collect();
    let named = named.join(", ");
    if names.len() > GAP_NAMES {
        format!("{named} and others")
    } else {
        named
    }
}

/// For each finding the place of the one that it follows from; `None` for one that stands for
/// itself.
///
/// A finding follows from one about the same object, else from one about its whole node, whose
/// diagnostic explains its own.
fn reasons(all: &[Tagged]) -> Vec<Option<usize>> {
    let mut by_object: BTreeMap<(Option<usize>, &str), Vec<usize>> = BTreeMap::new();
    let mut of_nodes = Vec::new();
    for (at, (_, zone, finding)) in all.iter().enumerate() {
        let place = (*zone, finding.object.as_str());
        by_object.entry(place).or_default().push(at);
        if finding.of_node {
            of_nodes.push(at);
        }
    }
    let reason = |at: usize| {
        let (check, zone, finding) = &all[at];
        let explains = |other: &&usize| all[**other].0.explains.contains(&check.id);
        let is_here = |other: &&usize| {
            let (_, its_zone, its) = &all[**other];
            its_zone == zone || its.node.is_some() && its.node == finding.node
        };
        let same = by_object.get(&(*zone, finding.object.as_str()));
        let same = same.and_then(|same| same.iter().find(explains));
        let node = || of_nodes.iter().filter(is_here).find(explains);
        same.or_else(node).copied()
    };
    (0..all.len()).map(reason).collect()
}

/// Puts findings of one cause together; those in `found` stand in their order.
fn fold(found: impl Iterator<Item = (&'static Check, Finding, Vec<&'static str>)>) -> Vec<Found> {
    let mut folded: Vec<Found> = Vec::new();
    let mut groups: BTreeMap<(Severity, &str, String), Vec<Found>> = BTreeMap::new();
    for (check, finding, symptoms) in found {
        let key = (finding.severity, check.id, finding.cause.clone());
        let next = finding.leads_on();
        groups.entry(key).or_default().push(Found {
            check: check.id,
            layer: check.layer,
            severity: finding.severity,
            node: finding.node,
            object: finding.object,
            cause: finding.cause,
            count: 1,
            others: Vec::new(),
            symptoms,
            evidence: finding.evidence,
            objects: finding.objects,
            next,
        });
    }
    for group in groups.into_values() {
        if group.len() < FOLD_FROM {
            folded.extend(group);
            continue;
        }
        let count = group.len();
        let mut group = group.into_iter();
        let Some(mut first) = group.next() else {
            continue;
        };
        first.count = count;
        for other in group {
            if first.others.len() + 1 < EXAMPLES {
                first.others.push(match &other.node {
                    Some(node) => format!("{} on {node}", other.object),
                    None => other.object.clone(),
                });
            }
            if first.evidence.len() < FOLDED_ROWS {
                first.evidence.extend(other.evidence);
            }
            if first.objects.len() < FOLDED_ROWS {
                first.objects.extend(other.objects);
            }
        }
        first.evidence.truncate(FOLDED_ROWS);
        first.objects.truncate(FOLDED_ROWS);
        folded.push(first);
    }
    folded.sort_by(|a, b| {
        (a.severity, a.check, &a.node, &a.object, &a.cause)
            .cmp(&(b.severity, b.check, &b.node, &b.object, &b.cause))
    });
    folded
}
