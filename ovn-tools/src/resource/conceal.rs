//! Concealing: secrets are taken out of objects and logs by where they stand and how they look.
//!
//! Kinds that hold nothing else are never asked for. Of all others the values are taken out that
//! stand where keys do: under a member or a variable whose name says so, in the copy of an object
//! that `kubectl apply` leaves in an annotation, behind an option of a command line, in requests
//! for certificates; and those that look like keys wherever they stand: private keys in PEM,
//! tokens (JWT), credentials in an address. What is taken out is counted, and its place shows.

use serde_json::{Map, Value as Json};

/// What stands in the place of what was taken out.
pub const CONCEALED: &str = "(concealed)";

/// How many values were taken out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Concealed {
    /// How many.
    pub count: usize,
}

/// The copy of an object that `kubectl apply` leaves, which holds its values once more.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Words in the name of a kind whose objects are secrets.
const SECRET_KINDS: [&str; 4] = ["secret", "token", "password", "credential"];

/// Words in a name, without `-`, `_` and `.`, behind which a key stands.
const KEY_WORDS: [&str; 22] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "privatekey",
    "signingkey",
    "encryptionkey",
    "clientkey",
    "keydata",
    "sharedkey",
    "psk",
    "credential",
    "authorization",
    "bearer",
    "kubeconfig",
    "dockerconfig",
    "cookie",
    "sessionkey",
    "webhookurl",
];

/// How a name ends behind which a key stands, such as `tls.key` and `SSH_KEY`.
const KEY_ENDINGS: [&str; 3] = [".key", "_key", "-key"];

/// What a name may say behind such a word and still name no key: where one is, or how it is used.
const REFERENCES: [&str; 17] = [
    "name",
    "names",
    "namespace",
    "ref",
    "refs",
    "keyref",
    "file",
    "path",
    "dir",
    "type",
    "id",
    "expirationseconds",
    "ttl",
    "audience",
    "policy",
    "url",
    "endpoint",
];

/// Members that hold several secrets by name; their names stay.
const SECRET_LISTS: [&str; 2] = ["secrets", "imagepullsecrets"];

/// Members of requests for certificates that are shown to nobody: what is asked to be signed, and
/// what was.
const REQUEST_KIND: &str = "CertificateSigningRequest";
const REQUEST_MEMBERS: [&str; 2] = ["request", "certificate"];

/// What begins and ends a private key.
const PEM_KEY: &str = "PRIVATE KEY-----";

/// How deep objects are followed; what is deeper is taken out.
/// **Default and why**: 64; the schemas of custom resources nest some thirty deep.
const MAX_DEPTH: usize = 64;

/// Whether objects of this kind are secrets, and so are never asked for.
pub fn is_secret_kind(kind: &str) -> bool {
    let kind = kind.to_lowercase();
    SECRET_KINDS.iter().any(|word| kind.contains(word))
}

/// Takes the secrets out of an object.
pub fn conceal(object: &mut Json) -> Concealed {
    let mut concealed = Concealed::default();
    let kind = object.get("kind").and_then(Json::as_str);
    let is_request = kind == Some(REQUEST_KIND);
    let is_map = kind == Some("ConfigMap");
    if kind.is_some_and(is_secret_kind) {
        // It was not asked for, and yet here it is: only what names it stays.
        if let Json::Object(members) = object {
            members.retain(|name, _| ["apiVersion", "kind", "metadata"].contains(&name.as_str()));
            concealed.count += 1;
        }
    }
    if let Json::Object(members) = object {
        if let Some(Json::Object(metadata)) = members.get_mut("metadata") {
            // Who set which field says nothing, and names fields of what was taken out.
            metadata.remove("managedFields");
            if let Some(Json::Object(annotations)) = metadata.get_mut("annotations")
                && annotations.remove(LAST_APPLIED).is_some()
            {
                concealed.count += 1;
            }
        }
        if is_request {
            for part in ["spec", "status"] {
                if let Some(Json::Object(part)) = members.get_mut(part) {
                    for name in REQUEST_MEMBERS {
                        if let Some(value) = part.get_mut(name) {
                            concealed.take(value);
                        }
                    }
                }
            }
        }
        if is_map && let Some(Json::Object(binary)) = members.get_mut("binaryData") {
            binary.values_mut().for_each(|value| concealed.take(value));
        }
    }
    concealed.value(object, MAX_DEPTH);
    concealed
}

/// Takes the secrets out of a text, line by line.
pub fn conceal_text(text: &str) -> (String, Concealed) {
    let mut concealed = Concealed::default();
    let text = concealed.text(text).unwrap_or_else(|| text.to_owned());
    (text, concealed)
}

impl Concealed {
    fn take(&mut self, value: &mut Json) {
        let is_empty = match value {
            Json::Null | Json::Bool(_) => true,
            Json::String(text) => text.is_empty(),
            Json::Array(items) => items.is_empty(),
            Json::Object(members) => members.is_empty(),
            Json::Number(_) => false,
        };
        if !is_empty {
            *value = CONCEALED.into();
            self.count += 1;
        }
    }

    fn value(&mut self, value: &mut Json, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            self.take(value);
            return;
        };
        match value {
            Json::Object(members) => self.members(members, depth),
            Json::Array(items) => {
                let mut is_key = false;
                for item in items {
                    // `--token`, and then its value as an argument of its own.
                    let next = item.as_str().is_some_and(is_key_option);
                    match is_key && item.is_string() && !next {
                        true => self.take(item),
                        false => self.value(item, depth),
                    }
                    is_key = next;
                }
            }
            Json::String(text) => {
                if let Some(plain) = self.text(text) {
                    *text = plain;
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, members: &mut Map<String, Json>, depth: usize) {
        // A variable has its name and its value side by side; so have headers and parameters.
        let names_key = members
            .get("name")
            .and_then(Json::as_str)
            .is_some_and(is_key_name);
        for (name, value) in members {
            let plain = SECRET_LISTS.contains(&squeezed(name).as_str());
            let is_key = (names_key && name == "value") || (is_key_name(name) && !plain);
            match value {
                // A key may be a text or a list of texts; an object tells where it is.
                Json::String(_) | Json::Number(_) if is_key => self.take(value),
                Json::Array(items) if is_key && items.iter().all(Json::is_string) => {
                    self.take(value);
                }
                value => self.value(value, depth),
            }
        }
    }

    /// The text without secrets; `None` where it has none.
    fn text(&mut self, text: &str) -> Option<String> {
        // JSON in a text, such as an annotation's, is an object of its own.
        if text.trim_start().starts_with(['{', '['])
            && let Ok(mut inner) = serde_json::from_str::<Json>(text)
        {
            let before = self.count;
            self.value(&mut inner, MAX_DEPTH);
            return (self.count > before).then(|| inner.to_string());
        }
        if !text.contains(PEM_KEY) && !text.lines().any(|line| cut(line).is_some()) {
            return None;
        }
        let mut plain = String::with_capacity(text.len());
        let mut in_key = false;
        for line in text.split_inclusive('\n') {
            let (body, end) = match line.strip_suffix('\n') {
                Some(body) => (body, "\n"),
                None => (line, ""),
            };
            let (begins, ends) = (
                body.contains("-----BEGIN") && body.contains(PEM_KEY),
                body.contains("-----END"),
            );
            if begins {
                plain.push_str(CONCEALED);
                plain.push_str(end);
                self.count += 1;
                in_key = !ends;
            } else if in_key {
                in_key = !ends;
            } else if let Some(kept) = cut(body) {
                plain.push_str(&kept);
                plain.push_str(end);
                self.count += 1;
            } else {
                plain.push_str(line);
            }
        }
        Some(plain)
    }
}

/// Letters and digits of a name in lower case.
fn squeezed(name: &str) -> String {
    let plain = name.chars().filter(|c| c.is_ascii_alphanumeric());
    plain.map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether a key stands behind a name.
fn is_key_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    if KEY_ENDINGS.iter().any(|ending| lower.ends_with(ending)) {
        return true;
    }
    // What stands before a slash is whose name it is.
    let name = squeezed(name.rsplit('/').next().unwrap_or(name));
    KEY_WORDS.iter().any(|word| {
        name.rfind(word).is_some_and(|at| {
            let rest = &name[at + word.len()..];
            let plural = rest.strip_prefix('s').unwrap_or(rest);
            !REFERENCES.contains(&rest) && !REFERENCES.contains(&plural)
        })
    })
}

/// Whether an argument is an option whose value is a key and stands behind it.
fn is_key_option(argument: &str) -> bool {
    argument.starts_with('-') && !argument.contains('=') && is_key_name(argument)
}

/// A line without the secret in it; `None` where it has none.
fn cut(line: &str) -> Option<String> {
    let mut found: Option<String> = None;
    let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    let mut is_value = false;
    for word in &mut words {
        if word.is_empty() {
            continue;
        }
        let taken = match std::mem::take(&mut is_value) {
            // `Authorization: Bearer X`: the word between is none.
            true if ["bearer", "basic"].contains(&squeezed(word).as_str()) => {
                is_value = true;
                None
            }
            true => Some(CONCEALED.to_owned()),
            false => cut_word(word),
        };
        if let Some(taken) = taken {
            *word = taken;
            found.get_or_insert_default();
        } else if !is_value {
            // `token: X`, `password = X` and `Bearer X` have a blank behind.
            let trimmed = word.trim_matches(['"', '\'', ',', '{']);
            is_value = match trimmed.strip_suffix([':', '=']) {
                Some(name) => is_key_name(name.trim_matches(['"', '\''])),
                None => trimmed.eq_ignore_ascii_case("bearer"),
            };
        }
    }
    found.map(|_| words.join(" "))
}

/// A word without the secret in it: `NAME=KEY`, `"NAME":"KEY"`, a token, or an address with
/// credentials.
fn cut_word(word: &str) -> Option<String> {
    if is_token(word) {
        return Some(CONCEALED.to_owned());
    }
    if let Some((scheme, rest)) = word.split_once("://")
        && let Some((credentials, host)) = rest.split_once('@')
        && credentials.contains(':')
        && !credentials.contains('/')
    {
        return Some(format!("{scheme}://{CONCEALED}@{host}"));
    }
    let at = word.find(['=', ':'])?;
    let (name, value) = (&word[..at], &word[at + 1..]);
    let is_key = is_key_name(name.trim_matches(['"', '\'', '{', ',', '-', '(']));
    (is_key && !value.is_empty()).then(|| format!("{}{CONCEALED}", &word[..=at]))
}

/// Whether a word holds a token of three parts (JWT): the first is `{"` in base64.
fn is_token(word: &str) -> bool {
    let Some(at) = word.find("eyJ") else {
        return false;
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let mut parts = word[at..].splitn(3, '.');
    let mut is_part = || {
        parts
            .next()
            .is_some_and(|part| part.len() > 8 && part.chars().all(plain))
    };
    is_part() && is_part()
}

#[cfg(test)]
mod tests;
