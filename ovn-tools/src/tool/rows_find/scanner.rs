//! A scanner over one line of a user's text.

/// What is left to read of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scanner<'t> {
    rest: &'t str,
}

impl<'t> Scanner<'t> {
    /// At the first character that is no white space.
    pub(super) fn new(text: &'t str) -> Self {
        let mut scanner = Self { rest: text };
        scanner.skip_space();
        scanner
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'t str {
        self.rest
    }

    /// Whether nothing is left.
    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Goes on to the next character that is no white space.
    pub(super) fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Whether this character stands next.
    pub(super) fn sees(&self, character: char) -> bool {
        self.rest.starts_with(character)
    }

    /// Goes past this character where it stands next.
    pub(super) fn take(&mut self, character: char) -> bool {
        let rest = self.rest.strip_prefix(character);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// The characters up to the first that is not `wanted`; perhaps none.
    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let end = self
            .rest
            .find(|character| !wanted(character))
            .unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// A string in JSON's quotes; `None`, and nothing is taken, where none stands next.
    pub(super) fn take_quoted(&mut self) -> Option<String> {
        if !self.sees('"') {
            return None;
        }
        let mut strings = serde_json::Deserializer::from_str(self.rest).into_iter::<String>();
        let string = strings.next()?.ok()?;
        self.rest = self.rest.get(strings.byte_offset()..)?;
        Some(string)
    }
}
