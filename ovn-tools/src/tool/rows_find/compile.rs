//! Compiles conditions against a table's columns and their types.

use ovsdb_client::schema::{BaseType, ColumnType};
use ovsdb_client::value::{Atom, Kind, parse_atom};

use crate::report::ToolError;
use crate::tool::near;
use crate::tool::rows_find::condition::{Condition, Operator};
use crate::tool::rows_find::literal::Literal;
use crate::tool::rows_find::located::Located;
use crate::tool::rows_find::predicate::{Check, LEAST_UUID_DIGITS, Matcher, Needle, Predicate};
use crate::tool::rows_find::scope::Searched;

/// Compiles a condition for the rows of one database's table.
///
/// # Errors
/// [`ToolError`] that says the column's type in words and what to send instead.
pub(super) fn compile<'s>(
    condition: &Condition,
    searched: &Searched<'s>,
) -> Result<Predicate<'s>, ToolError> {
    let located = Located::find(&condition.field, searched)?;
    let row_uuid = ColumnType::scalar(Kind::Uuid);
    let target = Target {
        condition,
        shape: match &located {
            Located::RowUuid => Shape::of_column(&row_uuid),
            Located::Column { column_type, .. } => Shape::of_column(column_type),
            Located::Key { column_type, .. } => Shape::of_key(column_type),
            // Conditions name no such fields.
            Located::There { name, .. } => {
                return Err(ToolError::new(format!("`{name}` refers to another table")));
            }
        },
    };
    let check = match condition.operator {
        Operator::Equal | Operator::NotEqual => target.equality()?,
        Operator::Includes | Operator::Excludes => target.inclusion()?,
        Operator::Contains => target.containment()?,
        Operator::In => target.membership()?,
        Operator::Less => Check::Below(target.bound()?, false),
        Operator::AtMost => Check::Below(target.bound()?, true),
        Operator::Greater => Check::Above(target.bound()?, false),
        Operator::AtLeast => Check::Above(target.bound()?, true),
    };
    Ok(Predicate {
        located,
        check,
        negated: matches!(condition.operator, Operator::NotEqual | Operator::Excludes),
    })
}

/// What a field holds, seen from a condition.
struct Shape<'t> {
    /// The atoms, or a map's keys.
    base: &'t BaseType,
    /// A map's values, where the map as a whole is looked at.
    value: Option<&'t BaseType>,
    /// Whether there can be no value.
    may_be_unset: bool,
    /// Whether there can be several values.
    may_be_several: bool,
    /// The type in words.
    words: String,
}

impl<'t> Shape<'t> {
    fn of_column(column_type: &'t ColumnType) -> Self {
        Self {
            base: &column_type.key,
            value: column_type.value.as_ref(),
            may_be_unset: column_type.min == 0,
            may_be_several: column_type.max > 1,
            words: column_type.to_string(),
        }
    }

    fn of_key(column_type: &'t ColumnType) -> Self {
        let base = column_type.value.as_ref().unwrap_or(&column_type.key);
        Self {
            base,
            value: None,
            may_be_unset: true,
            may_be_several: false,
            words: format!("{base} (one key of a map)"),
        }
    }
}

/// A condition and the field it is about.
struct Target<'t> {
    condition: &'t Condition,
    shape: Shape<'t>,
}

type Pairs = Vec<(Matcher, Matcher)>;

impl Target<'_> {
    fn equality(&self) -> Result<Check, ToolError> {
        if let Some(value) = self.shape.value {
            return Ok(Check::EqualsPairs(self.pairs(value)?));
        }
        let matchers = self.matchers()?;
        if matchers.is_empty() && !self.shape.may_be_unset {
            let hint = match self.shape.base.kind {
                Kind::String => format!("the empty string is `{} == \"\"`", self.field()),
                _ => self.example("=="),
            };
            return Err(self.wrong("a value is never unset").hint(hint));
        }
        if matchers.len() > 1 && !self.shape.may_be_several {
            return Err(self.several());
        }
        Ok(Check::Equals(matchers))
    }

    fn inclusion(&self) -> Result<Check, ToolError> {
        let negated = self.condition.operator == Operator::Excludes;
        if let Some(value) = self.shape.value {
            let pairs = self.pairs(value)?;
            return Ok(if negated {
                Check::OverlapsPairs(pairs)
            } else {
                Check::IncludesPairs(pairs)
            });
        }
        let matchers = self.matchers()?;
        if negated {
            return Ok(Check::Overlaps(matchers));
        }
        if matchers.len() > 1 && !self.shape.may_be_several {
            return Err(self.several());
        }
        Ok(Check::Includes(matchers))
    }

    fn membership(&self) -> Result<Check, ToolError> {
        if self.shape.value.is_some() {
            return Err(self.keyless());
        }
        if self.shape.may_be_several {
            return Err(self
                .wrong("`in` asks for one value, and there can be several")
                .hint(format!(
                    "send {} for sets that hold a value",
                    self.example("includes")
                )));
        }
        match &self.condition.value {
            Literal::List(words) if !words.is_empty() => Ok(Check::Overlaps(self.matchers()?)),
            Literal::List(_) => Err(self
                .wrong("no value is in an empty list")
                .hint(self.example("in"))),
            _ => Err(self.wrong("`in` takes a list").hint(self.example("in"))),
        }
    }

    fn containment(&self) -> Result<Check, ToolError> {
        let value_kind = self.shape.value.map(|value| value.kind);
        if self.shape.base.kind != Kind::String && value_kind != Some(Kind::String) {
            return Err(self
                .wrong("`contains` looks for a text in strings")
                .hint(self.example(if self.shape.may_be_several {
                    "includes"
                } else {
                    "=="
                })));
        }
        match &self.condition.value {
            Literal::Word(word) => Ok(Check::Contains(Needle::new(word))),
            _ => Err(self.wrong("`contains` takes one text").hint(format!(
                "send `{} contains \"text\"`; a text with brackets stands in double quotes",
                self.field()
            ))),
        }
    }

    fn bound(&self) -> Result<Atom, ToolError> {
        let operator = self.condition.operator.name();
        let is_number = matches!(self.shape.base.kind, Kind::Integer | Kind::Real);
        if self.shape.value.is_some() || self.shape.may_be_several || !is_number {
            let hint = if self.shape.value.is_some() {
                return Err(self.keyless());
            } else if self.shape.may_be_several {
                self.example("includes")
            } else {
                self.example("==")
            };
            return Err(self
                .wrong(&format!("`{operator}` compares single numbers"))
                .hint(hint));
        }
        match &self.condition.value {
            Literal::Word(word) => match self.matcher(word, self.shape.base)? {
                Matcher::Atom(atom) => Ok(atom),
                Matcher::Uuid(..) => Err(self.wrong("a UUID is no number")),
            },
            _ => Err(self
                .wrong(&format!("`{operator}` takes one number"))
                .hint(self.example(operator))),
        }
    }

    /// The words of the condition as matchers, each once.
    fn matchers(&self) -> Result<Vec<Matcher>, ToolError> {
        let words = match &self.condition.value {
            Literal::Word(word) => std::slice::from_ref(word),
            Literal::List(words) => words.as_slice(),
            Literal::Pairs(_) => {
                return Err(self
                    .wrong("`{…}` is a map")
                    .hint(self.example(self.condition.operator.name())));
            }
        };
        let mut matchers = Vec::with_capacity(words.len());
        for word in words {
            let matcher = self.matcher(word, self.shape.base)?;
            if !matchers.contains(&matcher) {
                matchers.push(matcher);
            }
        }
        Ok(matchers)
    }

    fn pairs(&self, value: &BaseType) -> Result<Pairs, ToolError> {
        let given = match &self.condition.value {
            Literal::Pairs(pairs) => pairs.as_slice(),
            Literal::List(words) if words.is_empty() => &[],
            Literal::List(_) | Literal::Word(_) => return Err(self.keyless()),
        };
        let mut pairs = Pairs::with_capacity(given.len());
        for (key, word) in given {
            let pair = (
                self.matcher(key, self.shape.base)?,
                self.matcher(word, value)?,
            );
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
        Ok(pairs)
    }

    fn matcher(&self, word: &str, base: &BaseType) -> Result<Matcher, ToolError> {
        let kind = base.kind;
        let atom = match kind {
            Kind::String => Atom::from(word),
            Kind::Uuid => {
                return Matcher::uuid(word).ok_or_else(|| {
                    self.wrong(&format!("`{word}` is no UUID")).hint(format!(
                        "send a UUID, or its first {LEAST_UUID_DIGITS} or more hexadecimal digits"
                    ))
                });
            }
            _ => parse_atom(kind, word).map_err(|_| {
                let bits = if kind == Kind::Integer {
                    " of 64 bits"
                } else {
                    ""
                };
                self.wrong(&format!("`{word}` is no {}{bits}", kind.name()))
                    .hint(self.example(self.condition.operator.name()))
            })?,
        };
        if !base.enumeration.is_empty() && !base.enumeration.contains(&atom) {
            return Err(self.not_enumerated(word, base));
        }
        Ok(Matcher::Atom(atom))
    }

    fn not_enumerated(&self, word: &str, base: &BaseType) -> ToolError {
        let allowed: Vec<String> = base
            .enumeration
            .iter()
            .map(|atom| match atom {
                Atom::String(string) => string.to_string(),
                other => other.to_string(),
            })
            .collect();
        let error = self.wrong(&format!("`{word}` is none of the values there are"));
        let near = near::did_you_mean(word, allowed.iter().map(String::as_str));
        match near {
            Some(near) => error.hint(near),
            None => error.hint(format!("values are {}", allowed.join(", "))),
        }
    }

    fn field(&self) -> String {
        self.condition.field.to_string()
    }

    fn wrong(&self, problem: &str) -> ToolError {
        ToolError::new(format!(
            "condition `{}`: {problem}; `{}` is of type {}",
            self.condition,
            self.field(),
            self.shape.words
        ))
    }

    /// A map as a whole is compared with something that is no map.
    fn keyless(&self) -> ToolError {
        let field = self.field();
        self.wrong("a map is compared by key or by pairs")
            .hint(format!(
                "name a key: `{field}:KEY == VALUE` (`{field}:KEY != []` where the key is there); \
                 or pairs: `{field} includes {{KEY=VALUE}}`; \
                 or search keys and values: `{field} contains TEXT`"
            ))
    }

    /// Several values are asked of a field that holds one.
    fn several(&self) -> ToolError {
        self.wrong("there is at most one value").hint(format!(
            "send `{} in {}` for any of them",
            self.field(),
            self.condition.value
        ))
    }

    /// A condition on this field that makes sense.
    fn example(&self, operator: &str) -> String {
        let base = self.shape.base;
        let value = match (base.enumeration.first(), base.kind) {
            (Some(atom), _) => atom.to_string(),
            (None, Kind::Integer) => "100".to_owned(),
            (None, Kind::Real) => "1.5".to_owned(),
            (None, Kind::Boolean) => "true".to_owned(),
            (None, Kind::String) => "text".to_owned(),
            (None, Kind::Uuid) => "2f77b348".to_owned(),
        };
        let field = self.field();
        let value = match operator {
            "in" => format!("[{value}]"),
            _ => value,
        };
        let example = format!("for example `{field} {operator} {value}`");
        if self.shape.may_be_unset && matches!(operator, "==" | "!=") {
            format!("{example}, or `{field} {operator} []` for unset")
        } else {
            example
        }
    }
}
