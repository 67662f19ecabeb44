//! The databases that ovnscope knows, and what users call them.

use std::fmt;

use ovn_schemas::{nb, sb, vswitch};
use ovsdb_client::table::DatabaseDef;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One of the databases of an OVN deployment.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[non_exhaustive]
pub enum Database {
    /// `OVN_Northbound`: what was asked for.
    #[serde(rename = "nb", alias = "OVN_Northbound")]
    Nb,
    /// `OVN_Southbound`: logical flows and what is bound where.
    #[serde(rename = "sb", alias = "OVN_Southbound")]
    Sb,
    /// `Open_vSwitch`: the bridges, ports and interfaces of one host.
    #[serde(rename = "ovs", alias = "Open_vSwitch")]
    Ovs,
}

impl Database {
    /// All of them, in the order in which configuration flows.
    pub const ALL: [Self; 3] = [Self::Nb, Self::Sb, Self::Ovs];

    /// The short name: `nb`, `sb` or `ovs`.
    pub fn short_name(self) -> &'static str {
        match self {
            Self::Nb => "nb",
            Self::Sb => "sb",
            Self::Ovs => "ovs",
        }
    }

    /// The generated tables.
    pub fn definition(self) -> &'static DatabaseDef {
        match self {
            Self::Nb => &nb::DATABASE,
            Self::Sb => &sb::DATABASE,
            Self::Ovs => &vswitch::DATABASE,
        }
    }

    /// The name in the protocol, such as `OVN_Northbound`.
    pub fn full_name(self) -> &'static str {
        self.definition().name
    }

    /// The database with this short or full name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|database| name == database.short_name() || name == database.full_name())
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.short_name())
    }
}
