//! Deployments: which of the databases that were read belong together.

use std::collections::HashSet;

use ovn_schemas::{sb, vswitch};
use ovsdb_client::table::Table;

use crate::database::Database;
use crate::snapshot::{DatabaseRead, Snapshot};

/// The key by which a host names its chassis.
const SYSTEM_ID: &str = "system-id";

/// The mark of a chassis that another zone holds, in its `other_config`.
const IS_REMOTE: &str = "is-remote";

/// The databases of a snapshot, put together.
///
/// **Shape**: one zone for each Northbound database, in the order of the snapshot, then one for
/// each Southbound database that goes with none of them.
#[derive(Clone, Debug, Default)]
pub struct Deployment<'s> {
    /// The zones: under OVN interconnect one for each node, otherwise one.
    pub zones: Vec<ZoneRead<'s>>,
    /// The `Open_vSwitch` databases of hosts that belong to none of the zones.
    pub strangers: Vec<&'s DatabaseRead>,
}

/// The databases of one zone.
#[derive(Clone, Debug)]
pub struct ZoneRead<'s> {
    /// `OVN_Northbound`.
    pub nb: Option<&'s DatabaseRead>,
    /// `OVN_Southbound`.
    pub sb: Option<&'s DatabaseRead>,
    /// The `Open_vSwitch` databases of its chassis.
    pub hosts: Vec<&'s DatabaseRead>,
}

impl<'s> Deployment<'s> {
    /// Puts the databases of a snapshot together.
    pub fn of(snapshot: &'s Snapshot) -> Self {
        let mut zones: Vec<ZoneRead<'s>> = snapshot
            .of(Database::Nb, None)
            .map(|nb| ZoneRead {
                nb: Some(nb),
                sb: southbound(snapshot, nb),
                hosts: Vec::new(),
            })
            .collect();
        for sb in snapshot.of(Database::Sb, None) {
            let is_used = |zone: &ZoneRead<'_>| zone.sb.is_some_and(|own| std::ptr::eq(own, sb));
            if !zones.iter().any(is_used) {
                zones.push(ZoneRead {
                    nb: None,
                    sb: Some(sb),
                    hosts: Vec::new(),
                });
            }
        }
        let mut deployment = Self {
            zones,
            strangers: Vec::new(),
        };
        deployment.place_hosts(snapshot);
        deployment
    }

    /// A host belongs to the zone that knows its chassis as its own, else to that of its node,
    /// else to the only one there is unless their names differ.
    fn place_hosts(&mut self, snapshot: &'s Snapshot) {
        let own: Vec<HashSet<String>> = self.zones.iter().map(own_chassis).collect();
        for host in snapshot.of(Database::Ovs, None) {
            let id = system_id(host);
            let knows = |names: &HashSet<String>| id.as_ref().is_some_and(|id| names.contains(id));
            let by_chassis = own.iter().position(knows);
            let by_node = || {
                let node = host.node.as_ref()?;
                let same = |zone: &ZoneRead<'_>| zone.node() == Some(node);
                self.zones.iter().position(same)
            };
            let alone = || match self.zones.as_slice() {
                [zone] if zone.node().is_none() || host.node.is_none() => Some(0),
                _ => None,
            };
            match by_chassis.or_else(by_node).or_else(alone) {
                Some(zone) => self.zones[zone].hosts.push(host),
                None => self.strangers.push(host),
            }
        }
    }
}

impl<'s> ZoneRead<'s> {
    /// The node whose zone it is; `None` where nothing tells.
    pub fn node(&self) -> Option<&'s str> {
        let reads = self.nb.into_iter().chain(self.sb);
        reads.filter_map(|read| read.node.as_deref()).next()
    }
}

/// The name of a host's chassis.
pub fn system_id(host: &DatabaseRead) -> Option<String> {
    let row = host.rows.rows::<vswitch::OpenVswitch>().next()?;
    row.external_ids().get(SYSTEM_ID).map(str::to_owned)
}

/// Whether another zone holds the chassis.
pub fn is_remote(chassis: &sb::Chassis) -> bool {
    chassis.other_config().get(IS_REMOTE) == Some("true")
}

fn own_chassis(zone: &ZoneRead<'_>) -> HashSet<String> {
    let chassis = zone
        .sb
        .into_iter()
        .flat_map(|sb| sb.rows.rows::<sb::Chassis>());
    chassis
        .filter(|row| !is_remote(row))
        .map(|row| row.name().to_owned())
        .collect()
}

/// The Southbound database that goes with a Northbound one: of the same node, and of several
/// such the one from the same source; where there is one of each and nothing tells them apart,
/// these two.
pub fn southbound<'a>(snapshot: &'a Snapshot, nb: &DatabaseRead) -> Option<&'a DatabaseRead> {
    // What the schema has counts, not what the question at hand needs of it.
    let readable = |read: &&DatabaseRead| {
        let table = sb::PortBinding::DEFINITION.name;
        read.rows.layout().schema.table(table).is_some()
    };
    let all = || snapshot.of(Database::Sb, None).filter(readable);
    let same_node = || all().filter(|sb| sb.node == nb.node);
    let alone = || {
        let mut all = all();
        let only = all.next()?;
        let pair = all.next().is_none() && snapshot.of(Database::Nb, None).count() == 1;
        // Two names that differ say that they do not belong together.
        let apart = nb.node.is_some() && only.node.is_some();
        (pair && !apart).then_some(only)
    };
    same_node()
        .find(|sb| sb.source == nb.source)
        .or_else(|| same_node().next())
        .or_else(alone)
}
