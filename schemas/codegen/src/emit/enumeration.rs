//! The type of a column whose strings the schema lists.

use crate::docs::{Block, ColumnDocs, Inline, code, first_sentence, inlines_to_markdown};
use crate::emit::links::FileLinks;
use crate::emit::source::Source;
use crate::model::{ColumnModel, EnumerationModel, TableModel};

/// The type and what turns it into strings and back.
pub(crate) fn emit_enumeration(
    enumeration: &EnumerationModel,
    column: &ColumnModel<'_>,
    table: &TableModel<'_>,
    docs: &ColumnDocs,
    links: FileLinks<'_>,
    out: &mut Source,
) {
    let type_name = &enumeration.type_name;
    out.line("");
    out.doc(
        "///",
        &format!(
            "A value of [`{}`]: of `{}` in `{}`.",
            column.constant, column.schema.name, table.schema.name
        ),
    );
    out.line("#[derive(Clone, Debug, PartialEq, Eq, Hash)]");
    out.line("#[non_exhaustive]");
    out.line(&format!("pub enum {type_name} {{"));
    for (variant, value) in &enumeration.variants {
        let meaning = meaning(value, &docs.body);
        let text = match inlines_to_markdown(&meaning, &links) {
            text if text.is_empty() => format!("{}.", quoted(value)),
            text => format!("{}: {text}", quoted(value)),
        };
        out.doc("    ///", &text);
        out.line(&format!("    {variant},"));
    }
    out.line("    /// A string that the schema did not list when this code was generated.");
    out.line("    Other(Box<str>),");
    out.line("}");

    out.line("");
    out.line(&format!("impl Enumeration for {type_name} {{"));
    out.line("    fn from_name(name: &str) -> Self {");
    out.line("        match name {");
    for (variant, value) in &enumeration.variants {
        let variant = format!("Self::{variant}");
        out.arm("            ", &format!("{value:?}"), &variant, "");
    }
    out.line("            other => Self::Other(other.into()),");
    out.line("        }");
    out.line("    }");
    out.line("");
    out.line("    fn name(&self) -> &str {");
    out.line("        match self {");
    for (variant, value) in &enumeration.variants {
        let variant = format!("Self::{variant}");
        out.arm("            ", &variant, &format!("{value:?}"), "");
    }
    out.line("            Self::Other(other) => other,");
    out.line("        }");
    out.line("    }");
    out.line("}");
}

/// The first sentence that a list in the column's documentation says of `value`.
fn meaning(value: &str, blocks: &[Block]) -> Vec<Inline> {
    for block in blocks {
        let meaning = match block {
            Block::Terms(terms) => terms
                .iter()
                .find(|term| term.names.iter().any(|name| is_value(name, value)))
                .map(|term| first_sentence(&term.body)),
            Block::List { items, .. } => items.iter().find_map(|item| item_meaning(item, value)),
            Block::Paragraph(_) | Block::Heading(_) | Block::Preformatted(_) => None,
        };
        if let Some(meaning) = meaning {
            return meaning;
        }
    }
    Vec::new()
}

/// What an item like "`value`: meaning" says.
fn item_meaning(item: &[Block], value: &str) -> Option<Vec<Inline>> {
    let Some(Block::Paragraph(inlines)) = item.first() else {
        return None;
    };
    let [name, Inline::Text(text), rest @ ..] = inlines.as_slice() else {
        return None;
    };
    let text = text.strip_prefix(": ")?;
    if !is_value(std::slice::from_ref(name), value) {
        return None;
    }
    let mut meaning = vec![Inline::Text(text.to_owned())];
    meaning.extend_from_slice(rest);
    Some(first_sentence(&[Block::Paragraph(meaning)]))
}

fn is_value(name: &[Inline], value: &str) -> bool {
    match name.first() {
        Some(Inline::Code(text) | Inline::Text(text)) => text == value,
        _ => false,
    }
}

fn quoted(value: &str) -> String {
    if value.is_empty() {
        "The empty string".to_owned()
    } else {
        code(value)
    }
}
