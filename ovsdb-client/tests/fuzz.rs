//! The bodies of the fuzz targets over their seeds and over mutations of them, in every `cargo test`.
//!
//! Fuzzing proper needs a nightly toolchain and time; see `fuzz/README.md`. This keeps the targets
//! compiling and holds what they found.

#[path = "../fuzz/src/lib.rs"]
pub mod bodies;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};

use self::bodies::{Run, TARGETS};

/// How many mutated inputs each target gets.
const CASES: u32 = 256;

/// The seeds of a target with their file names.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(target);
    let mut seeds = Vec::new();
    for entry in fs::read_dir(&folder).expect("each target has seeds") {
        let path = entry.expect("the folder can be read").path();
        let bytes = fs::read(&path).expect("a seed can be read");
        seeds.push((path.display().to_string(), bytes));
    }
    seeds.sort();
    assert!(!seeds.is_empty(), "{target} has no seeds");
    seeds
}

/// A change to an input: a part of it is replaced by a part of a seed or by other bytes.
type Edit = (Index, usize, Result<(Index, Index), Vec<u8>>);

fn edit() -> impl Strategy<Value = Edit> {
    let bytes = prop_oneof![
        "[ -~]{0,4}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..4),
        prop::sample::select(vec![
            "{}", "[]", "null", "1e999", "-1", "\"", "\n", "\\u0000"
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    let part = prop_oneof![any::<(Index, Index)>().prop_map(Ok), bytes.prop_map(Err),];
    (any::<Index>(), 0usize..24, part)
}

fn edited(seeds: &[(String, Vec<u8>)], mut input: Vec<u8>, edits: &[Edit]) -> Vec<u8> {
    for (at, length, part) in edits {
        let start = at.index(input.len() + 1);
        let end = (start + length).min(input.len());
        let part = match part {
            Ok((seed, at)) => {
                let (_, seed) = &seeds[seed.index(seeds.len())];
                seed[at.index(seed.len() + 1)..].to_vec()
            }
            Err(bytes) => bytes.clone(),
        };
        input.splice(start..end, part);
    }
    input
}

#[expect(
    clippy::print_stdout,
    reason = "the last name printed is that of the seed that failed"
)]
fn check(target: &str) {
    let (_, run): (&str, Run) = TARGETS
        .into_iter()
        .find(|(name, _)| *name == target)
        .expect("the target is one");
    let seeds = seeds(target);
    for (name, seed) in &seeds {
        println!("{name}");
        run(seed);
    }
    run(&[]);
    let inputs = (any::<Index>(), prop::collection::vec(edit(), 1..6));
    let mut runner = TestRunner::new(Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    });
    let result = runner.run(&inputs, |(seed, edits)| {
        let (_, seed) = &seeds[seed.index(seeds.len())];
        run(&edited(&seeds, seed.clone(), &edits));
        Ok(())
    });
    assert_eq!(result.map_err(|error| error.to_string()), Ok(()));
}

macro_rules! targets {
    ($($name:ident $target:literal),* $(,)?) => {
        $(#[test] fn $name() { check($target); })*

        #[test]
        fn every_target_is_checked_here() {
            assert_eq!(TARGETS.map(|(name, _)| name), [$($target),*]);
        }
    };
}

targets! {
    framing_does_not_depend_on_where_reads_split "framing",
    any_text_is_a_message_or_is_refused "envelope",
    what_is_read_as_a_value_can_be_written_and_read_again "value",
    a_replica_stays_whole_under_any_update "update",
    what_is_read_as_a_schema_can_be_written_and_read_again "schema",
    any_bytes_are_a_database_file_or_are_refused "dbfile",
    a_session_goes_on_whatever_a_server_says "session",
}
