//! What is wrong with an application wherever it runs.

use http::Uri;

use super::{CheckCx, CheckMessage, Inspection};
use crate::app::Stage;

pub(super) fn check(cx: &CheckCx<'_>) -> Vec<CheckMessage> {
    let mut found = origins(cx);
    let inspection = cx.inspection;
    if inspection.has_guards() && !tells_users(inspection) {
        let text = "Pages or events ask for a signed-in user, and no layer tells who that is.";
        let message = CheckMessage::warning("rdj.W011", text);
        found.push(
            message.hint(
                "Without a layer that puts a `CurrentUser` into requests nobody can open them.",
            ),
        );
    }
    if cfg!(debug_assertions) && cx.deploy {
        let text = "The binary was built without optimisation.";
        found.push(
            CheckMessage::info("rdj.I001", text).hint("Build it with `cargo build --release`."),
        );
    }
    found
}

/// Whether a layer may tell who is signed in: one of the application's own, too.
fn tells_users(inspection: &Inspection) -> bool {
    let mut layers = inspection.layers.iter();
    layers.any(|layer| matches!(layer.stage, None | Some(Stage::Identity)))
}

/// An allowed origin that can never be one.
fn origins(cx: &CheckCx<'_>) -> Vec<CheckMessage> {
    let origins = cx.inspection.config.allowed_origins.iter();
    let wrong = origins.filter(|origin| !origin.contains('*') && !is_origin(origin));
    let message = |origin: &String| {
        let text = format!("`{origin}` in `Config::allowed_origins` is no origin.");
        let hint = "An origin is scheme, host and port, such as `https://www.example.org`.";
        CheckMessage::error("rdj.E002", text).hint(hint)
    };
    wrong.map(message).collect()
}

fn is_origin(text: &str) -> bool {
    let Ok(uri) = text.parse::<Uri>() else {
        return false;
    };
    let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
    // a path, even `/`, never equals what browsers send
    is_web && uri.path() == "/" && uri.query().is_none() && !text.ends_with('/')
}
