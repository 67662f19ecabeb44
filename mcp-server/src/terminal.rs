//! Answers for people: blocks as text for a terminal, a pipe or a file.

mod escape;

mod progress;

mod style;

mod table;

use std::io::{self, IsTerminal, Stdout};

use anstream::{AutoStream, ColorChoice};
use ovn_tools::report::Block;
use terminal_size::{Width, terminal_size_of};

pub use self::progress::progress;
pub use self::style::Role;
use crate::terminal::escape::{escape_line, escape_lines};

/// How text should look where it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The columns of the terminal; `None` where nothing is to be fitted or shortened.
    pub width: Option<usize>,
    /// Whether to use colours.
    pub colour: bool,
}

impl Look {
    /// How text should look on standard output.
    ///
    /// `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE` are honoured.
    pub fn of(output: &Stdout) -> Self {
        let width = match terminal_size_of(output) {
            Some((Width(columns), _)) if output.is_terminal() && columns > 0 => {
                Some(usize::from(columns))
            }
            _ => None,
        };
        Self {
            width,
            colour: AutoStream::choice(output) != ColorChoice::Never,
        }
    }

    /// How text should look on standard error.
    pub fn of_stderr() -> Self {
        Self {
            width: None,
            colour: AutoStream::choice(&io::stderr()) != ColorChoice::Never,
        }
    }

    /// The text in the colour of its role.
    pub fn paint(self, role: Role, text: &str) -> String {
        if self.colour && !text.is_empty() {
            let style = role.style();
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

/// The blocks as text, each line ended.
pub fn render(blocks: &[Block], look: Look) -> String {
    let mut text = String::new();
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 && is_apart(&blocks[at - 1], block) {
            text.push('\n');
        }
        match block {
            Block::Summary(line) => {
                push_line(&mut text, &look.paint(Role::Strong, &escape_line(line)));
            }
            Block::Heading(line) => {
                push_line(&mut text, &look.paint(Role::Heading, &escape_line(line)));
            }
            Block::Line(line) => push_line(&mut text, &escape_line(line)),
            Block::Table { columns, rows } => text.push_str(&table::render(columns, rows, look)),
            Block::Verbatim(lines) => {
                push_line(&mut text, escape_lines(lines).trim_end_matches('\n'));
            }
        }
    }
    text
}

/// Only what stands verbatim in the blocks, for another program to read.
pub fn verbatim(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        if let Block::Verbatim(lines) = block {
            push_line(&mut text, escape_lines(lines).trim_end_matches('\n'));
        }
    }
    text
}

/// An answer's text that came from elsewhere, on one line and without control characters.
pub fn one_line(text: &str) -> String {
    escape_line(text).into_owned()
}

/// Whether an empty line stands between two blocks: everywhere but between plain lines and right
/// under a heading.
fn is_apart(above: &Block, below: &Block) -> bool {
    !matches!(
        (above, below),
        (Block::Line(_), Block::Line(_)) | (Block::Heading(_), _)
    )
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

#[cfg(test)]
mod tests;
