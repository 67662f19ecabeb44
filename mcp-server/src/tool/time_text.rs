//! A time, as users write it.

use std::borrow::Cow;
use std::str::FromStr;

use jiff::Timestamp;
use ovn_tools::moment::{Moment, ParseMomentError};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use thiserror::Error;

/// A time with its offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct TimeText(pub Timestamp);

/// A text names no time.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ParseTimeError {
    /// It is another kind of moment.
    #[error("{0:?} is no time: write one as 2026-11-21T09:00:00Z")]
    Other(String),
    /// It is no moment.
    #[error(transparent)]
    Moment(#[from] ParseMomentError),
}

impl FromStr for TimeText {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            Ok(Moment::Time(time)) => Ok(Self(time)),
            Err(error @ ParseMomentError::Offset(_)) => Err(error.into()),
            _ => Err(ParseTimeError::Other(text.to_owned())),
        }
    }
}

impl TryFrom<String> for TimeText {
    type Error = ParseTimeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl JsonSchema for TimeText {
    fn schema_name() -> Cow<'static, str> {
        "TimeText".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string"})
    }
}
