//! ovnscope.

fn main() {}
