//! The browser behind a socket, and the requests made for it.

use std::{net::SocketAddr, panic::AssertUnwindSafe, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    response::Response,
};
use futures_util::FutureExt as _;
use http::{
    Extensions, HeaderMap, HeaderName, HeaderValue, Method, Uri,
    header::{
        ACCEPT, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, IF_MODIFIED_SINCE, IF_NONE_MATCH, ORIGIN,
        RANGE, SEC_WEBSOCKET_EXTENSIONS, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL,
        SEC_WEBSOCKET_VERSION, SET_COOKIE, TRANSFER_ENCODING, UPGRADE,
    },
};
use tower::Service as _;

use super::{
    Anew, Bridged, Done, Job, Outcome, Ticket,
    cookies::{Jar, SetCookie},
};
use crate::{
    csrf::check_token,
    i18n::{self, Locale},
    inside::{Part, begin},
    page::http::holder,
    runtime::incident,
    security::Client,
};

/// The application's layered service; put into upgrade requests from outside of all layers.
#[derive(Clone, Debug)]
pub(crate) struct StackHandle(pub(crate) Router);

/// Headers of the upgrade that make no sense in the requests that follow.
const DROPPED: [HeaderName; 12] = [
    CONNECTION,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    IF_MODIFIED_SINCE,
    IF_NONE_MATCH,
    RANGE,
    SEC_WEBSOCKET_EXTENSIONS,
    SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_PROTOCOL,
    SEC_WEBSOCKET_VERSION,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// What the server knows of the browser: the headers of its upgrade request, the cookies set since,
/// its address. The browser itself chooses none of it later.
#[derive(Debug)]
pub(crate) struct Caller {
    stack: Router,
    headers: HeaderMap,
    jar: Jar,
    peer: Option<ConnectInfo<SocketAddr>>,
    /// Who the security layer found behind the upgrade.
    client: Option<Client>,
    /// The session of the last request, to recognise its cookie.
    session: Option<String>,
    /// The language of the last request.
    locale: Option<Locale>,
    /// The CSRF secret that the browser showed at the upgrade; none where the application checks none.
    csrf: Option<String>,
}

/// The end of one bridged request.
pub(crate) struct Answer {
    pub(crate) outcome: Outcome,
    /// What the innermost service left, whatever the layers said afterwards.
    pub(crate) done: Option<Done>,
    /// Cookies for the browser.
    pub(crate) ticket: Option<Ticket>,
}

impl Caller {
    /// The browser that sent this upgrade request.
    pub(crate) fn new(stack: Router, headers: &HeaderMap, extensions: &Extensions) -> Self {
        let mut headers = kept(headers);
        headers.insert(ACCEPT, HeaderValue::from_static("text/html"));
        let jar = Jar::new(&headers);
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().copied();
        Self {
            stack,
            headers,
            jar,
            peer,
            client: extensions.get().cloned(),
            session: None,
            locale: None,
            csrf: None,
        }
    }

    pub(crate) fn set_csrf(&mut self, secret: Option<String>) {
        self.csrf = secret;
    }

    /// Whether a token is one of a page that this browser was given.
    pub(crate) fn has_token(&self, token: &str) -> bool {
        self.csrf
            .as_deref()
            .is_none_or(|secret| check_token(secret, token))
    }

    /// The session's id as of the last request.
    pub(crate) fn session(&self) -> Option<&str> {
        self.session.as_deref()
    }

    /// A text of the runtime in the language of the last request.
    pub(crate) fn text(&self, key: &str) -> String {
        match &self.locale {
            Some(locale) => locale.text(key),
            None => i18n::text(key),
        }
    }

    pub(crate) fn set_session(&mut self, session: Option<String>) {
        self.session = session;
    }

    /// Sends a job through the stack.
    pub(crate) async fn send(&mut self, method: Method, uri: Uri, job: Job) -> Answer {
        let shown = self.session.clone().filter(|id| self.jar.has_value(id));
        let bridged = Bridged::new(job, shown);
        let request = self.request(method, uri.clone(), bridged.clone());
        // a router is an Arc inside and always ready: the clone is the handle to call
        let call = self.stack.clone().call(request);
        let stack = begin(Part::Stack);
        let result = AssertUnwindSafe(call).catch_unwind().await;
        drop(stack);
        let done = bridged.take_done();
        let (outcome, ticket) = match result {
            Ok(Ok(response)) => {
                let ticket = self.absorb(&response, &uri, done.as_ref());
                let ticket = ticket.filter(|_| response.extensions().get::<Anew>().is_none());
                self.locale = response.extensions().get().cloned().or(self.locale.take());
                let host = self.headers.get(http::header::HOST);
                (Outcome::of(response, &bridged, host).await, ticket)
            }
            Ok(Err(error)) => match error {},
            Err(panic) => {
                let id = incident();
                tracing::error!(id, panic = panic_text(&*panic), "a layer panicked");
                (Outcome::Failed { id }, None)
            }
        };
        if let Some(done) = &done {
            // a new session has its id only now that its layer has saved it
            self.session = holder(&done.cx).session;
        }
        Answer {
            outcome,
            done,
            ticket,
        }
    }

    fn request(&self, method: Method, uri: Uri, bridged: Arc<Bridged>) -> Request {
        let mut request = Request::new(Body::empty());
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        request.headers_mut().clone_from(&self.headers);
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(peer);
        }
        if let Some(client) = &self.client {
            request.extensions_mut().insert(client.clone());
        }
        request.extensions_mut().insert(bridged);
        request
    }

    /// Takes the cookies of a response: into the jar at once, and into a ticket for the browser.
    fn absorb(&mut self, response: &Response, uri: &Uri, done: Option<&Done>) -> Option<Ticket> {
        if !response.headers().contains_key(SET_COOKIE) {
            return None;
        }
        let begun = done.and_then(begun_by_nobody);
        // the origin of the upgrade, which no frame changes
        let mut ticket = Ticket::of(self.headers.get(ORIGIN));
        for value in response.headers().get_all(SET_COOKIE) {
            let Some(cookie) = SetCookie::parse(value) else {
                continue;
            };
            let before = self.jar.get(cookie.name);
            // the browser must show the session that it had: the ticket is bound to it, and a session
            // of nobody does not take the place of one that another tab has signed in with meanwhile
            let is_session = before.is_some() && before == self.session.as_deref();
            if let Some(before) = before.filter(|_| is_session && cookie.removed) {
                ticket.remove(value.clone(), cookie.name, before);
                self.jar.set(&cookie, uri.path());
                continue;
            }
            if is_session || begun.as_deref().is_some_and(|id| cookie.has_value(id)) {
                ticket.expect(cookie.name, before);
            }
            // one that the browser has already is not worth a request
            if self.jar.set(&cookie, uri.path()) {
                ticket.add(value.clone());
            }
        }
        self.jar.write(&mut self.headers);
        (!ticket.is_empty()).then_some(ticket)
    }
}

/// The session after a request in which nobody is signed in.
fn begun_by_nobody(done: &Done) -> Option<String> {
    let holder = holder(&done.cx);
    holder.session.filter(|_| holder.user.is_none())
}

/// Copies of the headers to keep: a clone would keep the whole buffer in which they were read, as long
/// as the socket is open.
fn kept(headers: &HeaderMap) -> HeaderMap {
    let mut kept = HeaderMap::with_capacity(headers.len());
    for (name, value) in headers {
        let Ok(mut copy) = HeaderValue::from_bytes(value.as_bytes()) else {
            continue;
        };
        copy.set_sensitive(value.is_sensitive());
        if !DROPPED.contains(name) {
            kept.append(name.clone(), copy);
        }
    }
    kept
}

/// The text of a panic, where it has one.
pub(crate) fn panic_text(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no text")
}
