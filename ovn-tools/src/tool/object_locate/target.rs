//! What a text may mean.

use core::net::IpAddr;
use std::collections::BTreeSet;

use ovn_schemas::{nb, sb, vswitch};
use ovsdb_client::table::{Row, Table};

use crate::address::{Mac, PortAddress};
use crate::check::{Scene, Zone};
use crate::database::Database;
use crate::flow::{Match, Value};
use crate::objects::Metadata;
use crate::owner::{Mark, Pod, Service, describe_port, without_family};
use crate::snapshot::DatabaseRead;

/// The shortest beginning of a UUID that counts as one.
/// **Default and why**: 8 digits, the first group, which answers show.
const SHORTEST_UUID: usize = 8;

/// Something that a text means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// A logical switch port, or a binding or interface of one.
    Port {
        /// Its name.
        name: String,
        /// What users call it.
        words: String,
    },
    /// A pod's service.
    Service(String),
    /// An egress IP.
    EgressIp(String),
    /// A network policy, as `namespace/name`.
    Policy(String),
    /// A namespace.
    Namespace(String),
    /// A pod on the network of its node, which has no port.
    HostPod(String),
    /// The egress firewall of a namespace.
    EgressFirewall(String),
    /// A user-defined network, by the name that rows are marked with.
    Network(String),
    /// A node.
    Node(String),
    /// A switch, router, router port or load balancer.
    Named(String),
    /// A port group or address set.
    Set {
        /// Its name.
        name: String,
        /// What it means.
        meaning: Option<String>,
    },
    /// An IP address.
    Address(IpAddr),
    /// A row of another table.
    Row {
        /// The database.
        database: Database,
        /// The table.
        table: String,
        /// Its UUID.
        uuid: String,
    },
}

/// What a text means among the objects of a cluster.
#[derive(Debug, Default)]
pub(super) struct Meant {
    /// Those that have it for a name or an address.
    pub(super) exact: BTreeSet<Target>,
    /// Those whose name without the namespace it is.
    pub(super) bare: BTreeSet<Target>,
    /// All names that there are.
    pub(super) names: BTreeSet<String>,
}

impl Meant {
    /// Takes an object that is meant where its name is the text, or where `is_it`.
    pub(super) fn add(
        &mut self,
        text: &str,
        is_it: bool,
        metadata: &Metadata,
        target: impl FnOnce() -> Target,
    ) {
        let name = metadata.full_name();
        if is_it || name == text {
            self.exact.insert(target());
        } else if *metadata.name == *text {
            self.bare.insert(target());
        }
        self.names.insert(name);
    }
}

/// What a text means, and the names there are where it means nothing.
///
/// `meant` is what it means among the objects of the clusters.
pub(super) fn targets(
    object: &str,
    scene: &Scene<'_>,
    meant: impl Iterator<Item = Meant>,
) -> (Vec<Target>, BTreeSet<String>) {
    let mut search = Search {
        object,
        exact: BTreeSet::new(),
        bare: BTreeSet::new(),
        names: BTreeSet::new(),
    };
    for zone in &scene.zones {
        search.ports(zone);
        search.devices(zone);
        search.owners(zone);
        search.sets(zone, scene);
        search.hosts(zone);
    }
    for meant in meant {
        search.exact.extend(meant.exact);
        search.bare.extend(meant.bare);
        search.names.extend(meant.names);
    }
    if let Ok(ip) = object.parse() {
        search.exact.insert(Target::Address(ip));
    }
    let by_name = !search.exact.is_empty() || !search.bare.is_empty();
    if !by_name {
        for zone in &scene.zones {
            search.uuids(zone);
        }
    }
    let found = if search.exact.is_empty() {
        search.bare
    } else {
        search.exact
    };
    (found.into_iter().collect(), search.names)
}

struct Search<'o> {
    object: &'o str,
    exact: BTreeSet<Target>,
    /// Those whose name without the namespace is the text.
    bare: BTreeSet<Target>,
    names: BTreeSet<String>,
}

impl Search<'_> {
    fn ports(&mut self, zone: &Zone<'_>) {
        let ip = self.object.parse::<IpAddr>().ok();
        let mac = Mac::parse(self.object);
        for one in zone.switch_ports() {
            let name = one.port.name();
            let pod = Pod::of_port(name, one.port.external_ids());
            let target = || port_target(zone, name);
            let addresses = one.port.addresses();
            let addresses = addresses.iter().chain(one.port.dynamic_addresses());
            let has_address = addresses.map(PortAddress::parse).any(|address| {
                ip.is_some_and(|ip| address.ips().any(|own| own == ip))
                    || mac.is_some() && address.mac() == mac
            });
            let pod_name = pod.as_ref().map(ToString::to_string);
            if name == self.object || pod_name.as_deref() == Some(self.object) || has_address {
                self.exact.insert(target());
            } else if pod.as_ref().is_some_and(|pod| *pod.name == *self.object) {
                self.bare.insert(target());
            }
            self.names
                .insert(pod_name.unwrap_or_else(|| name.to_owned()));
        }
        if zone.switch_port(self.object).is_none() && zone.binding(self.object).is_some() {
            self.exact.insert(port_target(zone, self.object));
        }
    }

    fn devices(&mut self, zone: &Zone<'_>) {
        let mut names: Vec<String> = Vec::new();
        names.extend(
            zone.nb_rows::<nb::LogicalSwitch>()
                .map(|row| row.name().to_owned()),
        );
        names.extend(
            zone.nb_rows::<nb::LogicalRouter>()
                .map(|row| row.name().to_owned()),
        );
        names.extend(
            zone.nb_rows::<nb::LogicalRouterPort>()
                .map(|row| row.name().to_owned()),
        );
        names.extend(
            zone.nb_rows::<nb::LoadBalancer>()
                .map(|row| row.name().to_owned()),
        );
        let chassis: Vec<sb::Chassis> = zone.sb_rows().collect();
        let is_node = zone.node == Some(self.object)
            || chassis
                .iter()
                .any(|row| row.hostname() == self.object || row.name() == self.object);
        if is_node {
            let hostname = chassis.iter().find(|row| row.name() == self.object);
            let name = hostname.map_or(self.object, |row| row.hostname());
            self.exact.insert(Target::Node(name.to_owned()));
        } else if names.iter().any(|name| name == self.object) {
            self.exact.insert(Target::Named(self.object.to_owned()));
        }
        self.names.extend(names);
        self.names
            .extend(chassis.iter().map(|row| row.hostname().to_owned()));
    }

    fn owners(&mut self, zone: &Zone<'_>) {
        for row in zone.nb_rows::<nb::LoadBalancer>() {
            let Some(service) = Service::of(row.external_ids()) else {
                continue;
            };
            let whole = service.to_string();
            if whole == self.object {
                self.exact.insert(Target::Service(whole.clone()));
            } else if *service.name == *self.object {
                self.bare.insert(Target::Service(whole.clone()));
            }
            self.names.insert(whole);
        }
        let policies = zone.policies().into_iter().map(|(_, row)| row);
        for row in policies {
            self.egress_ip(Mark::of(row.external_ids()));
        }
        for (_, row) in zone.nats() {
            self.egress_ip(Mark::of(row.external_ids()));
        }
        for row in zone.nb_rows::<nb::PortGroup>() {
            let Some(mark) = Mark::of(row.external_ids()) else {
                continue;
            };
            if let ("NetworkPolicy", Some(name)) = (mark.owner_type, mark.name) {
                let whole = name.replacen(':', "/", 1);
                if whole == self.object || name == self.object {
                    self.exact.insert(Target::Policy(whole.clone()));
                } else if name.rsplit(':').next() == Some(self.object) {
                    self.bare.insert(Target::Policy(whole.clone()));
                }
                self.names.insert(whole);
            }
        }
    }

    fn egress_ip(&mut self, mark: Option<Mark<'_>>) {
        let Some(served) = mark.and_then(|mark| mark.egress_ip_pod()) else {
            return;
        };
        if *served.egress_ip == *self.object {
            self.exact.insert(Target::EgressIp(self.object.to_owned()));
        }
        self.names.insert(served.egress_ip.into());
    }

    fn sets(&mut self, zone: &Zone<'_>, scene: &Scene<'_>) {
        let mut is_set = false;
        for row in zone.nb_rows::<nb::AddressSet>() {
            let mark = Mark::of(row.external_ids());
            if let Some(mark) = mark.filter(|mark| mark.owner_type == "Namespace") {
                if mark.name == Some(self.object) {
                    self.exact.insert(Target::Namespace(self.object.to_owned()));
                }
                self.names.extend(mark.name.map(str::to_owned));
            }
            is_set |= row.name() == self.object;
        }
        let name = self.object.trim_start_matches(['$', '@']);
        is_set |= zone
            .nb_rows::<nb::PortGroup>()
            .any(|row| row.name() == without_family(name));
        is_set |= zone
            .nb_rows::<nb::AddressSet>()
            .any(|row| row.name() == name);
        is_set |= zone
            .nb_rows::<nb::Acl>()
            .any(|row| is_named(row.match_(), name));
        if is_set {
            let meaning = scene.names.meaning(name).map(str::to_owned);
            self.exact.insert(Target::Set {
                name: name.to_owned(),
                meaning,
            });
        }
    }

    fn hosts(&mut self, zone: &Zone<'_>) {
        for host in &zone.hosts {
            for row in host.read.rows.rows::<vswitch::Interface>() {
                let port = row.external_ids().get("iface-id").map(str::to_owned);
                match port {
                    Some(port) if row.name() == self.object || port == self.object => {
                        self.exact.insert(port_target(zone, &port));
                    }
                    None if row.name() == self.object => {
                        self.exact.insert(row_target(
                            host.read,
                            vswitch::Interface::DEFINITION.name,
                            row.as_row(),
                        ));
                    }
                    _ => {}
                }
            }
        }
    }

    fn uuids(&mut self, zone: &Zone<'_>) {
        let digits: String = self.object.chars().filter(|&c| c != '-').collect();
        let is_uuid = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        if digits.len() < SHORTEST_UUID || !is_uuid {
            return;
        }
        let digits = digits.to_ascii_lowercase();
        let hosts = zone.hosts.iter().map(|host| host.read);
        for read in zone.nb.into_iter().chain(zone.sb).chain(hosts) {
            for table in read.rows.tables() {
                for row in table
                    .iter()
                    .filter(|row| row.uuid().simple().to_string().starts_with(&digits))
                {
                    self.exact
                        .insert(target_of(zone, read, &table.layout().name, row));
                }
            }
        }
    }
}

fn is_named(text: &str, name: &str) -> bool {
    text.contains(name)
        && Match::parse(text).is_ok_and(|read| {
            let values = read.expression.values();
            values.iter().any(|value| matches!(value, Value::AddressSet(own) | Value::PortGroup(own) if **own == *name))
        })
}

fn port_target(zone: &Zone<'_>, name: &str) -> Target {
    let words = match zone.switch_port(name) {
        Some(one) => {
            describe_port(name, one.port.external_ids()).unwrap_or_else(|| format!("port {name}"))
        }
        None => format!("port {name}"),
    };
    let name = name.to_owned();
    Target::Port { name, words }
}

fn row_target(read: &DatabaseRead, table: &str, row: &Row) -> Target {
    Target::Row {
        database: read.database,
        table: table.to_owned(),
        uuid: row.uuid().to_string(),
    }
}

/// The port that a row is of, else the row itself.
fn target_of(zone: &Zone<'_>, read: &DatabaseRead, table: &str, row: &Row) -> Target {
    let uuid = row.uuid();
    let switch_port = zone
        .switch_ports()
        .iter()
        .find(|one| one.port.uuid() == uuid);
    if let Some(one) = switch_port.filter(|_| read.database == Database::Nb) {
        return port_target(zone, one.port.name());
    }
    let binding = || {
        zone.sb_rows::<sb::PortBinding>()
            .find(|row| row.uuid() == uuid)
    };
    if read.database == Database::Sb
        && let Some(row) = binding()
    {
        return port_target(zone, row.logical_port());
    }
    row_target(read, table, row)
}

impl Target {
    /// What it is, in words.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Port { words, .. } => words.clone(),
            Self::Service(name) => format!("service {name}"),
            Self::EgressIp(name) => format!("egress IP {name}"),
            Self::Policy(name) => format!("network policy {name}"),
            Self::Namespace(name) => format!("namespace {name}"),
            Self::HostPod(name) => format!("pod {name}"),
            Self::EgressFirewall(name) => format!("egress firewall of {name}"),
            Self::Network(name) => format!("network {name}"),
            Self::Node(name) => format!("node {name}"),
            Self::Named(name) => name.clone(),
            Self::Set { name, meaning } => match meaning {
                Some(meaning) => format!("{name} ({meaning})"),
                None => name.clone(),
            },
            Self::Address(ip) => format!("address {ip}"),
            Self::Row { table, uuid, .. } => format!("{table} {uuid}"),
        }
    }

    /// What findings call it by.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Port { name, words } => words.strip_prefix("pod ").unwrap_or(name).to_owned(),
            Self::Service(name)
            | Self::EgressIp(name)
            | Self::Policy(name)
            | Self::Namespace(name)
            | Self::HostPod(name)
            | Self::EgressFirewall(name)
            | Self::Network(name)
            | Self::Node(name)
            | Self::Named(name)
            | Self::Set { name, .. } => name.clone(),
            Self::Address(ip) => ip.to_string(),
            Self::Row { uuid, .. } => uuid.clone(),
        }
    }
}
