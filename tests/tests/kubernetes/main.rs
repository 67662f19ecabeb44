//! The source `kube`, against an API server in this process and real databases behind it.

mod scene;

mod callers;
mod faults;
mod kernel;

mod capture;

mod one_shot;
mod plain_pods;
mod ports;
mod resources;
mod rights;
mod rows;

mod drops;

mod tools;

mod forward;

mod inside;

mod traced;
mod warm;

mod joined;

mod joins;

mod asked;
