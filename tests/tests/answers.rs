//! Tools give the same answer from a live server, from its database file, and when asked twice.

use anyhow::Result;
use ovn_tests::sandbox::{DatabaseServer, Node};
use ovn_tools::access::Source;
use ovn_tools::database::Database;
use ovn_tools::run::run;
use ovn_tools::tool::Tool;
use ovn_tools::tool::rows_find::{self, RowsFind};
use ovn_tools::tool::sources_list::{self, SourcesList};
use ovn_tools::tool::topology_show::{self, TopologyShow};
use serde_json::Value as Json;

/// The databases of a node with a switch, a router and a bound port.
fn node() -> Result<Node> {
    let node = Node::start("hv1")?;
    for command in [
        "ls-add sw0 -- lsp-add sw0 p1 -- lsp-add sw0 p2",
        "lr-add r0 -- lrp-add r0 rp0 00:00:00:00:ff:01 10.0.0.254/24",
        "lsp-add sw0 sp0 -- lsp-set-type sp0 router -- lsp-set-addresses sp0 router -- lsp-set-options sp0 router-port=rp0",
        "set NB_Global . name=hv1 options:name=hv1",
    ] {
        node.nbctl(&command.split(' ').collect::<Vec<_>>())?;
    }
    node.nbctl(&["lsp-set-addresses", "p1", "50:54:00:00:00:01 10.0.0.1"])?;
    node.plug("p1")?;
    node.sync()?;
    Ok(node)
}

fn sources(node: &Node, of: impl Fn(&DatabaseServer) -> String) -> Result<Vec<Source>> {
    [node.northbound(), node.southbound(), node.open_vswitch()]
        .into_iter()
        .map(|server| Ok(of(server).parse()?))
        .collect()
}

fn live(server: &DatabaseServer) -> String {
    server.endpoint()
}

fn recorded(server: &DatabaseServer) -> String {
    format!("recorded:{}", server.files()[0].display())
}

/// The answer as JSON, without where and when the rows were read.
async fn answer<T: Tool>(sources: &[Source], params: &T::Params) -> Result<Json> {
    let report = run::<T>(sources, params).await?;
    let mut json = serde_json::to_value(&report)?;
    forget_origins(&mut json);
    Ok(json)
}

fn forget_origins(json: &mut Json) {
    match json {
        Json::Object(members) => {
            for origin in ["source", "address", "moment", "recorded"] {
                members.remove(origin);
            }
            if let Some(Json::String(summary)) = members.get_mut("summary") {
                *summary = summary.replace("recorded ", "").replace("live ", "");
            }
            members.values_mut().for_each(forget_origins);
        }
        Json::Array(items) => items.iter_mut().for_each(forget_origins),
        _ => {}
    }
}

async fn check<T: Tool>(node: &Node, params: &T::Params) -> Result<Json> {
    let live = answer::<T>(&sources(node, live)?, params).await?;
    let recorded = answer::<T>(&sources(node, recorded)?, params).await?;
    assert_eq!(live, recorded, "{}", T::NAME);
    Ok(live)
}

#[tokio::test]
async fn a_live_server_and_its_file_give_the_same_answers() -> Result<()> {
    let node = node()?;
    for (database, table) in [
        (Database::Nb, "Logical_Switch_Port"),
        (Database::Nb, "Logical_Router_Port"),
        (Database::Sb, "Port_Binding"),
        (Database::Sb, "Logical_Flow"),
        (Database::Ovs, "Bridge"),
    ] {
        let mut params = rows_find::Params::new(database, table);
        params.limit = rows_find::MAX_LIMIT;
        // Ephemeral columns stand in no file; those of the chosen tables stay out of the question.
        if database == Database::Ovs {
            params.columns = vec!["name".to_owned(), "ports".to_owned()];
        }
        let found = check::<RowsFind>(&node, &params).await?;
        assert!(found["total"].as_u64() > Some(0), "{table}: {found}");
    }
    let params = topology_show::Params {
        node: None,
        of: None,
        format: topology_show::Format::Graph,
        ports: None,
    };
    let shown = check::<TopologyShow>(&node, &params).await?;
    let text = shown.to_string();
    assert!(text.contains("rp0") && text.contains("p2"), "{text}");
    check::<SourcesList>(&node, &sources_list::Params::default()).await?;
    Ok(())
}

#[tokio::test]
async fn a_file_that_is_cut_anywhere_in_its_last_record_is_an_error_that_says_where() -> Result<()>
{
    let node = node()?;
    let file = &node.northbound().files()[0];
    let whole = std::fs::read(file)?;
    let cut = node.directory().join("cut.db");
    std::fs::write(&cut, &whole[..whole.len() - 7])?;
    let source: Source = format!("recorded:{}", cut.display()).parse()?;
    let params = rows_find::Params::new(Database::Nb, "Logical_Switch");
    let error = run::<RowsFind>(&[source], &params).await.unwrap_err();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    assert!(
        text.contains("cut.db") && text.contains("the file ends within the record"),
        "{text}"
    );
    Ok(())
}
