//! Names of objects and selectors, which cannot become another part of a request.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// The longest name of an object, in bytes, that Kubernetes takes.
const MAX_NAME: usize = 253;
/// The longest selector that is sent, in bytes.
/// **Default and why**: 2 KiB; one that names a hundred labels is longer than any in use.
const MAX_SELECTOR: usize = 2048;

/// The name of an object, a namespace, a container or a kind: letters, digits, `-`, `.`, `_` and
/// `:`, beginning with a letter or digit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectName(Box<str>);

/// A selector of labels or fields, in the notation of Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Selector(Box<str>);

/// A text is no such name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NameError {
    /// It is none of an object.
    #[error(
        "{0:?} is no name: it must be 1 to {MAX_NAME} letters, digits and any of - . _ : that begin with a letter or digit"
    )]
    Name(String),
    /// It is no selector.
    #[error(
        "{0:?} is no selector: write name=value, name!=value, name in (a,b), name or !name, several with commas"
    )]
    Selector(String),
}

impl FromStr for ObjectName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:".contains(&byte);
        let begins = text
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_alphanumeric());
        if begins && text.len() <= MAX_NAME && text.bytes().all(plain) {
            Ok(Self(text.into()))
        } else {
            Err(NameError::Name(text.to_owned()))
        }
    }
}

impl FromStr for Selector {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:/=!,() ".contains(&byte);
        let text = text.trim();
        if !text.is_empty() && text.len() <= MAX_SELECTOR && text.bytes().all(plain) {
            Ok(Self(text.into()))
        } else {
            Err(NameError::Selector(text.to_owned()))
        }
    }
}

impl ObjectName {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Selector {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_could_become_another_part_of_a_request_is_no_name() {
        for text in [
            "",
            "-x",
            ".",
            "..",
            "../secrets",
            "a/b",
            "a?watch=1",
            "a%2fb",
            "a b",
            "a\n",
            "a\0",
            "a#b",
            "a&b",
            "é",
        ] {
            assert!(text.parse::<ObjectName>().is_err(), "{text:?}");
        }
        for text in [
            "kube-system",
            "egressips.k8s.ovn.org",
            "system:node:a",
            "Pod",
        ] {
            assert_eq!(
                text.parse::<ObjectName>().map(|it| it.to_string()),
                Ok(text.to_owned())
            );
        }
        for text in ["", "a&limit=1", "a=\"b\"", "a\nb", "a?b", "a#"] {
            assert!(text.parse::<Selector>().is_err(), "{text:?}");
        }
        for text in ["app in (a, b),!x", "metadata.name!=a", "k8s.io/role="] {
            assert!(text.parse::<Selector>().is_ok(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_name_leaves_its_part_of_a_path(text: String) {
            if let Ok(name) = text.parse::<ObjectName>() {
                let has = name.as_str().contains(['/', '?', '#', '%', '&', '\0', ' ']);
                prop_assert!(!has && !name.as_str().starts_with('.'));
            }
        }
    }
}
