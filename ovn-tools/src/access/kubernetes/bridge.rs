//! Bridges: programs in a container that join a unix socket to standard input and output.
//!
//! No shell runs: the program, its source and the path are arguments of their own. Each bridge
//! tells on standard error when it is connected, or why not; each ends soon after its input does,
//! even when the server hangs, so that nothing stays behind in the pod.

use thiserror::Error;

use crate::access::kubernetes::ending::Ending;

/// What python3 and perl write once they are connected.
const READY: &str = "bridge-ready\n";
/// What they write when they cannot connect, before the number.
const ERRNO: &str = "bridge-errno=";
/// What socat writes once it is connected, at its second level of detail.
const SOCAT_READY: &str = "starting data transfer loop";
/// The longest path of a socket, in bytes, that a kernel takes.
const MAX_PATH: usize = 107;

/// A program that bridges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bridge {
    /// In all images of OVN-Kubernetes and OpenShift that were looked at.
    Python,
    /// In the Fedora images; upstream means to drop it.
    Socat,
    /// In the Ubuntu images.
    Perl,
}

/// A path that no bridge is given.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "{0:?} is no path of a socket: it must be absolute, at most 107 bytes long, and made of letters, digits and any of / . _ -"
)]
pub(super) struct PathError(String);

/// Why a bridge that was started does not stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Collapse {
    /// The image does not have the program.
    NoProgram,
    /// There is no such socket.
    NoSocket,
    /// The socket may not be used.
    Denied,
    /// Nobody listens on the socket.
    Refused,
    /// The container is not there (any more).
    NoContainer,
    /// Another reason, in words.
    Other(String),
}

/// Refuses a path that a program could take for something else.
pub(super) fn check_path(path: &str) -> Result<(), PathError> {
    // socat gives commas, colons, quotes and exclamation marks in it a meaning.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte);
    if !path.starts_with('/') || path.len() > MAX_PATH || !path.bytes().all(plain) {
        return Err(PathError(path.to_owned()));
    }
    Ok(())
}

impl Bridge {
    /// All of them, the likeliest first.
    pub(super) const ALL: [Self; 3] = [Self::Python, Self::Socat, Self::Perl];

    /// The program's name.
    pub(super) fn program(self) -> &'static str {
        match self {
            Self::Python => "python3",
            Self::Socat => "socat",
            Self::Perl => "perl",
        }
    }

    /// The command that bridges to a socket.
    pub(super) fn command(self, path: &str) -> Result<Vec<String>, PathError> {
        check_path(path)?;
        let arguments = match self {
            Self::Python => vec![
                "-c".to_owned(),
                include_str!("bridge/bridge.py").to_owned(),
                path.to_owned(),
            ],
            Self::Perl => vec![
                "-e".to_owned(),
                include_str!("bridge/bridge.pl").to_owned(),
                path.to_owned(),
            ],
            Self::Socat => vec![
                "-d".to_owned(),
                "-d".to_owned(),
                "-".to_owned(),
                format!("UNIX-CONNECT:{path}"),
            ],
        };
        Ok([self.program().to_owned()]
            .into_iter()
            .chain(arguments)
            .collect())
    }

    /// Whether what it wrote on standard error says that it is connected.
    pub(super) fn is_ready(self, complaints: &str) -> bool {
        match self {
            Self::Python | Self::Perl => complaints.contains(READY),
            Self::Socat => complaints.contains(SOCAT_READY),
        }
    }

    /// Why it ended before it was connected.
    pub(super) fn collapse(self, ending: Option<&Ending>, complaints: &str) -> Collapse {
        if let Some(number) = errno(complaints) {
            return match number {
                2 | 20 => Collapse::NoSocket,
                1 | 13 => Collapse::Denied,
                111 => Collapse::Refused,
                number => Collapse::Other(format!("connecting failed with error {number}")),
            };
        }
        if self == Self::Socat {
            for (words, collapse) in [
                ("No such file or directory", Collapse::NoSocket),
                ("Permission denied", Collapse::Denied),
                ("Connection refused", Collapse::Refused),
            ] {
                if complaints.contains(words) {
                    return collapse;
                }
            }
        }
        match ending {
            Some(ending) if ending.is_absent(self.program()) => Collapse::NoProgram,
            Some(Ending::Failure(message)) => {
                let lower = message.to_lowercase();
                if lower.contains("container not found")
                    || lower.contains("container is not created or running")
                {
                    Collapse::NoContainer
                } else {
                    Collapse::Other(message.clone())
                }
            }
            Some(Ending::Code(code)) => Collapse::Other(said(
                &format!("{} ended with exit code {code}", self.program()),
                complaints,
            )),
            Some(Ending::Success) => Collapse::Other(said(
                &format!("{} ended before it was connected", self.program()),
                complaints,
            )),
            None => Collapse::Other(said("the connection broke off", complaints)),
        }
    }
}

fn errno(complaints: &str) -> Option<i32> {
    let (_, rest) = complaints.split_once(ERRNO)?;
    rest.lines().next()?.trim().parse().ok()
}

/// The words, and the last line of the complaints where there is one.
fn said(what: &str, complaints: &str) -> String {
    match complaints
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
    {
        Some(line) => format!("{what}: {}", line.trim()),
        None => what.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SOCKET: &str = "/var/run/ovn/ovnnb_db.sock";

    proptest! {
        #[test]
        fn a_path_is_the_end_of_one_argument_or_refused(path: String) {
            for bridge in Bridge::ALL {
                if let Ok(command) = bridge.command(&path) {
                    let last = command.last().expect("an argument");
                    prop_assert_eq!(last.strip_prefix("UNIX-CONNECT:").unwrap_or(last), path.as_str());
                    prop_assert_eq!(&command[..command.len() - 1], &bridge.command(SOCKET).expect("plain")[..command.len() - 1]);
                }
            }
        }
    }

    #[test]
    fn paths_with_a_meaning_to_a_shell_an_option_parser_or_socat_are_refused() {
        for path in [
            "",
            "-c",
            "run/ovn",
            "/a b",
            "/a,fork",
            "/a:b",
            "/a!!b",
            "/a\"",
            "/a'",
            "/a\n",
            "/a\0",
            "/$(id)",
            "/a;b",
            &format!("/{}", "x".repeat(107)),
        ] {
            for bridge in Bridge::ALL {
                assert!(bridge.command(path).is_err(), "{path:?}");
            }
        }
    }

    #[test]
    fn collapses_are_told_apart() {
        let failure = |text: &str| Some(Ending::Failure(text.to_owned()));
        let check =
            |bridge: Bridge, ending: Option<Ending>, complaints: &str, expected: Collapse| {
                assert_eq!(bridge.collapse(ending.as_ref(), complaints), expected);
            };
        let code = |code| Some(Ending::Code(code));
        check(
            Bridge::Python,
            code(3),
            "bridge-errno=2\n",
            Collapse::NoSocket,
        );
        check(Bridge::Perl, code(3), "bridge-errno=13\n", Collapse::Denied);
        check(
            Bridge::Python,
            None,
            "bridge-errno=111\n",
            Collapse::Refused,
        );
        check(
            Bridge::Socat,
            code(1),
            "E connect(5, AF=1 \"/x\", 4): No such file or directory",
            Collapse::NoSocket,
        );
        check(
            Bridge::Socat,
            code(1),
            "E connect(5, AF=1 \"/x\", 4): Connection refused",
            Collapse::Refused,
        );
        check(Bridge::Socat, code(127), "", Collapse::NoProgram);
        check(
            Bridge::Python,
            failure(
                "OCI runtime exec failed: exec failed: unable to start container process: exec: \"python3\": executable file not found in $PATH: unknown",
            ),
            "",
            Collapse::NoProgram,
        );
        check(
            Bridge::Perl,
            failure("executable file `perl` not found in $PATH: No such file or directory"),
            "",
            Collapse::NoProgram,
        );
        check(
            Bridge::Perl,
            failure("container not found (\"nb-ovsdb\")"),
            "",
            Collapse::NoContainer,
        );
        check(
            Bridge::Python,
            code(1),
            "Traceback\n  x\nImportError: socket\n",
            Collapse::Other("python3 ended with exit code 1: ImportError: socket".to_owned()),
        );
        check(
            Bridge::Python,
            None,
            "",
            Collapse::Other("the connection broke off".to_owned()),
        );
    }
}
