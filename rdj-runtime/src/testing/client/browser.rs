//! A browser: its cookies and its requests.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, to_bytes};
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode,
    header::{CONTENT_TYPE, HOST, LOCATION, ORIGIN, SET_COOKIE},
};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;

use super::{
    error::{Result, TestError},
    page::TestPage,
    site::Site,
};
use crate::bridge::{Jar, SetCookie};

/// How many redirects lead to a page.
const REDIRECTS: usize = 10;

/// A browser of one user, with cookies of its own; clones are tabs of the same browser.
#[derive(Clone, Debug)]
pub struct TestBrowser {
    pub(super) site: Arc<Site>,
    jar: Arc<Mutex<Jar>>,
    /// Sent with every request.
    headers: HeaderMap,
    scripts: bool,
}

/// An answer over HTTP, for what is no page.
#[derive(Clone, Debug)]
pub struct TestAnswer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl TestAnswer {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Where a redirect leads.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION)?.to_str().ok()
    }
}

/// A page as it was loaded: the address that redirects have led to, and the answer.
pub(super) struct Loaded {
    pub(super) address: String,
    pub(super) answer: TestAnswer,
}

impl TestBrowser {
    pub(super) fn new(site: Arc<Site>) -> Self {
        Self {
            site,
            jar: Arc::default(),
            headers: HeaderMap::new(),
            scripts: true,
        }
    }

    /// The same browser without scripts: its pages have no socket, buttons and forms are plain HTML.
    #[must_use]
    pub fn without_scripts(mut self) -> Self {
        self.scripts = false;
        self
    }

    pub(super) fn has_scripts(&self) -> bool {
        self.scripts
    }

    /// The same browser with a header that it sends with every request, such as `accept-language`. One
    /// that HTTP does not allow is left out.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        let name = name.parse::<HeaderName>();
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
            self.headers.insert(name, value);
        }
        self
    }

    /// Loads a page, follows redirects, and opens its socket.
    ///
    /// # Errors
    ///
    /// There is no answer, the page does not take its socket, or something is amiss with the page
    /// ([`Strictness`](super::Strictness)).
    pub async fn open(&self, address: &str) -> Result<TestPage> {
        TestPage::open(self.clone(), address).await
    }

    /// A GET that follows no redirect, such as of a download.
    ///
    /// # Errors
    ///
    /// There is no answer.
    pub async fn get(&self, address: &str) -> Result<TestAnswer> {
        self.send(Method::GET, address, &HeaderMap::new(), Vec::new())
            .await
    }

    /// A POST of a body from a page of this site, as scripts send it; nothing is added to it.
    ///
    /// # Errors
    ///
    /// There is no answer.
    pub async fn post(&self, address: &str, kind: &str, body: &str) -> Result<TestAnswer> {
        let mut headers = HeaderMap::new();
        if let Ok(kind) = HeaderValue::from_str(kind) {
            headers.insert(CONTENT_TYPE, kind);
        }
        self.send(Method::POST, address, &headers, body.as_bytes().to_vec())
            .await
    }

    /// The value of a cookie.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar().get(name).map(str::to_owned)
    }

    /// Gives the browser a cookie.
    pub fn set_cookie(&self, name: &str, value: &str) {
        if let Ok(header) = HeaderValue::from_str(&format!("{name}={value}; Path=/")) {
            self.take_cookie(&header, "/");
        }
    }

    /// Forgets all cookies, and with them who is signed in.
    pub fn clear_cookies(&self) {
        *self.jar() = Jar::default();
    }

    fn jar(&self) -> std::sync::MutexGuard<'_, Jar> {
        self.jar.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_cookie(&self, header: &HeaderValue, path: &str) {
        if let Some(cookie) = SetCookie::parse(header) {
            self.jar().set(&cookie, path);
        }
    }

    /// The headers of every request.
    pub(super) fn add_headers(&self, headers: &mut HeaderMap) {
        headers.extend(self.headers.clone());
        headers.insert(HOST, HeaderValue::from_static(Site::HOST));
        self.jar().write(headers);
    }

    /// One request over a connection of its own.
    pub(super) async fn send(
        &self,
        method: Method,
        address: &str,
        headers: &HeaderMap,
        body: Vec<u8>,
    ) -> Result<TestAnswer> {
        let failed = |error: &dyn std::fmt::Display| {
            TestError::of(&format!("{address} gives no answer"), error)
        };
        let (sender, connection) = http1::handshake(TokioIo::new(self.site.connect()))
            .await
            .map_err(|error| failed(&error))?;
        tokio::spawn(connection);
        let mut sender = sender;
        let mut request = Request::new(Body::from(body));
        *request.uri_mut() = address.parse().map_err(|error| failed(&error))?;
        self.add_headers(request.headers_mut());
        request.headers_mut().extend(headers.clone());
        if method != Method::GET {
            let origin = HeaderValue::from_static("http://localhost");
            request.headers_mut().insert(ORIGIN, origin);
        }
        *request.method_mut() = method;
        let answer = sender.send_request(request).await;
        let (parts, body) = answer.map_err(|error| failed(&error))?.into_parts();
        let body = to_bytes(Body::new(body), usize::MAX).await;
        for cookie in parts.headers.get_all(SET_COOKIE) {
            self.take_cookie(cookie, address.split('?').next().unwrap_or(address));
        }
        Ok(TestAnswer {
            status: parts.status,
            headers: parts.headers,
            body: body.map_err(|error| failed(&error))?.to_vec(),
        })
    }

    /// Loads a page and follows redirects.
    pub(super) async fn load(
        &self,
        method: Method,
        address: &str,
        kind: Option<&str>,
        body: Vec<u8>,
    ) -> Result<Loaded> {
        let mut headers = HeaderMap::new();
        if let Some(Ok(kind)) = kind.map(HeaderValue::from_str) {
            headers.insert(CONTENT_TYPE, kind);
        }
        let mut address = local(address);
        let mut answer = self.send(method, &address, &headers, body).await?;
        for _ in 0..REDIRECTS {
            let Some(to) = answer.location().filter(|_| answer.status.is_redirection()) else {
                return Ok(Loaded { address, answer });
            };
            if is_elsewhere(to) {
                return Err(TestError::new(format!(
                    "{address} leads to another site, {to}"
                )));
            }
            address = joined(&address, to);
            let none = HeaderMap::new();
            answer = self.send(Method::GET, &address, &none, Vec::new()).await?;
        }
        Err(TestError::new(format!("{address}: too many redirects")))
    }
}

/// An address of this site without its host and without its fragment.
pub(super) fn local(address: &str) -> String {
    let bare = address.strip_prefix("http://localhost").unwrap_or(address);
    let bare = bare.split('#').next().unwrap_or(bare);
    if bare.is_empty() {
        "/".to_owned()
    } else {
        bare.to_owned()
    }
}

/// Whether an address is one of another site.
pub(super) fn is_elsewhere(address: &str) -> bool {
    let rest = address.strip_prefix("http://localhost");
    match rest {
        Some(rest) => !(rest.is_empty() || rest.starts_with(['/', '?', '#'])),
        None => {
            address.starts_with("//") || address.contains("://") || address.starts_with("mailto:")
        }
    }
}

/// What a link on the page `base` leads to.
pub(super) fn joined(base: &str, to: &str) -> String {
    let path = base.split('?').next().unwrap_or(base);
    let to = local_part(to);
    match to.chars().next() {
        None => base.to_owned(),
        Some('/') => local(&to),
        Some('?') => format!("{path}{}", local(&to)),
        Some(_) => {
            let folder = path.rfind('/').map_or("/", |at| &path[..=at]);
            let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
            let mut rest = to.as_str();
            loop {
                if let Some(more) = rest.strip_prefix("../") {
                    parts.pop();
                    rest = more;
                } else if let Some(more) = rest.strip_prefix("./") {
                    rest = more;
                } else {
                    break;
                }
            }
            parts.push(rest);
            local(&format!("/{}", parts.join("/")))
        }
    }
}

fn local_part(to: &str) -> String {
    let bare = to.strip_prefix("http://localhost").unwrap_or(to);
    bare.split('#').next().unwrap_or(bare).to_owned()
}
