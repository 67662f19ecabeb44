//! Database names: which database a log holds, read from its first record without replaying it.
//!
//! The first record is a schema, or the header of a cluster member's log; both name the database
//! in a member `name` of theirs.

use std::fmt;
use std::io::{BufRead, Read};

use ovsdb_client::dbfile::Records;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

/// The longest header line, and some more: what is longer is no header.
const MAX_HEADER: u64 = 256;

/// The key of the name, in schemas and in the headers of clusters' logs alike.
const NAME: &str = "name";

/// The name of the database whose log begins here; `None` where the first record does not say.
///
/// No more is read than up to the name, or to the end of the first record.
pub(crate) fn database_name(mut log: impl BufRead) -> Option<Box<str>> {
    let mut header = Vec::new();
    let taken = (&mut log).take(MAX_HEADER).read_until(b'\n', &mut header);
    taken.ok()?;
    Records::recognise(&header)?;
    // The record may claim any length: what is read of it is dropped at once.
    let mut found = None;
    let mut deserializer = serde_json::Deserializer::from_reader(log);
    // The error that breaks off the reading says nothing.
    let _ = Seek { found: &mut found }.deserialize(&mut deserializer);
    found
}

/// Looks for the name and breaks off when it is found.
struct Seek<'f> {
    found: &'f mut Option<Box<str>>,
}

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Seek<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(key) = members.next_key::<String>()? {
            if key == NAME {
                *self.found = Some(members.next_value()?);
                return Err(A::Error::custom("found"));
            }
            members.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: Option<&str>) {
        let sha1 = "0".repeat(40);
        let log = format!("OVSDB JSON {} {sha1}\n{body}\n", body.len() + 1);
        assert_eq!(database_name(log.as_bytes()).as_deref(), expected);
    }

    #[test]
    fn the_name_stands_in_the_first_record_wherever() {
        check(
            r#"{"name":"OVN_Northbound","tables":{}}"#,
            Some("OVN_Northbound"),
        );
        check(
            r#"{"tables":{"T":{"name":"no","columns":{"name":"no"}}},"name":"OVN_Southbound"}"#,
            Some("OVN_Southbound"),
        );
        // What follows the name is not even read.
        check(r#"{"name":"Open_vSwitch","#, Some("Open_vSwitch"));
    }

    #[test]
    fn a_record_without_a_name_names_nothing() {
        for body in [
            "{}",
            "[]",
            "null",
            "{",
            r#"{"name":7}"#,
            r#"{"name""#,
            "",
            "\u{0}",
        ] {
            check(body, None);
        }
        assert_eq!(database_name(b"".as_slice()), None);
        assert_eq!(database_name(b"OVSDB JSON ten".as_slice()), None);
    }
}
