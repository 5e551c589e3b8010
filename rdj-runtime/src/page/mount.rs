//! A page that is open in a browser: its states, and what the browser has of it.

use std::{
    borrow::Cow,
    collections::HashSet,
    fmt,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use axum::response::Response;
use http::Uri;

use super::{
    Page, PageDef, PageSpec,
    answers::Answers,
    named::OWN_PARAMS,
    render,
    render::{Asks, Rendering},
    streams::Streamed,
};
use crate::{
    bridge::panic_text,
    csrf::drafts_of,
    cx::Cx,
    error::{Error, Result},
    form::{Entries, Upload},
    guard::Guard,
    identity::Identities,
    inside::Devtools,
    live::Changes,
    message::Messages,
    runtime::{BuildId, secret},
    state::Address,
    stream::Shown,
    view::{Shell, View, lint},
    work::PageWork,
};

/// A page's route, and what all its open pages share.
#[derive(Debug)]
pub(crate) struct PageRoute {
    pub(crate) def: &'static PageDef,
    /// What the page and its states ask for of whoever opens it or sends it events.
    guards: Vec<Guard>,
    /// The first rendering: quiet pages are compressed against it. It never leaves the process.
    dictionary: OnceLock<Arc<[u8]>>,
    /// The most tasks of one page.
    most_tasks: usize,
    /// What its developers were told about its HTML.
    told: Mutex<HashSet<String>>,
}

/// How many changes of identities were told so far.
pub(crate) fn told(cx: &Cx) -> u64 {
    cx.resource::<Identities>().map_or(0, Identities::told)
}

/// As far back as lz4 looks.
const DICTIONARY_SIZE: usize = 64 * 1024;

impl PageRoute {
    pub(crate) fn new(def: &'static PageDef, most_tasks: usize) -> Self {
        let guards = std::iter::once(def.spec.guard).chain((def.guards)());
        Self {
            def,
            guards: guards.filter(|guard| !guard.is_none()).collect(),
            dictionary: OnceLock::new(),
            most_tasks,
            told: Mutex::default(),
        }
    }

    /// Tells developers what its HTML is careless about, each thing once.
    fn look_at(&self, html: &str) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        for text in lint(html) {
            if !told.contains(&text) {
                let (page, route) = (self.def.spec.name, self.def.spec.route);
                tracing::warn!(target: "rdj::event", page, route, "{text}");
                told.insert(text);
            }
        }
    }

    /// The first guard that does not let the user of `cx` pass.
    pub(crate) fn refusal(&self, cx: &Cx) -> Option<(Error, Option<&'static str>)> {
        if self.guards.is_empty() {
            return None;
        }
        let user = cx.user();
        self.guards.iter().find_map(|guard| {
            let error = guard.check(user.as_ref()).err()?;
            Some((error, guard.on_denied))
        })
    }
}

/// A page in a browser.
pub(crate) struct Mounted {
    pub(super) page: Box<dyn Page>,
    route: Arc<PageRoute>,
    /// The path of the request that opened it.
    path: String,
    /// Path and query that rebuild it; carried by its events.
    address: Uri,
    token: String,
    messages: Messages,
    /// The CSRF token of its forms: one for as long as it is open, as a new one with each rendering would
    /// be a change to send.
    pub(super) csrf: String,
    /// Whose page it is: nobody else's event may reach it.
    pub(super) owner: Option<i64>,
    /// How many changes of identities were told before its browser's rights were last looked at.
    pub(crate) told: u64,
    /// The publication of changed rows up to which its states have read all.
    followed: u64,
    /// What the browser has loaded around it; none before the first rendering.
    shell: Option<Shell>,
    /// What the browser has.
    pub(crate) view: View,
    pub(crate) version: u64,
    /// The last event that was taken, so that none runs twice.
    pub(crate) last_seq: u64,
    pub(crate) answers: Answers,
    /// Its tasks, and what waits for it.
    pub(crate) work: Arc<PageWork>,
    /// Rows of its streams on their way.
    pub(super) streamed: Streamed,
    /// The streams of the last rendering.
    pub(super) shown: Vec<Shown>,
}

impl Mounted {
    /// Opens a page: parameters, address, `on_load`.
    ///
    /// # Errors
    ///
    /// A parameter is wrong or `on_load` fails.
    pub(crate) async fn open(route: &Arc<PageRoute>, cx: &Cx) -> Result<Self> {
        let told = told(cx);
        let work = Arc::new(PageWork::new(route.most_tasks, cx.uri().path()));
        cx.set_page_work(&work);
        let mut page = (route.def.new)();
        page.set_params(cx)?;
        let query = cx.uri().query().unwrap_or_default();
        let mut query = Entries::parse(query.as_bytes())
            .map_err(|error| Error::BadArguments(error.to_string()))?;
        for param in OWN_PARAMS {
            query.take(param);
        }
        page.read_query(&query);
        let followed = cx.resource::<Changes>().map_or(0, Changes::position);
        cx.clone().scope(page.load(cx)).await?;
        Ok(Self {
            page,
            route: Arc::clone(route),
            path: cx.uri().path().to_owned(),
            address: kept(cx.uri()),
            token: secret(),
            messages: Messages::default(),
            csrf: cx.csrf_token(),
            owner: cx.user().map(|user| user.id()),
            told,
            followed,
            shell: None,
            view: View::new(""),
            version: 0,
            last_seq: 0,
            answers: Answers::default(),
            work,
            streamed: Streamed::default(),
            shown: Vec::new(),
        })
    }

    pub(crate) fn spec(&self) -> &'static PageSpec {
        self.route.def.spec
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// What the browser has around it.
    pub(crate) fn shell(&self) -> Option<Shell> {
        self.shell
    }

    /// Takes the place of a page that another process has opened.
    pub(super) fn go_on_as(&mut self, token: &str, version: u64) {
        token.clone_into(&mut self.token);
        self.version = version;
        // what its states had may be older than what has changed here
        self.followed = 0;
    }

    pub(super) fn messages(&self) -> &Messages {
        &self.messages
    }

    /// Path and query for requests of this page.
    pub(crate) fn address(&self) -> &Uri {
        &self.address
    }

    pub(crate) fn is_in_address(&self) -> bool {
        self.page.is_in_address()
    }

    /// Whose page it is.
    pub(crate) fn owner(&self) -> Option<i64> {
        self.owner
    }

    /// Whether it is the page of who is signed in now.
    pub(crate) fn is_of(&self, cx: &Cx) -> bool {
        self.owner == cx.user().map(|user| user.id())
    }

    /// The rows of a state as a file.
    ///
    /// # Errors
    ///
    /// There is no such file, or the user may not have it.
    pub(crate) async fn export(&mut self, cx: &Cx, file: &str) -> Result<Response> {
        cx.clone().scope(self.page.export(cx, file)).await
    }

    /// The file of a column of a row.
    ///
    /// # Errors
    ///
    /// There is no such file, or the user may not have it.
    pub(crate) async fn file(&mut self, cx: &Cx, file: &str, key: &str) -> Result<Response> {
        cx.clone().scope(self.page.file(cx, file, key)).await
    }

    /// Takes a file for a state.
    ///
    /// # Errors
    ///
    /// The state takes no files, or the user may not send any.
    pub(crate) async fn import(&mut self, cx: &Cx, state: &str, upload: Upload) -> Result {
        cx.clone().scope(self.page.import(cx, state, upload)).await
    }

    /// The tables whose changes it follows.
    pub(crate) fn tables(&self) -> Vec<Cow<'static, str>> {
        self.page.tables()
    }

    /// Whether rows that it shows have changed since they were read.
    pub(crate) fn is_stale(&self, changes: &Changes) -> bool {
        self.page.is_stale(changes, self.followed)
    }

    /// Lets its states read changed rows again.
    ///
    /// # Errors
    ///
    /// A state cannot read its rows; it will be asked again.
    pub(crate) async fn follow(&mut self, cx: &Cx) -> Result {
        let changes = cx.resource::<Changes>()?;
        let position = changes.position();
        let work = self.page.follow(cx, changes, self.followed);
        cx.clone().scope(work).await?;
        self.followed = position;
        Ok(())
    }

    /// Shows these messages with the next rendering, and no others.
    pub(crate) fn set_messages(&mut self, messages: Messages) {
        self.messages = messages;
    }

    /// Renders the page, and finds out what a control of it asks.
    ///
    /// # Errors
    ///
    /// The template fails.
    pub(super) fn render_asking(
        &mut self,
        cx: &Cx,
        html: &mut String,
        asks: Option<Asks>,
    ) -> Result<Option<Asks>> {
        let mut address = Address::new(&self.path);
        self.page.write_query(&mut address);
        let address = address.into_text();
        if self
            .address
            .path_and_query()
            .is_none_or(|old| old.as_str() != address)
        {
            self.address = address.parse()?;
        }
        // of a page that is open already the head is not sent
        let drafts = match self.version {
            0 => drafts_of(&self.csrf, self.owner),
            _ => String::new(),
        };
        let rendering = Rendering {
            drafts,
            title: self.page.spec().title.to_owned(),
            address,
            token: std::mem::take(&mut self.token),
            csrf: std::mem::take(&mut self.csrf),
            messages: std::mem::take(&mut self.messages),
            first_state: self.page.first_state(),
            asks,
            shown: Vec::new(),
            gestures: false,
            build: cx
                .resource::<BuildId>()
                .map_or_else(|_| Arc::default(), BuildId::text),
        };
        let page = &self.page;
        let (result, rendering) = render::scope(rendering, || cx.scope_sync(|| page.render(html)));
        self.token = rendering.token;
        self.csrf = rendering.csrf;
        self.messages = rendering.messages;
        self.shown = rendering.shown;
        result.map_err(|panic| {
            Error::internal(format!("a template panicked: {}", panic_text(&*panic)))
        })??;
        if !self.csrf.is_empty() {
            render::add_token(html, &self.csrf);
        }
        self.shell = Some(match self.shell {
            Some(shell) => shell.now(html),
            None => Shell::of(html),
        });
        if cx.resource::<Devtools>().is_ok() {
            self.route.look_at(html);
        }
        self.route.dictionary.get_or_init(|| {
            let bytes = html.as_bytes();
            bytes[..bytes.len().min(DICTIONARY_SIZE)].into()
        });
        Ok(rendering.asks)
    }

    /// Compresses what the browser has, for as long as nothing happens.
    pub(crate) fn cool(&mut self) {
        self.view.cool(self.route.dictionary.get());
    }
}

/// A copy of the path and query: a clone would keep the whole buffer in which the request was read, as
/// long as the page is open.
fn kept(uri: &Uri) -> Uri {
    let text = uri
        .path_and_query()
        .map_or("/", http::uri::PathAndQuery::as_str);
    text.parse().unwrap_or_default()
}

impl fmt::Debug for Mounted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mounted")
            .field("page", &self.page.spec().name)
            .field("address", &self.address)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// A mounted page that the connection and the innermost service share.
pub(crate) type SharedMounted = Arc<tokio::sync::Mutex<Mounted>>;
