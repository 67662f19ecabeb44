//! Fields: a column, or one key of a map column, of a row or of the rows it refers to, as a user
//! writes it.

use std::fmt;

use crate::report::ToolError;
use crate::tool::natural::printed;
use crate::tool::rows_find::scanner::Scanner;

/// `COLUMN` or `COLUMN:KEY`, after `REFERENCE.` of the rows that a column refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// The column that refers to the rows that are meant; `None` for the row itself.
    pub(super) reference: Option<String>,
    /// The column.
    pub(super) column: String,
    /// The key of a map column.
    pub(super) key: Option<String>,
}

impl Field {
    /// A whole column.
    pub(super) fn column(name: &str) -> Self {
        Self {
            reference: None,
            column: name.to_owned(),
            key: None,
        }
    }

    /// The column of the row itself.
    pub(super) fn own_column(&self) -> &str {
        self.reference.as_deref().unwrap_or(&self.column)
    }

    /// The field in the rows that are referred to.
    pub(super) fn there(&self) -> Self {
        Self {
            reference: None,
            ..self.clone()
        }
    }

    /// Reads a field that is the whole of `text`.
    ///
    /// # Errors
    /// [`ToolError`] with the form to write.
    pub(super) fn parse(text: &str) -> Result<Self, ToolError> {
        let mut scanner = Scanner::new(text);
        let field = Self::scan(&mut scanner);
        scanner.skip_space();
        field
            .ok()
            .filter(|_| scanner.is_at_end())
            .ok_or_else(|| wrong(text))
    }

    /// Reads a field where the scanner stands.
    ///
    /// A key without quotes goes up to white space or one of `= ! < >`, colons included.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub(super) fn scan(scanner: &mut Scanner<'_>) -> Result<Self, &'static str> {
        let name = |scanner: &mut Scanner<'_>| {
            let name = scanner.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
            name.to_owned()
        };
        let mut column = name(scanner);
        if column.is_empty() {
            return Err("it does not begin with a column");
        }
        let mut reference = None;
        if scanner.take('.') {
            reference = Some(std::mem::replace(&mut column, name(scanner)));
            if column.is_empty() {
                return Err("no column follows the point");
            }
        }
        let key = if scanner.take(':') {
            Some(scan_key(scanner).ok_or("no key follows the colon")?)
        } else {
            None
        };
        Ok(Self {
            reference,
            column,
            key,
        })
    }
}

fn scan_key(scanner: &mut Scanner<'_>) -> Option<String> {
    if scanner.sees('"') {
        return scanner.take_quoted();
    }
    let key = scanner.take_while(|c| !c.is_whitespace() && !matches!(c, '=' | '!' | '<' | '>'));
    (!key.is_empty()).then(|| key.to_owned())
}

fn wrong(text: &str) -> ToolError {
    ToolError::new(format!("`{text}` names no column")).hint(
        "write `COLUMN`, or `COLUMN:KEY` for one key of a map, such as `name` or \
         `external_ids:pod`; a key with spaces or signs stands in double quotes; \
         `ports.name` is the name of the rows that `ports` refers to",
    )
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(reference) = &self.reference {
            write!(f, "{reference}.")?;
        }
        f.write_str(&self.column)?;
        match &self.key {
            Some(key) => write!(f, ":{}", printed(key)),
            None => Ok(()),
        }
    }
}
