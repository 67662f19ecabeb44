//! The guide: how each job is done.
//!
//! | job | |
//! | --- | --- |
//! | find a server and keep to it | [`connect`] |
//! | have the rows of a database here | [`replicate`] |
//! | ask them something | [`query`] |
//! | be told what happens to them | [`follow`] |
//! | change them | [`mod@write`] |
//! | go on when a server goes | [`reconnect`] |
//! | do all that with any schema, or without a runtime | [`another_schema`] |
//! | read database files | [`files`] |
//! | choose between this client and others | [`comparison`] |
//!
//! The examples run as tests against a server in the same process; those that write only compile,
//! since that server writes nothing.

#[doc = include_str!("guide/connect.md")]
pub mod connect {}

#[doc = include_str!("guide/replicate.md")]
pub mod replicate {}

#[doc = include_str!("guide/query.md")]
pub mod query {}

#[doc = include_str!("guide/follow.md")]
pub mod follow {}

#[doc = include_str!("guide/write.md")]
pub mod write {}

#[doc = include_str!("guide/reconnect.md")]
pub mod reconnect {}

#[doc = include_str!("guide/another_schema.md")]
pub mod another_schema {}

#[doc = include_str!("guide/files.md")]
pub mod files {}

#[doc = include_str!("guide/comparison.md")]
pub mod comparison {}
