//! Logical flows: the language of matches and actions.
//!
//! What is understood becomes a tree that prints as it was written, but for spaces and comments;
//! what is not understood is kept verbatim and can be counted.

mod lexer;

mod expression;

mod parse;

mod action;

#[cfg(test)]
mod tests;

pub use self::action::{Action, Actions};
pub use self::expression::{Expression, Field, Relation, Value};
pub use self::parse::{Match, MatchError};
