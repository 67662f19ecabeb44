//! The scenario pack: every cause is found within its limits, from every source and over every way,
//! and nothing is found where nothing is wrong.

mod finding;
mod healthy;
mod report;
