//! The constant that describes a table at run time.

use std::collections::BTreeSet;
use std::fmt::Debug;

use ovsdb_client::schema::{BaseType, ColumnSchema, UNLIMITED};
use ovsdb_client::value::{Atom, Kind};

use crate::emit::source::{Source, WIDTH};
use crate::model::{Model, TableModel};

/// The definition, one line a column where it fits, with the constants it is written in.
pub(crate) fn emit_definition(table: &TableModel<'_>, model: &Model<'_>, out: &mut Source) {
    if !table.columns.is_empty() {
        emit_shorthands(table, out);
    }
    out.line("");
    out.line("/// What the table holds, with its columns in the order of their numbers.");
    out.line("#[rustfmt::skip]");
    out.line("pub static DEFINITION: TableDef = TableDef {");
    out.line(&format!("    database: {:?},", model.schema.name));
    out.line(&format!("    name: {:?},", table.schema.name));
    out.line(&format!("    is_root: {},", table.schema.is_root));
    out.line(&format!("    max_rows: {:?},", table.schema.max_rows));
    if table.columns.is_empty() {
        out.line("    columns: &[],");
    } else {
        out.line("    columns: &[");
        for column in &table.schema.columns {
            emit_column(column, out);
        }
        out.line("    ],");
    }
    let indexes: Vec<String> = table
        .schema
        .indexes
        .iter()
        .map(|index| {
            let numbers: Vec<String> = index
                .iter()
                .filter_map(|name| table.schema.columns.iter().position(|c| c.name == *name))
                .map(|number| number.to_string())
                .collect();
            format!("&[{}]", numbers.join(", "))
        })
        .collect();
    out.line(&format!("    indexes: &[{}],", indexes.join(", ")));
    out.line("};");
}

/// The constants that keep the definition short.
fn emit_shorthands(table: &TableModel<'_>, out: &mut Source) {
    let mut kinds = BTreeSet::from([Kind::String]);
    for column in &table.schema.columns {
        let column_type = &column.column_type;
        kinds.insert(column_type.key.kind);
        kinds.extend(column_type.value.as_ref().map(|base| base.kind));
    }
    for kind in kinds {
        let words = match kind {
            Kind::Uuid => "UUID",
            _ => kind.name(),
        };
        out.line("");
        out.line(&format!("/// Any {words}."));
        out.line(&format!(
            "const {}: BaseDef = BaseDef::plain(Kind::{kind:?});",
            shorthand(kind),
        ));
    }
    out.line("");
    out.line("/// A scalar of any string: each column below says in what it differs.");
    out.line("const PLAIN: ColumnDef = ColumnDef {");
    for field in [
        "name: \"\"",
        "key: STRING",
        "value: None",
        "min: 1",
        "max: 1",
        "mutable: true",
        "ephemeral: false",
    ] {
        out.line(&format!("    {field},"));
    }
    out.line("};");
}

fn emit_column(column: &ColumnSchema, out: &mut Source) {
    let column_type = &column.column_type;
    let name = format!("name: {:?}", column.name);
    let key = BaseText::new("key: ", &column_type.key, "");
    let value = column_type.value.as_ref();
    let value = value.map(|value| BaseText::new("value: Some(", value, ")"));
    let types: Vec<BaseText> = std::iter::once(key)
        .filter(|key| key.one_line() != "key: STRING")
        .chain(value)
        .collect();
    let mut rest = Vec::new();
    if column_type.min != 1 {
        rest.push(format!("min: {}", column_type.min));
    }
    match column_type.max {
        1 => {}
        UNLIMITED => rest.push("max: UNLIMITED".to_owned()),
        max => rest.push(format!("max: {max}")),
    }
    if !column.mutable {
        rest.push("mutable: false".to_owned());
    }
    if column.ephemeral {
        rest.push("ephemeral: true".to_owned());
    }
    // Nothing may follow a struct's base, not even a comma.
    rest.push("..PLAIN".to_owned());

    let mut fields = vec![name.clone()];
    fields.extend(types.iter().map(BaseText::one_line));
    fields.extend_from_slice(&rest);
    let line = format!("        ColumnDef {{ {} }},", fields.join(", "));
    if line.len() <= WIDTH {
        out.line(&line);
        return;
    }
    out.line("        ColumnDef {");
    out.line(&format!("            {name},"));
    for base in types {
        base.emit(out);
    }
    out.line(&format!("            {}", rest.join(", ")));
    out.line("        },");
}

/// The field that holds the type of an atom, as text.
struct BaseText {
    /// What stands before the type.
    before: &'static str,
    /// The values allowed, as literals.
    values: Vec<String>,
    /// The other fields in which the type differs from the plain one.
    fields: Vec<String>,
    /// The plain type.
    plain: &'static str,
    /// What stands after the type.
    after: &'static str,
}

impl BaseText {
    fn new(before: &'static str, base: &BaseType, after: &'static str) -> Self {
        let mut fields = Vec::new();
        fields.extend(bounds("integers", base.min_integer, base.max_integer));
        fields.extend(bounds("reals", base.min_real, base.max_real));
        fields.extend(bounds("lengths", base.min_length, base.max_length));
        if let Some(reference) = &base.reference {
            fields.push(format!(
                "reference: Some(({:?}, RefKind::{:?}))",
                reference.table, reference.kind
            ));
        }
        let values = base.enumeration.iter().filter_map(|atom| match atom {
            Atom::String(value) => Some(format!("{value:?}")),
            _ => None,
        });
        Self {
            before,
            values: values.collect(),
            fields,
            plain: shorthand(base.kind),
            after,
        }
    }

    fn one_line(&self) -> String {
        let mut fields = self.fields.clone();
        if !self.values.is_empty() {
            fields.insert(0, format!("enumeration: &[{}]", self.values.join(", ")));
        }
        let (before, plain, after) = (self.before, self.plain, self.after);
        if fields.is_empty() {
            return format!("{before}{plain}{after}");
        }
        format!(
            "{before}BaseDef {{ {}, ..{plain} }}{after}",
            fields.join(", ")
        )
    }

    /// Appends the field as a line of its own, or as several if it lists too many values.
    fn emit(&self, out: &mut Source) {
        let line = format!("            {},", self.one_line());
        if line.len() <= WIDTH || self.values.is_empty() {
            out.line(&line);
            return;
        }
        out.line(&format!(
            "            {}BaseDef {{ enumeration: &[",
            self.before
        ));
        let mut line = String::new();
        for value in &self.values {
            let value = format!(" {value},");
            if !line.is_empty() && 15 + line.len() + value.len() > WIDTH {
                out.line(&format!("               {line}"));
                line.clear();
            }
            line.push_str(&value);
        }
        out.line(&format!("               {line}"));
        let fields: String = self.fields.iter().map(|f| format!("{f}, ")).collect();
        out.line(&format!(
            "            ], {fields}..{} }}{},",
            self.plain, self.after
        ));
    }
}

/// The field for a pair of bounds; `None` where neither is set.
fn bounds<T: Copy + Debug>(name: &str, least: Option<T>, most: Option<T>) -> Option<String> {
    (least.is_some() || most.is_some()).then(|| format!("{name}: ({least:?}, {most:?})"))
}

fn shorthand(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "INTEGER",
        Kind::Real => "REAL",
        Kind::Boolean => "BOOLEAN",
        Kind::String => "STRING",
        Kind::Uuid => "UUID",
    }
}
