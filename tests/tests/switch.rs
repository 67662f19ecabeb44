//! The tools that ask daemons, beside a live stack.

use anyhow::{Context, Result};
use ovn_tests::sandbox::Node;
use ovn_tools::access::Source;
use ovn_tools::listing::Listing;
use ovn_tools::run::run;
use ovn_tools::tool::conntrack_list::{self, ConntrackList};
use ovn_tools::tool::ct_zone_list::{self, CtZoneList};
use ovn_tools::tool::daemon_status::{self, DaemonStatus};
use ovn_tools::tool::datapath_flow_list::{self, DatapathFlowList};
use ovn_tools::tool::flow_detrace::{self, FlowDetrace};
use ovn_tools::tool::ofproto_trace::{self, OfprotoTrace};
use ovn_tools::tool::openflow_list::{self, INTEGRATION_BRIDGE, OpenflowList};
use ovn_tools::tool::ovs_show::{self, OvsShow};
use serde_json::Value as Json;

/// A node with a switch whose ports are under ACLs, so that packets pass conntrack, and the
/// sources that a user would name for it.
fn node() -> Result<(Node, Vec<Source>)> {
    let node = Node::start("hv1")?;
    for command in [
        "ls-add sw0 -- lsp-add sw0 p1 -- lsp-add sw0 p2",
        "acl-add sw0 from-lport 1000 inport==\"p1\"&&ip allow-related",
        "set NB_Global . name=hv1 options:name=hv1",
    ] {
        node.nbctl(&command.split(' ').collect::<Vec<_>>())?;
    }
    node.nbctl(&["lsp-set-addresses", "p1", "50:54:00:00:00:01 10.0.0.1"])?;
    node.nbctl(&["lsp-set-addresses", "p2", "50:54:00:00:00:02 10.0.0.2"])?;
    node.plug("p1")?;
    node.plug("p2")?;
    node.sync()?;
    let servers = [node.northbound(), node.southbound(), node.open_vswitch()];
    let sources = servers
        .iter()
        .map(|server| server.endpoint().parse())
        .collect::<Result<_, _>>()?;
    Ok((node, sources))
}

/// The texts of one column.
fn column<'l>(listed: &'l Listing, name: &str) -> Vec<&'l str> {
    let at = listed.columns.iter().position(|column| column == name);
    let rows = listed.rows.iter();
    rows.filter_map(|row| row.get(at?)?.as_str()).collect()
}

#[tokio::test]
async fn daemons_are_found_beside_their_databases_and_their_answers_read() -> Result<()> {
    let (node, sources) = node()?;
    let packet = "in_port(1),eth(src=50:54:00:00:00:01,dst=50:54:00:00:00:02),eth_type(0x0800),\
                  ipv4(src=10.0.0.1,dst=10.0.0.2,proto=6,tos=0,ttl=64,frag=no),\
                  tcp(src=40000,dst=80),tcp_flags(syn)";
    node.appctl(&["netdev-dummy/receive", "p1", packet])?;

    let status = run::<DaemonStatus>(&sources, &daemon_status::Params::default()).await?;
    assert_eq!(status.summary, "3 daemons answer", "{:?}", status.gaps);
    let states = column(&status, "state").join("|");
    assert!(
        states.contains("connected") && states.contains("active"),
        "{states}"
    );

    let asked = openflow_list::Params {
        bridge: INTEGRATION_BRIDGE.to_owned(),
        condition: Some("metadata".to_owned()),
        ..openflow_list::Params::default()
    };
    let flows = run::<OpenflowList>(&sources, &asked).await?;
    let expected = node.appctl(&["bridge/dump-flows", INTEGRATION_BRIDGE])?;
    let expected = expected.lines().filter(|line| {
        let condition = line.split("actions=").next().unwrap_or_default();
        condition.contains("metadata")
    });
    assert_eq!(flows.total, expected.count(), "{}", flows.summary);
    assert!(flows.total > 50 && !flows.counts.is_empty());

    let zones = run::<CtZoneList>(&sources, &ct_zone_list::Params::default()).await?;
    let users = column(&zones, "user");
    assert!(users.contains(&"p1") && users.contains(&"p2"), "{users:?}");
    assert!(column(&zones, "told_by").contains(&"ovn-controller, bridge"));

    let asked = conntrack_list::Params {
        address: Some("10.0.0.1".to_owned()),
        ..conntrack_list::Params::default()
    };
    let connections = run::<ConntrackList>(&sources, &asked).await?;
    assert!(connections.total > 0, "{}", connections.summary);
    assert!(column(&connections, "zone_of").contains(&"p1"));
    assert!(column(&connections, "original").contains(&"10.0.0.1:40000 > 10.0.0.2:80"));

    let cached = run::<DatapathFlowList>(&sources, &datapath_flow_list::Params::default()).await?;
    assert!(
        cached.total > 0 && cached.gaps.is_empty(),
        "{}",
        cached.summary
    );

    let shown = run::<OvsShow>(&sources, &ovs_show::Params::default()).await?;
    assert!(column(&shown, "iface_id").contains(&"p1"));
    Ok(())
}

#[tokio::test]
async fn a_trace_through_openflow_names_stages_and_what_they_were_made_from() -> Result<()> {
    let (node, sources) = node()?;
    let flow = "in_port=p1,tcp,dl_src=50:54:00:00:00:01,dl_dst=50:54:00:00:00:02,nw_src=10.0.0.1,\
                nw_dst=10.0.0.2,nw_ttl=64,tp_src=40000,tp_dst=80";
    let asked = ofproto_trace::Params {
        bridge: INTEGRATION_BRIDGE.to_owned(),
        flow: flow.to_owned(),
        ..ofproto_trace::Params::default()
    };
    let traced = run::<OfprotoTrace>(&sources, &asked).await?;
    assert!(traced.gaps.is_empty(), "{:?}", traced.gaps);
    assert!(!traced.summary.contains("dropped"), "{}", traced.summary);
    let stages = column(&traced, "stage");
    assert!(stages.contains(&"ls_in_l2_lkup"), "{stages:?}");
    let origins = column(&traced, "made_from");
    assert!(
        origins.iter().any(|origin| origin.starts_with("ACL ")),
        "{origins:?}"
    );

    let text = node.appctl(&["ofproto/trace", INTEGRATION_BRIDGE, flow])?;
    let asked = flow_detrace::Params {
        cookies: vec![text],
        ..flow_detrace::Params::default()
    };
    let found = run::<FlowDetrace>(&sources, &asked).await?;
    assert!(found.total > 10, "{}", found.summary);
    let all_there = stages
        .iter()
        .filter(|stage| column(&found, "stage").contains(stage));
    assert_eq!(all_there.count(), stages.len());

    let wrong = ofproto_trace::Params {
        bridge: "br-none".to_owned(),
        ..asked_for(flow)
    };
    let refused = run::<OfprotoTrace>(&sources, &wrong).await?;
    assert!(
        refused.gaps[0].why.contains("unknown bridge"),
        "{:?}",
        refused.gaps
    );
    let hostile = run::<OfprotoTrace>(&sources, &asked_for("--names")).await;
    let error = hostile.err().context("an option is no flow")?;
    assert!(error.to_string().contains("begins with `-`"), "{error}");
    Ok(())
}

fn asked_for(flow: &str) -> ofproto_trace::Params {
    ofproto_trace::Params {
        bridge: INTEGRATION_BRIDGE.to_owned(),
        flow: flow.to_owned(),
        ..ofproto_trace::Params::default()
    }
}

#[tokio::test]
async fn a_recording_has_no_daemons_to_ask_and_says_so() -> Result<()> {
    let listed =
        run::<DatapathFlowList>(&[Source::Demo], &datapath_flow_list::Params::default()).await?;
    assert_eq!(listed.rows, Vec::<Vec<Json>>::new());
    assert_eq!(listed.gaps.len(), 2);
    assert!(
        listed.gaps[0].why.contains("no daemons to ask"),
        "{:?}",
        listed.gaps
    );
    Ok(())
}
