//! Tables: aligned, and on a terminal fitted to its width.

use ovn_tools::report::Cell;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::terminal::escape::escape_line;
use crate::terminal::{Look, Role};

/// What stands between two columns.
const GAP: &str = "  ";
/// The narrowest that a column is made, in terminal columns.
/// **Default and why**: 8; less shows no more than the first piece of a UUID or an address.
const MIN_COLUMN: usize = 8;

/// A text ready to be shown.
struct Shown {
    text: String,
    width: usize,
    role: Role,
}

/// The table as text, each line ended.
///
/// Where the columns cannot be made narrow enough, each row becomes a record of its own.
pub(super) fn render(columns: &[String], rows: &[Vec<Cell>], look: Look) -> String {
    let header: Vec<Shown> = columns
        .iter()
        .map(|name| shown(name, Role::Heading))
        .collect();
    let rows: Vec<Vec<Shown>> = rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| shown(&cell.text, cell.tone.into()))
                .collect()
        })
        .collect();
    let natural: Vec<usize> = header
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| cell.width).fold(name.width, usize::max)
        })
        .collect();
    let widths = match look.width {
        None => natural,
        Some(width) => match fit(&natural, width) {
            Some(widths) => widths,
            None => return records(&header, &rows, look),
        },
    };
    let mut text = String::new();
    push_row(&mut text, &header, &widths, look);
    for row in &rows {
        push_row(&mut text, row, &widths, look);
    }
    text
}

fn shown(text: &str, role: Role) -> Shown {
    let text = escape_line(text).into_owned();
    Shown {
        width: text.width(),
        text,
        role,
    }
}

/// The widths of the columns within `width`: the widest give way first, none below
/// [`MIN_COLUMN`]; `None` when even that is too wide.
fn fit(natural: &[usize], width: usize) -> Option<Vec<usize>> {
    let gaps = GAP.len() * natural.len().saturating_sub(1);
    let room = width.checked_sub(gaps)?;
    let total_with = |most: usize| -> usize { natural.iter().map(|one| (*one).min(most)).sum() };
    let widest = natural.iter().copied().max().unwrap_or(0);
    if total_with(widest) <= room {
        return Some(natural.to_vec());
    }
    let most = (MIN_COLUMN..widest)
        .rev()
        .find(|most| total_with(*most) <= room)?;
    let mut left = room - total_with(most);
    Some(
        natural
            .iter()
            .map(|one| {
                let more = usize::from(*one > most && left > 0);
                left -= more;
                (*one).min(most) + more
            })
            .collect(),
    )
}

fn push_row(text: &mut String, cells: &[Shown], widths: &[usize], look: Look) {
    let mut pending = 0;
    for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
        if at > 0 {
            pending += GAP.len();
        }
        let (cut, taken) = shorten(&cell.text, cell.width, *width);
        if !cut.is_empty() {
            text.extend(std::iter::repeat_n(' ', pending));
            text.push_str(&look.paint(cell.role, &cut));
            pending = 0;
        }
        pending += width.saturating_sub(taken);
    }
    text.push('\n');
}

/// The text within `width`, ended by `…` where something is left out, and how wide it is then.
fn shorten(text: &str, natural: usize, width: usize) -> (String, usize) {
    if natural <= width {
        return (text.to_owned(), natural);
    }
    let mut cut = String::new();
    let mut taken = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if taken + wide > width.saturating_sub(1) {
            break;
        }
        cut.push(c);
        taken += wide;
    }
    cut.push('…');
    (cut, taken + 1)
}

/// Each row as lines of `column  value`, with an empty line between rows.
fn records(header: &[Shown], rows: &[Vec<Shown>], look: Look) -> String {
    let names = header.iter().map(|name| name.width).max().unwrap_or(0);
    let mut text = String::new();
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        for (name, cell) in header.iter().zip(row) {
            text.push_str(&look.paint(Role::Faint, &name.text));
            if !cell.text.is_empty() {
                text.extend(std::iter::repeat_n(' ', names - name.width + GAP.len()));
                text.push_str(&look.paint(cell.role, &cell.text));
            }
            text.push('\n');
        }
    }
    text
}
