//! The `ip_show` tool: addresses, devices, routes, rules, neighbours and IPsec of nodes.

use core::net::IpAddr;

use serde_json::{Value as Json, json};

use crate::address::Network;
use crate::command::{Family, KernelListing};
use crate::dump::kernel::link::{Counters, Link};
use crate::dump::kernel::neighbour::Neighbour;
use crate::dump::kernel::route::{Hop, Route};
use crate::dump::kernel::rule::Rule;
use crate::dump::kernel::xfrm::Transform;
use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{Needs, Request, Snapshot};
use crate::tool::Tool;
use crate::tool::kernel::{Held, held, needs, requests, unread_words, words};

/// Shows what the kernels of nodes know of their networks.
#[derive(Clone, Copy, Debug)]
pub struct IpShow;

/// What to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    /// The addresses of the devices.
    #[default]
    Address,
    /// The devices with their counters.
    Link,
    /// The routes of all tables.
    Route,
    /// The rules that choose a table.
    Rule,
    /// The neighbours.
    Neighbour,
    /// The policies and associations of IPsec, without keys.
    Xfrm,
}

impl Subject {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Link => "link",
            Self::Route => "route",
            Self::Rule => "rule",
            Self::Neighbour => "neighbour",
            Self::Xfrm => "xfrm",
        }
    }

    fn listings(self) -> &'static [KernelListing] {
        match self {
            Self::Address => &[KernelListing::Addresses],
            Self::Link => &[KernelListing::Links],
            Self::Route => &[
                KernelListing::Routes(Family::Ipv4),
                KernelListing::Routes(Family::Ipv6),
            ],
            Self::Rule => &[
                KernelListing::Rules(Family::Ipv4),
                KernelListing::Rules(Family::Ipv6),
            ],
            Self::Neighbour => &[KernelListing::Neighbours],
            Self::Xfrm => &[KernelListing::XfrmPolicies, KernelListing::XfrmStates],
        }
    }
}

/// What to show, and of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// What to show.
    pub subject: Subject,
    /// Only that of this device.
    pub device: Option<String>,
    /// Only what has this address or a prefix that holds it.
    pub address: Option<String>,
    /// Only routes and rules of this table.
    pub table: Option<String>,
    /// Only that of this node.
    pub node: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

/// Rows with what chooses among them.
struct Line {
    cells: Vec<Json>,
    devices: Vec<String>,
    /// Addresses and prefixes.
    addresses: Vec<String>,
    table: Option<String>,
}

impl Tool for IpShow {
    const NAME: &'static str = "ip_show";
    type Params = Params;
    type Report = Listing;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        asked_address(params)?;
        if params.table.is_some() && !matches!(params.subject, Subject::Route | Subject::Rule) {
            let subject = params.subject.name();
            return Err(ToolError::new(format!("`table` chooses no {subject}"))
                .hint("leave it out, or ask for `route` or `rule`"));
        }
        Ok(needs())
    }

    fn plan(params: &Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        requests(params.subject.listings(), params.node.as_deref(), snapshot)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let address = asked_address(params)?;
        let (mut lines, mut unread): (Vec<Line>, Vec<String>) = (Vec::new(), Vec::new());
        for listing in params.subject.listings() {
            let (more, other) = lines_of(params.subject, *listing, snapshot);
            for line in more {
                // What some versions list for both families stands once.
                if !lines.iter().any(|known| known.cells == line.cells) {
                    lines.push(line);
                }
            }
            unread.extend(other);
        }
        let all = lines.len();
        lines.retain(|line| {
            let device = params.device.as_ref();
            let table = params.table.as_ref();
            device.is_none_or(|device| line.devices.contains(device))
                && table.is_none_or(|table| line.table.as_ref() == Some(table))
                && address.is_none_or(|address| line.has(address))
        });
        if let (Some(address), Subject::Route) = (address, params.subject) {
            // The longest prefix first: that is the one that is taken.
            lines.sort_by_key(|line| std::cmp::Reverse(line.longest(address)));
        }
        let found = match lines.len() == all {
            true => format!("{all} {}", params.subject.plural(all)),
            false => format!("{} of {all} {}", lines.len(), params.subject.plural(all)),
        };
        let found = format!("{found}{}", unread_words(&unread));
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let rows = lines.into_iter().map(|line| line.cells).collect();
        Listing::page(
            found,
            columns(params.subject),
            rows,
            &params.page,
            question,
            snapshot,
        )
    }
}

impl Subject {
    fn plural(self, count: usize) -> String {
        let noun = match self {
            Self::Address | Self::Link => "device",
            Self::Xfrm => "policies and associations",
            subject => subject.name(),
        };
        match (self, count) {
            (Self::Xfrm, _) | (_, 1) => noun.to_owned(),
            _ => format!("{noun}s"),
        }
    }
}

impl Line {
    /// The cells of a device, chosen by it, the one above it and its addresses.
    fn of_device(cells: Vec<Json>, link: Link) -> Self {
        Self {
            cells,
            addresses: link.addresses.into_iter().map(|it| it.prefix).collect(),
            devices: [Some(link.name), link.master]
                .into_iter()
                .flatten()
                .collect(),
            table: None,
        }
    }

    fn has(&self, address: IpAddr) -> bool {
        self.longest(address).is_some()
    }

    /// How long the longest of its prefixes is that holds the address.
    fn longest(&self, address: IpAddr) -> Option<u8> {
        let networks = self
            .addresses
            .iter()
            .filter_map(|text| match text.as_str() {
                // Both families have one.
                "default" => Some(0),
                text => {
                    let network = Network::parse(text)?;
                    network.contains(address).then_some(network.prefix)
                }
            });
        networks.max()
    }
}

fn asked_address(params: &Params) -> Result<Option<IpAddr>, ToolError> {
    let parsed = params.address.as_deref().map(|text| {
        text.trim().parse().map_err(|_| {
            ToolError::new(format!("`address`: {text:?} is no IP address"))
                .hint("send one without a prefix, such as 10.0.0.1 or fd00::1")
        })
    });
    parsed.transpose()
}

fn columns(subject: Subject) -> &'static [&'static str] {
    match subject {
        Subject::Address => &["node", "device", "state", "addresses", "mac", "master"],
        Subject::Link => &[
            "node", "device", "kind", "state", "mtu", "mac", "master", "flags", "received", "sent",
        ],
        Subject::Route => &[
            "node",
            "table",
            "destination",
            "via",
            "kind",
            "protocol",
            "source",
            "metric",
            "more",
        ],
        Subject::Rule => &["node", "family", "priority", "selector", "table", "action"],
        Subject::Neighbour => &["node", "address", "device", "mac", "states", "more"],
        Subject::Xfrm => &[
            "node",
            "what",
            "from",
            "to",
            "selector",
            "direction",
            "priority",
            "protocol",
            "spi",
            "reqid",
            "mode",
            "algorithms",
        ],
    }
}

/// The lines that a listing makes, and what could not be read.
fn lines_of(
    subject: Subject,
    listing: KernelListing,
    snapshot: &Snapshot,
) -> (Vec<Line>, Vec<String>) {
    fn map<T>(held: Held<T>, line: impl Fn(&str, T) -> Line) -> (Vec<Line>, Vec<String>) {
        let items = held.items.into_iter();
        let lines = items.map(|(node, item)| line(&node, item)).collect();
        (lines, held.unread)
    }
    match subject {
        Subject::Address => map(held(listing, snapshot, Link::list), address_line),
        Subject::Link => map(held(listing, snapshot, Link::list), link_line),
        Subject::Route => map(held(listing, snapshot, Route::list), route_line),
        Subject::Rule => {
            let family = match listing {
                KernelListing::Rules(family) => family.to_string(),
                _ => String::new(),
            };
            map(held(listing, snapshot, Rule::list), |node, rule| {
                rule_line(node, &family, rule)
            })
        }
        Subject::Neighbour => map(held(listing, snapshot, Neighbour::list), neighbour_line),
        Subject::Xfrm => {
            let what = match listing {
                KernelListing::XfrmPolicies => "policy",
                _ => "association",
            };
            map(held(listing, snapshot, Transform::list), |node, item| {
                transform_line(node, what, item)
            })
        }
    }
}

fn address_line(node: &str, link: Link) -> Line {
    let shown: Vec<String> = link
        .addresses
        .iter()
        .map(|address| {
            let flags = address.flags.iter().map(|flag| format!(" {flag}"));
            format!("{}{}", address.prefix, flags.collect::<String>())
        })
        .collect();
    let cells = vec![
        json!(node),
        json!(link.name),
        json!(link.state),
        json!(shown),
        json!(link.mac),
        json!(link.master),
    ];
    Line::of_device(cells, link)
}

fn link_line(node: &str, link: Link) -> Line {
    let counters = |counters: Option<Counters>| {
        counters.map(|counters| {
            let Counters {
                bytes,
                packets,
                errors,
                dropped,
            } = counters;
            let mut words = format!("{packets} packets, {bytes} bytes");
            for (count, what) in [(errors, "errors"), (dropped, "dropped")] {
                if count > 0 {
                    words.push_str(&format!(", {count} {what}"));
                }
            }
            words
        })
    };
    let cells = vec![
        json!(node),
        json!(link.name),
        json!(link.kind),
        json!(link.state),
        json!(link.mtu),
        json!(link.mac),
        json!(link.master),
        json!(link.flags),
        json!(counters(link.received)),
        json!(counters(link.sent)),
    ];
    Line::of_device(cells, link)
}

fn route_line(node: &str, route: Route) -> Line {
    let hop = |hop: &Hop| {
        let parts = [
            hop.gateway.clone(),
            hop.device.as_ref().map(|device| format!("dev {device}")),
            hop.weight.map(|weight| format!("weight {weight}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let hops: Vec<String> = route.hops.iter().map(hop).collect();
    Line {
        cells: vec![
            json!(node),
            json!(route.table),
            json!(route.destination),
            json!(hops),
            json!(route.kind),
            json!(route.protocol),
            json!(route.source),
            json!(route.metric),
            json!(words(&route.rest)),
        ],
        devices: route
            .hops
            .into_iter()
            .filter_map(|hop| hop.device)
            .collect(),
        addresses: vec![route.destination],
        table: Some(route.table),
    }
}

fn rule_line(node: &str, family: &str, rule: Rule) -> Line {
    let words: Vec<&str> = rule.selector.split(' ').collect();
    let after = |names: &[&str]| -> Vec<String> {
        let pairs = words.windows(2).filter(|pair| names.contains(&pair[0]));
        pairs.map(|pair| pair[1].to_owned()).collect()
    };
    Line {
        devices: after(&["iif", "oif"]),
        addresses: after(&["from", "to"]),
        cells: vec![
            json!(node),
            json!(family),
            json!(rule.priority),
            json!(rule.selector),
            json!(rule.table),
            json!(rule.action),
        ],
        table: rule.table,
    }
}

fn neighbour_line(node: &str, neighbour: Neighbour) -> Line {
    Line {
        cells: vec![
            json!(node),
            json!(neighbour.address),
            json!(neighbour.device),
            json!(neighbour.mac),
            json!(neighbour.states),
            json!(words(&neighbour.flags)),
        ],
        devices: neighbour.device.into_iter().collect(),
        addresses: vec![neighbour.address],
        table: None,
    }
}

fn transform_line(node: &str, what: &str, item: Transform) -> Line {
    Line {
        cells: vec![
            json!(node),
            json!(what),
            json!(item.source),
            json!(item.destination),
            json!((!item.selector.is_empty()).then_some(item.selector)),
            json!(item.direction),
            json!(item.priority),
            json!(item.protocol),
            json!(item.spi),
            json!(item.request),
            json!(item.mode),
            json!(item.algorithms),
        ],
        devices: Vec::new(),
        addresses: vec![item.source, item.destination],
        table: None,
    }
}
