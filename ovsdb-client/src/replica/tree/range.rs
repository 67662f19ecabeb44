//! Places in a tree, and the entries between two of them.

use std::sync::Arc;

use crate::replica::tree::{Child, Node};

/// A place before an entry, or after the last one.
#[derive(Debug)]
pub(crate) struct Cursor<'a, K, V> {
    /// The branches above the leaf, each with the child gone into.
    path: Vec<(&'a [Child<K, V>], usize)>,
    leaf: &'a [(K, V)],
    /// The entry's place; the leaf's length after the last entry of the tree only.
    at: usize,
}

impl<'a, K, V> Cursor<'a, K, V> {
    /// The place that the two functions choose, in branches and in the leaf.
    pub(super) fn descend(
        root: Option<&'a Node<K, V>>,
        branch: impl Fn(&'a [Child<K, V>]) -> usize,
        leaf: impl Fn(&'a [(K, V)]) -> usize,
    ) -> Self {
        let mut cursor = Self {
            path: Vec::new(),
            leaf: &[],
            at: 0,
        };
        if let Some(root) = root {
            cursor.enter(root, branch);
            cursor.at = leaf(cursor.leaf);
            cursor.settle();
        }
        cursor
    }

    fn enter(&mut self, mut node: &'a Node<K, V>, branch: impl Fn(&'a [Child<K, V>]) -> usize) {
        loop {
            match node {
                Node::Leaf(entries) => {
                    self.leaf = entries;
                    return;
                }
                Node::Branch(children) => {
                    let at = branch(children);
                    self.path.push((children, at));
                    node = &children[at].1;
                }
            }
        }
    }

    /// Goes on to the next leaf from the end of one, so that no place has two forms.
    fn settle(&mut self) {
        if self.at < self.leaf.len() {
            return;
        }
        let up = self
            .path
            .iter()
            .rposition(|(children, at)| at + 1 < children.len());
        if let Some(node) = up.and_then(|up| self.turn(up, |at| at + 1)) {
            self.enter(node, |_| 0);
            self.at = 0;
        }
    }

    /// Cuts the path behind `up`, where it takes another child.
    fn turn(&mut self, up: usize, to: impl Fn(usize) -> usize) -> Option<&'a Node<K, V>> {
        self.path.truncate(up + 1);
        let (children, at) = self.path.last_mut()?;
        *at = to(*at);
        Some(Arc::as_ref(&children[*at].1))
    }

    /// The entry here, behind which the cursor goes.
    pub(crate) fn next(&mut self) -> Option<&'a (K, V)> {
        let entry = self.leaf.get(self.at)?;
        self.at += 1;
        self.settle();
        Some(entry)
    }

    /// The entry before, before which the cursor goes.
    fn previous(&mut self) -> Option<&'a (K, V)> {
        if self.at == 0 {
            let up = self.path.iter().rposition(|(_, at)| *at > 0)?;
            let node = self.turn(up, |at| at - 1)?;
            self.enter(node, |children| children.len() - 1);
            self.at = self.leaf.len();
        }
        self.at = self.at.checked_sub(1)?;
        self.leaf.get(self.at)
    }

    fn is_at(&self, other: &Self) -> bool {
        self.at == other.at && std::ptr::eq(self.leaf, other.leaf)
    }
}

impl<K, V> Clone for Cursor<'_, K, V> {
    fn clone(&self) -> Self {
        Self {
            path: self.path.clone(),
            ..*self
        }
    }
}

/// The entries between two places, ascending.
#[derive(Debug)]
pub(crate) struct Range<'a, K, V> {
    front: Cursor<'a, K, V>,
    back: Cursor<'a, K, V>,
}

impl<'a, K, V> Range<'a, K, V> {
    /// The entries from `front` on, which must not stand behind `back`.
    pub(super) fn new(front: Cursor<'a, K, V>, back: Cursor<'a, K, V>) -> Self {
        Self { front, back }
    }
}

impl<K, V> Clone for Range<'_, K, V> {
    fn clone(&self) -> Self {
        Self {
            front: self.front.clone(),
            back: self.back.clone(),
        }
    }
}

impl<'a, K, V> Iterator for Range<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        if self.front.is_at(&self.back) {
            return None;
        }
        self.front.next().map(|(key, value)| (key, value))
    }
}

impl<K, V> DoubleEndedIterator for Range<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        if self.front.is_at(&self.back) {
            return None;
        }
        self.back.previous().map(|(key, value)| (key, value))
    }
}
