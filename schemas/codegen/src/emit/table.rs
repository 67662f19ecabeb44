//! The file of one table.

use std::collections::BTreeSet;

use ovsdb_client::schema::UNLIMITED;
use ovsdb_client::value::Kind;

use crate::GeneratedFile;
use crate::docs::{ColumnDocs, Inline, TableDocs, Target, blocks_to_markdown, inlines_to_markdown};
use crate::emit::Input;
use crate::emit::column::{emit_constant, emit_method};
use crate::emit::definition::emit_definition;
use crate::emit::enumeration::emit_enumeration;
use crate::emit::index::{emit_indexes, has_indexes};
use crate::emit::links::FileLinks;
use crate::emit::source::{Source, WIDTH};
use crate::model::{ElementModel, TableModel};
use crate::name::version_order;

/// The file that defines a table's row type, columns and definition.
pub(crate) fn table_file(table: &TableModel<'_>, input: Input<'_>) -> GeneratedFile {
    let no_docs = TableDocs::default();
    let docs = input.docs.tables.get(&*table.schema.name);
    let docs = docs.unwrap_or(&no_docs);
    let no_docs = ColumnDocs::default();
    let column_docs = |name: &str| docs.columns.get(name).unwrap_or(&no_docs);
    let links = FileLinks {
        model: input.model,
        table: Some(table),
    };
    let mut out = Source::default();

    out.doc("//!", &title(table, docs, input, links));
    out.line("//!");
    out.doc("//!", &input.provenance());
    out.line("");
    emit_imports(table, input, &mut out);
    emit_row_type(table, docs, links, &mut out);
    for (number, column) in table.columns.iter().enumerate() {
        let docs = column_docs(&column.schema.name);
        emit_constant(column, number, table, docs, links, &mut out);
    }
    emit_indexes(table, input.model, &mut out);
    for (column, enumeration) in table.enumerations() {
        let docs = column_docs(&column.schema.name);
        emit_enumeration(enumeration, column, table, docs, links, &mut out);
    }
    emit_definition(table, input.model, &mut out);

    out.line("");
    out.line(&format!("impl Table for {} {{", table.type_name));
    out.line("    const DEFINITION: &'static TableDef = &DEFINITION;");
    out.line("");
    out.line("    fn from_row(row: Row) -> Self {");
    out.line("        Self(row)");
    out.line("    }");
    out.line("");
    out.line("    fn as_row(&self) -> &Row {");
    out.line("        &self.0");
    out.line("    }");
    out.line("");
    emit_visit(table, &mut out);
    out.line("}");
    out.line("");
    out.line(&format!("impl fmt::Debug for {} {{", table.type_name));
    out.line("    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {");
    out.line("        debug(self, f)");
    out.line("    }");
    out.line("}");
    if !table.columns.is_empty() {
        out.line("");
        out.line(&format!("impl {} {{", table.type_name));
        for (number, column) in table.columns.iter().enumerate() {
            if number > 0 {
                out.line("");
            }
            emit_method(column, column_docs(&column.schema.name), links, &mut out);
        }
        out.line("}");
    }
    GeneratedFile {
        path: format!("{}/{}.rs", input.options.module, table.module).into(),
        text: out.finish(),
    }
}

/// The method that shows each column to a visitor.
fn emit_visit(table: &TableModel<'_>, out: &mut Source) {
    if table.columns.is_empty() {
        out.line("    fn visit(&self, _visitor: &mut impl Visit) {}");
        return;
    }
    out.line("    fn visit(&self, visitor: &mut impl Visit) {");
    for column in &table.columns {
        let value = format!("self.{}()", column.method);
        out.call("        visitor.column", &[&column.constant, &value]);
    }
    out.line("    }");
}

fn title(
    table: &TableModel<'_>,
    docs: &TableDocs,
    input: Input<'_>,
    links: FileLinks<'_>,
) -> String {
    let title = inlines_to_markdown(&[Inline::Text(docs.title.clone())], &links);
    match title.trim_end_matches('.') {
        "" => format!(
            "Table `{}` of `{}`.",
            table.schema.name, input.model.schema.name
        ),
        title => format!("`{}`: {title}.", table.schema.name),
    }
}

fn emit_imports(table: &TableModel<'_>, input: Input<'_>, out: &mut Source) {
    let mut names = BTreeSet::from(["Row", "Table", "TableDef", "Visit", "debug"]);
    if !table.columns.is_empty() {
        names.extend(["BaseDef", "Column", "ColumnDef", "Kind"]);
    }
    if has_indexes(table) {
        names.insert("Index");
    }
    for column in &table.columns {
        let column_type = &column.schema.column_type;
        if column.value.is_some() {
            names.extend(["Map", "MapView"]);
        } else if !column_type.is_scalar() && !column_type.is_optional() {
            names.extend(["Set", "SetView"]);
        }
        if column_type.max == UNLIMITED {
            names.insert("UNLIMITED");
        }
        for element in column.elements() {
            match element {
                ElementModel::Plain(Kind::Uuid) => names.insert("Uuid"),
                ElementModel::Plain(_) => false,
                ElementModel::Reference(_) => names.insert("Ref"),
                ElementModel::Enumeration(_) => names.insert("Enumeration"),
            };
        }
        let bases = std::iter::once(&column_type.key).chain(&column_type.value);
        if bases.into_iter().any(|base| base.reference.is_some()) {
            names.insert("RefKind");
        }
    }
    let names: Vec<&str> = names.into_iter().collect();
    out.line("use std::fmt;");
    out.line("");
    out.import("use ovsdb_client::table", &names);

    let others: BTreeSet<usize> = table.referenced().collect();
    let mut others: Vec<&TableModel<'_>> = others
        .into_iter()
        .map(|place| &input.model.tables[place])
        .filter(|other| other.module != table.module)
        .collect();
    others.sort_by(|a, b| version_order(&a.module, &b.module));
    out.line("");
    for other in others {
        out.line(&format!(
            "use super::{}::{};",
            other.module, other.type_name
        ));
    }
}

fn emit_row_type(table: &TableModel<'_>, docs: &TableDocs, links: FileLinks<'_>, out: &mut Source) {
    const MARK: &str = "///";
    let width = WIDTH - MARK.len() - 1;
    out.line("");
    let body = blocks_to_markdown(&docs.body, &links, width);
    if body.is_empty() {
        out.doc(MARK, &format!("A row of `{}`.", table.schema.name));
    } else {
        out.docs(MARK, &body);
    }
    for group in &docs.groups {
        let columns: Vec<Inline> = group
            .columns
            .iter()
            .map(|column| {
                Inline::Reference(Target {
                    column: Some(column.clone()),
                    ..Target::default()
                })
            })
            .collect();
        let columns: Vec<String> = columns
            .iter()
            .map(|column| inlines_to_markdown(std::slice::from_ref(column), &links))
            .collect();
        let title = inlines_to_markdown(&[Inline::Text(group.title.clone())], &links);
        out.line(MARK);
        out.doc(MARK, &format!("# {title}"));
        let body = blocks_to_markdown(&group.body, &links, width);
        if !body.is_empty() {
            out.line(MARK);
            out.docs(MARK, &body);
        }
        if !columns.is_empty() {
            out.line(MARK);
            let noun = if columns.len() == 1 {
                "Column"
            } else {
                "Columns"
            };
            out.doc(MARK, &format!("{noun}: {}.", columns.join(", ")));
        }
    }
    out.line("#[derive(Clone, PartialEq, Eq)]");
    out.line(&format!("pub struct {}(Row);", table.type_name));
}
