//! Database files of such clusters: compacted ones, and ones with a history.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value as Json;

use crate::northbound::{northbound, switch_port};
use crate::writer::{JSON, record};
use crate::{Rows, Size};

/// When the first transaction was written, in milliseconds since 1970.
const FIRST: usize = 1_760_000_000_000;
/// How long after each other transactions were written, in milliseconds.
const APART: usize = 40;

/// Writes a file whose one transaction holds all rows.
///
/// # Errors
/// The schema cannot be read or the file not written.
pub fn standalone(path: &Path, schema: &Path, rows: &Rows) -> Result<()> {
    let mut out = begin(path, schema)?;
    let all = rows.transaction(FIRST, "compacted", false);
    out.write_all(&record(JSON, &all))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// Writes a northbound file to which one pod in five came later, each with two transactions: its
/// port comes, and then goes up. Gives how many transactions there are.
///
/// # Errors
/// The schema cannot be read or the file not written.
pub fn recording(path: &Path, schema: &Path, size: Size) -> Result<usize> {
    let early = size.pods - size.pods / 5;
    let mut out = std::io::BufWriter::new(begin(path, schema)?);
    let base = northbound(size, early).transaction(FIRST, "compacted", false);
    out.write_all(&record(JSON, &base))?;
    let mut count = 1;
    for pod in early..size.pods {
        let (uuid, columns) = (size.uuid("port", pod), switch_port(size, pod));
        let reference = format!(r#"{{"ports":["uuid","{uuid}"]}}"#);
        let mut comes = Rows::default();
        comes.add(
            "Logical_Switch_Port",
            &uuid,
            &columns.replace(r#""up":true"#, r#""up":false"#),
        );
        let switch = size.uuid("switch", pod % size.nodes);
        comes.add("Logical_Switch", &switch, &reference);
        comes.add("Port_Group", &size.uuid("ports", pod / 50), &reference);
        let mut rises = Rows::default();
        rises.add("Logical_Switch_Port", &uuid, r#"{"up":true}"#);
        for (rows, comment) in [(comes, "ovnkube-master: add pod"), (rises, "ovn-northd")] {
            let text = rows.transaction(FIRST + count * APART, comment, true);
            out.write_all(&record(JSON, &text))?;
            count += 1;
        }
    }
    out.flush()
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(count)
}

fn begin(path: &Path, schema: &Path) -> Result<fs::File> {
    let text =
        fs::read_to_string(schema).with_context(|| format!("cannot read {}", schema.display()))?;
    // A record is one line.
    let text: Json = serde_json::from_str(&text).context("the schema is no JSON")?;
    let mut out =
        fs::File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    out.write_all(&record(JSON, &text.to_string()))?;
    Ok(out)
}
