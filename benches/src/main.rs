//! The program: runs the benchmarks, or one piece of the work that they measure.

use std::env;

use anyhow::Result;
use ovn_benches::run::Order;
use ovn_benches::work::work;

#[expect(clippy::print_stdout, reason = "it ends with where the outcome is")]
fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.split_first() {
        Some((&"work", words)) => work(words),
        _ => {
            let command = format!("benches/run {}", words.join(" "));
            let out = Order::parse(&words)?.run(command.trim())?;
            println!("{}", out.display());
            Ok(())
        }
    }
}
