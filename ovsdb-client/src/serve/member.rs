//! Members: the checked reading of a request's objects.
//!
//! The texts are those of ovsdb-server, which names the first thing that is wrong: a member that
//! is missing or of another form as soon as it is asked for, and one that nobody asked for last.

use serde_json::{Map, Value as Json};

use crate::serve::refusal::Refusal;

/// The form that a member must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Id,
    String,
    Boolean,
    Integer,
    Array,
    Object,
}

impl Form {
    fn fits(self, json: &Json) -> bool {
        match self {
            Self::Id => json.as_str().is_some_and(is_id),
            Self::String => json.is_string(),
            Self::Boolean => json.is_boolean(),
            Self::Integer => {
                json.is_i64() || json.as_f64().is_some_and(|number| number.fract() == 0.0)
            }
            Self::Array => json.is_array(),
            Self::Object => json.is_object(),
        }
    }
}

/// Whether a text is an `<id>` of RFC 7047 §3.1.
pub(crate) fn is_id(text: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.chars().all(word) && !text.is_empty() && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// Reads an object member by member.
#[derive(Debug)]
pub(crate) struct Members<'j> {
    /// What the object is, for the texts.
    name: String,
    object: Option<(&'j Json, &'j Map<String, Json>)>,
    used: Vec<&'static str>,
    refusal: Option<Refusal>,
}

impl<'j> Members<'j> {
    pub(crate) fn new(json: &'j Json, name: String) -> Self {
        let object = json.as_object().map(|object| (json, object));
        let mut members = Self {
            name,
            object,
            used: Vec::new(),
            refusal: None,
        };
        if members.object.is_none() {
            members.raise("Object expected.");
        }
        members
    }

    /// A member that must be there.
    pub(crate) fn required(&mut self, name: &'static str, form: Form) -> Option<&'j Json> {
        let found = self.optional(name, form);
        if self.object.is_some_and(|(_, map)| !map.contains_key(name)) {
            self.raise(&format!("Required '{name}' member is missing."));
        }
        found
    }

    /// A member that may be there.
    pub(crate) fn optional(&mut self, name: &'static str, form: Form) -> Option<&'j Json> {
        let (_, map) = self.object?;
        let member = map.get(name)?;
        if form.fits(member) {
            self.used.push(name);
            Some(member)
        } else {
            self.raise(&format!("Type mismatch for member '{name}'."));
            None
        }
    }

    /// Notes that something is wrong; the first note counts.
    pub(crate) fn raise(&mut self, problem: &str) {
        if self.refusal.is_none() {
            let details = format!("Parsing {} failed: {problem}", self.name);
            self.refusal = Some(match self.object {
                Some((json, _)) => Refusal::syntax(json, details),
                None => Refusal::new("syntax error", details),
            });
        }
    }

    /// The first thing that was wrong so far.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        self.refusal.clone().map_or(Ok(()), Err)
    }

    /// What was wrong, a member that nobody asked for included.
    pub(crate) fn finish(mut self) -> Result<(), Refusal> {
        if let (None, Some((_, map))) = (&self.refusal, self.object) {
            let mut unused = map
                .keys()
                .filter(|name| !self.used.contains(&name.as_str()));
            if let Some(name) = unused.next() {
                let problem = match unused.count() {
                    0 => format!("Member '{name}' is present but not allowed here."),
                    1 => format!(
                        "Member '{name}' and 1 other member are present but not allowed here."
                    ),
                    others => format!(
                        "Member '{name}' and {others} other members are present but not allowed here."
                    ),
                };
                self.raise(&problem);
            }
        }
        self.check()
    }
}
