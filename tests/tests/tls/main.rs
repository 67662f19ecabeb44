//! TLS against real servers.

mod secure_server;

mod ending;
mod refusing;
mod using;
