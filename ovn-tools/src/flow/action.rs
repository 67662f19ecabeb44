//! Logical actions.

use std::fmt;

use crate::flow::lexer::string_end;

/// How deep blocks may be nested.
/// **Default and why**: 20; northd nests three deep, and deeper ones are kept verbatim.
const MAX_DEPTH: usize = 20;

/// What is done with a packet, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actions(pub Vec<Action>);

/// One action.
///
/// **Source**: ovn-sb(5), `Logical_Flow`, `actions`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// An action by name: `next`, `ct_lb_mark`, `arp`.
    Call {
        /// Its name.
        name: Box<str>,
        /// What stands in parentheses, verbatim, without the outer spaces; `None` without any.
        arguments: Option<Box<str>>,
        /// What stands in braces.
        block: Option<Actions>,
    },
    /// A field that gets a value.
    Set {
        /// The field, with its bits.
        field: Box<str>,
        /// The value, verbatim.
        value: Box<str>,
    },
    /// Two fields that change places.
    Exchange(Box<str>, Box<str>),
    /// A field that is made less by one.
    Decrement(Box<str>),
    /// A remark, verbatim.
    Comment(Box<str>),
    /// What is none of these, verbatim.
    Other(Box<str>),
}

impl Actions {
    /// Reads actions; what is not understood is kept as [`Action::Other`].
    pub fn parse(text: &str) -> Self {
        Self::within(text, 0)
    }

    fn within(text: &str, depth: usize) -> Self {
        let mut actions = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            if rest.starts_with("/*")
                && let Some(end) = rest.find("*/")
            {
                let (comment, after) = rest.split_at(end + 2);
                actions.push(Action::Comment(comment.into()));
                rest = after.trim_start();
                continue;
            }
            let end = statement_end(rest);
            let (statement, after) = rest.split_at(end);
            rest = after.strip_prefix(';').unwrap_or(after).trim_start();
            let statement = statement.trim();
            if !statement.is_empty() {
                actions.push(Action::parse(statement, depth));
            }
        }
        Self(actions)
    }

    /// How many actions are not understood, those within blocks included.
    pub fn unknown(&self) -> usize {
        let of = |action: &Action| match action {
            Action::Other(_) => 1,
            Action::Call { block, .. } => block.as_ref().map_or(0, Self::unknown),
            _ => 0,
        };
        self.0.iter().map(of).sum()
    }

    /// The names of the actions, those within blocks included, in order; a field that is set
    /// counts by its name.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for action in &self.0 {
            match action {
                Action::Call { name, block, .. } => {
                    names.push(&**name);
                    names.extend(block.iter().flat_map(Self::names));
                }
                Action::Set { field, .. } | Action::Decrement(field) => names.push(field),
                Action::Exchange(a, b) => names.extend([&**a, &**b]),
                Action::Comment(_) | Action::Other(_) => {}
            }
        }
        names
    }
}

impl Action {
    fn parse(text: &str, depth: usize) -> Self {
        let understood = is_whole(text).then(|| Self::understood(text, depth));
        understood
            .flatten()
            .unwrap_or_else(|| Self::Other(text.into()))
    }

    fn understood(text: &str, depth: usize) -> Option<Self> {
        let end = text.find(|c: char| !is_word(c)).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        let rest = rest.trim_start();
        let (bits, rest) = match rest.strip_prefix('[') {
            Some(inner) => {
                let (bits, after) = inner.split_once(']')?;
                let is_bits = |c: char| c.is_ascii_digit() || c == '.';
                if bits.is_empty() || !bits.chars().all(is_bits) {
                    return None;
                }
                (Some(bits), after.trim_start())
            }
            None => (None, rest),
        };
        let field = || match bits {
            Some(bits) => format!("{name}[{bits}]").into(),
            None => Box::from(name),
        };
        if let Some(other) = rest.strip_prefix("<->") {
            return Some(Self::Exchange(field(), other.trim().into()));
        }
        if rest == "--" {
            return Some(Self::Decrement(field()));
        }
        if let Some(value) = rest.strip_prefix('=').filter(|rest| !rest.starts_with('=')) {
            let value = value.trim();
            let field = field();
            return (!value.is_empty()).then(|| Self::Set {
                field,
                value: value.into(),
            });
        }
        if bits.is_some() {
            return None;
        }
        let (arguments, rest) = match rest.starts_with('(') {
            true => {
                let end = closing(rest)?;
                (
                    Some(rest[1..end].trim().into()),
                    rest[end + 1..].trim_start(),
                )
            }
            false => (None, rest),
        };
        let block = match rest.starts_with('{') {
            true if depth < MAX_DEPTH => {
                let end = closing(rest)?;
                if !rest[end + 1..].trim().is_empty() {
                    return None;
                }
                Some(Actions::within(&rest[1..end], depth + 1))
            }
            _ if rest.is_empty() => None,
            _ => return None,
        };
        Some(Self::Call {
            name: name.into(),
            arguments,
            block,
        })
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '.'
}

/// Where the first statement ends: at its `;`, or behind the braces that stand for one.
fn statement_end(text: &str) -> usize {
    let mut open = 0_usize;
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => match string_end(&text[at..]) {
                Some(length) => {
                    at += length;
                    continue;
                }
                None => return text.len(),
            },
            b'(' | b'{' | b'[' => open += 1,
            b')' | b'}' | b']' => {
                open = open.saturating_sub(1);
                if open == 0 && *byte == b'}' {
                    return at + 1;
                }
            }
            b';' if open == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// Whether a statement would end at a `;` behind it: no quote or bracket is left open in it.
fn is_whole(statement: &str) -> bool {
    statement_end(&format!("{statement};")) == statement.len()
}

/// The place of the bracket that closes the one which the text begins with.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => {
                at += string_end(&text[at..])?;
                continue;
            }
            b'(' | b'{' | b'[' => open += 1,
            b')' | b'}' | b']' => {
                open = open.checked_sub(1)?;
                if open == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

impl fmt::Display for Actions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, action) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            match action {
                Action::Comment(text) => f.write_str(text)?,
                action => write!(f, "{action};")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call {
                name,
                arguments,
                block,
            } => {
                f.write_str(name)?;
                if let Some(arguments) = arguments {
                    write!(f, "({arguments})")?;
                }
                match block {
                    Some(block) => write!(f, " {{ {block} }}"),
                    None => Ok(()),
                }
            }
            Self::Set { field, value } => write!(f, "{field} = {value}"),
            Self::Exchange(a, b) => write!(f, "{a} <-> {b}"),
            Self::Decrement(field) => write!(f, "{field}--"),
            Self::Comment(text) | Self::Other(text) => f.write_str(text),
        }
    }
}
