//! The peers: what a user would take instead, from Debian's packages.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::dataset::Kind;
use crate::process::own;
use crate::work::{Chosen, NAMED_COLUMNS, ROUTER_PORTS};

/// Reads the bytes and does nothing with them: what the server alone takes.
pub const RAW: &str = "raw read";
/// The C IDL as a user has it: `ovn-nbctl` or `ovn-sbctl` as a daemon, which follows every column
/// of every table. Without `--detach` these tools follow only what one command needs.
pub const C_IDL: &str = "C IDL (ctl daemon)";
/// `ovsdb-client monitor`.
pub const MONITOR: &str = "ovsdb-client monitor";
/// `ovsdb-client dump`.
pub const DUMP: &str = "ovsdb-client dump";
/// The Python IDL.
pub const PYTHON: &str = "Python IDL";

/// Debian's Python, which the package python3-openvswitch belongs to.
const INTERPRETER: &str = "/usr/bin/python3";

/// A piece of our own work.
///
/// # Errors
/// The system does not say which program this is.
pub fn ours(words: &[&str]) -> Result<Command> {
    let mut command = own()?;
    command.args(words);
    Ok(command)
}

/// ovnscope itself, built beside this program.
///
/// # Errors
/// It is not there.
pub fn ovnscope() -> Result<Command> {
    let program = std::env::current_exe()?.with_file_name("ovnscope-measured");
    anyhow::ensure!(program.exists(), "{} is not built", program.display());
    let mut command = Command::new(program);
    command.env_remove("OVNSCOPE_SOURCE");
    // The schema of the packages lacks columns that ours knows, which it would say each time.
    command.env("OVNSCOPE_LOG", "error");
    Ok(command)
}

/// A script of this package.
///
/// # Errors
/// It is not there.
pub fn python(script: &str, words: &[&str]) -> Result<Command> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("peers")
        .join(script);
    anyhow::ensure!(path.exists(), "{} is gone", path.display());
    let mut command = Command::new(INTERPRETER);
    command.arg(path).args(words);
    Ok(command)
}

/// The Python IDL.
///
/// # Errors
/// As [`python`].
pub fn python_idl(endpoint: &str, kind: Kind, chosen: Chosen) -> Result<Command> {
    let schema = kind.schema();
    let schema = schema.path().to_str().context("a path in UTF-8")?;
    python(
        "idl.py",
        &[endpoint, schema, kind.database(), chosen.name()],
    )
}

/// `ovsdb-client` with its output as JSON.
pub fn ovsdb_client(words: &[&str]) -> Command {
    let mut command = Command::new("ovsdb-client");
    command.args(["-f", "json"]).args(words);
    command
}

/// `ovsdb-client monitor` of what was chosen.
pub fn monitor(endpoint: &str, kind: Kind, chosen: Chosen) -> Command {
    let ports = ovn_schemas::nb::logical_switch_port::DEFINITION.name;
    match chosen {
        Chosen::All => ovsdb_client(&["monitor", endpoint, kind.database(), "ALL"]),
        Chosen::Columns => {
            let columns = NAMED_COLUMNS.join(",");
            ovsdb_client(&["monitor", endpoint, kind.database(), ports, &columns])
        }
        Chosen::Condition => {
            let condition = format!(r#"[["type","==","{ROUTER_PORTS}"]]"#);
            let database = kind.database();
            ovsdb_client(&["monitor-cond", endpoint, database, &condition, ports])
        }
    }
}

/// The tool whose daemon is the C IDL.
pub fn ctl(kind: Kind) -> &'static str {
    match kind {
        Kind::Northbound => "ovn-nbctl",
        Kind::Southbound => "ovn-sbctl",
    }
}

/// `ovn-nbctl` or `ovn-sbctl` for one command.
pub fn ctl_once(endpoint: &str, kind: Kind, words: &[&str]) -> Command {
    let mut command = Command::new(ctl(kind));
    for variable in ["OVN_NB_DAEMON", "OVN_SB_DAEMON"] {
        command.env_remove(variable);
    }
    command
        .arg("--no-leader-only")
        .arg(format!("--db={endpoint}"));
    command.args(["-f", "json"]).args(words);
    command
}
