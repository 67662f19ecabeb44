//! Redaction: names and addresses replaced by others, the same one always by the same.
//!
//! - **Names.** Text is cut into words (letters and digits), and every word that is not one of
//!   OVN's, Open vSwitch's or OVN-Kubernetes's own is replaced. So a name is replaced wherever it
//!   stands (in `worker-a`, `GR_worker-a` and `inport == "rtos-worker-a"`), whatever it is part of.
//! - **IP addresses** keep their prefixes: two in one subnet are in one subnet afterwards. Private
//!   ranges stay private; what every deployment has (loopback, link-local prefixes, multicast,
//!   unspecified) stays as it is.
//! - **MAC addresses** are replaced; one that holds an IP address, as OVN-Kubernetes makes them,
//!   holds the replacement afterwards.
//!
//! What stays: UUIDs, numbers (ports, tags, priorities, counters), times, versions, documented keys
//! of maps, values of enumerations, the language of matches and actions, and the shape of text.
//! UUIDs are drawn at random and name nothing elsewhere, except that a chassis may be called by one.

mod prefix;

mod ip;

mod mac;

mod vocabulary;

mod column;

mod text;

use std::collections::HashMap;

use ovsdb_client::dbfile::Rewrite;
use ovsdb_client::value::{Atom, AtomRef, Datum, Value};

use crate::database::Database;
use crate::redact::column::{Form, form, is_kept};
use crate::redact::ip::IpAddresses;
use crate::redact::mac::MacAddresses;
use crate::redact::text::{Token, tokens};
use crate::redact::vocabulary::Vocabulary;

/// What replaced words begin with: letters, so that the name of an address set stays one, which
/// hardly any name begins with.
const LEAD: &str = "zq";

/// The most hexadecimal digits of a number that stays; a longer one can hold an address.
const NUMBER_DIGITS: usize = 8;

/// What stays in a redacted recording, for whoever is to decide whether to share it.
pub const KEPT: [&str; 5] = [
    "UUIDs, also where a chassis is called by one",
    "numbers: ports, tags, VLANs, priorities, counters, names of digits alone",
    "times and versions",
    "prefix lengths, which addresses share a subnet, and which ranges (private, link-local) they are of",
    "words and map keys of OVN, Open vSwitch and OVN-Kubernetes themselves",
];

/// Replaces names and addresses, the same one always by the same.
#[derive(Debug)]
pub struct Redactor {
    vocabulary: Vocabulary,
    words: HashMap<Box<str>, Box<str>>,
    ips: IpAddresses,
    macs: MacAddresses,
}

/// How many different things were replaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replaced {
    /// Words of names.
    pub names: usize,
    /// IP addresses.
    pub ip_addresses: usize,
    /// MAC addresses.
    pub mac_addresses: usize,
}

impl Redactor {
    /// A redactor whose addresses depend on this key, which is to be as secret as they are.
    pub fn new(key: [u8; 32]) -> Self {
        Self {
            vocabulary: Vocabulary::new(),
            words: HashMap::new(),
            ips: IpAddresses::new(key),
            macs: MacAddresses::new(key),
        }
    }

    /// The values of a database, as they are to be written.
    pub fn of(&mut self, database: Database) -> DatabaseRedactor<'_> {
        DatabaseRedactor {
            redactor: self,
            database,
        }
    }

    /// Text with its names and addresses replaced.
    pub fn text(&mut self, text: &str) -> String {
        self.rewrite(text, false)
    }

    /// How many different things were replaced so far.
    pub fn replaced(&self) -> Replaced {
        Replaced {
            names: self.words.len(),
            ip_addresses: self.ips.len(),
            mac_addresses: self.macs.len(),
        }
    }

    /// Text of which, where it is a match or an action, only what stands in quotes, in a comment or
    /// after a sigil is a name.
    fn rewrite(&mut self, text: &str, is_expression: bool) -> String {
        let mut out = String::with_capacity(text.len());
        let (mut quoted, mut comment, mut sigil) = (false, false, false);
        for token in tokens(text) {
            match token {
                Token::Word(word) if !is_expression || quoted || comment || sigil => {
                    self.push_word(word, &mut out);
                }
                Token::Word(word) => out.push_str(word),
                Token::Ip(address) => self.ips.push(&address, &mut out),
                Token::Mac(mac) => self.macs.push(mac, &mut self.ips, &mut out),
                Token::Other(other) => {
                    out.push_str(other);
                    quoted ^= !comment && other == "\"";
                    comment |= !quoted && out.ends_with("/*");
                    comment &= !out.ends_with("*/");
                    // A name goes on after its underscores and dots.
                    sigil =
                        matches!(other, "$" | "@" | "^") || (sigil && matches!(other, "_" | "."));
                }
            }
        }
        out
    }

    fn push_word(&mut self, word: &str, out: &mut String) {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        let is_hex = word.strip_prefix("0x").is_some_and(|digits| {
            digits.len() <= NUMBER_DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        if is_number || is_hex || self.vocabulary.has_word(word) {
            out.push_str(word);
            return;
        }
        if let Some(known) = self.words.get(word) {
            out.push_str(known);
            return;
        }
        let new = format!("{LEAD}{}", self.words.len());
        out.push_str(&new);
        self.words.insert(word.into(), new.into());
    }
}

/// Replaces the values of one database.
#[derive(Debug)]
pub struct DatabaseRedactor<'r> {
    redactor: &'r mut Redactor,
    database: Database,
}

impl DatabaseRedactor<'_> {
    fn atom(&mut self, atom: AtomRef<'_>, form: Form, max_length: Option<u64>) -> Atom {
        let AtomRef::String(string) = atom else {
            return atom.to_owned();
        };
        let text = self.redactor.rewrite(string, form == Form::Expression);
        match max_length.and_then(|length| usize::try_from(length).ok()) {
            // A replacement can be longer than the name it replaces.
            Some(length) => Atom::from(text.chars().take(length).collect::<String>()),
            None => Atom::from(text),
        }
    }
}

impl Rewrite for DatabaseRedactor<'_> {
    fn value(&mut self, table: &str, column: &str, value: Value<'_>) -> Option<Datum> {
        let form = form(self.database, table, column);
        let column_type = value.column_type();
        if form == Form::Kept || !column_type.key.enumeration.is_empty() {
            return None;
        }
        let key_length = column_type.key.max_length;
        let Some(value_type) = &column_type.value else {
            let atoms = value.atoms().map(|atom| self.atom(atom, form, key_length));
            return Some(Datum::set(atoms.collect::<Vec<_>>()));
        };
        let value_length = value_type.max_length;
        let pairs = value.pairs().map(|(key, value)| {
            let (is_known, is_kept) = match key {
                AtomRef::String(key) => (self.redactor.vocabulary.has_key(key), is_kept(key)),
                _ => (false, false),
            };
            let new_key = if is_known {
                key.to_owned()
            } else {
                self.atom(key, form, key_length)
            };
            let new_value = if is_kept {
                value.to_owned()
            } else {
                self.atom(value, form, value_length)
            };
            (new_key, new_value)
        });
        Some(Datum::map(pairs.collect::<Vec<_>>()))
    }
}

#[cfg(test)]
mod tests;
