//! A zone from the rows of its two databases.

use std::cmp::Ordering;
use std::collections::HashMap;

use ovn_schemas::nb;
use ovsdb_client::replica;
use ovsdb_client::table::Table;

use crate::database::Database;
use crate::deployment::southbound;
use crate::report::Gap;
use crate::snapshot::{DatabaseRead, Snapshot};
use crate::topology::attachment::{PortNames, attachments};
use crate::topology::chassis::ChassisIndex;
use crate::topology::graph::{Device, DeviceId, DeviceKind, PortId, Topology, Zone};
use crate::topology::port::{Draft, router_port, switch_port};
use crate::topology::state::Bindings;

/// The option by which a gateway router names its chassis.
const CHASSIS: &str = "chassis";

/// How much of a UUID a label shows.
/// **Default and why**: 8 digits, its first group, by which it can be asked for.
const UUID_DIGITS: usize = 8;

/// The mark of a transit switch, in its `other_config`; its value is the switch's name.
const TRANSIT: &str = "interconn-ts";

impl Topology {
    /// Reads the zones of a snapshot; `node` keeps the one of that node only.
    pub fn read(snapshot: &Snapshot, node: Option<&str>) -> Self {
        let mut topology = Self::default();
        for nb in snapshot.of(Database::Nb, node) {
            if nb.rows.table(nb::LogicalSwitch::DEFINITION.name).is_none()
                && nb.rows.table(nb::LogicalRouter::DEFINITION.name).is_none()
            {
                topology.gaps.push(gap(
                    format!("the logical network{}", of_node(nb)),
                    "its database holds neither switches nor routers that can be read",
                ));
            }
            let sb = southbound(snapshot, nb);
            if sb.is_none() {
                topology.gaps.push(gap(
                    format!("where the ports{} are bound", of_node(nb)),
                    "no Southbound database was read beside the Northbound one",
                ));
            }
            topology.zones.push(Zone::read(nb, sb));
        }
        for sb in snapshot.of(Database::Sb, node) {
            let used = snapshot
                .of(Database::Nb, node)
                .any(|nb| southbound(snapshot, nb).is_some_and(|used| std::ptr::eq(used, sb)));
            if !used {
                topology.gaps.push(gap(
                    format!("the bindings in {}", sb.address),
                    "no Northbound database was read that they belong to",
                ));
            }
        }
        topology
    }
}

impl Zone {
    /// Reads one zone.
    fn read(nb: &DatabaseRead, sb: Option<&DatabaseRead>) -> Self {
        let sb_rows = sb.map(|sb| &sb.rows);
        let index = ChassisIndex::new(sb_rows);
        let bindings = Bindings::new(sb_rows);
        let (mut devices, mut drafts) = devices(&nb.rows, &index);
        for draft in &mut drafts {
            bindings.bind(draft, &devices[draft.port.device.0], &index);
        }
        let names = PortNames::new(&drafts);
        let strays = bindings.strays(&names, &index);
        let attachments = attachments(&drafts, &names);
        for (draft, attachment) in drafts.iter_mut().zip(attachments) {
            draft.port.attachment = attachment;
        }
        label(&mut devices);
        Self {
            node: nb.node.clone(),
            devices,
            ports: drafts.into_iter().map(|draft| draft.port).collect(),
            chassis: index.chassis,
            strays,
            bindings_known: sb.is_some(),
        }
    }
}

/// The devices and their ports, both in order.
fn devices(nb: &replica::Snapshot, index: &ChassisIndex) -> (Vec<Device>, Vec<Draft>) {
    let mut all: Vec<(Device, Vec<Draft>)> = Vec::new();
    for row in nb.rows::<nb::LogicalRouter>() {
        let mut device = blank(DeviceKind::Router, &row, row.name());
        device.enabled = row.enabled() != Some(false);
        let pinned = row.options().get(CHASSIS).filter(|name| !name.is_empty());
        device.pinned = pinned.map(|name| index.place(name));
        let ports = row.ports();
        let drafts = ports.iter().map(|port| router_port(nb, index, port));
        all.push((device, drafts.collect()));
    }
    for row in nb.rows::<nb::LogicalSwitch>() {
        let mut device = blank(DeviceKind::Switch, &row, row.name());
        device.transit = row.other_config().get(TRANSIT).is_some();
        let ports = row.ports();
        let drafts = ports.iter().map(|port| switch_port(nb, index, port));
        all.push((device, drafts.collect()));
    }
    all.sort_by(|(a, _), (b, _)| (a.kind, &a.name, a.uuid).cmp(&(b.kind, &b.name, b.uuid)));
    let mut devices = Vec::with_capacity(all.len());
    let mut drafts = Vec::new();
    for (place, (mut device, mut ports)) in all.into_iter().enumerate() {
        ports.sort_by(by_kind_and_name);
        for mut draft in ports {
            draft.port.device = DeviceId(place);
            device.ports.push(PortId(drafts.len()));
            drafts.push(draft);
        }
        devices.push(device);
    }
    (devices, drafts)
}

fn by_kind_and_name(a: &Draft, b: &Draft) -> Ordering {
    let (a, b) = (&a.port, &b.port);
    (&a.kind, &a.name, a.uuid).cmp(&(&b.kind, &b.name, b.uuid))
}

fn blank<T: Table>(kind: DeviceKind, row: &T, name: &str) -> Device {
    Device {
        kind,
        uuid: row.uuid(),
        name: name.into(),
        label: name.into(),
        enabled: true,
        pinned: None,
        transit: false,
        ports: Vec::new(),
    }
}

/// Adds the beginning of the UUID where a name is empty or shared by two devices.
fn label(devices: &mut [Device]) {
    let mut bearers: HashMap<Box<str>, usize> = HashMap::new();
    for device in &*devices {
        *bearers.entry(device.name.clone()).or_default() += 1;
    }
    for device in devices {
        let uuid = device.uuid.simple().to_string();
        let uuid = uuid.get(..UUID_DIGITS).unwrap_or_default();
        if device.name.is_empty() {
            device.label = uuid.into();
        } else if bearers
            .get(&device.name)
            .is_some_and(|&bearers| bearers > 1)
        {
            device.label = format!("{} {uuid}", device.name).into();
        }
    }
}

fn of_node(read: &DatabaseRead) -> String {
    match &read.node {
        Some(node) => format!(" of {node}"),
        None => String::new(),
    }
}

fn gap(what: String, why: &str) -> Gap {
    Gap {
        what,
        why: why.to_owned(),
    }
}
