//! Files in rows, and rows made where others refer to them. The browser tests use it
//! (`tests/browser/uploads.spec.mjs`).

use std::env;

use axum::middleware::from_fn;
use rdj_tests::{documents::DocumentsPage, notes::sign_in, orm::create_tables};

#[tokio::main]
async fn main() -> rdj::Result {
    let url = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite::memory:".to_owned());
    let db = rdj::orm::connect(&url).await?;
    create_tables(&db).await?;
    rdj::App::new()
        .database(db)
        .page::<DocumentsPage>()
        .layer(from_fn(sign_in))
        .sessions(rdj::session::memory())
        .run()
        .await
}
