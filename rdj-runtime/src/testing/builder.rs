//! What a made-up request has.

use std::sync::{Arc, OnceLock};

use http::{HeaderName, HeaderValue, Method, Uri, header::COOKIE, request::Parts};
use serde::Serialize;
use tower_sessions::{MemoryStore, Session};

use super::{TestCx, put};
use crate::{
    context::{ContextProcessor, ContextProcessors},
    cx::Resources,
    form::Entries,
    i18n::I18n,
    identity::Identities,
    user::CurrentUser,
};

impl Default for TestCx {
    fn default() -> Self {
        Self::new()
    }
}

impl TestCx {
    /// An event of nobody on the page `/`, with an empty session.
    pub fn new() -> Self {
        let (mut parts, ()) = http::Request::new(()).into_parts();
        parts.method = Method::POST;
        let store = Arc::new(MemoryStore::default());
        parts.extensions.insert(Session::new(None, store, None));
        let mut resources = Resources::default();
        resources.insert(Identities::default());
        Self {
            parts,
            params: Vec::new(),
            form: None,
            resources,
            cx: OnceLock::new(),
        }
    }

    /// A context that was made already does not follow a change.
    fn with(mut self, change: impl FnOnce(&mut Parts)) -> Self {
        change(&mut self.parts);
        self.cx = OnceLock::new();
        self
    }

    /// Who is signed in.
    pub fn user(self, user: &CurrentUser) -> Self {
        self.extension(user.clone())
    }

    /// The method: POST for events, which is the default, GET for page loads.
    pub fn method(self, method: Method) -> Self {
        self.with(|parts| parts.method = method)
    }

    /// The page's address, with a query or without. One that is no address is left out, with a warning
    /// in the log.
    pub fn path(self, path: &str) -> Self {
        self.with(|parts| {
            if let Ok(uri) = path.parse() {
                parts.uri = uri;
            } else {
                tracing::warn!(path, "this is no path");
            }
        })
    }

    /// The page's query, in place of that of its path.
    pub fn query<'a>(self, query: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let query: Vec<_> = query.into_iter().collect();
        let query = serde_urlencoded::to_string(query).unwrap_or_default();
        self.with(|parts| {
            let uri = format!("{}?{query}", parts.uri.path()).parse::<Uri>();
            parts.uri = uri.unwrap_or_default();
        })
    }

    /// A parameter of the page's route.
    pub fn param(mut self, name: &str, value: &str) -> Self {
        self.params.push((name.to_owned(), value.to_owned()));
        self.with(|_| ())
    }

    /// The entries of a submitted form.
    pub fn form<'a>(mut self, entries: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let entries = entries.into_iter();
        let entries = entries.map(|(name, value)| (name.to_owned(), value.to_owned()));
        self.form = Some(Entries::new(entries.collect()));
        self.with(|_| ())
    }

    /// A header. A name or value that HTTP does not allow is left out, with a warning in the log.
    pub fn header(self, name: &str, value: &str) -> Self {
        let header = (name.parse::<HeaderName>(), HeaderValue::from_str(value));
        self.with(|parts| {
            if let (Ok(name), Ok(value)) = header {
                parts.headers.append(name, value);
            } else {
                tracing::warn!(name, "this is no header");
            }
        })
    }

    /// A cookie.
    pub fn cookie(self, name: &str, value: &str) -> Self {
        let before = self.parts.headers.get(COOKIE);
        let before = before.and_then(|value| value.to_str().ok());
        let all = match before {
            Some(before) => format!("{before}; {name}={value}"),
            None => format!("{name}={value}"),
        };
        self.with(|parts| {
            if let Ok(value) = HeaderValue::from_str(&all) {
                parts.headers.insert(COOKIE, value);
            } else {
                tracing::warn!(name, "this is no cookie");
            }
        })
    }

    /// Values of the session. It is a real one, in memory: handlers change it, and give it an id.
    pub fn session<'a, V: Serialize>(self, values: impl IntoIterator<Item = (&'a str, V)>) -> Self {
        if let Some(session) = self.parts.extensions.get::<Session>() {
            for (key, value) in values {
                if let Err(error) = put(session, key, &value) {
                    tracing::warn!(key, %error, "this value does not fit into a session");
                }
            }
        }
        self.with(|_| ())
    }

    /// The application has no session layer.
    pub fn without_session(self) -> Self {
        self.with(|parts| {
            parts.extensions.remove::<Session>();
        })
    }

    /// The language, one of those that are shipped.
    pub fn language(self, code: &str) -> Self {
        self.language_of(&I18n::new(), code)
    }

    /// The language, one of the application's.
    pub fn language_of(self, i18n: &I18n, code: &str) -> Self {
        let locale = i18n.locale(code);
        self.extension(locale.language()).extension(locale)
    }

    /// What a layer puts into the request, such as a tenant.
    pub fn extension<T: Clone + Send + Sync + 'static>(self, value: T) -> Self {
        self.with(|parts| {
            parts.extensions.insert(value);
        })
    }

    /// A shared service of the application, such as its database.
    pub fn resource<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.resources.insert(value);
        self.with(|_| ())
    }

    /// A context processor of the application, as [`App::context_processor`](crate::App::context_processor).
    pub fn context_processor<P>(self, name: &'static str, processor: P) -> Self
    where
        P: for<'a> ContextProcessor<'a> + 'static,
    {
        let known = self.resources.get::<ContextProcessors>().cloned();
        self.resource(known.unwrap_or_default().with(name, processor))
    }
}
