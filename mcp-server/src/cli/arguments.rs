//! The arguments of the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{RangedU64ValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command};
#[cfg(feature = "kube")]
use ovn_tools::access::{ParsePodDatabaseError, PodDatabase};
use ovn_tools::access::{ParseSourceError, Source, TlsFiles};

#[cfg(feature = "kube")]
use crate::cli::forwarding;
use crate::cli::{mcp, recording, serving};
use crate::config::SOURCE_VARIABLE;
use crate::present::{DEFAULT_TOKENS, Detail, MAX_TOKENS, MIN_TOKENS};
use crate::telemetry::LOG_VARIABLE;
use crate::tool::{Definition, TOOLS};

/// The option for the structured content.
pub(super) const JSON: &str = "json";
const SOURCE: &str = "source";
// As in all OVS programs.
const PRIVATE_KEY: &str = "private-key";
const CERTIFICATE: &str = "certificate";
const CA_CERTIFICATE: &str = "ca-cert";
#[cfg(feature = "kube")]
const KUBE_DATABASE: &str = "kube-database";
const MAX_TOKENS_OPTION: &str = "max-tokens";
const DETAIL_OPTION: &str = "detail";

/// The whole command line.
pub(super) fn command() -> Command {
    whole(|tool| with_options(tool.command()).after_help(AFTER_TOOL))
}

/// What the arguments of the process say.
///
/// Only help and errors show what every tool does, and putting that together takes longer than many
/// an answer: a first look knows the options of the tool that is asked for alone.
///
/// # Errors
/// [`clap::Error`] when they do not parse, or ask for help or the version.
pub(super) fn matches(
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<ArgMatches, clap::Error> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let brief = whole(|tool| {
        Command::new(tool.command_name()).defer(|command| {
            let name = command.get_name();
            match TOOLS.iter().find(|tool| tool.command_name() == name) {
                Some(tool) => with_options(tool.add_options(command)),
                None => command,
            }
        })
    });
    let matches = brief.try_get_matches_from(&arguments);
    matches.or_else(|_| command().try_get_matches_from(&arguments))
}

/// The options that every tool has.
fn with_options(tool: Command) -> Command {
    tool.arg(source())
        .arg(json())
        .arg(max_tokens())
        .arg(detail())
}

fn whole(tool: fn(&Definition) -> Command) -> Command {
    let whole = Command::new("ovnscope")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Looks into OVN and Open vSwitch databases: live, recorded, or the embedded demo")
        .long_about(None::<&str>)
        .arg(source())
        .args(tls())
        .args(pod_databases())
        .subcommands(TOOLS.iter().map(tool))
        .subcommand(mcp::command().arg(source()))
        .subcommand(serving::command().arg(source()))
        .subcommand(recording::command().arg(source()))
        .disable_help_subcommand(true)
        .after_help(format!(
            "Environment:\n  {SOURCE_VARIABLE}  the sources when no --source is given, one a line\n  \
             {LOG_VARIABLE}     what to log on standard error: a level, or target=level pairs\n  \
             NO_COLOR         no colours"
        ));
    #[cfg(feature = "kube")]
    let whole = whole.subcommand(forwarding::command().arg(source()));
    whole
}

/// The sources named at one level of the command line.
pub(super) fn sources(matches: &ArgMatches) -> Vec<Source> {
    let named = matches.get_many::<Source>(SOURCE);
    named.into_iter().flatten().cloned().collect()
}

/// The files for `ssl:` sources, named at either level of the command line.
pub(super) fn tls_files(matches: &ArgMatches) -> Option<TlsFiles> {
    let file = |name| matches.get_one::<PathBuf>(name).cloned();
    Some(TlsFiles {
        private_key: file(PRIVATE_KEY)?,
        certificate: file(CERTIFICATE)?,
        ca_certificate: file(CA_CERTIFICATE)?,
    })
}

/// The budget of the structured content in tokens, where one is given.
pub(super) fn budget(options: &ArgMatches) -> Option<usize> {
    options.get_one(MAX_TOKENS_OPTION).copied()
}

const AFTER_TOOL: &str = "Exit codes: 0 answered, 1 no answer, 2 wrong usage.";

/// The same option stands before and after the subcommand; both count.
fn source() -> Arg {
    let parse = |text: &str| -> Result<Source, ParseSourceError> { text.parse() };
    Arg::new(SOURCE)
        .long(SOURCE)
        .value_name("SPEC")
        .action(ArgAction::Append)
        .value_parser(ValueParser::from(parse))
        .help("Where to read: unix:PATH, tcp:HOST:PORT, ssl:HOST:PORT, kube, kube:CONTEXT, recorded:PATH or demo; may be repeated")
        .long_help(format!(
            "Where to read; may be repeated.\n\n\
             unix:PATH, tcp:HOST:PORT  an ovsdb-server; several with commas are one cluster\n\
             ssl:HOST:PORT             the same over TLS, with --private-key and the like\n\
             kube, kube:CONTEXT        an OVN-Kubernetes cluster: the databases of every node, through\n\
             \u{20}                         the API server of the kubeconfig's (current) context\n\
             recorded:PATH             a database file, or a folder or archive with any number of\n\
             \u{20}                         them, such as a must-gather or a sosreport\n\
             demo                      a small recorded cluster inside the program\n\n\
             Without it: {SOURCE_VARIABLE}, one source a line, else demo."
        ))
}

/// Where databases are in the pods of clusters.
#[cfg(feature = "kube")]
fn pod_databases() -> [Arg; 1] {
    let parse = |text: &str| -> Result<PodDatabase, ParsePodDatabaseError> { text.parse() };
    let option = Arg::new(KUBE_DATABASE)
        .long(KUBE_DATABASE)
        .value_name("DATABASE=NAMESPACE/POD/CONTAINER:WHERE")
        .action(ArgAction::Append)
        .value_parser(ValueParser::from(parse))
        .global(true)
        .help_heading("For kube sources")
        .help("Where a database is when the layout is not that of OVN-Kubernetes; may be repeated")
        .long_help(
            "Where a database is when the layout is not that of OVN-Kubernetes; may be repeated.\n\n\
             DATABASE is nb, sb or ovs; POD is a name, or labels such as app=ovn-central; WHERE is \
             the path of a socket in the container, or tcp:PORT or ssl:PORT of the pod.\n\
             Example: nb=kube-system/app=ovn-central/ovn-central:/var/run/ovn/ovnnb_db.sock",
        );
    [option]
}

#[cfg(not(feature = "kube"))]
fn pod_databases() -> [Arg; 0] {
    []
}

/// The databases that are named by where they are, at either level of the command line.
#[cfg(feature = "kube")]
pub(super) fn named_databases(matches: &ArgMatches) -> Vec<PodDatabase> {
    let named = matches.get_many(KUBE_DATABASE);
    named.into_iter().flatten().cloned().collect()
}

/// The three files of TLS: all or none.
fn tls() -> [Arg; 3] {
    let all = [PRIVATE_KEY, CERTIFICATE, CA_CERTIFICATE];
    let file = |name, help| {
        Arg::new(name)
            .long(name)
            .value_name("PEM")
            .value_parser(ValueParser::path_buf())
            .requires_all(all.into_iter().filter(|&other| other != name))
            .global(true)
            .help_heading("For ssl: sources, and ports of pods that speak TLS")
            .help(help)
    };
    [
        file(PRIVATE_KEY, "The private key, not encrypted"),
        file(CERTIFICATE, "The certificate of the private key"),
        file(
            CA_CERTIFICATE,
            "The certificate of the CA that the servers' certificates come from",
        ),
    ]
}

fn json() -> Arg {
    Arg::new(JSON)
        .long(JSON)
        .action(ArgAction::SetTrue)
        .help("Print exactly what the MCP tool answers, as one line of JSON")
}

fn detail() -> Arg {
    Arg::new(DETAIL_OPTION)
        .long(DETAIL_OPTION)
        .value_name("DETAIL")
        .value_parser(Detail::ALL.map(Detail::name))
        .help("How much to tell: whole UUIDs and traces with full; with --json, no rows with summary [default: rows]")
}

/// How much the answer is to tell.
pub(super) fn detail_of(options: &ArgMatches) -> Detail {
    let name = options.get_one::<String>(DETAIL_OPTION);
    name.and_then(|name| Detail::from_name(name))
        .unwrap_or_default()
}

fn max_tokens() -> Arg {
    let tokens = MIN_TOKENS as u64..=MAX_TOKENS as u64;
    Arg::new(MAX_TOKENS_OPTION)
        .long(MAX_TOKENS_OPTION)
        .value_name("TOKENS")
        .requires(JSON)
        .value_parser(RangedU64ValueParser::<usize>::new().range(tokens))
        .help(format!(
            "With --json: the most tokens that the answer may take [default: {DEFAULT_TOKENS}]"
        ))
}
