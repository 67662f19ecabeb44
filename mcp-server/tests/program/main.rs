//! The program as its users run it: over a pipe as an MCP client, and in a shell.

mod client;

mod protocol;

mod command_line;

mod offline;

mod web;

mod http;

mod investigate;

mod withdraw;
