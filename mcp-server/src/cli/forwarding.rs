//! `ovnscope forward`: the sockets in a cluster's pods as unix sockets of this machine.

use std::io::{self, BufRead, IsTerminal};
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use ovn_tools::access::{Cluster, Source};
use ovn_tools::database::Database;
use ovn_tools::forward::{self, ForwardError, Forwarded, Options, Socket};
use tokio::runtime;

use crate::cli::{note, signal, write_out};
use crate::config::Config;
use crate::failure::Failure;

/// The subcommand.
pub(super) const FORWARD: &str = "forward";
const NODE: &str = "node";
const DB: &str = "db";
const CONTROL: &str = "ctl";
const ALLOW_WRITES: &str = "allow-writes";
const YES: &str = "yes";

/// What it means to allow writes.
const WARNING: &str = "with --allow-writes whoever can open these sockets (your user and root) can \
                       change the databases of the node, and have its daemons drop flows or exit, \
                       as root in the pod could: OVN-Kubernetes may undo such changes, or break over \
                       them";

/// The subcommand with its options, but for `--source`.
pub(super) fn command() -> Command {
    let databases = Database::ALL.map(Database::short_name);
    Command::new(FORWARD)
        .about("Makes the databases and control sockets of a cluster's node unix sockets of this machine")
        .long_about(
            "Makes the databases and control sockets of a cluster's node unix sockets of this \
             machine, for ovn-nbctl, ovn-sbctl, ovs-vsctl, ovs-appctl and any other program, until \
             it is interrupted.\n\n\
             The sockets stand in a folder that nobody else may enter. What would change something \
             is refused as a read-only server refuses it, unless --allow-writes is given.",
        )
        .arg(
            Arg::new(NODE)
                .long(NODE)
                .value_name("NODE")
                .action(ArgAction::Append)
                .help("The node; needed where there are several, and may be repeated"),
        )
        .arg(
            Arg::new(DB)
                .long(DB)
                .value_name("DB")
                .action(ArgAction::Append)
                .value_parser(PossibleValuesParser::new(
                    databases.into_iter().chain([CONTROL]),
                ))
                .help("What to forward: a database, or ctl for the daemons' control sockets; may be repeated [default: all]"),
        )
        .arg(
            Arg::new(ALLOW_WRITES)
                .long(ALLOW_WRITES)
                .action(ArgAction::SetTrue)
                .help("Let clients change what they reach; asks first"),
        )
        .arg(
            Arg::new(YES)
                .long(YES)
                .action(ArgAction::SetTrue)
                .requires(ALLOW_WRITES)
                .help("Do not ask"),
        )
        .after_help(
            "Example:\n  ovnscope --source kube forward --node worker-a --db nb\n  \
             ovn-nbctl --db=unix:/run/user/1000/ovnscope-x/ovnnb_db.sock show",
        )
}

/// Forwards until a signal comes.
pub(super) fn run(options: &ArgMatches, config: &Config) -> Result<ExitCode, Failure> {
    let chosen = |name: &str| -> Vec<String> {
        options
            .get_many(name)
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    };
    let databases = chosen(DB);
    let options = Options {
        nodes: chosen(NODE),
        databases: Database::ALL
            .into_iter()
            .filter(|database| databases.iter().any(|name| name == database.short_name()))
            .collect(),
        control: databases.iter().any(|name| name == CONTROL),
        writes: allowed(options)?,
    };
    // Nobody forwards the demo.
    let sources = if config.is_default {
        vec![Source::Kube(Cluster::current())]
    } else {
        config.sources.clone()
    };
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::of(&error))?;
    runtime.block_on(async {
        // From here on a signal ends the program only after it has cleaned up.
        let signal = signal::any().map_err(|error| Failure::of(&error))?;
        tokio::pin!(signal);
        let mut forwarded = tokio::select! {
            forwarded = forward::start(&sources, &options) => forwarded.map_err(|error| failure(&error))?,
            () = &mut signal => return Ok(ExitCode::SUCCESS),
        };
        tell(&forwarded, options.writes)?;
        loop {
            tokio::select! {
                () = &mut signal => break,
                Some(told) = forwarded.notes.recv() => note(&told),
            }
        }
        forwarded.stop().await.map_err(|error| Failure::of(&error))?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Whether writes are allowed; on a terminal whoever sits there is asked.
fn allowed(options: &ArgMatches) -> Result<bool, Failure> {
    if !options.get_flag(ALLOW_WRITES) {
        return Ok(false);
    }
    note(WARNING);
    if options.get_flag(YES) {
        return Ok(true);
    }
    let stdin = io::stdin();
    if !stdin.is_terminal() {
        return Err(Failure::new(
            "--allow-writes asks for a confirmation, and nobody is at a terminal",
        )
        .hint("in a script, confirm with --yes"));
    }
    note("type yes to go on");
    let mut line = String::new();
    let read = stdin.lock().read_line(&mut line);
    read.map_err(|error| Failure::of(&error))?;
    if line.trim() == "yes" {
        return Ok(true);
    }
    Err(Failure::new(
        "writes were not confirmed, and nothing is forwarded",
    ))
}

/// Says on standard output where the sockets are, one a line, and on standard error what to do
/// with them.
fn tell(forwarded: &Forwarded, writes: bool) -> Result<(), Failure> {
    let lines = forwarded.sockets.iter().map(|socket| {
        let what = socket.database.map_or(CONTROL, Database::short_name);
        format!("{} {what} {}\n", socket.node, address(socket))
    });
    write_out(&lines.collect::<String>())?;
    for gap in &forwarded.gaps {
        note(&format!("{}: {}", gap.what, gap.why));
    }
    let how = if writes { "read-write" } else { "read-only" };
    let example = forwarded
        .sockets
        .first()
        .map(|socket| match socket.database {
            Some(Database::Nb) => format!("ovn-nbctl --db={} show", address(socket)),
            Some(Database::Sb) => format!("ovn-sbctl --db={} show", address(socket)),
            Some(_) => format!("ovs-vsctl --db={} show", address(socket)),
            None => format!("ovs-appctl -t {} version", address(socket)),
        });
    note(&format!(
        "forwarding {how} in {} until interrupted; try: {}",
        forwarded.folder().display(),
        example.unwrap_or_default()
    ));
    Ok(())
}

/// The socket as the stock tools name it.
fn address(socket: &Socket) -> String {
    let path = socket.path.display();
    match socket.database {
        Some(_) => format!("unix:{path}"),
        None => path.to_string(),
    }
}

fn failure(error: &ForwardError) -> Failure {
    let failure = Failure::of(error);
    match error.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
