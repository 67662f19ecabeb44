//! Literals: the values in conditions, as a user writes them, before any type is known.

use std::fmt;

use crate::tool::natural::printed;
use crate::tool::rows_find::scanner::Scanner;

/// A word, a list of words or a list of pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Literal {
    /// `word` or `"word"`; without quotes it is all the rest of the text.
    Word(String),
    /// `[a, b]`.
    List(Vec<String>),
    /// `{k=v, k=v}`.
    Pairs(Vec<(String, String)>),
}

impl Literal {
    /// Reads a literal that is all that is left.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub(super) fn parse(mut scanner: Scanner<'_>) -> Result<Self, String> {
        scanner.skip_space();
        let literal = if scanner.is_at_end() {
            return Err("the value is missing".to_owned());
        } else if scanner.take('[') {
            Self::List(scan_items(&mut scanner, ']', |scanner| {
                scan_word(scanner, |c| !matches!(c, ',' | ']'))
            })?)
        } else if scanner.take('{') {
            Self::Pairs(scan_items(&mut scanner, '}', scan_pair)?)
        } else {
            Self::Word(scan_word(&mut scanner, |_| true)?)
        };
        scanner.skip_space();
        if scanner.is_at_end() {
            Ok(literal)
        } else {
            Err(format!("`{}` stands after the value", scanner.rest()))
        }
    }
}

fn scan_items<T>(
    scanner: &mut Scanner<'_>,
    close: char,
    scan: impl Fn(&mut Scanner<'_>) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    let mut items = Vec::new();
    scanner.skip_space();
    if scanner.take(close) {
        return Ok(items);
    }
    loop {
        items.push(scan(scanner)?);
        scanner.skip_space();
        if scanner.take(close) {
            return Ok(items);
        }
        if !scanner.take(',') {
            return Err(match scanner.rest() {
                "" => format!("`{close}` is missing"),
                rest => format!("`,` or `{close}` must stand before `{rest}`"),
            });
        }
    }
}

fn scan_pair(scanner: &mut Scanner<'_>) -> Result<(String, String), String> {
    let key = scan_word(scanner, |c| !matches!(c, '=' | ',' | '}'))?;
    scanner.skip_space();
    if !scanner.take('=') {
        return Err(format!("`=` and a value must follow key `{key}`"));
    }
    let value = scan_word(scanner, |c| !matches!(c, ',' | '}'))?;
    Ok((key, value))
}

fn scan_word(scanner: &mut Scanner<'_>, bare: impl Fn(char) -> bool) -> Result<String, String> {
    scanner.skip_space();
    if scanner.sees('"') {
        let rest = scanner.rest();
        return scanner
            .take_quoted()
            .ok_or_else(|| format!("`{rest}` begins no string in JSON's quotes"));
    }
    match scanner.take_while(bare).trim_end() {
        "" => Err("a value is missing; the empty string is `\"\"`".to_owned()),
        word => Ok(word.to_owned()),
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(&printed(word)),
            Self::List(words) => {
                let words: Vec<String> = words.iter().map(|word| printed(word)).collect();
                write!(f, "[{}]", words.join(", "))
            }
            Self::Pairs(pairs) => {
                let pairs: Vec<String> = pairs
                    .iter()
                    .map(|(key, value)| format!("{}={}", printed(key), printed(value)))
                    .collect();
                write!(f, "{{{}}}", pairs.join(", "))
            }
        }
    }
}
