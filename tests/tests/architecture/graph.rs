//! Graphs of who uses whom, and the ways round in them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Who uses whom, with one place that shows it.
pub(crate) type Graph = BTreeMap<String, BTreeMap<String, String>>;

/// Adds an edge; the first place that shows it is kept.
pub(crate) fn link(graph: &mut Graph, from: &str, to: &str, shown: impl Into<String>) {
    graph
        .entry(from.to_owned())
        .or_default()
        .entry(to.to_owned())
        .or_insert_with(|| shown.into());
}

/// The ways round: for every node in one the shortest, each once, in words with the places.
pub(crate) fn cycles(graph: &Graph) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut cycles = Vec::new();
    for start in graph.keys() {
        let Some(path) = round(graph, start) else {
            continue;
        };
        if seen.insert(path.iter().copied().collect::<BTreeSet<_>>()) {
            cycles.push(words(graph, &path));
        }
    }
    cycles
}

/// The shortest way from a node back to it, without its second mention.
fn round<'a>(graph: &'a Graph, start: &'a str) -> Option<Vec<&'a str>> {
    let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for next in graph.get(node).into_iter().flat_map(BTreeMap::keys) {
            if next == start {
                let mut path = vec![node];
                while let Some(before) = came_from.get(path[path.len() - 1]) {
                    path.push(before);
                }
                path.reverse();
                return Some(path);
            }
            if !came_from.contains_key(&**next) {
                came_from.insert(next, node);
                queue.push_back(next);
            }
        }
    }
    None
}

fn words(graph: &Graph, path: &[&str]) -> String {
    let mut words = path[0].to_owned();
    for (at, from) in path.iter().enumerate() {
        let to = path[(at + 1) % path.len()];
        let shown = graph.get(*from).and_then(|edges| edges.get(to));
        words += &format!(" -> {to} ({})", shown.map_or("", String::as_str));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(edges: &[(&str, &str)], expected: &[&str]) {
        let mut graph = Graph::new();
        for (at, (from, to)) in edges.iter().enumerate() {
            link(&mut graph, from, to, format!("{from}.rs:{at}"));
        }
        assert_eq!(cycles(&graph), expected);
    }

    #[test]
    fn what_only_goes_down_has_no_cycle() {
        check(&[("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")], &[]);
    }

    #[test]
    fn a_cycle_is_told_with_its_places() {
        check(
            &[("a", "b"), ("b", "c"), ("c", "b")],
            &["b -> c (b.rs:1) -> b (c.rs:2)"],
        );
    }

    #[test]
    fn a_long_way_round_is_a_cycle_too() {
        check(
            &[("a", "b"), ("b", "c"), ("c", "a"), ("a", "d")],
            &["a -> b (a.rs:0) -> c (b.rs:1) -> a (c.rs:2)"],
        );
    }

    #[test]
    fn every_cycle_is_told_once() {
        check(
            &[("a", "b"), ("b", "a"), ("c", "d"), ("d", "c"), ("b", "c")],
            &[
                "a -> b (a.rs:0) -> a (b.rs:1)",
                "c -> d (c.rs:2) -> c (d.rs:3)",
            ],
        );
    }
}
