//! Source text under construction.

use crate::docs::wrap;

/// The longest line, as rustfmt has it.
pub(crate) const WIDTH: usize = 100;

/// The longest array on one line, brackets included, as rustfmt has it.
const ARRAY_WIDTH: usize = 60;

/// The longest arguments of a call, or parts of a tuple, on one line, as rustfmt has it.
pub(crate) const CALL_WIDTH: usize = 60;

/// The longest chain of calls on one line, as rustfmt has it.
const CHAIN_WIDTH: usize = 60;

/// The lines of a file.
#[derive(Debug, Default)]
pub(crate) struct Source {
    text: String,
}

impl Source {
    /// Appends a line; an empty one never follows another.
    pub(crate) fn line(&mut self, line: &str) {
        if line.is_empty() && (self.text.is_empty() || self.text.ends_with("\n\n")) {
            return;
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Appends lines that begin with `mark` (`//!`, `///`, with its indentation).
    pub(crate) fn docs(&mut self, mark: &str, lines: &[String]) {
        for line in lines {
            if line.is_empty() {
                self.line(mark);
            } else {
                self.line(&format!("{mark} {line}"));
            }
        }
    }

    /// Appends one paragraph of documentation.
    pub(crate) fn doc(&mut self, mark: &str, text: &str) {
        self.docs(mark, &wrap(text, WIDTH - mark.len() - 1));
    }

    /// Appends `pub const name: outer<arguments> = value;`, broken where rustfmt breaks it.
    pub(crate) fn constant(&mut self, name: &str, outer: &str, arguments: &[&str], value: &str) {
        let head = format!("pub const {name}: {outer}<{}> =", arguments.join(", "));
        if head.len() + 1 + value.len() < WIDTH {
            self.line(&format!("{head} {value};"));
        } else if head.len() <= WIDTH {
            self.line(&head);
            self.line(&format!("    {value};"));
        } else {
            self.line(&format!("pub const {name}: {outer}<"));
            for argument in arguments {
                self.line(&format!("    {argument},"));
            }
            self.line(&format!("> = {value};"));
        }
    }

    /// Appends `use path::{names};` or `use path::name;`; the names are sorted already.
    pub(crate) fn import(&mut self, head: &str, names: &[&str]) {
        if let [name] = names {
            self.line(&format!("{head}::{name};"));
            return;
        }
        let line = format!("{head}::{{{}}};", names.join(", "));
        if line.len() <= WIDTH {
            self.line(&line);
            return;
        }
        self.line(&format!("{head}::{{"));
        // rustfmt keeps a column free for the comma that it puts last anyway.
        for line in wrap(&format!("{},", names.join(", ")), WIDTH - 5) {
            self.line(&format!("    {line}"));
        }
        self.line("};");
    }

    /// Appends `head[items],`, one item a line where that is too long for rustfmt.
    pub(crate) fn list(&mut self, head: &str, items: &[String]) {
        let line = format!("[{}]", items.join(", "));
        if line.len() <= ARRAY_WIDTH {
            self.line(&format!("{head}{line},"));
            return;
        }
        let indent = " ".repeat(head.len() - head.trim_start().len());
        self.line(&format!("{head}["));
        for item in items {
            self.line(&format!("{indent}    {item},"));
        }
        self.line(&format!("{indent}],"));
    }

    /// Appends the arm `pattern => value,`, in a block where that is too long; there, `end` ends
    /// the value: a semicolon for one that is nothing.
    pub(crate) fn arm(&mut self, indent: &str, pattern: &str, value: &str, end: &str) {
        let line = format!("{indent}{pattern} => {value},");
        if line.len() <= WIDTH {
            self.line(&line);
            return;
        }
        self.line(&format!("{indent}{pattern} => {{"));
        self.line(&format!("{indent}    {value}{end}"));
        self.line(&format!("{indent}}}"));
    }

    /// Appends `head(arguments);`, one argument a line where that is too long for rustfmt.
    pub(crate) fn call(&mut self, head: &str, arguments: &[&str]) {
        let line = arguments.join(", ");
        if line.len() <= CALL_WIDTH && head.len() + line.len() + 3 <= WIDTH {
            self.line(&format!("{head}({line});"));
            return;
        }
        let indent = " ".repeat(head.len() - head.trim_start().len());
        self.line(&format!("{head}("));
        for argument in arguments {
            self.line(&format!("{indent}    {argument},"));
        }
        self.line(&format!("{indent});"));
    }

    /// Appends a public method that returns `self.0.get(argument)`.
    pub(crate) fn getter(&mut self, name: &str, returned: &str, argument: &str) {
        let line = format!("    pub fn {name}(&self) -> {returned} {{");
        let end = format!("    ) -> {returned} {{");
        if line.len() <= WIDTH {
            self.line(&line);
        } else {
            self.line(&format!("    pub fn {name}("));
            self.line("        &self,");
            if end.len() + 4 <= WIDTH {
                self.line(&end);
            } else {
                self.line(&format!("    ) -> {returned}"));
                self.line("    {");
            }
        }
        let call = format!("self.0.get({argument})");
        if call.len() <= CHAIN_WIDTH {
            self.line(&format!("        {call}"));
        } else {
            self.line("        self.0");
            self.line(&format!("            .get({argument})"));
        }
        self.line("    }");
    }

    /// The text.
    pub(crate) fn finish(self) -> String {
        self.text
    }
}
