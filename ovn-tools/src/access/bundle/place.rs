//! Places: where in a bundle something is.

use std::fmt;
use std::sync::Arc;

/// Where in a bundle something is: a file, and the members of the archives in it on the way.
///
/// It reads `must-gather.tar.gz!network_logs/ovnk_database_store.tar.gz!ovnk_database_store/x_nbdb`.
/// Places are the same when they lead to the same member; two members of one archive may have one
/// name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    file: Arc<str>,
    members: Vec<Member>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Member {
    name: Arc<str>,
    /// How many members stand before it in its archive.
    number: u64,
}

impl Place {
    /// A file by its path within the bundle.
    pub(crate) fn file(path: &str) -> Self {
        Self {
            file: path.into(),
            members: Vec::new(),
        }
    }

    /// A member of the archive that is here.
    pub(crate) fn member(&self, name: &str, number: u64) -> Self {
        let mut members = self.members.clone();
        members.push(Member {
            name: name.into(),
            number,
        });
        Self {
            file: Arc::clone(&self.file),
            members,
        }
    }

    /// Whether `other` is here, or within the archive that is here.
    pub(crate) fn holds(&self, other: &Self) -> bool {
        self.file == other.file && other.members.starts_with(&self.members)
    }

    /// Whether it is a member of an archive.
    pub fn is_member(&self) -> bool {
        !self.members.is_empty()
    }

    /// The path of the file, within the bundle.
    pub fn file_path(&self) -> &str {
        &self.file
    }

    /// The path within the innermost archive, or of the file where there is none.
    pub(crate) fn inner_path(&self) -> &str {
        self.members.last().map_or(&self.file, |last| &last.name)
    }

    /// The path through everything, archives read as folders.
    pub(crate) fn whole_path(&self) -> String {
        let mut path = self.file.to_string();
        for member in &self.members {
            path.push('/');
            path.push_str(&member.name);
        }
        path
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        self.members
            .iter()
            .try_for_each(|member| write!(f, "!{}", member.name))
    }
}
