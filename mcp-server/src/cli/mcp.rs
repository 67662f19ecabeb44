//! `ovnscope mcp`: the tools for MCP clients.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::builder::{RangedU64ValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::cli::{note, signal};
use crate::config::Config;
use crate::failure::Failure;
use crate::http::Settings;
use crate::limit::{CALL_TIME, Limits, MAX_CALLS, MAX_CONNECTIONS};
use crate::listen::{Admission, Listen, ParseListenError, Token};
use crate::offer::Offer;
use crate::serve::{self, ServeError};
use crate::server::Server;
use crate::tool::{NoSuchToolset, TOOLS, Toolset};

/// The subcommand.
pub(super) const MCP: &str = "mcp";
const TOOLSETS: &str = "toolsets";
const TOOLS_OPTION: &str = "tools";
const EXCLUDE_TOOLS: &str = "exclude-tools";
const MAX_CALLS_OPTION: &str = "max-calls";
const CALL_TIMEOUT: &str = "call-timeout";
const LISTEN: &str = "listen";
const TOKEN_FILE: &str = "token-file";
const USER_TOKENS: &str = "user-tokens";
const ALLOW_ANONYMOUS: &str = "allow-anonymous";
const ALLOWED_HOSTS: &str = "allowed-hosts";
const ALLOWED_ORIGINS: &str = "allowed-origins";
const SESSIONS: &str = "sessions";
const MAX_CONNECTIONS_OPTION: &str = "max-connections";

/// The most that any limit can be set to.
const MOST: u64 = 1_000_000;

/// The subcommand with its options, but for `--source`.
pub(super) fn command() -> Command {
    Command::new(MCP)
        .about("Serves the tools to MCP clients over standard input and output, or over HTTP")
        .long_about(
            "Serves the tools to an MCP client over standard input and output, until standard \
             input ends; with --listen to any number of clients over streamable HTTP, until it \
             is interrupted. No source is opened before a tool is called.",
        )
        .arg(toolsets())
        .arg(list(TOOLS_OPTION).help("Serve these tools too, whatever their toolset; with commas"))
        .arg(list(EXCLUDE_TOOLS).help("Do not serve these tools; with commas"))
        .arg(number(MAX_CALLS_OPTION, "CALLS").help(format!(
            "Run this many tools at once; further calls wait [default: {MAX_CALLS}]"
        )))
        .arg(number(CALL_TIMEOUT, "SECONDS").help(format!(
            "Give up a call after this time [default: {}]",
            CALL_TIME.as_secs()
        )))
        .args(http())
        .after_help(format!("Tools by toolset:\n{}", tools_by_toolset()))
}

/// The options of HTTP.
fn http() -> [Arg; 8] {
    let place = |text: &str| -> Result<Listen, ParseListenError> { text.parse() };
    let options = [
        Arg::new(LISTEN)
            .long(LISTEN)
            .value_name("HOST:PORT")
            .value_parser(ValueParser::from(place))
            .help("Serve over HTTP at this address, such as 127.0.0.1:8722, below /mcp"),
        Arg::new(TOKEN_FILE)
            .long(TOKEN_FILE)
            .value_name("PATH")
            .value_parser(ValueParser::path_buf())
            .help("Let in only who sends the token in this file, as Authorization: Bearer TOKEN"),
        Arg::new(USER_TOKENS)
            .long(USER_TOKENS)
            .action(ArgAction::SetTrue)
            .conflicts_with_all([TOKEN_FILE, ALLOW_ANONYMOUS])
            .help(
                "Read the cluster with the token that each request sends, as Authorization: \
                 Bearer TOKEN, and never with the rights of this program",
            ),
        Arg::new(ALLOW_ANONYMOUS)
            .long(ALLOW_ANONYMOUS)
            .action(ArgAction::SetTrue)
            .help(
                "Let other machines in without a token, such as behind a proxy that asks for one",
            ),
        list(ALLOWED_HOSTS).help(
            "Let clients call the server by these hosts, with commas, beside the address and \
             localhost; '*' is any",
        ),
        list(ALLOWED_ORIGINS).help(
            "Let pages of these origins in, such as https://example.com, with commas, beside \
             those of localhost; '*' is any",
        ),
        Arg::new(SESSIONS)
            .long(SESSIONS)
            .action(ArgAction::SetTrue)
            .help("Keep a session for each client of an MCP revision before 2026-07-28"),
        number(MAX_CONNECTIONS_OPTION, "CONNECTIONS").help(format!(
            "Serve this many connections at once [default: {MAX_CONNECTIONS}]"
        )),
    ];
    options.map(|option| {
        let option = option.help_heading("Over HTTP");
        if option.get_id() == LISTEN {
            option
        } else {
            option.requires(LISTEN)
        }
    })
}

/// Serves until the client leaves, or a signal comes.
pub(super) fn run(options: &ArgMatches, config: &Config) -> Result<ExitCode, Failure> {
    let limits = limits(options);
    let of_callers;
    let config = if options.get_flag(USER_TOKENS) {
        of_callers = config.for_callers().map_err(|error| Failure::of(&error))?;
        &of_callers
    } else {
        config
    };
    let server = Server::new(config, offer(options)?).with_limits(limits);
    let served = match options.get_one::<Listen>(LISTEN) {
        None => serve::stdio(server),
        Some(place) => {
            let settings = Settings {
                place: place.clone(),
                admission: admission(options)?,
                sessions: options.get_flag(SESSIONS),
                limits,
            };
            serve::http(server, settings, |url| {
                let stop = signal::any()?;
                note(&format!("serving MCP at {url}"));
                Ok(stop)
            })
        }
    };
    match served {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(ServeError::Listen(error)) => Err(error.into()),
        Err(error) => Err(Failure::of(&error)),
    }
}

/// The tools that MCP clients are shown.
fn offer(options: &ArgMatches) -> Result<Offer, Failure> {
    let toolsets: Vec<Toolset> = options
        .get_many(TOOLSETS)
        .into_iter()
        .flatten()
        .copied()
        .collect();
    let tools = named(options, TOOLS_OPTION);
    Offer::new(&toolsets, &tools, &named(options, EXCLUDE_TOOLS))
}

fn admission(options: &ArgMatches) -> Result<Admission, Failure> {
    let token = options
        .get_one::<PathBuf>(TOKEN_FILE)
        .map(|path| Token::read(path))
        .transpose()?;
    Ok(Admission {
        hosts: named(options, ALLOWED_HOSTS),
        origins: named(options, ALLOWED_ORIGINS),
        token,
        anonymous: options.get_flag(ALLOW_ANONYMOUS),
        callers: options.get_flag(USER_TOKENS),
    })
}

fn limits(options: &ArgMatches) -> Limits {
    let usual = Limits::default();
    let number = |option, usual| options.get_one(option).copied().unwrap_or(usual);
    Limits {
        calls: number(MAX_CALLS_OPTION, usual.calls),
        connections: number(MAX_CONNECTIONS_OPTION, usual.connections),
        call_time: options
            .get_one(CALL_TIMEOUT)
            .and_then(|&seconds: &usize| u64::try_from(seconds).ok())
            .map_or(usual.call_time, Duration::from_secs),
        ..usual
    }
}

fn named(options: &ArgMatches, option: &str) -> Vec<String> {
    let values = options.get_many(option);
    values.into_iter().flatten().cloned().collect()
}

fn toolsets() -> Arg {
    let parse = |text: &str| -> Result<Toolset, NoSuchToolset> { text.parse() };
    list(TOOLSETS)
        .default_values(Toolset::DEFAULT.map(|toolset| toolset.to_string()))
        .value_parser(ValueParser::from(parse))
        .help(format!(
            "Serve the tools of these toolsets, with commas: {}",
            Toolset::list(&Toolset::ALL)
        ))
}

fn list(option: &'static str) -> Arg {
    Arg::new(option)
        .long(option)
        .value_name("LIST")
        .value_delimiter(',')
}

fn number(option: &'static str, unit: &'static str) -> Arg {
    Arg::new(option)
        .long(option)
        .value_name(unit)
        .value_parser(RangedU64ValueParser::<usize>::new().range(1..=MOST))
}

fn tools_by_toolset() -> String {
    let lines = Toolset::ALL.map(|toolset| {
        let tools = TOOLS.iter().filter(|tool| tool.toolset == toolset);
        let names: Vec<&str> = tools.map(|tool| tool.name).collect();
        format!("  {:<8} {}", toolset.to_string(), names.join(", "))
    });
    lines.join("\n")
}
