//! What OpenStack Neutron writes into `external_ids`.

use crate::owner::ids::Ids;

/// The keys that tell the owner, the most telling first, with what to call it.
///
/// **Source**: neutron, `neutron/common/ovn/constants.py`.
const KEYS: [(&str, &str); 9] = [
    ("neutron:security_group_rule_id", "security group rule"),
    ("neutron:security_group_id", "security group"),
    ("neutron:fip_id", "floating IP"),
    ("neutron:device_id", "device"),
    ("neutron:port_name", "port"),
    ("neutron:router_name", "router"),
    ("neutron:network_name", "network"),
    ("neutron:qos_policy_id", "QoS policy"),
    ("subnet_id", "subnet"),
];

/// Whom a row of Neutron stands for, in words.
pub(crate) fn describe(ids: Ids<'_>) -> Option<String> {
    KEYS.iter().find_map(|(key, what)| {
        let value = ids.get(key).filter(|value| !value.is_empty())?;
        Some(format!("{what} {value}"))
    })
}
