//! The answer: transactions on one line each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::{Block, Cell, Gap, Report, Tone};
use crate::tool::change::columns_text;
use crate::tool::transaction_list::listed::{Kind, TransactionListed};
use crate::tool::transaction_list::reader::Found;
use crate::tool::transaction_list::recorded::RecordingListed;
use crate::tool::transaction_list::{Order, Params};

/// The most recordings that an answer names one by one.
/// **Default and why**: 6, two nodes; a hundred of them would take more room than a page of
/// transactions.
const MAX_RECORDINGS: usize = 6;

/// How many characters of a comment a table for people shows.
/// **Default and why**: 80; commands with a whole script in them fill the screen otherwise.
const COMMENT_SHOWN: usize = 80;

/// Transactions of recorded databases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TransactionsListed {
    /// How many transactions match, of which recordings and times, in one sentence.
    pub summary: String,
    /// The transactions. `record:N` or the `transaction` of one is a moment for `rows_at` and
    /// `rows_diff`.
    pub transactions: Vec<TransactionListed>,
    /// How many match, on this page or not.
    pub total: usize,
    /// How many are on this page.
    pub returned: usize,
    /// Whether some come after this page.
    pub truncated: bool,
    /// What to send as `cursor` for the next page.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
    /// The recordings that were read; of many, those with damage.
    pub recordings: Vec<RecordingListed>,
    /// What could not be read.
    pub gaps: Vec<Gap>,
    /// What [`Report::keep`] needs.
    #[serde(skip)]
    paging: Paging,
}

/// What is needed to cut a page short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Paging {
    /// The summary without what it says about the page.
    found: String,
    /// For each transaction of the page, the cursor that goes on after it.
    cursors: Vec<String>,
    /// The cursor that this page began with.
    began: Option<String>,
    /// How many come after that cursor.
    remaining: usize,
    /// Whether the newest come first.
    newest_first: bool,
}

impl TransactionsListed {
    /// The answer to a question with this fingerprint.
    pub(super) fn new(found: Found, params: &Params, question: u64, gaps: Vec<Gap>) -> Self {
        let summary = summary(&found);
        let cursors = found.page.iter().map(|(place, _)| place.cursor(question));
        let cursors = cursors.collect();
        let mut recordings = found.recordings;
        if recordings.len() > MAX_RECORDINGS {
            recordings.retain(|recording| !recording.damages.is_empty());
        }
        let mut answer = Self {
            summary: String::new(),
            transactions: found.page.into_iter().map(|(_, listed)| listed).collect(),
            total: found.matching,
            returned: 0,
            truncated: false,
            next_cursor: None,
            recordings,
            gaps,
            paging: Paging {
                found: summary,
                cursors,
                began: params.cursor.clone(),
                remaining: found.remaining,
                newest_first: params.order == Order::Newest,
            },
        };
        answer.settle();
        answer
    }

    /// Makes what the answer says about its page fit what is on it.
    fn settle(&mut self) {
        self.returned = self.transactions.len();
        let after = self.paging.remaining.saturating_sub(self.returned);
        self.truncated = after > 0;
        let last = self.returned.checked_sub(1);
        let reached = last.and_then(|last| self.paging.cursors.get(last));
        self.next_cursor = reached
            .or(self.paging.began.as_ref())
            .filter(|_| self.truncated)
            .cloned();
        self.summary.clone_from(&self.paging.found);
        if self.returned < self.total {
            let first = self.total.saturating_sub(self.paging.remaining) + 1;
            let order = if self.paging.newest_first {
                "newest"
            } else {
                "oldest"
            };
            self.summary.push_str(&match self.returned {
                0 => "; none of them is on this page".to_owned(),
                count => format!(
                    "; {first} to {} of them, {order} first, are on this page",
                    first + count - 1
                ),
            });
        }
        if !self.gaps.is_empty() {
            self.summary.push_str("; not all could be read, see gaps");
        }
    }
}

/// `12 of 300 transactions match, in 6 recordings from … to …; 1 is damaged`.
fn summary(found: &Found) -> String {
    let all = found.all;
    let noun = if all == 1 {
        "transaction"
    } else {
        "transactions"
    };
    let count = match found.matching {
        matching if matching == all => format!("{all} {noun}"),
        1 => format!("1 of {all} {noun} matches"),
        matching => format!("{matching} of {all} {noun} match"),
    };
    let files = match found.recordings.as_slice() {
        [only] => match &only.origin.node {
            Some(node) => format!(" in the {} database of {node}", only.origin.database),
            None => format!(" in the {} database", only.origin.database),
        },
        files => format!(" in {} recorded databases", files.len()),
    };
    let first = found
        .recordings
        .iter()
        .filter_map(|file| file.first.as_ref())
        .min();
    let last = found
        .recordings
        .iter()
        .filter_map(|file| file.last.as_ref())
        .max();
    let range = match (first, last) {
        (Some(first), Some(last)) => format!(", which tell of {first} to {last}"),
        _ => String::new(),
    };
    let damaged = found
        .recordings
        .iter()
        .filter(|file| !file.damages.is_empty());
    let damaged = match damaged.count() {
        0 => String::new(),
        1 => "; one of them is damaged".to_owned(),
        count => format!("; {count} of them are damaged"),
    };
    let (range, damaged) = match found.recordings.len() {
        1 => (
            range.replace("which tell", "which tells"),
            damaged.replace("one of them", "it"),
        ),
        _ => (range, damaged),
    };
    format!("{count}{files}{range}{damaged}")
}

impl Report for TransactionsListed {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Summary(self.summary.clone())];
        let with_rows = self.transactions.iter().any(|listed| listed.rows.is_some());
        if with_rows {
            for listed in &self.transactions {
                blocks.extend(detailed(listed));
            }
        } else if !self.transactions.is_empty() {
            blocks.push(self.table());
        }
        if self.truncated
            && let Some(cursor) = &self.next_cursor
        {
            let more = self.paging.remaining.saturating_sub(self.returned);
            blocks.push(Block::Line(format!("{more} more: --cursor {cursor}")));
        }
        for recording in &self.recordings {
            for damage in &recording.damages {
                let address = &recording.origin.address;
                blocks.push(Block::Line(format!("damage: {address}: {damage}")));
            }
        }
        for gap in &self.gaps {
            blocks.push(Block::Line(format!("gap: {}: {}", gap.what, gap.why)));
        }
        blocks
    }

    fn items(&self) -> usize {
        self.paging.cursors.len().min(self.transactions.len())
    }

    fn keep(&mut self, keep: usize) {
        if keep >= self.items() {
            return;
        }
        self.transactions.truncate(keep);
        self.paging.cursors.truncate(keep);
        self.settle();
    }
}

impl TransactionsListed {
    fn table(&self) -> Block {
        let nodes = self.transactions.iter().any(|listed| listed.node.is_some());
        let mut columns = vec!["time", "db", "record", "who", "changes", "comment"];
        if nodes {
            columns.insert(1, "node");
        }
        let rows = self.transactions.iter().map(|listed| {
            let mut row = vec![
                listed.time.as_ref().map_or_else(unset, Cell::plain),
                Cell::plain(listed.database.short_name()),
                Cell::plain(listed.record.to_string()),
                listed.who.as_ref().map_or_else(unset, Cell::plain),
                changes(listed),
                remark(listed),
            ];
            if nodes {
                row.insert(1, listed.node.as_ref().map_or_else(unset, Cell::plain));
            }
            row
        });
        Block::Table {
            columns: columns.into_iter().map(str::to_owned).collect(),
            rows: rows.collect(),
        }
    }
}

fn unset() -> Cell {
    Cell::toned("-", Tone::Faint)
}

/// `ACL +1, Logical_Switch ~1`.
fn changes(listed: &TransactionListed) -> Cell {
    let counts = listed.tables.iter().map(|touched| {
        let mut text = touched.table.clone();
        for (sign, count) in [
            ('+', touched.inserted),
            ('~', touched.changed),
            ('-', touched.deleted),
        ] {
            if count > 0 {
                text.push_str(&format!(" {sign}{count}"));
            }
        }
        text
    });
    let counts = counts.collect::<Vec<_>>().join(", ");
    match listed.kind {
        Some(Kind::Damage) => Cell::toned("damage", Tone::Bad),
        Some(kind) => {
            let kind = match kind {
                Kind::Compaction => "compaction",
                Kind::Snapshot => "snapshot",
                Kind::Conversion => "conversion",
                Kind::Damage => "damage",
            };
            Cell::toned(format!("{kind}: {counts}"), Tone::Warning)
        }
        None if counts.is_empty() => unset(),
        None => Cell::plain(counts),
    }
}

/// The comment on one line, and what must be known.
fn remark(listed: &TransactionListed) -> Cell {
    let comment = listed.comment.as_deref().unwrap_or_default();
    let comment = comment.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text: String = comment.chars().take(COMMENT_SHOWN).collect();
    if text.len() < comment.len() {
        text.push('…');
    }
    if listed.notes.is_empty() {
        return if text.is_empty() {
            unset()
        } else {
            Cell::plain(text)
        };
    }
    let notes = listed.notes.join("; ");
    let text = if text.is_empty() {
        notes
    } else {
        format!("{text} ({notes})")
    };
    Cell::toned(text, Tone::Warning)
}

/// A transaction with its rows.
fn detailed(listed: &TransactionListed) -> Vec<Block> {
    let mut heading = vec![listed.time.clone().unwrap_or_else(|| "no time".to_owned())];
    heading.extend(listed.node.clone());
    heading.push(listed.database.short_name().to_owned());
    heading.push(format!("record {}", listed.record));
    heading.extend(listed.transaction.clone());
    heading.push(changes(listed).text);
    let mut blocks = vec![Block::Heading(heading.join("  "))];
    if listed.comment.is_some() || !listed.notes.is_empty() {
        blocks.push(Block::Line(remark(listed).text));
    }
    let rows = listed.rows.iter().flatten().map(|row| {
        let name = row.name.clone().unwrap_or_else(|| row.uuid.clone());
        vec![
            Cell::plain(row.fate.sign()),
            Cell::plain(&row.table),
            Cell::plain(name),
            Cell::plain(columns_text(&row.columns)),
        ]
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        let columns = ["", "table", "row", "columns"].map(str::to_owned).to_vec();
        blocks.push(Block::Table { columns, rows });
    }
    if listed.rows_left_out > 0 {
        blocks.push(Block::Line(format!("{} more rows", listed.rows_left_out)));
    }
    blocks
}
