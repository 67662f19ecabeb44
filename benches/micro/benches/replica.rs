//! What a replica costs: bytes a row, and time for inserts, lookups and changes.
//!
//! `cargo bench -p ovn-micro-benches --bench replica`. Each table is measured with each index in a
//! process of its own. Bytes are what that process grew by, as the kernel counts it
//! (`/proc/self/statm`), divided by the rows. Times are the processor's, as the kernel counts them
//! (`/proc/self/schedstat`), the best of several rounds where a round can be repeated. The tables
//! are synthetic, shaped like those of OVN-Kubernetes.
#![expect(
    clippy::print_stdout,
    reason = "a measurement tells its figures to whoever runs it"
)]

use std::env;
use std::fs;
use std::hint::black_box;
use std::ops::Bound;
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use ovn_schemas::{nb, sb};
use ovsdb_client::replica::{Cause, IndexColumns, IndexSpec, Replica, Values};
use ovsdb_client::schema::{DatabaseLayout, DatabaseSchema};
use ovsdb_client::table::DatabaseDef;
use ovsdb_client::update::{Format, Update};
use ovsdb_client::value::{Atom, Datum, Uuid};

const ROWS: usize = 200_000;
/// How many rows are changed or added after the first.
const MORE: usize = 20_000;
/// How many rows a message has where it has several.
const MESSAGE: usize = 100;
const PAGE: usize = 4096;

const NORTHBOUND: &str = include_str!("../../../schemas/ovsschema/ovn-nb.ovsschema");
const SOUTHBOUND: &str = include_str!("../../../schemas/ovsschema/ovn-sb.ovsschema");

/// A table, its rows as an update tells them, and what they are found by.
struct Shape {
    name: &'static str,
    database: &'static DatabaseDef,
    schema: &'static str,
    row: fn(usize) -> String,
    /// A key that each row has for itself.
    key: fn(IndexColumns) -> IndexColumns,
    key_of: fn(usize) -> Atom,
    /// A column that refers to rows, each of which many refer to.
    references: Option<&'static str>,
}

const SHAPES: [Shape; 3] = [
    Shape {
        name: nb::logical_switch_port::DEFINITION.name,
        database: &nb::DATABASE,
        schema: NORTHBOUND,
        row: port,
        key: |columns| columns.column(nb::logical_switch_port::NAME.name()),
        key_of: |number| port_name(number).into(),
        references: None,
    },
    Shape {
        name: nb::acl::DEFINITION.name,
        database: &nb::DATABASE,
        schema: NORTHBOUND,
        row: acl,
        key: |columns| columns.map_key(nb::acl::EXTERNAL_IDS.name(), "k8s.ovn.org/id"),
        key_of: |number| acl_id(number).into(),
        references: None,
    },
    Shape {
        name: sb::logical_flow::DEFINITION.name,
        database: &sb::DATABASE,
        schema: SOUTHBOUND,
        row: flow,
        key: |columns| columns.map_key(sb::logical_flow::EXTERNAL_IDS.name(), "stage-hint"),
        key_of: |number| hint(number).into(),
        references: Some("logical_datapath"),
    },
];

/// The index that a word tells a process to keep.
fn index(shape: &Shape, word: &str, columns: IndexColumns) -> Option<IndexSpec> {
    match (word, shape.references) {
        ("hash", _) => Some(IndexSpec::hash(columns)),
        ("ordered", _) => Some(IndexSpec::ordered(columns)),
        ("references", Some(column)) => Some(IndexSpec::references_named(shape.name, column)),
        _ => None,
    }
}

fn main() -> Result<()> {
    if let Some(shape) = env::args().nth(1)
        && let Some(shape) = SHAPES.iter().find(|known| known.name == shape)
    {
        let word = env::args().nth(2).unwrap_or_default();
        return measure(shape, &word);
    }
    for shape in &SHAPES {
        println!("{}, {ROWS} rows", shape.name);
        let references = shape.references.map(|_| "references");
        let ways = ["grown", "without", "hash", "ordered"];
        for index in ways.into_iter().chain(references) {
            match index {
                "grown" => println!("  grown, {MESSAGE} rows a message"),
                _ => println!("  {index} index"),
            }
            let mut child = Command::new(env::current_exe()?);
            child.args([shape.name, index]);
            // Without this, memory that was used once for all rows stays with the process.
            child.env("GLIBC_TUNABLES", "glibc.malloc.mmap_threshold=131072");
            ensure!(child.status()?.success(), "{} was not measured", shape.name);
        }
    }
    Ok(())
}

fn measure(shape: &Shape, word: &str) -> Result<()> {
    let schema = Arc::new(DatabaseSchema::parse(shape.schema)?);
    let layout = Arc::new(DatabaseLayout::new(schema, shape.database.tables));
    let columns = (shape.key)(IndexColumns::of(shape.name));
    if word == "grown" {
        return grow(shape, &layout);
    }
    let empty = resident()?;
    let all = read(&layout, &told(shape, 0..ROWS))?;
    let mut replica = Replica::new(Arc::clone(&layout));
    let replaced = once(ROWS, || replica.replace(all, Cause::Initial))?;
    let rows = resident()?;
    let index = index(shape, word, columns.clone());
    let is_indexed = index.is_some();
    match index {
        None => {
            println!("    {replaced:5.0} ns a row, all taken in at once");
            println!("    {:5} bytes a row", (rows - empty) / ROWS);
            read_rows(shape, &replica)?;
        }
        Some(index) => {
            let ns = once(ROWS, || replica.declare(index))?;
            println!("    {ns:5.0} ns a row to make the index");
            println!("    {:5} bytes a row more", (resident()? - rows) / ROWS);
        }
    }
    if word == "references" || !is_indexed && shape.references.is_some() {
        find_referrers(&replica)?;
    }
    if word != "references" {
        find_rows(shape, &replica, &columns, is_indexed)?;
    }
    let updates = (0..MORE)
        .map(|number| {
            let row = uuid(shuffled(number));
            let change = format!(r#"{{"external_ids": ["map", [["k", "{number}"]]]}}"#);
            let rows = format!(r#"{{"{row}": {{"modify": {change}}}}}"#);
            read(&layout, &format!(r#"{{"{}": {rows}}}"#, shape.name))
        })
        .collect::<Result<Vec<_>>>()?;
    let ns = applied(&mut replica, updates)?;
    println!("    {ns:5.0} ns to change one row a message, not its key");
    let updates = (0..MORE / MESSAGE)
        .map(|part| ROWS + part * MESSAGE)
        .map(|first| read(&layout, &told(shape, first..first + MESSAGE)))
        .collect::<Result<Vec<_>>>()?;
    let ns = applied(&mut replica, updates)?;
    println!("    {ns:5.0} ns to add a row, {MESSAGE} a message");
    Ok(())
}

/// Takes all rows in one message after the other.
fn grow(shape: &Shape, layout: &Arc<DatabaseLayout>) -> Result<()> {
    let empty = resident()?;
    let mut replica = Replica::new(Arc::clone(layout));
    for first in (0..ROWS).step_by(MESSAGE) {
        let update = read(layout, &told(shape, first..first + MESSAGE))?;
        replica.apply(update, Values::Differences, Cause::Delta)?;
    }
    println!("    {:5} bytes a row", (resident()? - empty) / ROWS);
    Ok(())
}

fn read_rows(shape: &Shape, replica: &Replica) -> Result<()> {
    let snapshot = replica.snapshot();
    let table = snapshot.table(shape.name).context("the table is there")?;
    let bytes = table.iter().map(|row| row.bytes()).sum::<usize>() / ROWS;
    println!("    {bytes:5} bytes in its record");
    // Many times in a round: the kernel counts in milliseconds.
    let ns = best(3, 100 * ROWS, || {
        for _ in 0..100 {
            black_box(table.iter().map(|row| row.bytes()).sum::<usize>());
        }
        Ok(())
    })?;
    println!("    {ns:5.0} ns to the next row");
    let ns = best(3, ROWS, || {
        for number in 0..ROWS {
            let row = table.get(uuid(shuffled(number)));
            black_box(row.context("each row is found")?);
        }
        Ok(())
    })?;
    println!("    {ns:5.0} ns for a row by UUID");
    Ok(())
}

fn find_rows(
    shape: &Shape,
    replica: &Replica,
    columns: &IndexColumns,
    is_indexed: bool,
) -> Result<()> {
    let snapshot = replica.snapshot();
    let keyed = snapshot.keyed(columns)?;
    let key = |number| [Datum::scalar((shape.key_of)(number))];
    if !is_indexed {
        let none = key(ROWS);
        let ns = best(3, ROWS, || {
            let rows = keyed.range(Bound::Excluded(&none), Bound::Excluded(&none))?;
            black_box(rows.count());
            Ok(())
        })?;
        println!("    {ns:5.0} ns a row scanned for a key");
        return Ok(());
    }
    let keys: Vec<_> = (0..MORE).map(|number| key(shuffled(number))).collect();
    let ns = best(5, MORE, || {
        for key in &keys {
            black_box(keyed.lookup(key)?.next().context("each key is found")?);
        }
        Ok(())
    })?;
    println!("    {ns:5.0} ns for a row by key");
    if keyed.is_ordered() {
        let ns = best(3, ROWS, || {
            black_box(keyed.range(Bound::Unbounded, Bound::Unbounded)?.count());
            Ok(())
        })?;
        println!("    {ns:5.0} ns to the next row in order");
    }
    Ok(())
}

fn find_referrers(replica: &Replica) -> Result<()> {
    let snapshot = replica.snapshot();
    let target = sb::datapath_binding::DEFINITION.name;
    let found = snapshot.referrers_of(target, uuid(7)).len();
    let ns = best(3, 50 * found, || {
        for number in 0..50 {
            black_box(snapshot.referrers_of(target, uuid(number)));
        }
        Ok(())
    })?;
    println!("    {ns:5.0} ns for each of {found} rows that refer to one");
    Ok(())
}

/// Another number for each of the rows, without a pattern that memory could follow.
fn shuffled(number: usize) -> usize {
    number * 123_457 % ROWS
}

/// Applies updates, each with the snapshot before still held, as a client's readers do.
fn applied(replica: &mut Replica, updates: Vec<Update>) -> Result<f64> {
    let rows: usize = updates.iter().map(Update::rows).sum();
    let mut held = replica.snapshot();
    once(rows, || {
        for update in updates {
            black_box(replica.apply(update, Values::Differences, Cause::Delta)?);
            held = replica.snapshot();
        }
        black_box(held);
        anyhow::Ok(())
    })
}

fn read(layout: &Arc<DatabaseLayout>, text: &str) -> Result<Update> {
    Ok(Update::decode(layout, Format::Differences, text)?)
}

/// New rows, as a server tells them.
fn told(shape: &Shape, rows: impl Iterator<Item = usize>) -> String {
    // One text that grows: many small ones would leave holes for the rows to fill.
    let mut text = format!(r#"{{"{}": {{"#, shape.name);
    for (place, number) in rows.enumerate() {
        let comma = if place == 0 { "" } else { "," };
        let row = (shape.row)(number);
        text.push_str(&format!(
            r#"{comma}"{}": {{"insert": {row}}}"#,
            uuid(number)
        ));
    }
    text.push_str("}}");
    text
}

/// What the process holds in memory, in bytes.
fn resident() -> Result<usize> {
    let statm = fs::read_to_string("/proc/self/statm")?;
    let pages = statm.split(' ').nth(1).context("the second number")?;
    Ok(pages.parse::<usize>()? * PAGE)
}

/// What the process has had of the processor, in nanoseconds.
fn spent() -> Result<f64> {
    let schedstat = fs::read_to_string("/proc/self/schedstat")?;
    let first = schedstat.split(' ').next().context("the first number")?;
    Ok(first.parse()?)
}

/// The time for each of `count`, in nanoseconds.
fn once<T, E: Into<anyhow::Error>>(
    count: usize,
    run: impl FnOnce() -> Result<T, E>,
) -> Result<f64> {
    let start = spent()?;
    let result = run();
    let took = spent()? - start;
    result.map_err(Into::into)?;
    Ok(took / count as f64)
}

/// The best of some rounds, for each of `count`, in nanoseconds.
fn best(rounds: usize, count: usize, mut run: impl FnMut() -> Result<()>) -> Result<f64> {
    let mut least = f64::INFINITY;
    for _ in 0..rounds {
        least = least.min(once(count, &mut run)?);
    }
    Ok(least)
}

/// Spread like a random one, and the same in every run.
fn uuid(number: usize) -> Uuid {
    let number = (number as u128 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    Uuid::from_u128(number ^ (number >> 61))
}

fn port_name(number: usize) -> String {
    format!(
        "namespace-{}_deployment-{number}-7c9f8b6d5-x2x4z",
        number / 50
    )
}

fn port(number: usize) -> String {
    let (net, a, b) = (number / 62_500, number / 250 % 250, number % 250);
    let address = format!("0a:58:0a:{net:02x}:{a:02x}:{b:02x} 10.{net}.{a}.{b}");
    format!(
        r#"{{"name": "{}", "addresses": "{address}", "port_security": "{address}", "up": true,
        "external_ids": ["map", [["namespace", "namespace-{}"], ["pod", "true"]]],
        "options": ["map", [["iface-id-ver", "{}"], ["requested-chassis", "worker-{a}"]]]}}"#,
        port_name(number),
        number / 50,
        uuid(number),
    )
}

fn acl_id(number: usize) -> String {
    let (namespace, policy) = (number / 50, number % 50);
    format!(
        "default-network-controller:NetworkPolicy:namespace-{namespace}:allow-{policy}:Ingress:0:None:-1"
    )
}

fn acl(number: usize) -> String {
    let (namespace, policy) = (number / 50, number % 50);
    format!(
        r#"{{"action": "allow-related", "direction": "to-lport", "priority": {},
        "match": "ip4.src == {{$a{number}, $a{number}}} && outport == @a{namespace} && tcp.dst==8080",
        "name": "NP:namespace-{namespace}:allow-{policy}:Ingress", "tier": 2, "severity": "info",
        "meter": "acl-logging", "external_ids": ["map", [
            ["direction", "Ingress"], ["gress-index", "0"], ["ip-block-index", "-1"],
            ["k8s.ovn.org/id", "{}"], ["k8s.ovn.org/name", "namespace-{namespace}:allow-{policy}"],
            ["k8s.ovn.org/owner-controller", "default-network-controller"],
            ["k8s.ovn.org/owner-type", "NetworkPolicy"], ["port-policy-protocol", "tcp"]]]}}"#,
        number % 2000,
        acl_id(number),
    )
}

fn hint(number: usize) -> String {
    format!("{:08x}", number * 7919)
}

fn flow(number: usize) -> String {
    format!(
        r#"{{"pipeline": "ingress", "table_id": {}, "priority": {},
        "match": "inport == \"namespace-{}_pod-{number}\" && eth.src == {{0a:58:0a:80:00:05}}",
        "actions": "reg0[15] = check_in_port_sec(); next;", "logical_datapath": ["uuid", "{}"],
        "external_ids": ["map", [["source", "northd.c:8123"], ["stage-hint", "{}"],
                                 ["stage-name", "ls_in_check_port_sec"]]]}}"#,
        number % 32,
        number % 3000,
        number / 50,
        uuid(number % 100),
        hint(number),
    )
}
