//! `ovnscope record`: databases into one portable bundle.

use std::hash::{BuildHasher, RandomState};
use std::path::PathBuf;
use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use clap::builder::{RangedU64ValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command};
use ovn_tools::record::{RecordError, RecordOptions, Recorded, Recording};
use tokio::runtime;

use crate::cli::{note, serving, signal};
use crate::config::Config;
use crate::failure::Failure;

/// The subcommand.
pub(super) const RECORD: &str = "record";
const OUTPUT: &str = "output";
const FOLLOW: &str = "follow";
const REDACT: &str = "redact";
const TABLES: &str = "tables";

/// The longest that changes can be followed, in seconds.
/// **Default and why**: a week; more is a job for a monitoring system.
const MAX_FOLLOW: u64 = 7 * 24 * 3600;

/// The subcommand with its options, but for `--source`.
pub(super) fn command() -> Command {
    Command::new(RECORD)
        .about("Records databases into one portable bundle")
        .long_about(
            "Records consistent snapshots of databases into one portable bundle: standalone OVSDB \
             files, which stock tools read too, and a manifest.\n\n\
             The bundle is made under a temporary name and put in its place when it is complete. \
             It holds all the names and addresses of the network unless --redact replaces them, \
             so only its owner may read it.",
        )
        .arg(serving::sources())
        .arg(
            Arg::new(OUTPUT)
                .short('o')
                .long(OUTPUT)
                .value_name("FILE")
                .required(true)
                .value_parser(ValueParser::path_buf())
                .help("Where the bundle goes: a .tar.gz, or a folder where it ends in /"),
        )
        .arg(
            Arg::new(FOLLOW)
                .long(FOLLOW)
                .value_name("SECONDS")
                .value_parser(RangedU64ValueParser::<u64>::new().range(1..=MAX_FOLLOW))
                .help("Add what changes in running servers for so long, or until interrupted"),
        )
        .arg(
            Arg::new(REDACT)
                .long(REDACT)
                .action(ArgAction::SetTrue)
                .help("Replace names and addresses, the same one always by the same")
                .long_help(
                    "Replace names and IP and MAC addresses, the same one always by the same, in \
                     all databases of the bundle. Two addresses of one subnet stay in one.\n\n\
                     UUIDs, numbers (ports, tags, counters), times, versions, documented keys and \
                     the words of OVN, Open vSwitch and OVN-Kubernetes themselves stay. The \
                     replacements are other ones in every bundle.",
                ),
        )
        .arg(
            Arg::new(TABLES)
                .long(TABLES)
                .value_name("TABLE")
                .value_delimiter(',')
                .help("Only these tables, with commas, and those that name the node [default: all]"),
        )
        .after_help(
            "Example:\n  ovnscope record unix:/var/run/ovn/ovnnb_db.sock -o nb.tar.gz --follow 60 --redact",
        )
}

/// Records.
pub(super) fn run(options: &ArgMatches, config: &Config) -> Result<ExitCode, Failure> {
    let target: PathBuf = options.get_one(OUTPUT).cloned().unwrap_or_default();
    let follow = options.get_one(FOLLOW).copied().map(Duration::from_secs);
    let wanted = RecordOptions {
        tables: options
            .get_many(TABLES)
            .into_iter()
            .flatten()
            .cloned()
            .collect(),
        redact: options.get_flag(REDACT).then(random_key),
    };
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::of(&error))?;
    let recorded = runtime.block_on(async {
        // One for all of it, so that no signal comes between two and is lost.
        let mut interrupted = pin!(signal::any().map_err(|error| Failure::of(&error))?);
        let begin = Recording::begin(&config.sources, &wanted, &target);
        let mut recording = tokio::select! {
            recording = begin => recording.map_err(|error| failure(&error))?,
            () = &mut interrupted => return Err(Failure::new("interrupted: nothing was recorded")),
        };
        if let Some(time) = follow {
            if recording.is_live() {
                tokio::select! {
                    followed = recording.follow(time) => followed.map_err(|error| failure(&error))?,
                    () = &mut interrupted => note("interrupted: what was followed so far is kept"),
                }
            } else {
                note("nothing changes in a recording: there is nothing to follow");
            }
        }
        recording.finish().map_err(|error| failure(&error))
    })?;
    for gap in &recorded.gaps {
        note(&format!("{}: {}", gap.what, gap.why));
    }
    note(&told(&recorded, &target.display().to_string()));
    Ok(ExitCode::SUCCESS)
}

fn failure(error: &RecordError) -> Failure {
    let failure = Failure::of(error);
    match error.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// What was recorded.
fn told(recorded: &Recorded, target: &str) -> String {
    let databases = &recorded.manifest.databases;
    let transactions: u64 = databases.iter().map(|database| database.transactions).sum();
    let noun = if databases.len() == 1 {
        "database"
    } else {
        "databases"
    };
    let mut text = format!(
        "recorded {} {noun} with {transactions} transactions to {target}",
        databases.len()
    );
    if let Some(redactions) = &recorded.manifest.redactions {
        text.push_str(&format!(
            "; replaced {} words of names, {} IP and {} MAC addresses; what stays: {}",
            redactions.names,
            redactions.ip_addresses,
            redactions.mac_addresses,
            redactions.kept.join("; "),
        ));
    }
    text
}

/// A key that is another one for each run: the standard library's hashers have keys from the
/// operating system.
fn random_key() -> [u8; 32] {
    let mut key = [0; 32];
    for (part, bytes) in key.chunks_exact_mut(8).enumerate() {
        bytes.copy_from_slice(&RandomState::new().hash_one(part).to_be_bytes());
    }
    key
}
