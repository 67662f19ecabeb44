//! Tracing drops: the programs that tell of each packet that a kernel drops.

use std::fmt;
use std::time::Duration;

use crate::capture::Filter;
use crate::command::capture::Bounds;

/// A program that tells of each packet that a kernel drops.
///
/// **Source**: retis 1.6, `retis collect --help`; pwru 1.0.7 to 1.0.12, `pwru --help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tracer {
    /// `retis`, which listens where every drop is reported, and names the reasons of Open vSwitch
    /// too.
    Retis,
    /// `pwru`, which listens at the functions that drop one packet.
    Pwru,
}

/// The functions of kernels that drop a packet, of which each kernel has one: the last since Linux
/// 6.11, the second since 5.17.
const FUNCTIONS: &str = "^(kfree_skb|kfree_skb_reason|sk_skb_reason_drop)$";

/// What a program is told to write to, so that it writes each event as JSON.
const OUTPUT: &str = "/dev/stdout";

/// Drops to trace. Whatever limit is reached first ends it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DropTrace {
    /// By which program.
    pub tracer: Tracer,
    /// Of which packets; `None` for all.
    pub filter: Option<Filter>,
    /// The most drops; retis ends at the number of bytes alone.
    pub events: u32,
    /// The most bytes that it may print.
    pub bytes: usize,
    /// The longest time, that until it listens included.
    pub time: Duration,
}

impl Tracer {
    /// All of them, those first that tell more.
    pub const ALL: [Self; 2] = [Self::Retis, Self::Pwru];

    /// The program.
    pub fn program(self) -> &'static str {
        match self {
            Self::Retis => "retis",
            Self::Pwru => "pwru",
        }
    }
}

impl fmt::Display for Tracer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.program())
    }
}

impl DropTrace {
    /// The program's arguments: none of them changes the system, and each event is one line of
    /// JSON.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let own = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let filter = self.filter.as_ref().map(Filter::for_program);
        match self.tracer {
            Tracer::Retis => {
                // The collector of drops has the only probe; with a stack the function is known.
                let mut arguments: Vec<String> = own(&[
                    "collect",
                    "--collectors",
                    "skb-drop,skb,dev,ns",
                    "--stack",
                    "--out",
                    OUTPUT,
                ]);
                // In one word with its option, it is no option itself.
                arguments.extend(filter.map(|filter| format!("--filter-packet={filter}")));
                arguments
            }
            Tracer::Pwru => {
                let mut arguments: Vec<String> = own(&[
                    "--filter-func",
                    FUNCTIONS,
                    "--output-json",
                    "--output-meta",
                    "--output-tuple",
                    "--output-caller",
                    "--timestamp",
                    "none",
                    "--output-limit-lines",
                ]);
                arguments.push(self.events.to_string());
                if let Some(filter) = filter {
                    // Whatever follows is no option.
                    arguments.extend(["--".to_owned(), filter]);
                }
                arguments
            }
        }
    }

    /// What ends it besides the number of drops.
    pub(crate) fn bounds(&self) -> Bounds {
        Bounds {
            time: self.time,
            bytes: self.bytes,
        }
    }
}
