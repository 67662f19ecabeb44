//! Conversion: the rows of one schema as rows of another.

use std::sync::Arc;

use crate::replica::tree::Tree;
use crate::replica::{Replica, State};
use crate::row::{Row, RowBuilder};
use crate::schema::{DatabaseLayout, TableLayout};

impl Replica {
    /// Goes over to another layout, as after a schema conversion: tables and columns of the same
    /// name and kind keep their values, others go, new ones hold their default.
    ///
    /// Snapshots taken before keep the old layout; the generation grows. It makes no change batch: what differs for a
    /// reader comes with the rows that the server sends next.
    pub fn convert(&mut self, layout: Arc<DatabaseLayout>) {
        let old = Arc::clone(&self.state);
        let tables = layout
            .tables()
            .iter()
            .map(|table| match old.layout.table_number(&table.name) {
                Some(number) => {
                    let from = &old.layout.tables()[number];
                    convert_rows(&old.tables[number], from, table, &mut self.builder)
                }
                None => Tree::default(),
            })
            .collect();
        self.state = Arc::new(State {
            layout,
            tables,
            generation: old.generation + 1,
        });
    }
}

fn convert_rows(
    rows: &Tree,
    from: &TableLayout,
    to: &TableLayout,
    builder: &mut RowBuilder,
) -> Tree {
    if from == to {
        return rows.clone();
    }
    let numbers: Vec<(u16, u16)> = to
        .present()
        .filter_map(|(number, column)| {
            let old = from.column_number(&column.name)?;
            let kinds = from.column(old)?.column_type.kinds();
            (kinds == column.column_type.kinds()).then_some((old, number))
        })
        .collect();
    let mut tree = Tree::default();
    for (uuid, row) in rows.iter() {
        tree.insert(*uuid, convert_row(row, &numbers, from, to, builder));
    }
    tree
}

fn convert_row(
    row: &Row,
    numbers: &[(u16, u16)],
    from: &TableLayout,
    to: &TableLayout,
    builder: &mut RowBuilder,
) -> Row {
    builder.clear();
    for &(old, new) in numbers {
        let mut payload = row.payload(old).to_vec();
        let types = from.column(old).zip(to.column(new));
        if let Some((old, new)) = types {
            // A default that one layout stores as nothing may be a value of its own in the other.
            if payload.is_empty() && old.column_type.is_scalar() {
                payload = old.column_type.default_payload();
            }
            new.column_type.drop_default(&mut payload, 0);
        }
        builder.put(new, &payload);
    }
    for (number, absent) in to.absents() {
        if !builder.has(number) {
            builder.put(number, absent);
        }
    }
    builder.row(row.uuid())
}
