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

/// The ways round, the shortest first, in words with the places.
///
/// A way round that shares an edge with one already told is left out: undoing that one may undo
/// both.
pub(crate) fn cycles(graph: &Graph) -> Vec<String> {
    let mut rounds: Vec<Vec<&str>> = graph
        .keys()
        .filter_map(|start| round(graph, start))
        .collect();
    rounds.sort_by_key(Vec::len);
    let mut told = BTreeSet::new();
    let mut cycles = Vec::new();
    for path in rounds {
        let edges: Vec<_> = edges(&path).collect();
        if !edges.iter().any(|edge| told.contains(edge)) {
            cycles.push(words(graph, &path));
            told.extend(edges);
        }
    }
    cycles
}

/// The edges of a way round.
fn edges<'a>(path: &[&'a str]) -> impl Iterator<Item = (&'a str, &'a str)> {
    let to = path.iter().cycle().skip(1);
    path.iter().zip(to).map(|(from, to)| (*from, *to))
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
    for (from, to) in edges(path) {
        let shown = graph.get(from).and_then(|edges| edges.get(to));
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
    fn one_edge_that_leads_back_is_told_once() {
        check(
            &[("a", "b"), ("b", "c"), ("c", "d"), ("d", "c"), ("d", "a")],
            &["c -> d (c.rs:2) -> c (d.rs:3)"],
        );
        check(
            &[("a", "b"), ("b", "a"), ("b", "c"), ("c", "a")],
            &["a -> b (a.rs:0) -> a (b.rs:1)"],
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
