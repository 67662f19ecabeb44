//! Bytes a row, by table and of whole databases.

use std::fmt::Write;
use std::sync::Arc;

use allocation_counter::{AllocationInfo, measure};
use anyhow::{Context, Result};
use ovn_micro_benches::material::Material;
use ovsdb_client::replica::{Cause, Replica};

/// A line of the table of whole databases.
pub(crate) fn whole(name: &str, material: &Material, nodes: usize, pods: usize) -> Result<String> {
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
pub(crate) fn each(material: &Material) -> Result<String> {
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
pub(crate) fn filled(material: &Material, text: &str) -> Result<(Replica, AllocationInfo)> {
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

pub(crate) fn float(count: usize) -> f64 {
    count as f64
}
