//! Scans: all sound records of a file, and the damage between them.

use crate::dbfile::damage::Damage;
use crate::dbfile::error::FileError;
use crate::dbfile::options::{Checksums, Moment, OnDamage, ReadOptions};
use crate::dbfile::record::{Record, Records};

/// The sound records up to the one asked for, and the damage between them.
pub(crate) fn scan<'f>(
    bytes: &'f [u8],
    options: &ReadOptions,
) -> Result<(Vec<Record<'f>>, Vec<Damage>), FileError> {
    let wanted = match options.until {
        Some(Moment::Record(number)) => number.saturating_add(1),
        _ => usize::MAX,
    };
    let (mut sound, mut damages) = (Vec::new(), Vec::new());
    let mut records = match options.checksums {
        Checksums::Here => Records::new(bytes),
        Checksums::Elsewhere => Records::unchecked(bytes),
    };
    while sound.len() < wanted
        && let Some(record) = records.next()
    {
        match record {
            Ok(record) => sound.push(record),
            Err(error) => match options.damage {
                OnDamage::Unfinished if !sound.is_empty() && records.is_unfinished(&error) => {
                    damages.push(Damage::record(error, bytes.len()));
                    break;
                }
                OnDamage::Refuse | OnDamage::Unfinished => return Err(error.into()),
                OnDamage::Stop => damages.push(Damage::record(error, bytes.len())),
                OnDamage::Salvage => {
                    let end = records.resume().unwrap_or(bytes.len());
                    damages.push(Damage::record(error, end));
                }
            },
        }
    }
    Ok((sound, damages))
}

/// Why the file has no beginning.
pub(crate) fn first_damage(bytes: &[u8]) -> FileError {
    let damage = Records::new(bytes).find_map(Result::err);
    damage.map_or(FileError::NotOvsdb, FileError::Record)
}
