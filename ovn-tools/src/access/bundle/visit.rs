//! Visits: a file and everything that is packed in it, to the innermost.

use std::io::{self, Read};

use crate::access::bundle::archive::{Archive, MemberKind};
use crate::access::bundle::content::{Content, HEAD};
use crate::access::bundle::file_name::FileName;
use crate::access::bundle::limit::{LimitError, Meter};
use crate::access::bundle::place::Place;
use crate::access::bundle::unpack::unpack;

/// What is done with what is found.
pub(crate) trait Visitor {
    /// Whether to look at what is here or, where that is packed, in it.
    fn wants(&self, place: &Place) -> bool;

    /// Here is a file that is neither packed nor an archive.
    fn file(&mut self, file: File<'_>) -> io::Result<()>;

    /// What is here cannot be read, or not to its end.
    fn problem(&mut self, place: &Place, error: &io::Error);
}

/// A file within whatever it was packed in.
pub(crate) struct File<'a> {
    pub(crate) place: &'a Place,
    pub(crate) content: Content,
    /// All of it.
    pub(crate) reader: &'a mut dyn Read,
    /// How many layers it was packed in.
    pub(crate) layers: usize,
}

/// Visits what a stream holds. Problems are the visitor's to keep.
pub(crate) fn visit(
    stream: &mut dyn Read,
    place: &Place,
    layers: usize,
    meter: &Meter,
    visitor: &mut dyn Visitor,
) {
    if let Err(error) = look(stream, place, layers, meter, visitor) {
        visitor.problem(place, &error);
    }
}

fn look(
    stream: &mut dyn Read,
    place: &Place,
    layers: usize,
    meter: &Meter,
    visitor: &mut dyn Visitor,
) -> io::Result<()> {
    let head = head(stream)?;
    let content = Content::of(&head);
    let mut reader = head.as_slice().chain(stream);
    let deeper = || match layers < meter.limits.depth {
        true => Ok(layers + 1),
        false => Err(LimitError::Depth(meter.limits.depth)),
    };
    match content {
        Content::Packed(packing) => {
            let layers = deeper()?;
            visit(
                &mut unpack(packing, reader, meter),
                place,
                layers,
                meter,
                visitor,
            );
        }
        Content::Archive => {
            let layers = deeper()?;
            let mut archive = Archive::new(reader);
            while let Some(member) = archive.next()? {
                let inside = place.member(&member.name, member.number);
                match member.kind {
                    MemberKind::Other => continue,
                    MemberKind::File | MemberKind::Sparse => meter.file()?,
                }
                if !visitor.wants(&inside) {
                    continue;
                }
                if member.kind == MemberKind::Sparse {
                    // Nobody misses the holes of anything else.
                    if FileName::of(&member.name).database.is_some() {
                        visitor.problem(&inside, &sparse());
                    }
                    continue;
                }
                visit(&mut archive.content(), &inside, layers, meter, visitor);
            }
        }
        _ => visitor.file(File {
            place,
            content,
            reader: &mut reader,
            layers,
        })?,
    }
    Ok(())
}

/// The first bytes, as many as there are up to [`HEAD`].
///
/// Of a stream that fails before, those that it gave: it fails again when it is read on.
fn head(stream: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let most = u64::try_from(HEAD).unwrap_or(u64::MAX);
    match Read::take(stream, most).read_to_end(&mut head) {
        Err(error) if head.is_empty() => Err(error),
        _ => Ok(head),
    }
}

fn sparse() -> io::Error {
    io::Error::new(
        io::ErrorKind::Unsupported,
        "the archive keeps it as a sparse file, which is not read: pack it without --sparse",
    )
}
