//! ovnscope: the program.

use std::process::ExitCode;

fn main() -> ExitCode {
    ovn_mcp_server::cli::main()
}
