//! Making a scenario: the twin's nodes are started again, the fault is done to them, and what the
//! daemons wrote is kept.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};

use crate::demo::{FILES, NODES};
use crate::pack::recording::{Recording, keep};
use crate::pack::scenario::{Action, Scenario, Step};
use crate::sandbox::{Node, READY, wait_until};

/// Where OVN-Kubernetes puts the southbound socket.
const SOUTHBOUND: &str = "unix:/var/run/ovn/ovnsb_db.sock";
/// What ovnkube-controller writes every 30 s; a scenario that sets it itself keeps its own.
const HEARTBEAT: &str = "e2e_timestamp";

/// Makes a scenario on the real stack and keeps its recordings.
///
/// # Errors
/// A daemon does not start, a step fails, or what was written cannot be kept.
pub fn make(scenario: &Scenario) -> Result<()> {
    let twin = Recording::twin()?;
    let mut nodes = Vec::new();
    for name in NODES {
        let node = Node::resume(&twin.path().join(name))?;
        node.sync()?;
        nodes.push((name, node));
    }
    let mut killed = Vec::new();
    for (number, step) in scenario.make.iter().enumerate() {
        let found = nodes.iter_mut().find(|(name, _)| *name == step.node);
        let (name, node) = found.with_context(|| format!("there is no node {}", step.node))?;
        if let Action::Kill(daemon) = &step.action {
            killed.push((*name, daemon.clone()));
        }
        take(step, node).with_context(|| format!("step {} of {}", number + 1, scenario.name))?;
    }
    for (name, mut node) in nodes {
        let is_whole = !killed.iter().any(|(node, _)| *node == name);
        let own_heartbeat = scenario.make.iter().any(sets_heartbeat);
        if !own_heartbeat {
            let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
            let setting = format!("options:{HEARTBEAT}={now}");
            node.nbctl(&["set", "NB_Global", ".", &setting])?;
        }
        if is_whole {
            node.sync()?;
        }
        // The databases hold what was written once their servers have answered.
        node.leave(SOUTHBOUND)?;
        let servers = [node.northbound(), node.southbound(), node.open_vswitch()];
        for (server, file) in servers.into_iter().zip(FILES) {
            let path = &server.files()[0];
            let bytes =
                fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            keep(scenario, name, file, &bytes)?;
        }
    }
    Ok(())
}

fn sets_heartbeat(step: &Step) -> bool {
    match &step.action {
        Action::Nbctl(arguments) => arguments.iter().any(|text| text.contains(HEARTBEAT)),
        _ => false,
    }
}

fn take(step: &Step, node: &mut Node) -> Result<()> {
    match &step.action {
        Action::Nbctl(arguments) => node.nbctl(&words(arguments)).map(drop),
        Action::Sbctl(arguments) => node.sbctl(&words(arguments)).map(drop),
        Action::Vsctl(arguments) => node.vsctl(&words(arguments)).map(drop),
        Action::Transact(transaction) => {
            let server = match transaction[0].as_str() {
                Some("OVN_Northbound") => node.northbound(),
                Some("OVN_Southbound") => node.southbound(),
                Some("Open_vSwitch") => node.open_vswitch(),
                other => bail!("no server has the database {other:?}"),
            };
            let answer = server.transact(&transaction.to_string())?;
            ensure!(!answer.contains("\"error\""), "refused: {answer}");
            Ok(())
        }
        Action::Kill(daemon) => match daemon.as_str() {
            "ovn-northd" => node.northd_mut().kill(),
            "ovn-controller" => node.controller_mut().kill(),
            "ovs-vswitchd" => node.vswitchd_mut().kill(),
            other => bail!("there is no daemon {other}"),
        },
        Action::Await { command, prints } => {
            let what = format!("{} prints {prints:?}", command.join(" "));
            wait_until(&what, READY, || {
                let printed = ask(node, command)?;
                Ok((printed.trim() == prints).then_some(()))
            })
        }
    }
}

fn ask(node: &Node, command: &[String]) -> Result<String> {
    let words = words(command);
    match words.split_first() {
        Some((&"ovn-nbctl", arguments)) => node.nbctl(arguments),
        Some((&"ovn-sbctl", arguments)) => node.sbctl(arguments),
        Some((&"ovs-vsctl", arguments)) => node.vsctl(arguments),
        _ => bail!("{command:?} is no stock tool"),
    }
}

fn words(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}
