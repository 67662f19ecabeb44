//! Column documentation: what the upstream XML files say about tables, columns and map keys.
//!
//! **Source**: the format that `ovsdb-doc` of Open vSwitch reads: `database` holds `table`s, these
//! `group`s and `column`s, and prose of `p`, `ul`, `ol`, `dl`, `pre` with inline `code`, `var`,
//! `em`, `b`, `dfn`, `option` and `ref`.

mod read;
mod render;
mod summary;
mod wrap;

use std::collections::BTreeMap;

pub use self::read::DocsError;
pub use self::render::{Links, blocks_to_markdown, inlines_to_markdown};
pub(crate) use self::render::{code, push_item, titled};
pub use self::summary::first_sentence;
pub use self::wrap::wrap;

/// The documentation of one database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatabaseDocs {
    /// The title, such as `OVN Northbound Database`; empty where there is none.
    pub title: String,
    /// The prose before the first table.
    pub body: Vec<Block>,
    /// The tables by name.
    pub tables: BTreeMap<String, TableDocs>,
}

/// The documentation of one table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableDocs {
    /// The title, such as `L2 logical switch`; empty where there is none.
    pub title: String,
    /// The prose outside of groups and columns.
    pub body: Vec<Block>,
    /// The groups, nested ones after the one that holds them.
    pub groups: Vec<GroupDocs>,
    /// The columns by name.
    pub columns: BTreeMap<String, ColumnDocs>,
}

/// A titled group of columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupDocs {
    /// The title; of a nested group, its own only.
    pub title: String,
    /// The prose outside of columns.
    pub body: Vec<Block>,
    /// The columns documented directly in it, each once, in the order of the text.
    pub columns: Vec<String>,
}

/// The documentation of one column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnDocs {
    /// The prose about the column as a whole; empty where only keys are documented.
    pub body: Vec<Block>,
    /// The documented keys of a map, in the order of the text.
    pub keys: Vec<KeyDocs>,
}

/// The documentation of one key of a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyDocs {
    /// The key.
    pub name: String,
    /// The title of the group it stands in; empty outside of groups.
    pub group: String,
    /// The type of its value, as schema JSON; `None` for any string.
    pub value_type: Option<String>,
    /// The prose.
    pub body: Vec<Block>,
}

/// A block of prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A heading inside a table's or column's prose.
    Heading(Vec<Inline>),
    /// A list; its items are blocks themselves.
    List {
        /// Whether the items are numbered.
        ordered: bool,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// Terms with what they mean.
    Terms(Vec<Term>),
    /// Text to be shown as it is.
    Preformatted(String),
}

/// One or several terms with their common meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// The terms.
    pub names: Vec<Vec<Inline>>,
    /// The meaning.
    pub body: Vec<Block>,
}

/// A piece of running text; white space is collapsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Literal text.
    Code(String),
    /// Emphasised text.
    Emphasis(Vec<Inline>),
    /// Strongly emphasised text.
    Strong(Vec<Inline>),
    /// A reference to a database, table, column or key.
    Reference(Target),
}

/// What a reference names; what is left out is that of the place it stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The database, if another.
    pub database: Option<String>,
    /// The table, if another.
    pub table: Option<String>,
    /// The column.
    pub column: Option<String>,
    /// The key of the column, which is a map.
    pub key: Option<String>,
    /// The title of a group of columns.
    pub group: Option<String>,
}
