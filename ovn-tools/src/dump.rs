//! Dumps: the listings that daemons print, read into fields.
//!
//! Every line becomes an item or is kept as it stands and counted: nothing is dropped.

mod fields;

pub mod openflow;

pub mod datapath;

pub mod conntrack;

pub mod zone;

pub mod kernel;

pub mod counter;

pub mod drop;

pub use self::fields::{Field, Form, split};

/// What a listing holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing<T> {
    /// The lines that were understood, in order.
    pub items: Vec<T>,
    /// The lines that were not, as they stand.
    pub other: Vec<String>,
}

impl<T> Listing<T> {
    /// Reads a listing line by line; blank lines and those that `is_heading` knows are no items.
    fn read(
        text: &str,
        is_heading: impl Fn(&str) -> bool,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Self {
        let (mut items, mut other) = (Vec::new(), Vec::new());
        for line in text.lines().map(str::trim) {
            if line.is_empty() || is_heading(line) {
                continue;
            }
            match parse(line) {
                Some(item) => items.push(item),
                None => other.push(line.to_owned()),
            }
        }
        Self { items, other }
    }
}
