//! Near matches: which of the names there are a mistaken one may have meant.

/// The most names offered.
/// **Default and why**: 3; more would be a list to read rather than an answer.
const MAX_OFFERED: usize = 3;
/// How alike two names must be, from 0 to 1.
/// **Default and why**: 0.6; one wrong letter in four still passes, unrelated words do not.
const LEAST_LIKENESS: f64 = 0.6;
/// How alike a name is that holds the wanted one whole; less than any one-letter mistake.
const LIKENESS_OF_PART: f64 = 0.7;
/// How much less alike than the best a further offer may be.
const OFFER_WITHIN: f64 = 0.2;
/// The fewest letters that are looked for inside longer names.
const LEAST_PART: usize = 3;

/// The candidates most like `wanted`, best first; none where nothing is like it.
///
/// Case, hyphens and underscores make no difference.
pub(crate) fn matches<'c>(
    wanted: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Vec<&'c str> {
    let wanted = folded(wanted);
    let mut alike: Vec<(f64, &str)> = candidates
        .into_iter()
        .map(|candidate| (likeness(&wanted, &folded(candidate)), candidate))
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    alike.dedup_by(|a, b| a.1 == b.1);
    let best = alike.first().map_or(0.0, |(likeness, _)| *likeness);
    alike
        .into_iter()
        .take_while(|(likeness, _)| *likeness >= best - OFFER_WITHIN)
        .take(MAX_OFFERED)
        .map(|(_, candidate)| candidate)
        .collect()
}

/// ``did you mean `a` or `b`?``; `None` where nothing is like `wanted`.
pub(crate) fn did_you_mean<'c>(
    wanted: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<String> {
    let offered = matches(wanted, candidates);
    (!offered.is_empty()).then(|| format!("did you mean {}?", either(&offered)))
}

/// `` `a`, `b` or `c` ``.
fn either(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

fn likeness(wanted: &str, candidate: &str) -> f64 {
    let whole = strsim::normalized_damerau_levenshtein(wanted, candidate);
    if wanted.len() >= LEAST_PART && candidate.contains(wanted) {
        whole.max(LIKENESS_OF_PART)
    } else {
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLES: [&str; 5] = [
        "ACL",
        "Logical_Router",
        "Logical_Router_Port",
        "Logical_Switch",
        "Logical_Switch_Port",
    ];

    #[track_caller]
    fn check(wanted: &str, expected: Option<&str>) {
        assert_eq!(did_you_mean(wanted, TABLES).as_deref(), expected);
    }

    #[test]
    fn names_like_the_wanted_one_are_offered() {
        check("acl", Some("did you mean `ACL`?"));
        check(
            "LogicalSwitchPort",
            Some("did you mean `Logical_Switch_Port`?"),
        );
        check(
            "port",
            Some("did you mean `Logical_Router_Port` or `Logical_Switch_Port`?"),
        );
        check("Logical_Swich", Some("did you mean `Logical_Switch`?"));
        check("Meter", None);
        check("", None);
    }
}
