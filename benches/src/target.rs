//! Targets: how ours is to compare, and how it does.

use std::fmt::Write;

use crate::measured::{Measured, OURS};
use crate::peer::{C_IDL, MONITOR, RAW};
use crate::table::{figure, shown, works};

/// One comparison that is aimed at.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    what: &'static str,
    part: &'static str,
    /// The work; `*` stands for the size.
    case: &'static str,
    /// Whose figure, and which.
    ours: (&'static str, &'static str),
    /// Whose figure it is divided by.
    than: Option<(&'static str, &'static str)>,
    limit: Limit,
}

/// What the ratio must be.
#[derive(Clone, Copy, Debug)]
enum Limit {
    Most(f64),
    Least(f64),
}

use Limit::{Least, Most};

const fn target(
    what: &'static str,
    (part, case): (&'static str, &'static str),
    ours: (&'static str, &'static str),
    than: Option<(&'static str, &'static str)>,
    limit: Limit,
) -> Target {
    Target {
        what,
        part,
        case,
        ours,
        than,
        limit,
    }
}

const NB: (&str, &str) = ("sync", "NB * all");
const SB: (&str, &str) = ("sync", "SB * all");
const ONE: (&str, &str) = ("query", "NB *, one port by name");
const FIRST: (&str, &str) = ("recorded", "NB * first answer, standalone");
const FIRST_X: (&str, &str) = ("recorded", "NB X first answer, standalone");
const CLUSTER: (&str, &str) = ("recorded", "NB * first answer, clustered");
const CONVERTED: &str = "ovsdb-tool cluster-to-standalone and query";
const STREAM_1: (&str, &str) = ("stream", "20000 rows, 1 a transaction");
const STREAM_100: (&str, &str) = ("stream", "20000 rows, 100 a transaction");
const TRANSACT: (&str, &str) = ("transact", "insert and delete a row");
const RESYNC: (&str, &str) = ("resync", "NB *, 1 % changed");
const LIST: (&str, &str) = ("recorded", "NB * list of transactions");

const CPU: (&str, &str) = (OURS, "cpu_s");
const WALL: (&str, &str) = (OURS, "wall_s");
const RSS: (&str, &str) = (OURS, "rss_mb");

/// All targets.
const TARGETS: [Target; 25] = [
    target(
        "cold sync of NB, CPU ÷ C IDL's",
        NB,
        CPU,
        Some((C_IDL, "cpu_s")),
        Most(0.10),
    ),
    target(
        "cold sync of SB, CPU ÷ C IDL's",
        SB,
        CPU,
        Some((C_IDL, "cpu_s")),
        Most(0.10),
    ),
    target(
        "cold sync of NB, CPU ÷ `ovsdb-client monitor`'s",
        NB,
        CPU,
        Some((MONITOR, "cpu_s")),
        Most(0.15),
    ),
    target(
        "cold sync of SB, CPU ÷ `ovsdb-client monitor`'s",
        SB,
        CPU,
        Some((MONITOR, "cpu_s")),
        Most(0.15),
    ),
    target(
        "cold sync of NB, peak RSS ÷ C IDL's",
        NB,
        RSS,
        Some((C_IDL, "rss_mb")),
        Most(0.15),
    ),
    target(
        "cold sync of SB, peak RSS ÷ C IDL's",
        SB,
        RSS,
        Some((C_IDL, "rss_mb")),
        Most(0.15),
    ),
    target(
        "cold sync of NB, wall ÷ raw read's",
        NB,
        WALL,
        Some((RAW, "wall_s")),
        Most(1.05),
    ),
    target(
        "cold sync of SB, wall ÷ raw read's",
        SB,
        WALL,
        Some((RAW, "wall_s")),
        Most(1.05),
    ),
    target(
        "20 000 updates one by one, CPU ÷ C IDL's",
        STREAM_1,
        CPU,
        Some((C_IDL, "cpu_s")),
        Most(0.35),
    ),
    target(
        "20 000 updates by 100, CPU ÷ C IDL's",
        STREAM_100,
        CPU,
        Some((C_IDL, "cpu_s")),
        Most(0.35),
    ),
    target(
        "updates by 100 with a snapshot a ms, CPU ÷ waking as often without",
        STREAM_100,
        ("ovnscope, a snapshot a ms", "cpu_s"),
        Some(("ovnscope, waking each ms", "cpu_s")),
        Most(1.05),
    ),
    target(
        "resync with 1 % changed, CPU ÷ the cold sync's",
        RESYNC,
        CPU,
        Some((OURS, "cpu_of_cold_sync_s")),
        Most(1.3),
    ),
    target(
        "transaction p50 ÷ raw socket's",
        TRANSACT,
        (OURS, "p50_us"),
        Some(("raw socket", "p50_us")),
        Most(1.10),
    ),
    target(
        "pipelined transactions a second ÷ raw socket's",
        TRANSACT,
        (OURS, "pipelined_per_s"),
        Some(("raw socket", "pipelined_per_s")),
        Least(0.95),
    ),
    target(
        "one question, fresh process, wall ÷ `ovsdb-client query`'s",
        ONE,
        WALL,
        Some(("ovsdb-client query", "wall_s")),
        Most(1.0),
    ),
    target(
        "one question, fresh process, wall ÷ `ovn-nbctl find`'s",
        ONE,
        WALL,
        Some(("ovn-nbctl find", "wall_s")),
        Most(0.05),
    ),
    target(
        "one question over warm MCP, p99 in ms",
        ONE,
        ("ovnscope mcp, warm", "p99_ms"),
        None,
        Most(20.0),
    ),
    target(
        "recorded file of four times the size, wall ÷ `ovsdb-tool query`'s",
        FIRST_X,
        WALL,
        Some(("ovsdb-tool query", "wall_s")),
        Most(0.10),
    ),
    target(
        "recorded file of four times the size, RSS ÷ `ovsdb-tool query`'s",
        FIRST_X,
        RSS,
        Some(("ovsdb-tool query", "rss_mb")),
        Most(0.25),
    ),
    target(
        "recorded file, first answer, wall ÷ `ovsdb-tool query`'s",
        FIRST,
        WALL,
        Some(("ovsdb-tool query", "wall_s")),
        Most(0.10),
    ),
    target(
        "recorded file, first answer, RSS ÷ `ovsdb-tool query`'s",
        FIRST,
        RSS,
        Some(("ovsdb-tool query", "rss_mb")),
        Most(0.25),
    ),
    target(
        "clustered file, first answer, wall ÷ conversion and query",
        CLUSTER,
        WALL,
        Some((CONVERTED, "wall_s")),
        Most(0.10),
    ),
    target(
        "clustered file, first answer, RSS ÷ conversion and query",
        CLUSTER,
        RSS,
        Some((CONVERTED, "rss_mb")),
        Most(0.25),
    ),
    target(
        "list of transactions, wall ÷ `ovsdb-tool show-log`'s",
        LIST,
        WALL,
        Some(("ovsdb-tool show-log", "wall_s")),
        Most(0.33),
    ),
    target(
        "whole timeline by the library, wall ÷ `show-log`'s",
        LIST,
        ("ovnscope library, whole timeline", "wall_s"),
        Some(("ovsdb-tool show-log", "wall_s")),
        Most(0.33),
    ),
];

/// The table of those targets that the measurements tell about.
pub fn table(all: &[Measured]) -> String {
    let mut table = String::from("| what | measured | target | |\n| --- | ---: | ---: | --- |\n");
    for target in &TARGETS {
        if let Some(value) = target.value(all) {
            let (sign, limit, met) = match target.limit {
                Most(limit) => ("≤", limit, value <= limit),
                Least(limit) => ("≥", limit, value >= limit),
            };
            let _ = writeln!(
                table,
                "| {} | {} | {sign} {} | {} |",
                target.what,
                shown(value),
                shown(limit),
                if met { "met" } else { "missed" }
            );
        }
    }
    table
}

impl Target {
    fn value(&self, all: &[Measured]) -> Option<f64> {
        let case = self.largest(all)?;
        let value = figure(all, (self.part, case), self.ours.0, self.ours.1)?;
        match self.than {
            Some((peer, name)) => Some(value / figure(all, (self.part, case), peer, name)?),
            None => Some(value),
        }
    }

    /// The work of the largest size there is.
    fn largest<'a>(&self, all: &'a [Measured]) -> Option<&'a str> {
        let cases = works(all, self.part);
        let exact = |case: &str| {
            cases
                .iter()
                .map(|(known, _)| *known)
                .find(|known| *known == case)
        };
        ["L", "M", "S", "T"]
            .iter()
            .find_map(|letter| exact(&self.case.replace('*', letter)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_judged_by_the_largest_size_and_left_out_where_nothing_was_measured() {
        let one = |case, peer, cpu| Measured::new("sync", case, peer, 1).with("cpu_s", cpu);
        let all = [
            one("NB S all", OURS, 1.0),
            one("NB S all", C_IDL, 1.0),
            one("NB L all", OURS, 0.1),
            one("NB L all", C_IDL, 2.0),
        ];
        assert_eq!(
            table(&all),
            "| what | measured | target | |\n| --- | ---: | ---: | --- |\n\
             | cold sync of NB, CPU ÷ C IDL's | 0.050 | ≤ 0.10 | met |\n"
        );
    }
}
