//! Conversion: the rows of one schema as rows of another.

use std::sync::Arc;

use crate::replica::stored::{Rows, Stored};
use crate::replica::{Replica, RowChanged, State};
use crate::row::{Row, RowBuilder};
use crate::schema::{DatabaseLayout, TableLayout};

impl Replica {
    /// Goes over to another layout, as after a schema conversion: tables and columns of the same
    /// name and kind keep their values, others go, new ones hold their default.
    ///
    /// Snapshots taken before keep the old layout; the generation grows. Declared indexes stay,
    /// as far as the new layout has their columns. It makes no change batch: what differs for a
    /// reader comes with the rows that the server sends next.
    pub fn convert(&mut self, layout: Arc<DatabaseLayout>) {
        let old = Arc::clone(&self.state);
        let tables = layout
            .tables()
            .iter()
            .map(|table| {
                let known = old.layout.table_number(&table.name);
                let known = known.map(|number| (&old.layout.tables()[number], &old.tables[number]));
                let (rows, same) = match known {
                    Some((from, known)) if from == table => (known.rows.clone(), Some(&**known)),
                    Some((from, known)) => (
                        convert_rows(&known.rows, from, table, &mut self.builder),
                        None,
                    ),
                    None => (Rows::default(), None),
                };
                Arc::new(Stored::new(rows, &layout, table, &self.declared, same))
            })
            .collect();
        self.state = Arc::new(State {
            layout,
            tables,
            generation: old.generation + 1,
        });
    }
}

impl RowChanged {
    /// The same change in rows of another layout; `None` where that has nothing of it.
    #[cfg_attr(
        not(feature = "runtime"),
        expect(
            dead_code,
            reason = "only the runtime's change streams convert changes"
        )
    )]
    pub(crate) fn convert(
        &self,
        from: &TableLayout,
        to: &TableLayout,
        builder: &mut RowBuilder,
    ) -> Option<Self> {
        let numbers = kept_columns(from, to);
        let mut convert = |row: &Option<Row>| {
            let row = row.as_ref()?;
            Some(convert_row(row, &numbers, from, to, builder))
        };
        let (old, new) = (convert(&self.old), convert(&self.new));
        let uuid = self.uuid;
        (old != new).then_some(Self { uuid, old, new })
    }
}

fn convert_rows(
    rows: &Rows,
    from: &TableLayout,
    to: &TableLayout,
    builder: &mut RowBuilder,
) -> Rows {
    let numbers = kept_columns(from, to);
    let rows = rows
        .iter()
        .map(|(uuid, row)| (*uuid, convert_row(row, &numbers, from, to, builder)));
    Rows::from_sorted(rows.collect())
}

/// The columns whose values are kept, by their numbers in the old layout and in the new one.
fn kept_columns(from: &TableLayout, to: &TableLayout) -> Vec<(u16, u16)> {
    to.present()
        .filter_map(|(number, column)| {
            let old = from.column_number(&column.name)?;
            let kinds = from.column(old)?.column_type.kinds();
            (kinds == column.column_type.kinds()).then_some((old, number))
        })
        .collect()
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
