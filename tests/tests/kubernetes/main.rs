//! The source `kube`, against an API server in this process and real databases behind it.

mod scene;

mod faults;
mod rows;

mod tools;

mod forward;

mod warm;
