//! Recordings: what `ovnscope record` makes is what the servers hold, and stock tools read it.

mod stock;

mod recording;

mod following;
