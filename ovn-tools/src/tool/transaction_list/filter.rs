//! Filters: which transactions are listed.

use std::collections::BTreeSet;

use ovsdb_client::dbfile::Transaction;
use ovsdb_client::replica::RowChanged;
use ovsdb_client::schema::TableLayout;
use ovsdb_client::value::AtomRef;

use crate::report::ToolError;
use crate::snapshot::DatabaseRead;
use crate::tool::near;
use crate::tool::transaction_list::Params;

/// The fewest digits that a UUID may be cut to.
/// **Default and why**: 8; fewer fit many rows.
const LEAST_DIGITS: usize = 8;

/// What transactions must be like.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    since: Option<i64>,
    until: Option<i64>,
    table: Option<String>,
    /// How the UUID of a touched row begins, in lower case.
    row: Option<String>,
    /// In lower case.
    text: Option<String>,
}

impl Filter {
    /// Reads the parameters.
    ///
    /// # Errors
    /// [`ToolError`] for a UUID that is none, and for a time range that holds no time.
    pub(super) fn new(params: &Params) -> Result<Self, ToolError> {
        if let (Some(since), Some(until)) = (params.since, params.until)
            && since > until
        {
            return Err(
                ToolError::new(format!("since ({since}) is later than until ({until})"))
                    .hint("exchange the two"),
            );
        }
        let row = match &params.row {
            Some(row) => Some(uuid_start(row)?),
            None => None,
        };
        Ok(Self {
            since: params.since.map(|time| time.as_millisecond()),
            until: params.until.map(|time| time.as_millisecond()),
            table: params.table.clone(),
            row,
            text: params.text.as_ref().map(|text| text.to_lowercase()),
        })
    }

    /// Checks that some database has the table.
    ///
    /// # Errors
    /// [`ToolError`] with near matches when none has.
    pub(super) fn check_table<'s>(
        &self,
        reads: impl Iterator<Item = &'s DatabaseRead>,
    ) -> Result<(), ToolError> {
        let Some(table) = &self.table else {
            return Ok(());
        };
        let names: BTreeSet<&str> = reads
            .flat_map(|read| &read.rows.layout().schema.tables)
            .map(|table| &*table.name)
            .collect();
        if names.contains(table.as_str()) {
            return Ok(());
        }
        let error = ToolError::new(format!("no recorded database has a table `{table}`"));
        let near = near::did_you_mean(table, names.iter().copied());
        let all = || {
            let names: Vec<&str> = names.iter().copied().collect();
            format!("the tables are {}", names.join(", "))
        };
        Err(error.hint(near.unwrap_or_else(all)))
    }

    /// Whether rows make a difference to it.
    fn concerns_rows(&self) -> bool {
        self.table.is_some() || self.row.is_some() || self.text.is_some()
    }

    /// Whether something at this time is listed; what has no time only where none is asked for.
    pub(super) fn holds_time(&self, date: Option<i64>) -> bool {
        match date {
            Some(date) => {
                self.since.is_none_or(|since| date >= since)
                    && self.until.is_none_or(|until| date <= until)
            }
            None => self.since.is_none() && self.until.is_none(),
        }
    }

    /// Whether what touches no row may be listed.
    pub(super) fn holds_rowless(&self) -> bool {
        !self.concerns_rows()
    }

    /// Whether the transaction is listed, its time left out.
    pub(super) fn holds(&self, transaction: &Transaction) -> bool {
        if !self.concerns_rows() {
            return true;
        }
        let said = match (&self.text, &transaction.comment) {
            (Some(text), Some(comment)) => comment.to_lowercase().contains(text.as_str()),
            _ => false,
        };
        if said && self.table.is_none() && self.row.is_none() {
            return true;
        }
        let mut rows = transaction.changes.rows();
        rows.any(|(layout, row)| self.holds_place(layout, row) && (said || self.reads(layout, row)))
    }

    /// Whether a changed row is one that the question is about.
    pub(super) fn holds_row(&self, layout: &TableLayout, row: &RowChanged, said: bool) -> bool {
        self.holds_place(layout, row) && (said || self.reads(layout, row))
    }

    /// Whether the comment alone has the text that is looked for.
    pub(super) fn is_said(&self, comment: Option<&str>) -> bool {
        match (&self.text, comment) {
            (Some(text), Some(comment)) => comment.to_lowercase().contains(text.as_str()),
            _ => false,
        }
    }

    fn holds_place(&self, layout: &TableLayout, row: &RowChanged) -> bool {
        let table = self.table.as_deref();
        if table.is_some_and(|table| table != &*layout.name) {
            return false;
        }
        let row_holds = |start: &String| row.uuid.to_string().starts_with(start.as_str());
        self.row.as_ref().is_none_or(row_holds)
    }

    /// Whether a value that was written or removed has the text.
    fn reads(&self, layout: &TableLayout, row: &RowChanged) -> bool {
        let Some(text) = &self.text else {
            return true;
        };
        let has = |atom: AtomRef<'_>| match atom {
            AtomRef::String(string) => string.to_lowercase().contains(text.as_str()),
            other => other.to_string().contains(text.as_str()),
        };
        row.changed_columns(layout).any(|column| {
            [&row.old, &row.new].into_iter().flatten().any(|side| {
                side.value(layout, column).is_some_and(|value| {
                    let mut pairs = value.pairs();
                    value.atoms().any(has) || pairs.any(|(_, value)| has(value))
                })
            })
        })
    }
}

/// The beginning of a UUID, in lower case.
fn uuid_start(text: &str) -> Result<String, ToolError> {
    let text = text.trim().to_lowercase();
    let digits = text.chars().filter(char::is_ascii_hexdigit).count();
    let fits = |(at, c): (usize, char)| match at {
        8 | 13 | 18 | 23 => c == '-',
        _ => c.is_ascii_hexdigit(),
    };
    if digits >= LEAST_DIGITS && text.len() <= 36 && text.char_indices().all(fits) {
        return Ok(text);
    }
    Err(
        ToolError::new(format!("`{text}` is no UUID of a row")).hint(format!(
            "send it whole, or at least its first {LEAST_DIGITS} digits"
        )),
    )
}
