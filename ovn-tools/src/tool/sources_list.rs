//! The `sources_list` tool: which databases there are, and how fresh they are.

mod freshness;

mod listed;

use std::collections::{BTreeMap, BTreeSet};

use ovn_schemas::{nb, sb};

pub use self::freshness::{ChassisFreshness, Freshness, Verdict};
pub use self::listed::{DatabaseListed, NodeListed, SchemaListed, SourcesListed};
use crate::database::Database;
use crate::report::ToolError;
use crate::snapshot::{DatabaseRead, Needs, Snapshot};
use crate::tool::Tool;

/// Lists the sources.
#[derive(Clone, Copy, Debug)]
pub struct SourcesList;

/// Nothing is asked but the sources themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Params {}

impl Tool for SourcesList {
    const NAME: &'static str = "sources_list";
    type Params = Params;
    type Report = SourcesListed;

    fn needs(_params: &Params) -> Result<Needs, ToolError> {
        Ok(Needs::default()
            .column(Database::Nb, nb::nb_global::NB_CFG)
            .column(Database::Nb, nb::nb_global::SB_CFG)
            .column(Database::Nb, nb::nb_global::HV_CFG)
            .column(Database::Sb, sb::sb_global::NB_CFG)
            .column(Database::Sb, sb::chassis::NAME)
            .column(Database::Sb, sb::chassis::HOSTNAME)
            .column(Database::Sb, sb::chassis::OTHER_CONFIG)
            .column(Database::Sb, sb::chassis_private::NAME)
            .column(Database::Sb, sb::chassis_private::CHASSIS)
            .column(Database::Sb, sb::chassis_private::NB_CFG)
            .database(Database::Ovs))
    }

    fn conclude(_params: &Params, snapshot: &Snapshot) -> Result<SourcesListed, ToolError> {
        let mut by_node: BTreeMap<Option<&str>, Vec<&DatabaseRead>> = BTreeMap::new();
        for read in &snapshot.databases {
            by_node.entry(read.node.as_deref()).or_default().push(read);
        }
        let mut nodes: Vec<NodeListed> = by_node
            .into_iter()
            .map(|(node, reads)| NodeListed {
                node: node.map(str::to_owned),
                databases: reads.iter().map(|read| DatabaseListed::new(read)).collect(),
                freshness: Freshness::of(&reads),
            })
            .collect();
        // Stable, so that nodes of one verdict stay in the order of their names.
        nodes.sort_by_key(|node| !node.is_behind());
        Ok(SourcesListed::new(
            nodes,
            schemas(snapshot),
            snapshot.bundles.clone(),
            snapshot.gaps.clone(),
        ))
    }
}

/// The schemas of the databases, each once.
fn schemas(snapshot: &Snapshot) -> Vec<SchemaListed> {
    let schemas: BTreeSet<(Database, &str, &[String])> = snapshot
        .databases
        .iter()
        .map(|read| {
            let version = &*read.rows.layout().schema.version;
            (read.database, version, read.missing.as_slice())
        })
        .collect();
    schemas
        .into_iter()
        .map(|(database, version, missing)| SchemaListed {
            database,
            version: version.to_owned(),
            missing: missing.to_vec(),
        })
        .collect()
}

#[cfg(test)]
mod tests;
