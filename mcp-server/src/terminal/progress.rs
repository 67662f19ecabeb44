//! Progress on standard error, for people who wait: one line that changes and goes away.

use std::io::{self, IsTerminal, Stderr, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ovn_tools::access::bundle::{Progress, Silent, Stage};
use terminal_size::{Width, terminal_size_of};

use crate::stage;
use crate::terminal::escape::escape_line;

/// How long reading takes before anything is shown of it.
/// **Default and why**: 300 ms; what is quicker would only flicker.
const SHOW_AFTER: Duration = Duration::from_millis(300);
/// How often the line changes.
/// **Default and why**: every 100 ms; nobody reads faster.
const CHANGE_EVERY: Duration = Duration::from_millis(100);
/// How wide the line may be where the terminal does not say how wide it is.
const USUAL_WIDTH: usize = 80;

/// What wipes a line: to its beginning, and everything after.
const WIPE: &str = "\r\x1b[K";

/// Shows progress where standard error is a terminal, and nothing anywhere else.
pub fn progress() -> Arc<dyn Progress> {
    let stderr = io::stderr();
    if !stderr.is_terminal() {
        return Arc::new(Silent);
    }
    let width = match terminal_size_of(&stderr) {
        Some((Width(columns), _)) if columns > 1 => usize::from(columns),
        _ => USUAL_WIDTH,
    };
    Arc::new(Line::<Stderr>::new(stderr, width, Instant::now()))
}

/// A line of a terminal.
struct Line<W> {
    /// When anything is shown at the earliest.
    from: Instant,
    width: usize,
    shown: Mutex<Shown<W>>,
}

struct Shown<W> {
    out: W,
    /// When the line changed last; `None` while there is none.
    at: Option<Instant>,
}

impl<W: Write> Line<W> {
    fn new(out: W, width: usize, now: Instant) -> Self {
        Self {
            from: now + SHOW_AFTER,
            width,
            shown: Mutex::new(Shown { out, at: None }),
        }
    }

    fn show(&self, stage: Stage<'_>, now: Instant) {
        // Whoever has the line is writing something as new.
        let mut shown = match stage {
            Stage::Finished => self.shown.lock().unwrap_or_else(PoisonError::into_inner),
            _ => match self.shown.try_lock() {
                Ok(shown) => shown,
                Err(_) => return,
            },
        };
        let text = match stage::words(stage) {
            Some(words) => {
                let due = shown.at.map_or(self.from, |at| at + CHANGE_EVERY);
                if now < due {
                    return;
                }
                shown.at = Some(now);
                // The last column stays free: some terminals would begin a new line.
                let words = escape_line(&words);
                let cut: String = words.chars().take(self.width.saturating_sub(1)).collect();
                format!("{WIPE}{cut}")
            }
            None if shown.at.take().is_some() => WIPE.to_owned(),
            None => return,
        };
        // A line that cannot be written is not worth failing for.
        let _ = shown.out.write_all(text.as_bytes());
        let _ = shown.out.flush();
    }
}

impl<W: Write + Send> Progress for Line<W> {
    fn reached(&self, stage: Stage<'_>) {
        self.show(stage, Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shows_when_reading_takes_long_and_goes_away() {
        let start = Instant::now();
        let after = |milliseconds| start + Duration::from_millis(milliseconds);
        let line = Line::new(Vec::new(), 60, start);
        let looking = |files: u64| Stage::Looking {
            files,
            databases: 1,
            unpacked: files << 20,
        };
        line.show(looking(1), after(299));
        line.show(looking(2), after(300));
        line.show(looking(3), after(399));
        let reading = Stage::Reading {
            done: 1,
            of: 2,
            place: "a\x1b[2J/a/very/long/place/indeed",
        };
        line.show(reading, after(400));
        line.show(Stage::Finished, after(401));
        line.show(Stage::Finished, after(402));
        let shown = line.shown.into_inner().unwrap().out;
        let shown = String::from_utf8(shown).unwrap().replace(WIPE, "|");
        insta::assert_snapshot!(shown, @r"|looking for databases: 1 found in 2 files, 2 MiB unpacked|reading databases: 1 of 2, a\u{1b}[2J/a/very/long/place/ind|");
    }

    #[test]
    fn quick_reading_shows_nothing() {
        let start = Instant::now();
        let line = Line::new(Vec::new(), 40, start);
        line.show(
            Stage::Looking {
                files: 1,
                databases: 1,
                unpacked: 0,
            },
            start,
        );
        line.show(Stage::Finished, start);
        assert!(line.shown.into_inner().unwrap().out.is_empty());
    }
}
