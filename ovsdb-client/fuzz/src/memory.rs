//! Memory: what a target holds at most is in proportion to its input.

use peak_alloc::PeakAlloc;

use super::Run;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// What a target may hold whatever its input.
/// **Unit and why**: bytes; layouts, schemas and sessions of the targets themselves.
pub const FIXED: usize = 256 * 1024;

/// What a target may hold for each byte of its input.
/// **Unit and why**: bytes; a fault is the dearest answer to few bytes, and each of them keeps its
/// table, row and problem as texts.
pub const PER_BYTE: usize = 160;

/// Runs a target and gives the most bytes that it held at once.
pub fn held(run: Run, data: &[u8]) -> usize {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    run(data);
    ALLOCATOR.peak_usage().saturating_sub(before)
}

/// Runs a target, which must not hold more than its input allows.
pub fn within_bounds(run: Run, data: &[u8]) {
    let held = held(run, data);
    let allowed = FIXED + PER_BYTE * data.len();
    let length = data.len();
    assert!(held <= allowed, "{held} bytes held for {length} of input");
}
