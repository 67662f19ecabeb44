//! Objects of a cluster that a bundle holds as files, read one after the other.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::ops::Bound;

use serde_json::Value as Json;

use crate::access::bundle::found::{Noted, NotedKind, Problem};
use crate::access::bundle::limit::{LimitError, Meter};
use crate::access::bundle::object_file::ObjectFile;
use crate::access::bundle::opening::Bundle;
use crate::access::bundle::place::Place;
use crate::access::bundle::visit::{self, Visitor, visit};
use crate::access::bundle::yaml;

/// The largest file of objects that is read.
/// **Default and why**: 64 MiB; a thousand pods of one namespace take some ten, and the text is in
/// memory while it is read.
const MAX_OBJECT_FILE: u64 = 64 << 20;

/// What is done with an object: the file's number, and the object.
type Take<'t> = &'t mut dyn FnMut(usize, Json);

impl Bundle {
    /// The files with objects of a cluster, each with what it holds, in the order of their places.
    pub(crate) fn object_files(&self) -> Vec<(ObjectFile, &Place)> {
        let resources = self.noted.iter();
        let resources = resources.filter(|noted| noted.kind == NotedKind::Resource);
        let told = |noted: &'_ Noted| ObjectFile::of(&noted.place.whole_path());
        resources
            .filter_map(|noted| Some((told(noted)?, &noted.place)))
            .collect()
    }

    /// Reads the objects in some of the files, and gives each with the file's number to `take`.
    ///
    /// **Shape**: of each number whether its file was read to its end; what was not is among the
    /// problems. A file that an archive holds is unpacked with the others that it holds.
    ///
    /// It blocks: call it where blocking is allowed.
    pub(crate) fn objects(
        &self,
        files: &[(ObjectFile, &Place)],
        meter: &Meter,
        take: Take<'_>,
    ) -> (Vec<bool>, Vec<Problem>) {
        // What opening has counted is counted again.
        let meter = &meter.anew();
        let mut reading = Reading {
            wanted: (0..)
                .zip(files)
                .map(|(at, (_, place))| (*place, at))
                .collect(),
            are_whole: vec![false; files.len()],
            problems: Vec::new(),
            meter,
            take,
        };
        let mut paths: Vec<&str> = files.iter().map(|(_, place)| place.file_path()).collect();
        paths.sort_unstable();
        paths.dedup();
        for file in paths {
            let path = match self.is_folder {
                true => self.root.join(file),
                false => self.root.clone(),
            };
            let start = Place::file(file);
            match File::open(path) {
                Ok(mut content) => visit(&mut content, &start, 0, meter, &mut reading),
                Err(error) => reading.problem(&start, &error),
            }
        }
        (reading.are_whole, reading.problems)
    }
}

struct Reading<'p> {
    wanted: BTreeMap<&'p Place, usize>,
    are_whole: Vec<bool>,
    problems: Vec<Problem>,
    meter: &'p Meter,
    take: Take<'p>,
}

impl Visitor for Reading<'_> {
    fn wants(&self, place: &Place) -> bool {
        // What a place holds follows it in their order.
        let from = (Bound::Included(place), Bound::Unbounded);
        let mut after = self.wanted.range::<Place, _>(from);
        after.next().is_some_and(|(next, _)| place.holds(next))
    }

    fn file(&mut self, file: visit::File<'_>) -> io::Result<()> {
        let Some(&at) = self.wanted.get(file.place) else {
            return Ok(());
        };
        self.meter.check()?;
        let mut text = String::new();
        let most = MAX_OBJECT_FILE.saturating_add(1);
        Read::take(file.reader, most).read_to_string(&mut text)?;
        if u64::try_from(text.len()).unwrap_or(u64::MAX) > MAX_OBJECT_FILE {
            return Err(LimitError::Objects(MAX_OBJECT_FILE).into());
        }
        let take = &mut *self.take;
        match yaml::objects(&text, &mut |object| take(at, object)) {
            Ok(()) => self.are_whole[at] = true,
            Err(error) => self.problems.push(Problem {
                place: Some(file.place.clone()),
                why: error.to_string(),
            }),
        }
        Ok(())
    }

    fn problem(&mut self, place: &Place, error: &io::Error) {
        // What breaks an archive behind the last file of interest is nobody's loss.
        if self.wants(place) {
            self.problems.push(Problem {
                place: Some(place.clone()),
                why: error.to_string(),
            });
        }
    }
}
