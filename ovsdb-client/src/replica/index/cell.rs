//! Cells: one column's part of a key, as bytes that sort as the values do.
//!
//! A scalar is its atom. Everything else is each atom after a byte 1, and a byte 0 at the end, so
//! that an unset value sorts first and a set after each set that it begins with.

use crate::replica::index::{IndexColumns, IndexError};
use crate::row::Row;
use crate::schema::TableLayout;
use crate::table::{IndexPart, VisitKey};
use crate::value::order::push_ordered;
use crate::value::packed::{Atoms, Pairs, push_atom, take_atom, value_of};
use crate::value::{Atom, AtomRef, Datum, Kind};

const MORE: u8 = 1;
const END: u8 = 0;

/// Room for the keys that are usual: a name, or a few numbers.
const KEY_BYTES: usize = 64;

/// One column of a key in the rows of one layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    column: u16,
    /// The key of the map whose value counts, packed.
    key: Option<Box<[u8]>>,
    kinds: (Kind, Option<Kind>),
    is_scalar: bool,
}

/// The cells of these columns.
pub(crate) fn cells_of(
    columns: &IndexColumns,
    layout: &TableLayout,
) -> Result<Box<[Cell]>, IndexError> {
    let mut cells = Vec::with_capacity(columns.parts().len());
    for (name, key) in columns.parts() {
        let number = layout
            .column_number(name)
            .ok_or_else(|| IndexError::Column {
                table: layout.name.clone(),
                column: name.clone(),
            })?;
        let cell = Cell::new(layout, number, key.clone());
        cells.push(cell.ok_or_else(|| IndexError::MapKey {
            column: name.clone(),
            key: key.clone().unwrap_or(Atom::Boolean(false)),
            column_type: Box::new(layout.columns()[usize::from(number)].column_type.clone()),
        })?);
    }
    Ok(cells.into())
}

fn pack(atom: AtomRef<'_>) -> Box<[u8]> {
    let mut out = Vec::new();
    push_atom(&mut out, atom);
    out.into()
}

/// Whether this string was packed, told without packing it again.
fn is_packed(packed: &[u8], string: &str) -> bool {
    let mut rest = packed;
    take_atom(&mut rest, Kind::String) == Some(AtomRef::String(string))
}

impl Cell {
    /// The cell of a column or of a map's key; `None` where there is no such column or no such map.
    fn new(layout: &TableLayout, column: u16, key: Option<Atom>) -> Option<Self> {
        let column_type = &layout.column(column)?.column_type;
        let kinds = column_type.kinds();
        let key = match key {
            None => None,
            Some(key) => {
                let key = key.borrow().filter(|key| key.kind() == kinds.0)?;
                kinds.1?;
                Some(pack(key))
            }
        };
        Some(Self {
            column,
            is_scalar: key.is_none() && column_type.is_scalar(),
            key,
            kinds,
        })
    }

    /// The cell of a part of a typed index, in a layout that its table can be read from.
    pub(crate) fn of_part(layout: &TableLayout, part: IndexPart) -> Option<Self> {
        Self::new(layout, part.column, part.key.map(Atom::from))
    }

    /// Whether it is the cell of this part.
    pub(crate) fn is(&self, part: IndexPart) -> bool {
        let same_key = match (&self.key, part.key) {
            (None, None) => true,
            (Some(key), Some(other)) => is_packed(key, other),
            _ => false,
        };
        same_key && self.column == part.column
    }

    /// Whether two rows have the same bytes here, so that neither key needs to be made.
    pub(crate) fn is_same(&self, a: &Row, b: &Row) -> bool {
        a.payload(self.column) == b.payload(self.column)
    }

    /// Appends a row's part of the key.
    pub(crate) fn push(&self, row: &Row, out: &mut Vec<u8>) {
        let mut payload = row.payload(self.column);
        let (kind, value) = self.kinds;
        if self.is_scalar {
            let atom = take_atom(&mut payload, kind);
            push_ordered(out, atom.unwrap_or(kind.default_atom()));
            return;
        }
        let mut more = |atom| {
            out.push(MORE);
            push_ordered(out, atom);
        };
        match (value, &self.key) {
            (None, _) => Atoms::new(payload, kind).for_each(more),
            (Some(value), None) => {
                for (key, value) in Pairs::new(payload, kind, value) {
                    more(key);
                    more(value);
                }
            }
            (Some(value), Some(wanted)) => {
                let mut found = value_of(payload, wanted, kind, value).unwrap_or_default();
                take_atom(&mut found, value).into_iter().for_each(more);
            }
        }
        out.push(END);
    }

    /// Whether a value can stand here.
    fn fits(&self, datum: &Datum) -> bool {
        let is = |atom: &Atom, kind| atom.borrow().is_some_and(|atom| atom.kind() == kind);
        match (datum, self.kinds) {
            (Datum::Set(atoms), (_, Some(value))) if self.key.is_some() => {
                atoms.len() <= 1 && atoms.iter().all(|atom| is(atom, value))
            }
            (Datum::Set(atoms), (kind, None)) => {
                (atoms.len() == 1 || !self.is_scalar) && atoms.iter().all(|atom| is(atom, kind))
            }
            (Datum::Map(pairs), (kind, Some(other))) if self.key.is_none() => pairs
                .iter()
                .all(|(key, value)| is(key, kind) && is(value, other)),
            _ => false,
        }
    }

    /// What can stand here, in words.
    fn words(&self) -> String {
        match (self.kinds, &self.key) {
            ((_, Some(value)), Some(_)) => format!("optional {}", value.name()),
            ((key, Some(value)), None) => format!("map of {} to {}", key.name(), value.name()),
            ((kind, None), _) if self.is_scalar => kind.name().to_owned(),
            ((kind, None), _) => format!("set of {}", kind.name()),
        }
    }
}

/// Writes a key that a caller gives.
#[derive(Debug)]
pub(crate) struct KeyWriter<'a> {
    cells: std::slice::Iter<'a, Cell>,
    open: Option<&'a Cell>,
    key: Vec<u8>,
}

impl<'a> KeyWriter<'a> {
    pub(crate) fn new(cells: &'a [Cell]) -> Self {
        Self {
            cells: cells.iter(),
            open: None,
            key: Vec::with_capacity(KEY_BYTES),
        }
    }

    /// The key or, where not every column came, its beginning.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.close();
        self.key
    }

    fn close(&mut self) {
        if self.open.take().is_some_and(|cell| !cell.is_scalar) {
            self.key.push(END);
        }
    }

    /// The key of these values, or its beginning where they are fewer than the cells.
    pub(crate) fn of_data(cells: &'a [Cell], data: &[Datum]) -> Result<Vec<u8>, IndexError> {
        if data.len() > cells.len() {
            return Err(IndexError::Length {
                given: data.len(),
                columns: cells.len(),
            });
        }
        let mut writer = Self::new(cells);
        for (place, (datum, cell)) in data.iter().zip(cells).enumerate() {
            if !cell.fits(datum) {
                return Err(IndexError::Key {
                    place,
                    expected: cell.words(),
                });
            }
            writer.column();
            match datum {
                Datum::Set(atoms) => atoms.iter().for_each(|atom| writer.owned(atom)),
                Datum::Map(pairs) => {
                    for (key, value) in pairs {
                        writer.owned(key);
                        writer.owned(value);
                    }
                }
            }
        }
        Ok(writer.finish())
    }

    fn owned(&mut self, atom: &Atom) {
        if let Some(atom) = atom.borrow() {
            self.atom(atom);
        }
    }
}

impl VisitKey for KeyWriter<'_> {
    fn column(&mut self) {
        self.close();
        self.open = self.cells.next();
    }

    fn atom(&mut self, atom: AtomRef<'_>) {
        if let Some(cell) = self.open {
            if !cell.is_scalar {
                self.key.push(MORE);
            }
            push_ordered(&mut self.key, atom);
        }
    }
}
