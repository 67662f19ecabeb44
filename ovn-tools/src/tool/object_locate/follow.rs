//! The rows of what a text means.

use std::collections::BTreeMap;

use ovn_schemas::{nb, sb, vswitch};
use ovsdb_client::table::Table;

use crate::check::{Scene, Zone};
use crate::database::Database;
use crate::listing::{Draft, Line};
use crate::owner::{Ids, Mark, Service, network_of};
use crate::snapshot::DatabaseRead;
use crate::tool::object_locate::named::{self, At, FOLD_FROM};
use crate::tool::object_locate::target::Target;
use crate::tool::object_locate::{chain, uses};

impl Target {
    /// Adds its rows in every zone.
    pub(super) fn follow(
        &self,
        scene: &Scene<'_>,
        node: Option<&str>,
        place: i64,
        draft: &mut Draft,
    ) {
        let object = self.words();
        let at = |step| At {
            object: &object,
            place,
            step,
        };
        let zones = scene.zones.iter();
        let zones = zones.filter(|zone| node.is_none() || zone.node == node);
        if let Self::Node(own) = self {
            chassis(own, zones.clone(), &at(1), draft);
        }
        for zone in zones {
            match self {
                Self::Port { name, .. } => {
                    chain::follow(zone, name, &object, place, draft);
                    if let Some(one) = zone.switch_port(name) {
                        uses::of_port(zone, &one.port, &at(6), draft);
                    }
                }
                Self::Set { name, meaning } => {
                    uses::of_name(zone, name, meaning.as_deref(), &at(1), draft);
                }
                Self::Address(ip) => uses::of_address(zone, *ip, &at(6), draft),
                other => other.rows(zone, &at(1), draft),
            }
        }
    }

    /// The rows that are its own.
    fn rows(&self, zone: &Zone<'_>, at: &At<'_>, draft: &mut Draft) {
        let name = self.name();
        if let Some(read) = zone.nb {
            self.northern(zone, read, &name, at, draft);
        }
        if let Self::Node(node) = self {
            for host in zone
                .hosts
                .iter()
                .filter(|host| host.read.node.as_deref() == Some(node))
            {
                for row in host.read.rows.rows::<vswitch::OpenVswitch>() {
                    let says = format!("Open vSwitch {}", row.ovs_version().unwrap_or("?"));
                    draft.lines.push(at.row(host.read, &row, says, None));
                }
            }
        }
        if let Self::Row {
            database,
            table,
            uuid,
        } = self
        {
            let hosts = zone.hosts.iter().map(|host| host.read);
            let reads = zone.nb.into_iter().chain(zone.sb).chain(hosts);
            for read in reads.filter(|read| read.database == *database) {
                let rows = read.rows.table(table);
                let has = rows
                    .iter()
                    .flat_map(|rows| rows.iter())
                    .any(|row| row.uuid().to_string() == *uuid);
                if has {
                    let row = format!("{database}.{table}");
                    draft.lines.push(at.line(
                        read.node.as_deref(),
                        Some(uuid.clone()),
                        row,
                        "rows_find shows its columns".to_owned(),
                        None,
                    ));
                }
            }
        }
    }

    fn northern(
        &self,
        zone: &Zone<'_>,
        read: &DatabaseRead,
        name: &str,
        at: &At<'_>,
        draft: &mut Draft,
    ) {
        let is_device = |own: &str| match self {
            Self::Node(node) => {
                own == node || own == format!("GR_{node}") || own == format!("ext_{node}")
            }
            Self::Named(_) => own == name,
            _ => false,
        };
        let is_of_network = |ids: Ids<'_>| match self {
            Self::Network(network) => network_of(ids) == Some(network),
            _ => false,
        };
        for row in zone
            .nb_rows::<nb::LogicalSwitch>()
            .filter(|row| is_device(row.name()) || is_of_network(row.external_ids()))
        {
            let says = format!(
                "{}: {} ports, {} ACLs",
                row.name(),
                row.ports().len(),
                row.acls().len()
            );
            draft.lines.push(at.row(read, &row, says, None));
        }
        for row in zone
            .nb_rows::<nb::LogicalRouter>()
            .filter(|row| is_device(row.name()) || is_of_network(row.external_ids()))
        {
            let says = format!(
                "{}: {} ports, {} routes, {} NAT",
                row.name(),
                row.ports().len(),
                row.static_routes().len(),
                row.nat().len()
            );
            draft.lines.push(at.row(read, &row, says, None));
        }
        for row in zone
            .nb_rows::<nb::LogicalRouterPort>()
            .filter(|row| is_device(row.name()))
        {
            let networks = row.networks();
            let networks: Vec<&str> = networks.iter().collect();
            let says = format!("{} {} {}", row.name(), row.mac(), networks.join(" "));
            draft.lines.push(at.row(read, &row, says, None));
        }
        for row in zone.nb_rows::<nb::LoadBalancer>() {
            let is_own = match self {
                Self::Service(service) => {
                    Service::of(row.external_ids()).is_some_and(|own| own.to_string() == *service)
                }
                _ => is_device(row.name()),
            };
            if is_own {
                let vips = row.vips();
                let vips: Vec<String> = vips
                    .iter()
                    .map(|(vip, backends)| {
                        format!(
                            "{vip} to {}",
                            if backends.is_empty() {
                                "nothing"
                            } else {
                                backends
                            }
                        )
                    })
                    .collect();
                draft.lines.push(at.row(read, &row, vips.join("; "), None));
            }
        }
        if let Self::EgressIp(_) = self {
            self.egress_ip(zone, read, name, at, draft);
        }
        let owner = |mark: &Mark<'_>| match self {
            Self::Policy(policy) => {
                mark.owner_type == "NetworkPolicy"
                    && mark
                        .name
                        .is_some_and(|own| own.replacen(':', "/", 1) == *policy)
            }
            Self::EgressFirewall(namespace) => {
                mark.owner_type == "EgressFirewall" && mark.name == Some(namespace)
            }
            Self::Namespace(namespace) => {
                mark.namespace() == Some(namespace) && mark.owner_type != "NetworkPolicy"
            }
            _ => false,
        };
        for row in zone.nb_rows::<nb::AddressSet>() {
            if let Some(mark) = Mark::of(row.external_ids()).filter(&owner) {
                let says = format!(
                    "{}: {} addresses ({})",
                    row.name(),
                    row.addresses().len(),
                    mark.owner_type
                );
                draft.lines.push(at.row(read, &row, says, None));
            }
        }
        for row in zone.nb_rows::<nb::PortGroup>() {
            if let Some(mark) = Mark::of(row.external_ids()).filter(&owner) {
                let says = format!(
                    "{}: {} ports, {} ACLs ({})",
                    row.name(),
                    row.ports().len(),
                    row.acls().len(),
                    mark.owner_type
                );
                draft.lines.push(at.row(read, &row, says, None));
            }
        }
        for row in zone.nb_rows::<nb::Acl>() {
            if Mark::of(row.external_ids()).is_some_and(|mark| owner(&mark)) {
                draft
                    .lines
                    .push(at.row(read, &row, row.match_().to_owned(), None));
            }
        }
    }

    fn egress_ip(
        &self,
        zone: &Zone<'_>,
        read: &DatabaseRead,
        name: &str,
        at: &At<'_>,
        draft: &mut Draft,
    ) {
        let served = |mark: Option<Mark<'_>>| {
            let served = mark.and_then(|mark| mark.egress_ip_pod());
            served.filter(|served| *served.egress_ip == *name)
        };
        for (router, row) in zone.policies() {
            if let Some(served) = served(Mark::of(row.external_ids())) {
                let hops = row.nexthops();
                let hops: Vec<&str> = hops.iter().collect();
                let says = format!(
                    "pod {}: {} to {} on {}",
                    served.pod,
                    row.match_(),
                    hops.join(", "),
                    router.name()
                );
                draft.lines.push(at.row(read, &row, says, None));
            }
        }
        for (router, row) in zone.nats() {
            if let Some(served) = served(Mark::of(row.external_ids())) {
                let says = format!("pod {}: {}", served.pod, named::nat(&router, &row));
                draft.lines.push(at.row(read, &row, says, None));
            }
        }
    }
}

/// Adds the chassis by which zones know a node: its own zone's, and those of the others, of which
/// many alike are one row.
fn chassis<'z>(
    node: &str,
    zones: impl Iterator<Item = &'z Zone<'z>>,
    at: &At<'_>,
    draft: &mut Draft,
) {
    let mut elsewhere: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for zone in zones {
        let Some(read) = zone.sb else { continue };
        let rows = zone.sb_rows::<sb::Chassis>();
        for row in rows.filter(|row| row.hostname() == node) {
            let says = format!("{} ({})", row.hostname(), row.name());
            let line = at.row(read, &row, says.clone(), None);
            if zone.node == Some(node) {
                draft.lines.push(line);
            } else {
                elsewhere.entry(says).or_default().push(line);
            }
        }
    }
    for (says, lines) in elsewhere {
        if lines.len() < FOLD_FROM {
            draft.lines.extend(lines);
        } else {
            let says = format!("{says}, the same on {} other nodes", lines.len());
            let row = format!("{}.{}", Database::Sb, sb::Chassis::DEFINITION.name);
            draft.lines.push(at.line(None, None, row, says, None));
        }
    }
}
