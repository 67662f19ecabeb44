//! Every tool gives the same answer through a cluster as from the databases' own sockets.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use ovn_mcp_server::present::{Budget, MAX_TOKENS};
use ovn_mcp_server::tool::{Definition, TOOLS, Toolset};
use ovn_tests::kubernetes::{KubeCluster, Pod};
use ovn_tests::sandbox::Node;
use ovn_tools::access::Source;
use ovn_tools::access::bundle::{Progress, Silent};
use ovn_tools::check::CHECKS;
use serde_json::{Value as Json, json};

use crate::rows::{direct, node};
use crate::scene::{keeping, nothing_runs};

/// Columns whose values go on while one looks.
const VOLATILE: [&str; 6] = ["duration", "age", "used", "packets", "bytes", "timeout"];

/// A packet from one port of the switch to the other.
const FLOW: &str = "in_port=p1,tcp,dl_src=50:54:00:00:00:01,dl_dst=50:54:00:00:00:02,nw_src=10.0.0.1,\
                    nw_dst=10.0.0.2,nw_ttl=64,tp_src=40000,tp_dst=80";

/// What each tool is asked. A tool that does not stand here fails the test.
fn arguments(tool: &Definition, cookies: &str) -> Result<Json> {
    Ok(match tool.name {
        "object_locate" => json!({"object": "p1"}),
        "packet_trace" => json!({"from": "p1", "to": "p2", "node": "hv1"}),
        "lflow_list" => json!({"datapath": "sw0", "node": "hv1"}),
        "rows_find" => json!({"db": "sb", "table": "Port_Binding"}),
        "schema_describe" => json!({"db": "sb"}),
        "rows_diff" => json!({"db": "nb", "from_node": "hv1", "to_node": "hv2"}),
        "openflow_list" => json!({"node": "hv1", "match": "metadata"}),
        "ofproto_trace" => json!({"node": "hv1", "flow": FLOW}),
        "flow_detrace" => json!({"node": "hv1", "cookies": [cookies]}),
        // Those that compare rows with objects need a cluster.
        "health_check" => json!({"check": of_rows_alone()}),
        "sources_list" | "topology_show" | "acl_list" | "load_balancer_list" | "route_list"
        | "nat_list" | "ovs_show" | "datapath_flow_list" | "conntrack_list" | "ct_zone_list"
        | "daemon_status" => json!({}),
        name => anyhow::bail!("say what {name} is to be asked here"),
    })
}

/// The diagnostics that databases alone answer.
fn of_rows_alone() -> Vec<&'static str> {
    let checks = CHECKS.iter().filter(|check| !check.needs_cluster());
    checks.map(|check| check.id).collect()
}

/// Why a tool is not asked here.
fn is_elsewhere(tool: &Definition) -> bool {
    match tool.toolset {
        // A running server has no past, whatever the way to it.
        Toolset::History => tool.name != "rows_diff",
        // The kernel is this machine's on both ways, and changes while one looks.
        Toolset::Kernel => true,
        // Packets differ each time.
        Toolset::Capture => true,
        // A socket has no API server.
        Toolset::Kubernetes => true,
        _ => false,
    }
}

async fn answer(tool: &Definition, arguments: &Json, sources: &[Source]) -> Result<Json> {
    let arguments = arguments.as_object().context("an object")?.clone();
    let (question, _) = tool
        .question_of_json(arguments)
        .map_err(|failure| anyhow::anyhow!(failure.text()))?;
    let progress: Arc<dyn Progress> = Arc::new(Silent);
    let answer = question.ask(sources, &progress).await;
    let answer = answer.map_err(|failure| anyhow::anyhow!("{}: {}", tool.name, failure.text()))?;
    let mut json = answer
        .structured(Budget::of_tokens(MAX_TOKENS))
        .map_err(|failure| anyhow::anyhow!(failure.text()))?;
    forget(&mut json);
    Ok(json)
}

fn forget(json: &mut Json) {
    match json {
        Json::Object(members) => {
            for origin in ["source", "address", "moment", "pod", "next_cursor"] {
                members.remove(origin);
            }
            let columns = members.get("columns").and_then(Json::as_array).cloned();
            for (at, name) in columns.into_iter().flatten().enumerate() {
                let volatile = name.as_str().is_some_and(|name| VOLATILE.contains(&name));
                for row in members
                    .get_mut("rows")
                    .and_then(Json::as_array_mut)
                    .into_iter()
                    .flatten()
                {
                    if volatile && let Some(value) = row.get_mut(at) {
                        *value = Json::Null;
                    }
                }
            }
            members.values_mut().for_each(forget);
        }
        Json::Array(items) => items.iter_mut().for_each(forget),
        // Each trace takes another number for what it would recirculate.
        Json::String(text) => *text = without_numbers(text, "recirc_id=0x"),
        _ => {}
    }
}

/// A text without the hexadecimal numbers behind these words.
fn without_numbers(text: &str, words: &str) -> String {
    let mut parts = text.split(words);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(words);
        kept.push_str(part.trim_start_matches(|letter: char| letter.is_ascii_hexdigit()));
    }
    kept
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_tool_answers_the_same_through_the_cluster_as_from_the_sockets() -> Result<()> {
    let (one, two) = (node("hv1")?, node("hv2")?);
    prepare(&one)?;
    let cookies = one.appctl(&["ofproto/trace", "br-int", FLOW])?;
    let cluster = KubeCluster::start(vec![
        Pod::upstream("hv1", one.directory()),
        Pod::openshift("hv2", two.directory()).programs(&["perl"]),
    ])
    .await?;
    let sockets = direct(&[&one, &two])?;
    // One and the same for all questions, so that streams are kept and asked again.
    let through = [keeping(&cluster)];
    let mut asked = 0;
    for tool in TOOLS.iter().filter(|tool| !is_elsewhere(tool)) {
        let arguments = arguments(tool, &cookies)?;
        let expected = answer(tool, &arguments, &sockets).await?;
        let found = answer(tool, &arguments, &through).await?;
        assert_eq!(found, expected, "{}", tool.name);
        let again = answer(tool, &arguments, &through).await?;
        assert_eq!(again, expected, "{} asked again", tool.name);
        asked += 1;
    }
    ensure!(asked >= 20, "only {asked} tools were asked");
    // Six databases and the six daemons of two nodes.
    assert!(cluster.running() <= 12, "{} streams", cluster.running());
    drop(through);
    nothing_runs(&cluster).await
}

/// Gives the ports addresses and has a packet pass, so that there is something to list.
fn prepare(node: &Node) -> Result<()> {
    node.nbctl(&["lsp-set-addresses", "p1", "50:54:00:00:00:01 10.0.0.1"])?;
    node.nbctl(&["lsp-set-addresses", "p2", "50:54:00:00:00:02 10.0.0.2"])?;
    node.nbctl(&[
        "acl-add",
        "sw0",
        "from-lport",
        "1000",
        "inport==\"p1\"&&ip",
        "allow-related",
    ])?;
    node.plug("p2")?;
    node.sync()
}

/// Names the daemons' control sockets by their numbers, too, as in a pod.
fn name_by_number(directory: &Path) -> Result<()> {
    for program in ["ovs-vswitchd", "ovn-northd"] {
        let number = fs::read_to_string(directory.join(format!("{program}.pid")))?;
        let socket = directory.join(format!("{program}.ctl"));
        symlink(
            socket,
            directory.join(format!("{program}.{}.ctl", number.trim())),
        )?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn daemons_are_found_by_whichever_program_an_image_has() -> Result<()> {
    let node = node("hv1")?;
    let daemons = TOOLS
        .iter()
        .find(|tool| tool.name == "daemon_status")
        .context("daemon_status")?;
    let expected = answer(daemons, &json!({}), &direct(&[&node])?).await?;
    for program in ["python3", "perl", "socat"] {
        if program == "socat" {
            name_by_number(node.directory())?;
        }
        let pod = Pod::upstream("hv1", node.directory()).programs(&[program]);
        let cluster = KubeCluster::start(vec![pod]).await?;
        let through = [keeping(&cluster)];
        let found = answer(daemons, &json!({}), &through).await?;
        assert_eq!(found, expected, "{program}: {}", found["gaps"]);
        drop(through);
        nothing_runs(&cluster).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_daemon_that_was_restarted_is_found_again() -> Result<()> {
    let mut node = node("hv1")?;
    let daemons = TOOLS
        .iter()
        .find(|tool| tool.name == "daemon_status")
        .context("daemon_status")?;
    let pod = Pod::upstream("hv1", node.directory());
    let cluster = KubeCluster::start(vec![pod]).await?;
    let through = [keeping(&cluster)];
    let before = answer(daemons, &json!({}), &through).await?;
    node.controller_mut().kill()?;
    let gone = answer(daemons, &json!({}), &through).await?;
    assert!(
        gone["summary"]
            .as_str()
            .is_some_and(|text| text.contains("1 of 3")),
        "{gone}"
    );
    node.controller_mut().start_again()?;
    node.sync()?;
    let after = answer(daemons, &json!({}), &through).await?;
    assert_eq!(after["summary"], before["summary"]);
    Ok(())
}
