//! The vocabulary: words and keys that are the same in every deployment.

use std::collections::HashSet;

use crate::database::Database;

const WORDS: &str = include_str!("vocabulary/words.txt");
const KEYS: &str = include_str!("vocabulary/keys.txt");

/// The words and keys that stay.
#[derive(Debug)]
pub(super) struct Vocabulary {
    words: HashSet<&'static str>,
    keys: HashSet<&'static str>,
}

impl Vocabulary {
    /// Those of OVN, Open vSwitch and OVN-Kubernetes.
    pub(super) fn new() -> Self {
        let lines = |text: &'static str| text.lines().filter(|line| !line.starts_with('#'));
        let tables = Database::ALL
            .into_iter()
            .flat_map(|database| database.definition().tables)
            .map(|table| table.name);
        Self {
            words: lines(WORDS).flat_map(str::split_whitespace).collect(),
            keys: lines(KEYS).chain(tables).collect(),
        }
    }

    /// Whether it is a word that stays.
    pub(super) fn has_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether it is a map's key that stays.
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.keys.contains(key)
    }
}
