//! ovnscope, built with the tests: the same single call into the product as the real program's.

use std::process::ExitCode;

fn main() -> ExitCode {
    ovn_mcp_server::cli::main()
}
