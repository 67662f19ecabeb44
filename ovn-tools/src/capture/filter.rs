//! Filters: which packets are captured.

use std::fmt;

use crate::capture::term::Term;

/// Which packets are captured.
///
/// **Shape**: a tree whose depth is bounded by the parser, which is the only one that makes it
/// from text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Filter {
    /// Those of which this holds.
    Term(Term),
    /// Those of which it does not hold.
    Not(Box<Self>),
    /// Those of which all of these hold; two or more.
    And(Vec<Self>),
    /// Those of which one of these holds; two or more.
    Or(Vec<Self>),
}

impl Filter {
    /// As pcap-filter(7) has it, for the program that captures.
    pub fn for_program(&self) -> String {
        let parts = |filters: &[Self], between: &str| {
            let parts: Vec<String> = filters.iter().map(Self::part_for_program).collect();
            parts.join(between)
        };
        match self {
            Self::Term(term) => term.for_program(),
            Self::Not(filter) => format!("not {}", filter.part_for_program()),
            Self::And(filters) => parts(filters, " and "),
            Self::Or(filters) => parts(filters, " or "),
        }
    }

    fn part_for_program(&self) -> String {
        match self {
            Self::Term(term) => term.for_program(),
            filter => format!("({})", filter.for_program()),
        }
    }

    /// Whether only one way of a conversation passes, so that a missing answer says nothing.
    pub fn is_one_way(&self) -> bool {
        match self {
            Self::Term(term) => term.is_one_way(),
            Self::Not(filter) => filter.is_one_way(),
            Self::And(filters) | Self::Or(filters) => filters.iter().any(Self::is_one_way),
        }
    }
}

/// As a user writes it.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |f: &mut fmt::Formatter<'_>, filter: &Self| match filter {
            Self::Term(term) => write!(f, "{term}"),
            filter => write!(f, "({filter})"),
        };
        match self {
            Self::Term(term) => write!(f, "{term}"),
            Self::Not(filter) => {
                f.write_str("not ")?;
                part(f, filter)
            }
            Self::And(filters) | Self::Or(filters) => {
                let between = match self {
                    Self::And(_) => " and ",
                    _ => " or ",
                };
                for (at, filter) in filters.iter().enumerate() {
                    if at > 0 {
                        f.write_str(between)?;
                    }
                    part(f, filter)?;
                }
                Ok(())
            }
        }
    }
}
