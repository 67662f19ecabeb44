//! Addresses: every way in which OVN spells them.
//!
//! Nothing here fails loudly: a text that is no address of the kind asked for is `None`, or kept
//! verbatim, since databases hold what people typed.

mod mac;
mod network;
mod port;
mod vip;

pub use self::mac::Mac;
pub use self::network::Network;
pub use self::port::PortAddress;
pub use self::vip::{Backends, Endpoint, Host};
