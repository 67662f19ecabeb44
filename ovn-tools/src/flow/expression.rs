//! The tree of a match expression.

use std::fmt;

/// What packets a match holds for.
///
/// **Shape**: as written; parentheses are nodes, so that it prints as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expression {
    /// `1` or `0`.
    Always(bool),
    /// A field or predicate that must be true: `ip4`, `ct.est`, `reg0[1]`.
    Is(Field),
    /// A field that is compared with constants.
    Compare {
        /// The field.
        field: Field,
        /// How.
        relation: Relation,
        /// With what; any of them will do.
        values: Vec<Value>,
        /// Whether they stand in braces.
        braced: bool,
        /// Whether the constants come first: `80 == tcp.dst`.
        turned: bool,
    },
    /// A field between two constants: `1 <= ip.ttl < 10`.
    Between {
        /// The lower or upper end.
        first: Value,
        /// How it relates to the field.
        relation: Relation,
        /// The field.
        field: Field,
        /// How the field relates to the other end.
        second_relation: Relation,
        /// The other end.
        second: Value,
    },
    /// A function: `is_chassis_resident("cr-rtos-a")`.
    Call {
        /// Its name.
        name: Box<str>,
        /// What it is asked.
        arguments: Vec<Value>,
    },
    /// The opposite.
    Not(Box<Expression>),
    /// In parentheses.
    Group(Box<Expression>),
    /// All of them: two or more.
    All(Vec<Expression>),
    /// Any of them: two or more.
    Any(Vec<Expression>),
}

/// A field of the packet or its metadata, or some bits of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field {
    /// Its name, such as `ip4.src`.
    pub name: Box<str>,
    /// The first and last bit, where not all are meant.
    pub bits: Option<(u32, u32)>,
}

/// How a field relates to a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// A constant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Value {
    /// A number or an address, with its mask, as written.
    Constant(Box<str>),
    /// A name in quotes, its escapes as written.
    Text(Box<str>),
    /// The addresses of a set.
    AddressSet(Box<str>),
    /// The ports of a group.
    PortGroup(Box<str>),
    /// What a chassis puts here.
    Template(Box<str>),
}

impl Expression {
    /// Shows each comparison, function and predicate to `visit`, from left to right.
    pub fn visit<'e>(&'e self, visit: &mut impl FnMut(&'e Expression)) {
        match self {
            Self::Not(inner) | Self::Group(inner) => inner.visit(visit),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.visit(visit);
                }
            }
            leaf => visit(leaf),
        }
    }

    /// The constants, from left to right.
    pub fn values(&self) -> Vec<&Value> {
        let mut found = Vec::new();
        self.visit(&mut |leaf| match leaf {
            Self::Compare { values, .. } => found.extend(values),
            Self::Call { arguments, .. } => found.extend(arguments),
            Self::Between { first, second, .. } => found.extend([first, second]),
            _ => {}
        });
        found
    }

    /// The fields and predicates, from left to right.
    pub fn fields(&self) -> Vec<&Field> {
        let mut found = Vec::new();
        self.visit(&mut |leaf| match leaf {
            Self::Compare { field, .. } | Self::Between { field, .. } | Self::Is(field) => {
                found.push(field);
            }
            _ => {}
        });
        found
    }

    /// The constants that a field is compared with by `==`, where every packet must pass one of
    /// them: those on the way from the top through conjunctions alone.
    pub fn required(&self, field: &str) -> Vec<&Value> {
        match self {
            Self::Group(inner) => inner.required(field),
            Self::All(parts) => {
                let parts = parts.iter().map(|part| part.required(field));
                parts.into_iter().flatten().collect()
            }
            Self::Compare {
                field: compared,
                relation: Relation::Equal,
                values,
                ..
            } if *compared.name == *field && compared.bits.is_none() => values.iter().collect(),
            _ => Vec::new(),
        }
    }
}

impl Relation {
    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// The relation that is written so.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [
            Self::Equal,
            Self::NotEqual,
            Self::Less,
            Self::LessOrEqual,
            Self::Greater,
            Self::GreaterOrEqual,
        ]
        .into_iter()
        .find(|relation| relation.name() == name)
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Always(always) => write!(f, "{}", u8::from(*always)),
            Self::Is(field) => write!(f, "{field}"),
            Self::Compare {
                field,
                relation,
                values,
                braced,
                turned,
            } => {
                let values = List {
                    values,
                    braced: *braced,
                };
                let relation = relation.name();
                if *turned {
                    write!(f, "{values} {relation} {field}")
                } else {
                    write!(f, "{field} {relation} {values}")
                }
            }
            Self::Between {
                first,
                relation,
                field,
                second_relation,
                second,
            } => {
                let (relation, other) = (relation.name(), second_relation.name());
                write!(f, "{first} {relation} {field} {other} {second}")
            }
            Self::Call { name, arguments } => {
                let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
                write!(f, "{name}({})", arguments.join(", "))
            }
            Self::Not(inner) => write!(f, "!{inner}"),
            Self::Group(inner) => write!(f, "({inner})"),
            Self::All(parts) => joined(f, parts, " && "),
            Self::Any(parts) => joined(f, parts, " || "),
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Expression], between: &str) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        write!(f, "{part}")?;
    }
    Ok(())
}

struct List<'a> {
    values: &'a [Value],
    braced: bool,
}

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values: Vec<String> = self.values.iter().map(ToString::to_string).collect();
        if self.braced {
            write!(f, "{{{}}}", values.join(", "))
        } else {
            f.write_str(&values.join(", "))
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match self.bits {
            None => Ok(()),
            Some((first, last)) if first == last => write!(f, "[{first}]"),
            Some((first, last)) => write!(f, "[{first}..{last}]"),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(text) => f.write_str(text),
            Self::Text(text) => write!(f, "\"{text}\""),
            Self::AddressSet(name) => write!(f, "${name}"),
            Self::PortGroup(name) => write!(f, "@{name}"),
            Self::Template(name) => write!(f, "^{name}"),
        }
    }
}
