//! The subnets of pods that a zone holds itself, and the addresses in use there.

use core::net::IpAddr;
use std::collections::HashSet;

use ovn_schemas::nb;

use crate::address::Network;
use crate::check::egress_ip::ips;
use crate::check::scene::Zone;
use crate::owner::network_of;

/// The key of a switch's IPv4 network, in its `other_config`.
pub(crate) const SUBNET: &str = "subnet";

/// The key of a switch's IPv6 network, which stands there without its length, and is called as a
/// column of router ports.
pub(crate) fn ipv6_prefix() -> &'static str {
    nb::logical_router_port::IPV6_PREFIX.name()
}

/// The length of it.
/// **Default and why**: 64, the only one that OVN-Kubernetes gives nodes.
const IPV6_LENGTH: u8 = 64;

/// The subnets of a node's switch, of either family; of a user-defined network the IPv4 one alone,
/// since the length of the other stands nowhere.
pub(crate) fn subnets(switch: &nb::LogicalSwitch) -> Vec<Network> {
    let config = switch.other_config();
    let mut all: Vec<Network> = config
        .get(SUBNET)
        .and_then(Network::parse)
        .into_iter()
        .collect();
    if network_of(switch.external_ids()).is_none() {
        let prefix = config.get(ipv6_prefix());
        let network = prefix.map(|prefix| format!("{prefix}/{IPV6_LENGTH}"));
        all.extend(network.as_deref().and_then(Network::parse));
    }
    all
}

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
            local.subnets.extend(subnets(&one.switch));
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
