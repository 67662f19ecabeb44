//! Instructions counted in the parsers, which do not move with the load of the machine.

use std::collections::BTreeMap;
use std::env;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::measured::{Measured, OURS};
use crate::part::Bench;

/// The program that counts, and compares with what is kept; it is built beside this one.
const PROGRAM: &str = "ovn-parsers";

pub(super) fn run(bench: &mut Bench) -> Result<()> {
    let program = env::current_exe()?.with_file_name(PROGRAM);
    let done = Command::new(&program)
        .output()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let printed = String::from_utf8(done.stdout)?;
    let counted = printed.lines().next().unwrap_or_default();
    let said = String::from_utf8_lossy(&done.stderr);
    let counted: BTreeMap<String, f64> =
        serde_json::from_str(counted).with_context(|| said.clone().into_owned())?;
    for (parser, a_byte) in counted {
        let measured = Measured::new("instructions", &parser, OURS, 1);
        bench
            .log
            .add(measured.with("instructions_a_byte", a_byte))?;
    }
    ensure!(done.status.success(), "{said}");
    Ok(())
}
