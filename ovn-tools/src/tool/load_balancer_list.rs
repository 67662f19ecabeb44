//! The `load_balancer_list` tool: virtual IPs, what stands behind them, and where they apply.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use ovn_schemas::nb;
use ovsdb_client::table::{Enumeration, Table};
use ovsdb_client::value::Uuid;
use serde_json::Value as Json;

use crate::address::{Backends, Endpoint};
use crate::check::{Layer, Scene, Zone};
use crate::database::Database;
use crate::listing::{Draft, Line, Listing};
use crate::owner::{Service, describe};
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{Needs, Snapshot};
use crate::tool::asked::{self, counted, on};
use crate::tool::{Tool, health_check, near};
use crate::topology::Topology;

/// Lists load balancers.
#[derive(Clone, Copy, Debug)]
pub struct LoadBalancerList;

/// Which load balancers to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Only this service (`namespace/name`), load balancer, virtual IP or backend.
    pub of: Option<String>,
    /// Only load balancers on this node.
    pub node: Option<String>,
    /// The part of the answer.
    pub page: Page,
}

impl Tool for LoadBalancerList {
    const NAME: &'static str = "load_balancer_list";
    type Params = Params;
    type Report = Listing;

    fn needs(_params: &Params) -> Result<Needs, ToolError> {
        Ok(Needs::default()
            .table(Database::Nb, nb::LoadBalancer::DEFINITION.name)
            .table(Database::Nb, nb::LoadBalancerGroup::DEFINITION.name)
            .table(Database::Nb, nb::ChassisTemplateVar::DEFINITION.name)
            .table(Database::Nb, nb::LogicalRouter::DEFINITION.name)
            .table(Database::Nb, nb::LogicalSwitch::DEFINITION.name))
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let node = params.node.as_deref();
        asked::node(node, snapshot)?;
        let topology = Topology::default();
        let scene = Scene::of(snapshot, &topology);
        let zones = asked::northbound(&scene, node)?;
        let mut draft = Draft {
            columns: vec!["owner", "vip", "protocol", "backends", "applies_to", "note"],
            ..Draft::default()
        };
        let mut names: BTreeSet<String> = BTreeSet::new();
        for zone in zones {
            let places = Places::of(zone);
            for row in zone.nb_rows::<nb::LoadBalancer>() {
                names.insert(row.name().to_owned());
                names.extend(Service::of(row.external_ids()).map(|service| service.to_string()));
                for (vip, backends) in row.vips().iter() {
                    names.insert(vip.to_owned());
                    let backends = Backends::parse(backends);
                    let concerned = params
                        .of
                        .as_deref()
                        .is_none_or(|of| concerns(of, &row, vip, &backends));
                    if concerned {
                        draft.lines.push(places.line(&row, vip, &backends));
                    }
                }
            }
        }
        if let (Some(of), true) = (&params.of, draft.lines.is_empty()) {
            let near = near::did_you_mean(of, names.iter().map(String::as_str));
            let hint = near.unwrap_or_else(|| {
                "give a service as namespace/name, a load balancer, or an address".to_owned()
            });
            draft
                .hints
                .push(format!("no load balancer is for {of}: {hint}"));
        }
        let what = params
            .of
            .as_ref()
            .map_or_else(String::new, |of| format!(" for {of}"));
        draft
            .next
            .push(health_check::diagnosis([Layer::Service], node));
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        Listing::of(draft, &params.page, question, snapshot, |total| {
            format!("{}{what}{}", counted(total, "virtual IP"), on(node))
        })
    }
}

fn concerns(of: &str, row: &nb::LoadBalancer, vip: &str, backends: &Backends) -> bool {
    let is_service =
        Service::of(row.external_ids()).is_some_and(|service| service.to_string() == of);
    let is_endpoint = |endpoint: &Endpoint| {
        endpoint.to_string() == of || endpoint.ip().is_some_and(|ip| ip.to_string() == of)
    };
    is_service
        || row.name() == of
        || vip == of
        || Endpoint::parse(vip).as_ref().is_some_and(is_endpoint)
        || backends.endpoints.iter().any(is_endpoint)
}

/// Where the load balancers of a zone apply.
struct Places<'z, 's> {
    zone: &'z Zone<'s>,
    by_row: BTreeMap<Uuid, BTreeSet<String>>,
    variables: HashSet<String>,
}

impl<'z, 's> Places<'z, 's> {
    fn of(zone: &'z Zone<'s>) -> Self {
        let mut by_row: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
        let mut groups: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
        for row in zone.nb_rows::<nb::LogicalSwitch>() {
            for group in row.load_balancer_group().iter() {
                groups
                    .entry(group.uuid())
                    .or_default()
                    .insert(format!("switch {}", row.name()));
            }
            for one in row.load_balancer().iter() {
                by_row
                    .entry(one.uuid())
                    .or_default()
                    .insert(format!("switch {}", row.name()));
            }
        }
        for row in zone.nb_rows::<nb::LogicalRouter>() {
            for group in row.load_balancer_group().iter() {
                groups
                    .entry(group.uuid())
                    .or_default()
                    .insert(format!("router {}", row.name()));
            }
            for one in row.load_balancer().iter() {
                by_row
                    .entry(one.uuid())
                    .or_default()
                    .insert(format!("router {}", row.name()));
            }
        }
        for group in zone.nb_rows::<nb::LoadBalancerGroup>() {
            let Some(members) = groups.get(&group.uuid()) else {
                continue;
            };
            let switches = members
                .iter()
                .filter(|name| name.starts_with("switch"))
                .count();
            let routers = members.len() - switches;
            let mut parts = Vec::new();
            if switches > 0 {
                parts.push(counted_es(switches, "switch"));
            }
            if routers > 0 {
                parts.push(counted(routers, "router"));
            }
            let place = format!("{} ({})", group.name(), parts.join(", "));
            for one in group.load_balancer().iter() {
                by_row.entry(one.uuid()).or_default().insert(place.clone());
            }
        }
        let rows = zone.nb_rows::<nb::ChassisTemplateVar>();
        let variables = rows.flat_map(|row| {
            let names: Vec<String> = row
                .variables()
                .iter()
                .map(|(name, _)| name.to_owned())
                .collect();
            names
        });
        let variables = variables.collect();
        Self {
            zone,
            by_row,
            variables,
        }
    }

    fn line(&self, row: &nb::LoadBalancer, vip: &str, backends: &Backends) -> Line {
        let table = nb::LoadBalancer::DEFINITION.name;
        let uuid = self.zone.nb.map(|read| read.short_uuid(table, row.uuid()));
        let owner = describe(row.external_ids()).unwrap_or_else(|| row.name().to_owned());
        let mut notes = Vec::new();
        if backends.is_empty() {
            let rejects = row.options().get("reject") == Some("true");
            notes.push(
                if rejects {
                    "no backends: refused"
                } else {
                    "no backends: dropped"
                }
                .to_owned(),
            );
        }
        let places = self.by_row.get(&row.uuid());
        if places.is_none() {
            notes.push("applies nowhere".to_owned());
        }
        let endpoint = Endpoint::parse(vip);
        for name in endpoint.iter().flat_map(Endpoint::templates) {
            if !self.variables.contains(name) {
                notes.push(format!("no chassis has {name}"));
            }
        }
        let texts = backends.endpoints.iter().map(ToString::to_string);
        let texts: Vec<String> = texts
            .chain(backends.other.iter().map(ToString::to_string))
            .collect();
        let places = places.map(|places| places.iter().cloned().collect::<Vec<_>>().join(", "));
        let protocol = row.protocol().map(|protocol| protocol.name().to_owned());
        let cells: Vec<Json> = vec![
            owner.as_str().into(),
            vip.into(),
            protocol.into(),
            texts.join(", ").into(),
            places.into(),
            (!notes.is_empty()).then(|| notes.join("; ")).into(),
        ];
        Line::new(self.zone.node, uuid, cells).by([owner.as_str().into(), vip.into()])
    }
}

fn counted_es(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}es"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tool::recording;

    fn ask(of: Option<&str>) -> Listing {
        let params = Params {
            of: of.map(str::to_owned),
            ..Params::default()
        };
        LoadBalancerList::conclude(&params, &recording::demo()).expect("an answer")
    }

    #[test]
    fn virtual_ips_of_the_demo_are_listed_once_for_all_nodes() {
        let listing = ask(None);
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
    fn a_service_an_address_and_a_backend_are_found_and_a_mistake_is_told() {
        for of in [
            "shop/cart",
            "10.96.118.7",
            "10.96.118.7:8080",
            "10.244.1.6",
            "Service_shop/cart_TCP_cluster",
        ] {
            assert_eq!(ask(Some(of)).total, 1, "{of}");
        }
        let none = ask(Some("shop/carts"));
        assert_eq!(
            none.hints,
            ["no load balancer is for shop/carts: did you mean `shop/cart`?"]
        );
    }
}
