//! Diagnostics: what each looks for and what it needs.

use std::fmt;

use ovsdb_client::table::TableDef;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Host, Scene, Zone};
use crate::database::Database;
use crate::objects::ObjectKind;

/// A part of the network that diagnostics are about, in the order in which it comes to be.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// How far changes have come.
    Sync,
    /// Logical switches, routers and ports of any OVN.
    Network,
    /// Ports of pods and virtual machines, and their interfaces.
    Pod,
    /// Chassis, tunnels and links between nodes.
    Node,
    /// Egress IPs.
    Egressip,
    /// Services and load balancers.
    Service,
    /// Network policies and access lists.
    Policy,
    /// Bridges and interfaces of Open vSwitch.
    Ovs,
}

/// One diagnostic.
#[derive(Clone, Copy)]
pub struct Check {
    /// What it is called, in words with hyphens.
    pub id: &'static str,
    /// What it finds, in a few words.
    pub title: &'static str,
    /// What it is about.
    pub layer: Layer,
    /// How grave its findings are.
    pub severity: Severity,
    /// How it is seen in the rows.
    pub looks_for: &'static str,
    /// Bug reports and known causes. A number alone is an issue of ovn-kubernetes.
    pub known_from: &'static [&'static str],
    /// The diagnostics whose findings about the same object follow from this one's.
    pub explains: &'static [&'static str],
    /// What it reads.
    pub needs: &'static [Need],
    /// How it is run.
    pub(crate) run: Run,
}

/// What a diagnostic reads.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// A table.
    Table(Database, &'static TableDef),
    /// The logical network and where its ports are bound.
    Graph,
    /// All objects of a kind in the cluster.
    Objects(ObjectKind),
}

/// How a diagnostic is run.
#[derive(Clone, Copy)]
pub(crate) enum Run {
    /// On each zone.
    Zone(fn(&Zone<'_>, &Scene<'_>) -> Vec<Finding>),
    /// On each host of each zone.
    Host(fn(&Host<'_>, &Zone<'_>, &Scene<'_>) -> Vec<Finding>),
    /// Once, on all zones together.
    All(fn(&Scene<'_>) -> Vec<Finding>),
}

/// A table of `OVN_Northbound` as a need.
pub(crate) const fn nb_table(table: &'static TableDef) -> Need {
    Need::Table(Database::Nb, table)
}

/// A table of `OVN_Southbound` as a need.
pub(crate) const fn sb_table(table: &'static TableDef) -> Need {
    Need::Table(Database::Sb, table)
}

/// A table of `Open_vSwitch` as a need.
pub(crate) const fn ovs_table(table: &'static TableDef) -> Need {
    Need::Table(Database::Ovs, table)
}

/// All objects of a kind as a need.
pub(crate) const fn objects(kind: ObjectKind) -> Need {
    Need::Objects(kind)
}

impl Check {
    /// Whether it compares rows with objects of a cluster.
    pub fn needs_cluster(&self) -> bool {
        let mut needs = self.needs.iter();
        needs.any(|need| matches!(need, Need::Objects(_)))
    }
}

impl Layer {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::Sync,
        Self::Network,
        Self::Pod,
        Self::Node,
        Self::Egressip,
        Self::Service,
        Self::Policy,
        Self::Ovs,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Network => "network",
            Self::Pod => "pod",
            Self::Node => "node",
            Self::Egressip => "egressip",
            Self::Service => "service",
            Self::Policy => "policy",
            Self::Ovs => "ovs",
        }
    }
}

impl Need {
    /// The databases it is about.
    pub(crate) fn databases(self) -> &'static [Database] {
        match self {
            Self::Table(Database::Nb, _) => &[Database::Nb],
            Self::Table(Database::Sb, _) => &[Database::Sb],
            Self::Table(Database::Ovs, _) => &[Database::Ovs],
            Self::Graph => &[Database::Nb, Database::Sb],
            Self::Objects(_) => &[],
        }
    }
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Check").field("id", &self.id).finish()
    }
}
