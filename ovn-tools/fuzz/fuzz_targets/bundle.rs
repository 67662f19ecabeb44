//! Fuzzes `bundle`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_tools_fuzz::bundle::run;

fuzz_target!(|data: &[u8]| run(data));
