//! The graph's parts.

use std::borrow::Cow;
use std::sync::Arc;

use ovsdb_client::value::Uuid;

use crate::report::Gap;

/// The logical networks of all zones.
#[derive(Clone, Debug, Default)]
pub struct Topology {
    /// The zones, ascending by node.
    pub zones: Vec<Zone>,
    /// What could not be told, and why.
    pub gaps: Vec<Gap>,
}

/// The logical network of one Northbound database.
///
/// **Shape**: routers before switches, then by name and UUID; ports by device, kind, name and
/// UUID. The order of rows in the database makes no difference.
#[derive(Clone, Debug, Default)]
pub struct Zone {
    /// The node whose zone it is; `None` where nothing tells.
    pub node: Option<Arc<str>>,
    /// The routers and switches; a [`DeviceId`] is a place here.
    pub devices: Vec<Device>,
    /// The ports; a [`PortId`] is a place here.
    pub ports: Vec<Port>,
    /// The chassis of the Southbound database; a [`ChassisId`] is a place here.
    pub chassis: Vec<Chassis>,
    /// Bindings of the Southbound database that no logical port stands behind.
    pub strays: Vec<Stray>,
    /// Whether a Southbound database was there to tell where ports are bound.
    pub bindings_known: bool,
}

/// The place of a device in its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub usize);

/// The place of a port in its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortId(pub usize);

/// The place of a chassis in its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChassisId(pub usize);

/// A logical router or switch.
#[derive(Clone, Debug)]
pub struct Device {
    /// Which of the two.
    pub kind: DeviceKind,
    /// The row.
    pub uuid: Uuid,
    /// Its name, which nothing forces to be unique or there at all.
    pub name: Box<str>,
    /// The name, with a part of the UUID where that alone does not tell it from others.
    pub label: Box<str>,
    /// Whether it forwards at all.
    pub enabled: bool,
    /// The chassis that a gateway router is tied to.
    pub pinned: Option<Place>,
    /// Whether a switch is a transit switch between zones.
    pub transit: bool,
    /// Its ports, in order.
    pub ports: Vec<PortId>,
}

/// Router or switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeviceKind {
    /// A logical router.
    Router,
    /// A logical switch.
    Switch,
}

/// A port of a logical router or switch.
#[derive(Clone, Debug)]
pub struct Port {
    /// The router or switch it belongs to.
    pub device: DeviceId,
    /// What it is for.
    pub kind: PortKind,
    /// The row.
    pub uuid: Uuid,
    /// Its name; empty for a row that is not there.
    pub name: Box<str>,
    /// As the row has them; of a router port its MAC address and networks in one.
    pub addresses: Vec<Box<str>>,
    /// Whether it is administratively up.
    pub enabled: bool,
    /// What it is attached to.
    pub attachment: Attachment,
    /// The chassis it is bound to: the main one, then additional ones (live migration).
    pub chassis: Vec<ChassisId>,
    /// Whether it is bound as it should be.
    pub state: State,
    /// The binding's row in the Southbound database.
    pub binding: Option<Uuid>,
    /// The chassis that may be its gateway, highest priority first.
    pub candidates: Vec<Candidate>,
    /// Where traffic through the gateway goes.
    pub redirect: Option<Redirect>,
}

/// What a port is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PortKind {
    /// A router's port.
    RouterPort,
    /// A switch's port towards a router.
    Router,
    /// A switch's port towards another switch.
    Switch,
    /// A switch's way to a physical network on every chassis.
    Localnet,
    /// A switch's way to a physical network on one chassis.
    L2Gateway,
    /// A switch's port on a VTEP gateway.
    Vtep,
    /// A port of a transit switch that another zone holds.
    Remote,
    /// A workload: a pod or a virtual machine.
    Vif,
    /// A workload inside another one.
    Container,
    /// A port that every chassis has for itself.
    Localport,
    /// An address that moves between workloads.
    Virtual,
    /// A workload beyond OVN that a chassis serves.
    External,
    /// A kind that is not known here.
    Other(Box<str>),
    /// The row that the switch or router refers to is not there.
    Absent,
}

/// What a port is attached to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attachment {
    /// Ports of its kind are attached to nothing.
    Nothing,
    /// The port at the other end.
    Peer(PortId),
    /// It names a port that does not exist.
    Missing(Box<str>),
    /// It should be attached to something and nothing is named.
    Unset,
    /// It names a port that cannot be its peer.
    Mismatch(PortId, Mismatch),
    /// A physical network, with a VLAN tag.
    Network {
        /// The network's name in the bridge mappings.
        name: Box<str>,
        /// The VLAN tag.
        tag: Option<i64>,
    },
    /// The workloads that carry it.
    Parents(Vec<Box<str>>),
}

/// Why a port that exists cannot be the peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// The port that is named is of another kind.
    Kind,
    /// It names itself.
    Itself,
    /// The port that is named names another peer, or none.
    OneWay,
    /// Another port is attached to it already.
    Taken,
}

/// Whether a port is bound as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Bound to a chassis, and up as far as rows tell.
    Bound,
    /// Bound to a chassis, and not up. `noted` when the chassis says that it is up and only the
    /// Northbound database does not.
    Down {
        /// Whether the Southbound database says up.
        noted: bool,
    },
    /// Bound to no chassis.
    Unbound(Unbound),
    /// Ports of its kind are not bound to one chassis.
    NotApplicable,
    /// No Southbound database tells.
    Unknown,
}

/// Why a port is bound to no chassis, as far as rows tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unbound {
    /// The Southbound database holds no binding for it.
    NoBinding,
    /// Nobody claims the binding; `asked` is the chassis that should.
    NoChassis {
        /// The chassis that the port asks for.
        asked: Option<Place>,
    },
    /// The binding refers to a chassis row that is not there.
    ChassisMissing(Uuid),
}

/// A chassis as something else names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A chassis that exists.
    Chassis(ChassisId),
    /// There is no such chassis.
    Missing(Box<str>),
    /// No Southbound database tells whether there is.
    Unread(Box<str>),
}

/// A chassis that may be a gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The chassis.
    pub place: Place,
    /// The highest priority that is alive wins.
    pub priority: i64,
}

/// The binding that draws a port's gateway traffic to one chassis (its name begins with `cr-`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The binding's row; `None` where there is none although there should be.
    pub binding: Option<Uuid>,
    /// The chassis that is the gateway now.
    pub chassis: Vec<ChassisId>,
    /// Whether it is bound as it should be.
    pub state: State,
}

/// A host that runs ovn-controller.
#[derive(Clone, Debug)]
pub struct Chassis {
    /// The row.
    pub uuid: Uuid,
    /// The system ID.
    pub name: Box<str>,
    /// The host's name.
    pub hostname: Box<str>,
    /// The host's name where it tells it from others, otherwise the system ID.
    pub label: Box<str>,
    /// Whether another zone holds it.
    pub remote: bool,
}

/// A binding in the Southbound database without a logical port in the Northbound one.
#[derive(Clone, Debug)]
pub struct Stray {
    /// The row.
    pub uuid: Uuid,
    /// The logical port it was made for.
    pub name: Box<str>,
    /// The chassis it is bound to.
    pub chassis: Vec<ChassisId>,
}

/// Two ports attached to each other. The router's side comes first where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// One end.
    pub from: PortId,
    /// The other end.
    pub to: PortId,
}

impl Zone {
    /// A device of this zone.
    pub fn device(&self, id: DeviceId) -> &Device {
        &self.devices[id.0]
    }

    /// A port of this zone.
    pub fn port(&self, id: PortId) -> &Port {
        &self.ports[id.0]
    }

    /// The router or switch that a port of this zone belongs to.
    pub fn device_of(&self, id: PortId) -> &Device {
        self.device(self.port(id).device)
    }

    /// How people know a chassis that may not exist.
    pub fn place_label<'a>(&'a self, place: &'a Place) -> &'a str {
        match place {
            Place::Chassis(id) => &self.chassis[id.0].label,
            Place::Missing(name) | Place::Unread(name) => name,
        }
    }

    /// The links, each once, in the order of the ports.
    pub fn links(&self) -> impl Iterator<Item = Link> {
        (0..self.ports.len()).filter_map(|place| {
            let from = PortId(place);
            match self.ports[place].attachment {
                // Routers stand first, so the lower place is the router's side.
                Attachment::Peer(to) if from < to => Some(Link { from, to }),
                _ => None,
            }
        })
    }
}

impl Port {
    /// The name; of a port without one, or a row that is not there, the UUID.
    pub fn label(&self) -> Cow<'_, str> {
        if self.name.is_empty() {
            Cow::Owned(self.uuid.to_string())
        } else {
            Cow::Borrowed(&self.name)
        }
    }
}

impl DeviceKind {
    /// `router` or `switch`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Router => "router",
            Self::Switch => "switch",
        }
    }
}

impl PortKind {
    /// The kind in one or two words; for switch ports OVN's own type where it has one.
    pub fn name(&self) -> &str {
        match self {
            Self::RouterPort => "router port",
            Self::Router => "router",
            Self::Switch => "switch",
            Self::Localnet => "localnet",
            Self::L2Gateway => "l2gateway",
            Self::Vtep => "vtep",
            Self::Remote => "remote",
            Self::Vif => "vif",
            Self::Container => "container",
            Self::Localport => "localport",
            Self::Virtual => "virtual",
            Self::External => "external",
            Self::Other(name) => name,
            Self::Absent => "absent",
        }
    }
}
