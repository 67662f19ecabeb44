//! Ends: who sends and whom it is for, found in the rows.

use core::net::IpAddr;

use ovn_schemas::{nb, sb};
use ovsdb_client::table::{Enumeration, Table};

use crate::address::{Backends, Endpoint, Mac, Network, PortAddress};
use crate::database::Database;
use crate::objects::{DEFAULT_NETWORK, Pod, Service as ClusterService};
use crate::owner::{self, Service};
use crate::report::ToolError;
use crate::snapshot::Snapshot;
use crate::tool::near;
use crate::tool::packet_trace::cluster;
use crate::tool::packet_trace::packet::Protocol;

/// A logical switch port that a packet can come from or go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Port {
    /// The place of its Southbound database in the snapshot.
    pub(super) place: usize,
    pub(super) node: Option<String>,
    pub(super) name: String,
    /// The switch it is on, by name.
    pub(super) switch: String,
    pub(super) mac: Mac,
    pub(super) ips: Vec<IpAddr>,
    /// The chassis that has claimed it.
    pub(super) chassis: Option<String>,
    /// Where a packet that leaves its network goes, by network of the gateway.
    pub(super) gateways: Vec<Gateway>,
    /// The MAC addresses of the same switch, by address.
    pub(super) neighbours: Vec<(IpAddr, Mac)>,
    /// Why it is this one, where the cluster told.
    pub(super) note: Option<String>,
}

/// A router port beside the switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gateway {
    pub(super) mac: Mac,
    pub(super) networks: Vec<Network>,
}

/// Whom a packet is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// What it is, in words: `pod shop/cart-0`, `service shop/cart`, `10.0.0.1`.
    pub(super) words: String,
    pub(super) ip: IpAddr,
    /// The port that a service has, where the question names none.
    pub(super) port: Option<u16>,
    pub(super) protocol: Option<Protocol>,
    /// The backend that is taken, of how many.
    pub(super) backend: Option<(Endpoint, usize)>,
    /// The logical port that the packet should reach.
    pub(super) reaches: Option<String>,
    /// What the cluster told of it.
    pub(super) note: Option<String>,
}

impl Port {
    fn read(place: usize, snapshot: &Snapshot, row: &sb::PortBinding) -> Option<Self> {
        let read = &snapshot.databases[place];
        let datapath = read.rows.get(row.datapath())?;
        let address = row.mac().first().map(PortAddress::parse)?;
        let mac = address.mac()?;
        let mut gateways = Vec::new();
        let mut neighbours = Vec::new();
        for other in read.rows.rows::<sb::PortBinding>() {
            if other.datapath() != row.datapath() {
                continue;
            }
            if let Some(peer) = other.options().get(PEER) {
                let named = read.rows.rows::<sb::PortBinding>();
                let mut peers = named.filter(|port| port.logical_port() == peer);
                let networks = |port: &sb::PortBinding| {
                    let words: Vec<&str> = port.mac().first()?.split_whitespace().collect();
                    let (mac, networks) = words.split_first()?;
                    Some(Gateway {
                        mac: Mac::parse(mac)?,
                        networks: networks
                            .iter()
                            .filter_map(|text| Network::parse(text))
                            .collect(),
                    })
                };
                gateways.extend(peers.find_map(|port| networks(&port)));
            }
            for text in other.mac().iter() {
                let address = PortAddress::parse(text);
                if let Some(mac) = address.mac() {
                    neighbours.extend(address.ips().map(|ip| (ip, mac)));
                }
            }
        }
        neighbours.sort_unstable();
        gateways.sort_unstable_by_key(|gateway| gateway.mac);
        let chassis = row.chassis().and_then(|chassis| read.rows.get(chassis));
        let ids = datapath.external_ids();
        Some(Self {
            place,
            node: read.node.as_deref().map(str::to_owned),
            name: row.logical_port().to_owned(),
            switch: ids.get("name").unwrap_or_default().to_owned(),
            mac,
            ips: address.ips().collect(),
            chassis: chassis.map(|chassis| chassis.hostname().to_owned()),
            gateways,
            neighbours,
            note: None,
        })
    }

    /// The address it would use towards `ip`.
    pub(super) fn address_towards(&self, ip: IpAddr) -> Option<IpAddr> {
        let same_family = |own: &&IpAddr| own.is_ipv4() == ip.is_ipv4();
        self.ips.iter().find(same_family).copied()
    }

    /// The MAC address that it would send to for `ip`: the neighbour's on its own network, else
    /// its gateway's.
    pub(super) fn mac_towards(&self, ip: IpAddr) -> Option<Mac> {
        let own = self.address_towards(ip)?;
        let gateway = self.gateways.iter().find_map(|gateway| {
            let network = gateway
                .networks
                .iter()
                .find(|network| network.contains(own))?;
            Some((gateway, network))
        });
        let near = gateway.is_none_or(|(_, network)| network.contains(ip));
        let neighbour = self.neighbours.iter().find(|(address, _)| *address == ip);
        match (near, neighbour, gateway) {
            (true, Some((_, mac)), _) => Some(*mac),
            (_, _, Some((gateway, _))) => Some(gateway.mac),
            (_, _, None) => self.gateways.first().map(|gateway| gateway.mac),
        }
    }
}

/// What stands before the node in the name of the port by which its host reaches pods.
const MANAGEMENT: &str = "k8s-";

/// The option of a switch's port to a router that names the router's port.
const PEER: &str = "peer";

/// A pod is called so by its port.
fn port_names(text: &str) -> [String; 2] {
    [text.to_owned(), owner::Pod::port_meant(text)]
}

/// The ports of that name or address, on `node` only where one is given.
fn ports(text: &str, node: Option<&str>, snapshot: &Snapshot) -> Vec<Port> {
    let names = port_names(text);
    let ip: Option<IpAddr> = text.parse().ok();
    let mut found = Vec::new();
    for (place, read) in snapshot.places(Database::Sb, node) {
        for row in read.rows.rows::<sb::PortBinding>() {
            let named = names.iter().any(|name| name == row.logical_port());
            let addressed = || {
                let ip = ip.filter(|_| is_end(row.type_()))?;
                let mut addresses = row.mac().iter();
                addresses.find(|text| PortAddress::parse(text).ips().any(|own| own == ip))
            };
            if named || addressed().is_some() {
                found.extend(Port::read(place, snapshot, &row));
            }
        }
    }
    // The port itself rather than a stand-in for it in another zone.
    found.sort_by(|a, b| (&a.node, &a.name).cmp(&(&b.node, &b.name)));
    found
}

/// Whether a port of this type belongs to somebody: pods and machines have the empty one.
fn is_end(kind: &str) -> bool {
    matches!(kind, "" | "virtual" | "external" | "localport")
}

/// The sender.
pub(super) fn sender(
    from: &str,
    node: Option<&str>,
    snapshot: &Snapshot,
) -> Result<Port, ToolError> {
    let mut found = ports(from, node, snapshot);
    if let Some((source, pod)) = cluster::pod(from, snapshot) {
        if found.is_empty() {
            return of_pod(from, pod, node, snapshot);
        }
        // A port of its name elsewhere is of an earlier one, or stands in for it.
        found = on_its_node(found, source, pod, snapshot);
    }
    match found.as_slice() {
        [port] => Ok(port.clone()),
        [] => Err(unknown("from", from, node, snapshot)),
        [first, others @ ..] if others.iter().all(|other| other.name == first.name) => {
            let nodes: Vec<&str> = found
                .iter()
                .filter_map(|port| port.node.as_deref())
                .collect();
            Err(ToolError::new(format!(
                "`{from}` is on several nodes: {}",
                nodes.join(", ")
            ))
            .hint("say which with `node`"))
        }
        _ => {
            let names: Vec<&str> = found.iter().map(|port| &*port.name).collect();
            Err(
                ToolError::new(format!("`{from}` may be {}", names.join(" or ")))
                    .hint("name the port"),
            )
        }
    }
}

/// Of ports of a pod's name those on the node that it runs on, where there are any.
fn on_its_node(found: Vec<Port>, source: &str, pod: &Pod, snapshot: &Snapshot) -> Vec<Port> {
    if found.len() < 2 {
        return found;
    }
    let zone = cluster::zone_of(pod, source, snapshot);
    let own = found.iter().filter(|port| port.node.as_deref() == zone);
    let own: Vec<Port> = own.cloned().collect();
    match own.is_empty() {
        true => found,
        false => own
            .into_iter()
            .map(|port| Port {
                note: Some(format!(
                    "pod {} runs on node {}, so its port is the one there",
                    pod.metadata.full_name(),
                    pod.node.as_deref().unwrap_or("?")
                )),
                ..port
            })
            .collect(),
    }
}

/// The port that a pod without one of its own sends by.
fn of_pod(
    from: &str,
    pod: &Pod,
    node: Option<&str>,
    snapshot: &Snapshot,
) -> Result<Port, ToolError> {
    let own = pod.node.as_deref();
    if pod.is_on_host
        && let Some(own) = own
    {
        let management = format!("{MANAGEMENT}{own}");
        if let Some(port) = ports(&management, node, snapshot).first() {
            return Ok(Port {
                note: Some(format!(
                    "pod {from} shares the network of node {own}: what it sends to pods comes in by {management}"
                )),
                ..port.clone()
            });
        }
        return Err(ToolError::new(format!(
            "`from`: pod {from} shares the network of node {own}, whose port {management} is in no database that was read"
        ))
        .hint("sources_list shows which databases were read"));
    }
    let place = match own {
        Some(own) => format!("runs on node {own} ({})", pod.phase),
        None => "has no node yet".to_owned(),
    };
    Err(ToolError::new(format!(
        "`from`: pod {from} {place} and has no port in the databases that were read"
    ))
    .hint("health_check with `check` pod-unwired says why"))
}

/// A pod without a port as the end of a way.
fn to_pod(pod: &Pod, sender: &Port) -> Result<Target, ToolError> {
    let name = pod.metadata.full_name();
    let node = pod.node.as_deref().unwrap_or("?");
    let ip = cluster::of_family(&pod.ips, sender.ips.first().copied());
    let noted = pod.network(DEFAULT_NETWORK).map(|place| &place.ips);
    let noted = noted.and_then(|ips| cluster::of_family(ips, sender.ips.first().copied()));
    let Some(ip) = ip.or(noted) else {
        return Err(ToolError::new(format!(
            "`to`: pod {name} on node {node} has no address of the family that {} has",
            sender.name
        )));
    };
    let (words, note) = match pod.is_on_host {
        true => (
            format!("pod {name} on the network of node {node}"),
            format!("pod {name} shares the network of node {node} and has its address"),
        ),
        false => (
            format!("pod {name} on node {node}"),
            format!(
                "pod {name} has no port in the databases that were read; its address is what the cluster says"
            ),
        ),
    };
    Ok(Target {
        words,
        ip,
        port: None,
        protocol: None,
        backend: None,
        reaches: None,
        note: Some(note),
    })
}

/// A service that no load balancer of the sender's zone is for.
fn unserved(
    service: &ClusterService,
    (protocol, port): (Option<Protocol>, Option<u16>),
    sender: &Port,
    snapshot: &Snapshot,
) -> Result<Target, ToolError> {
    let own = cluster::of_family(&service.ips, sender.ips.first().copied());
    let Some(ip) = own else {
        let (what, hint) = cluster::no_address(service, snapshot);
        return Err(ToolError::new(what).hint(hint));
    };
    let mut ports = service.ports.iter();
    let meant = ports.find(|own| {
        let kind = protocol_of(&own.protocol.to_lowercase());
        port.is_none_or(|port| port == own.port) && protocol.is_none_or(|wanted| wanted == kind)
    });
    let name = service.metadata.full_name();
    let (ready, all, _) = cluster::endpoints(service, snapshot);
    let note = match meant {
        Some(own) => format!(
            "the cluster has service {name} at {ip} {}/{} with {ready} of {all} endpoints ready, and no load balancer of the sender's zone is for it",
            own.port, own.protocol
        ),
        None => format!("service {name} has no such port"),
    };
    Ok(Target {
        words: format!("service {name} at {ip}"),
        ip,
        port: meant.map(|own| own.port),
        protocol: meant.map(|own| protocol_of(&own.protocol.to_lowercase())),
        backend: None,
        reaches: None,
        note: Some(note),
    })
}

/// Whom it is for.
pub(super) fn target(
    to: &str,
    wanted: (Option<Protocol>, Option<u16>),
    sender: &Port,
    snapshot: &Snapshot,
) -> Result<Target, ToolError> {
    let ip: Option<IpAddr> = to.parse().ok();
    if let Some(target) = service(to, ip, wanted, sender, snapshot) {
        return target;
    }
    let mut found = ports(to, None, snapshot);
    if let Some((source, pod)) = cluster::pod(to, snapshot) {
        if found.is_empty() {
            return to_pod(pod, sender);
        }
        found = on_its_node(found, source, pod, snapshot);
    }
    if found.is_empty()
        && let Some(service) = cluster::service(to, snapshot)
    {
        return unserved(service, wanted, sender, snapshot);
    }
    if let Some(port) = found.first() {
        let note = port.note.clone();
        let same_family = |ip: &&IpAddr| sender.address_towards(**ip).is_some();
        let own = ip.or_else(|| port.ips.iter().find(same_family).copied());
        return match own {
            Some(ip) => Ok(Target {
                words: format!("port {}", port.name),
                ip,
                port: None,
                protocol: None,
                backend: None,
                reaches: Some(port.name.clone()),
                note,
            }),
            None => Err(ToolError::new(format!(
                "`{to}` has no IP address of the family that {} has",
                sender.name
            ))),
        };
    }
    match ip {
        Some(ip) => Ok(Target {
            words: format!("address {ip}"),
            ip,
            port: None,
            protocol: None,
            backend: None,
            reaches: None,
            note: None,
        }),
        None => Err(unknown("to", to, None, snapshot)),
    }
}

/// The service of that name or with that address, as the sender's zone has it.
fn service(
    to: &str,
    ip: Option<IpAddr>,
    (protocol, port): (Option<Protocol>, Option<u16>),
    sender: &Port,
    snapshot: &Snapshot,
) -> Option<Result<Target, ToolError>> {
    let mut known = Vec::new();
    for nb in snapshot.of(Database::Nb, sender.node.as_deref()) {
        for row in nb.rows.rows::<nb::LoadBalancer>() {
            let service = Service::of(row.external_ids());
            let name = service.map(|service| service.to_string());
            let its_protocol = row
                .protocol()
                .map_or(Protocol::Tcp, |kind| protocol_of(kind.name()));
            for (vip, backends) in row.vips().iter() {
                let Some(vip) = Endpoint::parse(vip) else {
                    continue;
                };
                let Some(address) = vip.ip() else { continue };
                let meant = match ip {
                    Some(ip) => ip == address,
                    None => name.as_deref() == Some(to) || row.name() == to,
                };
                let reachable = sender.address_towards(address).is_some();
                if !meant || !reachable || protocol.is_some_and(|wanted| wanted != its_protocol) {
                    continue;
                }
                let vip_port = vip
                    .port
                    .as_deref()
                    .and_then(|port| port.parse::<u16>().ok());
                if port.is_some() && vip_port.is_some() && port != vip_port {
                    continue;
                }
                let words = match &name {
                    Some(name) => format!("service {name} at {vip}"),
                    None => format!("load balancer {} at {vip}", row.name()),
                };
                let backends = Backends::parse(backends).endpoints;
                known.push((
                    (vip_port, vip.to_string(), row.name().to_owned()),
                    Target {
                        words,
                        ip: address,
                        port: vip_port,
                        protocol: Some(its_protocol),
                        backend: backends
                            .first()
                            .cloned()
                            .map(|first| (first, backends.len())),
                        reaches: None,
                        note: None,
                    },
                ));
            }
        }
    }
    known.sort_by(|a, b| a.0.cmp(&b.0));
    let (_, target) = known.into_iter().next()?;
    Some(Ok(target))
}

fn protocol_of(name: &str) -> Protocol {
    match name {
        "udp" => Protocol::Udp,
        "sctp" => Protocol::Sctp,
        _ => Protocol::Tcp,
    }
}

fn unknown(field: &str, text: &str, node: Option<&str>, snapshot: &Snapshot) -> ToolError {
    if snapshot.of(Database::Sb, node).next().is_none() {
        let of = node.map_or(String::new(), |node| format!(" of node `{node}`"));
        return ToolError::new(format!("no {}{of} was read", Database::Sb.full_name()))
            .hint("sources_list shows which databases there are");
    }
    let mut names = Vec::new();
    for read in snapshot.of(Database::Sb, node).map(|read| &read.rows) {
        let ports = read.rows::<sb::PortBinding>();
        let ends = ports.filter(|port| is_end(port.type_()));
        names.extend(ends.map(|port| port.logical_port().to_owned()));
    }
    let absent = match cluster::has_none(text, field == "to", snapshot) {
        true if field == "to" => ", and the cluster has no pod or service of that name",
        true => ", and the cluster has no pod of that name",
        false => "",
    };
    let error = ToolError::new(format!(
        "`{field}`: no {} is called `{text}` or has it for an address{absent}",
        sb::PortBinding::DEFINITION.name
    ));
    let wanted = owner::Pod::port_meant(text);
    match near::did_you_mean(&wanted, names.iter().map(String::as_str)) {
        Some(hint) => error.hint(hint),
        None => error.hint(
            "name a pod as namespace/name, a logical port, or an IP address; topology_show lists \
             the ports",
        ),
    }
}
