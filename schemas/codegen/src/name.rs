//! Names: OVSDB identifiers and enumeration values as Rust identifiers.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::Chars;

/// Keywords of every edition, reserved ones included.
const KEYWORDS: &str = "Self abstract as async await become box break const continue crate do dyn \
    else enum extern false final fn for gen if impl in let loop macro match mod move mut override \
    priv pub ref return self static struct super trait true try type typeof union unsafe unsized \
    use virtual where while yield";

/// A type's name: `Logical_Switch` → `LogicalSwitch`, `ACL` → `Acl`, `NetFlow` → `NetFlow`.
pub(crate) fn type_name(name: &str) -> String {
    let name: String = words(name).iter().map(|word| capitalised(word)).collect();
    starting_with_a_letter(name, "T")
}

/// A module's, method's or file's name: `Logical_Switch` → `logical_switch`, `type` → `type_`.
pub(crate) fn snake_name(name: &str) -> String {
    let name = starting_with_a_letter(words(name).join("_").to_lowercase(), "n");
    if KEYWORDS.split(' ').any(|keyword| keyword == name) {
        name + "_"
    } else {
        name
    }
}

/// A constant's name: `external_ids` → `EXTERNAL_IDS`.
pub(crate) fn constant_name(name: &str) -> String {
    starting_with_a_letter(words(name).join("_").to_uppercase(), "N")
}

/// An enumeration value's name: `allow-related` → `AllowRelated`, `802.1ad` → `V8021ad`.
pub(crate) fn variant_name(value: &str) -> String {
    let name: String = value
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(capitalised)
        .collect();
    if name.is_empty() {
        return "Empty".to_owned();
    }
    starting_with_a_letter(name, "V")
}

/// The order in which rustfmt puts imports: numbers by their value, underscores first.
pub(crate) fn version_order(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.chars().peekable(), b.chars().peekable());
    loop {
        let (x, y) = (chunk(&mut a), chunk(&mut b));
        match x.cmp(&y) {
            Ordering::Equal if x.is_none() => return Ordering::Equal,
            Ordering::Equal => {}
            other => return other,
        }
    }
}

/// The next character, or the next number: what sorts together.
fn chunk(chars: &mut Peekable<Chars<'_>>) -> Option<(u8, u64)> {
    let first = chars.next()?;
    let Some(mut number) = first.to_digit(10).map(u64::from) else {
        let rank = if first == '_' { 0 } else { 2 };
        return Some((rank, u64::from(u32::from(first))));
    };
    while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
        chars.next();
        number = number.saturating_mul(10).saturating_add(u64::from(digit));
    }
    Some((1, number))
}

/// Identifiers in use in one scope.
#[derive(Debug, Default)]
pub(crate) struct Scope(BTreeSet<String>);

impl Scope {
    /// A scope in which these identifiers, with spaces between, are taken.
    pub(crate) fn with(taken: &str) -> Self {
        Self(taken.split(' ').map(str::to_owned).collect())
    }

    /// Takes `wanted`, or else `wanted` with `suffix`, or else with a number too.
    pub(crate) fn take(&mut self, wanted: &str, suffix: &str) -> String {
        let plain = std::iter::once(wanted.to_owned());
        let suffixed = std::iter::once(format!("{wanted}{suffix}"));
        let numbered = (2..).map(|number| format!("{wanted}{suffix}{number}"));
        let mut names = plain.chain(suffixed).chain(numbered);
        names
            .find(|name| self.0.insert(name.clone()))
            .unwrap_or_default()
    }
}

/// The words of a name: split at `_` and other marks, and where a lower-case run of two or more
/// letters meets a capital that begins a word (`NetFlow`, but neither `QoS` nor `vSwitch`).
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        let chars: Vec<char> = part.chars().collect();
        let lower = |at: usize| chars.get(at).is_some_and(char::is_ascii_lowercase);
        let mut word = String::new();
        for (at, &c) in chars.iter().enumerate() {
            let boundary = at >= 2 && lower(at - 2) && lower(at - 1) && !lower(at) && lower(at + 1);
            if boundary && c.is_ascii_uppercase() {
                words.push(std::mem::take(&mut word));
            }
            word.push(c);
        }
        words.push(word);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// First letter large; the others small where the whole word is large (`ACL`) or mixed without a
/// lower-case word in it (`QoS`), and as they are in names like `OpenFlow10`.
fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let Some(first) = chars.next() else {
        return String::new();
    };
    let rest: String = chars.collect();
    let camel = word
        .as_bytes()
        .windows(3)
        .any(|run| run[..2].iter().all(u8::is_ascii_lowercase) && run[2].is_ascii_uppercase());
    let rest = if camel { rest } else { rest.to_lowercase() };
    format!("{}{rest}", first.to_ascii_uppercase())
}

fn starting_with_a_letter(name: String, letter: &str) -> String {
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name
    } else {
        format!("{letter}{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_become_types_and_modules() {
        for (name, expected_type, expected_module) in [
            ("Logical_Switch", "LogicalSwitch", "logical_switch"),
            ("ACL", "Acl", "acl"),
            ("ACL_entry", "AclEntry", "acl_entry"),
            ("QoS", "Qos", "qos"),
            ("DHCPv6_Options", "Dhcpv6Options", "dhcpv6_options"),
            ("Open_vSwitch", "OpenVswitch", "open_vswitch"),
            ("sFlow", "Sflow", "sflow"),
            ("NetFlow", "NetFlow", "net_flow"),
            ("AutoAttach", "AutoAttach", "auto_attach"),
            ("IC_NB_Global", "IcNbGlobal", "ic_nb_global"),
            ("Match", "Match", "match_"),
            ("_Hidden", "Hidden", "hidden"),
            ("3com", "T3com", "n3com"),
        ] {
            assert_eq!(type_name(name), expected_type);
            assert_eq!(snake_name(name), expected_module);
        }
    }

    #[test]
    fn columns_become_constants() {
        assert_eq!(constant_name("external_ids"), "EXTERNAL_IDS");
        assert_eq!(constant_name("LR_fault_status"), "LR_FAULT_STATUS");
        assert_eq!(constant_name("type"), "TYPE");
    }

    #[test]
    fn values_become_variants() {
        for (value, expected) in [
            ("allow-related", "AllowRelated"),
            ("tcp_syn_sent2", "TcpSynSent2"),
            ("OpenFlow10", "OpenFlow10"),
            ("802.1ad", "V8021ad"),
            ("UP", "Up"),
            ("", "Empty"),
            ("!", "Empty"),
        ] {
            assert_eq!(variant_name(value), expected);
        }
    }

    #[test]
    fn a_scope_gives_each_name_once() {
        let mut scope = Scope::with("Row Set");
        let taken: Vec<String> = (0..3).map(|_| scope.take("Set", "Table")).collect();
        assert_eq!(taken, ["SetTable", "SetTable2", "SetTable3"]);
        assert_eq!(scope.take("Acl", "Table"), "Acl");
    }

    #[test]
    fn imports_stand_in_the_order_of_rustfmt() {
        let names = ["b", "b_c", "b1", "b2", "b10", "bb"];
        assert!(names.is_sorted_by(|a, b| version_order(a, b) == Ordering::Less));
    }
}
