//! Counts the instructions a byte of the parsers, and fails where they have risen.
//!
//! `ovn-parsers` prints the counts and compares them with those that are kept;
//! `ovn-parsers PARSER ROUNDS` is what is counted.

use std::env;

use anyhow::{Result, bail};
use ovn_micro_benches::instructions::{Counted, Verdict};
use ovn_micro_benches::parser::parse;

#[expect(
    clippy::print_stdout,
    reason = "a measurement tells its figures to whoever runs it"
)]
fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    match words.as_slice() {
        [] => {
            let counted = Counted::of(&env::current_exe()?)?;
            println!("{}", serde_json::to_string(&counted)?);
            // Only code that is built as it is shipped, for the processor whose instructions were
            // counted before, can be compared.
            if cfg!(debug_assertions) || !cfg!(target_arch = "x86_64") {
                println!("not compared: this is no optimized build for x86-64");
                return Ok(());
            }
            match counted.compare(&Counted::baseline()?)? {
                Verdict::Fine => Ok(()),
                Verdict::Risen(risen) => bail!(
                    "instructions a byte rose by more than 5 % (parser, before, now): {risen:?}; \
                     make the code cheaper, or put the figures of this run into \
                     benches/instructions.json and say why in the commit"
                ),
            }
        }
        [parser, rounds] => {
            println!("{}", parse(parser, rounds.parse()?)?);
            Ok(())
        }
        _ => bail!("usage: ovn-parsers [PARSER ROUNDS]"),
    }
}
