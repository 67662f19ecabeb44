//! What was read of a cluster's objects, and why not all.

use crate::objects::kind::{ObjectKind, ObjectQuestion, ObjectScope};
use crate::objects::object::{Object, Typed};
use crate::report::Gap;

/// What a cluster's API server answered to a question about objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectsRead {
    /// The source, in the notation of `--source`.
    pub source: String,
    /// What was asked.
    pub question: ObjectQuestion,
    /// The objects, or why there are none, in words.
    pub outcome: Result<ObjectList, String>,
}

impl ObjectsRead {
    /// What to say of it where it was not answered.
    pub fn gap(&self) -> Option<Gap> {
        let why = self.outcome.as_ref().err()?.clone();
        let what = format!("{}: {}", self.source, self.question);
        Some(Gap { what, why })
    }
}

/// Objects of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectList {
    /// Those that were read, in the server's order.
    pub objects: Vec<Object>,
    /// Whether there are more.
    pub more: bool,
    /// How many of them were no objects at all.
    pub unreadable: usize,
}

/// The objects of one cluster.
#[derive(Clone, Debug, Default)]
pub struct Objects<'s> {
    reads: Vec<&'s ObjectsRead>,
}

impl<'s> Objects<'s> {
    /// Those of a source; `None` where it is no cluster, or its objects were not asked for.
    pub fn of(reads: &'s [ObjectsRead], source: &str) -> Option<Self> {
        let own = reads.iter().filter(|read| read.source == source);
        let reads: Vec<&ObjectsRead> = own.collect();
        (!reads.is_empty()).then_some(Self { reads })
    }

    /// The source, in the notation of `--source`.
    pub fn source(&self) -> Option<&'s str> {
        self.reads.first().map(|read| read.source.as_str())
    }

    /// Why not all objects of a kind are known; `None` where they are, so that what is not among
    /// them does not exist.
    pub fn lacks(&self, kind: ObjectKind) -> Option<String> {
        let mut reads = self.reads.iter();
        let whole = reads.find(|read| {
            read.question.kind == kind && matches!(read.question.scope, ObjectScope::All)
        });
        let Some(read) = whole else {
            return Some(format!("no list of {} was read", kind.resource()));
        };
        match &read.outcome {
            Err(why) => Some(why.clone()),
            Ok(list) if list.more => {
                let read = list.objects.len();
                Some(format!(
                    "there are more {} than the {read} that were read",
                    kind.resource()
                ))
            }
            Ok(list) if list.unreadable > 0 => Some(format!(
                "{} of the {} have no name",
                list.unreadable,
                kind.resource()
            )),
            Ok(_) => None,
        }
    }

    /// All that were read of a type.
    pub fn all<T: Typed + 's>(&self) -> impl Iterator<Item = &'s T> + use<'s, T> {
        let reads = self.reads.clone().into_iter();
        reads
            .filter_map(|read| read.outcome.as_ref().ok())
            .flat_map(|list| list.objects.iter().filter_map(T::of))
    }

    /// The one of a name.
    pub fn find<T: Typed + 's>(&self, namespace: Option<&str>, name: &str) -> Option<&'s T> {
        self.all::<T>()
            .find(|object| object.metadata().is_called(namespace, name))
    }
}
