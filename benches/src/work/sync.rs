//! A cold sync: all that was chosen of a database comes once.

use std::str::FromStr;

use anyhow::{Error, Result, bail};
use ovn_schemas::nb::{self, logical_switch_port};
use ovsdb_client::client::{Client, ReadOnly};
use ovsdb_client::operation::{Condition, Function};
use ovsdb_client::replica::Snapshot;
use ovsdb_client::schema::Selection;
use ovsdb_client::session::{Interest, TableInterest};

use crate::dataset::Kind;

/// What of the database is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Everything.
    All,
    /// [`NAMED_COLUMNS`] of the ports.
    Columns,
    /// Of the ports, those of type [`ROUTER_PORTS`].
    Condition,
}

/// Two columns of the ports, as a user asks who has which address.
pub const NAMED_COLUMNS: [&str; 2] = ["addresses", "name"];
/// One port in two hundred is of this type.
pub const ROUTER_PORTS: &str = "router";

impl Chosen {
    /// As it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Columns => "columns",
            Self::Condition => "condition",
        }
    }
}

impl FromStr for Chosen {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let all = [Self::All, Self::Columns, Self::Condition];
        match all.into_iter().find(|chosen| chosen.name() == name) {
            Some(chosen) => Ok(chosen),
            None => bail!("nothing is chosen by {name}"),
        }
    }
}

/// Replicates what was chosen, once.
pub(super) async fn sync(endpoint: &str, kind: Kind, chosen: Chosen) -> Result<Snapshot> {
    let client = Client::<ReadOnly>::builder().remotes(endpoint)?;
    let client = client.connect().await?;
    let monitor = client.monitor(interest(kind, chosen)).await?;
    Ok(monitor.snapshot())
}

/// What is replicated for it.
pub(super) fn interest(kind: Kind, chosen: Chosen) -> Interest {
    let ports = |ports| {
        Interest::nothing_of(&nb::DATABASE).table_named(logical_switch_port::DEFINITION.name, ports)
    };
    match (chosen, kind) {
        (Chosen::All, Kind::Northbound) => Interest::all_of(&nb::DATABASE),
        (Chosen::All, Kind::Southbound) => Interest::all_of(&ovn_schemas::sb::DATABASE),
        (Chosen::Columns, _) => ports(TableInterest {
            columns: Selection::Named(NAMED_COLUMNS.map(Box::from).to_vec()),
            conditions: Vec::new(),
        }),
        (Chosen::Condition, _) => {
            let column = logical_switch_port::TYPE.name();
            let is_router = Condition::compare(column, Function::Equal, ROUTER_PORTS);
            ports(TableInterest::rows(vec![is_router]))
        }
    }
}
