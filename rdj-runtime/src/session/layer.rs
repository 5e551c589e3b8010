//! The layer that gives each request its session.

mod answer;
mod cookie;
mod facts;

use std::{
    convert::Infallible,
    fmt,
    sync::{Arc, Once, OnceLock},
    time::Duration,
};

use axum::{
    extract::Request,
    response::{IntoResponse as _, Response},
};
use http::{HeaderValue, StatusCode, header::SET_COOKIE};
use tower::{Layer, Service};
use tower_sessions::{Expiry, Session, SessionStore, cookie::SameSite, session::Id};

use super::{
    ClearExpired,
    cache::Cached,
    exchanged::Exchanged,
    expired::sweep,
    is_gone,
    request::{OnEnd, RequestStore, Shared},
};
use crate::{
    bridge::Bridged,
    i18n::Locale,
    security::{
        Client,
        around::{Around, Wrapped, call},
        cookie::{Secure, cookie_value},
        headers::vary_on_cookie,
    },
};

/// How long a session lives after its last write.
const IDLE: Duration = Duration::from_hours(14 * 24);
/// How long a session lives at all.
const ABSOLUTE: Duration = Duration::from_hours(30 * 24);
/// How old what is read may be.
const CACHE: Duration = Duration::from_secs(1);
/// How often expired sessions are removed.
const CLEAR: Duration = Duration::from_mins(10);

/// Gives each request a [`Session`] and stores what changed; see [`crate::session`].
///
/// ```
/// use std::time::Duration;
///
/// let sessions = rdj_runtime::session::memory()
///     .cookie_name("shop_session")
///     .idle(Duration::from_secs(60 * 60))
///     .absolute(Duration::from_secs(12 * 60 * 60));
/// let app = rdj_runtime::App::new().sessions(sessions);
/// ```
#[derive(Clone)]
#[must_use = "a layer does nothing until an application has it"]
pub struct SessionLayer {
    store: Arc<dyn SessionStore>,
    expired: Option<Arc<dyn ClearExpired>>,
    settings: Settings,
    absolute: Duration,
    cache: Duration,
    on_end: Vec<OnEnd>,
    /// What stands around requests: one for all routes, as a router asks for it once for each.
    built: Arc<OnceLock<Arc<Sessions>>>,
}

#[derive(Clone, Debug)]
struct Settings {
    name: String,
    path: String,
    domain: Option<String>,
    secure: Secure,
    same_site: SameSite,
    idle: Duration,
    every_request: bool,
    clear_every: Duration,
}

impl SessionLayer {
    /// A layer over any store of tower-sessions; expired sessions are the store's own business.
    pub fn new<S: SessionStore>(store: S) -> Self {
        Self::shared(Arc::new(store))
    }

    pub(super) fn shared(store: Arc<dyn SessionStore>) -> Self {
        let settings = Settings {
            name: "rdj_session".to_owned(),
            path: "/".to_owned(),
            domain: None,
            secure: Secure::Auto,
            same_site: SameSite::Lax,
            idle: IDLE,
            every_request: false,
            clear_every: CLEAR,
        };
        Self {
            store,
            expired: None,
            settings,
            absolute: ABSOLUTE,
            cache: CACHE,
            on_end: Vec::new(),
            built: Arc::default(),
        }
    }

    /// To be changed: a layer of its own, not the one that its clones are.
    fn anew(mut self) -> Self {
        self.built = Arc::default();
        self
    }

    pub(super) fn clearing(mut self, store: Arc<dyn ClearExpired>) -> Self {
        self.expired = Some(store);
        self
    }

    /// Names the cookie; `rdj_session` if not set.
    pub fn cookie_name(mut self, name: impl Into<String>) -> Self {
        self.settings.name = name.into();
        self.anew()
    }

    /// The path below which the browser sends the cookie; `/` if not set.
    pub fn cookie_path(mut self, path: impl Into<String>) -> Self {
        self.settings.path = path.into();
        self.anew()
    }

    /// The domain whose hosts all get the cookie; only the own host if not set.
    pub fn cookie_domain(mut self, domain: impl Into<String>) -> Self {
        self.settings.domain = Some(domain.into());
        self.anew()
    }

    /// Whether the cookie is sent over https only. If not set, it is for requests that came over https.
    pub fn secure(mut self, secure: bool) -> Self {
        self.settings.secure = Secure::forced(secure);
        self.anew()
    }

    /// With which requests of other sites the browser sends the cookie; `Lax` if not set.
    pub fn same_site(mut self, same_site: SameSite) -> Self {
        self.settings.same_site = same_site;
        self.anew()
    }

    /// How long a session lives after its last write; 14 days if not set. Reading does not count.
    pub fn idle(mut self, idle: Duration) -> Self {
        self.settings.idle = idle;
        self.anew()
    }

    /// How long a session lives after its key was made, whatever is written; 30 days if not set.
    ///
    /// [`Session::cycle_id`], as at a login, makes a new key.
    pub fn absolute(mut self, absolute: Duration) -> Self {
        self.absolute = absolute;
        self.anew()
    }

    /// Writes a session with each request that the browser shows one in, so that reading counts too. What
    /// an open page shows of the changes of others and of its tasks is no request: who has left the
    /// browser alone is signed out in time.
    pub fn save_every_request(mut self, every: bool) -> Self {
        self.settings.every_request = every;
        self.anew()
    }

    /// How old what is read may be, where another process wrote it; one second if not set, zero reads
    /// the store with each request that asks.
    pub fn cache_for(mut self, age: Duration) -> Self {
        self.cache = age;
        self.anew()
    }

    /// How often expired sessions are removed while the application serves; 10 minutes if not set.
    pub fn clear_every(mut self, period: Duration) -> Self {
        self.settings.clear_every = period;
        self.anew()
    }

    /// Calls `told` with the key of each session that is deleted or gets another key.
    pub fn on_end(mut self, told: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.on_end.push(Arc::new(told));
        self.anew()
    }

    /// The store's own removal of expired sessions, where it has one.
    #[must_use]
    pub fn expired(&self) -> Option<Arc<dyn ClearExpired>> {
        self.expired.clone()
    }
}

impl fmt::Debug for SessionLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionLayer")
            .field("store", &self.store)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl<S> Layer<S> for SessionLayer {
    type Service = Wrapped<Sessions, S>;

    fn layer(&self, inner: S) -> Self::Service {
        let around = Arc::clone(self.built.get_or_init(|| Arc::new(self.build())));
        Wrapped { around, inner }
    }
}

impl SessionLayer {
    fn build(&self) -> Sessions {
        let duration = |given| time::Duration::try_from(given).unwrap_or(time::Duration::MAX);
        let shared = Shared {
            cached: Cached::new(Arc::clone(&self.store), self.cache),
            idle: duration(self.settings.idle),
            absolute: duration(self.absolute),
            on_end: self.on_end.clone(),
            exchanged: Exchanged::default(),
        };
        Sessions {
            shared: Arc::new(shared),
            settings: self.settings.clone(),
            expired: self.expired.clone(),
            sweeping: Once::new(),
        }
    }
}

/// What a [`SessionLayer`] does around a request.
pub struct Sessions {
    shared: Arc<Shared>,
    settings: Settings,
    expired: Option<Arc<dyn ClearExpired>>,
    sweeping: Once,
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sessions({:?})", self.shared)
    }
}

/// One request's session on its way back.
struct Visit {
    session: Session,
    store: Arc<RequestStore>,
    /// Whether the browser has a cookie, of whatever value.
    has_cookie: bool,
    secure: bool,
    /// Whether the server itself looks at an open page: nobody did anything.
    is_unasked: bool,
}

impl Around for Sessions {
    async fn around<S>(self: Arc<Self>, mut request: Request, inner: S) -> Response
    where
        S: Service<Request, Response = Response, Error = Infallible> + Send + 'static,
        S::Future: Send,
    {
        self.start_sweeping();
        let cookie = cookie_value(request.headers(), &self.settings.name);
        let key = cookie.and_then(|text| text.parse::<Id>().ok());
        let store = Arc::new(RequestStore::new(Arc::clone(&self.shared), key));
        let session = Session::new(key, Arc::clone(&store), Some(self.default_expiry()));
        let visit = Visit {
            session: session.clone(),
            store,
            has_cookie: cookie.is_some(),
            secure: self.settings.secure.for_client(&Client::of(&request)),
            is_unasked: is_unasked(&request),
        };
        request.extensions_mut().insert(session);
        let mut response = call(inner, request).await;
        // this stands outside of the layer that knows the language
        let locale = response.extensions().get::<Locale>().cloned();
        let locale = locale.unwrap_or_else(Locale::current);
        let mut response = match self.end(&visit, response.status(), &locale).await {
            Ok(cookie) => {
                if let Some(cookie) = cookie {
                    response.headers_mut().append(SET_COOKIE, cookie);
                }
                response
            }
            Err(refusal) => *refusal,
        };
        visit.store.tell_ended();
        // without a key nobody can tell whether a handler looked for a session
        if key.is_none() || visit.store.was_asked() {
            vary_on_cookie(response.headers_mut());
        }
        response
    }
}

impl Sessions {
    fn default_expiry(&self) -> Expiry {
        let idle = time::Duration::try_from(self.settings.idle).unwrap_or(time::Duration::MAX);
        Expiry::OnInactivity(idle)
    }

    /// Begins to remove expired sessions, with the first request: then there is a runtime.
    fn start_sweeping(&self) {
        if let Some(store) = &self.expired {
            let (store, period) = (Arc::downgrade(store), self.settings.clear_every);
            self.sweeping
                .call_once(|| drop(tokio::spawn(sweep(store, period))));
        }
    }

    /// Stores what changed; the cookie for the browser, or the answer in place of the handler's.
    async fn end(
        &self,
        visit: &Visit,
        status: StatusCode,
        locale: &Locale,
    ) -> Result<Option<HeaderValue>, Box<Response>> {
        let Visit { session, store, .. } = visit;
        if store.is_gone() {
            return Err(Box::new(self.interrupted(visit, locale)));
        }
        if session.is_empty().await {
            return Ok(visit.has_cookie.then(|| self.removal(visit)).flatten());
        }
        let counts = self.settings.every_request && !visit.is_unasked;
        let wanted = session.is_modified() || counts;
        if !wanted || status.is_server_error() {
            return Ok(None);
        }
        let exists = session.is_modified() || is_stored(session).await;
        if !exists {
            return Ok(None);
        }
        self.choose_expiry(visit);
        let mut saved = session.save().await;
        if saved.as_ref().is_err_and(is_lost) && !store.is_gone() {
            // a key that no session has, and nothing was taken from one: a new session begins
            saved = match session.cycle_id().await {
                Ok(()) => session.save().await,
                Err(error) => Err(error),
            };
        }
        match saved {
            Ok(()) => Ok(session.id().and_then(|key| self.cookie(visit, key))),
            Err(_) if store.is_gone() => Err(Box::new(self.interrupted(visit, locale))),
            Err(error) => Err(Box::new(answer::failed(&error, locale))),
        }
    }

    /// A session keeps the expiry that it was given in an earlier request.
    fn choose_expiry(&self, visit: &Visit) {
        let default = Some(self.default_expiry());
        let now = visit.session.expiry();
        if now != default {
            visit.store.set_expiry(now);
        } else if let Some(own) = visit.store.expiry() {
            visit.session.set_expiry(Some(own));
        }
    }

    fn interrupted(&self, visit: &Visit, locale: &Locale) -> Response {
        tracing::warn!("a session was deleted while a request used it");
        let text = locale.text("rdj-session-ended");
        let mut response = (StatusCode::BAD_REQUEST, text).into_response();
        if let Some(cookie) = self.removal(visit) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    }
}

fn is_unasked(request: &Request) -> bool {
    let bridged = request.extensions().get::<Arc<Bridged>>();
    bridged.is_some_and(|bridged| bridged.is_unasked())
}

/// Whether a session that nobody has changed is in the store; loads it.
async fn is_stored(session: &Session) -> bool {
    session.get_value("").await.is_ok() && session.id().is_some()
}

fn is_lost(error: &tower_sessions::session::Error) -> bool {
    matches!(error, tower_sessions::session::Error::Store(error) if is_gone(error))
}
