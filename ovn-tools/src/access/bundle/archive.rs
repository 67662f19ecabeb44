//! Archives: the members of a tar stream, one after the other, read where they are.
//!
//! Nothing is unpacked and no name becomes a path of this machine, so that absolute names, `..`
//! and links lead nowhere. What a header claims allocates nothing.
//!
//! **Source**: POSIX.1-2024 `pax`, "ustar Interchange Format" and "pax Extended Header"; GNU tar
//! manual, "Basic Tar Format" for types `L`, `K` and `S`.

use std::io::{self, Read};

use tar::{EntryType, GnuExtSparseHeader, Header, PaxExtensions};

use crate::access::bundle::content::is_sound;
use crate::access::bundle::limit::{LimitError, MAX_EXTENSION};

/// The unit of tar archives.
const BLOCK: u64 = 512;

/// The keys of extended headers that count here.
const PATH: &str = "path";
const SIZE: &str = "size";
const SPARSE: &str = "GNU.sparse.";

/// A tar stream.
pub(crate) struct Archive<R> {
    stream: R,
    /// How much of the current member's content is unread.
    content: u64,
    /// What pads it to whole blocks.
    padding: u64,
    /// How many members were given.
    members: u64,
}

/// A member of an archive.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its name, as text whatever its bytes.
    pub(crate) name: String,
    /// How many members stand before it.
    pub(crate) number: u64,
    pub(crate) kind: MemberKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MemberKind {
    /// A file with its content here.
    File,
    /// A file with holes, which are left out of the content here.
    Sparse,
    /// A folder, a link or a device: nothing to read.
    Other,
}

/// What the headers before a member's own say of it.
#[derive(Default)]
struct Extension {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    sparse: bool,
}

impl<R: Read> Archive<R> {
    pub(crate) fn new(stream: R) -> Self {
        Self {
            stream,
            content: 0,
            padding: 0,
            members: 0,
        }
    }

    /// The next member; what was not read of the one before is passed over.
    pub(crate) fn next(&mut self) -> io::Result<Option<Member>> {
        let mut extension = Extension::default();
        loop {
            self.pass_over()?;
            let Some(header) = self.header()? else {
                return Ok(None);
            };
            let entry_type = header.entry_type();
            if is_extension(entry_type) {
                self.set_size(header.entry_size().map_err(|error| damaged(&error))?)?;
                self.extend(&mut extension, entry_type)?;
                continue;
            }
            let size = match extension.size {
                Some(size) => size,
                None => header.entry_size().map_err(|error| damaged(&error))?,
            };
            if entry_type.is_gnu_sparse() {
                self.skip_sparse_map(&header)?;
            }
            self.set_size(size)?;
            let name = extension
                .name
                .as_deref()
                .map_or(header.path_bytes(), Into::into);
            let number = self.members;
            self.members += 1;
            return Ok(Some(Member {
                name: String::from_utf8_lossy(&name).into_owned(),
                number,
                kind: match entry_type {
                    _ if extension.sparse || entry_type.is_gnu_sparse() => MemberKind::Sparse,
                    EntryType::Regular | EntryType::Continuous => MemberKind::File,
                    _ => MemberKind::Other,
                },
            }));
        }
    }

    /// The content of the current member, or what is left of it.
    pub(crate) fn content(&mut self) -> MemberContent<'_, R> {
        MemberContent { archive: self }
    }

    fn set_size(&mut self, size: u64) -> io::Result<()> {
        self.content = size;
        self.padding = size
            .checked_next_multiple_of(BLOCK)
            .ok_or_else(|| damaged(&"a member claims an impossible size"))?
            - size;
        Ok(())
    }

    /// Passes over what is left of the current member.
    fn pass_over(&mut self) -> io::Result<()> {
        let left = self.content.saturating_add(self.padding);
        let passed = io::copy(&mut (&mut self.stream).take(left), &mut io::sink())?;
        if passed < left {
            return Err(cut_off());
        }
        self.content = 0;
        self.padding = 0;
        Ok(())
    }

    /// The next header; `None` at the end of the archive.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let mut header = Header::new_old();
        if !self.block(header.as_mut_bytes())? || header.as_bytes().iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        if !is_sound(&header) {
            return Err(damaged(&"the checksum of a member's header is wrong"));
        }
        Ok(Some(header))
    }

    /// Reads a block; whether there is one. A few bytes of one are an archive that was cut off.
    fn block(&mut self, block: &mut [u8]) -> io::Result<bool> {
        let mut filled = 0;
        while filled < block.len() {
            match self.stream.read(&mut block[filled..]) {
                Ok(0) if filled == 0 => return Ok(false),
                Ok(0) => return Err(cut_off()),
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    /// Reads the content of an extended header.
    fn extend(&mut self, extension: &mut Extension, entry_type: EntryType) -> io::Result<()> {
        if self.content > MAX_EXTENSION {
            return Err(LimitError::Extension.into());
        }
        let mut bytes = Vec::new();
        self.content().read_to_end(&mut bytes)?;
        if entry_type.is_gnu_longname() {
            let end = bytes.iter().position(|byte| *byte == 0);
            bytes.truncate(end.unwrap_or(bytes.len()));
            extension.name = Some(bytes);
        } else if entry_type.is_pax_local_extensions() {
            for item in PaxExtensions::new(&bytes).map_while(Result::ok) {
                match item.key() {
                    Ok(PATH) => extension.name = Some(item.value_bytes().to_vec()),
                    Ok(SIZE) => {
                        let size = item.value().ok().and_then(|size| size.parse().ok());
                        extension.size =
                            Some(size.ok_or_else(|| damaged(&"a member's size is no number"))?);
                    }
                    Ok(key) if key.starts_with(SPARSE) => extension.sparse = true,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Passes over the blocks in which a sparse member's header goes on.
    fn skip_sparse_map(&mut self, header: &Header) -> io::Result<()> {
        let mut more = header.as_gnu().is_some_and(tar::GnuHeader::is_extended);
        while more {
            let mut map = GnuExtSparseHeader::new();
            if !self.block(map.as_mut_bytes())? {
                return Err(cut_off());
            }
            more = map.is_extended();
        }
        Ok(())
    }
}

/// Whether it is a header that belongs to the next one.
fn is_extension(entry_type: EntryType) -> bool {
    entry_type.is_gnu_longname()
        || entry_type.is_gnu_longlink()
        || entry_type.is_pax_local_extensions()
        || entry_type.is_pax_global_extensions()
}

/// The content of a member.
pub(crate) struct MemberContent<'a, R> {
    archive: &'a mut Archive<R>,
}

impl<R: Read> Read for MemberContent<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.archive.content)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        if most == 0 {
            return Ok(0);
        }
        match self.archive.stream.read(&mut buffer[..most])? {
            0 => Err(cut_off()),
            read => {
                let bytes = u64::try_from(read).unwrap_or(u64::MAX);
                self.archive.content = self.archive.content.saturating_sub(bytes);
                Ok(read)
            }
        }
    }
}

fn cut_off() -> io::Error {
    io::Error::new(
        io::ErrorKind::UnexpectedEof,
        "the archive ends early: it was cut off",
    )
}

fn damaged(what: &dyn ToString) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("the archive is damaged: {}", what.to_string()),
    )
}

#[cfg(test)]
mod tests;
