//! Databases shaped like those of OVN-Kubernetes, of any size, from a seed.
//!
//! They are written as database files, without a server: the same seed and size give the same
//! bytes. References hold and indexes are unique, so that a server serves them as its own.

pub mod writer;

mod northbound;
mod recording;
mod rows;
mod southbound;

pub use self::northbound::{marked, northbound, port_name, switch_port};
pub use self::recording::{recording, standalone};
pub use self::rows::Rows;
pub use self::southbound::southbound;

/// How large a cluster is, and which of its many forms it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// How many nodes.
    pub nodes: usize,
    /// How many pods on all nodes together.
    pub pods: usize,
    /// What the UUIDs derive from.
    pub seed: u64,
    /// How many times one pod in a hundred has changed since the beginning.
    pub revision: usize,
}

impl Size {
    /// A cluster of so many nodes and pods, unchanged since its beginning.
    pub fn new(nodes: usize, pods: usize) -> Self {
        Self {
            nodes,
            pods,
            seed: 7,
            revision: 0,
        }
    }

    /// How many namespaces there are: one for each 50 pods.
    pub fn namespaces(self) -> usize {
        self.pods.div_ceil(50)
    }

    /// How many services there are: one for each 10 pods.
    pub fn services(self) -> usize {
        self.pods.div_ceil(10)
    }

    /// The UUID of a thing of a kind.
    pub fn uuid(self, kind: &str, number: usize) -> String {
        let mut state = self.seed;
        for byte in kind.bytes() {
            state = mix(state ^ u64::from(byte));
        }
        let number = u64::try_from(number).unwrap_or_default();
        let (high, low) = (mix(state ^ number), mix(mix(state) ^ number));
        format!(
            "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            low >> 52,
            low & 0xffff_ffff_ffff
        )
    }
}

/// A step of splitmix64, by Vigna.
fn mix(state: u64) -> u64 {
    let state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let state = (state ^ state >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ state >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ state >> 31
}

/// The address of a pod or node, as four numbers of which the last three are its own.
fn address(network: usize, number: usize) -> String {
    format!(
        "{}.{}.{}.{}",
        10 + network,
        number >> 16 & 255,
        number >> 8 & 255,
        number & 255
    )
}

/// A MAC address that derives from the same numbers.
fn mac(network: usize, number: usize) -> String {
    format!(
        "0a:58:{:02x}:{:02x}:{:02x}:{:02x}",
        10 + network,
        number >> 16 & 255,
        number >> 8 & 255,
        number & 255
    )
}
