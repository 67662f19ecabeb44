//! Answers of the API server.

use std::convert::Infallible;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use serde_json::{Value, json};

/// What an answer holds: all at once or as it comes.
pub(super) type Body = UnsyncBoxBody<Bytes, Infallible>;

/// An answer.
pub(super) type Reply = Response<Body>;

/// A body that is whole.
pub(super) fn whole(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).boxed_unsync()
}

fn reply_of(status: StatusCode, kind: &'static str, body: Body) -> Reply {
    let mut reply = Response::new(body);
    *reply.status_mut() = status;
    let kind = HeaderValue::from_static(kind);
    reply.headers_mut().insert(header::CONTENT_TYPE, kind);
    reply
}

/// JSON with a status.
pub(super) fn json_reply(status: StatusCode, body: &Value) -> Reply {
    reply_of(status, "application/json", whole(body.to_string()))
}

/// JSON that comes line by line.
pub(super) fn streaming(body: Body) -> Reply {
    reply_of(StatusCode::OK, "application/json", body)
}

/// Text.
pub(super) fn text_reply(text: String) -> Reply {
    reply_of(StatusCode::OK, "text/plain", whole(text))
}

/// A refusal, as a `Status`.
pub(super) fn refusal(code: StatusCode, reason: &str, message: &str) -> Reply {
    json_reply(code, &status(code, reason, message))
}

/// A `Status` that tells a failure.
pub(super) fn status(code: StatusCode, reason: &str, message: &str) -> Value {
    json!({
        "kind": "Status",
        "apiVersion": "v1",
        "metadata": {},
        "status": "Failure",
        "message": message,
        "reason": reason,
        "code": code.as_u16(),
    })
}

/// There is nothing of that name.
pub(super) fn not_found(plural: &str, name: &str) -> Reply {
    let message = format!("{plural} \"{name}\" not found");
    refusal(StatusCode::NOT_FOUND, "NotFound", &message)
}

/// The request makes no sense.
pub(super) fn bad_request(message: &str) -> Reply {
    refusal(StatusCode::BAD_REQUEST, "BadRequest", message)
}
