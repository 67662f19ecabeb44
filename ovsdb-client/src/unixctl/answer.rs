//! Answers: what a daemon says to a command.

use crate::rpc::Envelope;
use crate::unixctl::UnixctlError;

/// Reads a message: the answer to the request `id`, or `None` for the late answer to an earlier
/// one. The outer result says whether it could be read, the inner one what the daemon says.
///
/// # Errors
/// [`UnixctlError::Answer`] when it is none that a daemon gives.
pub(crate) fn decode(
    message: &str,
    command: &str,
    id: u64,
) -> Result<Option<Result<String, UnixctlError>>, UnixctlError> {
    let unreadable = |problem: String| UnixctlError::Answer(problem);
    let envelope = Envelope::decode(message).map_err(|error| unreadable(error.to_string()))?;
    let Envelope::Reply { id: found, result } = envelope else {
        return Err(unreadable("it is no answer".to_owned()));
    };
    match found.get().parse::<u64>() {
        Ok(found) if found == id => {}
        Ok(found) if found < id => return Ok(None),
        _ => {
            return Err(unreadable(format!(
                "it answers {found}, which was not asked"
            )));
        }
    }
    let text = |json: &serde_json::value::RawValue| {
        serde_json::from_str::<String>(json.get())
            .map_err(|_| unreadable("it is no text".to_owned()))
    };
    Ok(Some(match result {
        Ok(result) => Ok(text(result)?),
        Err(error) => Err(refusal(command, &text(error)?)),
    }))
}

/// A daemon has one error for all; what it does not know it names in these words since the first
/// control sockets.
fn refusal(command: &str, message: &str) -> UnixctlError {
    let unknown = format!("\"{command}\" is not a valid command");
    if message.starts_with(&unknown) {
        UnixctlError::UnknownCommand(command.to_owned())
    } else {
        UnixctlError::Refused {
            command: command.to_owned(),
            message: message.trim_end_matches('\n').to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(message: &str) -> String {
        match decode(message, "c", 3) {
            Ok(None) => "late".to_owned(),
            Ok(Some(Ok(text))) => format!("{text:?}"),
            Ok(Some(Err(error))) | Err(error) => error.to_string(),
        }
    }

    // The errors are what ovs-vswitchd 3.1.0 answered.
    #[test]
    fn answers_are_told_apart() {
        let answers: Vec<String> = [
            r#"{"id":3,"result":"a\nb\n","error":null}"#,
            r#"{"id":2,"result":"of before","error":null}"#,
            r#"{"id":4,"result":"","error":null}"#,
            r#"{"id":3,"error":"\"c\" is not a valid command (use \"list-commands\" to see a list of valid commands)"}"#,
            r#"{"id":3,"error":"\"c\" command requires at least 1 arguments"}"#,
            r#"{"id":3,"error":"no such bridge\n","result":null}"#,
            r#"{"id":3,"error":{"error":"x"}}"#,
            r#"{"id":3,"result":[],"error":null}"#,
            r#"{"id":null,"method":"update","params":[]}"#,
            "{}",
        ]
        .map(check)
        .to_vec();
        insta::assert_snapshot!(answers.join("\n"), @r#"
        "a\nb\n"
        late
        the daemon's answer cannot be read: it answers 4, which was not asked
        the daemon has no command "c"
        the daemon refused "c": "c" command requires at least 1 arguments
        the daemon refused "c": no such bridge
        the daemon's answer cannot be read: it is no text
        the daemon's answer cannot be read: it is no text
        the daemon's answer cannot be read: it is no answer
        the daemon's answer cannot be read: a message is neither a request nor a notification nor a reply
        "#);
    }
}
