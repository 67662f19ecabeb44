//! Contents: a database file's bytes into rows, as quickly as can be.
//!
//! Of rows and columns that nobody needs, the text is passed over. The checksums take as long as
//! the rest and need nothing of it, so that another thread looks at them meanwhile.

use std::thread;

use ovsdb_client::dbfile::{Checksums, DatabaseFile, FileError, Only, ReadOptions, check};
use ovsdb_client::table::TableDef;

use crate::database::Database;
use crate::node;
use crate::snapshot::Needs;

/// How large a file must be for its checksums to be looked at by a thread of their own.
/// **Default and why**: 256 KiB, whose checksums take 0.2 ms; a thread takes 0.05 ms to start.
const CHECKED_APART_FROM: usize = 256 << 10;

/// Reads a file as the options say, and says whether all of its records are sound.
///
/// What comes out is what [`DatabaseFile::read_with`] gives.
pub(super) fn read(
    bytes: &[u8],
    generated: &[&'static TableDef],
    options: &ReadOptions,
) -> Result<(DatabaseFile, bool), FileError> {
    let one_by_one = || {
        let file = DatabaseFile::read_with(bytes, generated, options)?;
        let sound = file.damages.is_empty() && check(bytes).is_ok();
        Ok((file, sound))
    };
    if bytes.len() < CHECKED_APART_FROM {
        return one_by_one();
    }
    let unchecked = ReadOptions {
        checksums: Checksums::Elsewhere,
        ..options.clone()
    };
    let (sound, file) = thread::scope(|scope| {
        let checking = scope.spawn(|| check(bytes).is_ok());
        let file = DatabaseFile::read_with(bytes, generated, &unchecked);
        (checking.join().unwrap_or(false), file)
    });
    if sound {
        return Ok((file?, true));
    }
    // What is damaged, or no log, is looked at once more, with care.
    one_by_one()
}

/// The rows and columns that are needed, and those that tell nodes.
pub(super) fn only(needs: &Needs) -> Only {
    let databases = needs.databases();
    databases.fold(Only::default(), |only, database| {
        let name = database.definition().name;
        if needs.wants_whole(database) {
            return only.whole(name);
        }
        let needs = needs.clone().and(node::needs(database));
        let needs = match database {
            Database::Sb => needs.and(node::chassis_needs()),
            Database::Nb | Database::Ovs => needs,
        };
        needs.tables(database).fold(only, |only, (table, columns)| {
            only.table(name, table, columns.clone())
        })
    })
}
