//! Rows that name a set, a group or an address.

use core::net::IpAddr;

use ovn_schemas::{nb, sb};
use ovsdb_client::table::{Enumeration, Table};

use crate::address::{Backends, Endpoint, Network};
use crate::check::{Zone, object_of_port};
use crate::database::Database;
use crate::flow::{Match, Value};
use crate::listing::Draft;
use crate::owner::{describe, without_family};
use crate::tool::object_locate::named::{self, At};

/// The rows of a port group or address set: itself, and the rules that name it.
pub(super) fn of_name(
    zone: &Zone<'_>,
    name: &str,
    meaning: Option<&str>,
    at: &At<'_>,
    draft: &mut Draft,
) {
    let Some(read) = zone.nb else { return };
    let group = without_family(name);
    let mut found = false;
    for row in zone
        .nb_rows::<nb::AddressSet>()
        .filter(|row| row.name() == name)
    {
        found = true;
        let says = format!(
            "{}: {} addresses",
            describe(row.external_ids()).unwrap_or_default(),
            row.addresses().len()
        );
        draft
            .lines
            .push(at.row(read, &row, says, Some("ok".to_owned())));
    }
    for row in zone
        .nb_rows::<nb::PortGroup>()
        .filter(|row| row.name() == group)
    {
        found = true;
        let (ports, acls) = (row.ports().len(), row.acls().len());
        let says = format!(
            "{}: {ports} ports, {acls} ACLs",
            describe(row.external_ids()).unwrap_or_default()
        );
        draft
            .lines
            .push(at.row(read, &row, says, Some("ok".to_owned())));
    }
    let mut users = 0;
    let step = At {
        step: at.step + 1,
        ..*at
    };
    for row in zone
        .nb_rows::<nb::Acl>()
        .filter(|row| names(row.match_(), name))
    {
        users += 1;
        let owner = describe(row.external_ids()).unwrap_or_default();
        let says = format!("{} {owner}: {}", row.action().name(), row.match_());
        draft.lines.push(step.row(read, &row, says, None));
    }
    for row in zone
        .nb_rows::<nb::LogicalRouterPolicy>()
        .filter(|row| names(row.match_(), name))
    {
        users += 1;
        draft
            .lines
            .push(step.row(read, &row, row.match_().to_owned(), None));
    }
    if !found && users > 0 {
        let table = nb::AddressSet::DEFINITION.name;
        let row = format!("{}.{table}", Database::Nb);
        let says = format!(
            "no row: {}",
            meaning.unwrap_or("nothing tells what it should hold")
        );
        let link = Some("BREAK: rules on this node name it".to_owned());
        draft.lines.push(at.line(zone.node, None, row, says, link));
    }
}

/// Whether a match names a set or group.
fn names(text: &str, name: &str) -> bool {
    let Ok(read) = Match::parse(text) else {
        return text.contains(name);
    };
    read.expression.values().iter().any(|value| {
        matches!(value, Value::AddressSet(own) | Value::PortGroup(own) if **own == *name || without_family(own) == name)
    })
}

/// The rows that have an address, beside the switch ports.
pub(super) fn of_address(zone: &Zone<'_>, ip: IpAddr, at: &At<'_>, draft: &mut Draft) {
    let Some(read) = zone.nb else { return };
    for (router, port) in zone.router_ports() {
        let networks = port.networks();
        if networks
            .iter()
            .filter_map(Network::parse)
            .any(|network| network.address == ip)
        {
            let says = format!("{} of router {}", port.name(), router.name());
            draft.lines.push(at.row(read, &port, says, None));
        }
    }
    for (router, nat) in zone.nats() {
        let sides = [nat.external_ip(), nat.logical_ip()];
        if sides
            .into_iter()
            .filter_map(Network::parse)
            .any(|network| network.is_host() && network.address == ip)
        {
            draft.lines.push(at.row(
                read,
                &nat,
                named::nat(&router, &nat),
                describe(nat.external_ids()),
            ));
        }
    }
    for (router, policy) in zone.policies() {
        let is_named = policy.match_().contains(&ip.to_string()) && Match::parse(policy.match_()).is_ok_and(|read| {
            let values = read.expression.values();
            values.iter().any(|value| matches!(value, Value::Constant(text) if Network::parse(text) == Some(Network::host(ip))))
        });
        if is_named {
            let says = format!("{} on {}", policy.match_(), router.name());
            draft
                .lines
                .push(at.row(read, &policy, says, describe(policy.external_ids())));
        }
    }
    for row in zone.nb_rows::<nb::LoadBalancer>() {
        for (vip, backends) in row.vips().iter() {
            let is_vip = Endpoint::parse(vip).and_then(|vip| vip.ip()) == Some(ip);
            let backends = Backends::parse(backends).endpoints;
            let is_backend = backends.iter().any(|backend| backend.ip() == Some(ip));
            if is_vip || is_backend {
                let part = if is_vip { "virtual IP" } else { "backend" };
                let says = format!("{part} of {vip}");
                draft
                    .lines
                    .push(at.row(read, &row, says, describe(row.external_ids())));
            }
        }
    }
    for row in zone.nb_rows::<nb::AddressSet>() {
        let text = ip.to_string();
        if row.addresses().iter().any(|address| address == text) {
            let says = describe(row.external_ids()).unwrap_or_else(|| row.name().to_owned());
            draft.lines.push(at.row(read, &row, says, None));
        }
    }
    let Some(read) = zone.sb else { return };
    for row in zone
        .sb_rows::<sb::Encap>()
        .filter(|row| row.ip().parse() == Ok(ip))
    {
        let says = format!("tunnels of chassis {}", row.chassis_name());
        draft.lines.push(at.row(read, &row, says, None));
    }
    for row in zone
        .sb_rows::<sb::MacBinding>()
        .filter(|row| row.ip().parse() == Ok(ip))
    {
        let says = format!("{} learned on {}", row.mac(), row.logical_port());
        draft.lines.push(at.row(read, &row, says, None));
    }
}

/// The groups that hold a port.
pub(super) fn of_port(
    zone: &Zone<'_>,
    port: &nb::LogicalSwitchPort,
    at: &At<'_>,
    draft: &mut Draft,
) {
    let Some(read) = zone.nb else { return };
    for row in zone.nb_rows::<nb::PortGroup>() {
        if row.ports().iter().any(|own| own.uuid() == port.uuid()) {
            let owner = describe(row.external_ids()).unwrap_or_else(|| row.name().to_owned());
            let says = format!("{} is in {owner}", object_of_port(port));
            draft.lines.push(at.row(read, &row, says, None));
        }
    }
}
