//! What a trustworthy client shows.

mod start;

mod living;

mod ordering;

mod following;

mod resuming;

mod converting;

mod torture;

mod crashing;
