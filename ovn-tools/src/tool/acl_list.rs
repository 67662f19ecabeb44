//! The `acl_list` tool: access rules in the order in which they decide.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use ovn_schemas::nb;
use ovsdb_client::table::{Enumeration, Table};
use ovsdb_client::value::Uuid;
use serde_json::Value as Json;

use crate::check::{Layer, Scene, SwitchPort, Zone, object_of_port};
use crate::database::Database;
use crate::flow::{Match, Value};
use crate::listing::{Draft, Line, Listing};
use crate::owner::{Mark, Pod, describe, without_family};
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{Needs, Snapshot};
use crate::tool::asked::{self, counted, on};
use crate::tool::{Tool, health_check, near};
use crate::topology::Topology;

/// Lists access rules.
#[derive(Clone, Copy, Debug)]
pub struct AclList;

/// Which access rules to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Only the rules that apply to this pod (`namespace/name`) or port, or that belong to this
    /// policy (`namespace/name`), namespace, port group or switch.
    pub of: Option<String>,
    /// Only rules on this node.
    pub node: Option<String>,
    /// The part of the answer.
    pub page: Page,
}

impl Tool for AclList {
    const NAME: &'static str = "acl_list";
    type Params = Params;
    type Report = Listing;

    fn needs(_params: &Params) -> Result<Needs, ToolError> {
        Ok(Needs::default()
            .table(Database::Nb, nb::Acl::DEFINITION.name)
            .table(Database::Nb, nb::AddressSet::DEFINITION.name)
            .table(Database::Nb, nb::PortGroup::DEFINITION.name)
            .table(Database::Nb, nb::LogicalSwitch::DEFINITION.name)
            .table(Database::Nb, nb::LogicalSwitchPort::DEFINITION.name))
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let node = params.node.as_deref();
        asked::node(node, snapshot)?;
        let topology = Topology::default();
        let scene = Scene::of(snapshot, &topology);
        let zones = asked::northbound(&scene, node)?;
        let mut draft = Draft {
            columns: vec![
                "stage", "tier", "priority", "action", "match", "names", "owner", "on",
            ],
            ..Draft::default()
        };
        let mut names = BTreeSet::new();
        for zone in zones {
            Rules::of(zone, &scene).list(params.of.as_deref(), &mut draft, &mut names);
        }
        if let (Some(of), true) = (&params.of, draft.lines.is_empty()) {
            let is_port = scene.zones.iter().any(|zone| port(zone, of).is_some());
            draft.hints.push(if is_port {
                format!("no rule applies to {of}: all its traffic is allowed")
            } else {
                let near = near::did_you_mean(of, names.iter().map(String::as_str));
                let hint = near.unwrap_or_else(|| "give a pod or policy as namespace/name, a port, namespace, port group or switch".to_owned());
                format!("there is no `{of}`: {hint}")
            });
        }
        let what = params
            .of
            .as_ref()
            .map_or_else(String::new, |of| format!(" for {of}"));
        draft
            .next
            .push(health_check::diagnosis([Layer::Policy], node));
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        Listing::of(draft, &params.page, question, snapshot, |total| {
            format!(
                "{}{what}{}, in the order in which they decide",
                counted(total, "access rule"),
                on(node)
            )
        })
    }
}

/// The port of a name, or the pod of a namespace and name.
fn port<'z>(zone: &'z Zone<'_>, of: &str) -> Option<&'z SwitchPort> {
    let pod = Pod::port_meant(of);
    zone.switch_port(of).or_else(|| zone.switch_port(&pod))
}

/// The rules of one zone.
struct Rules<'z, 's> {
    zone: &'z Zone<'s>,
    scene: &'z Scene<'s>,
    groups: BTreeMap<String, nb::PortGroup>,
    sets: HashSet<String>,
    /// The groups and switches that each rule is on.
    places: BTreeMap<Uuid, Vec<Place>>,
}

#[derive(Clone)]
enum Place {
    Group(nb::PortGroup),
    Switch(nb::LogicalSwitch),
}

impl<'z, 's> Rules<'z, 's> {
    fn of(zone: &'z Zone<'s>, scene: &'z Scene<'s>) -> Self {
        let mut places: BTreeMap<Uuid, Vec<Place>> = BTreeMap::new();
        let mut groups = BTreeMap::new();
        for group in zone.nb_rows::<nb::PortGroup>() {
            for acl in group.acls().iter() {
                places
                    .entry(acl.uuid())
                    .or_default()
                    .push(Place::Group(group.clone()));
            }
            groups.insert(group.name().to_owned(), group);
        }
        for switch in zone.nb_rows::<nb::LogicalSwitch>() {
            for acl in switch.acls().iter() {
                places
                    .entry(acl.uuid())
                    .or_default()
                    .push(Place::Switch(switch.clone()));
            }
        }
        let sets = zone.nb_rows::<nb::AddressSet>();
        let sets = sets.map(|row| row.name().to_owned()).collect();
        Self {
            zone,
            scene,
            groups,
            sets,
            places,
        }
    }

    fn list(&self, of: Option<&str>, draft: &mut Draft, names: &mut BTreeSet<String>) {
        let port = of.and_then(|of| port(self.zone, of));
        names.extend(
            self.zone
                .switch_ports()
                .iter()
                .map(|one| one.port.name().to_owned()),
        );
        names.extend(
            self.zone
                .switch_ports()
                .iter()
                .map(|one| object_of_port(&one.port).replacen("pod ", "", 1)),
        );
        for row in self.zone.nb_rows::<nb::Acl>() {
            let nothing = Vec::new();
            let places = self.places.get(&row.uuid()).unwrap_or(&nothing);
            for place in places {
                names.extend(place.names());
            }
            let is_asked = match (of, port) {
                (None, _) => true,
                (Some(_), Some(port)) => self.applies(&row, places, port),
                (Some(of), None) => {
                    let named = Mark::of(row.external_ids()).and_then(|mark| mark.name);
                    let named =
                        named.is_some_and(|name| name == of || name.replacen(':', "/", 1) == of);
                    named
                        || places
                            .iter()
                            .any(|place| place.names().iter().any(|name| name == of))
                }
            };
            if is_asked {
                draft.lines.push(self.line(&row, places));
            }
        }
    }

    /// Whether a rule can match what a port sends or gets.
    fn applies(&self, row: &nb::Acl, places: &[Place], one: &SwitchPort) -> bool {
        let field = if row.direction().name() == "from-lport" {
            "inport"
        } else {
            "outport"
        };
        let holds = |group: &nb::PortGroup| {
            group
                .ports()
                .iter()
                .any(|port| port.uuid() == one.port.uuid())
        };
        if let Ok(read) = Match::parse(row.match_()) {
            let required = read.expression.required(field);
            if !required.is_empty() {
                return required.iter().any(|value| match value {
                    Value::PortGroup(name) => self.groups.get(&**name).is_some_and(holds),
                    Value::Text(name) => **name == *one.port.name(),
                    _ => false,
                });
            }
        }
        // A rule on a group is on all switches that its ports are on.
        places.iter().any(|place| match place {
            Place::Switch(switch) => switch.uuid() == one.switch.uuid(),
            Place::Group(group) => self.zone.switch_ports().iter().any(|other| {
                other.switch.uuid() == one.switch.uuid()
                    && group
                        .ports()
                        .iter()
                        .any(|port| port.uuid() == other.port.uuid())
            }),
        })
    }

    fn line(&self, row: &nb::Acl, places: &[Place]) -> Line {
        let uuid = self
            .zone
            .nb
            .map(|read| read.short_uuid(nb::Acl::DEFINITION.name, row.uuid()));
        let after = row.options().get("apply-after-lb") == Some("true");
        let (stage, rank) = match (row.direction().name(), after) {
            ("from-lport", false) => ("from-lport", 0),
            ("from-lport", true) => ("from-lport after lb", 1),
            (other, _) => (if other == "to-lport" { "to-lport" } else { "?" }, 2),
        };
        let on: Vec<String> = places.iter().map(Place::words).collect();
        let cells: Vec<Json> = vec![
            stage.into(),
            row.tier().into(),
            row.priority().into(),
            row.action().name().into(),
            row.match_().into(),
            self.names(row.match_()).into(),
            describe(row.external_ids())
                .or_else(|| row.name().map(str::to_owned))
                .into(),
            on.join(", ").into(),
        ];
        Line::new(self.zone.node, uuid, cells).by([
            rank.into(),
            row.tier().into(),
            (-row.priority()).into(),
            row.match_().into(),
        ])
    }

    /// What the names in a match stand for, and which do not exist.
    fn names(&self, text: &str) -> Option<String> {
        let read = match Match::parse(text) {
            Ok(read) => read,
            Err(error) => return Some(format!("cannot be read: {error}")),
        };
        let mut told: Vec<String> = Vec::new();
        for value in read.expression.values() {
            let (mark, name, is_there) = match value {
                Value::AddressSet(name) => {
                    let group = without_family(name);
                    let is_there = self.sets.contains(&**name) || self.groups.contains_key(group);
                    ('$', name, is_there)
                }
                Value::PortGroup(name) => ('@', name, self.groups.contains_key(&**name)),
                _ => continue,
            };
            let meaning = self.scene.names.meaning(name).unwrap_or("?");
            let missing = if is_there { "" } else { "MISSING: " };
            let words = format!("{mark}{name} = {missing}{meaning}");
            if !told.contains(&words) {
                told.push(words);
            }
        }
        (!told.is_empty()).then(|| told.join("; "))
    }
}

impl Place {
    fn words(&self) -> String {
        match self {
            Self::Group(group) => counted(group.ports().len(), "port"),
            Self::Switch(switch) => format!("switch {}", switch.name()),
        }
    }

    fn names(&self) -> Vec<String> {
        match self {
            Self::Switch(switch) => vec![switch.name().to_owned()],
            Self::Group(group) => {
                let mut names = vec![group.name().to_owned()];
                if let Some(name) = Mark::of(group.external_ids()).and_then(|mark| mark.name) {
                    names.push(name.replacen(':', "/", 1));
                }
                names
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tool::recording;

    fn ask(of: Option<&str>, node: Option<&str>) -> Listing {
        let params = Params {
            of: of.map(str::to_owned),
            node: node.map(str::to_owned),
            ..Params::default()
        };
        AclList::conclude(&params, &recording::demo()).expect("an answer")
    }

    #[test]
    fn rules_of_a_pod_are_listed_in_order_and_what_is_missing_is_named() {
        let listing = ask(Some("shop/cart-0"), None);
        let lines: Vec<String> = listing
            .rows
            .iter()
            .map(|row| Json::from(row.clone()).to_string())
            .collect();
        insta::assert_snapshot!(format!(
            "{}\n{:?}\n{}",
            listing.summary,
            listing.columns,
            lines.join("\n")
        ));
    }

    #[test]
    fn rules_can_be_asked_for_by_policy_namespace_and_switch() {
        assert_eq!(ask(Some("shop/allow-frontend"), Some("worker-a")).total, 1);
        assert_eq!(ask(Some("a5173984176225047974"), Some("worker-a")).total, 1);
        assert_eq!(ask(Some("worker-a"), None).total, 1);
        assert!(ask(Some("shop"), Some("worker-a")).total >= 4);
        let none = ask(Some("shop/allow-frontent"), None);
        assert!(
            none.hints[0].contains("did you mean `shop/allow-frontend`?"),
            "{:?}",
            none.hints
        );
        // The rules of other namespaces do not apply.
        let grafana = ask(Some("monitoring/grafana-5f6b8c9d7b-l4n9s"), None);
        assert!(
            grafana
                .rows
                .iter()
                .all(|row| !Json::from(row.clone()).to_string().contains("shop"))
        );
    }
}
