//! Configuration: which sources to read.

use ovn_tools::access::{ParseSourceError, Source, TlsFiles};
use thiserror::Error;

/// The environment variable that names sources, one a line, for when the command line names none.
pub const SOURCE_VARIABLE: &str = "OVNSCOPE_SOURCE";

/// What a run of ovnscope works on.
#[derive(Clone, Debug)]
pub struct Config {
    /// The sources, in the order in which they were named; never empty.
    pub sources: Vec<Source>,
    /// Whether nobody named a source, so that they are the demo.
    pub is_default: bool,
    /// Whether the sources are read by callers alone, each with their own rights.
    pub is_for_callers: bool,
}

/// The sources cannot be used as they were named.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The environment names no sources.
    #[error("{SOURCE_VARIABLE} is wrong")]
    Environment(#[source] ParseSourceError),
    /// A source speaks TLS and nobody said with which files.
    #[error("{0} needs TLS: name the files with --private-key, --certificate and --ca-cert")]
    Tls(String),
    /// A source shows everyone what this program may read.
    #[error(
        "{0} is read with the rights of this program, and with --user-tokens nothing may be: name clusters alone, as in --source kube"
    )]
    Callers(String),
}

impl Config {
    /// The sources of the command line, else those of the environment, else the demo.
    ///
    /// # Errors
    /// [`ConfigError`] when the environment's value, which counts only if the command line names
    /// none, is wrong, or when an `ssl:` source lacks its files.
    pub fn new(
        named: Vec<Source>,
        environment: Option<&str>,
        tls: Option<&TlsFiles>,
    ) -> Result<Self, ConfigError> {
        let mut sources = match environment {
            Some(environment) if named.is_empty() => parse(environment)?,
            _ => named,
        };
        for source in sources.iter_mut().filter(|source| source.needs_tls()) {
            let files = tls.ok_or_else(|| ConfigError::Tls(source.to_string()))?;
            *source = source.clone().with_tls(files);
        }
        let sources: Vec<Source> = sources.into_iter().map(Source::kept_warm).collect();
        Ok(if sources.is_empty() {
            Self {
                sources: vec![Source::Demo],
                is_default: true,
                is_for_callers: false,
            }
        } else {
            Self {
                sources,
                is_default: false,
                is_for_callers: false,
            }
        })
    }

    /// The same for many callers, each of whom reads the sources with their own rights.
    ///
    /// # Errors
    /// [`ConfigError::Callers`] when a source cannot be read so.
    pub fn for_callers(&self) -> Result<Self, ConfigError> {
        let sources = self.sources.iter().map(|source| {
            let refusal = || ConfigError::Callers(source.to_string());
            source.clone().for_callers().ok_or_else(refusal)
        });
        Ok(Self {
            sources: sources.collect::<Result<_, _>>()?,
            is_default: self.is_default,
            is_for_callers: true,
        })
    }
}

fn parse(environment: &str) -> Result<Vec<Source>, ConfigError> {
    environment
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| line.parse().map_err(ConfigError::Environment))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Failure;

    #[track_caller]
    fn check(named: &[&str], environment: Option<&str>, expected: &str) {
        let named = named.iter().map(|text| text.parse().unwrap()).collect();
        let found = match Config::new(named, environment, None) {
            Ok(config) => {
                let sources = config.sources.iter().map(ToString::to_string);
                let sources: Vec<String> = sources.collect();
                format!(
                    "{}{}",
                    sources.join(" "),
                    if config.is_default { " (default)" } else { "" }
                )
            }
            Err(error) => Failure::of(&error).message,
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn the_command_line_goes_before_the_environment_and_the_demo_comes_last() {
        check(&[], None, "demo (default)");
        check(&[], Some(" \n"), "demo (default)");
        check(&["demo"], None, "demo");
        check(
            &["recorded:a", "recorded:b"],
            Some("nonsense"),
            "recorded:a recorded:b",
        );
        check(
            &[],
            Some("recorded:a b\n\n recorded:c,d \n"),
            "recorded:a b recorded:c,d",
        );
        check(
            &["ssl:10.0.0.1:6641"],
            None,
            "ssl:10.0.0.1:6641 needs TLS: name the files with --private-key, --certificate and --ca-cert",
        );
        check(
            &[],
            Some("recorded:a\nb"),
            "OVNSCOPE_SOURCE is wrong: \"b\" is no source: write unix:PATH, tcp:HOST:PORT, ssl:HOST:PORT, kube, kube:CONTEXT, recorded:PATH or demo",
        );
    }
}
