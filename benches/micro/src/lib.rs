//! The pieces of the client alone: what they are measured with, and what is counted of them.

pub mod material;

pub mod parser;

pub mod instructions;
