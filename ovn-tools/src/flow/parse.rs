//! Reading match expressions.

use std::fmt;

use thiserror::Error;

use crate::flow::expression::{Expression, Field, Relation, Value};
use crate::flow::lexer::{Placed, Token, words};

/// How deep parentheses and negations may go.
/// **Default and why**: 100, as in OVN itself; deeper texts are refused rather than overflow.
const MAX_DEPTH: usize = 100;

/// A match expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The tree.
    pub expression: Expression,
    /// The remarks in it, which print at its end.
    pub comments: Vec<Box<str>>,
}

/// A text is no match expression.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{problem} at byte {at}")]
pub struct MatchError {
    /// Where.
    pub at: usize,
    /// What is wrong there.
    pub problem: &'static str,
}

impl Match {
    /// Reads a match expression.
    ///
    /// # Errors
    /// [`MatchError`] with the place where it stops being one.
    ///
    /// **Source**: ovn-sb(5), `Logical_Flow`, `match`.
    pub fn parse(text: &str) -> Result<Self, MatchError> {
        let words = words(text).map_err(|at| MatchError {
            at,
            problem: "nothing of the language begins",
        })?;
        let mut parser = Parser {
            end: text.len(),
            tokens: &words.tokens,
            depth: 0,
        };
        let expression = parser.any()?;
        let comments = words
            .comments
            .iter()
            .map(|&comment| comment.into())
            .collect();
        match parser.tokens.first() {
            None => Ok(Self {
                expression,
                comments,
            }),
            Some(_) => Err(parser.wrong("`&&` and `||` need parentheses, or the text should end")),
        }
    }
}

impl fmt::Display for Match {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.expression)?;
        for comment in &self.comments {
            write!(f, " /* {comment} */")?;
        }
        Ok(())
    }
}

struct Parser<'t, 'a> {
    end: usize,
    tokens: &'t [Placed<'a>],
    depth: usize,
}

type Parsed<T> = Result<T, MatchError>;

impl<'a> Parser<'_, 'a> {
    fn wrong(&self, problem: &'static str) -> MatchError {
        let at = self.tokens.first().map_or(self.end, |(at, _)| *at);
        MatchError { at, problem }
    }

    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.first().map(|(_, token)| *token)
    }

    fn next(&mut self) -> Option<Token<'a>> {
        let ((_, token), rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(*token)
    }

    fn takes(&mut self, mark: &str) -> bool {
        let is_there = self.peek().is_some_and(|token| is_mark(token, mark));
        if is_there {
            self.next();
        }
        is_there
    }

    fn needs(&mut self, mark: &str, problem: &'static str) -> Parsed<()> {
        if self.takes(mark) {
            Ok(())
        } else {
            Err(self.wrong(problem))
        }
    }

    /// One operand, or several with the same operator between them.
    fn any(&mut self) -> Parsed<Expression> {
        let first = self.one()?;
        for (mark, all) in [("&&", true), ("||", false)] {
            let mut parts = Vec::new();
            while self.takes(mark) {
                parts.push(self.one()?);
            }
            if !parts.is_empty() {
                parts.insert(0, first);
                return Ok(if all {
                    Expression::All(parts)
                } else {
                    Expression::Any(parts)
                });
            }
        }
        Ok(first)
    }

    fn one(&mut self) -> Parsed<Expression> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.wrong("the parentheses go too deep"));
        }
        let one = self.operand();
        self.depth -= 1;
        one
    }

    fn operand(&mut self) -> Parsed<Expression> {
        if self.takes("!") {
            return Ok(Expression::Not(Box::new(self.one()?)));
        }
        if self.takes("(") {
            let inner = self.any()?;
            self.needs(")", "`)` is missing")?;
            return Ok(Expression::Group(Box::new(inner)));
        }
        match self.peek() {
            Some(Token::Name(name)) => {
                self.next();
                if self.takes("(") {
                    let arguments = self.values_until(")")?;
                    let name = name.into();
                    return Ok(Expression::Call { name, arguments });
                }
                let field = self.field(name)?;
                let Some(relation) = self.relation() else {
                    return Ok(Expression::Is(field));
                };
                let (values, braced) = self.values()?;
                Ok(Expression::Compare {
                    field,
                    relation,
                    values,
                    braced,
                    turned: false,
                })
            }
            Some(Token::Constant(constant @ ("0" | "1"))) if !self.relates_next() => {
                self.next();
                Ok(Expression::Always(constant == "1"))
            }
            Some(Token::Mark("{")) | Some(Token::Constant(_) | Token::Text(_)) => self.turned(),
            Some(Token::AddressSet(_) | Token::PortGroup(_) | Token::Template(_)) => self.turned(),
            _ => Err(self.wrong("a field, a constant or `(` is missing")),
        }
    }

    /// Constants that come before the field.
    fn turned(&mut self) -> Parsed<Expression> {
        let (mut values, braced) = self.values()?;
        let relation = self
            .relation()
            .ok_or_else(|| self.wrong("a relation is missing"))?;
        let Some(Token::Name(name)) = self.next() else {
            return Err(self.wrong("a field is missing"));
        };
        let field = self.field(name)?;
        match (self.relation(), braced) {
            (Some(second_relation), false) => {
                let first = values.pop();
                let second = self.value()?;
                let first = first.ok_or_else(|| self.wrong("a constant is missing"))?;
                Ok(Expression::Between {
                    first,
                    relation,
                    field,
                    second_relation,
                    second,
                })
            }
            (Some(_), true) => Err(self.wrong("a range has single constants")),
            (None, _) => Ok(Expression::Compare {
                field,
                relation,
                values,
                braced,
                turned: true,
            }),
        }
    }

    fn relates_next(&self) -> bool {
        let second = self.tokens.get(1).map(|(_, token)| *token);
        matches!(second, Some(Token::Mark(mark)) if Relation::from_name(mark).is_some())
    }

    fn field(&mut self, name: &str) -> Parsed<Field> {
        let name = name.into();
        if !self.takes("[") {
            return Ok(Field { name, bits: None });
        }
        let first = self.bit()?;
        let last = if self.takes("..") { self.bit()? } else { first };
        self.needs("]", "`]` is missing")?;
        let bits = Some((first, last));
        Ok(Field { name, bits })
    }

    fn bit(&mut self) -> Parsed<u32> {
        match self.peek() {
            Some(Token::Constant(constant)) => {
                let bit = constant.parse();
                let bit = bit.map_err(|_| self.wrong("a bit's number is missing"))?;
                self.next();
                Ok(bit)
            }
            _ => Err(self.wrong("a bit's number is missing")),
        }
    }

    fn relation(&mut self) -> Option<Relation> {
        let Some(Token::Mark(mark)) = self.peek() else {
            return None;
        };
        let relation = Relation::from_name(mark)?;
        self.next();
        Some(relation)
    }

    fn values(&mut self) -> Parsed<(Vec<Value>, bool)> {
        if self.takes("{") {
            Ok((self.values_until("}")?, true))
        } else {
            Ok((vec![self.value()?], false))
        }
    }

    /// Values with commas, which may be left out or trail, as OVN allows.
    fn values_until(&mut self, end: &str) -> Parsed<Vec<Value>> {
        let mut values = Vec::new();
        while !self.takes(end) {
            values.push(self.value()?);
            self.takes(",");
        }
        Ok(values)
    }

    fn value(&mut self) -> Parsed<Value> {
        let value = match self.peek() {
            Some(Token::Constant(text)) => Value::Constant(text.into()),
            Some(Token::Text(text)) => Value::Text(text.into()),
            Some(Token::AddressSet(name)) => Value::AddressSet(name.into()),
            Some(Token::PortGroup(name)) => Value::PortGroup(name.into()),
            Some(Token::Template(name)) => Value::Template(name.into()),
            _ => return Err(self.wrong("a constant is missing")),
        };
        self.next();
        Ok(value)
    }
}

fn is_mark(token: Token<'_>, mark: &str) -> bool {
    matches!(token, Token::Mark(found) if found == mark)
}
