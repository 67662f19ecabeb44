//! The model: a schema with the Rust names and types chosen for everything in it.

use ovsdb_client::schema::{BaseType, ColumnSchema, DatabaseSchema, TableSchema};
use ovsdb_client::value::{Atom, Kind};

use crate::name::{Scope, constant_name, snake_name, type_name, variant_name};

/// Type names that generated files import, that the prelude gives or that would only confuse.
const TAKEN_TYPES: &str = "BaseDef Box Clone Column ColumnDef DatabaseDef Debug Enumeration Eq \
    Err Hash Index Kind Map MapView None Ok Option PartialEq Ref RefKind Result Row Self Set \
    SetView Some String Table TableDef Uuid Vec Visit";

/// Constants that a table's file declares or imports for itself.
const TAKEN_CONSTANTS: &str = "BOOLEAN DEFINITION INTEGER PLAIN REAL STRING UNLIMITED UUID";

/// Methods that rows have already.
const TAKEN_METHODS: &str = "as_row clone eq fmt from_row get into ne uuid visit";

/// Variants that every enumeration has, and what is no identifier.
const TAKEN_VARIANTS: &str = "Other Self";

/// A database to generate.
#[derive(Debug)]
pub(crate) struct Model<'a> {
    /// Its schema.
    pub(crate) schema: &'a DatabaseSchema,
    /// Its tables, ascending by name.
    pub(crate) tables: Vec<TableModel<'a>>,
}

/// A table to generate.
#[derive(Debug)]
pub(crate) struct TableModel<'a> {
    /// Its schema.
    pub(crate) schema: &'a TableSchema,
    /// The module, which is also the file's name.
    pub(crate) module: String,
    /// The row type.
    pub(crate) type_name: String,
    /// The columns, ascending by name.
    pub(crate) columns: Vec<ColumnModel<'a>>,
    /// The schema's indexes, in its order.
    pub(crate) indexes: Vec<IndexModel>,
}

/// An index to generate.
#[derive(Debug)]
pub(crate) struct IndexModel {
    /// The constant.
    pub(crate) constant: String,
    /// The places of the columns.
    pub(crate) columns: Vec<usize>,
}

/// A column to generate.
#[derive(Debug)]
pub(crate) struct ColumnModel<'a> {
    /// Its schema.
    pub(crate) schema: &'a ColumnSchema,
    /// The constant.
    pub(crate) constant: String,
    /// The method.
    pub(crate) method: String,
    /// The type of the atoms or keys.
    pub(crate) key: ElementModel,
    /// The type of a map's values.
    pub(crate) value: Option<ElementModel>,
}

/// The Rust type of an atom.
#[derive(Debug)]
pub(crate) enum ElementModel {
    /// The plain type of this kind.
    Plain(Kind),
    /// A reference to the table with this place in the model.
    Reference(usize),
    /// A type of its own.
    Enumeration(EnumerationModel),
}

/// An enumeration to generate.
#[derive(Debug)]
pub(crate) struct EnumerationModel {
    /// The type.
    pub(crate) type_name: String,
    /// The variants with the strings they stand for.
    pub(crate) variants: Vec<(String, String)>,
}

impl<'a> Model<'a> {
    /// Chooses the names.
    pub(crate) fn new(schema: &'a DatabaseSchema) -> Self {
        let mut types = Scope::with(TAKEN_TYPES);
        let mut modules = Scope::default();
        // Tables first, so that no enumeration takes a table's name.
        let mut tables: Vec<TableModel<'a>> = schema
            .tables
            .iter()
            .map(|table| TableModel {
                schema: table,
                module: modules.take(&snake_name(&table.name), "_"),
                type_name: types.take(&type_name(&table.name), "Table"),
                columns: Vec::new(),
                indexes: Vec::new(),
            })
            .collect();
        for table in &mut tables {
            let mut constants = Scope::with(TAKEN_CONSTANTS);
            let mut methods = Scope::with(TAKEN_METHODS);
            for column in &table.schema.columns {
                let mut element = |base: &BaseType, part: &str| {
                    let wanted = format!("{}{}{part}", table.type_name, type_name(&column.name));
                    ElementModel::new(base, schema, &wanted, &mut types)
                };
                let value = column.column_type.value.as_ref();
                let key_part = if value.is_some() { "Key" } else { "" };
                table.columns.push(ColumnModel {
                    schema: column,
                    constant: constants.take(&constant_name(&column.name), "_"),
                    method: methods.take(&snake_name(&column.name), "_"),
                    key: element(&column.column_type.key, key_part),
                    value: value.map(|value| element(value, "Value")),
                });
            }
            for names in &table.schema.indexes {
                let wanted: Vec<String> = names.iter().map(|name| constant_name(name)).collect();
                let columns = table.schema.columns.iter();
                table.indexes.push(IndexModel {
                    constant: constants.take(&format!("BY_{}", wanted.join("_")), "_"),
                    columns: names
                        .iter()
                        .filter_map(|name| columns.clone().position(|column| column.name == *name))
                        .collect(),
                });
            }
        }
        Self { schema, tables }
    }

    /// The table that the schema calls `name`.
    pub(crate) fn table(&self, name: &str) -> Option<&TableModel<'a>> {
        self.tables.iter().find(|table| *table.schema.name == *name)
    }
}

impl<'a> TableModel<'a> {
    /// The column that the schema calls `name`.
    pub(crate) fn column(&self, name: &str) -> Option<&ColumnModel<'a>> {
        self.columns
            .iter()
            .find(|column| *column.schema.name == *name)
    }

    /// The places of the tables that columns refer to; one that several refer to comes as often.
    pub(crate) fn referenced(&self) -> impl Iterator<Item = usize> {
        self.columns
            .iter()
            .flat_map(ColumnModel::elements)
            .filter_map(|element| match element {
                ElementModel::Reference(place) => Some(*place),
                ElementModel::Plain(_) | ElementModel::Enumeration(_) => None,
            })
    }

    /// The enumerations of the table's columns, each with its column.
    pub(crate) fn enumerations(
        &self,
    ) -> impl Iterator<Item = (&ColumnModel<'a>, &EnumerationModel)> {
        self.columns.iter().flat_map(|column| {
            column.elements().filter_map(move |element| match element {
                ElementModel::Enumeration(enumeration) => Some((column, enumeration)),
                ElementModel::Plain(_) | ElementModel::Reference(_) => None,
            })
        })
    }
}

impl ColumnModel<'_> {
    /// The types of atoms or keys, and of values.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &ElementModel> {
        std::iter::once(&self.key).chain(&self.value)
    }
}

impl ElementModel {
    fn new(base: &BaseType, schema: &DatabaseSchema, wanted: &str, types: &mut Scope) -> Self {
        if let Some(reference) = &base.reference
            && let Some(place) = schema
                .tables
                .iter()
                .position(|table| table.name == reference.table)
        {
            return Self::Reference(place);
        }
        // Only strings get a type of their own: integers that are listed stay integers.
        if base.kind != Kind::String || base.enumeration.is_empty() {
            return Self::Plain(base.kind);
        }
        let mut scope = Scope::with(TAKEN_VARIANTS);
        let variants = base
            .enumeration
            .iter()
            .filter_map(|atom| match atom {
                Atom::String(value) => {
                    let name = scope.take(&variant_name(value), "Value");
                    Some((name, value.to_string()))
                }
                _ => None,
            })
            .collect();
        Self::Enumeration(EnumerationModel {
            type_name: types.take(wanted, "Enum"),
            variants,
        })
    }
}
