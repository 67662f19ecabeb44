//! Measures ovnscope and its peers side by side on the same work.
//!
//! `benches/run` builds and starts the program `ovn-bench`; what is measured is a process of its
//! own each time, so that processor time and memory are the kernel's figures for it alone. The
//! program that starts them stays small: a child's greatest memory begins with its parent's.
//! Each measurement checks what came out against what the other peers say, by row counts and
//! digests of the content: a wrong answer cannot win.

pub mod digest;

pub mod process;

pub mod measured;

pub mod dataset;

pub mod work;

pub mod peer;

pub mod follower;

pub mod mcp;

pub mod part;

pub mod table;

pub mod target;

pub mod plot;

pub mod run;
