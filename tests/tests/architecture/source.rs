//! Sources: one file of Rust each, taken apart.

use anyhow::{Context, Result};

use crate::item::without_tests;
use crate::token::{Token, tokens};
use crate::violation::Violation;

/// A source file.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its path from the workspace's root, with `/`.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
    /// Its tokens.
    pub(crate) tokens: Vec<Token>,
    /// Its tokens without what only tests compile.
    pub(crate) product: Vec<Token>,
}

impl Source {
    /// Takes a text apart.
    ///
    /// # Errors
    /// When it is not Rust.
    pub(crate) fn parse(path: &str, text: &str) -> Result<Self> {
        let tokens = tokens(text).with_context(|| path.to_owned())?;
        Ok(Self {
            path: path.to_owned(),
            text: text.to_owned(),
            product: without_tests(&tokens),
            tokens,
        })
    }

    /// The path from the package's `src`, where it lies there.
    pub(crate) fn in_package(&self, package: &str) -> Option<&str> {
        self.path.strip_prefix(package)?.strip_prefix("/src/")
    }

    /// A violation in this file.
    pub(crate) fn violation(&self, line: Option<usize>, what: impl Into<String>) -> Violation {
        Violation {
            path: self.path.clone(),
            line,
            what: what.into(),
        }
    }

    /// How many lines hold code: blank lines, comments and documentation do not count.
    pub(crate) fn code_lines(&self) -> usize {
        let mut count = 0;
        let mut counted = 0;
        for token in &self.tokens {
            let first = token.line.max(counted + 1);
            count += (token.last_line + 1).saturating_sub(first);
            counted = counted.max(token.last_line);
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_lines_leave_out_blanks_and_comments() -> Result<()> {
        let text =
            "//! Doc.\n\nuse a;\n// why\n/// Doc.\nfn f() {\n    g(\"x\n    y\"); h();\n\n}\n";
        assert_eq!(Source::parse("a.rs", text)?.code_lines(), 5);
        Ok(())
    }

    #[test]
    fn a_path_in_a_package_is_told_from_one_in_a_package_below() -> Result<()> {
        let source = Source::parse("schemas/codegen/src/lib.rs", "")?;
        assert_eq!(source.in_package("schemas/codegen"), Some("lib.rs"));
        assert_eq!(source.in_package("schemas"), None);
        Ok(())
    }
}
