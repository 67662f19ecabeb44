//! The control sockets of real daemons.

use anyhow::Result;
use ovn_tests::sandbox::Node;
use ovsdb_client::endpoint::Endpoint;
use ovsdb_client::unixctl::{Unixctl, UnixctlError};

async fn connect(daemon: &ovn_tests::sandbox::Daemon) -> Result<Unixctl> {
    let endpoint: Endpoint = format!("unix:{}", daemon.ctl().display()).parse()?;
    Ok(Unixctl::connect(&endpoint).await?)
}

fn node() -> Result<Node> {
    let node = Node::start("hv1")?;
    node.nbctl(&[
        "ls-add", "sw0", "--", "lsp-add", "sw0", "p1", "--", "lsp-add", "sw0", "p2",
    ])?;
    node.plug("p1")?;
    node.plug("p2")?;
    node.sync()?;
    Ok(node)
}

#[tokio::test]
async fn every_daemon_answers_as_it_answers_ovs_appctl() -> Result<()> {
    let node = node()?;
    for (daemon, program, commands) in [
        (
            node.northbound().daemon(),
            "ovsdb-server",
            &[
                &["ovsdb-server/list-dbs"][..],
                &["ovsdb-server/list-remotes"],
            ][..],
        ),
        (
            node.vswitchd(),
            "ovs-vswitchd",
            &[
                &["bridge/dump-flows", "br-int"],
                &["dpif/show"],
                &["dpctl/dump-flows"],
                &["dpctl/dump-conntrack"],
                &[
                    "ofproto/trace",
                    "br-int",
                    "in_port=p1,dl_src=50:54:00:00:00:01",
                ],
                &["fdb/show", "br-int"],
            ],
        ),
        (node.northd(), "ovn-northd", &[&["status"], &["is-paused"]]),
        (
            node.controller(),
            "ovn-controller",
            &[&["connection-status"], &["ct-zone-list"], &["debug/status"]],
        ),
    ] {
        let mut unixctl = connect(daemon).await?;
        let version = unixctl.call("version", &[]).await?;
        assert!(version.starts_with(program), "{version}");
        let commands = [&["list-commands"][..]]
            .into_iter()
            .chain(commands.iter().copied());
        for command in commands {
            let expected = daemon.appctl(command)?;
            let found = unixctl.call(command[0], &command[1..]).await?;
            // Flows age between the two.
            let steady = |text: &str| {
                let words = text.split([' ', ',', '\n']);
                let steady = words.filter(|word| {
                    ![
                        "duration=",
                        "used:",
                        "n_packets=",
                        "n_bytes=",
                        "packets:",
                        "bytes:",
                    ]
                    .iter()
                    .any(|name| word.starts_with(name))
                });
                let mut steady: Vec<String> = steady.map(str::to_owned).collect();
                steady.sort();
                steady
            };
            assert_eq!(
                steady(found.trim_end()),
                steady(expected.trim_end()),
                "{program} {command:?}"
            );
        }
    }
    Ok(())
}

#[tokio::test]
async fn refusals_are_told_apart_and_the_connection_goes_on() -> Result<()> {
    let node = node()?;
    let mut unixctl = connect(node.vswitchd()).await?;
    let error = unixctl.call("no/such; command", &[]).await.unwrap_err();
    assert!(
        matches!(&error, UnixctlError::UnknownCommand(command) if command == "no/such; command"),
        "{error:?}"
    );
    for (command, arguments, expected) in [
        (
            "ofproto/trace",
            &["no bridge $(true)", "in_port=1"][..],
            "unknown bridge",
        ),
        ("bridge/dump-flows", &[], "requires at least 1 arguments"),
        ("version", &["-h"], "takes at most 0 arguments"),
        ("fdb/show", &["--help"], "no such bridge"),
    ] {
        match unixctl.call(command, arguments).await {
            Err(UnixctlError::Refused { message, .. }) => {
                assert!(message.contains(expected), "{command}: {message}");
            }
            other => panic!("{command}: {other:?}"),
        }
    }
    let error = unixctl.call("version", &["a\0b"]).await.unwrap_err();
    assert!(matches!(error, UnixctlError::Argument(_)), "{error:?}");
    assert!(
        unixctl
            .call("version", &[])
            .await?
            .starts_with("ovs-vswitchd")
    );
    Ok(())
}

#[tokio::test]
async fn a_call_given_up_leaves_the_connection_of_use() -> Result<()> {
    let node = node()?;
    let mut unixctl = connect(node.vswitchd()).await?;
    node.vswitchd().pause()?;
    let soon = std::time::Duration::from_millis(50);
    for _ in 0..3 {
        let late = unixctl.call("list-commands", &[]);
        assert!(tokio::time::timeout(soon, late).await.is_err());
    }
    node.vswitchd().resume()?;
    assert!(
        unixctl
            .call("version", &[])
            .await?
            .starts_with("ovs-vswitchd")
    );
    Ok(())
}

#[tokio::test]
async fn a_lost_daemon_is_told_apart_from_one_that_is_not_there() -> Result<()> {
    let mut node = node()?;
    let mut unixctl = connect(node.northd()).await?;
    let path = node.northd().ctl().display().to_string();
    node.northd_mut().kill()?;
    let error = unixctl.call("version", &[]).await.unwrap_err();
    assert!(matches!(error, UnixctlError::Lost(_)), "{error:?}");
    let endpoint: Endpoint = format!("unix:{path}").parse()?;
    let error = Unixctl::connect(&endpoint).await.unwrap_err();
    assert!(matches!(error, UnixctlError::Dial(_)), "{error:?}");
    Ok(())
}
