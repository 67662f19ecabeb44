//! The `nat_list` tool: address translation, whose it is, and whether it takes effect.

use core::net::IpAddr;

use ovn_schemas::nb;
use ovsdb_client::table::{Enumeration, Table};
use serde_json::Value as Json;

use crate::address::{Network, PortAddress};
use crate::check::{Layer, Scene, Zone};
use crate::database::Database;
use crate::listing::{Draft, Line, Listing};
use crate::owner::{Mark, Pod, describe};
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{Needs, Snapshot};
use crate::tool::asked::{self, counted, on};
use crate::tool::{Tool, health_check, near};
use crate::topology::Topology;

/// Lists NAT.
#[derive(Clone, Copy, Debug)]
pub struct NatList;

/// Which NAT to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Only the NAT of this router.
    pub router: Option<String>,
    /// Only NAT that concerns this address, pod or egress IP.
    pub of: Option<String>,
    /// Only NAT on this node.
    pub node: Option<String>,
    /// The part of the answer.
    pub page: Page,
}

impl Tool for NatList {
    const NAME: &'static str = "nat_list";
    type Params = Params;
    type Report = Listing;

    fn needs(_params: &Params) -> Result<Needs, ToolError> {
        Ok(Needs::default()
            .table(Database::Nb, nb::LogicalRouter::DEFINITION.name)
            .table(Database::Nb, nb::LogicalRouterPort::DEFINITION.name)
            .table(Database::Nb, nb::LogicalSwitch::DEFINITION.name)
            .table(Database::Nb, nb::LogicalSwitchPort::DEFINITION.name)
            .table(Database::Nb, nb::Nat::DEFINITION.name))
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let node = params.node.as_deref();
        asked::node(node, snapshot)?;
        let topology = Topology::default();
        let scene = Scene::of(snapshot, &topology);
        let zones = asked::northbound(&scene, node)?;
        known_router(params.router.as_deref(), &zones)?;
        let about = params.of.as_deref().map(|of| About::new(of, &scene));
        let mut draft = Draft {
            columns: vec!["router", "type", "external", "logical", "owner", "note"],
            ..Draft::default()
        };
        for zone in zones {
            for (router, nat) in zone.nats() {
                let is_router = params
                    .router
                    .as_deref()
                    .is_none_or(|name| name == router.name());
                if is_router && about.as_ref().is_none_or(|about| about.concerns(&nat)) {
                    draft.lines.push(line(zone, &router, &nat));
                }
            }
        }
        if let (Some(of), true) = (&params.of, draft.lines.is_empty()) {
            let what = about.and_then(|about| about.ip).map(|ip| ip.to_string());
            draft.hints.push(match what {
                Some(ip) => format!(
                    "no NAT has {ip}, or a network with it, on either side: it leaves untranslated"
                ),
                None => format!(
                    "no NAT is for {of}: give an address, a pod as namespace/name or an egress IP"
                ),
            });
        }
        let what = params
            .of
            .as_ref()
            .map_or_else(String::new, |of| format!(" for {of}"));
        draft
            .next
            .push(health_check::diagnosis([Layer::Egressip], node));
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        Listing::of(draft, &params.page, question, snapshot, |total| {
            format!("{}{what}{}", counted(total, "NAT rule"), on(node))
        })
    }
}

/// What NAT is asked for.
struct About {
    of: String,
    ip: Option<IpAddr>,
    /// The addresses of the pod that is asked for.
    ips: Vec<IpAddr>,
}

impl About {
    fn new(of: &str, scene: &Scene<'_>) -> Self {
        let ip = Network::parse(of).map(|network| network.address);
        let mut ips: Vec<IpAddr> = ip.into_iter().collect();
        let port = Pod::port_meant(of);
        for one in scene
            .zones
            .iter()
            .filter_map(|zone| zone.switch_port(&port))
        {
            let addresses = one.port.addresses();
            let addresses = addresses.iter().map(PortAddress::parse);
            ips.extend(addresses.flat_map(|address| address.ips().collect::<Vec<_>>()));
        }
        let of = of.to_owned();
        Self { of, ip, ips }
    }

    fn concerns(&self, nat: &nb::Nat) -> bool {
        let served = Mark::of(nat.external_ids()).and_then(|mark| mark.egress_ip_pod());
        let is_served = served.is_some_and(|served| {
            *served.egress_ip == *self.of || served.pod.to_string() == self.of
        });
        let sides = [nat.external_ip(), nat.logical_ip()];
        let mut networks = sides.into_iter().filter_map(Network::parse);
        is_served
            || nat.logical_port() == Some(self.of.as_str())
            || networks.any(|network| self.ips.iter().any(|ip| network.contains(*ip)))
    }
}

fn line(zone: &Zone<'_>, router: &nb::LogicalRouter, nat: &nb::Nat) -> Line {
    let uuid = zone
        .nb
        .map(|read| read.short_uuid(nb::Nat::DEFINITION.name, nat.uuid()));
    let mut notes = Vec::new();
    let has_gateway = router.options().get("chassis").is_some()
        || zone
            .ports_of(router)
            .iter()
            .any(|port| !port.gateway_chassis().is_empty() || port.ha_chassis_group().is_some());
    if !has_gateway {
        notes.push("without effect: the router has no gateway".to_owned());
    }
    if !nat.match_().is_empty() {
        notes.push(format!("only {}", nat.match_()));
    }
    if let (Some(port), Some(mac)) = (nat.logical_port(), nat.external_mac()) {
        notes.push(format!("distributed at {port} ({mac})"));
    }
    if !nat.external_port_range().is_empty() {
        notes.push(format!("ports {}", nat.external_port_range()));
    }
    let cells: Vec<Json> = vec![
        router.name().into(),
        nat.type_().name().into(),
        nat.external_ip().into(),
        nat.logical_ip().into(),
        describe(nat.external_ids()).into(),
        (!notes.is_empty()).then(|| notes.join("; ")).into(),
    ];
    // The most precise source is what counts, so it comes first.
    let prefix = Network::parse(nat.logical_ip()).map_or(0, |network| network.prefix);
    Line::new(zone.node, uuid, cells).by([
        router.name().into(),
        (-i64::from(prefix)).into(),
        nat.logical_ip().into(),
        nat.external_ip().into(),
    ])
}

/// Refuses a router that is nowhere.
pub(crate) fn known_router(asked: Option<&str>, zones: &[&Zone<'_>]) -> Result<(), ToolError> {
    let Some(asked) = asked else { return Ok(()) };
    let rows = zones
        .iter()
        .flat_map(|zone| zone.nb_rows::<nb::LogicalRouter>());
    let mut names: Vec<String> = rows.map(|row| row.name().to_owned()).collect();
    names.sort_unstable();
    names.dedup();
    if names.iter().any(|name| name == asked) {
        return Ok(());
    }
    let error = ToolError::new(format!("there is no router `{asked}`"));
    let names = names.iter().map(String::as_str);
    Err(match near::did_you_mean(asked, names.clone()) {
        Some(near) => error.hint(near),
        None => error.hint(format!(
            "routers there are: {}",
            names.take(10).collect::<Vec<_>>().join(", ")
        )),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tool::recording;

    fn ask(params: &Params) -> Listing {
        NatList::conclude(params, &recording::demo()).expect("an answer")
    }

    #[test]
    fn all_nat_of_the_demo_is_listed_with_its_owners() {
        let listing = ask(&Params::default());
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
    fn nat_can_be_asked_for_by_address_pod_and_egress_ip() {
        let of = |of: &str| {
            let params = Params {
                of: Some(of.to_owned()),
                ..Params::default()
            };
            ask(&params)
        };
        let checkout = of("10.244.0.7");
        assert_eq!(checkout.total, of("shop/checkout-5b7f6d9c48-q9w2t").total);
        assert_eq!(of("shop-egress").total, 2);
        let none = of("192.0.2.1");
        assert_eq!(none.total, 0);
        assert!(none.hints[0].contains("untranslated"), "{:?}", none.hints);
        let router = Params {
            router: Some("GR_worker".to_owned()),
            ..Params::default()
        };
        let error = NatList::conclude(&router, &recording::demo()).unwrap_err();
        assert!(error.hint.unwrap().contains("GR_worker-a"));
    }
}
