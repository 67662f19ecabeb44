//! Plots: how many times our figure a peer's is, as bars on a logarithmic scale, in SVG.

use std::fmt::Write;

use crate::measured::{Measured, OURS};
use crate::table::{figure, shown, works};

/// The figures that are plotted, the first that a part has.
const PLOTTED: [(&str, &str); 3] = [
    ("cpu_s", "processor time"),
    ("p50_us", "median time"),
    ("wall_s", "time"),
];

const WIDTH: f64 = 900.0;
const LABELS: f64 = 330.0;
const BAR: f64 = 18.0;

/// The plot of a part; none where it has no peers.
pub fn part(all: &[Measured], part: &str, title: &str) -> Option<String> {
    let (value, name) = PLOTTED.into_iter().find(|(value, _)| {
        let mut own = all.iter().filter(|one| one.part == part);
        own.any(|one| one.peer != OURS && one.values.contains_key(*value))
    })?;
    let mut bars = Vec::new();
    for (case, peers) in works(all, part) {
        let Some(ours) = figure(all, (part, case), OURS, value).filter(|ours| *ours > 0.0) else {
            continue;
        };
        for peer in peers.into_iter().filter(|peer| *peer != OURS) {
            if let Some(theirs) = figure(all, (part, case), peer, value) {
                bars.push((format!("{case}: {peer}"), theirs / ours));
            }
        }
    }
    if bars.is_empty() {
        return None;
    }
    let title = format!("{title}: {name}, how many times ovnscope's");
    Some(svg(&title, &bars))
}

fn svg(title: &str, bars: &[(String, f64)]) -> String {
    let most = bars
        .iter()
        .fold(10.0_f64, |most, (_, ratio)| most.max(*ratio));
    let least = bars
        .iter()
        .fold(1.0_f64, |least, (_, ratio)| least.min(ratio.max(0.01)));
    let (low, high) = (least.log10().floor(), most.log10().ceil());
    let at = |ratio: f64| {
        LABELS + (ratio.max(0.01).log10() - low) / (high - low) * (WIDTH - LABELS - 60.0)
    };
    let count = f64::from(u32::try_from(bars.len()).unwrap_or(u32::MAX));
    let height = 60.0 + count * (BAR + 4.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"sans-serif\" font-size=\"11\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
         <text x=\"10\" y=\"20\" font-size=\"14\">{}</text>\n",
        escaped(title)
    );
    let mut power = low;
    while power <= high {
        let (x, ratio) = (at(10_f64.powf(power)), 10_f64.powf(power));
        let colour = if power == 0.0 { "black" } else { "#ccc" };
        let _ = writeln!(
            svg,
            "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"45\" y2=\"{height}\" stroke=\"{colour}\"/>\
             <text x=\"{x:.1}\" y=\"40\" text-anchor=\"middle\">{}×</text>",
            shown(ratio)
        );
        power += 1.0;
    }
    let mut y = 50.0;
    for (label, ratio) in bars {
        let (from, to) = (at(1.0).min(at(*ratio)), at(1.0).max(at(*ratio)));
        let colour = if *ratio >= 1.0 { "#2a7" } else { "#c53" };
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\
             <rect x=\"{from:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{BAR}\" fill=\"{colour}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\">{}×</text>",
            LABELS - 6.0,
            y + 13.0,
            escaped(label),
            to - from,
            to + 4.0,
            y + 13.0,
            shown(*ratio)
        );
        y += BAR + 4.0;
    }
    svg.push_str("</svg>\n");
    svg
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_the_logarithm_of_its_ratio() {
        let one = |peer, cpu| Measured::new("sync", "NB", peer, 1).with("cpu_s", cpu);
        let all = [one(OURS, 0.1), one("a & b", 1.0), one("c", 10.0)];
        let svg = part(&all, "sync", "Sync").unwrap();
        assert!(svg.contains("NB: a &amp; b"), "{svg}");
        let lengths: Vec<f64> = svg
            .split("width=\"")
            .skip(2)
            .filter_map(|rest| rest.split('"').next()?.parse().ok())
            .collect();
        assert_eq!(lengths.len(), 2, "{svg}");
        assert!((lengths[1] - 2.0 * lengths[0]).abs() < 0.2, "{lengths:?}");
        assert!(part(&[one(OURS, 0.1)], "sync", "Sync").is_none());
    }
}
