//! The sandbox keeps its promises: it comes up, it answers, and it leaves nothing behind.

use std::fs;
use std::net::TcpStream;
use std::path::Path;

use anyhow::{Context, Result};
use ovn_tests::demo::{Demo, NODES, NORTHBOUND, OPEN_VSWITCH, SOUTHBOUND};
use ovn_tests::sandbox::{DatabaseServer, Node, READY, Schema, wait_until};

const INSERT: &str =
    r#"["OVN_Northbound", {"op": "insert", "table": "Logical_Switch", "row": {"name": "kept"}}]"#;
const SELECT: &str = r#"["OVN_Northbound", {"op": "select", "table": "Logical_Switch", "where": [], "columns": ["name"]}]"#;

#[test]
fn the_stack_of_one_node_comes_up_and_binds_a_port() -> Result<()> {
    let node = Node::start("hv1")?;
    node.nbctl(&[
        "ls-add",
        "sw0",
        "--",
        "lsp-add",
        "sw0",
        "p1",
        "--",
        "lsp-set-addresses",
        "p1",
        "50:54:00:00:00:01 10.0.0.1",
    ])?;
    node.plug("p1")?;
    node.sync()?;

    let bound = node.sbctl(&[
        "--bare",
        "--columns=name",
        "find",
        "Chassis",
        "hostname=hv1",
    ])?;
    assert_eq!(bound.trim(), "hv1");
    assert!(node.sbctl(&["show"])?.contains("Port_Binding p1"));
    assert_eq!(
        node.nbctl(&["get", "NB_Global", ".", "nb_cfg", "hv_cfg"])?,
        "1\n1\n"
    );
    assert!(
        node.vsctl(&["get", "Interface", "p1", "external_ids:ovn-installed"])?
            .contains("true")
    );
    assert!(
        node.appctl(&["bridge/dump-flows", "br-int"])?
            .contains("metadata")
    );
    assert_eq!(
        node.controller().appctl(&["connection-status"])?.trim(),
        "connected"
    );
    assert!(node.northd().appctl(&["status"])?.contains("active"));
    let databases = node.ovsdb_client(&["list-dbs", &node.southbound().endpoint()])?;
    assert!(databases.contains("OVN_Southbound"));
    Ok(())
}

#[test]
fn nothing_is_left_of_a_node_that_was_dropped() -> Result<()> {
    let node = Node::start("hv1")?;
    let directory = node.directory().to_path_buf();
    let pids = [
        node.northbound().daemon().pid(),
        node.southbound().daemon().pid(),
        node.open_vswitch().daemon().pid(),
        node.northd().pid(),
        node.vswitchd().pid(),
        node.controller().pid(),
    ];
    assert!(pids.into_iter().all(runs));
    drop(node);
    assert!(!pids.into_iter().any(runs));
    assert!(!directory.exists());
    Ok(())
}

#[test]
fn a_node_outlives_the_restart_of_its_northbound_server() -> Result<()> {
    let mut node = Node::start("hv1")?;
    node.northbound_mut().restart()?;
    node.nbctl(&["ls-add", "sw0"])?;
    node.sync()
}

#[test]
fn a_paused_northd_falls_behind() -> Result<()> {
    let node = Node::start("hv1")?;
    node.sync()?;
    node.northd().pause()?;
    node.nbctl(&["set", "NB_Global", ".", "nb_cfg=7"])?;
    assert_eq!(
        node.nbctl(&["get", "NB_Global", ".", "nb_cfg", "sb_cfg"])?,
        "7\n1\n"
    );
    node.northd().resume()?;
    node.sync()
}

#[test]
fn a_stopped_controller_leaves_its_chassis_and_one_told_to_exit_takes_it_away() -> Result<()> {
    let chassis = |node: &Node| node.sbctl(&["--bare", "--columns=name", "list", "Chassis"]);
    let mut node = Node::start("hv1")?;
    node.controller_mut().stop()?;
    assert!(node.controller().pause().is_err());
    assert_eq!(chassis(&node)?, "hv1\n");

    let node = Node::start("hv1")?;
    node.controller().appctl(&["exit"])?;
    wait_until("the chassis is gone", READY, || {
        Ok(chassis(&node)?.is_empty().then_some(()))
    })
}

#[test]
fn a_paused_server_can_be_dropped() -> Result<()> {
    let server = DatabaseServer::setup()
        .database(Schema::northbound())
        .start()?;
    let pid = server.daemon().pid();
    server.pause()?;
    drop(server);
    assert!(!runs(pid));
    Ok(())
}

#[test]
fn a_paused_server_answers_again_after_it_is_resumed() -> Result<()> {
    let server = DatabaseServer::setup()
        .database(Schema::northbound())
        .start()?;
    server.pause()?;
    server.resume()?;
    assert!(
        server
            .ovsdb_client("list-dbs", &[])?
            .contains("OVN_Northbound")
    );
    Ok(())
}

#[test]
fn a_restarted_server_keeps_its_data_and_its_addresses() -> Result<()> {
    let mut server = DatabaseServer::setup()
        .database(Schema::northbound())
        .tcp()
        .start()?;
    let (pid, tcp) = (server.daemon().pid(), server.tcp());
    server.transact(INSERT)?;

    server.kill()?;
    assert!(!runs(pid));
    assert!(server.transact(SELECT).is_err());

    server.restart()?;
    assert!(server.transact(SELECT)?.contains("kept"));
    assert_eq!(server.tcp(), tcp);

    server.restart()?;
    assert!(server.transact(SELECT)?.contains("kept"));
    Ok(())
}

#[test]
fn a_server_can_listen_on_tcp_at_a_port_of_its_own() -> Result<()> {
    let first = DatabaseServer::setup()
        .database(Schema::northbound())
        .tcp()
        .start()?;
    let second = DatabaseServer::setup()
        .database(Schema::northbound())
        .tcp()
        .start()?;
    let (first, second) = (
        first.tcp().context("no port")?,
        second.tcp().context("no port")?,
    );
    assert_ne!(first, second);
    assert!(first.ip().is_loopback());
    TcpStream::connect(first)?;
    TcpStream::connect(second)?;
    Ok(())
}

#[test]
fn one_server_can_hold_several_databases() -> Result<()> {
    let demo = Demo::unpack()?;
    let server = DatabaseServer::setup()
        .database(Schema::northbound())
        .file(demo.file("worker-b", SOUTHBOUND))
        .file(demo.file("worker-b", OPEN_VSWITCH))
        .start()?;
    assert_eq!(server.files().len(), 3);
    let databases = server.ovsdb_client("list-dbs", &[])?;
    for name in [
        "OVN_Northbound",
        "OVN_Southbound",
        "Open_vSwitch",
        "_Server",
    ] {
        assert!(databases.contains(name), "{name} is not among {databases}");
    }
    Ok(())
}

#[test]
fn serving_a_file_leaves_the_original_as_it_was() -> Result<()> {
    let demo = Demo::unpack()?;
    let original = demo.file("worker-a", NORTHBOUND);
    let before = fs::read(&original)?;
    let server = DatabaseServer::setup().file(&original).start()?;
    server.transact(INSERT)?;
    assert_eq!(fs::read(&original)?, before);
    Ok(())
}

#[test]
fn a_server_that_cannot_start_fails_with_its_own_words() -> Result<()> {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("broken.db");
    fs::write(&file, "this is no database\n")?;
    let error = DatabaseServer::setup()
        .file(&file)
        .start()
        .err()
        .context("it started")?;
    let message = format!("{error:#}");
    assert!(message.contains("broken.db"), "{message}");
    assert!(message.contains("ended"), "{message}");
    Ok(())
}

#[test]
fn a_failed_command_says_what_it_wrote_to_standard_error() -> Result<()> {
    let server = DatabaseServer::setup()
        .database(Schema::northbound())
        .start()?;
    let error = server.transact("[").err().context("it succeeded")?;
    let message = format!("{error:#}");
    assert!(message.contains("ovsdb-client --timeout="), "{message}");
    assert!(message.contains("end of input"), "{message}");
    Ok(())
}

#[test]
fn the_recording_shows_the_three_faults_of_worker_a_and_none_of_worker_b() -> Result<()> {
    let demo = Demo::unpack()?;
    let [mut unbound, mut broken_set, mut route] = [[false; 2]; 3];
    for (index, node) in NODES.into_iter().enumerate() {
        let server = DatabaseServer::setup()
            .file(demo.file(node, NORTHBOUND))
            .file(demo.file(node, SOUTHBOUND))
            .start()?;
        let ports = server.transact(
            r#"["OVN_Southbound", {"op": "select", "table": "Port_Binding", "columns": ["logical_port"],
                "where": [["type", "==", ""], ["chassis", "==", ["set", []]]]}]"#,
        )?;
        unbound[index] = ports.contains("shop_cart-0");
        assert_eq!(
            ports.matches("logical_port").count(),
            usize::from(unbound[index]),
            "{ports}"
        );
        let sets = server.transact(
            r#"["OVN_Northbound", {"op": "select", "table": "Address_Set", "columns": ["name"],
                "where": [["name", "==", "a14262568268554482202"]]}]"#,
        )?;
        broken_set[index] = !sets.contains("a14262568268554482202");
        let routes = server.transact(
            r#"["OVN_Northbound", {"op": "select", "table": "Logical_Router_Static_Route", "where": []}]"#,
        )?;
        route[index] = routes.matches("ic-node").count() == 1;
    }
    assert_eq!([unbound, broken_set, route], [[true, false]; 3]);
    Ok(())
}

/// Whether a process exists. One that has ended but was not waited for would still count.
fn runs(pid: u32) -> bool {
    Path::new("/proc").join(pid.to_string()).exists()
}
