//! Conditions: what rows must be like, as a user writes it.
//!
//! ```text
//! condition = field operator value
//! field     = COLUMN | COLUMN ":" KEY            one key of a map column
//! operator  = "==" | "!=" | "<" | "<=" | ">" | ">="
//!           | "includes" | "excludes" | "contains" | "in"
//! value     = word | "[" [word {"," word}] "]" | "{" [word "=" word {"," word "=" word}] "}"
//! word      = STRING in JSON's quotes | bare characters
//! ```
//!
//! A bare word that is the whole value goes up to the end of the text, so that
//! `match == ip4 && tcp` needs no quotes. `[]` is the empty set, and an optional that is unset.

use std::fmt;

use crate::report::ToolError;
use crate::tool::near;
use crate::tool::rows_find::field::Field;
use crate::tool::rows_find::literal::Literal;
use crate::tool::rows_find::scanner::Scanner;

/// A condition as it was written, not yet compared with any schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    /// What is looked at.
    pub(super) field: Field,
    /// How.
    pub(super) operator: Operator,
    /// What it is compared with.
    pub(super) value: Literal,
}

/// How a field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    /// The whole value is equal.
    Equal,
    /// The whole value is another, or unset.
    NotEqual,
    /// The number is less.
    Less,
    /// The number is at most.
    AtMost,
    /// The number is greater.
    Greater,
    /// The number is at least.
    AtLeast,
    /// All of the given elements are there (RFC 7047 §5.1).
    Includes,
    /// None of the given elements is there (RFC 7047 §5.1).
    Excludes,
    /// A string holds this text, in either case.
    Contains,
    /// The value is one of those given.
    In,
}

impl Operator {
    /// All of them.
    pub(super) const ALL: [Self; 10] = [
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::AtMost,
        Self::Greater,
        Self::AtLeast,
        Self::Includes,
        Self::Excludes,
        Self::Contains,
        Self::In,
    ];

    /// The operator's text.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Includes => "includes",
            Self::Excludes => "excludes",
            Self::Contains => "contains",
            Self::In => "in",
        }
    }
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// [`ToolError`] that says what is wrong and how a condition is written.
    pub(super) fn parse(text: &str) -> Result<Self, ToolError> {
        let wrong = |problem: String| ToolError::new(format!("condition `{text}`: {problem}"));
        let form = || {
            format!(
                "write COLUMN OPERATOR VALUE, such as `name == foo` or `external_ids:pod != []`; \
                 operators: {}",
                Operator::ALL.map(Operator::name).join(" ")
            )
        };
        let mut scanner = Scanner::new(text);
        let field =
            Field::scan(&mut scanner).map_err(|problem| wrong(problem.to_owned()).hint(form()))?;
        if let Some(reference) = &field.reference {
            let problem = format!("`{field}` is of another table");
            return Err(wrong(problem).hint(format!(
                "find that row first, then ask for `{reference} includes UUID`"
            )));
        }
        scanner.skip_space();
        let symbol = scanner.take_while(|c| matches!(c, '=' | '!' | '<' | '>' | '~'));
        let written = match symbol {
            "" => scanner.take_while(|c| c.is_alphanumeric() || c == '_' || c == '-'),
            symbol => symbol,
        };
        let operator = Operator::ALL
            .into_iter()
            .find(|operator| operator.name() == written);
        let Some(operator) = operator else {
            return Err(match written {
                "" => wrong("no operator follows the column".to_owned()).hint(form()),
                unknown => wrong(format!("`{unknown}` is no operator"))
                    .hint(instead(unknown).unwrap_or_else(form)),
            });
        };
        let value = Literal::parse(scanner).map_err(|problem| {
            wrong(problem).hint(format!(
                "write a word, `[a, b]`, `{{k=v}}` or `[]` for unset; \
                 a text with brackets or commas stands in double quotes: `{field} {} \"a, [b]\"`",
                operator.name()
            ))
        })?;
        Ok(Self {
            field,
            operator,
            value,
        })
    }
}

/// What was meant by an operator of another language.
fn instead(unknown: &str) -> Option<String> {
    let meant = match unknown {
        "=" | "===" | "is" | "eq" | "equals" => Operator::Equal,
        "<>" | "=!" | "ne" | "not" => Operator::NotEqual,
        "=<" | "le" | "lte" => Operator::AtMost,
        "=>" | "ge" | "gte" => Operator::AtLeast,
        "lt" => Operator::Less,
        "gt" => Operator::Greater,
        "~" | "=~" | "~=" | "~~" | "like" | "ilike" | "matches" | "match" | "regex"
        | "startswith" | "endswith" => Operator::Contains,
        "has" => Operator::Includes,
        _ => {
            let names = Operator::ALL.map(Operator::name);
            return near::did_you_mean(unknown, names);
        }
    };
    Some(format!("did you mean `{}`?", meant.name()))
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.field, self.operator.name(), self.value)
    }
}
