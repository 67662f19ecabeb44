//! The envelope: any text is a message or is refused.

use ovsdb_client::operation::Outcome;
use ovsdb_client::rpc::{Envelope, RemoteError, encode_reply};

/// The input is one message.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let envelope = match Envelope::decode(text) {
        Ok(envelope) => envelope,
        Err(error) => return drop(error.to_string()),
    };
    match envelope {
        Envelope::Request { id, params, .. } => {
            let reply = encode_reply(id, &params).expect("JSON that was read can be written");
            let reply = String::from_utf8(reply).expect("JSON is UTF-8");
            // An answer that is null counts as no answer to nobody else, so it reads back too.
            let decoded = Envelope::decode(&reply).expect("our own reply can be read");
            let Envelope::Reply { id: again, result } = decoded else {
                unreachable!("a reply without method is a reply");
            };
            assert_eq!(again.get(), id.get());
            assert_eq!(result.ok().map(|result| result.get()), Some(params.get()));
        }
        Envelope::Notification { method, params } => drop((method.len(), params.get().len())),
        Envelope::Reply { result, .. } => match result {
            Ok(result) => {
                for operations in [0, 1, 3] {
                    if let Ok(Ok(outcome)) = Outcome::decode(operations, result) {
                        assert_eq!(outcome.results.len(), operations);
                    }
                }
            }
            Err(error) => drop(RemoteError::decode(error).to_string()),
        },
    }
}
