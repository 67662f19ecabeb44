//! The server's side of OVSDB against stock tools, a real server and our own client.

mod peer;

mod answers;
mod faults;
mod history;
mod notifications;
mod recorded;
mod replication;
mod stock;
