//! Endings: how a command in a container ended, as the status channel tells it.
//!
//! A success is no proof that all output came: a kubelet that dies in the midst is told as one.
//!
//! **Source**: k8s.io/apimachinery `metav1.Status`, k8s.io/apiserver `NonZeroExitCodeReason`
//! (Kubernetes 1.36); kubernetes#124571.

use serde::Deserialize;

/// The reason of a status that has an exit code among its causes.
const EXIT_CODE_REASON: &str = "NonZeroExitCode";
/// The cause that has the code.
const EXIT_CODE_CAUSE: &str = "ExitCode";
/// The status of a command that ended well.
const SUCCESS: &str = "Success";
/// The exit codes of a command that is not there or cannot be run.
const NOT_RUNNABLE: [i32; 2] = [126, 127];

/// How a command ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Well, as far as the cluster knows.
    Success,
    /// With an exit code other than 0.
    Code(i32),
    /// It could not be started, or was killed; in the cluster's words.
    Failure(String),
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Status {
    status: String,
    message: String,
    reason: String,
    details: Option<Details>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Details {
    causes: Option<Vec<Cause>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Cause {
    reason: String,
    message: String,
}

impl Ending {
    /// Reads what came on the status channel. What cannot be read is a failure in its own words.
    pub(super) fn of(text: &[u8]) -> Self {
        let Ok(status) = serde_json::from_slice::<Status>(text) else {
            let text = String::from_utf8_lossy(text);
            return Self::Failure(format!("a status that cannot be read: {text}"));
        };
        if status.status == SUCCESS {
            return Self::Success;
        }
        if status.reason == EXIT_CODE_REASON {
            let causes = status.details.and_then(|details| details.causes);
            let code = causes
                .into_iter()
                .flatten()
                .find(|cause| cause.reason == EXIT_CODE_CAUSE)
                .and_then(|cause| cause.message.parse().ok());
            if let Some(code) = code {
                return Self::Code(code);
            }
        }
        Self::Failure(match status.message.as_str() {
            "" if status.reason.is_empty() => "a failure without a reason".to_owned(),
            "" => status.reason,
            message => message.to_owned(),
        })
    }

    /// Whether the command never began because the image does not have its program.
    pub(super) fn is_absent(&self, program: &str) -> bool {
        match self {
            Self::Code(code) => NOT_RUNNABLE.contains(code),
            // runc says `exec: "P": executable file not found in $PATH`, crun "executable file `P`
            // not found in $PATH", and both "no such file" of a program named by its path.
            Self::Failure(message) => {
                let lower = message.to_lowercase();
                let absent = ["not found", "no such file"]
                    .iter()
                    .any(|words| lower.contains(words));
                absent && message.contains(program)
            }
            Self::Success => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &Ending) {
        assert_eq!(&Ending::of(text.as_bytes()), expected, "{text}");
    }

    #[test]
    fn endings_read_as_api_servers_write_them() {
        check(r#"{"metadata":{},"status":"Success"}"#, &Ending::Success);
        check(
            r#"{"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code: exit status 7","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"7"}]}}"#,
            &Ending::Code(7),
        );
        check(
            r#"{"status":"Failure","message":"exec: \"socat\": executable file not found in $PATH","reason":"InternalError","details":{"causes":null}}"#,
            &Ending::Failure(r#"exec: "socat": executable file not found in $PATH"#.to_owned()),
        );
        check(
            r#"{"status":"Failure","reason":"NonZeroExitCode"}"#,
            &Ending::Failure("NonZeroExitCode".to_owned()),
        );
        check(
            "{}",
            &Ending::Failure("a failure without a reason".to_owned()),
        );
        check(
            "oops",
            &Ending::Failure("a status that cannot be read: oops".to_owned()),
        );
    }

    proptest! {
        #[test]
        fn any_status_has_an_ending(text: Vec<u8>) {
            Ending::of(&text);
        }
    }
}
