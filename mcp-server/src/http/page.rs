//! Pages: what a browser must be told before a page of another origin may ask, and read what is
//! answered.
//!
//! Source: the Fetch standard, "CORS protocol".

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderValue, Method, Request};

use crate::listen::with_port;

/// The methods of the protocol.
const METHODS: &str = "POST, GET, DELETE";
/// The headers of answers that a page may read beside the usual ones.
const SHOWN_HEADERS: &str = "mcp-session-id, www-authenticate, retry-after";
/// For how many seconds a browser need not ask again whether it may ask.
/// **Default and why**: 600, which the strictest browsers cut longer times to.
const MAX_AGE: &str = "600";

/// The pages that may ask.
pub(super) struct Pages {
    /// Their origins, each with its port or `:*`; none for any.
    pub(super) origins: Vec<String>,
}

impl Pages {
    /// The origin of a request, where it is one of these pages'.
    pub(super) fn origin(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let origin = headers.get(ORIGIN)?;
        let text = origin.to_str().ok()?;
        let mut allowed = self.origins.iter();
        let is_allowed = self.origins.is_empty() || allowed.any(|allowed| is_of(text, allowed));
        is_allowed.then(|| origin.clone())
    }
}

fn is_of(origin: &str, allowed: &str) -> bool {
    let (origin, allowed) = (origin.to_ascii_lowercase(), allowed.to_ascii_lowercase());
    let Some(base) = allowed.strip_suffix(":*") else {
        return with_port(&origin).is_ok_and(|origin| origin == allowed);
    };
    let is_port = |rest: &str| {
        let port = rest.strip_prefix(':');
        port.is_some_and(|port| port.parse::<u16>().is_ok())
    };
    origin
        .strip_prefix(base)
        .is_some_and(|rest| rest.is_empty() || is_port(rest))
}

/// Whether a browser asks for no more than whether a page may ask. It does so without a token.
pub(super) fn is_preflight<B>(request: &Request<B>) -> bool {
    let headers = request.headers();
    request.method() == Method::OPTIONS && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// What tells a browser that a page of this origin may ask what it wants to.
pub(super) fn grant(origin: HeaderValue, asked: &HeaderMap, answer: &mut HeaderMap) {
    answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    let methods = HeaderValue::from_static(METHODS);
    answer.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
    // Parameters of tools may become headers, whose names nobody knows beforehand.
    if let Some(headers) = asked.get(ACCESS_CONTROL_REQUEST_HEADERS) {
        answer.insert(ACCESS_CONTROL_ALLOW_HEADERS, headers.clone());
    }
    let age = HeaderValue::from_static(MAX_AGE);
    answer.insert(ACCESS_CONTROL_MAX_AGE, age);
    let vary = HeaderValue::from_static("origin, access-control-request-headers");
    answer.insert(VARY, vary);
}

/// What tells a browser that a page of this origin may read the answer.
pub(super) fn show(origin: HeaderValue, answer: &mut HeaderMap) {
    answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    let shown = HeaderValue::from_static(SHOWN_HEADERS);
    answer.insert(ACCESS_CONTROL_EXPOSE_HEADERS, shown);
    answer.append(VARY, HeaderValue::from_static("origin"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_one_of_the_allowed_with_its_port() {
        let pages = Pages {
            origins: ["https://a.example:443", "http://localhost:*", "null"]
                .map(str::to_owned)
                .to_vec(),
        };
        let is_allowed = |pages: &Pages, origin: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ORIGIN, origin.parse().expect("a header"));
            pages.origin(&headers).is_some()
        };
        for origin in [
            "https://a.example",
            "https://A.example:443",
            "http://localhost",
            "http://localhost:6274",
            "null",
        ] {
            assert!(is_allowed(&pages, origin), "{origin}");
        }
        for origin in [
            "http://a.example",
            "https://a.example:8443",
            "https://a.example.evil.example",
            "http://localhost.evil.example",
            "http://localhost:80@evil.example",
            "http://localhost:*",
            "",
        ] {
            assert!(!is_allowed(&pages, origin), "{origin}");
        }
        assert_eq!(pages.origin(&HeaderMap::new()), None);
        let any = Pages {
            origins: Vec::new(),
        };
        assert!(is_allowed(&any, "https://evil.example"));
    }
}
