//! A persistent B+ tree from UUID to row.
//!
//! A clone is one reference count; an insert or removal in a tree that shares nodes with a clone
//! copies the path to the leaf only. That makes snapshots O(1) and lets a reader hold an old one
//! at the price of the leaves changed since. Iteration is ascending by UUID, so that the same
//! rows always read in the same order.

use std::sync::Arc;

use uuid::Uuid;

use crate::row::Row;

/// The most entries of a leaf and children of a branch.
/// **Default and why**: 64; a copied leaf is then 2 KiB, and a million rows are four levels deep.
const MAX: usize = 64;
/// A node with fewer entries is joined with a neighbour when both fit into one.
const MIN: usize = MAX / 4;

#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    root: Option<Arc<Node>>,
    len: usize,
}

#[derive(Clone, Debug)]
enum Node {
    Leaf(Vec<(Uuid, Row)>),
    /// Each child with its least key; the first child also takes all lesser keys.
    Branch(Vec<(Uuid, Arc<Node>)>),
}

impl Node {
    fn len(&self) -> usize {
        match self {
            Self::Leaf(rows) => rows.len(),
            Self::Branch(children) => children.len(),
        }
    }

    fn least(&self) -> Uuid {
        match self {
            Self::Leaf(rows) => rows.first().map_or(Uuid::nil(), |(uuid, _)| *uuid),
            Self::Branch(children) => children.first().map_or(Uuid::nil(), |(uuid, _)| *uuid),
        }
    }

    /// Moves the upper half out when there are too many entries.
    fn split(&mut self) -> Option<Arc<Self>> {
        if self.len() <= MAX {
            return None;
        }
        Some(Arc::new(match self {
            Self::Leaf(rows) => Self::Leaf(rows.split_off(MAX / 2)),
            Self::Branch(children) => Self::Branch(children.split_off(MAX / 2)),
        }))
    }
}

fn child_of(children: &[(Uuid, Arc<Node>)], key: Uuid) -> usize {
    children
        .partition_point(|(least, _)| *least <= key)
        .saturating_sub(1)
}

impl Tree {
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn get(&self, key: Uuid) -> Option<&Row> {
        let mut node = self.root.as_deref()?;
        loop {
            match node {
                Node::Branch(children) => node = &children[child_of(children, key)].1,
                Node::Leaf(rows) => {
                    let at = rows.binary_search_by_key(&key, |(uuid, _)| *uuid).ok()?;
                    return Some(&rows[at].1);
                }
            }
        }
    }

    /// Puts a row in and gives the one it takes the place of.
    pub(crate) fn insert(&mut self, key: Uuid, row: Row) -> Option<Row> {
        let Some(root) = &mut self.root else {
            self.root = Some(Arc::new(Node::Leaf(vec![(key, row)])));
            self.len = 1;
            return None;
        };
        let node = Arc::make_mut(root);
        let old = insert(node, key, row);
        if let Some(right) = node.split() {
            let left = Arc::clone(root);
            let children = vec![(left.least(), left), (right.least(), right)];
            self.root = Some(Arc::new(Node::Branch(children)));
        }
        self.len += usize::from(old.is_none());
        old
    }

    /// Takes a row out.
    pub(crate) fn remove(&mut self, key: Uuid) -> Option<Row> {
        // Looking first keeps an absent key from copying a shared path.
        self.get(key)?;
        let root = self.root.as_mut()?;
        let old = remove(Arc::make_mut(root), key);
        self.len -= usize::from(old.is_some());
        while let Some(root) = &self.root {
            match root.as_ref() {
                Node::Leaf(rows) if rows.is_empty() => self.root = None,
                Node::Branch(children) if children.len() == 1 => {
                    self.root = Some(Arc::clone(&children[0].1));
                }
                _ => break,
            }
        }
        old
    }

    pub(crate) fn iter(&self) -> Iter<'_> {
        let mut iter = Iter {
            branches: Vec::new(),
            rows: [].iter(),
        };
        if let Some(root) = &self.root {
            iter.descend(root);
        }
        iter
    }
}

fn insert(node: &mut Node, key: Uuid, row: Row) -> Option<Row> {
    match node {
        Node::Leaf(rows) => match rows.binary_search_by_key(&key, |(uuid, _)| *uuid) {
            Ok(at) => Some(std::mem::replace(&mut rows[at].1, row)),
            Err(at) => {
                rows.insert(at, (key, row));
                None
            }
        },
        Node::Branch(children) => {
            let at = child_of(children, key);
            let (least, child) = &mut children[at];
            *least = key.min(*least);
            let child = Arc::make_mut(child);
            let old = insert(child, key, row);
            if let Some(right) = child.split() {
                children.insert(at + 1, (right.least(), right));
            }
            old
        }
    }
}

fn remove(node: &mut Node, key: Uuid) -> Option<Row> {
    match node {
        Node::Leaf(rows) => {
            let at = rows.binary_search_by_key(&key, |(uuid, _)| *uuid).ok()?;
            Some(rows.remove(at).1)
        }
        Node::Branch(children) => {
            let at = child_of(children, key);
            let old = remove(Arc::make_mut(&mut children[at].1), key);
            if children[at].1.len() < MIN {
                join(children, at);
            }
            old
        }
    }
}

/// Joins the small child at `at` with a neighbour when both fit into one node.
fn join(children: &mut Vec<(Uuid, Arc<Node>)>, at: usize) {
    if children[at].1.len() == 0 {
        children.remove(at);
        return;
    }
    let left = if at + 1 < children.len() {
        at
    } else {
        at.saturating_sub(1)
    };
    if left + 1 >= children.len() || children[left].1.len() + children[left + 1].1.len() > MAX {
        return;
    }
    let (_, right) = children.remove(left + 1);
    match (Arc::make_mut(&mut children[left].1), right.as_ref()) {
        (Node::Leaf(a), Node::Leaf(b)) => a.extend_from_slice(b),
        (Node::Branch(a), Node::Branch(b)) => a.extend_from_slice(b),
        // All leaves are equally deep, so neighbours are of one kind.
        (Node::Leaf(_), Node::Branch(_)) | (Node::Branch(_), Node::Leaf(_)) => {
            children.insert(left + 1, (right.least(), right));
        }
    }
}

/// The rows, ascending by UUID.
#[derive(Clone, Debug)]
pub(crate) struct Iter<'a> {
    branches: Vec<std::slice::Iter<'a, (Uuid, Arc<Node>)>>,
    rows: std::slice::Iter<'a, (Uuid, Row)>,
}

impl<'a> Iter<'a> {
    fn descend(&mut self, mut node: &'a Node) {
        loop {
            match node {
                Node::Leaf(rows) => {
                    self.rows = rows.iter();
                    return;
                }
                Node::Branch(children) => {
                    let mut children = children.iter();
                    let Some((_, first)) = children.next() else {
                        return;
                    };
                    self.branches.push(children);
                    node = first;
                }
            }
        }
    }
}

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a Uuid, &'a Row);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((uuid, row)) = self.rows.next() {
                return Some((uuid, row));
            }
            let branch = self.branches.last_mut()?;
            match branch.next() {
                Some((_, child)) => self.descend(child),
                None => {
                    self.branches.pop();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::row::RowBuilder;

    fn row(key: Uuid, mark: u8) -> Row {
        let mut builder = RowBuilder::default();
        builder.put(1, &[mark]);
        builder.row(key)
    }

    fn check(tree: &Tree, model: &BTreeMap<Uuid, Row>) {
        assert_eq!(tree.len(), model.len());
        assert_eq!(tree.root.is_none(), model.is_empty());
        assert!(tree.iter().eq(model.iter()));
        for (uuid, row) in model {
            assert_eq!(tree.get(*uuid), Some(row));
        }
    }

    #[test]
    fn a_tree_of_three_levels_grows_and_shrinks_in_any_order() {
        const ROWS: u128 = 6000;
        // Each step is coprime to the number of rows, so that every key comes once.
        for (up, down) in [
            (1, 1),
            (1, ROWS - 1),
            (ROWS - 1, 7),
            (2741, 1009),
            (7, 2741),
        ] {
            let (mut tree, mut model) = (Tree::default(), BTreeMap::new());
            for number in 0..ROWS {
                let key = Uuid::from_u128(number * up % ROWS);
                assert_eq!(tree.insert(key, row(key, 1)), None);
                model.insert(key, row(key, 1));
            }
            check(&tree, &model);
            let (full, all) = (tree.clone(), model.clone());
            for number in 0..ROWS {
                let key = Uuid::from_u128(number * down % ROWS);
                assert_eq!(tree.remove(key), model.remove(&key));
                if number % 500 == 0 {
                    check(&tree, &model);
                }
            }
            check(&tree, &BTreeMap::new());
            check(&full, &all);
        }
    }

    proptest! {
        #[test]
        fn a_tree_is_a_sorted_map_and_its_clones_stay_as_they_were(
            steps in prop::collection::vec((0u16..400, any::<Option<u8>>()), 1..1500),
            spread in any::<bool>(),
        ) {
            let (mut tree, mut model) = (Tree::default(), BTreeMap::new());
            let mut kept = Vec::new();
            for (at, (number, mark)) in steps.iter().enumerate() {
                let number = u128::from(*number);
                let key = Uuid::from_u128(if spread { number.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C834) } else { number });
                match mark {
                    Some(mark) => {
                        let new = row(key, *mark);
                        prop_assert_eq!(tree.insert(key, new.clone()), model.insert(key, new));
                    }
                    None => prop_assert_eq!(tree.remove(key), model.remove(&key)),
                }
                if at % 200 == 0 {
                    kept.push((tree.clone(), model.clone()));
                }
            }
            check(&tree, &model);
            for (tree, model) in &kept {
                check(tree, model);
            }
        }
    }
}
