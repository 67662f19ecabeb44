//! Moments: when in a recording's history.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use ovsdb_client::dbfile;
use ovsdb_client::value::{Uuid, parse_uuid};
use thiserror::Error;

/// What stands before the number of a record.
const RECORD: &str = "record:";

/// How long a date without a time of day is.
const DATE: usize = 10;

const NANOSECONDS_PER_MILLISECOND: i128 = 1_000_000;

/// A moment in the history of a recorded database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// As it was at this time.
    Time(Timestamp),
    /// As the file was when this record, counted from 0, was its last.
    Record(usize),
    /// After the transaction with this ID of a cluster's log.
    Transaction(Uuid),
}

/// A text names no moment.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ParseMomentError {
    /// It is a time without the offset that tells which one.
    #[error("the time {0:?} lacks its offset from UTC: write {0}Z for UTC, or {0}+02:00")]
    Offset(String),
    /// It is none of the forms.
    #[error(
        "{0:?} is no moment: write a time as 2026-11-21T09:00:00Z, a record's number as record:12, \
         or a transaction's ID"
    )]
    Form(String),
}

impl FromStr for Moment {
    type Err = ParseMomentError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let wrong = || ParseMomentError::Form(text.to_owned());
        if let Some(number) = text.strip_prefix(RECORD) {
            return number.parse().map(Self::Record).map_err(|_| wrong());
        }
        if let Some(id) = parse_uuid(text) {
            return Ok(Self::Transaction(id));
        }
        match text.parse() {
            Ok(time) => Ok(Self::Time(time)),
            Err(_) if text.len() > DATE && text.parse::<DateTime>().is_ok() => {
                Err(ParseMomentError::Offset(text.to_owned()))
            }
            Err(_) => Err(wrong()),
        }
    }
}

/// As it is read.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(time) => time.fmt(f),
            Self::Record(number) => write!(f, "{RECORD}{number}"),
            Self::Transaction(id) => id.fmt(f),
        }
    }
}

impl From<Moment> for dbfile::Moment {
    fn from(moment: Moment) -> Self {
        match moment {
            Moment::Time(time) => {
                let milliseconds = time.as_nanosecond().div_euclid(NANOSECONDS_PER_MILLISECOND);
                // The years of a timestamp end long before the milliseconds of an i64 do.
                Self::Time(i64::try_from(milliseconds).unwrap_or(i64::MAX))
            }
            Moment::Record(number) => Self::Record(number),
            Moment::Transaction(id) => Self::Transaction(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match text.parse::<Moment>() {
            Ok(moment) => moment.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn moments_read_and_print_in_one_notation() {
        for text in [
            "2026-11-21T09:00:00Z",
            "2026-11-21T09:00:00.123Z",
            "record:0",
            "record:12",
            "c1c1c1c1-0000-4000-8000-00000000000a",
        ] {
            assert_eq!(check(text), text);
        }
        assert_eq!(check("2026-11-21T11:00:00+02:00"), "2026-11-21T09:00:00Z");
        assert_eq!(check(" 2026-11-21 09:00:00Z "), "2026-11-21T09:00:00Z");
    }

    #[test]
    fn what_is_no_moment_says_what_to_write() {
        let texts = [
            "",
            "yesterday",
            "record:",
            "record:-1",
            "12",
            "2026-11-21",
            "2026-11-21T09:00",
        ];
        insta::assert_snapshot!(texts.map(check).join("\n"));
    }

    #[test]
    fn a_time_between_two_milliseconds_does_not_reach_the_later_one() {
        let moment: Moment = "1969-12-31T23:59:59.9985Z".parse().expect("a time");
        assert_eq!(dbfile::Moment::from(moment), dbfile::Moment::Time(-2));
    }
}
