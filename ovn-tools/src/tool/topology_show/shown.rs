//! The answer: a topology as rows.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use crate::report::{Gap, Next, Origin};
use crate::tool::topology_show::Params;

/// The columns of [`PortShown`].
pub(super) const PORT_COLUMNS: [&str; 6] =
    ["name", "type", "addresses", "peer", "chassis", "state"];

/// The columns of [`LinkShown`].
pub(super) const LINK_COLUMNS: [&str; 7] = [
    "from",
    "from_port",
    "to",
    "to_port",
    "addresses",
    "chassis",
    "state",
];

/// The logical network, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TopologyShown {
    /// What was found, in one or two sentences.
    pub summary: String,
    /// What each row of `ports` holds, in order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub port_columns: Vec<String>,
    /// What each row of `links` holds, in order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub link_columns: Vec<String>,
    /// The logical networks: under interconnect one for each node, otherwise one.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub zones: Vec<ZoneShown>,
    /// The network as a Mermaid flowchart, instead of `zones`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mermaid: Option<String>,
    /// What is wrong, the reasons in words.
    #[serde(default)]
    pub problems: Vec<ProblemShown>,
    /// How many rows there are: problems, routers, switches, and links and ports without a problem.
    pub total: usize,
    /// How many of them are here.
    pub returned: usize,
    /// Whether some are left out.
    pub truncated: bool,
    /// The calls that show what is left out.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub next: Vec<Next>,
    /// Where the rows came from.
    pub sources: Vec<Origin>,
    /// What the answer does not cover.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// What the flowchart draws.
    #[serde(skip)]
    pub(super) drawn: Vec<ZoneShown>,
    /// What was asked.
    #[serde(skip)]
    pub(super) asked: Params,
}

/// The logical network of one Northbound database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ZoneShown {
    /// The node whose zone it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// The logical routers.
    #[serde(default)]
    pub routers: Vec<DeviceShown>,
    /// The logical switches.
    #[serde(default)]
    pub switches: Vec<DeviceShown>,
    /// Pairs of ports that link two routers or switches.
    #[serde(default)]
    pub links: Vec<LinkShown>,
    /// How many routers, switches and links are left out.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub left_out: usize,
}

/// A logical router or switch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeviceShown {
    /// Its name.
    pub name: String,
    /// The chassis that a gateway router is tied to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub chassis: Option<String>,
    /// Whether it is a transit switch between zones.
    #[serde(skip_serializing_if = "is_false", default)]
    pub transit: bool,
    /// How many ports it has, those that link it included.
    pub port_count: usize,
    /// Its ports that link it to no router or switch.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub ports: Vec<PortShown>,
    /// How many of them are left out.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub left_out: usize,
}

/// A port that links its router or switch to no other. In JSON an array, as `port_columns` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub struct PortShown {
    /// Its name.
    pub name: String,
    /// What it is for, such as `vif`, `localnet` or `remote`.
    pub kind: String,
    /// Its MAC and IP addresses.
    pub addresses: String,
    /// The peer it names in vain, the physical network, or the ports that carry it.
    pub peer: String,
    /// The chassis it is bound to.
    pub chassis: String,
    /// Whether it is as it should be.
    pub state: Standing,
}

/// Two ports attached to each other. In JSON an array, as `link_columns` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub struct LinkShown {
    /// The router, or one of two switches.
    pub from: String,
    /// Its port.
    pub from_port: String,
    /// The switch or router at the other end.
    pub to: String,
    /// Its port.
    pub to_port: String,
    /// The MAC address and networks of the router's port, or of both.
    pub addresses: String,
    /// The chassis through which the link's gateway traffic goes.
    pub chassis: String,
    /// Whether both ends are as they should be.
    pub state: Standing,
}

/// Something wrong with a port, a router or a binding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProblemShown {
    /// The node in whose zone it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// The router or switch; none for a binding that is left over.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub of: Option<String>,
    /// The port; none for the router or switch as a whole.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub port: Option<String>,
    /// What is wrong in one word.
    #[schemars(with = "String")]
    pub state: Standing,
    /// What is wrong, as far as rows tell.
    pub reason: String,
    /// The place of the zone.
    #[serde(skip)]
    pub(super) zone: usize,
}

/// How a port does, in one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Standing {
    /// Bound to a chassis.
    Bound,
    /// Attached to its peer.
    Linked,
    /// Ports of its kind are not bound to one chassis.
    #[serde(rename = "not applicable")]
    NotApplicable,
    /// Nothing tells.
    #[default]
    Unknown,
    /// Bound to no chassis.
    Unbound,
    /// Without a binding in the Southbound database.
    Unprocessed,
    /// Bound, but not up.
    Down,
    /// It refers to something that does not exist.
    Dangling,
    /// Administratively down.
    Disabled,
    /// Left over in the Southbound database.
    Stray,
}

impl Standing {
    const ALL: [Self; 10] = [
        Self::Bound,
        Self::Linked,
        Self::NotApplicable,
        Self::Unknown,
        Self::Unbound,
        Self::Unprocessed,
        Self::Down,
        Self::Dangling,
        Self::Disabled,
        Self::Stray,
    ];

    /// The word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bound => "bound",
            Self::Linked => "linked",
            Self::NotApplicable => "not applicable",
            Self::Unknown => "unknown",
            Self::Unbound => "unbound",
            Self::Unprocessed => "unprocessed",
            Self::Down => "down",
            Self::Dangling => "dangling",
            Self::Disabled => "disabled",
            Self::Stray => "stray",
        }
    }

    /// Whether something is wrong.
    pub fn is_problem(self) -> bool {
        !matches!(
            self,
            Self::Bound | Self::Linked | Self::NotApplicable | Self::Unknown
        )
    }

    fn from_name(name: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|standing| standing.name() == name)
            .unwrap_or_default()
    }
}

impl ZoneShown {
    /// The routers, then the switches.
    pub(super) fn devices(&self) -> impl Iterator<Item = &DeviceShown> {
        self.routers.iter().chain(&self.switches)
    }
}

impl From<Vec<String>> for PortShown {
    fn from(fields: Vec<String>) -> Self {
        let mut fields = fields.into_iter();
        let mut next = || fields.next().unwrap_or_default();
        Self {
            name: next(),
            kind: next(),
            addresses: next(),
            peer: next(),
            chassis: next(),
            state: Standing::from_name(&next()),
        }
    }
}

impl From<PortShown> for Vec<String> {
    fn from(port: PortShown) -> Self {
        let state = port.state.name().to_owned();
        vec![
            port.name,
            port.kind,
            port.addresses,
            port.peer,
            port.chassis,
            state,
        ]
    }
}

impl From<Vec<String>> for LinkShown {
    fn from(fields: Vec<String>) -> Self {
        let mut fields = fields.into_iter();
        let mut next = || fields.next().unwrap_or_default();
        Self {
            from: next(),
            from_port: next(),
            to: next(),
            to_port: next(),
            addresses: next(),
            chassis: next(),
            state: Standing::from_name(&next()),
        }
    }
}

impl From<LinkShown> for Vec<String> {
    fn from(link: LinkShown) -> Self {
        let state = link.state.name().to_owned();
        vec![
            link.from,
            link.from_port,
            link.to,
            link.to_port,
            link.addresses,
            link.chassis,
            state,
        ]
    }
}

/// An array of strings, which is what both rows are in JSON.
macro_rules! array_schema {
    ($row:ident) => {
        impl JsonSchema for $row {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($row).into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                <Vec<String>>::json_schema(generator)
            }
        }
    };
}

array_schema!(PortShown);
array_schema!(LinkShown);

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes the field by reference"
)]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes the field by reference"
)]
fn is_false(flag: &bool) -> bool {
    !*flag
}
