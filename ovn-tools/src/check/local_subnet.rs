//! The subnets of pods that a zone holds itself, and the addresses in use there.

use core::net::IpAddr;
use std::collections::HashSet;

use crate::address::Network;
use crate::check::egress_ip::ips;
use crate::check::scene::Zone;

/// The key of a switch's IPv4 network, in its `other_config`.
const SUBNET: &str = "subnet";

/// The subnets of a zone's switches, and the addresses of all its ports.
#[derive(Clone, Debug, Default)]
pub(crate) struct LocalSubnets {
    subnets: Vec<Network>,
    used: HashSet<IpAddr>,
}

impl LocalSubnets {
    /// Those of a zone.
    pub(crate) fn of(zone: &Zone<'_>) -> Self {
        let mut local = Self::default();
        for one in zone.switch_ports() {
            local.used.extend(ips(&one.port));
            let config = one.switch.other_config();
            local
                .subnets
                .extend(config.get(SUBNET).and_then(Network::parse));
        }
        for port in zone.router_ports() {
            let networks = port.1.networks();
            let networks = networks.iter().filter_map(Network::parse);
            local.used.extend(networks.map(|network| network.address));
        }
        local.subnets.sort_unstable();
        local.subnets.dedup();
        local
    }

    /// Whether the address belongs to one of the subnets, and no port has it.
    pub(crate) fn is_gone(&self, address: IpAddr) -> bool {
        let is_local = self.subnets.iter().any(|subnet| subnet.contains(address));
        is_local && !self.used.contains(&address)
    }
}
