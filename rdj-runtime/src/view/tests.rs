//! Tests of the view.

#[cfg(feature = "testing")]
mod applied;
mod generate;
mod incremental;
mod oracle;
mod patches;
mod refusals;
mod views;

/// A page with this body.
fn page(body: &str) -> String {
    let head = "<!DOCTYPE html>\n<html>\n<head><meta charset=utf-8><title>t</title></head>\n";
    format!("{head}<body>\n{body}\n</body>\n</html>\n")
}

/// Seed of the random tests: `RDJ_FUZZ_SEED`, or the given one.
fn seed(default: u64) -> u64 {
    let seed = std::env::var("RDJ_FUZZ_SEED")
        .ok()
        .and_then(|seed| seed.parse::<u64>().ok());
    seed.map_or(default, |seed| {
        default ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    })
}
