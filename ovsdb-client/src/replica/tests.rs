//! Property tests of the replica.
