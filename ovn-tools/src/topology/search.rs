//! Finding devices and ports by what a user knows of them.

use ovsdb_client::value::Uuid;

use crate::topology::graph::{DeviceId, PortId, Topology, Zone};
use crate::topology::state::REDIRECT_PREFIX;

/// The shortest beginning of a UUID that counts as one.
/// **Default and why**: 8 hexadecimal digits, the first group of a UUID, which tools print.
const SHORTEST_UUID: usize = 8;

/// A place in a topology.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hit {
    /// The place of the zone.
    pub zone: usize,
    /// What in the zone.
    pub found: Found,
}

/// A device or a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Found {
    /// A router or switch.
    Device(DeviceId),
    /// A port.
    Port(PortId),
}

impl Topology {
    /// What is called `text`, or else has a UUID that begins so (8 digits at least), in order.
    ///
    /// A port is also found by its binding: by `cr-` and its name, and by the binding's UUID.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let by_name = self.hits(|zone, found| names(zone, found).any(|name| name == text));
        if !by_name.is_empty() {
            return by_name;
        }
        let digits: String = text.chars().filter(|&c| c != '-').collect();
        let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if digits.len() < SHORTEST_UUID || !hexadecimal {
            return match text.strip_prefix(REDIRECT_PREFIX) {
                Some(port) => self.hits(
                    |zone, found| matches!(found, Found::Port(id) if *zone.port(id).name == *port),
                ),
                None => Vec::new(),
            };
        }
        let digits = digits.to_ascii_lowercase();
        self.hits(|zone, found| {
            uuids(zone, found).any(|uuid| uuid.simple().to_string().starts_with(&digits))
        })
    }

    /// The names of all devices and ports that have one.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.zones.iter().flat_map(|zone| {
            let devices = zone.devices.iter().map(|device| &*device.name);
            let ports = zone.ports.iter().map(|port| &*port.name);
            devices.chain(ports).filter(|name| !name.is_empty())
        })
    }

    fn hits(&self, is_meant: impl Fn(&Zone, Found) -> bool) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (place, zone) in self.zones.iter().enumerate() {
            let devices = (0..zone.devices.len()).map(|id| Found::Device(DeviceId(id)));
            let ports = (0..zone.ports.len()).map(|id| Found::Port(PortId(id)));
            for found in devices.chain(ports).filter(|&found| is_meant(zone, found)) {
                hits.push(Hit { zone: place, found });
            }
        }
        hits
    }
}

fn names(zone: &Zone, found: Found) -> impl Iterator<Item = &str> {
    let (name, label): (&str, Option<&str>) = match found {
        Found::Device(id) => (&zone.device(id).name, Some(&zone.device(id).label)),
        Found::Port(id) => (&zone.port(id).name, None),
    };
    std::iter::once(name).chain(label)
}

fn uuids(zone: &Zone, found: Found) -> impl Iterator<Item = Uuid> {
    let (row, binding, redirect) = match found {
        Found::Device(id) => (zone.device(id).uuid, None, None),
        Found::Port(id) => {
            let port = zone.port(id);
            let redirect = port.redirect.as_ref();
            (
                port.uuid,
                port.binding,
                redirect.and_then(|one| one.binding),
            )
        }
    };
    std::iter::once(row).chain(binding).chain(redirect)
}
