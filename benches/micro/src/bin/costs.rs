//! Reports what the replica costs in memory: bytes a row by table, what an index adds, and
//! allocations an update.
//!
//! `ovn-costs` writes `benches/COST.md`; `ovn-costs --check` fails where that is not what it would
//! write. What is counted are requests to the allocator, which are the same on every machine of a
//! kind; nothing here is a time.

use std::env;
use std::fmt::Write;
use std::fs;
use std::sync::Arc;

use allocation_counter::{AllocationInfo, measure};
use anyhow::{Context, Result, bail, ensure};
use ovn_micro_benches::material::Material;
use ovn_schemas::{nb, sb};
use ovsdb_client::replica::{Cause, IndexColumns, IndexSpec, Replica, Values};

/// The report, from this package's folder.
const REPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../COST.md");

/// How many nodes and pods the databases have whose tables are shown.
const NORTHBOUND: (usize, usize) = (50, 10_000);
const SOUTHBOUND: (usize, usize) = (30, 3_000);
/// The same of smaller ones, to tell what grows with what.
const SMALLER: usize = 5;

fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let report = report()?;
    match words
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        [] => fs::write(REPORT, report).context(REPORT),
        ["--check"] => {
            let kept = fs::read_to_string(REPORT).context(REPORT)?;
            let changed = report
                .lines()
                .zip(kept.lines())
                .find(|(new, old)| new != old);
            ensure!(
                report == kept,
                "benches/COST.md is not current; run `cargo run --release -p ovn-micro-benches \
                 --bin ovn-costs`. The first line that differs: {changed:?}"
            );
            Ok(())
        }
        _ => bail!("usage: ovn-costs [--check]"),
    }
}

fn report() -> Result<String> {
    let mut report = String::from(include_str!("../../report.md"));
    let northbound = Material::northbound(NORTHBOUND.0, NORTHBOUND.1)?;
    let southbound = Material::southbound(SOUTHBOUND.0, SOUTHBOUND.1)?;
    let databases = [
        (
            "OVN_Northbound",
            Material::northbound(NORTHBOUND.0 / SMALLER, NORTHBOUND.1 / SMALLER)?,
            NORTHBOUND,
            SMALLER,
        ),
        ("OVN_Northbound", northbound.clone(), NORTHBOUND, 1),
        (
            "OVN_Southbound",
            Material::southbound(SOUTHBOUND.0 / SMALLER, SOUTHBOUND.1 / SMALLER)?,
            SOUTHBOUND,
            SMALLER,
        ),
        ("OVN_Southbound", southbound.clone(), SOUTHBOUND, 1),
    ];
    report.push_str("\n## Whole databases\n\n");
    report.push_str("| database | nodes | pods | rows | JSON, MB | replica, MB | ÷ JSON | the most at once, MB |\n");
    report.push_str("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (name, material, (nodes, pods), smaller) in &databases {
        let line = whole(name, material, nodes / smaller, pods / smaller)?;
        report.push_str(&line);
    }
    for material in [&northbound, &southbound] {
        report.push_str(&tables(material)?);
    }
    report.push_str(&indexes(&northbound, &southbound)?);
    report.push_str(&updates(&northbound, &southbound)?);
    Ok(report)
}

/// A line of the table of whole databases.
fn whole(name: &str, material: &Material, nodes: usize, pods: usize) -> Result<String> {
    let text = material.all_initial();
    let (replica, info) = filled(material, &text)?;
    let rows: usize = replica.snapshot().tables().map(|table| table.len()).sum();
    let (json, held) = (float(text.len()), net(material, &info));
    Ok(format!(
        "| {name} | {nodes} | {pods} | {rows} | {:.2} | {:.2} | {:.2} | {:.2} |\n",
        json / 1e6,
        held / 1e6,
        held / json,
        info.bytes_max as f64 / 1e6,
    ))
}

/// The tables of a database, those with most bytes first.
fn tables(material: &Material) -> Result<String> {
    let mut lines = Vec::new();
    for (table, rows) in &material.tables {
        let text = material.initial(table)?;
        let (replica, info) = filled(material, &text)?;
        let snapshot = replica.snapshot();
        let stored = snapshot.table(table).context("the table is there")?;
        let records: usize = stored.iter().map(|row| row.bytes()).sum();
        let json: usize = rows.values().map(|row| row.get().len()).sum();
        let held = net(material, &info);
        let count = float(rows.len());
        let line = format!(
            "| `{table}` | {} | {:.0} | {:.0} | {:.0} | {:.2} |\n",
            rows.len(),
            float(json) / count,
            float(records) / count,
            held / count,
            (info.count_current - empty(material).count_current) as f64 / count,
        );
        lines.push((held, line));
    }
    lines.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let mut text = String::new();
    let _ = writeln!(text, "\n## Tables of {}\n", material.definition.name);
    text.push_str("Bytes a row: its JSON in a file, its record ([`Row::bytes`]), and all that the replica holds for it.\n\n");
    text.push_str("| table | rows | JSON | record | replica | allocations a row |\n");
    text.push_str("| --- | ---: | ---: | ---: | ---: | ---: |\n");
    text.extend(lines.into_iter().map(|(_, line)| line));
    Ok(text)
}

/// A replica of what a server tells at first, and what making it took.
fn filled(material: &Material, text: &str) -> Result<(Replica, AllocationInfo)> {
    let mut replica = None;
    let info = measure(|| replica = Some(fill(material, text)));
    Ok((replica.context("it was made")??, info))
}

fn fill(material: &Material, text: &str) -> Result<Replica> {
    let mut replica = Replica::new(Arc::clone(&material.layout));
    replica.replace(material.read(text)?, Cause::Initial)?;
    Ok(replica)
}

/// The bytes that are held for rows: those of a replica without any left out.
fn net(material: &Material, info: &AllocationInfo) -> f64 {
    (info.bytes_current - empty(material).bytes_current) as f64
}

fn empty(material: &Material) -> AllocationInfo {
    let mut replica = None;
    measure(|| replica = Some(Replica::new(Arc::clone(&material.layout))))
}

fn float(count: usize) -> f64 {
    count as f64
}

/// A table of indexes of each kind.
fn indexes(northbound: &Material, southbound: &Material) -> Result<String> {
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

/// How many rows are changed, one map of each.
const CHANGED: usize = 1_000;
/// How many rows a message has.
const MESSAGES: [usize; 2] = [1, 100];

/// A table of updates, each with the snapshot before still held, as a client's readers do.
fn updates(northbound: &Material, southbound: &Material) -> Result<String> {
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
            text.push_str(&update(material, table, a_message)?);
        }
    }
    Ok(text)
}

fn update(material: &Material, table: &str, a_message: usize) -> Result<String> {
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
