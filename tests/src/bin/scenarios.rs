//! Makes scenarios and reports on them.
//!
//! `scenarios make [NAME…]` makes the recordings of all or some scenarios anew, on the real stack.

use anyhow::{Result, bail};
use ovn_tests::pack::make::make;
use ovn_tests::pack::scenario::Scenario;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((command, names)) if command == "make" => {
            let scenarios = match names {
                [] => Scenario::all()?,
                names => names
                    .iter()
                    .map(|name| Scenario::named(name))
                    .collect::<Result<_>>()?,
            };
            scenarios.iter().try_for_each(make)
        }
        _ => bail!("usage: scenarios make [NAME…]"),
    }
}
