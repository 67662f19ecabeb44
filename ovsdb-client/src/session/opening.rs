//! Openings: what a message is by its first bytes, when nearly all of it are rows.
//!
//! Such a message is read while it comes. Only what servers really write is known here, be the
//! members in this order or that; every other message is read once it is whole, and that loses
//! nothing but memory and time.

use crate::update::Format;
use crate::value::scan::{Scan, Stop};

/// What begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// Updates answer the request of this number, after the last transaction's identifier where
    /// `since` says so.
    Answer { id: u64, since: bool },
    /// The monitor of this identifier tells updates.
    Told { wire: u64, format: Format },
}

/// Where updates begin in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The first byte.
    pub(crate) at: usize,
    /// How many arrays and objects are open there.
    pub(crate) depth: usize,
}

/// How far into a message its opening is looked for.
/// **Default and why**: 512 bytes, some times what the longest one takes.
const LONGEST: usize = 512;

/// Reads how a message opens; [`Stop::End`] where more of it must be there to tell.
pub(crate) fn opening(message: &[u8]) -> Result<(Opening, Place), Stop> {
    let mut scan = Scan::new(&message[..message.len().min(LONGEST)]);
    match members(&mut scan) {
        Err(Stop::End) if message.len() >= LONGEST => Err(Stop::Odd),
        read => read,
    }
}

fn members(scan: &mut Scan<'_>) -> Result<(Opening, Place), Stop> {
    scan.literal(b"{")?;
    let (mut id, mut method) = (None, None);
    loop {
        match scan.word()? {
            b"id" => {
                scan.literal(b":")?;
                if scan.peek()? == b'n' {
                    scan.literal(b"null")?;
                } else {
                    id = Some(scan.digits()?);
                }
            }
            b"method" => {
                scan.literal(b":")?;
                method = Some(scan.word()?);
            }
            b"error" => scan.literal(b":null")?,
            b"result" => {
                scan.literal(b":")?;
                return match (id, method) {
                    (Some(id), None) => answer(scan, id),
                    _ => Err(Stop::Odd),
                };
            }
            b"params" => {
                scan.literal(b":[")?;
                return match (id, method) {
                    (None, Some(method)) => told(scan, method),
                    _ => Err(Stop::Odd),
                };
            }
            _ => return Err(Stop::Odd),
        }
        scan.literal(b",")?;
    }
}

fn answer(scan: &mut Scan<'_>, id: u64) -> Result<(Opening, Place), Stop> {
    let since = scan.peek()? == b'[';
    if since {
        scan.literal(b"[")?;
        let found: &[u8] = if scan.peek()? == b't' {
            b"true,"
        } else {
            b"false,"
        };
        scan.literal(found)?;
        scan.uuid_text()?;
        scan.literal(b",")?;
    }
    let depth = if since { 2 } else { 1 };
    Ok((Opening::Answer { id, since }, object(scan, depth)?))
}

fn told(scan: &mut Scan<'_>, method: &[u8]) -> Result<(Opening, Place), Stop> {
    let wire = scan.digits()?;
    scan.literal(b",")?;
    let format = match method {
        b"update" => Format::Old,
        b"update2" => Format::Differences,
        b"update3" => {
            scan.uuid_text()?;
            scan.literal(b",")?;
            Format::Differences
        }
        _ => return Err(Stop::Odd),
    };
    Ok((Opening::Told { wire, format }, object(scan, 2)?))
}

/// The place of the object that stands next.
fn object(scan: &mut Scan<'_>, depth: usize) -> Result<Place, Stop> {
    if scan.peek()? != b'{' {
        return Err(Stop::Odd);
    }
    let at = scan.at();
    Ok(Place { at, depth })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: &str = "00000000-0000-0000-0000-000000000000";

    fn check(message: &str) -> Option<Opening> {
        let whole = opening(message.as_bytes());
        if let Ok((opened, place)) = whole {
            assert_eq!(message.as_bytes()[place.at], b'{', "{message}");
            let (before, _) = message.split_at(place.at);
            let open = before.matches(['{', '[']).count();
            assert_eq!(place.depth, open, "{message}");
            // It is known as soon as the object begins, and not before.
            for end in 0..place.at + 20 {
                let cut = opening(&message.as_bytes()[..end.min(message.len())]);
                let expected = if end <= place.at {
                    Err(Stop::End)
                } else {
                    whole
                };
                assert_eq!(cut, expected, "{message} at {end}");
            }
            return Some(opened);
        }
        assert_eq!(whole, Err(Stop::Odd), "{message}");
        None
    }

    #[test]
    fn what_servers_write_is_known_whatever_the_order_of_its_members() {
        let since = format!(r#""result":[false,"{NONE}",{{"T":{{}}}}]"#);
        let expected = Opening::Answer {
            id: 12,
            since: true,
        };
        for message in [
            format!(r#"{{"id":12,{since},"error":null}}"#),
            format!(r#"{{"error":null,"id":12,{since}}}"#),
            format!(r#"{{"id":12,"result":[true,"{NONE}",{{}}],"error":null}}"#),
        ] {
            assert_eq!(check(&message), Some(expected), "{message}");
        }
        let plain = r#"{"id":3,"result":{"T":{"x":1}},"error":null}"#;
        let expected = Opening::Answer {
            id: 3,
            since: false,
        };
        assert_eq!(check(plain), Some(expected));
        for (method, parts, format) in [
            ("update", "[7,", Format::Old),
            ("update2", "[7,", Format::Differences),
            ("update3", &format!("[7,\"{NONE}\","), Format::Differences),
        ] {
            let expected = Opening::Told { wire: 7, format };
            for message in [
                format!(r#"{{"id":null,"method":"{method}","params":{parts}{{"T":{{}}}}]}}"#),
                format!(r#"{{"method":"{method}","params":{parts}{{"T":{{}}}}],"id":null}}"#),
            ] {
                assert_eq!(check(&message), Some(expected), "{message}");
            }
        }
    }

    #[test]
    fn every_other_message_is_read_whole() {
        let long = format!(r#"{{"id":1{}"#, "1".repeat(600));
        for message in [
            r#"{"id":1,"result":[{"rows":[]}],"error":null}"#,
            r#"{"result":{},"id":1,"error":null}"#,
            r#"{"id":1,"error":{"error":"x"},"result":null}"#,
            r#"{"id":"echo","method":"echo","params":[]}"#,
            r#"{"id":1,"method":"update3","params":[1,"x",{}]}"#,
            r#"{"id":null,"method":"locked","params":["a"]}"#,
            r#"{"id":null,"method":"update2","params":["a",{}]}"#,
            r#"{"id":-1,"result":{}}"#,
            "x",
            &long,
        ] {
            assert_eq!(check(message), None, "{message}");
        }
    }
}
