//! Captures of packets: what is to be captured and where, and what was captured, read into flows.
//!
//! A filter of a user's is parsed here into a tree of typed terms and written anew for the program
//! that captures, so that no text of theirs reaches a command line.

mod interface;

mod filter;

mod term;

mod parse;

mod pcap;

mod pcapng;

mod frame;

mod decode;

mod stream;

mod flow;

#[cfg(test)]
pub(crate) mod tests;

pub(crate) use self::decode::{decode, protocol_name};
pub use self::filter::Filter;
pub use self::flow::{Flow, Flows, flows};
pub(crate) use self::frame::Frame;
pub use self::frame::{Address, End};
pub use self::interface::{Direction, Interface, InterfaceError};
pub use self::parse::ParseFilterError;
pub use self::pcap::{Packet, Pcap, PcapError};
pub use self::pcapng::{Place, write};
pub use self::term::{Side, Term};
