//! The bodies of the fuzz targets over their seeds and over mutations of them, in every `cargo test`.
//!
//! Fuzzing proper needs a nightly toolchain and time; see `fuzz/README.md`. This keeps the targets
//! compiling and holds what they found.

#[path = "../fuzz/src/lib.rs"]
pub mod bodies;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

/// How many mutated inputs there are.
const CASES: u32 = 192;

/// The operations that a mutation puts in.
const OPERATIONS: [&str; 16] = [
    "s",
    "t",
    "tx",
    "g",
    "x",
    "z",
    "a",
    "a1",
    "d",
    "c90",
    "f700",
    "h10737418240",
    "k/etc/passwd",
    "n../../nb.db",
    "nmanifest.json",
    "nsos_commands/openvswitch/conf.db",
];

fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/bundle");
    let mut seeds = Vec::new();
    for entry in fs::read_dir(&folder).expect("there are seeds") {
        let path = entry.expect("the folder can be read").path();
        let bytes = fs::read(&path).expect("a seed can be read");
        seeds.push((path.display().to_string(), bytes));
    }
    seeds.sort();
    assert!(!seeds.is_empty(), "there are no seeds");
    seeds
}

#[test]
fn any_folder_is_a_bundle_or_is_refused_and_stays_as_it_was() {
    let seeds = seeds();
    for (name, seed) in &seeds {
        // The last name printed is that of the seed that failed.
        println!("{name}");
        bodies::bundle::run(seed);
    }
    bodies::bundle::run(&[]);
    let edit = (any::<Index>(), select(&OPERATIONS[..]), any::<bool>());
    let inputs = (
        any::<Index>(),
        prop::collection::vec(edit, 0..6),
        prop::option::of((any::<Index>(), any::<u8>())),
    );
    let mut runner = TestRunner::new(Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    });
    let result = runner.run(&inputs, |(seed, edits, flipped)| {
        let (_, seed) = &seeds[seed.index(seeds.len())];
        let mut lines: Vec<Vec<u8>> = seed
            .split(|byte| *byte == b'\n')
            .map(<[u8]>::to_vec)
            .collect();
        for (at, operation, replaces) in edits {
            let at = at.index(lines.len() + 1);
            let end = (at + usize::from(replaces)).min(lines.len());
            lines.splice(at..end, [operation.as_bytes().to_vec()]);
        }
        let mut input = lines.join(&b'\n');
        if let (Some((at, byte)), false) = (flipped, input.is_empty()) {
            let at = at.index(input.len());
            input[at] = byte;
        }
        bodies::bundle::run(&input);
        Ok(())
    });
    assert_eq!(result.map_err(|error| error.to_string()), Ok(()));
}
