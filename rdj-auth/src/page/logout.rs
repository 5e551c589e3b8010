//! Routes beside the pages: signing out, and another spelling of an address.

use axum::{
    Router,
    response::Redirect,
    routing::{get, post},
};
use rdj_runtime::{Cx, Result};

use super::AuthRoutes;
use crate::{cx::CxAuth as _, state::after_logout};

/// How some write the address of the page for forgotten passwords.
const OTHER_SPELLING: &str = "/password_reset";

/// `POST` to the address signs out; `GET` is answered 405.
pub(super) fn routes(chosen: &AuthRoutes) -> Router {
    let mut router = Router::new();
    if let Some(path) = &chosen.logout {
        router = router.route(path, post(logout));
    }
    if let Some(to) = chosen.password_reset.clone()
        && to != OTHER_SPELLING
    {
        let redirect = move || async move { Redirect::permanent(&to) };
        router = router.route(OTHER_SPELLING, get(redirect));
    }
    router
}

async fn logout(cx: Cx) -> Result<()> {
    let to = after_logout(&cx)?;
    cx.logout().await?;
    cx.response().header("cache-control", "no-store")?;
    cx.redirect(to);
    Ok(())
}
