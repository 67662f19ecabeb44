//! Records of logs: a line, and those behind it that belong to it.

/// One record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// When the first line was written, as the kubelet noted it.
    pub time: String,
    /// How grave it is, where it says so.
    pub level: Option<Level>,
    /// Its lines.
    pub lines: Vec<String>,
}

/// How grave a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The program ends.
    Fatal,
    /// Something failed.
    Error,
    /// Something may be wrong.
    Warning,
    /// All is well.
    Info,
    /// For those who look closely.
    Debug,
}

impl Level {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fatal => "fatal",
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Debug => "debug",
        }
    }

    /// The level of this name, as the loggers of Go, C and Rust spell it.
    fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "fatal" | "emer" | "emerg" | "panic" | "crit" => Self::Fatal,
            "error" | "err" => Self::Error,
            "warning" | "warn" => Self::Warning,
            "info" | "notice" => Self::Info,
            "debug" | "dbg" | "trace" => Self::Debug,
            _ => return None,
        })
    }
}

impl Record {
    /// The records of a log whose lines have their times before them.
    ///
    /// A line belongs to the record before it when it is indented, or when it does not begin as
    /// records of its log do.
    pub fn list(text: &str) -> Vec<Self> {
        let mut records: Vec<Self> = Vec::new();
        let mut has_heads = false;
        for line in text.lines() {
            let (time, body) = match line.split_once(' ') {
                Some((time, body)) if is_time(time) => (time, body),
                None if is_time(line) => (line, ""),
                _ => ("", line),
            };
            let is_head = is_head(body);
            has_heads |= is_head;
            let follows = body.starts_with([' ', '\t']) || (has_heads && !is_head);
            match records.last_mut() {
                Some(record) if follows && !body.is_empty() => record.lines.push(body.to_owned()),
                _ => records.push(Self {
                    time: time.to_owned(),
                    level: level(body),
                    lines: vec![body.to_owned()],
                }),
            }
        }
        records
    }

    /// Whether any of the words stands in it, in capitals or not.
    pub fn contains(&self, words: &[String]) -> bool {
        self.lines.iter().any(|line| {
            let line = line.to_lowercase();
            words.iter().any(|word| line.contains(&word.to_lowercase()))
        })
    }
}

/// `2026-11-21T08:00:00.123456789Z`
fn is_time(word: &str) -> bool {
    let shape = |at: usize, byte: u8| match at {
        4 | 7 => byte == b'-',
        10 => byte == b'T',
        13 | 16 => byte == b':',
        _ if at < 19 => byte.is_ascii_digit(),
        _ => true,
    };
    let mut bytes = word.bytes().enumerate();
    word.len() >= 20 && bytes.all(|(at, byte)| shape(at, byte))
}

/// Whether a record begins here: `I1121 08:00:00…` of klog, `2026-11-21T08:00:00.1Z|00001|…` of
/// Open vSwitch, a date, JSON, or `time=…` of logfmt.
fn is_head(body: &str) -> bool {
    let klog = {
        let mut bytes = body.bytes();
        bytes.next().is_some_and(|byte| b"IWEF".contains(&byte))
            && bytes.by_ref().take(4).filter(u8::is_ascii_digit).count() == 4
            && bytes.next() == Some(b' ')
    };
    let first = body.split([' ', '|']).next().unwrap_or_default();
    let date = |word: &str| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        word.len() == 10 && digits == 8
    };
    klog || is_time(first)
        || date(first)
        || body.starts_with("{\"")
        || body.starts_with("time=")
        || body.starts_with("level=")
}

fn level(body: &str) -> Option<Level> {
    let mut bytes = body.bytes();
    if let (Some(first), Some(second)) = (bytes.next(), bytes.next())
        && second.is_ascii_digit()
        && is_head(body)
    {
        match first {
            b'I' => return Some(Level::Info),
            b'W' => return Some(Level::Warning),
            b'E' => return Some(Level::Error),
            b'F' => return Some(Level::Fatal),
            _ => {}
        }
    }
    // `TIME|NUMBER|MODULE|LEVEL|TEXT`
    if let Some(name) = body.split('|').nth(3)
        && let Some(level) = Level::named(name)
    {
        return Some(level);
    }
    let named = |lead: &str| {
        let (_, rest) = body.split_once(lead)?;
        let end = rest.find(|c: char| !c.is_ascii_alphabetic());
        Level::named(&rest[..end.unwrap_or(rest.len())])
    };
    named("level=")
        .or_else(|| named("level=\""))
        .or_else(|| named("\"level\":\""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "\
2026-11-21T08:00:00.1Z I1121 08:00:00.100000       1 ovn.go:12] all is well
2026-11-21T08:00:01.1Z E1121 08:00:01.100000       1 ovn.go:13] failed: [
2026-11-21T08:00:01.2Z   one
2026-11-21T08:00:01.3Z goroutine 7 [running]:
2026-11-21T08:00:02.1Z 2026-11-21T08:00:02.100Z|00007|ofctrl|WARN|dropping
2026-11-21T08:00:03.1Z {\"level\":\"error\",\"msg\":\"x\"}
2026-11-21T08:00:04.1Z time=\"now\" level=debug msg=y
";

    #[test]
    fn lines_that_belong_together_are_one_record() {
        let records = Record::list(TEXT);
        let shown: Vec<(Option<&str>, usize)> = records
            .iter()
            .map(|record| (record.level.map(Level::name), record.lines.len()))
            .collect();
        assert_eq!(
            shown,
            [
                (Some("info"), 1),
                (Some("error"), 3),
                (Some("warning"), 1),
                (Some("error"), 1),
                (Some("debug"), 1)
            ]
        );
        assert!(records[1].contains(&["GOROUTINE".to_owned()]));
        assert_eq!(records[1].time, "2026-11-21T08:00:01.1Z");
        // A log whose lines have no such beginning has a record a line.
        let plain = Record::list("2026-11-21T08:00:00.1Z a\n2026-11-21T08:00:00.2Z b\n");
        assert_eq!(plain.len(), 2);
    }

    proptest! {
        #[test]
        fn every_line_stands_in_one_record(lines in prop::collection::vec("[ -~]{1,30}", 0..8)) {
            let text = lines.join("\n");
            let records = Record::list(&text);
            let count: usize = records.iter().map(|record| record.lines.len()).sum();
            prop_assert_eq!(count, text.lines().count());
        }
    }
}
