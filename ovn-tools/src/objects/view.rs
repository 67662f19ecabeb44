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

    /// Why what was asked for is not there, or not all of it.
    fn why_not_all(&self) -> Option<String> {
        let kind = self.question.kind.resource();
        match &self.outcome {
            Err(why) => Some(why.clone()),
            Ok(list) if list.more => {
                let read = list.objects.len();
                Some(format!(
                    "there are more {kind} than the {read} that were read"
                ))
            }
            Ok(list) if list.unreadable > 0 => {
                Some(format!("{} of the {kind} have no name", list.unreadable))
            }
            Ok(_) => None,
        }
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
        let mut reads: Vec<&ObjectsRead> = own.collect();
        // The widest first, so that what several tell is taken from it.
        reads.sort_by(|a, b| a.question.cmp(&b.question));
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
        read.why_not_all()
    }

    /// Whether any objects of a kind were asked for.
    pub fn is_asked(&self, kind: ObjectKind) -> bool {
        self.reads.iter().any(|read| read.question.kind == kind)
    }

    /// Why something that was asked about a kind has no answer, or not the whole one.
    pub fn failed(&self, kind: ObjectKind) -> Option<String> {
        let mut own = self.reads.iter().filter(|read| read.question.kind == kind);
        own.find_map(|read| read.why_not_all())
    }

    /// Whether it is known of an object that it is there, or that it is not.
    pub fn knows(&self, kind: ObjectKind, namespace: Option<&str>, name: &str) -> bool {
        let mut reads = self.reads.iter();
        reads.any(|read| {
            read.question.kind == kind
                && read.question.scope.covers(namespace, name)
                && read.why_not_all().is_none()
        })
    }

    /// Whether all objects of a kind in a namespace are known.
    pub fn knows_all_in(&self, kind: ObjectKind, namespace: &str) -> bool {
        let mut reads = self.reads.iter();
        reads.any(|read| {
            let is_whole = match &read.question.scope {
                ObjectScope::All => true,
                ObjectScope::InNamespace { namespace: own } => own.as_str() == namespace,
                ObjectScope::OnNode { .. }
                | ObjectScope::Named { .. }
                | ObjectScope::OfService { .. } => false,
            };
            read.question.kind == kind && is_whole && read.why_not_all().is_none()
        })
    }

    /// Whether all slices of a service are known.
    pub fn knows_slices(&self, namespace: &str, name: &str) -> bool {
        let mut reads = self.reads.iter();
        self.knows_all_in(ObjectKind::EndpointSlice, namespace) || reads.any(|read| {
            read.question.kind == ObjectKind::EndpointSlice
                && matches!(&read.question.scope, ObjectScope::OfService { namespace: own, service }
                        if own.as_str() == namespace && service.as_str() == name)
                && read.why_not_all().is_none()
        })
    }

    /// All that were read of a type, each once.
    pub fn all<T: Typed + 's>(&self) -> impl Iterator<Item = &'s T> + use<'s, T> {
        let reads = self.reads.clone();
        let places = 0..reads.len();
        places.flat_map(move |at| {
            let (wider, read) = (reads[..at].to_vec(), reads[at]);
            let list = read.outcome.as_ref().ok();
            let wider: Vec<&ObjectsRead> = wider
                .into_iter()
                .filter(|other| other.question.kind == read.question.kind && other.outcome.is_ok())
                .collect();
            let objects = list.into_iter().flat_map(|list| &list.objects);
            objects.filter_map(T::of).filter(move |object| {
                let of = object.metadata();
                let scopes = wider.iter().map(|other| &other.question.scope);
                let mut scopes =
                    scopes.filter(|scope| scope.covers(of.namespace.as_deref(), &of.name));
                scopes.next().is_none()
            })
        })
    }

    /// The one of a name.
    pub fn find<T: Typed + 's>(&self, namespace: Option<&str>, name: &str) -> Option<&'s T> {
        self.all::<T>()
            .find(|object| object.metadata().is_called(namespace, name))
    }
}
