//! Fields: `name=value`, `name(value)`, `name:value` and bare names, with commas between.

use std::fmt;

/// One field of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'t> {
    /// Its name, or the whole of a bare one.
    pub name: &'t str,
    /// Its value; empty for a bare name.
    pub value: &'t str,
    /// How the two are written.
    pub form: Form,
}

/// How a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `name`
    Bare,
    /// `name=value`
    Equals,
    /// `name(value)`
    Parentheses,
    /// `name:value`
    Colon,
}

impl<'t> Field<'t> {
    fn parse(text: &'t str) -> Self {
        let bare = Self {
            name: text,
            value: "",
            form: Form::Bare,
        };
        let Some(at) = text.find(['=', '(', ':']) else {
            return bare;
        };
        let (name, rest) = text.split_at(at);
        let with = |value, form| Self { name, value, form };
        match rest.as_bytes().first() {
            Some(b'=') => with(&rest[1..], Form::Equals),
            Some(b':') => with(&rest[1..], Form::Colon),
            _ => match rest[1..].strip_suffix(')') {
                Some(value) => with(value, Form::Parentheses),
                None => bare,
            },
        }
    }

    /// The fields within the value, without parentheses round them.
    pub fn inner(&self) -> Vec<Field<'t>> {
        let value = self.value;
        let inner = value
            .strip_prefix('(')
            .and_then(|value| value.strip_suffix(')'));
        split(inner.unwrap_or(value))
    }
}

impl fmt::Display for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, value, form } = self;
        match form {
            Form::Bare => f.write_str(name),
            Form::Equals => write!(f, "{name}={value}"),
            Form::Parentheses => write!(f, "{name}({value})"),
            Form::Colon => write!(f, "{name}:{value}"),
        }
    }
}

/// The fields of a line: split at commas that stand in no brackets, blanks round them left out.
pub fn split(text: &str) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                fields.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    fields.push(text[start..].trim());
    fields.retain(|field| !field.is_empty());
    fields.into_iter().map(Field::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_form_of_field_is_told_from_the_others() {
        let line = "tcp, in_port(8),eth(src=0a:58:0a:f4:00:05,dst=0a:58:0a:f4:00:01),ipv6_src=fe80::1,packets:0,ufid:1329013e-4c70,a(b";
        let fields: Vec<String> = split(line)
            .iter()
            .map(|field| format!("{:?} {} | {}", field.form, field.name, field.value))
            .collect();
        insta::assert_snapshot!(fields.join("\n"), @"
        Bare tcp | 
        Parentheses in_port | 8
        Parentheses eth | src=0a:58:0a:f4:00:05,dst=0a:58:0a:f4:00:01
        Equals ipv6_src | fe80::1
        Colon packets | 0
        Colon ufid | 1329013e-4c70
        Bare a(b |
        ");
        let orig = split("orig=(src=10.0.0.1,sport=1)")[0];
        assert_eq!(orig.inner()[1].value, "1");
    }

    proptest! {
        #[test]
        fn what_is_split_prints_as_it_was(text in "[a-z0-9=(){}:,\\[\\]>-]{0,40}") {
            let printed: Vec<String> = split(&text).iter().map(Field::to_string).collect();
            let parts = printed.join(",");
            let plain = |text: &str| text.replace(',', "");
            prop_assert_eq!(plain(&parts), plain(&text));
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            split(&text).iter().for_each(|field| drop(field.inner()));
        }
    }
}
