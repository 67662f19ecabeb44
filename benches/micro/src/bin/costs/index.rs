//! What an index adds.

use std::fmt::Write;

use allocation_counter::measure;
use anyhow::{Context, Result};
use ovn_micro_benches::material::Material;
use ovn_schemas::{nb, sb};
use ovsdb_client::replica::{IndexColumns, IndexSpec};

use crate::table::{filled, float};

/// A table of indexes of each kind.
pub(crate) fn each(northbound: &Material, southbound: &Material) -> Result<String> {
    let port = || {
        IndexColumns::of(nb::logical_switch_port::DEFINITION.name)
            .column(nb::logical_switch_port::NAME.name())
    };
    let acl = || {
        IndexColumns::of(nb::acl::DEFINITION.name)
            .map_key(nb::acl::EXTERNAL_IDS.name(), "k8s.ovn.org/id")
    };
    let hint = || {
        IndexColumns::of(sb::logical_flow::DEFINITION.name)
            .map_key(sb::logical_flow::EXTERNAL_IDS.name(), "stage-hint")
    };
    let (name, id, stage) = (
        "name",
        "external_ids:k8s.ovn.org/id",
        "external_ids:stage-hint",
    );
    let indexes = [
        (northbound, "hash", name, IndexSpec::hash(port())),
        (northbound, "ordered", name, IndexSpec::ordered(port())),
        (northbound, "hash", id, IndexSpec::hash(acl())),
        (northbound, "ordered", id, IndexSpec::ordered(acl())),
        (southbound, "hash", stage, IndexSpec::hash(hint())),
        (southbound, "ordered", stage, IndexSpec::ordered(hint())),
        (
            southbound,
            "references",
            "logical_datapath",
            IndexSpec::references(sb::logical_flow::LOGICAL_DATAPATH),
        ),
    ];
    let mut text = String::from(
        "\n## Indexes\n\nThe schema's own indexes are hash indexes; they are made when lookups have cost as much as they would.\n\n",
    );
    text.push_str("| table | by | index | rows | bytes a row | allocations a row |\n");
    text.push_str("| --- | --- | --- | ---: | ---: | ---: |\n");
    for (material, kind, by, spec) in indexes {
        let table = spec.table().to_owned();
        let rows = material.tables.get(&table).context("the table is there")?;
        let (mut replica, _) = filled(material, &material.initial(&table)?)?;
        let mut declared = Ok(());
        let info = measure(|| declared = replica.declare(spec));
        declared?;
        let rows = rows.len();
        let _ = writeln!(
            text,
            "| `{table}` | `{by}` | {kind} | {rows} | {:.0} | {:.2} |",
            info.bytes_current as f64 / float(rows),
            info.count_current as f64 / float(rows),
        );
    }
    Ok(text)
}
