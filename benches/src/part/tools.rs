//! Every tool over MCP: how long an answer takes, and how large it is.

use std::time::Instant;

use anyhow::{Context, Result};
use ovn_shapes::port_name;
use ovn_tests::demo::{Demo, NODES, NORTHBOUND};
use serde_json::{Value as Json, json};

use crate::dataset::Dataset;
use crate::mcp::Conversation;
use crate::measured::{Measured, OURS, median};
use crate::part::Bench;

/// How many bytes of an answer make a token, as models count.
const BYTES_A_TOKEN: f64 = 2.2;
/// How often each question is asked.
const CALLS: usize = 10;

pub(super) fn run(bench: &mut Bench) -> Result<()> {
    let demo = Demo::unpack()?;
    let file = demo.file(NODES[0], NORTHBOUND);
    let recorded = format!("recorded:{}", file.display());
    ask_all(bench, "demo", &["demo".to_owned()], |tool| match tool {
        "packet_trace" => vec![json!({"from": "shop_cart-0", "to": "10.244.0.1"})],
        "rows_find" => vec![ports()],
        "object_locate" => vec![json!({"object": "shop/cart-0"})],
        "flow_detrace" => vec![json!({"cookies": ["0x12345678"]})],
        // A recording has no switch to ask, does not change, and has no moment to choose by
        // default.
        "ofproto_trace" | "changes_watch" | "rows_at" => Vec::new(),
        "rows_diff" => {
            vec![json!({"db": "nb", "from_node": NODES[0], "to_node": NODES[1]})]
        }
        _ => vec![json!({})],
    })?;
    ask_all(
        bench,
        "demo's northbound file",
        &[recorded],
        |tool| match tool {
            "rows_at" => vec![with(ports(), "at", "record:20")],
            "rows_diff" => vec![json!({"db": "nb", "from_at": "record:20"})],
            _ => Vec::new(),
        },
    )?;
    if bench.short {
        return Ok(());
    }
    let northbound = bench.serve(&Dataset::northbound('M'))?;
    let southbound = bench.serve(&Dataset::southbound('L'))?;
    let sources = [northbound.endpoint(), southbound.endpoint()];
    ask_all(
        bench,
        "servers, NB M and SB L",
        &sources,
        |tool| match tool {
            "rows_find" => vec![ports()],
            "topology_show" => vec![json!({}), json!({"of": port_name(7)})],
            "sources_list" | "health_check" => vec![json!({})],
            _ => Vec::new(),
        },
    )
}

fn ports() -> Json {
    json!({"db": "nb", "table": "Logical_Switch_Port", "where": ["type == router"]})
}

fn with(mut arguments: Json, name: &str, value: &str) -> Json {
    arguments[name] = json!(value);
    arguments
}

/// Asks every tool the questions there are for it.
fn ask_all(
    bench: &mut Bench,
    place: &str,
    sources: &[String],
    questions: impl Fn(&str) -> Vec<Json>,
) -> Result<()> {
    let mut conversation = Conversation::start(sources)?;
    for tool in conversation.tools()? {
        for arguments in questions(&tool) {
            let mut took = Vec::new();
            let mut bytes = 0;
            let before = conversation.cost()?.cpu;
            let large = place.starts_with("servers") || bench.short;
            let calls = if large { 3 } else { CALLS };
            for _ in 0..calls {
                let start = Instant::now();
                (_, bytes) = conversation
                    .call(&tool, &arguments)
                    .with_context(|| format!("{tool} on {place}"))?;
                took.push(start.elapsed().as_secs_f64() * 1000.0);
            }
            let cost = conversation.cost()?;
            let cpu = (cost.cpu - before).as_secs_f64() / f64::from(u32::try_from(calls)?);
            let bytes = f64::from(u32::try_from(bytes)?);
            let detail = match &arguments {
                Json::Object(members) if members.is_empty() => String::new(),
                other => format!(" {other}"),
            };
            let measured = Measured::new("tools", &format!("{place}: {tool}{detail}"), OURS, 1)
                .with("median_ms", median(took).context("some calls")?)
                .with("cpu_s", cpu)
                .with("bytes", bytes)
                .with("tokens", (bytes / BYTES_A_TOKEN).round());
            bench.log.add(measured)?;
        }
    }
    Ok(())
}
