//! The scene: the databases as diagnostics look at them, zone by zone.

use std::cell::OnceCell;
use std::collections::HashMap;

use ovn_schemas::{nb, sb};
use ovsdb_client::table::{Ref, Table};
use ovsdb_client::value::Uuid;

use crate::check::finding::Evidence;
use crate::deployment::{Deployment, is_remote};
use crate::objects::Objects;
use crate::owner::{Names, describe_port};
use crate::snapshot::{DatabaseRead, Snapshot};
use crate::topology::{Topology, Zone as Graph};

/// The option of a switch's port that names the router's port at the other end.
pub(crate) const ROUTER_PORT: &str = "router-port";

/// Everything that diagnostics may look at.
#[derive(Debug)]
pub(crate) struct Scene<'s> {
    /// The zones, in the order of the snapshot.
    pub(crate) zones: Vec<Zone<'s>>,
    /// What hashed names mean, as told by all zones.
    pub(crate) names: Names,
    /// When the newest of the databases was read or written, in seconds since 1970.
    pub(crate) read_at: Option<i64>,
}

/// The databases of one zone, and what is often asked of them.
#[derive(Debug)]
pub(crate) struct Zone<'s> {
    /// The node whose zone it is.
    pub(crate) node: Option<&'s str>,
    /// `OVN_Northbound`.
    pub(crate) nb: Option<&'s DatabaseRead>,
    /// `OVN_Southbound`.
    pub(crate) sb: Option<&'s DatabaseRead>,
    /// Its hosts.
    pub(crate) hosts: Vec<Host<'s>>,
    /// Its logical network; only of a zone with a Northbound database.
    pub(crate) graph: Option<&'s Graph>,
    /// The objects of the cluster that it is in, where it is read through one.
    pub(crate) objects: Option<Objects<'s>>,
    switch_ports: OnceCell<Vec<SwitchPort>>,
    bindings: OnceCell<HashMap<Box<str>, sb::PortBinding>>,
}

/// One host with its `Open_vSwitch` database.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Host<'s> {
    /// The database.
    pub(crate) read: &'s DatabaseRead,
}

/// A switch's port with its switch.
#[derive(Clone, Debug)]
pub(crate) struct SwitchPort {
    /// The port.
    pub(crate) port: nb::LogicalSwitchPort,
    /// The switch.
    pub(crate) switch: nb::LogicalSwitch,
}

impl<'s> Scene<'s> {
    /// The scene of a snapshot whose logical networks are `topology`.
    pub(crate) fn of(snapshot: &'s Snapshot, topology: &'s Topology) -> Self {
        let deployment = Deployment::of(snapshot);
        let mut graphs = topology.zones.iter();
        let objects = |read: Option<&DatabaseRead>| {
            let source = &*read?.source;
            // Of a cluster nothing may have been asked for yet.
            let is_cluster = snapshot.clusters.iter().any(|one| one == source);
            Objects::of(&snapshot.objects, source).or_else(|| is_cluster.then(Objects::default))
        };
        let zones = deployment.zones.iter().map(|zone| Zone {
            node: zone.node(),
            nb: zone.nb,
            sb: zone.sb,
            hosts: zone.hosts.iter().map(|read| Host { read }).collect(),
            // Both stand in the order of the snapshot.
            graph: zone.nb.and_then(|_| graphs.next()),
            objects: objects(zone.nb.or(zone.sb)),
            switch_ports: OnceCell::new(),
            bindings: OnceCell::new(),
        });
        let mut zones: Vec<Zone<'s>> = zones.collect();
        zones.extend(deployment.strangers.iter().map(|host| Zone {
            node: host.node.as_deref(),
            nb: None,
            sb: None,
            hosts: vec![Host { read: host }],
            graph: None,
            objects: objects(Some(host)),
            switch_ports: OnceCell::new(),
            bindings: OnceCell::new(),
        }));
        let northbound = zones.iter().filter_map(|zone| zone.nb);
        let moments = snapshot.databases.iter().filter_map(|read| read.moment);
        Self {
            names: Names::of(northbound.map(|read| &read.rows)),
            read_at: moments.map(|moment| moment.as_second()).max(),
            zones,
        }
    }

    /// Whether the zone serves the whole cluster, as before interconnect, rather than one node or a
    /// few.
    pub(crate) fn is_alone(&self, zone: &Zone<'_>) -> bool {
        let mut same = self
            .zones
            .iter()
            .filter(|other| other.source() == zone.source());
        zone.nb.is_some() && same.next().is_some() && same.next().is_none()
    }

    /// The zone of a node whose Northbound database was read.
    pub(crate) fn zone(&self, node: &str) -> Option<&Zone<'s>> {
        let is_it = |zone: &&Zone<'s>| zone.node == Some(node) && zone.nb.is_some();
        self.zones.iter().find(is_it)
    }
}

impl Zone<'_> {
    /// The source that its Northbound database was read from.
    pub(crate) fn source(&self) -> Option<&str> {
        self.nb.map(|read| &*read.source)
    }

    /// The rows of a Northbound table.
    pub(crate) fn nb_rows<T: Table>(&self) -> impl Iterator<Item = T> {
        self.nb.into_iter().flat_map(|read| read.rows.rows::<T>())
    }

    /// The rows of a Southbound table.
    pub(crate) fn sb_rows<T: Table>(&self) -> impl Iterator<Item = T> {
        self.sb.into_iter().flat_map(|read| read.rows.rows::<T>())
    }

    /// A Northbound row as evidence; none without a Northbound database.
    pub(crate) fn nb_row<T: Table>(
        &self,
        row: &T,
        fill: impl FnOnce(Evidence) -> Evidence,
    ) -> Option<Evidence> {
        self.nb.map(|read| fill(Evidence::of(read, row)))
    }

    /// A Southbound row as evidence; none without a Southbound database.
    pub(crate) fn sb_row<T: Table>(
        &self,
        row: &T,
        fill: impl FnOnce(Evidence) -> Evidence,
    ) -> Option<Evidence> {
        self.sb.map(|read| fill(Evidence::of(read, row)))
    }

    /// The ports of all switches, by switch and port.
    pub(crate) fn switch_ports(&self) -> &[SwitchPort] {
        self.switch_ports.get_or_init(|| {
            let mut all = Vec::new();
            for switch in self.nb_rows::<nb::LogicalSwitch>() {
                let Some(nb) = self.nb else { continue };
                for port in switch.ports().iter().filter_map(|port| nb.rows.get(port)) {
                    let switch = switch.clone();
                    all.push(SwitchPort { port, switch });
                }
            }
            all
        })
    }

    /// The switch's port of this name.
    pub(crate) fn switch_port(&self, name: &str) -> Option<&SwitchPort> {
        let mut ports = self.switch_ports().iter();
        ports.find(|one| one.port.name() == name)
    }

    /// The binding of a logical port.
    pub(crate) fn binding(&self, port: &str) -> Option<&sb::PortBinding> {
        self.bindings
            .get_or_init(|| {
                self.sb_rows::<sb::PortBinding>()
                    .map(|row| (row.logical_port().into(), row))
                    .collect()
            })
            .get(port)
    }

    /// The chassis with this UUID.
    pub(crate) fn chassis(&self, uuid: Uuid) -> Option<sb::Chassis> {
        self.sb_rows::<sb::Chassis>().find(|row| row.uuid() == uuid)
    }

    /// The chassis that this zone holds itself.
    pub(crate) fn own_chassis(&self) -> impl Iterator<Item = sb::Chassis> {
        self.sb_rows::<sb::Chassis>().filter(|row| !is_remote(row))
    }

    /// The routers with those rows of a column that are there.
    pub(crate) fn of_routers<T: Table>(
        &self,
        rows: impl Fn(&nb::LogicalRouter) -> Vec<Uuid>,
    ) -> Vec<(nb::LogicalRouter, T)> {
        let Some(nb) = self.nb else { return Vec::new() };
        let mut all = Vec::new();
        for router in self.nb_rows::<nb::LogicalRouter>() {
            for uuid in rows(&router) {
                if let Some(row) = nb.rows.get(Ref::<T>::new(uuid)) {
                    all.push((router.clone(), row));
                }
            }
        }
        all
    }

    /// The static routes of all routers.
    pub(crate) fn routes(&self) -> Vec<(nb::LogicalRouter, nb::LogicalRouterStaticRoute)> {
        self.of_routers(|router| {
            router
                .static_routes()
                .iter()
                .map(|row| row.uuid())
                .collect()
        })
    }

    /// The policies of all routers.
    pub(crate) fn policies(&self) -> Vec<(nb::LogicalRouter, nb::LogicalRouterPolicy)> {
        self.of_routers(|router| router.policies().iter().map(|row| row.uuid()).collect())
    }

    /// The NAT rules of all routers.
    pub(crate) fn nats(&self) -> Vec<(nb::LogicalRouter, nb::Nat)> {
        self.of_routers(|router| router.nat().iter().map(|row| row.uuid()).collect())
    }

    /// The ports of a router.
    pub(crate) fn ports_of(&self, router: &nb::LogicalRouter) -> Vec<nb::LogicalRouterPort> {
        let Some(nb) = self.nb else { return Vec::new() };
        router
            .ports()
            .iter()
            .filter_map(|port| nb.rows.get(port))
            .collect()
    }

    /// The switch's ports that are attached to a router.
    pub(crate) fn attached_to(&self, router: &nb::LogicalRouter) -> Vec<&SwitchPort> {
        let names: Vec<String> = self
            .ports_of(router)
            .iter()
            .map(|port| port.name().to_owned())
            .collect();
        let ports = self.switch_ports().iter();
        ports
            .filter(|one| {
                let router_port = one.port.options().get(ROUTER_PORT);
                router_port.is_some_and(|wanted| names.iter().any(|name| name == wanted))
            })
            .collect()
    }

    /// The ports of all routers.
    pub(crate) fn router_ports(&self) -> Vec<(nb::LogicalRouter, nb::LogicalRouterPort)> {
        self.of_routers(|router| router.ports().iter().map(|row| row.uuid()).collect())
    }
}

impl Host<'_> {
    /// The host's name, else where its database was read.
    pub(crate) fn name(&self) -> String {
        let name = self.read.node.as_deref();
        name.unwrap_or(&self.read.address).to_owned()
    }
}

impl SwitchPort {
    /// What users call it: the pod or device it is for, else the port.
    pub(crate) fn object(&self) -> String {
        object_of_port(&self.port)
    }
}

/// What users call a switch's port: the pod or device it is for, else the port.
pub(crate) fn object_of_port(port: &nb::LogicalSwitchPort) -> String {
    describe_port(port.name(), port.external_ids())
        .unwrap_or_else(|| format!("port {}", port.name()))
}
