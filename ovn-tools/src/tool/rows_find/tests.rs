//! Tests of the tool on small recorded databases.

mod answers;
mod conditions;
mod demo;
mod errors;
mod fixture;

mod groups;
mod nodes;
mod paging;
mod properties;
