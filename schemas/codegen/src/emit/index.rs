//! One index of the schema: its constant.

use ovsdb_client::table::MAX_INDEX_COLUMNS;

use crate::docs::code;
use crate::emit::column::value_type;
use crate::emit::source::{CALL_WIDTH, Source};
use crate::model::{IndexModel, Model, TableModel};

/// The constants of the indexes that a program can name.
pub(crate) fn emit_indexes(table: &TableModel<'_>, model: &Model<'_>, out: &mut Source) {
    for (place, index) in table.indexes.iter().enumerate() {
        if index.columns.len() <= MAX_INDEX_COLUMNS {
            emit_index(index, place, table, model, out);
        }
    }
}

fn emit_index(
    index: &IndexModel,
    place: usize,
    table: &TableModel<'_>,
    model: &Model<'_>,
    out: &mut Source,
) {
    let columns = || index.columns.iter().map(|&place| &table.columns[place]);
    let names: Vec<String> = columns().map(|column| code(&column.schema.name)).collect();
    let types: Vec<String> = columns().map(|column| value_type(column, model)).collect();
    let (words, key) = match (names.as_slice(), types.as_slice()) {
        ([name], [value_type]) => (format!("{name}, which is unique"), value_type.clone()),
        _ => {
            let words = format!("{}, which together are unique", names.join(", "));
            (words, tuple(&types))
        }
    };
    out.line("");
    out.doc("///", &format!("The rows by {words}."));
    out.constant(
        &index.constant,
        "Index",
        &[&table.type_name, &key],
        &format!("Index::schema({place})"),
    );
}

/// The type of several columns, one a line where rustfmt has it so within the lines of a constant.
fn tuple(types: &[String]) -> String {
    let line = types.join(", ");
    if line.len() <= CALL_WIDTH {
        return format!("({line})");
    }
    let lines: Vec<String> = types
        .iter()
        .map(|part| format!("        {part},\n"))
        .collect();
    format!("(\n{}    )", lines.concat())
}

/// Whether the file of the table declares such constants.
pub(crate) fn has_indexes(table: &TableModel<'_>) -> bool {
    let mut indexes = table.indexes.iter();
    indexes.any(|index| index.columns.len() <= MAX_INDEX_COLUMNS)
}
