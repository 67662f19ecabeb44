//! Database files against the servers and tools that write and read them.

mod comparison;

mod standalone;

mod clustered;

mod damaged;
