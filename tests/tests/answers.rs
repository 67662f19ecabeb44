//! Tools give the same answer from a live server, from its database file, and through MCP.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use ovn_mcp_server::config::Config;
use ovn_mcp_server::offer::Offer;
use ovn_mcp_server::serve;
use ovn_mcp_server::server::Server;
use ovn_mcp_server::tool::{Definition, TOOLS};
use ovn_schemas::vswitch;
use ovn_tests::sandbox::{DatabaseServer, Node};
use ovn_tools::access::Source;
use ovn_tools::access::bundle::{Progress, Silent};
use ovn_tools::database::Database;
use ovn_tools::run::run;
use ovn_tools::tool::Tool;
use ovn_tools::tool::acl_list::{self, AclList};
use ovn_tools::tool::health_check::{self, HealthCheck};
use ovn_tools::tool::lflow_list::{self, LflowList};
use ovn_tools::tool::load_balancer_list::{self, LoadBalancerList};
use ovn_tools::tool::nat_list::{self, NatList};
use ovn_tools::tool::object_locate::{self, ObjectLocate};
use ovn_tools::tool::ovs_show::{self, OvsShow};
use ovn_tools::tool::route_list::{self, RouteList};
use ovn_tools::tool::rows_find::{self, RowsFind};
use ovn_tools::tool::sources_list::{self, SourcesList};
use ovn_tools::tool::topology_show::{self, TopologyShow};
use ovsdb_client::dbfile::Records;
use serde_json::{Value as Json, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream};

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

/// An MCP client of a server in this process.
struct Mcp {
    stream: BufReader<DuplexStream>,
    last_id: u64,
}

impl Mcp {
    async fn start(sources: Vec<Source>) -> Result<Self> {
        let (ours, theirs) = tokio::io::duplex(PIPE_BYTES);
        let config = Config::new(sources, None, None)?;
        let server = Server::new(&config, Offer::default());
        tokio::spawn(serve::connection(server, tokio::io::split(theirs)));
        let mut client = Self {
            stream: BufReader::new(ours),
            last_id: 0,
        };
        let hello = json!({
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        });
        client.request("initialize", hello).await?;
        let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
        client.send(&ready).await?;
        Ok(client)
    }

    /// The structured content of a tool's answer, in a budget that the whole answer fits.
    async fn call(&mut self, tool: &str, mut arguments: Json) -> Result<Json> {
        arguments["max_tokens"] = json!(ovn_mcp_server::present::MAX_TOKENS);
        let params = json!({"name": tool, "arguments": arguments});
        let mut result = self.request("tools/call", params).await?;
        anyhow::ensure!(result["isError"] != json!(true), "{tool}: {result}");
        Ok(result["structuredContent"].take())
    }

    async fn request(&mut self, method: &str, params: Json) -> Result<Json> {
        self.last_id += 1;
        let message =
            json!({"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params});
        self.send(&message).await?;
        let mut line = String::new();
        self.stream.read_line(&mut line).await?;
        let mut answer: Json = serde_json::from_str(&line).with_context(|| line.clone())?;
        anyhow::ensure!(answer["error"].is_null(), "{answer}");
        Ok(answer["result"].take())
    }

    async fn send(&mut self, message: &Json) -> Result<()> {
        let line = format!("{message}\n");
        Ok(self.stream.get_mut().write_all(line.as_bytes()).await?)
    }
}

/// What the pipe to the server holds, in bytes: more than any message here.
const PIPE_BYTES: usize = 1 << 20;

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
async fn what_rows_mean_is_the_same_from_a_live_server_and_from_its_file() -> Result<()> {
    let node = node()?;
    for command in [
        "acl-add sw0 to-lport 1000 outport==\"p1\"&&tcp.dst==22 drop",
        "lb-add lb0 10.0.0.100:80 10.0.0.1:8080,10.0.0.2:8080",
        "ls-lb-add sw0 lb0",
        "lr-route-add r0 192.168.0.0/24 10.0.0.9",
        "lr-nat-add r0 snat 172.16.0.1 10.0.0.0/24",
    ] {
        node.nbctl(&command.split(' ').collect::<Vec<_>>())?;
    }
    node.sync()?;
    let named = |name: &str| Some(name.to_owned());
    let acls = check::<AclList>(&node, &acl_list::Params::default()).await?;
    let balancers =
        check::<LoadBalancerList>(&node, &load_balancer_list::Params::default()).await?;
    let routes = check::<RouteList>(&node, &route_list::Params::default()).await?;
    let nats = check::<NatList>(&node, &nat_list::Params::default()).await?;
    for (listed, text) in [
        (&acls, "tcp.dst==22"),
        (&balancers, "10.0.0.100:80"),
        (&routes, "192.168.0.0/24"),
        (&nats, "172.16.0.1"),
    ] {
        assert!(listed.to_string().contains(text), "{listed}");
    }
    let flows = lflow_list::Params {
        datapath: named("sw0"),
        text: named("tcp.dst"),
        ..lflow_list::Params::default()
    };
    let flows = check::<LflowList>(&node, &flows).await?;
    assert!(flows["total"].as_u64() > Some(0), "{flows}");
    let object = object_locate::Params {
        object: "p1".to_owned(),
        ..object_locate::Params::default()
    };
    let located = check::<ObjectLocate>(&node, &object).await?;
    assert!(
        located.to_string().contains("50:54:00:00:00:01"),
        "{located}"
    );
    check::<HealthCheck>(&node, &health_check::Params::default()).await?;
    let bridges = ovs_show::Params {
        of: named("p1"),
        ..ovs_show::Params::default()
    };
    let shown = answer::<OvsShow>(&sources(&node, recorded)?, &bridges).await?;
    let live_shown = answer::<OvsShow>(&sources(&node, live)?, &bridges).await?;
    assert_eq!(shown["total"], live_shown["total"]);
    Ok(())
}

#[tokio::test]
async fn an_answer_through_mcp_is_the_tools_own_from_a_live_server_and_from_its_file() -> Result<()>
{
    let node = node()?;
    let mut ports = rows_find::Params::new(Database::Nb, "Logical_Switch_Port");
    ports.columns = vec!["name".to_owned(), "type".to_owned(), "options".to_owned()];
    let topology = topology_show::Params {
        node: None,
        of: None,
        format: topology_show::Format::Graph,
        ports: None,
    };
    for of in [live as fn(&DatabaseServer) -> String, recorded] {
        let mut mcp = Mcp::start(sources(&node, of)?).await?;
        let asked = json!({
            "db": "nb",
            "table": "Logical_Switch_Port",
            "columns": ["name", "type", "options"],
        });
        let mut rows = mcp.call("rows_find", asked).await?;
        forget_origins(&mut rows);
        assert_eq!(rows, check::<RowsFind>(&node, &ports).await?);
        assert_eq!(rows["total"], 3);

        let mut shown = mcp.call("topology_show", json!({})).await?;
        forget_origins(&mut shown);
        assert_eq!(shown, check::<TopologyShow>(&node, &topology).await?);
    }
    Ok(())
}

/// How the answers of a tool from a live server and from its file are compared.
enum Compared {
    /// They are the same to these questions.
    Same(Vec<Json>),
    /// They are the same to these questions but for what stands in columns that no file keeps.
    SameButEphemeral(Vec<Json>),
    /// It compares databases itself, and finds no difference between a server and its file.
    NoDifference(Vec<Json>),
    /// It answers about the past, which a server does not know.
    Past(Json),
    /// It asks daemons, kernels or API servers, or waits for changes: a file has none of them.
    Daemons,
}

/// A new tool has no entry here, and the test below says so.
fn compared(tool: &str, cookie: &str) -> Result<Compared> {
    let find = |db: &str, table: &str, columns: &[&str]| {
        let limit = rows_find::MAX_LIMIT;
        json!({"db": db, "table": table, "columns": columns, "limit": limit})
    };
    let between = |db: &str, ignore: Json| json!({"db": db, "identity": "uuid", "ignore": ignore});
    let of = vswitch::DATABASE
        .tables
        .iter()
        .flat_map(|table| table.columns);
    let ephemeral: Vec<&str> = of
        .filter(|column| column.ephemeral)
        .map(|column| column.name)
        .collect();
    let in_pages = |arguments: Json| vec![json!({}), arguments];
    Ok(match tool {
        "health_check" => Compared::Same(in_pages(json!({"object": "p1"}))),
        "object_locate" => Compared::Same(
            ["p1", "sw0", "r0", "10.0.0.1", "50:54:00:00:00:01"]
                .map(|object| json!({"object": object}))
                .into(),
        ),
        "sources_list" | "load_balancer_list" | "route_list" | "nat_list" => {
            Compared::Same(vec![json!({})])
        }
        "topology_show" => Compared::Same(in_pages(json!({"of": "p1"}))),
        "packet_trace" => Compared::Same(vec![
            json!({"from": "p1", "to": "p2", "detail": "full"}),
            json!({"from": "p1", "to": "10.0.0.254"}),
        ]),
        "schema_describe" => Compared::Same(in_pages(json!({"db": "sb", "table": "Port_Binding"}))),
        "acl_list" => Compared::Same(in_pages(json!({"of": "p1"}))),
        "lflow_list" => Compared::Same(in_pages(json!({"datapath": "sw0", "text": "tcp.dst"}))),
        "rows_find" => Compared::Same(vec![
            find("nb", "Logical_Switch_Port", &[]),
            find("sb", "Logical_Flow", &[]),
            find(
                "sb",
                "Port_Binding",
                &["logical_port", "chassis", "options"],
            ),
            find("ovs", "Interface", &["name", "external_ids", "ofport"]),
        ]),
        "flow_detrace" => Compared::Same(vec![json!({"cookies": [cookie]})]),
        "ovs_show" => Compared::SameButEphemeral(in_pages(json!({"of": "p1"}))),
        "rows_diff" => Compared::NoDifference(vec![
            between("nb", json!([])),
            between("sb", json!([])),
            between("ovs", json!(ephemeral)),
        ]),
        "transaction_list" => Compared::Past(json!({})),
        "rows_at" => Compared::Past(
            json!({"db": "nb", "table": "Logical_Switch_Port", "at": "2100-01-01T00:00:00Z"}),
        ),
        "openflow_list"
        | "ofproto_trace"
        | "datapath_flow_list"
        | "conntrack_list"
        | "ct_zone_list"
        | "daemon_status"
        | "ip_show"
        | "nft_show"
        | "iptables_show"
        | "kernel_conntrack_list"
        | "socket_list"
        | "packet_capture"
        | "packet_drops"
        | "resource_list"
        | "resource_get"
        | "event_list"
        | "pod_log"
        | "changes_watch" => Compared::Daemons,
        _ => bail!("{tool} is new: say how its answers from a file are compared"),
    })
}

async fn ask(definition: &Definition, sources: &[Source], question: &Json) -> Result<Json> {
    let mut question = question.clone();
    question["max_tokens"] = json!(ovn_mcp_server::present::MAX_TOKENS);
    let Json::Object(arguments) = question else {
        bail!("the arguments are an object");
    };
    let fail = |failure| anyhow!("{}: {failure:?}", definition.name);
    let (question, budget) = definition.question_of_json(arguments).map_err(fail)?;
    let progress: Arc<dyn Progress> = Arc::new(Silent);
    let answer = question.ask(sources, &progress).await.map_err(fail)?;
    answer.structured(budget).map_err(fail)
}

#[tokio::test]
async fn every_tool_that_reads_databases_answers_the_same_from_files_as_from_their_servers()
-> Result<()> {
    let node = node()?;
    for command in [
        "acl-add sw0 to-lport 1000 outport==\"p1\"&&tcp.dst==22 drop",
        "lb-add lb0 10.0.0.100:80 10.0.0.1:8080,10.0.0.2:8080",
        "ls-lb-add sw0 lb0",
        "lr-route-add r0 192.168.0.0/24 10.0.0.9",
        "lr-nat-add r0 snat 172.16.0.1 10.0.0.0/24",
    ] {
        node.nbctl(&command.split(' ').collect::<Vec<_>>())?;
    }
    node.nbctl(&["lsp-set-addresses", "p2", "50:54:00:00:00:02 10.0.0.2"])?;
    node.sync()?;
    let (from_servers, from_files) = (sources(&node, live)?, sources(&node, recorded)?);
    let flow = rows_find::Params::new(Database::Sb, "Logical_Flow");
    let flows = run::<RowsFind>(&from_servers, &flow).await?;
    let uuid = serde_json::to_string(&flows.rows[0])?;
    let uuid = uuid.split('"').find(|word| word.len() == 36);
    let cookie = format!("0x{}", &uuid.context("a flow")?[..8]);
    for definition in &TOOLS {
        let tool = definition.name;
        match compared(tool, &cookie)? {
            Compared::Same(questions) => {
                for question in questions {
                    let mut served = ask(definition, &from_servers, &question).await?;
                    let mut filed = ask(definition, &from_files, &question).await?;
                    forget_origins(&mut served);
                    forget_origins(&mut filed);
                    assert_eq!(served, filed, "{tool} {question}");
                    assert!(is_about_something(&served), "{tool} {question}: {served}");
                }
            }
            Compared::SameButEphemeral(questions) => {
                for question in questions {
                    let mut served = ask(definition, &from_servers, &question).await?;
                    let mut filed = ask(definition, &from_files, &question).await?;
                    forget_origins(&mut served);
                    forget_origins(&mut filed);
                    assert_same_where_recorded(&served, &filed, tool);
                    assert!(is_about_something(&served), "{tool} {question}: {served}");
                }
            }
            Compared::NoDifference(questions) => {
                for mut question in questions {
                    let db = Database::from_name(question["db"].as_str().unwrap_or_default());
                    let at = db.and_then(|db| Database::ALL.iter().position(|each| *each == db));
                    let at = at.context("a database")?;
                    question["from_source"] = json!(from_servers[at].to_string());
                    question["to_source"] = json!(from_files[at].to_string());
                    let both = [from_servers[at].clone(), from_files[at].clone()];
                    let found = ask(definition, &both, &question).await?;
                    assert_eq!(
                        (&found["total"], &found["gaps"]),
                        (&json!(0), &json!([])),
                        "{found}"
                    );
                }
            }
            Compared::Past(question) => {
                let served = ask(definition, &from_servers, &question).await;
                let filed = ask(definition, &from_files, &question).await?;
                assert!(is_about_something(&filed), "{tool}: {filed}");
                let refused = match served {
                    Err(error) => error.to_string(),
                    Ok(answer) => answer["gaps"].to_string(),
                };
                assert!(refused.contains("running server"), "{tool}: {refused}");
            }
            Compared::Daemons => {}
        }
    }
    Ok(())
}

/// Whether an answer holds more than that nothing was found.
fn is_about_something(answer: &Json) -> bool {
    let text = answer.to_string();
    ["p1", "sw0", "r0", "hv1", "lb0", "Port_Binding"]
        .iter()
        .any(|name| text.contains(name))
}

/// What a file does not keep is null in the answer from it, or a gap, and never another value.
#[track_caller]
fn assert_same_where_recorded(served: &Json, filed: &Json, what: &str) {
    match (served, filed) {
        (Json::Object(served), Json::Object(filed)) => {
            for (name, filed) in filed.iter().filter(|(name, _)| *name != "gaps") {
                let served = served.get(name).unwrap_or(&Json::Null);
                assert_same_where_recorded(served, filed, &format!("{what}.{name}"));
            }
        }
        (Json::Array(served), Json::Array(filed)) => {
            assert_eq!(served.len(), filed.len(), "{what}");
            for (served, filed) in served.iter().zip(filed) {
                assert_same_where_recorded(served, filed, &format!("{what}[]"));
            }
        }
        (_, Json::Null) => {}
        (served, filed) => assert_eq!(served, filed, "{what}"),
    }
}

#[tokio::test]
async fn a_file_copied_in_the_middle_of_a_record_answers_as_it_was_before_and_says_so() -> Result<()>
{
    let node = node()?;
    let file = &node.northbound().files()[0];
    let whole = std::fs::read(file)?;
    let (mut before, mut end) = (0, 0);
    for record in Records::new(&whole) {
        (before, end) = (end, record?.end);
    }
    let (torn, sound) = (
        node.directory().join("torn.db"),
        node.directory().join("sound.db"),
    );
    std::fs::write(&sound, &whole[..before])?;
    let source = |path: &Path| -> Result<[Source; 1]> {
        Ok([format!("recorded:{}", path.display()).parse()?])
    };
    let mut params = rows_find::Params::new(Database::Nb, "Logical_Switch_Port");
    params.limit = rows_find::MAX_LIMIT;
    let expected = answer::<RowsFind>(&source(&sound)?, &params).await?;
    assert_eq!(expected["gaps"], json!([]));
    // Within the header, after it, and within the body.
    for cut in [before + 3, before + 30, before + 70, end - 1] {
        std::fs::write(&torn, &whole[..cut])?;
        let mut found = answer::<RowsFind>(&source(&torn)?, &params).await?;
        let gaps = found["gaps"].take().to_string();
        assert!(
            gaps.contains(&format!("at byte {before}")) && gaps.contains("the file ends within it"),
            "{gaps}"
        );
        found["gaps"] = json!([]);
        let summary = expected["summary"].as_str().context("a summary")?;
        assert_eq!(
            found["summary"],
            json!(format!("{summary}; not all could be read, see gaps"))
        );
        found["summary"] = json!(summary);
        assert_eq!(found, expected, "cut at {cut}");
    }
    // What is damaged otherwise is refused.
    let mut flipped = whole.clone();
    flipped[end - 3] ^= 1;
    std::fs::write(&torn, &flipped)?;
    let refused = run::<RowsFind>(&source(&torn)?, &params).await;
    let mut cause: Option<&dyn std::error::Error> = refused.as_ref().err().map(|error| error as _);
    let mut text = String::new();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    assert!(
        text.contains("torn.db") && text.contains("the checksum does not fit"),
        "{text}"
    );
    Ok(())
}
