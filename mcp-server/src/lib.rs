//! ovnscope's surfaces: the MCP server and the command line over the tools of `ovn_tools`.
//!
//! One list, [`tool::TOOLS`], defines every tool; the schemas, what `tools/list` answers, the
//! subcommands and the table in the README derive from it.

pub mod config;

pub mod telemetry;

pub mod failure;

pub mod schema;

pub mod present;

pub mod tool;

pub mod offer;

pub mod kept;

pub mod resource;

pub mod prompt;

pub mod completion;

mod stage;

pub mod limit;

pub mod server;

pub mod protocol;

pub mod listen;

pub mod http;

pub mod serve;

pub mod terminal;

pub mod cli;
