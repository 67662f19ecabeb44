//! Tables of medians and ratios, made from the measurements alone.

use std::fmt::Write;

use crate::measured::{Measured, OURS, median};

/// The figures that come first in a table, and their headings.
const HEADINGS: [(&str, &str); 17] = [
    ("rows", "rows"),
    ("wall_s", "wall s"),
    ("cpu_s", "CPU s"),
    ("cpu_of_cold_sync_s", "CPU of the cold sync s"),
    ("rss_mb", "peak RSS MB"),
    ("server_cpu_s", "server's CPU s"),
    ("p50_us", "p50 µs"),
    ("p99_us", "p99 µs"),
    ("p99_ms", "p99 ms"),
    ("pipelined_per_s", "pipelined, transactions/s"),
    ("written_s", "written in s"),
    ("median_ms", "median ms"),
    ("bytes", "bytes"),
    ("tokens", "tokens"),
    ("events", "rows in events"),
    ("transactions", "transactions"),
    ("instructions_a_byte", "instructions/byte"),
];

/// The median of one figure of one peer at one work.
pub fn figure(all: &[Measured], case: (&str, &str), peer: &str, value: &str) -> Option<f64> {
    let (part, case) = case;
    let values = all
        .iter()
        .filter(|one| one.part == part && one.case == case && one.peer == peer)
        .filter_map(|one| one.values.get(value).copied());
    median(values.collect())
}

/// The works of a part and the peers of a work, in the order of their first measurement.
pub fn works<'a>(all: &'a [Measured], part: &str) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut works: Vec<(&str, Vec<&str>)> = Vec::new();
    for one in all.iter().filter(|one| one.part == part) {
        let at = works.iter().position(|(case, _)| *case == one.case);
        let at = at.unwrap_or_else(|| {
            works.push((&one.case, Vec::new()));
            works.len() - 1
        });
        if !works[at].1.contains(&one.peer.as_str()) {
            works[at].1.push(&one.peer);
        }
    }
    works
}

/// The table of a part: the medians, and ours as a ratio to each peer's.
pub fn part(all: &[Measured], part: &str) -> String {
    let has = |value: &str| {
        let mut own = all.iter().filter(|one| one.part == part);
        own.any(|one| one.values.contains_key(value))
    };
    let columns: Vec<(&str, &str)> = HEADINGS
        .into_iter()
        .filter(|(value, _)| has(value))
        .collect();
    let mut table = String::from("| work | peer |");
    for (_, heading) in &columns {
        let _ = write!(table, " {heading} |");
    }
    table.push_str(" ovnscope ÷ peer |\n| --- | --- |");
    for _ in &columns {
        table.push_str(" ---: |");
    }
    table.push_str(" --- |\n");
    for (case, peers) in works(all, part) {
        for peer in peers {
            let _ = write!(table, "| {} | {peer} |", case.replace('|', "\\|"));
            for (value, _) in &columns {
                let figure = figure(all, (part, case), peer, value);
                let _ = write!(table, " {} |", figure.map(shown).unwrap_or_default());
            }
            let _ = writeln!(table, " {} |", ratios(all, (part, case), peer));
        }
    }
    table
}

/// How ours compares with a peer's, for the figures that both have.
fn ratios(all: &[Measured], case: (&str, &str), peer: &str) -> String {
    if peer == OURS {
        return String::new();
    }
    let compared = [
        ("wall_s", "wall"),
        ("cpu_s", "CPU"),
        ("rss_mb", "RSS"),
        ("p50_us", "p50"),
        ("pipelined_per_s", "pipelined"),
    ];
    let of = |(value, name): (&str, &str)| {
        let ratio = figure(all, case, OURS, value)? / figure(all, case, peer, value)?;
        Some(format!("{name} {}", shown(ratio)))
    };
    compared
        .into_iter()
        .filter_map(of)
        .collect::<Vec<_>>()
        .join(", ")
}

/// A number with about three digits that mean something.
pub fn shown(value: f64) -> String {
    match value.abs() {
        0.0 => "0".to_owned(),
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 0.1 => format!("{value:.2}"),
        size if size >= 0.01 => format!("{value:.3}"),
        _ => format!("{value:.4}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(peer: &str, round: usize, cpu: f64) -> Measured {
        Measured::new("sync", "NB", peer, round).with("cpu_s", cpu)
    }

    #[test]
    fn a_table_shows_medians_and_ratios_of_medians() {
        let all = [
            measured(OURS, 1, 0.1),
            measured("other", 1, 2.0),
            measured(OURS, 2, 0.3),
            measured("other", 2, 4.0),
            measured(OURS, 3, 0.2),
            measured("other", 3, 3.0),
        ];
        assert_eq!(
            part(&all, "sync"),
            "| work | peer | CPU s | ovnscope ÷ peer |\n\
             | --- | --- | ---: | --- |\n\
             | NB | ovnscope | 0.20 |  |\n\
             | NB | other | 3.00 | CPU 0.067 |\n"
        );
    }
}
