//! WebSockets: from a request to the stream after it.

use http::{HeaderValue, Request, StatusCode, header};
use hyper::body::Incoming;
use hyper::upgrade::OnUpgrade;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::kubernetes::reply::{Reply, bad_request, refusal, whole};

/// Accepts an upgrade with the first of the server's protocols that the caller offers.
pub(super) fn accept(
    mut request: Request<Incoming>,
    protocols: &[&'static str],
) -> Result<(OnUpgrade, &'static str, Reply), Box<Reply>> {
    let offered = request.headers().get(header::SEC_WEBSOCKET_PROTOCOL);
    let offered = offered
        .and_then(|offered| offered.to_str().ok())
        .unwrap_or_default();
    let chosen = protocols
        .iter()
        .find(|protocol| offered.split(',').any(|offer| offer.trim() == **protocol));
    let Some(&protocol) = chosen else {
        return Err(Box::new(refusal(
            StatusCode::FORBIDDEN,
            "Forbidden",
            "no protocol in common",
        )));
    };
    let Some(key) = request.headers().get(header::SEC_WEBSOCKET_KEY).cloned() else {
        return Err(Box::new(bad_request("Upgrade request required")));
    };
    let upgrade = hyper::upgrade::on(&mut request);
    let mut reply = Reply::new(whole(""));
    *reply.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = reply.headers_mut();
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    if let Ok(accept) = HeaderValue::from_str(&derive_accept_key(key.as_bytes())) {
        headers.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    }
    headers.insert(
        header::SEC_WEBSOCKET_PROTOCOL,
        HeaderValue::from_static(protocol),
    );
    Ok((upgrade, protocol, reply))
}
