//! What of each zone is shown.

use std::collections::BTreeSet;

use crate::topology::{Attachment, DeviceId, Found, Hit, PortId, Topology, Zone};

/// The devices and ports of one zone to show.
#[derive(Clone, Debug, Default)]
pub(super) struct Selection {
    /// The devices.
    pub(super) devices: BTreeSet<DeviceId>,
    /// The ports; a link is shown when both ends are here.
    pub(super) ports: BTreeSet<PortId>,
}

impl Selection {
    /// What to show of each zone, in the order of the zones: all, or the hits and what is linked
    /// to them.
    pub(super) fn of_zones(topology: &Topology, hits: Option<&[Hit]>) -> Vec<Self> {
        let Some(hits) = hits else {
            return topology.zones.iter().map(Self::all).collect();
        };
        let mut selections = vec![Self::default(); topology.zones.len()];
        for hit in hits {
            let zone = &topology.zones[hit.zone];
            let selection = &mut selections[hit.zone];
            match hit.found {
                Found::Device(id) => selection.device(zone, id),
                Found::Port(id) => selection.port(zone, id),
            }
        }
        selections
    }

    /// Whether nothing of the zone is shown.
    pub(super) fn is_empty(&self) -> bool {
        self.devices.is_empty()
    }

    fn all(zone: &Zone) -> Self {
        Self {
            devices: (0..zone.devices.len()).map(DeviceId).collect(),
            ports: (0..zone.ports.len()).map(PortId).collect(),
        }
    }

    fn device(&mut self, zone: &Zone, id: DeviceId) {
        self.devices.insert(id);
        for &port in &zone.device(id).ports {
            self.port(zone, port);
        }
    }

    fn port(&mut self, zone: &Zone, id: PortId) {
        let port = zone.port(id);
        self.devices.insert(port.device);
        self.ports.insert(id);
        if let Attachment::Peer(peer) | Attachment::Mismatch(peer, _) = port.attachment {
            self.devices.insert(zone.port(peer).device);
            self.ports.insert(peer);
        }
    }
}
