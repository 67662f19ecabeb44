//! What a client may send, as a type.

use serde::{Serialize, Serializer};

use crate::operation::{Operation, ReadOperation};

/// The right to send some operations and no others.
///
/// It is sealed: [`ReadOnly`] and [`ReadWrite`] are all there are.
pub trait Access: sealed::Sealed + Send + Sync + 'static {
    /// The operations of a transaction.
    type Operation: From<ReadOperation> + Serialize + Send + 'static;
    /// Whether an operation can change a row.
    const MAY_WRITE: bool;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::ReadOnly {}
    impl Sealed for super::ReadWrite {}
}

/// Reading only: no message that changes a row can be made.
#[derive(Clone, Copy, Debug)]
pub struct ReadOnly;

/// Reading and writing.
#[derive(Clone, Copy, Debug)]
pub struct ReadWrite;

impl Access for ReadOnly {
    type Operation = ReadOperation;
    const MAY_WRITE: bool = false;
}

impl Access for ReadWrite {
    type Operation = Operation;
    const MAY_WRITE: bool = true;
}

impl Serialize for ReadOperation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Operation::from(self.clone()).serialize(serializer)
    }
}
