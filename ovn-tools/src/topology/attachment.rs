//! What each port is attached to: peers, physical networks and parents, resolved by name.

use std::collections::HashMap;

use ovn_schemas::nb;

use crate::topology::graph::{Attachment, Mismatch, Port, PortId, PortKind};
use crate::topology::port::{Draft, PortRow, parent};

/// The option of a switch's port that names the router's port at the other end.
const ROUTER_PORT: &str = "router-port";

/// The option that names a physical network.
const NETWORK_NAME: &str = "network_name";

/// The option of a virtual port that lists the workloads that may hold it.
const VIRTUAL_PARENTS: &str = "virtual-parents";

/// The ports of a zone by name.
#[derive(Debug)]
pub(crate) struct PortNames<'a>(HashMap<&'a str, PortId>);

impl<'a> PortNames<'a> {
    /// The ports in their order; of several with one name the first counts.
    pub(crate) fn new(drafts: &'a [Draft]) -> Self {
        let mut names = HashMap::with_capacity(drafts.len());
        for (place, draft) in drafts.iter().enumerate() {
            if !draft.port.name.is_empty() {
                names.entry(&*draft.port.name).or_insert(PortId(place));
            }
        }
        Self(names)
    }

    /// The port with this name.
    pub(crate) fn get(&self, name: &str) -> Option<PortId> {
        self.0.get(name).copied()
    }
}

/// What each port is attached to, in the order of the ports.
pub(crate) fn attachments(drafts: &[Draft], names: &PortNames<'_>) -> Vec<Attachment> {
    // A router's port does not name the switch's port that is attached to it.
    let mut switch_side: HashMap<PortId, PortId> = HashMap::new();
    for (place, draft) in drafts.iter().enumerate() {
        if let PortRow::Switch(row) = &draft.row
            && draft.port.kind == PortKind::Router
            && let Some(router_port) = option(row, ROUTER_PORT).and_then(|name| names.get(name))
        {
            switch_side.entry(router_port).or_insert(PortId(place));
        }
    }
    let resolve = |(place, draft): (usize, &Draft)| {
        let id = PortId(place);
        match &draft.row {
            PortRow::Switch(row) => of_switch_port(id, row, drafts, names, &switch_side),
            PortRow::Router(row) => of_router_port(id, row, drafts, names, &switch_side),
            PortRow::Absent => Attachment::Nothing,
        }
    };
    drafts.iter().enumerate().map(resolve).collect()
}

fn of_switch_port(
    id: PortId,
    row: &nb::LogicalSwitchPort,
    drafts: &[Draft],
    names: &PortNames<'_>,
    switch_side: &HashMap<PortId, PortId>,
) -> Attachment {
    match port(drafts, id).kind {
        PortKind::Router => resolved(option(row, ROUTER_PORT), names, |peer| {
            match &drafts[peer.0].row {
                PortRow::Router(_) if switch_side.get(&peer) != Some(&id) => Some(Mismatch::Taken),
                // A router's port that names a router's port of its own belongs to that one.
                PortRow::Router(router) if peer_of_router_port(router).is_some() => {
                    Some(Mismatch::Taken)
                }
                PortRow::Router(_) => None,
                _ => Some(Mismatch::Kind),
            }
        }),
        PortKind::Switch => resolved(peer_of_switch_port(row), names, |peer| {
            match &drafts[peer.0].row {
                _ if peer == id => Some(Mismatch::Itself),
                PortRow::Switch(other) if port(drafts, peer).kind == PortKind::Switch => {
                    one_way(peer_of_switch_port(other), id, names)
                }
                _ => Some(Mismatch::Kind),
            }
        }),
        PortKind::Localnet | PortKind::L2Gateway => match option(row, NETWORK_NAME) {
            Some(name) => Attachment::Network {
                name: name.into(),
                tag: row.tag(),
            },
            None => Attachment::Unset,
        },
        PortKind::Container => match parent(row) {
            Some(name) if names.get(name).is_none() => Attachment::Missing(name.into()),
            Some(name) => Attachment::Parents(vec![name.into()]),
            None => Attachment::Nothing,
        },
        PortKind::Virtual => {
            let parents = option(row, VIRTUAL_PARENTS).unwrap_or_default().split(',');
            let parents = parents.map(str::trim).filter(|name| !name.is_empty());
            Attachment::Parents(parents.map(Box::from).collect())
        }
        _ => Attachment::Nothing,
    }
}

fn of_router_port(
    id: PortId,
    row: &nb::LogicalRouterPort,
    drafts: &[Draft],
    names: &PortNames<'_>,
    switch_side: &HashMap<PortId, PortId>,
) -> Attachment {
    match (peer_of_router_port(row), switch_side.get(&id)) {
        (Some(name), _) => resolved(Some(name), names, |peer| match &drafts[peer.0].row {
            _ if peer == id => Some(Mismatch::Itself),
            PortRow::Router(other) => one_way(peer_of_router_port(other), id, names),
            _ => Some(Mismatch::Kind),
        }),
        (None, Some(switch_port)) => Attachment::Peer(*switch_port),
        (None, None) => Attachment::Unset,
    }
}

/// The peer of this name, unless there is none or it cannot be the peer.
fn resolved(
    name: Option<&str>,
    names: &PortNames<'_>,
    mismatch: impl FnOnce(PortId) -> Option<Mismatch>,
) -> Attachment {
    let Some(name) = name else {
        return Attachment::Unset;
    };
    match names.get(name) {
        None => Attachment::Missing(name.into()),
        Some(peer) => match mismatch(peer) {
            None => Attachment::Peer(peer),
            Some(mismatch) => Attachment::Mismatch(peer, mismatch),
        },
    }
}

fn one_way(named_back: Option<&str>, id: PortId, names: &PortNames<'_>) -> Option<Mismatch> {
    let back = named_back.and_then(|name| names.get(name));
    (back != Some(id)).then_some(Mismatch::OneWay)
}

fn port(drafts: &[Draft], id: PortId) -> &Port {
    &drafts[id.0].port
}

fn peer_of_switch_port(row: &nb::LogicalSwitchPort) -> Option<&str> {
    row.peer().filter(|name| !name.is_empty())
}

fn peer_of_router_port(row: &nb::LogicalRouterPort) -> Option<&str> {
    row.peer().filter(|name| !name.is_empty())
}

/// An option that is set and not empty.
fn option<'a>(row: &'a nb::LogicalSwitchPort, key: &str) -> Option<&'a str> {
    row.options().get(key).filter(|value| !value.is_empty())
}
