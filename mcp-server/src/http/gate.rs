//! The gate: what a request must be before the protocol sees it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Bytes};
use ovn_tools::access::Bearer;
use rmcp::handler::server::ServerHandler;
use rmcp::transport::StreamableHttpService;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use tokio::time;

use crate::http::entry::Entry;
use crate::http::owner::Owners;
use crate::http::page::{Pages, grant, is_preflight, show};
use crate::limit::{MAX_BODY_BYTES, MAX_SESSIONS};
use crate::listen::PATH;

/// The protocol over HTTP.
pub(super) type Protocol<S> = StreamableHttpService<S, LocalSessionManager>;

/// An answer.
pub(super) type Answer = Response<BoxBody<Bytes, Infallible>>;

/// How a session is named in a request.
const SESSION_HEADER: &str = "mcp-session-id";
/// After how many seconds whoever was turned away may try again.
/// **Default and why**: 5; most calls have ended by then.
const RETRY_SECONDS: &str = "5";

/// What all connections share.
pub(super) struct Gate<S> {
    pub(super) protocol: Protocol<S>,
    pub(super) sessions: Arc<LocalSessionManager>,
    pub(super) entry: Entry,
    pub(super) owners: Owners,
    pub(super) pages: Pages,
    pub(super) body_time: Duration,
}

impl<S: ServerHandler + Clone + Sync> Gate<S> {
    /// Answers a request, whatever it is.
    pub(super) async fn answer<B>(&self, request: Request<B>) -> Result<Answer, Infallible>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: std::error::Error + Send + Sync + 'static,
    {
        let origin = self.pages.origin(request.headers());
        if let (Some(origin), true) = (&origin, is_preflight(&request)) {
            let mut granted = Response::new(Full::new(Bytes::new()).boxed());
            *granted.status_mut() = StatusCode::NO_CONTENT;
            grant(origin.clone(), request.headers(), granted.headers_mut());
            return Ok(granted);
        }
        let mut answer = match self.admit(request).await {
            Ok(request) => self.pass(request).await,
            Err(refusal) => *refusal,
        };
        if let Some(origin) = origin {
            show(origin, answer.headers_mut());
        }
        Ok(answer)
    }

    /// Has the protocol answer; a session that it begins belongs to whoever asked.
    async fn pass(&self, request: Request<Full<Bytes>>) -> Answer {
        let caller = request.extensions().get().map(Bearer::identity);
        let answer = explained(self.protocol.handle(request).await).await;
        let begun = answer.headers().get(SESSION_HEADER);
        if let (Some(caller), Some(Ok(begun))) = (caller, begun.map(HeaderValue::to_str)) {
            let kept = self.sessions.sessions.read().await;
            self.owners
                .add(begun, caller, |session| kept.contains_key(session));
        }
        answer
    }

    /// The session of a request must be that of whoever asks.
    fn check_owner(&self, caller: &Bearer, headers: &HeaderMap) -> Result<(), Box<Answer>> {
        let Some(session) = headers.get(SESSION_HEADER) else {
            return Ok(());
        };
        let is_own = session
            .to_str()
            .is_ok_and(|session| self.owners.is(session, caller.identity()));
        if is_own {
            return Ok(());
        }
        // Whether there is such a session is nobody else's business; clients begin a new one then.
        let text = "there is no such session of whoever sent this token: begin a new one";
        Err(refusal(StatusCode::NOT_FOUND, text))
    }

    async fn admit<B>(&self, mut request: Request<B>) -> Result<Request<Full<Bytes>>, Box<Answer>>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: std::error::Error + Send + Sync + 'static,
    {
        let path = request.uri().path();
        if path.trim_end_matches('/') != PATH {
            let text = format!("there is nothing at {path:?}: MCP is served at {PATH}");
            return Err(refusal(StatusCode::NOT_FOUND, text));
        }
        match self.entry.admit(request.headers_mut()) {
            Ok(None) => {}
            Ok(Some(caller)) => {
                self.check_owner(&caller, request.headers())?;
                request.extensions_mut().insert(caller);
            }
            Err(error) => {
                let mut refusal = refusal(StatusCode::UNAUTHORIZED, error.to_string());
                let scheme = HeaderValue::from_static("Bearer realm=\"ovnscope\"");
                refusal.headers_mut().insert(WWW_AUTHENTICATE, scheme);
                return Err(refusal);
            }
        }
        if request.method() == Method::POST
            && !request.headers().contains_key(SESSION_HEADER)
            && self.sessions.sessions.read().await.len() >= MAX_SESSIONS
        {
            return Err(too_many("sessions", MAX_SESSIONS));
        }
        let (head, body) = request.into_parts();
        let body = Limited::new(body, MAX_BODY_BYTES).collect();
        match time::timeout(self.body_time, body).await {
            Ok(Ok(body)) => Ok(Request::from_parts(head, Full::new(body.to_bytes()))),
            Ok(Err(error)) if error.is::<LengthLimitError>() => Err(refusal(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("a request holds at most {MAX_BODY_BYTES} bytes"),
            )),
            Ok(Err(error)) => Err(refusal(
                StatusCode::BAD_REQUEST,
                format!("the request broke off: {error}"),
            )),
            Err(_) => Err(refusal(
                StatusCode::REQUEST_TIMEOUT,
                format!(
                    "the request took more than {} s to arrive",
                    self.body_time.as_secs_f64()
                ),
            )),
        }
    }
}

/// What the protocol answered; where it let nobody in, with what would.
async fn explained(answer: Answer) -> Answer {
    if answer.status() != StatusCode::FORBIDDEN {
        return answer;
    }
    let Ok(body) = answer.into_body().collect().await;
    let why = String::from_utf8_lossy(&body.to_bytes()).into_owned();
    *refusal(
        StatusCode::FORBIDDEN,
        format!(
            "{why}: what clients may send there is said with --allowed-hosts and \
             --allowed-origins, as protection against DNS rebinding"
        ),
    )
}

/// The answer to what there is already too much of.
pub(super) fn too_many(what: &str, most: usize) -> Box<Answer> {
    let text = format!("the server has {most} {what} already, and no more at once");
    let mut refusal = refusal(StatusCode::SERVICE_UNAVAILABLE, text);
    let seconds = HeaderValue::from_static(RETRY_SECONDS);
    refusal.headers_mut().insert(RETRY_AFTER, seconds);
    refusal
}

fn refusal(status: StatusCode, text: impl Into<String>) -> Box<Answer> {
    let mut text: String = text.into();
    text.push('\n');
    let mut answer = Response::new(Full::new(Bytes::from(text)).boxed());
    *answer.status_mut() = status;
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    answer.headers_mut().insert(CONTENT_TYPE, plain);
    Box::new(answer)
}
