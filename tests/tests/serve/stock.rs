//! Stock tools see the same of a file served by us as of the file served by ovsdb-server.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use ovn_tests::demo::{Demo, NODES, NORTHBOUND, OPEN_VSWITCH, SOUTHBOUND};
use ovn_tests::sandbox::DatabaseServer;

use crate::peer::Served;

/// A backup whose active server is not there: a real server in read-only mode.
pub(crate) const READ_ONLY: &str = "--sync-from=unix:/nonexistent";

/// What a tool printed and how it ended, with the socket's path replaced.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) out: String,
    pub(crate) complaint: String,
    pub(crate) success: bool,
}

/// Runs a tool; `SOCKET` in an argument is the socket.
pub(crate) fn run(tool: &str, arguments: &[&str], socket: &Path) -> Result<Said> {
    let socket = socket.to_str().context("a UTF-8 path")?;
    let arguments = arguments.iter().map(|word| word.replace("SOCKET", socket));
    let done = Command::new(tool)
        .args(arguments)
        .output()
        .with_context(|| format!("cannot run {tool}; is it installed?"))?;
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).replace(socket, "SOCKET");
        // A log line begins with the time.
        let lines = text.lines().map(|line| match line.split_once("|0") {
            Some((time, rest)) if time.ends_with('Z') => format!("|0{rest}"),
            _ => line.to_owned(),
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    Ok(Said {
        out: text(&done.stdout),
        complaint: text(&done.stderr),
        success: done.status.success(),
    })
}

/// What a tool prints in the order of its own hash table, which is not always the same.
const UNORDERED: [&str; 2] = ["list-tables", "list-columns"];

/// Asks both servers the same.
pub(crate) fn check(tool: &str, arguments: &[&str], ours: &Path, real: &Path) -> Result<Said> {
    let [mut ours, mut real] = [run(tool, arguments, ours)?, run(tool, arguments, real)?];
    if UNORDERED.contains(&arguments[0]) {
        for said in [&mut ours, &mut real] {
            let mut lines: Vec<&str> = said.out.lines().collect();
            lines.sort_unstable();
            said.out = lines.join("\n");
        }
    }
    assert_eq!(ours, real, "{tool} {}", arguments.join(" "));
    Ok(ours)
}

/// Both servers of one recorded file.
fn both(file: PathBuf) -> Result<(Served, DatabaseServer)> {
    let real = DatabaseServer::setup()
        .file(&file)
        .argument(READ_ONLY)
        .start()?;
    Ok((Served::files(&[file])?, real))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ovsdb_client_shows_the_same_of_every_demo_file() -> Result<()> {
    let demo = Demo::unpack()?;
    for (file, database, table) in [
        (NORTHBOUND, "OVN_Northbound", "Logical_Switch_Port"),
        (SOUTHBOUND, "OVN_Southbound", "Port_Binding"),
        (OPEN_VSWITCH, "Open_vSwitch", "Interface"),
    ] {
        for node in NODES {
            let (ours, real) = both(demo.file(node, file))?;
            let ask = |arguments: &[&str]| {
                let said = check("ovsdb-client", arguments, &ours.socket(), real.socket())?;
                assert!(said.success, "{}", said.complaint);
                assert!(!said.out.is_empty());
                anyhow::Ok(said)
            };
            ask(&["list-dbs", "unix:SOCKET"])?;
            ask(&["get-schema", "unix:SOCKET", database])?;
            ask(&["get-schema-version", "unix:SOCKET", database])?;
            ask(&["get-schema-cksum", "unix:SOCKET", database])?;
            ask(&["list-tables", "unix:SOCKET", database])?;
            ask(&["list-columns", "unix:SOCKET", database])?;
            ask(&["dump", "unix:SOCKET", database])?;
            ask(&["dump", "-f", "json", "unix:SOCKET", database, table])?;
            ask(&["get-schema", "unix:SOCKET", "_Server"])?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ovsdb_client_monitors_the_same_rows_by_every_method() -> Result<()> {
    let demo = Demo::unpack()?;
    let (ours, real) = both(demo.file(NODES[0], SOUTHBOUND))?;
    for arguments in [
        &[
            "monitor",
            "unix:SOCKET",
            "OVN_Southbound",
            "Port_Binding",
            "logical_port,type,options,nb_cfg",
        ][..],
        &[
            "monitor-cond",
            "unix:SOCKET",
            "OVN_Southbound",
            "[[\"type\",\"==\",\"patch\"]]",
            "Port_Binding",
            "logical_port,mac",
        ],
        &[
            "monitor-cond-since",
            "unix:SOCKET",
            "OVN_Southbound",
            "[[\"type\",\"==\",\"\"]]",
            "Port_Binding",
            "logical_port",
        ],
    ] {
        let columns = arguments.iter().map(|word| match *word {
            "logical_port,type,options,nb_cfg" => "logical_port,type,options",
            word => word,
        });
        // A monitor ends only when its time is up, with what it heard before.
        let mut arguments = vec!["-vsyslog:off", "--timeout=2", "-f", "csv"];
        arguments.extend(columns);
        let mut said = [&ours.socket(), real.socket()].map(|socket| {
            let said = run("ovsdb-client", &arguments, socket)?;
            let mut lines: Vec<String> = said.out.lines().map(str::to_owned).collect();
            lines.sort();
            anyhow::Ok(lines)
        });
        let [ours, real] = &mut said;
        let [ours, real] = [ours.as_ref(), real.as_ref()].map(|lines| lines.ok().cloned());
        assert!(
            ours.as_ref().is_some_and(|lines| lines.len() > 3),
            "{ours:?}"
        );
        assert_eq!(ours, real, "{arguments:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_tools_of_ovn_and_ovs_show_the_same() -> Result<()> {
    let demo = Demo::unpack()?;
    for node in NODES {
        let (ours, real) = both(demo.file(node, NORTHBOUND))?;
        for command in [
            &["show"][..],
            &["list", "NB_Global"],
            &["list", "ACL"],
            &["find", "Logical_Switch_Port", "type=router"],
            &["lr-route-list", "ovn_cluster_router"],
            &["lb-list"],
            &["get", "NB_Global", ".", "nb_cfg"],
            &["lsp-get-addresses", "no_such_port"],
        ] {
            let mut arguments = vec!["--timeout=30", "--db=unix:SOCKET"];
            arguments.extend(command);
            check("ovn-nbctl", &arguments, &ours.socket(), real.socket())?;
        }
        let (ours, real) = both(demo.file(node, SOUTHBOUND))?;
        for command in [
            &["show"][..],
            &["lflow-list"],
            &["--uuid", "lflow-list", "ovn_cluster_router"],
            &["list", "Chassis"],
            &["count-flows"],
        ] {
            let mut arguments = vec!["--timeout=30", "--db=unix:SOCKET"];
            arguments.extend(command);
            let said = check("ovn-sbctl", &arguments, &ours.socket(), real.socket())?;
            assert!(said.success, "{}", said.complaint);
        }
        let (ours, real) = both(demo.file(node, OPEN_VSWITCH))?;
        for command in [
            &["show"][..],
            &["list", "Interface"],
            &["list-ports", "br-int"],
        ] {
            let mut arguments = vec!["--timeout=30", "--db=unix:SOCKET"];
            arguments.extend(command);
            let said = check("ovs-vsctl", &arguments, &ours.socket(), real.socket())?;
            assert!(said.success, "{}", said.complaint);
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ovn_trace_traces_the_same() -> Result<()> {
    let demo = Demo::unpack()?;
    let (ours, real) = both(demo.file(NODES[1], SOUTHBOUND))?;
    let ports = run(
        "ovn-sbctl",
        &[
            "--db=unix:SOCKET",
            "--bare",
            "--columns=logical_port,mac",
            "find",
            "Port_Binding",
            "type=\"\"",
        ],
        &ours.socket(),
    )?;
    let port = ports.out.lines().find(|line| line.starts_with("shop_"));
    let port = port.context("a port of the shop")?;
    let microflow = format!(
        "inport == \"{port}\" && eth.src == 0a:58:0a:f4:01:05 && eth.dst == 0a:58:0a:f4:01:01 \
         && ip4.src == 10.244.1.5 && ip4.dst == 10.96.0.1 && ip.ttl == 64 && tcp && tcp.dst == 443"
    );
    for options in [
        &["--detailed"][..],
        &["--summary"],
        &["--minimal", "--ct=new"],
    ] {
        let mut arguments = vec!["--db=unix:SOCKET"];
        arguments.extend(options);
        arguments.push(&microflow);
        let said = check("ovn-trace", &arguments, &ours.socket(), real.socket())?;
        assert!(said.success, "{}", said.complaint);
        assert!(!said.out.is_empty());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_is_refused_in_the_words_of_a_read_only_server() -> Result<()> {
    let demo = Demo::unpack()?;
    let (ours, real) = both(demo.file(NODES[0], NORTHBOUND))?;
    for command in [
        &["ls-add", "x"][..],
        &["set", "NB_Global", ".", "nb_cfg=7"],
        &["lsp-del", "shop_cart-0"],
        &["destroy", "NB_Global", "."],
    ] {
        let mut arguments = vec!["--timeout=30", "--db=unix:SOCKET"];
        arguments.extend(command);
        let said = check("ovn-nbctl", &arguments, &ours.socket(), real.socket())?;
        assert!(!said.success);
        assert!(said.complaint.contains("not allowed"), "{}", said.complaint);
    }
    let (ours, real) = both(demo.file(NODES[0], OPEN_VSWITCH))?;
    let arguments = [
        "--timeout=30",
        "--no-wait",
        "--db=unix:SOCKET",
        "add-br",
        "x",
    ];
    let said = check("ovs-vsctl", &arguments, &ours.socket(), real.socket())?;
    assert!(
        !said.success && said.complaint.contains("not allowed"),
        "{said:?}"
    );
    Ok(())
}
