//! An application on a free port, and a browser that visits it.

use std::{
    mem,
    net::{self, SocketAddr},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use rdj::App;
use reqwest::{Client, Response, header, redirect::Policy};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::Reply;

/// A port that nothing listens on. It lies beneath those that the system gives to connections, and the same number
/// of UDP is kept for as long as the process lives: nobody takes it before it is bound, or while its server starts
/// again.
#[must_use]
pub fn free_port() -> u16 {
    const FIRST: u32 = 12_000;
    const COUNT: u32 = 20_000;
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let number = process::id().wrapping_mul(16).wrapping_add(next);
        let port = u16::try_from(FIRST + number % COUNT).unwrap_or_default();
        if port > 0
            && let Ok(kept) = net::UdpSocket::bind(("127.0.0.1", port))
            && net::TcpListener::bind(("127.0.0.1", port)).is_ok()
        {
            mem::forget(kept);
            return port;
        }
    }
}

/// A running application; stops when dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    task: JoinHandle<rdj::Result>,
}

impl Server {
    /// Serves on a free port.
    ///
    /// # Panics
    ///
    /// No port is free.
    pub async fn start(app: App) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        Self {
            address,
            task: tokio::spawn(app.serve(listener)),
        }
    }

    /// Host and port.
    #[must_use]
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// The address of a path.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A browser without cookies that follows no redirects.
    #[must_use]
    pub fn browser(&self) -> Browser {
        Browser::of(&self.host())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A browser: its cookies and its requests.
#[derive(Clone, Debug)]
pub struct Browser {
    http: Client,
    jar: std::sync::Arc<reqwest::cookie::Jar>,
    host: String,
}

impl Browser {
    /// A browser for a server at this host and port.
    ///
    /// # Panics
    ///
    /// The HTTP client cannot be made.
    #[must_use]
    pub fn of(host: &str) -> Self {
        let jar = std::sync::Arc::new(reqwest::cookie::Jar::default());
        let client = Client::builder()
            .redirect(Policy::none())
            .cookie_provider(jar.clone());
        let http = client.build().expect("an HTTP client");
        Self {
            http,
            jar,
            host: host.to_owned(),
        }
    }

    /// The same browser at another server; cookies know no ports.
    #[must_use]
    pub fn at(&self, server: &Server) -> Self {
        Self {
            host: server.host(),
            ..self.clone()
        }
    }

    /// Host and port of the server.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The `Cookie` header it sends, if it has cookies.
    #[must_use]
    pub fn cookies(&self) -> Option<String> {
        use reqwest::cookie::CookieStore as _;
        let url = format!("http://{}/", self.host).parse().ok()?;
        self.jar
            .cookies(&url)
            .and_then(|value| value.to_str().ok().map(str::to_owned))
    }

    /// Makes up the secret of its CSRF tokens, if no page has given it one: the server takes any that
    /// cookie and token agree on, and another site can write neither.
    ///
    /// # Panics
    ///
    /// The server's address is none.
    pub fn have_token(&self) {
        if self.cookie("csrftoken").is_none() {
            let url = format!("http://{}/", self.host)
                .parse()
                .expect("an address");
            let secret = "abcdefghijklmnopqrstuvwxyz012345";
            self.jar
                .add_cookie_str(&format!("csrftoken={secret}; Path=/"), &url);
        }
    }

    /// The value of a cookie.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.cookies()?;
        let mut pairs = cookies.split("; ").filter_map(|pair| pair.split_once('='));
        pairs
            .find(|(own, _)| *own == name)
            .map(|(_, value)| value.to_owned())
    }

    /// Gives it a cookie, as a script or another site of the domain does.
    ///
    /// # Panics
    ///
    /// The host is no address.
    pub fn set_cookie(&self, name: &str, value: &str) {
        let url = format!("http://{}/", self.host).parse();
        let cookie = format!("{name}={value}; Path=/");
        self.jar.add_cookie_str(&cookie, &url.expect("an address"));
    }

    /// A GET.
    ///
    /// # Panics
    ///
    /// The server does not answer.
    pub async fn get(&self, path: &str) -> Response {
        let url = format!("http://{}{path}", self.host);
        self.http.get(url).send().await.expect("an answer")
    }

    /// A GET with headers.
    ///
    /// # Panics
    ///
    /// The server does not answer.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Response {
        let url = format!("http://{}{path}", self.host);
        let request = headers
            .iter()
            .fold(self.http.get(url), |request, (name, value)| {
                request.header(*name, *value)
            });
        request.send().await.expect("an answer")
    }

    /// The text of a GET.
    ///
    /// # Panics
    ///
    /// The server does not answer.
    pub async fn text(&self, path: &str) -> String {
        self.get(path).await.text().await.expect("a text")
    }

    /// A POST of a form, as a page of the site sends it, with the token that the page has.
    ///
    /// # Panics
    ///
    /// The server does not answer.
    pub async fn post(&self, path: &str, body: &str) -> Response {
        self.have_token();
        self.post_from(path, body, &format!("http://{}", self.host))
            .await
    }

    /// Fetches the cookies that an event has set, as the client does with its ticket.
    ///
    /// # Panics
    ///
    /// The event has set no cookies, or the server refuses the ticket.
    pub async fn redeem(&self, reply: &Reply) {
        let id = reply.ticket().expect("a ticket");
        let answer = self.post("/_session", &format!("id={id}")).await;
        assert!(answer.status().is_success(), "{answer:?}");
    }

    /// A POST without a form, with headers.
    ///
    /// # Panics
    ///
    /// The server does not answer.
    pub async fn post_with(&self, path: &str, headers: &[(&str, &str)]) -> Response {
        let url = format!("http://{}{path}", self.host);
        let request = headers
            .iter()
            .fold(self.http.post(url), |request, (name, value)| {
                request.header(*name, *value)
            });
        request.send().await.expect("an answer")
    }

    /// A POST of a form from a page of another origin.
    ///
    /// # Panics
    ///
    /// The server does not answer.
    pub async fn post_from(&self, path: &str, body: &str, origin: &str) -> Response {
        let token = self.cookie("csrftoken").unwrap_or_default();
        self.send_form(path, body, origin, &token).await
    }

    /// A POST of a form with this token against forged requests.
    ///
    /// # Panics
    ///
    /// The server does not answer.
    pub async fn post_form(&self, path: &str, body: &str, token: &str) -> Response {
        let origin = format!("http://{}", self.host);
        self.send_form(path, body, &origin, token).await
    }

    async fn send_form(&self, path: &str, body: &str, origin: &str, token: &str) -> Response {
        let url = format!("http://{}{path}", self.host);
        let request = self.http.post(url).body(body.to_owned());
        let request = request
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, origin)
            .header("x-csrftoken", token);
        request.send().await.expect("an answer")
    }
}
