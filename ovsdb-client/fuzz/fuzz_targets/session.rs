//! Fuzzes `session`, with an eye on memory.

#![no_main]

use libfuzzer_sys::fuzz_target;
use ovsdb_client_fuzz::memory::within_bounds;
use ovsdb_client_fuzz::session::run;

fuzz_target!(|data: &[u8]| within_bounds(run, data));
