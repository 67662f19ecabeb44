//! The arguments of the command line.

use std::path::PathBuf;

use clap::builder::{RangedU64ValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command};
use ovn_tools::access::{ParseSourceError, Source, TlsFiles};

use crate::cli::{mcp, recording, serving};
use crate::config::SOURCE_VARIABLE;
use crate::present::{DEFAULT_TOKENS, MAX_TOKENS, MIN_TOKENS};
use crate::telemetry::LOG_VARIABLE;
use crate::tool::TOOLS;

/// The option for the structured content.
pub(super) const JSON: &str = "json";
const SOURCE: &str = "source";
// As in all OVS programs.
const PRIVATE_KEY: &str = "private-key";
const CERTIFICATE: &str = "certificate";
const CA_CERTIFICATE: &str = "ca-cert";
const MAX_TOKENS_OPTION: &str = "max-tokens";

/// The whole command line.
pub(super) fn command() -> Command {
    let tools = TOOLS.iter().map(|tool| {
        tool.command()
            .arg(source())
            .arg(json())
            .arg(max_tokens())
            .after_help(AFTER_TOOL)
    });
    Command::new("ovnscope")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Looks into OVN and Open vSwitch databases: live, recorded, or the embedded demo")
        .long_about(None::<&str>)
        .arg(source())
        .args(tls())
        .subcommands(tools)
        .subcommand(mcp::command().arg(source()))
        .subcommand(serving::command().arg(source()))
        .subcommand(recording::command().arg(source()))
        .disable_help_subcommand(true)
        .after_help(format!(
            "Environment:\n  {SOURCE_VARIABLE}  the sources when no --source is given, one a line\n  \
             {LOG_VARIABLE}     what to log on standard error: a level, or target=level pairs\n  \
             NO_COLOR         no colours"
        ))
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
            .help_heading("For ssl: sources")
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
