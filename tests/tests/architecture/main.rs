//! The architecture holds: what the design says of crates, modules and files, read from the source.
//!
//! The sources are taken apart by Rust's own lexer (`proc-macro2`), so that comments, documentation
//! and the inside of strings never count as code. Each rule is a function from source to
//! violations, and beside it stand tests that show it failing.

mod graph;
mod import;
mod item;
mod module;
mod source;
mod token;
mod violation;
mod workspace;

mod attribute;
mod dependency;
mod file;
mod generated;
mod layer;
mod leftover;
mod manifest;
mod name;
mod purity;
mod reach;
mod stdout;
