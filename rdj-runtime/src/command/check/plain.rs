//! What is wrong with an application wherever it runs.

use http::Uri;

use super::{CheckCx, CheckMessage, Inspection};
use crate::app::Stage;

pub(super) fn check(cx: &CheckCx<'_>) -> Vec<CheckMessage> {
    let mut found = origins(cx);
    found.extend(users(cx.inspection));
    if cfg!(debug_assertions) && cx.deploy {
        let text = "The binary was built without optimisation.";
        found.push(
            CheckMessage::info("rdj.I001", text).hint("Build it with `cargo build --release`."),
        );
    }
    found
}

/// Whether anything asks for a user though no layer tells who that is. What a layer of the
/// application's own does is not known, so it is asked about.
fn users(inspection: &Inspection) -> Option<CheckMessage> {
    if !inspection.has_guards() || inspection.has_layer_at(Stage::Identity) {
        return None;
    }
    let hint = "Without a layer that puts a `CurrentUser` into requests nobody can open them: call \
                `App::auth`, or add yours with `App::layer_at(Stage::Identity, ..)`.";
    let has_own = inspection.layers.iter().any(|layer| layer.stage.is_none());
    let message = if has_own {
        let text = "Pages or events ask for a signed-in user. Whether one of your layers tells who that \
                    is cannot be seen.";
        CheckMessage::info("rdj.I002", text)
    } else {
        let text = "Pages or events ask for a signed-in user, and no layer tells who that is.";
        CheckMessage::warning("rdj.W011", text)
    };
    Some(message.hint(hint))
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
