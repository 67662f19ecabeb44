//! The `route_list` tool: routes and policies of routers, and which of them an address takes.

use core::net::IpAddr;

use ovn_schemas::nb;
use ovsdb_client::table::{Enumeration, Table};
use serde_json::{Value as Json, json};

use crate::address::Network;
use crate::check::{Layer, Scene, Zone};
use crate::database::Database;
use crate::listing::{Draft, Line, Listing};
use crate::owner::{InterconnectNode, describe};
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{DatabaseRead, Needs, Snapshot};
use crate::tool::asked::{self, counted, on};
use crate::tool::nat_list::known_router;
use crate::tool::{Tool, health_check};
use crate::topology::Topology;

/// Lists routes.
#[derive(Clone, Copy, Debug)]
pub struct RouteList;

/// Which routes to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Only the routes of this router.
    pub router: Option<String>,
    /// Only routes that hold this address or network.
    pub to: Option<String>,
    /// Only routes on this node.
    pub node: Option<String>,
    /// The part of the answer.
    pub page: Page,
}

/// How many near misses are told.
/// **Default and why**: 5; each is a sentence.
const MAX_HINTS: usize = 5;

impl Tool for RouteList {
    const NAME: &'static str = "route_list";
    type Params = Params;
    type Report = Listing;

    fn needs(_params: &Params) -> Result<Needs, ToolError> {
        Ok(Needs::default()
            .table(Database::Nb, nb::LogicalRouter::DEFINITION.name)
            .table(Database::Nb, nb::LogicalRouterPort::DEFINITION.name)
            .table(Database::Nb, nb::LogicalRouterPolicy::DEFINITION.name)
            .table(Database::Nb, nb::Bfd::DEFINITION.name)
            .table(Database::Nb, nb::LogicalRouterStaticRoute::DEFINITION.name))
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let node = params.node.as_deref();
        asked::node(node, snapshot)?;
        let to = match params.to.as_deref() {
            None => None,
            Some(text) => Some(Network::parse(text).ok_or_else(|| {
                ToolError::new(format!("`{text}` is no address or network"))
                    .hint("send one such as 10.244.1.5 or 10.244.1.0/24")
            })?),
        };
        let topology = Topology::default();
        let scene = Scene::of(snapshot, &topology);
        let zones = asked::northbound(&scene, node)?;
        known_router(params.router.as_deref(), &zones)?;
        let mut draft = Draft {
            columns: vec![
                "router", "kind", "prefix", "next_hop", "port", "owner", "note",
            ],
            ..Draft::default()
        };
        for zone in zones {
            let Some(read) = zone.nb else { continue };
            for router in zone.nb_rows::<nb::LogicalRouter>() {
                let is_asked = params
                    .router
                    .as_deref()
                    .is_none_or(|name| name == router.name());
                if is_asked {
                    Router { zone, read, router }.list(to, &mut draft);
                }
            }
        }
        draft.hints.sort();
        draft.hints.truncate(MAX_HINTS);
        let what = params
            .to
            .as_ref()
            .map_or_else(String::new, |to| format!(" to {to}"));
        draft.next.push(health_check::diagnosis(
            [Layer::Node, Layer::Egressip],
            node,
        ));
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        Listing::of(draft, &params.page, question, snapshot, |total| {
            format!(
                "{}{what}{}, the first to match first",
                counted(total, "route"),
                on(node)
            )
        })
    }
}

struct Router<'z, 's> {
    zone: &'z Zone<'s>,
    read: &'s DatabaseRead,
    router: nb::LogicalRouter,
}

impl Router<'_, '_> {
    fn list(&self, to: Option<Network>, draft: &mut Draft) {
        let ports = self.zone.ports_of(&self.router);
        let networks: Vec<(Network, &nb::LogicalRouterPort)> = ports
            .iter()
            .flat_map(|port| {
                let networks = port.networks();
                let networks: Vec<Network> = networks.iter().filter_map(Network::parse).collect();
                networks.into_iter().map(move |network| (network, port))
            })
            .collect();
        let wanted = |network: &Network| to.is_none_or(|to| network.covers(&to));
        let mut prefixes = Vec::new();
        for (network, port) in &networks {
            prefixes.push(*network);
            if wanted(network) {
                let table = nb::LogicalRouterPort::DEFINITION.name;
                let uuid = self.read.short_uuid(table, port.uuid());
                let cells = [
                    "connected".into(),
                    network.canonical().to_string().into(),
                    Json::Null,
                    port.name().into(),
                    Json::Null,
                    Json::Null,
                ];
                draft.lines.push(self.line(uuid, network, 0, cells));
            }
        }
        for route in self
            .router
            .static_routes()
            .iter()
            .filter_map(|row| self.read.rows.get(row))
        {
            let Some(prefix) = Network::parse(route.ip_prefix()) else {
                continue;
            };
            let by_source = route
                .policy()
                .is_some_and(|policy| policy.name() == "src-ip");
            if !by_source {
                prefixes.push(prefix);
            }
            if wanted(&prefix) {
                draft
                    .lines
                    .push(self.route(&route, &prefix, by_source, &networks));
            }
        }
        if to.is_none() {
            for policy in self
                .router
                .policies()
                .iter()
                .filter_map(|row| self.read.rows.get(row))
            {
                draft.lines.push(self.policy(&policy));
            }
        }
        if let Some(to) = to
            && !prefixes.iter().any(|prefix| prefix.covers(&to))
        {
            draft.hints.push(self.near_miss(&to, &prefixes));
        }
    }

    fn route(
        &self,
        route: &nb::LogicalRouterStaticRoute,
        prefix: &Network,
        by_source: bool,
        networks: &[(Network, &nb::LogicalRouterPort)],
    ) -> Line {
        let mut notes = Vec::new();
        let hop = route.nexthop().parse::<IpAddr>();
        let reached = hop
            .as_ref()
            .is_ok_and(|hop| networks.iter().any(|(network, _)| network.contains(*hop)));
        if hop.is_ok() && !reached && route.output_port().is_none() {
            notes.push("left out: no port of the router reaches the next hop".to_owned());
        }
        if by_source {
            notes.push("by source address".to_owned());
        }
        if !route.route_table().is_empty() {
            notes.push(format!("table {}", route.route_table()));
        }
        if let Some(bfd) = route.bfd().and_then(|bfd| self.read.rows.get(bfd)) {
            let status = bfd
                .status()
                .map_or("unknown".to_owned(), |status| status.name().to_owned());
            notes.push(format!("BFD {status}"));
        }
        let ids = route.external_ids();
        let owner = InterconnectNode::of_route(ids).map(|node| format!("node {node}"));
        let table = nb::LogicalRouterStaticRoute::DEFINITION.name;
        let uuid = self.read.short_uuid(table, route.uuid());
        let cells = [
            "static".into(),
            prefix.canonical().to_string().into(),
            route.nexthop().into(),
            route.output_port().into(),
            owner.or_else(|| describe(ids)).into(),
            (!notes.is_empty()).then(|| notes.join("; ")).into(),
        ];
        // Of one length, routes by destination win over those by source.
        self.line(uuid, prefix, if by_source { 2 } else { 1 }, cells)
    }

    fn policy(&self, policy: &nb::LogicalRouterPolicy) -> Line {
        let hops: Vec<String> = policy.nexthops().iter().map(str::to_owned).collect();
        let hop = policy.nexthop().map(str::to_owned);
        let hops = if hops.is_empty() {
            hop
        } else {
            Some(hops.join(", "))
        };
        let table = nb::LogicalRouterPolicy::DEFINITION.name;
        let uuid = self.read.short_uuid(table, policy.uuid());
        let mark = policy
            .options()
            .get("pkt_mark")
            .map(|mark| format!(", mark {mark}"));
        let cells: Vec<Json> = vec![
            self.router.name().into(),
            format!("policy {}", policy.priority()).into(),
            policy.match_().into(),
            hops.into(),
            Json::Null,
            describe(policy.external_ids()).into(),
            format!("{}{}", policy.action().name(), mark.unwrap_or_default()).into(),
        ];
        // Policies come after routing and may overrule it.
        Line::new(self.zone.node, Some(uuid), cells).by([
            self.router.name().into(),
            1.into(),
            (-policy.priority()).into(),
            policy.match_().into(),
        ])
    }

    fn line(&self, uuid: String, prefix: &Network, kind: i64, cells: [Json; 6]) -> Line {
        let router = json!(self.router.name());
        let cells = std::iter::once(router).chain(cells).collect();
        Line::new(self.zone.node, Some(uuid), cells).by([
            self.router.name().into(),
            0.into(),
            i64::from(!prefix.is_ipv4()).into(),
            (-i64::from(prefix.prefix)).into(),
            kind.into(),
            prefix.canonical().to_string().as_str().into(),
        ])
    }

    fn near_miss(&self, to: &Network, prefixes: &[Network]) -> String {
        let place = format!("{}{}", self.router.name(), on(self.zone.node));
        let near = prefixes
            .iter()
            .filter(|prefix| prefix.is_ipv4() == to.is_ipv4())
            .map(|prefix| (shared_bits(prefix.address, to.address), prefix.canonical()))
            .max();
        match near {
            Some((_, near)) => format!("{place} has no route to {to}; the nearest is {near}"),
            None => format!("{place} has no route to {to}, nor any of its family"),
        }
    }
}

/// How many leading bits two addresses of one family share.
fn shared_bits(a: IpAddr, b: IpAddr) -> u32 {
    match (a, b) {
        (IpAddr::V4(a), IpAddr::V4(b)) => (u32::from(a) ^ u32::from(b)).leading_zeros(),
        (IpAddr::V6(a), IpAddr::V6(b)) => (u128::from(a) ^ u128::from(b)).leading_zeros(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tool::recording;

    fn ask(params: &Params) -> Listing {
        RouteList::conclude(params, &recording::demo()).expect("an answer")
    }

    #[test]
    fn routes_and_policies_of_the_demo_are_listed_in_the_order_in_which_they_match() {
        let params = Params {
            node: Some("worker-a".to_owned()),
            ..Params::default()
        };
        let listing = ask(&params);
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
    fn an_address_without_a_route_is_told_with_the_nearest_one() {
        let params = Params {
            to: Some("10.244.1.6".to_owned()),
            router: Some("ovn_cluster_router".to_owned()),
            ..Params::default()
        };
        let listing = ask(&params);
        insta::assert_snapshot!(format!("{}\n{}", listing.summary, listing.hints.join("\n")), @"
        2 routes to 10.244.1.6, the first to match first; all on worker-b
        ovn_cluster_router on worker-a has no route to 10.244.1.6; the nearest is 10.244.0.0/24
        ");
        let wrong = Params {
            to: Some("web".to_owned()),
            ..Params::default()
        };
        let error = RouteList::conclude(&wrong, &recording::demo()).unwrap_err();
        assert_eq!(error.to_string(), "`web` is no address or network");
    }
}
