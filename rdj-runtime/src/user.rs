//! Who is signed in, as the runtime sees it.

use std::sync::Arc;

/// The signed-in user: a layer puts it into the request's extensions.
///
/// `owner_field` of a model state compares its column with [`CurrentUser::id`].
///
/// ```
/// use axum::{extract::Request, middleware::Next, response::Response};
/// use rdj_runtime::CurrentUser;
///
/// async fn sign_in(mut request: Request, next: Next) -> Response {
///     request.extensions_mut().insert(CurrentUser::new(1, "ann"));
///     next.run(request).await
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrentUser {
    id: i64,
    name: Arc<str>,
}

impl CurrentUser {
    /// A user with this primary key and name.
    pub fn new(id: i64, name: impl Into<Arc<str>>) -> Self {
        Self {
            id,
            name: name.into(),
        }
    }

    /// The primary key in the user table.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The name to show.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}
