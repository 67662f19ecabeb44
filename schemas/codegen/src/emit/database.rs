//! The file that declares the tables of a database.

use crate::GeneratedFile;
use crate::docs::{Inline, blocks_to_markdown, inlines_to_markdown};
use crate::emit::Input;
use crate::emit::links::FileLinks;
use crate::emit::source::{Source, WIDTH};
use crate::name::version_order;

/// The file of the module, which holds a module for each table and the database's definition.
pub(crate) fn database_file(input: Input<'_>) -> GeneratedFile {
    const MARK: &str = "//!";
    let schema = input.model.schema;
    let links = FileLinks {
        model: input.model,
        table: None,
    };
    let mut out = Source::default();
    let title = inlines_to_markdown(&[Inline::Text(input.docs.title.clone())], &links);
    out.doc(
        MARK,
        &match title.trim_end_matches('.') {
            "" => format!("The tables of `{}`.", schema.name),
            title => format!("`{}`: {title}.", schema.name),
        },
    );
    out.line(MARK);
    out.doc(MARK, &input.provenance());
    let body = blocks_to_markdown(&input.docs.body, &links, WIDTH - MARK.len() - 1);
    if !body.is_empty() {
        out.line(MARK);
        out.docs(MARK, &body);
    }

    let mut tables: Vec<_> = input.model.tables.iter().collect();
    tables.sort_by(|a, b| a.module.cmp(&b.module));
    out.line("");
    for table in &tables {
        out.line(&format!("pub mod {};", table.module));
    }
    out.line("");
    out.line("use ovsdb_client::table::{DatabaseDef, Row, Table, Visit};");
    tables.sort_by(|a, b| version_order(&a.module, &b.module));
    out.line("");
    for table in &tables {
        let mut names = vec![table.type_name.as_str()];
        names.extend(table.enumerations().map(|(_, e)| e.type_name.as_str()));
        names.sort_by(|a, b| version_order(a, b));
        out.import(&format!("pub use self::{}", table.module), &names);
    }

    out.line("");
    out.line("/// The database, with its tables ascending by name.");
    out.line("pub static DATABASE: DatabaseDef = DatabaseDef {");
    out.line(&format!("    name: {:?},", schema.name));
    out.line(&format!("    version: {:?},", schema.version));
    let definitions: Vec<String> = input
        .model
        .tables
        .iter()
        .map(|table| format!("&{}::DEFINITION", table.module))
        .collect();
    out.list("    tables: &", &definitions);
    out.line("};");

    out.line("");
    out.doc(
        "///",
        "Shows a row of the table called `table` to `visitor`, read by the generated type; false \
         when there is no such table.",
    );
    out.line("pub fn visit(table: &str, row: Row, visitor: &mut impl Visit) -> bool {");
    out.line("    match table {");
    for table in &input.model.tables {
        let call = format!("{}::from_row(row).visit(visitor)", table.type_name);
        out.arm("        ", &format!("{:?}", table.schema.name), &call, ";");
    }
    out.line("        _ => return false,");
    out.line("    }");
    out.line("    true");
    out.line("}");
    GeneratedFile {
        path: format!("{}.rs", input.options.module).into(),
        text: out.finish(),
    }
}
