//! What an update allocates, and what a snapshot costs that is held.

use std::fmt::Write;

use allocation_counter::measure;
use anyhow::{Context, Result};
use ovn_micro_benches::material::Material;
use ovn_schemas::{nb, sb};
use ovsdb_client::replica::{Cause, Values};

use crate::table::{filled, float};

/// How many rows are changed, one map of each.
const CHANGED: usize = 1_000;
/// How many rows a message has.
const MESSAGES: [usize; 2] = [1, 100];

/// A table of updates, each with the snapshot before still held, as a client's readers do.
pub(crate) fn each(northbound: &Material, southbound: &Material) -> Result<String> {
    let mut text = String::from("\n## Updates\n\n");
    let _ = writeln!(
        text,
        "{CHANGED} rows, one map of each changed. An update is read, applied, and a snapshot taken, while the one before is held as readers do. \
         Taking a snapshot allocates nothing. The last column is what a snapshot of before all the updates keeps from being freed, by the rows changed since.\n"
    );
    text.push_str("| table | rows | rows a message | allocations a row to read | and to apply | bytes a row allocated | a held snapshot, bytes a changed row |\n");
    text.push_str("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    let tables = [
        (northbound, nb::logical_switch_port::DEFINITION.name),
        (northbound, nb::acl::DEFINITION.name),
        (southbound, sb::port_binding::DEFINITION.name),
        (southbound, sb::logical_flow::DEFINITION.name),
    ];
    for (material, table) in tables {
        for a_message in MESSAGES {
            text.push_str(&one(material, table, a_message)?);
        }
    }
    Ok(text)
}

fn one(material: &Material, table: &str, a_message: usize) -> Result<String> {
    let rows = material
        .tables
        .get(table)
        .context("the table is there")?
        .len();
    let messages = material.changes(table, CHANGED, a_message)?;
    let changed = float(CHANGED.min(rows));
    let (mut replica, _) = filled(material, &material.initial(table)?)?;
    let mut outcome = Ok(());
    let reading = measure(|| {
        outcome = messages
            .iter()
            .try_for_each(|message| material.read(message).map(drop));
    });
    outcome?;
    let before = replica.snapshot();
    let mut held = replica.snapshot();
    let mut outcome = anyhow::Ok(());
    let whole = measure(|| {
        outcome = messages.iter().try_for_each(|message| {
            replica.apply(material.read(message)?, Values::Differences, Cause::Delta)?;
            held = replica.snapshot();
            Ok(())
        });
    });
    outcome?;
    let freed = measure(|| drop(before));
    let apply = float_of(whole.count_total) - float_of(reading.count_total);
    Ok(format!(
        "| `{table}` | {rows} | {a_message} | {:.1} | {:.1} | {:.0} | {:.0} |\n",
        float_of(reading.count_total) / changed,
        apply / changed,
        float_of(whole.bytes_total) / changed,
        -freed.bytes_current as f64 / changed,
    ))
}

fn float_of(count: u64) -> f64 {
    count as f64
}
