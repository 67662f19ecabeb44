//! Logs of containers, as the kubelet gives them.

use http::StatusCode;
use jiff::{SignedDuration, Timestamp};

use crate::kubernetes::pod::Pod;
use crate::kubernetes::reply::{Reply, bad_request, refusal, text_reply};

/// Answers a request for a log; lines are kept with their times, as the kubelet keeps them.
pub(super) fn log(pod: &Pod, query: &[(String, String)]) -> Reply {
    let parameter = |name: &str| {
        let found = query.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    };
    let is = |name: &str| matches!(parameter(name), Some("true" | "1"));
    let container = match (parameter("container"), pod.containers.as_slice()) {
        (Some(name), containers) if containers.iter().any(|known| known == name) => name,
        (Some(name), _) => {
            return bad_request(&format!(
                "container {name} is not valid for pod {}",
                pod.name
            ));
        }
        (None, [only]) => only,
        (None, containers) => {
            return bad_request(&format!(
                "a container name must be specified for pod {}, choose one of: [{}]",
                pod.name,
                containers.join(" ")
            ));
        }
    };
    let key = if is("previous") {
        format!("{container} (previous)")
    } else {
        container.to_owned()
    };
    let Some(text) = pod.logs.get(&key) else {
        if is("previous") {
            return bad_request(&format!(
                "previous terminated container \"{container}\" in pod \"{}\" not found",
                pod.name
            ));
        }
        if !pod.running {
            return bad_request(&format!(
                "container \"{container}\" in pod \"{}\" is waiting to start: CrashLoopBackOff",
                pod.name
            ));
        }
        return text_reply(String::new());
    };
    let number = |name: &str| match parameter(name).map(str::parse::<u64>) {
        Some(Ok(number)) => Ok(Some(number)),
        None => Ok(None),
        Some(Err(_)) => Err(invalid(name)),
    };
    let (tail, since, limit) = match (
        number("tailLines"),
        number("sinceSeconds"),
        number("limitBytes"),
    ) {
        (Ok(tail), Ok(since), Ok(limit)) => (tail, since, limit),
        (Err(reply), ..) | (_, Err(reply), _) | (.., Err(reply)) => return *reply,
    };
    let mut after = None;
    if let Some(seconds) = since {
        let ago = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
        after = Timestamp::now().checked_sub(ago).ok();
    }
    if let Some(time) = parameter("sinceTime") {
        match time.parse() {
            Ok(time) => after = Some(time),
            Err(_) => return *invalid("sinceTime"),
        }
    }
    let mut lines: Vec<(&str, &str)> = text
        .lines()
        .map(|line| line.split_once(' ').unwrap_or((line, "")))
        .filter(|(time, _)| match (after, time.parse::<Timestamp>()) {
            (Some(after), Ok(time)) => time >= after,
            _ => true,
        })
        .collect();
    if let Some(tail) = tail {
        let most = usize::try_from(tail).unwrap_or(usize::MAX);
        lines.drain(..lines.len().saturating_sub(most));
    }
    let mut shown = String::new();
    for (time, line) in lines {
        if is("timestamps") {
            shown.push_str(time);
            shown.push(' ');
        }
        shown.push_str(line);
        shown.push('\n');
    }
    if let Some(limit) = limit {
        let mut end = usize::try_from(limit)
            .unwrap_or(usize::MAX)
            .min(shown.len());
        while !shown.is_char_boundary(end) {
            end -= 1;
        }
        shown.truncate(end);
    }
    text_reply(shown)
}

fn invalid(name: &str) -> Box<Reply> {
    Box::new(refusal(
        StatusCode::UNPROCESSABLE_ENTITY,
        "Invalid",
        &format!("PodLogOptions is invalid: {name}: Invalid value"),
    ))
}
