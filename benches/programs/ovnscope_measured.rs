//! ovnscope as it is measured: the same program, built with the benchmarks.

use std::process::ExitCode;

fn main() -> ExitCode {
    ovn_mcp_server::cli::main()
}
