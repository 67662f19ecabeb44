//! `ovnscope serve`: databases for the stock tools.

use std::process::ExitCode;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use ovn_tools::access::{ParseSourceError, Source};
use ovn_tools::database::Database;
use ovn_tools::moment::{Moment, ParseMomentError};
use ovn_tools::serve::{self, Listen, ParseListenError, ServeError, Served};
use tokio::runtime;

use crate::cli::{note, signal};
use crate::config::Config;
use crate::failure::Failure;

/// The subcommand.
pub(super) const SERVE: &str = "serve";
const SOURCES: &str = "sources";
const LISTEN: &str = "listen";
const AT: &str = "at";
const NODE: &str = "node";

/// The subcommand with its options, but for `--source`.
pub(super) fn command() -> Command {
    let moment = |text: &str| -> Result<Moment, ParseMomentError> { text.parse() };
    let listen = |text: &str| -> Result<Listen, ParseListenError> { text.parse() };
    Command::new(SERVE)
        .about("Serves databases to ovn-nbctl, ovn-sbctl, ovs-vsctl, ovn-trace and ovsdb-client")
        .long_about(
            "Serves databases to the stock tools (ovn-nbctl, ovn-sbctl, ovs-vsctl, ovn-trace, \
             ovsdb-client), as a read-only ovsdb-server would, until it is interrupted.\n\n\
             Recorded databases are served as they were at any moment; any other source is read \
             once. Writes are refused.",
        )
        .arg(sources())
        .arg(
            Arg::new(LISTEN)
                .long(LISTEN)
                .value_name("PLACE")
                .required(true)
                .action(ArgAction::Append)
                .value_parser(ValueParser::from(listen))
                .help("Where to listen: unix:PATH or tcp:127.0.0.1:PORT; may be repeated"),
        )
        .arg(
            Arg::new(AT)
                .long(AT)
                .value_name("MOMENT")
                .value_parser(ValueParser::from(moment))
                .help(
                    "The moment of recorded databases: a time such as 2026-11-21T09:00:00Z, \
                     record:12, or a transaction's ID [default: the end]",
                ),
        )
        .arg(
            Arg::new(NODE)
                .long(NODE)
                .value_name("NODE")
                .help("The node whose databases to serve, where there are several"),
        )
        .after_help(
            "Example:\n  ovnscope serve ovnnb_db.db --listen unix:/tmp/nb.sock\n  \
             ovn-nbctl --db=unix:/tmp/nb.sock show",
        )
}

/// Sources as arguments: in the notation, or paths.
pub(super) fn sources() -> Arg {
    let parse = |text: &str| -> Result<Source, ParseSourceError> { Source::named(text) };
    Arg::new(SOURCES)
        .value_name("SOURCE|PATH")
        .num_args(0..)
        .value_parser(ValueParser::from(parse))
        .help("What to read: as --source, or the path of something recorded")
}

/// The sources that the arguments name.
pub(super) fn named(options: &ArgMatches) -> Vec<Source> {
    options
        .get_many(SOURCES)
        .into_iter()
        .flatten()
        .cloned()
        .collect()
}

/// Serves until a signal comes.
pub(super) fn run(options: &ArgMatches, config: &Config) -> Result<ExitCode, Failure> {
    let listens: Vec<Listen> = options
        .get_many(LISTEN)
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let at: Option<Moment> = options.get_one(AT).copied();
    let node: Option<&String> = options.get_one(NODE);
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::of(&error))?;
    runtime.block_on(async {
        // A signal that comes while the sources are read ends the program as ever.
        let node = node.map(String::as_str);
        let served = serve::start(&config.sources, at, node, &listens)
            .await
            .map_err(|error| failure(&error))?;
        let signal = signal::any().map_err(|error| Failure::of(&error))?;
        note(&told(&served));
        for gap in &served.gaps {
            note(&format!("{}: {}", gap.what, gap.why));
        }
        signal.await;
        served.stop().await;
        Ok(ExitCode::SUCCESS)
    })
}

fn failure(error: &ServeError) -> Failure {
    let failure = match error {
        ServeError::Access(error) => Failure::of(error),
        other => Failure::of(other),
    };
    match error.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// What is served where, and how to get at it.
fn told(served: &Served) -> String {
    let databases = served.databases.iter().map(|read| {
        let mut text = read.database.full_name().to_owned();
        if let Some(node) = &read.node {
            text.push_str(&format!(" of {node}"));
        }
        if let Some(moment) = &read.moment {
            let verb = if read.recorded {
                "as written"
            } else {
                "as read"
            };
            text.push_str(&format!(" ({verb} {moment})"));
        }
        text
    });
    let databases: Vec<String> = databases.collect();
    let places: Vec<String> = served.places.iter().map(ToString::to_string).collect();
    let tool = served
        .databases
        .first()
        .map_or("ovsdb-client", |read| match read.database {
            Database::Sb => "ovn-sbctl",
            Database::Ovs => "ovs-vsctl",
            _ => "ovn-nbctl",
        });
    let place = places.first().map_or("", String::as_str);
    format!(
        "serving {} on {}; try: {tool} --db={place} show",
        databases.join(", "),
        places.join(" and ")
    )
}
