//! Stored tables: the rows of one table with the indexes on them.

use uuid::Uuid;

use crate::replica::change::RowChanged;
use crate::replica::index::{IndexColumns, IndexError, IndexSpec, Kept, Slot, cells_of};
use crate::replica::tree::Tree;
use crate::row::Row;
use crate::schema::{DatabaseLayout, TableLayout};

/// The rows of a table, ascending by UUID.
pub(crate) type Rows = Tree<Uuid, Row>;

/// One table of a replica.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stored {
    pub(crate) rows: Rows,
    pub(crate) slots: Vec<Slot>,
}

impl Stored {
    /// A table with these rows, with the indexes of the schema and those declared. What `old`, in
    /// which the same rows stand, has of them is taken over.
    pub(crate) fn new(
        rows: Rows,
        layout: &DatabaseLayout,
        table: &TableLayout,
        declared: &[IndexSpec],
        old: Option<&Self>,
    ) -> Self {
        let old = old.map_or(&[][..], |old| &old.slots);
        let mut stored = Self {
            rows,
            slots: Vec::new(),
        };
        let schema = layout.schema.table(&table.name);
        for names in schema.into_iter().flat_map(|schema| &schema.indexes) {
            let columns = IndexColumns::of(&table.name);
            let columns = names.iter().fold(columns, |all, name| all.column(name));
            // An index with a column that is not read is none.
            if let Ok(cells) = cells_of(&columns, table) {
                stored.place(Kept::Hash(cells), old);
            }
        }
        for spec in declared.iter().filter(|spec| *spec.table() == *table.name) {
            // What this schema lacks is kept once another one has it.
            if let Ok(kept) = resolve(spec, table) {
                let place = stored.place(kept, old);
                stored.slots[place].keep(&stored.rows);
            }
        }
        stored
    }

    /// Keeps an index from now on.
    pub(crate) fn declare(
        &mut self,
        spec: &IndexSpec,
        layout: &TableLayout,
    ) -> Result<(), IndexError> {
        let kept = resolve(spec, layout)?;
        let place = self.place(kept, &[]);
        self.slots[place].keep(&self.rows);
        Ok(())
    }

    /// The place of this index's slot, which is made where there is none.
    fn place(&mut self, kept: Kept, old: &[Slot]) -> usize {
        let is_it = |slot: &Slot| *slot.kept() == kept;
        if let Some(place) = self.slots.iter().position(is_it) {
            return place;
        }
        let slot = old.iter().find(|slot| is_it(slot)).cloned();
        self.slots
            .push(slot.unwrap_or_else(|| Slot::on_demand(kept)));
        self.slots.len() - 1
    }

    /// Brings the indexes to the rows as they are after these changes.
    pub(crate) fn index(&mut self, changes: &[RowChanged]) {
        for slot in &mut self.slots {
            slot.change(&self.rows, changes);
        }
    }
}

fn resolve(spec: &IndexSpec, layout: &TableLayout) -> Result<Kept, IndexError> {
    Ok(match spec {
        IndexSpec::Hash(columns) => Kept::Hash(cells_of(columns, layout)?),
        IndexSpec::Ordered(columns) => Kept::Ordered(cells_of(columns, layout)?),
        IndexSpec::References { table, column } => {
            let number = layout.column_number(column);
            let known = number.and_then(|number| Some((number, layout.column(number)?)));
            let (number, known) = known.ok_or_else(|| IndexError::Column {
                table: table.clone(),
                column: column.clone(),
            })?;
            let column_type = &known.column_type;
            let mut bases = std::iter::once(&column_type.key).chain(&column_type.value);
            if !bases.any(|base| base.reference.is_some()) {
                return Err(IndexError::NoReference {
                    column: column.clone(),
                    column_type: Box::new(column_type.clone()),
                });
            }
            Kept::References(number, column_type.kinds())
        }
    })
}
