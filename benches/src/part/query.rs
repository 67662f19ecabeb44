//! One question to a server: by a fresh process, and by what runs already.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use ovn_shapes::port_name;
use serde_json::{Value as Json, json};

use crate::dataset::{Dataset, Kind};
use crate::mcp::Conversation;
use crate::measured::{Measured, OURS, percentile99};
use crate::part::Bench;
use crate::peer::{self, ctl_once};
use crate::process::{Cost, cpu, run as measure, settled_cpu};

/// A select of the stock client.
const QUERY: &str = "ovsdb-client query";
/// The stock tool, which first follows what its command needs.
const FIND: &str = "ovn-nbctl find";
/// Our MCP server with the question asked before.
const WARM: &str = "ovnscope mcp, warm";

/// How often a warm server is asked.
const CALLS: usize = 10;

/// A question in each notation.
struct Question {
    name: &'static str,
    ours: String,
    select: Json,
    find: String,
}

pub(super) fn run(bench: &mut Bench) -> Result<()> {
    let letter = if bench.short { 'T' } else { 'L' };
    let server = bench.serve(&Dataset::northbound(letter))?;
    let endpoint = server.endpoint();
    let port = port_name(7);
    let questions = [
        Question {
            name: "one port by name",
            ours: format!("name == {port}"),
            select: json!(["name", "==", port]),
            find: format!("name={port}"),
        },
        Question {
            name: "the ports of a namespace",
            ours: "external_ids:namespace == namespace-0001".to_owned(),
            select: json!([
                "external_ids",
                "includes",
                ["map", [["namespace", "namespace-0001"]]]
            ]),
            find: "external_ids:namespace=namespace-0001".to_owned(),
        },
    ];
    for question in &questions {
        let case = format!("NB {letter}, {}", question.name);
        for round in 1..=bench.rounds {
            // Whoever comes first finds a server that has just freed the rows of the last one.
            let (first, second) = match round % 2 {
                1 => (OURS, QUERY),
                _ => (QUERY, OURS),
            };
            for peer in [first, second, FIND, WARM] {
                let before = settled_cpu(server.daemon().pid())?;
                let measured = Measured::new("query", &case, peer, round);
                let (measured, names) = match peer {
                    OURS => fresh(measured, &mut ours(&endpoint, question)?)?,
                    QUERY => fresh(measured, &mut query(&endpoint, question))?,
                    FIND => fresh(measured, &mut find(&endpoint, question))?,
                    _ => warm(measured, &endpoint, question, bench.short)?,
                };
                let asked = if peer == WARM { calls(bench.short) } else { 1 };
                let spent = (cpu(server.daemon().pid())? - before).as_secs_f64();
                let spent = spent / f64::from(u32::try_from(asked)?);
                bench
                    .log
                    .add(measured.with("server_cpu_s", spent).saw(Some(names)))?;
            }
        }
    }
    Ok(())
}

fn calls(short: bool) -> usize {
    if short { 3 } else { CALLS }
}

fn ours(endpoint: &str, question: &Question) -> Result<Command> {
    let mut command = peer::ovnscope()?;
    command.args(["--source", endpoint, "rows-find", "--db", "nb"]);
    command.args(["--table", "Logical_Switch_Port", "--where", &question.ours]);
    command.args(["--columns", "name", "--limit", "100", "--json"]);
    Ok(command)
}

fn query(endpoint: &str, question: &Question) -> Command {
    let select = json!({"op": "select", "table": "Logical_Switch_Port", "columns": ["name"],
                        "where": [question.select]});
    let query = json!([Kind::Northbound.database(), select]);
    let mut command = Command::new("ovsdb-client");
    command.args(["query", endpoint, &query.to_string()]);
    command
}

fn find(endpoint: &str, question: &Question) -> Command {
    let words = [
        "--columns=name",
        "find",
        "Logical_Switch_Port",
        &question.find,
    ];
    ctl_once(endpoint, Kind::Northbound, &words)
}

fn fresh(measured: Measured, command: &mut Command) -> Result<(Measured, String)> {
    let (cost, printed) = measure(command)?;
    Ok((
        measured.cost(&cost),
        names(&serde_json::from_slice(&printed)?)?,
    ))
}

fn warm(
    measured: Measured,
    endpoint: &str,
    question: &Question,
    short: bool,
) -> Result<(Measured, String)> {
    let mut conversation = Conversation::start(&[endpoint.to_owned()])?;
    let arguments = json!({"db": "nb", "table": "Logical_Switch_Port", "limit": 100,
                           "columns": ["name"], "where": [question.ours]});
    let (answer, _) = conversation.call("rows_find", &arguments)?;
    let before = conversation.cost()?.cpu;
    let mut took = Vec::new();
    for _ in 0..calls(short) {
        let start = Instant::now();
        conversation.call("rows_find", &arguments)?;
        took.push(start.elapsed().as_secs_f64());
    }
    let after = conversation.cost()?;
    let count = u32::try_from(took.len())?;
    let cost = Cost {
        wall: Duration::from_secs_f64(took.iter().sum::<f64>() / f64::from(count)),
        cpu: (after.cpu - before) / count,
        rss: after.rss,
    };
    let p99 = percentile99(took).context("some calls")?;
    let names = names(&answer["structuredContent"])?;
    Ok((measured.cost(&cost).with("p99_ms", p99 * 1000.0), names))
}

/// The names in an answer, whoever gave it, in order.
pub(super) fn names(answer: &Json) -> Result<String> {
    let by_heading = |headings: &Json, rows: &Json| -> Option<Vec<String>> {
        let at = headings
            .as_array()?
            .iter()
            .position(|heading| heading == "name")?;
        let name = |row: &Json| row[at].as_str().map(str::to_owned);
        rows.as_array()?.iter().map(name).collect()
    };
    let select = || -> Option<Vec<String>> {
        let name = |row: &Json| row["name"].as_str().map(str::to_owned);
        answer[0]["rows"].as_array()?.iter().map(name).collect()
    };
    let mut names = by_heading(&answer["columns"], &answer["rows"])
        .or_else(|| by_heading(&answer["headings"], &answer["data"]))
        .or_else(select)
        .with_context(|| format!("no names in {answer}"))?;
    names.sort_unstable();
    Ok(format!("{} {}", names.len(), names.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_peer_spells_the_same_names_in_its_own_way() {
        let ours = json!({"columns": ["_uuid", "name"], "rows": [["u1", "b"], ["u2", "a"]]});
        let find = json!({"data": [["a"], ["b"]], "headings": ["name"]});
        let query = json!([{"rows": [{"name": "b"}, {"name": "a"}]}]);
        for answer in [ours, find, query] {
            assert_eq!(names(&answer).unwrap(), "2 a b");
        }
        assert!(names(&json!({"rows": []})).is_err());
    }
}
