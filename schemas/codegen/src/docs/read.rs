//! Reads the XML into the documentation tree.

use roxmltree::{Document, Node};

use crate::docs::{
    Block, ColumnDocs, DatabaseDocs, GroupDocs, Inline, KeyDocs, TableDocs, Target, Term,
};

/// Why a documentation file was refused.
#[derive(Debug, thiserror::Error)]
pub enum DocsError {
    /// The text is no well-formed XML.
    #[error("the documentation is no XML")]
    Xml(#[source] roxmltree::Error),
    /// The outermost element is another one.
    #[error("the documentation is a `{0}`, not a `database`")]
    NoDatabase(String),
}

impl DatabaseDocs {
    /// Reads a documentation file.
    ///
    /// Elements that are not known are read through: their text stays.
    ///
    /// # Errors
    /// When the text is no XML or describes something else than a database.
    pub fn parse(text: &str) -> Result<Self, DocsError> {
        let document = Document::parse(text).map_err(DocsError::Xml)?;
        let root = document.root_element();
        if !root.has_tag_name("database") {
            return Err(DocsError::NoDatabase(root.tag_name().name().to_owned()));
        }
        let tables = root
            .children()
            .filter(|node| node.has_tag_name("table"))
            .map(|node| (attribute(node, "name"), read_table(node)))
            .collect();
        Ok(Self {
            title: attribute(root, "title"),
            body: read_blocks(root),
            tables,
        })
    }
}

fn read_table(node: Node<'_, '_>) -> TableDocs {
    let mut table = TableDocs {
        title: attribute(node, "title"),
        body: read_blocks(node),
        ..TableDocs::default()
    };
    read_columns(node, None, &mut table);
    table
}

/// Adds the columns and groups below `node`, which stands in the group numbered `group`.
fn read_columns(node: Node<'_, '_>, group: Option<usize>, table: &mut TableDocs) {
    for child in node.children() {
        if child.has_tag_name("group") {
            table.groups.push(GroupDocs {
                title: attribute(child, "title"),
                body: read_blocks(child),
                columns: Vec::new(),
            });
            let number = table.groups.len() - 1;
            read_columns(child, Some(number), table);
        } else if child.has_tag_name("column") {
            read_column(child, group, table);
        }
    }
}

fn read_column(node: Node<'_, '_>, group: Option<usize>, table: &mut TableDocs) {
    let name = attribute(node, "name");
    let mut title = String::new();
    if let Some(group) = group.map(|number| &mut table.groups[number]) {
        title.clone_from(&group.title);
        if !group.columns.contains(&name) {
            group.columns.push(name.clone());
        }
    }
    let column: &mut ColumnDocs = table.columns.entry(name).or_default();
    match node.attribute("key") {
        // A column can be described in several groups, once for each use of it.
        None => column.body.extend(read_blocks(node)),
        Some(key) => column.keys.push(KeyDocs {
            name: key.to_owned(),
            group: title,
            value_type: node.attribute("type").map(str::to_owned),
            body: read_blocks(node),
        }),
    }
}

/// The blocks directly below `node`; tables, groups and columns are read elsewhere.
fn read_blocks(node: Node<'_, '_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph = Vec::new();
    for child in node.children() {
        let block = match child.tag_name().name() {
            "table" | "group" | "column" => Vec::new(),
            "p" => read_blocks(child),
            "h1" | "h2" | "h3" | "h4" => vec![Block::Heading(read_inlines(child))],
            "ul" | "ol" => vec![Block::List {
                ordered: child.has_tag_name("ol"),
                items: elements(child).map(read_blocks).collect(),
            }],
            "dl" => vec![Block::Terms(read_terms(child))],
            "pre" => vec![Block::Preformatted(dedent(&all_text(child)))],
            "diagram" => vec![Block::Preformatted(read_diagram(child))],
            _ => {
                push_inline(child, &mut paragraph);
                continue;
            }
        };
        end_paragraph(&mut paragraph, &mut blocks);
        blocks.extend(block);
    }
    end_paragraph(&mut paragraph, &mut blocks);
    blocks
}

fn read_terms(node: Node<'_, '_>) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    for child in elements(node) {
        let described = terms.last().is_none_or(|term| !term.body.is_empty());
        if child.has_tag_name("dt") {
            if described {
                terms.push(Term::default());
            }
            if let Some(term) = terms.last_mut() {
                term.names.push(read_inlines(child));
            }
        } else if let Some(term) = terms.last_mut() {
            term.body.extend(read_blocks(child));
        }
    }
    terms
}

/// A packet diagram as text: a line for each header with its fields and their widths.
fn read_diagram(node: Node<'_, '_>) -> String {
    let mut lines = Vec::new();
    for header in elements(node).filter(|child| child.has_tag_name("header")) {
        let fields: Vec<String> = elements(header)
            .map(|bits| match attribute(bits, "width") {
                width if width.is_empty() => attribute(bits, "name"),
                width => format!("{} ({width})", attribute(bits, "name")),
            })
            .collect();
        lines.push(format!(
            "{}: {}",
            attribute(header, "name"),
            fields.join(", ")
        ));
    }
    lines.join("\n")
}

fn end_paragraph(paragraph: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    let inlines = trim(std::mem::take(paragraph));
    if !inlines.is_empty() {
        blocks.push(Block::Paragraph(inlines));
    }
}

fn read_inlines(node: Node<'_, '_>) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for child in node.children() {
        push_inline(child, &mut inlines);
    }
    trim(inlines)
}

fn push_inline(node: Node<'_, '_>, out: &mut Vec<Inline>) {
    if node.is_text() {
        let text = straight_quotes(&collapse(node.text().unwrap_or_default()));
        match out.last_mut() {
            Some(Inline::Text(last)) if last.ends_with(' ') => last.push_str(text.trim_start()),
            Some(Inline::Text(last)) => last.push_str(&text),
            _ if text.is_empty() => {}
            _ => out.push(Inline::Text(text)),
        }
    } else if node.is_element() {
        let text = |node| collapse(&all_text(node)).trim().to_owned();
        match node.tag_name().name() {
            "code" | "option" => push_filled(Inline::Code(text(node)), out),
            "em" | "var" | "dfn" | "i" => push_filled(Inline::Emphasis(read_inlines(node)), out),
            "b" => push_filled(Inline::Strong(read_inlines(node)), out),
            "ref" => out.push(Inline::Reference(read_target(node))),
            _ => {
                for child in node.children() {
                    push_inline(child, out);
                }
            }
        }
    }
}

/// Appends a piece unless it is empty; pieces of one kind side by side become one.
fn push_filled(inline: Inline, out: &mut Vec<Inline>) {
    match (inline, out.last_mut()) {
        (Inline::Code(text), _) if text.is_empty() => {}
        (Inline::Emphasis(inner) | Inline::Strong(inner), _) if inner.is_empty() => {}
        (Inline::Code(text), Some(Inline::Code(last))) => last.push_str(&text),
        (Inline::Emphasis(inner), Some(Inline::Emphasis(last))) => last.extend(inner),
        (Inline::Strong(inner), Some(Inline::Strong(last))) => last.extend(inner),
        (inline, _) => out.push(inline),
    }
}

fn read_target(node: Node<'_, '_>) -> Target {
    let member = |name| node.attribute(name).map(str::to_owned);
    let mut target = Target {
        database: member("db"),
        table: member("table"),
        column: member("column"),
        key: member("key"),
        group: member("group"),
    };
    // `column="options:peer"` is met beside `column="options" key="peer"`.
    if let Some(column) = &target.column
        && let Some((column, key)) = column.split_once(':')
    {
        target.key = Some(key.to_owned());
        target.column = Some(column.to_owned());
    }
    target
}

/// Drops white space at both ends.
fn trim(mut inlines: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text(first)) = inlines.first_mut() {
        *first = first.trim_start().to_owned();
    }
    if let Some(Inline::Text(last)) = inlines.last_mut() {
        *last = last.trim_end().to_owned();
    }
    inlines.retain(|inline| *inline != Inline::Text(String::new()));
    inlines
}

/// Every run of white space as one space.
fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

/// Typesetter's quotes (two backquotes, two apostrophes) as plain ones.
fn straight_quotes(text: &str) -> String {
    text.replace("``", "\"").replace("''", "\"")
}

/// Takes off blank lines at both ends and the indentation that all lines share.
fn dedent(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let filled = || lines.iter().filter(|line| !line.is_empty());
    let indent = filled()
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or_default();
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.get(indent..).unwrap_or_default())
        .collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

fn all_text(node: Node<'_, '_>) -> String {
    node.descendants()
        .filter(Node::is_text)
        .filter_map(|text| text.text())
        .collect()
}

fn attribute(node: Node<'_, '_>, name: &str) -> String {
    node.attribute(name).unwrap_or_default().trim().to_owned()
}

fn elements<'a, 'input>(node: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(Node::is_element)
}
