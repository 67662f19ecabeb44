//! One column: its constant with the documentation, and its method.

use ovsdb_client::value::Kind;

use crate::docs::{
    Block, ColumnDocs, Inline, blocks_to_markdown, first_sentence, inlines_to_markdown,
};
use crate::emit::key::keys_to_markdown;
use crate::emit::links::FileLinks;
use crate::emit::shape::shape;
use crate::emit::source::{Source, WIDTH};
use crate::model::{ColumnModel, ElementModel, Model, TableModel};

/// The constant, with everything that is documented of the column.
pub(crate) fn emit_constant(
    column: &ColumnModel<'_>,
    number: usize,
    table: &TableModel<'_>,
    docs: &ColumnDocs,
    links: FileLinks<'_>,
    out: &mut Source,
) {
    const MARK: &str = "///";
    let width = WIDTH - MARK.len() - 1;
    out.line("");
    let name = Inline::Code(column.schema.name.to_string());
    let body = match docs.body.split_first() {
        Some((Block::Paragraph(first), rest)) => {
            let mut first = first.clone();
            first.splice(0..0, [name, Inline::Text(": ".to_owned())]);
            let mut body = vec![Block::Paragraph(first)];
            body.extend_from_slice(rest);
            body
        }
        _ => {
            let of = Inline::Text(" of ".to_owned());
            let row = Inline::Code(table.schema.name.to_string());
            let mut body = vec![Block::Paragraph(vec![
                name,
                of,
                row,
                Inline::Text(".".to_owned()),
            ])];
            body.extend_from_slice(&docs.body);
            body
        }
    };
    out.docs(MARK, &blocks_to_markdown(&body, &links, width));
    out.line(MARK);
    let shape = shape(column, table, links);
    out.doc(MARK, &format!("**Shape**: {shape}."));
    let keys = keys_to_markdown(&docs.keys, &links, width);
    if !keys.is_empty() {
        out.line(MARK);
        out.docs(MARK, &keys);
    }
    out.constant(
        &column.constant,
        "Column",
        &[&table.type_name, &value_type(column, links.model)],
        &format!("Column::new({number})"),
    );
}

/// The method that reads the column.
pub(crate) fn emit_method(
    column: &ColumnModel<'_>,
    docs: &ColumnDocs,
    links: FileLinks<'_>,
    out: &mut Source,
) {
    let constant = &column.constant;
    let mut sentence = inlines_to_markdown(&first_sentence(&docs.body), &links);
    if sentence.is_empty() {
        sentence = format!("The column `{}`.", column.schema.name);
    }
    let text = format!("{sentence} See [`{constant}`].");
    out.doc("    ///", &text);
    let returned = view_type(column, links.model);
    out.getter(&column.method, &returned, constant);
}

/// The column's type as a [`ovsdb_client::table::ColumnValue`].
pub(crate) fn value_type(column: &ColumnModel<'_>, model: &Model<'_>) -> String {
    let key = element_type(&column.key, model);
    let column_type = &column.schema.column_type;
    match &column.value {
        Some(value) => format!("Map<{key}, {}>", element_type(value, model)),
        None if column_type.is_scalar() => key,
        None if column_type.is_optional() => format!("Option<{key}>"),
        None => format!("Set<{key}>"),
    }
}

/// The type of the view that reading the column gives.
fn view_type(column: &ColumnModel<'_>, model: &Model<'_>) -> String {
    let key = element_type(&column.key, model);
    let borrowed = || match &column.key {
        ElementModel::Plain(Kind::String) => "&str".to_owned(),
        _ => key.clone(),
    };
    let column_type = &column.schema.column_type;
    match &column.value {
        Some(value) => format!("MapView<'_, {key}, {}>", element_type(value, model)),
        None if column_type.is_scalar() => borrowed(),
        None if column_type.is_optional() => format!("Option<{}>", borrowed()),
        None => format!("SetView<'_, {key}>"),
    }
}

fn element_type(element: &ElementModel, model: &Model<'_>) -> String {
    match element {
        ElementModel::Plain(Kind::Integer) => "i64".to_owned(),
        ElementModel::Plain(Kind::Real) => "f64".to_owned(),
        ElementModel::Plain(Kind::Boolean) => "bool".to_owned(),
        ElementModel::Plain(Kind::String) => "String".to_owned(),
        ElementModel::Plain(Kind::Uuid) => "Uuid".to_owned(),
        ElementModel::Reference(place) => format!("Ref<{}>", model.tables[*place].type_name),
        ElementModel::Enumeration(enumeration) => enumeration.type_name.clone(),
    }
}
