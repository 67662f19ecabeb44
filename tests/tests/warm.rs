//! Servers that stay followed from one question to the next, and watching what changes in them.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use ovn_shapes::{Size, northbound, standalone};
use ovn_tests::sandbox::{DatabaseServer, Node, Schema};
use ovn_tools::access::Source;
use ovn_tools::database::Database;
use ovn_tools::run::run;
use ovn_tools::tool::Tool;
use ovn_tools::tool::changes_watch::{self, ChangesWatch, ChangesWatched};
use ovn_tools::tool::health_check::{self, HealthCheck};
use ovn_tools::tool::object_locate::{self, ObjectLocate};
use ovn_tools::tool::rows_find::{self, RowsFind, RowsFound};
use ovn_tools::tool::schema_describe::{self, SchemaDescribe};
use ovn_tools::tool::sources_list::{self, SourcesList};
use serde_json::Value as Json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};

fn source(server: &DatabaseServer) -> Result<Source> {
    Ok(server.endpoint().parse()?)
}

fn sources(node: &Node) -> Result<Vec<Source>> {
    let servers = [node.northbound(), node.southbound(), node.open_vswitch()];
    servers.into_iter().map(source).collect()
}

fn kept(sources: &[Source]) -> Vec<Source> {
    let sources = sources.iter().cloned();
    sources.map(Source::for_many_questions).collect()
}

/// The answer as JSON, without when the rows were read and by which version of the schema.
async fn answer<T: Tool>(sources: &[Source], params: &T::Params) -> Result<Json> {
    fn forget_moments(json: &mut Json) {
        match json {
            Json::Object(members) => {
                members.remove("moment");
                // Who asks for a few rows does not ask for the schema.
                members.remove("schema_version");
                members.values_mut().for_each(forget_moments);
            }
            Json::Array(items) => items.iter_mut().for_each(forget_moments),
            _ => {}
        }
    }
    let mut json = serde_json::to_value(run::<T>(sources, params).await?)?;
    forget_moments(&mut json);
    Ok(json)
}

async fn names(sources: &[Source]) -> Result<RowsFound> {
    let mut params = rows_find::Params::new(Database::Nb, "Logical_Switch");
    params.columns = vec!["name".to_owned()];
    Ok(run::<RowsFind>(sources, &params).await?)
}

/// A warm answer is the cold one, whatever was asked before.
async fn check<T: Tool>(cold: &[Source], warm: &[Source], params: &T::Params) -> Result<()> {
    for _ in 0..2 {
        assert_eq!(
            answer::<T>(warm, params).await?,
            answer::<T>(cold, params).await?,
            "{}",
            T::NAME
        );
    }
    Ok(())
}

#[tokio::test]
async fn warm_answers_are_those_of_new_connections() -> Result<()> {
    let node = Node::start("hv1")?;
    for command in [
        "ls-add sw0 -- lsp-add sw0 p1 -- lsp-add sw0 p2",
        "set NB_Global . name=hv1 options:name=hv1",
    ] {
        node.nbctl(&command.split(' ').collect::<Vec<_>>())?;
    }
    node.plug("p1")?;
    node.sync()?;
    let cold = sources(&node)?;
    let warm = kept(&cold);
    let few = |table: &str| {
        let mut params = rows_find::Params::new(Database::Nb, table);
        params.columns = vec!["name".to_owned()];
        params
    };
    check::<RowsFind>(&cold, &warm, &few("Logical_Switch_Port")).await?;
    check::<HealthCheck>(&cold, &warm, &health_check::Params::default()).await?;
    check::<SchemaDescribe>(&cold, &warm, &schema_describe::Params::default()).await?;
    let object = object_locate::Params {
        object: "p1".to_owned(),
        ..object_locate::Params::default()
    };
    check::<ObjectLocate>(&cold, &warm, &object).await?;
    check::<SourcesList>(&cold, &warm, &sources_list::Params::default()).await?;
    let all = rows_find::Params::new(Database::Sb, "Logical_Flow");
    check::<RowsFind>(&cold, &warm, &all).await?;
    let mut counted = rows_find::Params::new(Database::Sb, "Logical_Flow");
    counted.group_by = vec!["pipeline".to_owned(), "table_id".to_owned()];
    check::<RowsFind>(&cold, &warm, &counted).await?;
    let mut expanded = rows_find::Params::new(Database::Nb, "Logical_Switch");
    expanded.columns = vec!["name".to_owned(), "ports.name".to_owned()];
    check::<RowsFind>(&cold, &warm, &expanded).await?;
    check::<RowsFind>(&cold, &warm, &few("Logical_Switch_Port")).await
}

#[tokio::test]
async fn rows_that_a_server_looks_for_itself_are_those_found_among_all() -> Result<()> {
    let node = Node::start("hv1")?;
    for command in [
        "ls-add sw0 -- lsp-add sw0 p1 -- lsp-add sw0 p2 -- lsp-add sw0 p3 p1 7",
        "set Logical_Switch_Port p1 external_ids:pod=a external_ids:namespace=x enabled=true",
        "set Logical_Switch_Port p2 external_ids:pod=b external_ids:namespace=x type=localport",
        "lsp-set-addresses p1 50:54:00:00:00:01~10.0.0.1 unknown",
        "lr-add r0 -- lrp-add r0 rp0 00:00:00:00:ff:01 10.0.0.254/24",
    ] {
        let words: Vec<String> = command
            .split(' ')
            .map(|word| word.replace('~', " "))
            .collect();
        node.nbctl(&words.iter().map(String::as_str).collect::<Vec<_>>())?;
    }
    node.sync()?;
    let cold = sources(&node)?;
    let warm = kept(&cold);
    for conditions in [
        &["name == p1"][..],
        &["name in [p1, p3, none]"],
        &["external_ids:namespace == x", "name != p1"],
        &["external_ids:namespace includes x"],
        &["addresses includes unknown"],
        &["addresses == unknown"],
        &["addresses == [unknown]"],
        &["enabled == true"],
        &["enabled in [true, false]"],
        &["type == localport"],
        &["tag == 7", "parent_name == p1"],
        &["name == none"],
    ] {
        let mut params = rows_find::Params::new(Database::Nb, "Logical_Switch_Port");
        params.conditions = conditions.iter().map(|&text| text.to_owned()).collect();
        check::<RowsFind>(&cold, &warm, &params).await?;
        params.group_by = vec!["type".to_owned()];
        check::<RowsFind>(&cold, &warm, &params).await?;
    }
    let mut expanded = rows_find::Params::new(Database::Nb, "Logical_Switch");
    expanded.columns = vec!["name".to_owned(), "ports.name".to_owned()];
    expanded.conditions = vec!["name == sw0".to_owned()];
    check::<RowsFind>(&cold, &warm, &expanded).await
}

#[tokio::test]
async fn a_condition_that_a_server_refuses_is_looked_at_here() -> Result<()> {
    // Its address sets have names of another type than the generated ones.
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/other-types.ovsschema");
    let server = DatabaseServer::setup()
        .database(Schema::at(schema))
        .start()?;
    server.transact(
        r#"["OVN_Northbound", {"op": "insert", "table": "Address_Set",
            "row": {"name": 7, "note": "x"}}]"#,
    )?;
    let cold = [source(&server)?];
    for condition in ["name == 7", "external_ids:a == b", "note == x"] {
        let mut params = rows_find::Params::new(Database::Nb, "Address_Set");
        params.conditions = vec![condition.to_owned()];
        let told = [cold.to_vec(), kept(&cold)].map(async |sources| {
            match answer::<RowsFind>(&sources, &params).await {
                Ok(json) => json.to_string(),
                Err(error) => format!("{error:#}"),
            }
        });
        let [cold, warm] = told;
        assert_eq!(cold.await, warm.await, "{condition}");
    }
    Ok(())
}

#[tokio::test]
async fn a_warm_answer_shows_what_was_committed_before_the_question() -> Result<()> {
    let server = DatabaseServer::setup()
        .database(Schema::northbound())
        .start()?;
    let warm = kept(&[source(&server)?]);
    for count in 1..=100 {
        server.transact(&format!(
            r#"["OVN_Northbound", {{"op": "insert", "table": "Logical_Switch", "row": {{"name": "sw{count}"}}}}]"#
        ))?;
        assert_eq!(names(&warm).await?.total, count);
    }
    Ok(())
}

#[tokio::test]
async fn a_server_that_comes_back_is_found_again_and_one_that_is_gone_is_an_error() -> Result<()> {
    let mut server = DatabaseServer::setup()
        .database(Schema::northbound())
        .start()?;
    let warm = kept(&[source(&server)?]);
    assert_eq!(names(&warm).await?.total, 0);
    server.restart()?;
    assert_eq!(names(&warm).await?.total, 0);
    server.kill()?;
    names(&warm).await.expect_err("nobody answers");
    Ok(())
}

async fn watch(sources: &[Source], cursor: Option<String>, wait: u64) -> Result<ChangesWatched> {
    let params = changes_watch::Params {
        cursor,
        wait: Duration::from_secs(wait),
        ..changes_watch::Params::new(Database::Nb)
    };
    Ok(run::<ChangesWatch>(sources, &params).await?)
}

#[tokio::test]
async fn changes_are_told_since_a_cursor_without_loss() -> Result<()> {
    let mut server = DatabaseServer::setup()
        .database(Schema::northbound())
        .start()?;
    let warm = kept(&[source(&server)?]);
    let insert = |name: &str| {
        server.transact(&format!(
            r#"["OVN_Northbound", {{"op": "insert", "table": "Logical_Switch", "row": {{"name": "{name}"}}}}]"#
        ))
    };
    let first = watch(&warm, None, 0).await?;
    assert_eq!(first.total, 0, "{}", first.summary);
    insert("one")?;
    insert("two")?;
    let second = watch(&warm, Some(first.cursor.clone()), 0).await?;
    assert_eq!(second.total, 2, "{}", second.summary);
    assert_eq!(second.tables[0].inserted, 2);
    let third = watch(&warm, Some(second.cursor), 0).await?;
    assert_eq!(third.total, 0);
    // An earlier cursor still tells all of it.
    assert_eq!(watch(&warm, Some(first.cursor), 0).await?.total, 2);
    // What happens while nobody is connected is told too.
    insert("three")?;
    server.restart()?;
    let fourth = watch(&warm, Some(third.cursor), 0).await?;
    assert_eq!(fourth.total, 1, "{}", fourth.summary);
    assert_eq!(fourth.rows[0].name.as_deref(), Some("three"));
    // A wait ends with the change.
    let began = Instant::now();
    let (answer, inserted) = tokio::join!(
        watch(&warm, Some(fourth.cursor), 30),
        tokio::task::spawn_blocking({
            let socket = server.endpoint();
            move || {
                std::thread::sleep(Duration::from_millis(300));
                std::process::Command::new("ovsdb-client")
                    .args(["transact", &socket])
                    .arg(r#"["OVN_Northbound", {"op": "insert", "table": "Logical_Switch", "row": {"name": "four"}}]"#)
                    .output()
            }
        })
    );
    assert!(inserted??.status.success());
    let answer = answer?;
    assert_eq!(answer.total, 1, "{}", answer.summary);
    assert!(began.elapsed() < Duration::from_secs(15));
    // Another process's cursor begins anew and says so.
    let other = kept(&[source(&server)?]);
    let anew = watch(&other, Some(answer.cursor), 0).await?;
    assert!(
        anew.gaps
            .iter()
            .any(|gap| gap.why.contains("no longer known"))
    );
    assert_eq!(anew.total, 0);
    Ok(())
}

/// How many bytes a server may say for a question whose rows are here already: it shows that it
/// lives, and which databases it has.
const SAID_WARM: usize = 1_000;

/// Passes connections on to a server, and counts what the server says.
fn relay(server: &DatabaseServer, socket: &Path) -> Result<Arc<AtomicUsize>> {
    let listener = UnixListener::bind(socket)?;
    let said = Arc::new(AtomicUsize::new(0));
    let target = server.socket().to_owned();
    let count = Arc::clone(&said);
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let (target, count) = (target.clone(), Arc::clone(&count));
            tokio::spawn(async move {
                let mut server = UnixStream::connect(target).await?;
                let (mut from_server, mut to_server) = server.split();
                let (mut from_client, mut to_client) = client.split();
                let answers = async {
                    let mut buffer = vec![0; 1 << 16];
                    loop {
                        match from_server.read(&mut buffer).await? {
                            0 => return to_client.shutdown().await,
                            read => {
                                count.fetch_add(read, Ordering::Relaxed);
                                to_client.write_all(&buffer[..read]).await?;
                            }
                        }
                    }
                };
                tokio::try_join!(answers, tokio::io::copy(&mut from_client, &mut to_server))
            });
        }
    });
    Ok(said)
}

#[tokio::test]
async fn a_warm_answer_on_a_large_database_reads_no_row_again() -> Result<()> {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("nb.db");
    let size = Size::new(100, 5_000);
    standalone(&file, Schema::northbound().path(), &northbound(size, 5_000))?;
    let server = DatabaseServer::setup().file(&file).start()?;
    let socket = directory.path().join("relay.sock");
    let said = relay(&server, &socket)?;
    let warm = kept(&[format!("unix:{}", socket.display()).parse()?]);
    let mut params = rows_find::Params::new(Database::Nb, "Logical_Switch_Port");
    params.conditions = vec!["name contains 42".to_owned()];
    params.columns = vec!["name".to_owned(), "addresses".to_owned()];
    run::<RowsFind>(&warm, &params).await?;
    let cold = said.load(Ordering::Relaxed);
    assert!(cold > 500 * SAID_WARM, "{cold}");
    for _ in 0..10 {
        let before = said.load(Ordering::Relaxed);
        let found = run::<RowsFind>(&warm, &params).await?;
        assert!(found.total > 0);
        let warm = said.load(Ordering::Relaxed) - before;
        assert!((1..SAID_WARM).contains(&warm), "{warm}");
    }
    names(&warm).await.context("the same server")?;
    Ok(())
}
