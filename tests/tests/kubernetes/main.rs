//! The source `kube`, against an API server in this process and real databases behind it.

mod scene;

mod callers;
mod faults;
mod kernel;
mod one_shot;
mod plain_pods;
mod ports;
mod resources;
mod rights;
mod rows;

mod tools;

mod forward;

mod warm;
