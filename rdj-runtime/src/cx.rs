//! What a handler sees of the request that carried its event.

mod current;
mod entered;
mod flush;
mod messages;
mod response;
mod spawn;

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt,
    future::{Future, pending},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak},
};

use http::{Extensions, HeaderMap, Method, StatusCode, Uri, request::Parts};
use serde::Serialize;
use tower_sessions::Session;

pub(crate) use self::entered::enter;
pub(crate) use self::flush::Stage;
pub use self::{
    current::{
        current_csrf_token, current_cx, current_language, current_messages, current_request,
        current_response, current_session, current_user,
    },
    entered::Entered,
    messages::CxMessages,
    response::CxResponse,
    spawn::spawn_in_cx,
};
use crate::{
    context::Collected,
    csrf::Csrf,
    dispatch::BoxFuture,
    download::Download,
    error::{Error, Result},
    form::{Entries, FormValue},
    i18n::{Language, Locale},
    message::Messages,
    upload::UploadedFile,
    user::CurrentUser,
    wire::Effect,
    work::PageWork,
};

tokio::task_local! {
    static CURRENT: Cx;
}

/// Shared services of the application by type, such as the database connection.
#[derive(Clone, Default)]
pub struct Resources(HashMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl Resources {
    /// Adds a service; one of the same type is replaced.
    pub fn insert<T: Send + Sync + 'static>(&mut self, value: T) {
        self.0.insert(TypeId::of::<T>(), Arc::new(value));
    }

    /// The service of type `T`, if there is one.
    #[must_use]
    pub fn get<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.0.get(&TypeId::of::<T>())?.downcast_ref()
    }
}

impl fmt::Debug for Resources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Resources({})", self.0.len())
    }
}

/// The context of one event or page load: the request as it came out of the application's tower
/// stack, with everything its layers put into it, and what the handler wants done in the browser.
///
/// A `Cx` is cheap to clone. Free functions such as [`current_user`] read the same context.
#[derive(Clone)]
pub struct Cx {
    inner: Arc<Inner>,
    /// A service that stands before the application's one of the same type, such as a transaction.
    scoped: Option<(TypeId, Arc<dyn Any + Send + Sync>)>,
}

struct Inner {
    parts: Parts,
    params: Vec<(String, String)>,
    form: Option<Entries>,
    resources: Arc<Resources>,
    user: Mutex<Option<CurrentUser>>,
    outbox: Mutex<Outbox>,
    collected: Collected,
    stage: Stage,
    /// The tasks of the page that this is for.
    work: OnceLock<Weak<PageWork>>,
    /// The file of an upload.
    file: OnceLock<UploadedFile>,
}

/// What a handler wants done in the browser.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    pub(crate) messages: Messages,
    pub(crate) effects: Vec<Effect>,
    pub(crate) redirect: Option<String>,
    /// Whether the redirect takes the page's place in the browser's history.
    pub(crate) replace: bool,
    /// The file that the answer is.
    pub(crate) download: Option<Download>,
    /// The status of the answer, where it is another one than that of the handler's result.
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Cx {
    /// A context from a request; the runtime makes one per event.
    #[must_use]
    pub fn new(
        parts: Parts,
        params: Vec<(String, String)>,
        form: Option<Entries>,
        resources: Arc<Resources>,
    ) -> Self {
        let user = Mutex::new(parts.extensions.get().cloned());
        Self {
            inner: Arc::new(Inner {
                parts,
                params,
                form,
                resources,
                user,
                outbox: Mutex::default(),
                collected: Collected::default(),
                stage: Stage::default(),
                work: OnceLock::new(),
                file: OnceLock::new(),
            }),
            scoped: None,
        }
    }

    /// The request: method, address, headers and extensions.
    #[must_use]
    pub fn request(&self) -> &Parts {
        &self.inner.parts
    }

    /// The request's method: POST for events, GET for page loads.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.inner.parts.method
    }

    /// The page's address.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.inner.parts.uri
    }

    /// The request's headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.parts.headers
    }

    /// All that layers put into the request.
    #[must_use]
    pub fn extensions(&self) -> &Extensions {
        &self.inner.parts.extensions
    }

    /// What a layer put into the request under the type `T`, such as a tenant.
    #[must_use]
    pub fn extension<T: Clone + Send + Sync + 'static>(&self) -> Option<&T> {
        self.inner.parts.extensions.get()
    }

    /// The parameter `name` of a dynamic route, such as `id` of `/albums/{id}`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the route has no such parameter or its text is no `T`.
    pub fn param<T: FormValue>(&self, name: &str) -> Result<T> {
        let found = self.inner.params.iter().find(|(n, _)| n == name);
        let (_, text) = found.ok_or(Error::NotFound)?;
        T::parse(text).map_err(|_| Error::NotFound)
    }

    /// The parameters of a dynamic route, by name.
    #[must_use]
    pub fn params(&self) -> &[(String, String)] {
        &self.inner.params
    }

    /// The entries of the form that was submitted, if this event is a submit.
    #[must_use]
    pub fn form(&self) -> Option<&Entries> {
        self.inner.form.as_ref()
    }

    /// The session that the session layer put into the request.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] if the application has no session layer.
    pub fn session(&self) -> Result<&Session> {
        self.extension().ok_or(Error::Missing("a session layer"))
    }

    /// Who is signed in: what a layer put into the request as [`CurrentUser`], or who has signed in
    /// since.
    #[must_use]
    pub fn user(&self) -> Option<CurrentUser> {
        lock(&self.inner.user).clone()
    }

    /// Who is signed in.
    ///
    /// # Errors
    ///
    /// [`Error::LoginRequired`] if nobody is.
    pub fn require_user(&self) -> Result<CurrentUser> {
        self.user().ok_or(Error::LoginRequired)
    }

    /// Changes who is signed in for the rest of this event, as a sign-in does: the page goes on as
    /// the new user's. It changes neither the session nor what a layer says at the next event.
    pub fn set_user(&self, user: Option<CurrentUser>) {
        *lock(&self.inner.user) = user;
    }

    /// The language of this request or event; English where the application has but one.
    #[must_use]
    pub fn language(&self) -> Language {
        Locale::of(self).map_or_else(Language::english, |locale| locale.language())
    }

    /// The token that forms of this page carry against forged requests, masked anew at each call; empty
    /// where the application has no CSRF layer.
    #[must_use]
    pub fn csrf_token(&self) -> String {
        self.extension::<Csrf>()
            .map_or_else(String::new, Csrf::token)
    }

    /// Headers and cookies for the browser, sent with the answer to this event or request.
    #[must_use]
    pub fn response(&self) -> CxResponse<'_> {
        CxResponse { cx: self }
    }

    /// A shared service of the application, such as the database.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] if the application was not given one.
    pub fn resource<T: Send + Sync + 'static>(&self) -> Result<&T> {
        let scoped = self
            .scoped
            .as_ref()
            .filter(|(id, _)| *id == TypeId::of::<T>());
        let found = match scoped {
            Some((_, value)) => value.downcast_ref(),
            None => self.inner.resources.get(),
        };
        found.ok_or(Error::Missing(std::any::type_name::<T>()))
    }

    /// This context with another service of type `T`, such as an open transaction.
    #[must_use]
    pub fn with_resource<T: Send + Sync + 'static>(&self, value: Arc<T>) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            scoped: Some((TypeId::of::<T>(), value)),
        }
    }

    /// Adds messages that the page shows with this event. They survive a redirect where the
    /// application has a session layer.
    #[must_use]
    pub fn messages(&self) -> CxMessages<'_> {
        CxMessages { cx: self }
    }

    /// Sends the browser to another address after this event.
    ///
    /// A path of this site navigates; anything else is a full redirect. Addresses that are neither a
    /// path nor `http(s)` are refused when the event ends.
    pub fn redirect(&self, to: impl Into<String>) {
        let mut outbox = self.outbox();
        outbox.redirect = Some(to.into());
        outbox.replace = false;
    }

    /// As [`Cx::redirect`], and the address takes the place of the page in the browser's history: the
    /// way back does not lead there again, as after a sign-in.
    pub fn redirect_replacing(&self, to: impl Into<String>) {
        self.redirect(to);
        self.outbox().replace = true;
    }

    /// Moves the keyboard focus to the element with this id after the patch.
    pub fn focus(&self, id: impl Into<String>) {
        self.outbox().effects.push(Effect::Focus { id: id.into() });
    }

    /// Hands a value to the hook of the element with this id, after the patch of this event: its script
    /// takes it with `context.handle(name, ..)`. It waits for an element that the page does not have yet;
    /// where the page is not open in a browser, the value is dropped.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] if the value cannot be written as JSON.
    pub fn push_to_hook<T: Serialize + ?Sized>(
        &self,
        id: impl Into<String>,
        name: impl Into<String>,
        value: &T,
    ) -> Result {
        let value =
            serde_json::to_value(value).map_err(|error| Error::internal(error.to_string()))?;
        self.outbox().effects.push(Effect::Push {
            id: id.into(),
            name: name.into(),
            value,
        });
        Ok(())
    }

    /// What the context processors gave in this event.
    pub(crate) fn collected(&self) -> &Collected {
        &self.inner.collected
    }

    /// Makes it the context of a page.
    pub(crate) fn set_page_work(&self, work: &Arc<PageWork>) {
        let _ = self.inner.work.set(Arc::downgrade(work));
    }

    pub(crate) fn page_work(&self) -> Option<Arc<PageWork>> {
        self.inner.work.get()?.upgrade()
    }

    pub(crate) fn set_file(&self, file: UploadedFile) {
        let _ = self.inner.file.set(file);
    }

    pub(crate) fn file(&self) -> Option<&UploadedFile> {
        self.inner.file.get()
    }

    pub(crate) fn outbox(&self) -> MutexGuard<'_, Outbox> {
        lock(&self.inner.outbox)
    }

    /// Runs `f` with this context as the current one of the free functions.
    pub(crate) fn scope_sync<T>(&self, f: impl FnOnce() -> T) -> T {
        CURRENT.sync_scope(self.clone(), f)
    }

    /// Runs `future` with this context as the current one of the free functions.
    pub async fn scope<F: Future>(self, future: F) -> F::Output {
        CURRENT.scope(self, future).await
    }

    /// As [`Cx::scope`], compiled once for all futures with an output of the same type.
    #[doc(hidden)]
    pub async fn scope_boxed<T: Send>(self, future: BoxFuture<'_, T>) -> T {
        let mut output = None;
        let work: BoxFuture<'_, ()> = Box::pin(async { output = Some(future.await) });
        CURRENT.scope(self, work).await;
        match output {
            Some(output) => output,
            // it ended, so there is an output
            None => pending().await,
        }
    }
}

impl fmt::Debug for Cx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = &self.inner.parts;
        write!(f, "Cx({} {})", parts.method, parts.uri)
    }
}
