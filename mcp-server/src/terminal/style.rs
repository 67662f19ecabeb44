//! Colours by what text means.

use anstyle::{AnsiColor, Effects, Style};
use ovn_tools::report::Tone;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// The verdict.
    Strong,
    /// A heading, or the name of a column.
    Heading,
    /// As it should be.
    Good,
    /// Worth a look.
    Warning,
    /// Wrong.
    Bad,
    /// Background.
    Faint,
    /// As the rest.
    Plain,
}

impl Role {
    pub(super) fn style(self) -> Style {
        let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
        match self {
            Self::Strong => Style::new().effects(Effects::BOLD),
            Self::Heading => Style::new().effects(Effects::BOLD.insert(Effects::UNDERLINE)),
            Self::Good => colour(AnsiColor::Green),
            Self::Warning => colour(AnsiColor::Yellow),
            Self::Bad => colour(AnsiColor::Red),
            Self::Faint => Style::new().effects(Effects::DIMMED),
            Self::Plain => Style::new(),
        }
    }
}

impl From<Tone> for Role {
    fn from(tone: Tone) -> Self {
        match tone {
            Tone::Plain => Self::Plain,
            Tone::Good => Self::Good,
            Tone::Warning => Self::Warning,
            Tone::Bad => Self::Bad,
            Tone::Faint => Self::Faint,
        }
    }
}
