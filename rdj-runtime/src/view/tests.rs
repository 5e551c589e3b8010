//! Tests of the view.

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
