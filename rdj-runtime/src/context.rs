//! Context processors: values that every handler and template of an application can ask for.

mod builtin;

use std::{fmt, future::Future, sync::Arc};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use tokio::sync::Mutex;

pub use self::builtin::{builtin_i18n, builtin_user};
use crate::{
    app::App,
    cx::Cx,
    dispatch::BoxFuture,
    error::{Error, Result},
};

/// The merged values of all context processors.
pub type Context = Map<String, Value>;

tokio::task_local! {
    /// Set while the processors run, so that one that asks for the context gets an answer.
    static COLLECTING: ();
}

/// A function that adds values to the context: `async fn brand(cx: &Cx) -> Result<Brand>`.
///
/// Implemented for every such `async fn` whose value can be written as JSON. The fields of a struct
/// and the keys of a map become keys of the context; any other value has the processor's name as its
/// key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a context processor",
    label = "not a context processor",
    note = "write `async fn name(cx: &Cx) -> rdj::Result<T>` with a `T` that is `serde::Serialize`"
)]
pub trait ContextProcessor<'a>: Send + Sync {
    /// Runs it.
    fn values(&self, cx: &'a Cx) -> BoxFuture<'a, Result<Value>>;
}

impl<'a, F, R, T> ContextProcessor<'a> for F
where
    F: Fn(&'a Cx) -> R + Send + Sync,
    R: Future<Output = Result<T>> + Send + 'a,
    T: Serialize,
{
    fn values(&self, cx: &'a Cx) -> BoxFuture<'a, Result<Value>> {
        let values = self(cx);
        Box::pin(async move { Ok(serde_json::to_value(values.await?)?) })
    }
}

type Run = dyn for<'a> Fn(&'a Cx) -> BoxFuture<'a, Result<Value>> + Send + Sync;

/// The context processors of an application, in the order in which they run; a resource of it.
#[derive(Clone)]
pub struct ContextProcessors(Vec<(&'static str, Arc<Run>)>);

impl Default for ContextProcessors {
    /// The built-in ones: `builtin_user` and `builtin_i18n`.
    fn default() -> Self {
        Self::none()
            .with("builtin_user", builtin_user)
            .with("builtin_i18n", builtin_i18n)
    }
}

impl ContextProcessors {
    /// No processors, not even the built-in ones.
    #[must_use]
    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// Adds one at the end; one of the same name is replaced where it stands.
    #[must_use]
    pub fn with<P>(mut self, name: &'static str, processor: P) -> Self
    where
        P: for<'a> ContextProcessor<'a> + 'static,
    {
        let run: Arc<Run> = Arc::new(move |cx| processor.values(cx));
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = run,
            None => self.0.push((name, run)),
        }
        self
    }

    /// The names, in the order in which they run.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(name, _)| *name)
    }

    /// Runs all of them; one that fails is left out, so that it breaks no page that does not need it.
    async fn collect(&self, cx: &Cx) -> Context {
        let mut all = Context::new();
        for (name, run) in &self.0 {
            match run(cx).await {
                Ok(Value::Object(values)) => all.extend(values),
                Ok(value) => {
                    all.insert((*name).to_owned(), value);
                }
                Err(error) => {
                    tracing::warn!(%error, name, "a context processor failed and is left out");
                }
            }
        }
        all
    }
}

impl fmt::Debug for ContextProcessors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}

/// Whose context it is: it is collected anew when a handler signs in or changes the language.
pub(crate) type Key = (Option<i64>, String);

/// What the processors of one event gave, once somebody asked.
#[derive(Debug, Default)]
pub(crate) struct Collected(Mutex<Option<(Key, Arc<Context>)>>);

impl App {
    /// Adds a context processor: an `async fn` over the [`Cx`] whose values every handler and state can
    /// ask for by [`Cx::context`] and [`Cx::context_value`].
    ///
    /// They run in the order in which they are added, after `builtin_user` and `builtin_i18n`; on a
    /// clash of keys the later one wins, and one with a name that is there already takes its place.
    /// They run at most once per event and only if the context is read: a page that does not read it
    /// pays nothing, so there is nothing to switch off for it.
    ///
    /// ```
    /// use rdj_runtime::{App, Cx, Result};
    /// use serde_json::{Value, json};
    ///
    /// async fn brand(cx: &Cx) -> Result<Value> {
    ///     Ok(json!({"BRAND": "Notes & Co", "PATH": cx.uri().path()}))
    /// }
    ///
    /// async fn greet(cx: &Cx) -> Result<String> {
    ///     let brand: Option<String> = cx.context_value("BRAND").await?;
    ///     Ok(format!("Welcome to {}", brand.unwrap_or_default()))
    /// }
    ///
    /// let app = App::new().context_processor("brand", brand);
    /// assert_eq!(app.context_processors(), ["builtin_user", "builtin_i18n", "brand"]);
    /// ```
    pub fn context_processor<P>(self, name: &'static str, processor: P) -> Self
    where
        P: for<'a> ContextProcessor<'a> + 'static,
    {
        let known = self.resources().get::<ContextProcessors>().cloned();
        self.resource(known.unwrap_or_default().with(name, processor))
    }

    /// The names of the context processors, in the order in which they run.
    #[must_use]
    pub fn context_processors(&self) -> Vec<&'static str> {
        match self.resources().get::<ContextProcessors>() {
            Some(known) => known.names().collect(),
            None => ContextProcessors::default().names().collect(),
        }
    }
}

impl Cx {
    /// The values of all context processors, which run when they are first asked for in an event; again
    /// only if the user or the language changes in it.
    ///
    /// A processor that fails is left out, with a warning in the log. A processor itself sees an empty
    /// context.
    pub async fn context(&self) -> Arc<Context> {
        if COLLECTING.try_with(|()| ()).is_ok() {
            tracing::warn!("a context processor reads the context, which is empty there");
            return Arc::default();
        }
        let key = self.context_key();
        let mut collected = self.collected().0.lock().await;
        if let Some((of, context)) = collected.as_ref()
            && *of == key
        {
            return Arc::clone(context);
        }
        let default;
        let processors = if let Ok(processors) = self.resource::<ContextProcessors>() {
            processors
        } else {
            default = ContextProcessors::default();
            &default
        };
        let context = COLLECTING.scope((), processors.collect(self)).await;
        let context = Arc::new(context);
        *collected = Some((key, Arc::clone(&context)));
        context
    }

    /// Whose context [`Cx::context`] gives now.
    pub(crate) fn context_key(&self) -> Key {
        let user = self.user().map(|user| user.id());
        (user, self.language().code().to_owned())
    }

    /// One value of [`Cx::context`], typed; none if no processor gives it.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] if it is there and is no `T`.
    pub async fn context_value<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>> {
        let context = self.context().await;
        let value = context.get(key).map(T::deserialize).transpose();
        value.map_err(|error| Error::internal(format!("the context value `{key}`: {error}")))
    }
}

#[cfg(test)]
mod tests;
