//! The command line: a subcommand for each tool, and one that serves them over MCP.

mod signal;

mod serving;

mod recording;

#[cfg(feature = "kube")]
mod forwarding;
mod mcp;

mod arguments;

use std::env::{self, VarError};
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;
use ovn_tools::access::{self, Source};
use tempfile::NamedTempFile;
use tokio::runtime;

#[cfg(feature = "kube")]
use crate::cli::arguments::named_databases;
use crate::cli::arguments::{JSON, budget, command, detail_of, matches, sources, tls_files};
#[cfg(feature = "kube")]
use crate::cli::forwarding::FORWARD;
use crate::cli::mcp::MCP;
use crate::cli::recording::RECORD;
use crate::cli::serving::SERVE;
use crate::config::{Config, SOURCE_VARIABLE};
use crate::failure::Failure;
use crate::present::{Budget, Detail};
use crate::telemetry;
use crate::terminal::{self, Look, Role};
use crate::tool::{Answer, Definition, Output, TOOLS};

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    run(env::args_os())
}

fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let matches = match matches(arguments) {
        Ok(matches) => matches,
        Err(error) => return show_usage(&error),
    };
    match dispatch(&matches) {
        Ok(code) => code,
        Err(failure) => {
            show_failure(&failure);
            ExitCode::FAILURE
        }
    }
}

fn dispatch(matches: &ArgMatches) -> Result<ExitCode, Failure> {
    let Some((name, options)) = matches.subcommand() else {
        let help = command().render_help();
        let colour = Look::of(&io::stdout()).colour;
        write_out(&if colour {
            help.ansi().to_string()
        } else {
            help.to_string()
        })?;
        return Ok(ExitCode::SUCCESS);
    };
    telemetry::start().map_err(|error| Failure::of(&error))?;
    let arguments = match name {
        SERVE | RECORD => serving::named(options),
        _ => Vec::new(),
    };
    let config = configure([matches, options], arguments)?;
    match name {
        SERVE => return serving::run(options, &config),
        RECORD => return recording::run(options, &config),
        #[cfg(feature = "kube")]
        FORWARD => return forwarding::run(options, &config),
        MCP => return mcp::run(options, &config),
        _ => {}
    }
    match TOOLS.iter().find(|tool| tool.command_name() == name) {
        Some(tool) => answer(tool, options, &config),
        None => Err(Failure::new(format!("there is no command {name}"))),
    }
}

fn configure(levels: [&ArgMatches; 2], arguments: Vec<Source>) -> Result<Config, Failure> {
    let environment = match env::var(SOURCE_VARIABLE) {
        Ok(text) => Some(text),
        Err(VarError::NotPresent) => None,
        Err(VarError::NotUnicode(_)) => {
            return Err(Failure::new(format!("{SOURCE_VARIABLE} is not UTF-8")));
        }
    };
    let named = levels
        .into_iter()
        .flat_map(sources)
        .chain(arguments)
        .collect();
    let tls = levels.into_iter().find_map(tls_files);
    let config = Config::new(named, environment.as_deref(), tls.as_ref());
    #[cfg(feature = "kube")]
    let config = config.and_then(|config| {
        let [_, options] = levels;
        config.with_pod_databases(&named_databases(options))
    });
    config.map_err(|error| Failure::of(&error))
}

fn answer(tool: &Definition, options: &ArgMatches, config: &Config) -> Result<ExitCode, Failure> {
    let mut question = match tool.question_of_options(options) {
        Ok(question) => question,
        Err(error) => return Ok(show_usage(&error)),
    };
    let detail = detail_of(options);
    if detail == Detail::Full {
        question.tell_all();
    }
    let output = if options.get_flag(JSON) {
        Output::Json
    } else {
        question.output()
    };
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::of(&error))?;
    let progress = terminal::progress();
    let path = question.file().map(Path::to_path_buf);
    let answer = runtime.block_on(async {
        let answer = question.ask(&config.sources, &progress).await;
        access::close(&config.sources).await;
        answer
    })?;
    if let Some(path) = path {
        keep(answer.as_ref(), &path)?;
    }
    let text = match output {
        Output::Json => {
            let budget = Budget::new(budget(options), detail);
            format!("{}\n", answer.structured(budget)?)
        }
        Output::Verbatim => terminal::verbatim(&answer.blocks()),
        Output::Blocks => {
            if config.is_default {
                note("this is the embedded demo; name your own sources with --source");
            }
            terminal::render(&answer.blocks(), Look::of(&io::stdout()))
        }
    };
    write_out(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the file that goes with an answer. It is whole under its name, or not there.
fn keep(answer: &dyn Answer, path: &Path) -> Result<(), Failure> {
    let Some(file) = answer.file() else {
        note(&format!(
            "{} is not written: there is nothing in it",
            path.display()
        ));
        return Ok(());
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let write = || -> io::Result<()> {
        let mut written = NamedTempFile::new_in(folder)?;
        written.write_all(&file.content)?;
        written.persist(path)?;
        Ok(())
    };
    write().map_err(|error| {
        let failure = Failure::of(&error);
        Failure::new(format!(
            "cannot write {}: {}",
            path.display(),
            failure.message
        ))
    })?;
    note(&format!(
        "{} bytes written to {}",
        file.content.len(),
        path.display()
    ));
    Ok(())
}

/// Writes to standard output; a reader that has seen enough is no failure.
fn write_out(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let failure = Failure::of(&error);
            Err(Failure::new(format!("cannot write: {}", failure.message)))
        }
        _ => Ok(()),
    }
}

/// Shows what clap has to say: help and the version on standard output, the rest on standard
/// error.
fn show_usage(error: &clap::Error) -> ExitCode {
    // Nobody is left to be told when this cannot be written.
    let _ = error.print();
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

fn show_failure(failure: &Failure) {
    let look = Look::of_stderr();
    let mut text = format!(
        "{} {}\n",
        look.paint(Role::Bad, "error:"),
        terminal::one_line(&failure.message)
    );
    if let Some(hint) = &failure.hint {
        text.push_str(&format!(
            "{} {}\n",
            look.paint(Role::Strong, "hint:"),
            terminal::one_line(hint)
        ));
    }
    // Nobody is left to be told when this cannot be written.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn note(text: &str) {
    let look = Look::of_stderr();
    let text = format!("{} {text}\n", look.paint(Role::Faint, "note:"));
    // A note that cannot be written is not worth failing for.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests;
