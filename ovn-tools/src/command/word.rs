//! Words: arguments that cannot be taken for an option.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// How long an argument may be, in bytes.
/// **Default and why**: 16 KiB; a microflow with every field of a packet is a few hundred.
const MAX_BYTES: usize = 16 * 1024;

/// One argument of a command, from wherever it came: not empty, not beginning with `-`, and
/// without control characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(Box<str>);

/// A text cannot be an argument.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WordError {
    /// Nothing at all.
    #[error("it is empty")]
    Empty,
    /// It could be taken for an option.
    #[error("{0:?} begins with `-`, which would make it an option")]
    Option(String),
    /// It holds a character that belongs in no argument.
    #[error("{0:?} holds a control character")]
    Control(String),
    /// It is longer than any argument need be.
    #[error("it is {0} bytes long, more than {MAX_BYTES}")]
    Long(usize),
}

impl FromStr for Word {
    type Err = WordError;

    fn from_str(text: &str) -> Result<Self, WordError> {
        if text.trim().is_empty() {
            Err(WordError::Empty)
        } else if text.len() > MAX_BYTES {
            Err(WordError::Long(text.len()))
        } else if text.trim_start().starts_with('-') {
            Err(WordError::Option(text.to_owned()))
        } else if text.chars().any(char::is_control) {
            Err(WordError::Control(text.to_owned()))
        } else {
            Ok(Self(text.into()))
        }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_could_be_an_option_is_no_word() {
        let check = |text: &str| text.parse::<Word>().map(|word| word.to_string());
        assert_eq!(check("br-int"), Ok("br-int".to_owned()));
        assert_eq!(check(" "), Err(WordError::Empty));
        assert_eq!(
            check("--db=tcp:1.2.3.4:5"),
            Err(WordError::Option("--db=tcp:1.2.3.4:5".to_owned()))
        );
        assert_eq!(check(" -x"), Err(WordError::Option(" -x".to_owned())));
        assert_eq!(check("a\nb"), Err(WordError::Control("a\nb".to_owned())));
        assert_eq!(
            check(&"a".repeat(MAX_BYTES + 1)),
            Err(WordError::Long(MAX_BYTES + 1))
        );
    }

    proptest! {
        #[test]
        fn no_word_begins_with_a_hyphen_or_holds_a_nul(text in any::<String>()) {
            if let Ok(word) = text.parse::<Word>() {
                prop_assert!(!word.to_string().trim_start().starts_with('-'));
                prop_assert!(!word.to_string().contains('\0'));
            }
        }
    }
}
