//! A page that a test has open.

mod act;
mod check;
mod effects;
mod files;
mod form;
mod gestures;
mod look;
mod scope;
mod streams;
mod wire;

use std::{collections::HashSet, fmt};

use http::{Method, StatusCode, header::CONTENT_TYPE};

use self::wire::{Pending, Stream};
pub use self::{
    check::{Warning, WarningKind},
    effects::TestPush,
    look::TestElement,
    scope::Scope,
    wire::TestFrame,
};
use super::{
    browser::{Loaded, TestAnswer, TestBrowser, local},
    controls::Controls,
    dom::{Dom, Id},
    error::{Result, TestError},
    find::{Finder, Part, ROW},
};

/// A page that a browser has open: its document, what the user has typed, and its socket.
///
/// Actions find controls and buttons as people do, by label and accessible name, and do all that a
/// browser does with them. They end when the server has answered; patches are applied to the document of
/// the test as a browser applies them, and the result is compared with what the server has rendered.
///
/// What is looked for has to be there once. [`TestPage::row`] and [`TestPage::within`] name a part of
/// the page to look in.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each of them is a state of its own, of the page or of its user"
)]
pub struct TestPage {
    browser: TestBrowser,
    address: String,
    status: StatusCode,
    /// Addresses that were left, for the way back.
    past: Vec<String>,
    dom: Dom,
    controls: Controls,
    /// Whether the value of the control with the focus was changed since it has it.
    typed: bool,
    stream: Option<Stream>,
    /// Whether the page has a socket, be it open or lost.
    is_live: bool,
    has_joined: bool,
    token: String,
    version: u64,
    seq: u64,
    pending: Vec<Pending>,
    lost: Vec<String>,
    /// Whole bodies that were asked for and are not there yet.
    asked: u32,
    /// Elements whose `data-rdj-mount` has run.
    mounted: HashSet<Id>,
    go: Option<String>,
    loses_next: bool,
    refuses: bool,
    left_for: Option<String>,
    download: Option<TestAnswer>,
    said: Vec<String>,
    pushed: Vec<TestPush>,
    /// The page whose streams are shown, and the number of the last rows.
    streamed: (String, u64),
    questions: Vec<String>,
    frames: Vec<TestFrame>,
    statements: Vec<String>,
    warnings: Vec<Warning>,
    /// What the test does, for errors.
    step: String,
}

impl TestPage {
    pub(super) async fn open(browser: TestBrowser, address: &str) -> Result<Self> {
        let mut page = Self {
            browser,
            address: local(address),
            status: StatusCode::OK,
            past: Vec::new(),
            dom: Dom::parse(""),
            controls: Controls::default(),
            typed: false,
            stream: None,
            is_live: false,
            has_joined: false,
            token: String::new(),
            version: 0,
            seq: 0,
            pending: Vec::new(),
            lost: Vec::new(),
            asked: 0,
            mounted: HashSet::new(),
            go: None,
            loses_next: false,
            refuses: false,
            left_for: None,
            download: None,
            said: Vec::new(),
            pushed: Vec::new(),
            streamed: Default::default(),
            questions: Vec::new(),
            frames: Vec::new(),
            statements: Vec::new(),
            warnings: Vec::new(),
            step: String::new(),
        };
        page.begin(format!("open {address}"));
        page.load(address).await?;
        page.past.clear();
        page.finish().await?;
        Ok(page)
    }

    /// Loads the page anew.
    ///
    /// # Errors
    ///
    /// As [`TestBrowser::open`].
    pub async fn reload(&mut self) -> Result {
        self.begin("reload".to_owned());
        let address = self.address.clone();
        let loaded = self.get(&address).await?;
        self.enter(loaded).await?;
        self.finish().await
    }

    /// Goes to an address, as typed into the address bar.
    ///
    /// # Errors
    ///
    /// As [`TestBrowser::open`].
    pub async fn go(&mut self, address: &str) -> Result {
        self.begin(format!("go to {address}"));
        self.load(address).await?;
        self.finish().await
    }

    /// Goes back to the page before.
    ///
    /// # Errors
    ///
    /// There is none, or as [`TestBrowser::open`].
    pub async fn back(&mut self) -> Result {
        self.begin("back".to_owned());
        let none = || TestError::new("there is no page to go back to");
        let address = self.past.pop().ok_or_else(none)?;
        let loaded = self.get(&address).await?;
        self.enter(loaded).await?;
        self.finish().await
    }

    async fn get(&self, address: &str) -> Result<Loaded> {
        self.browser
            .load(Method::GET, address, None, Vec::new())
            .await
    }

    /// Goes to another page; a file stays beside the page that is shown.
    async fn load(&mut self, address: &str) -> Result {
        let loaded = self.get(address).await?;
        self.show(loaded).await
    }

    /// Shows what a request was answered with.
    async fn show(&mut self, loaded: Loaded) -> Result {
        let kind = loaded.answer.headers.get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let is_file = loaded.answer.headers.contains_key("content-disposition")
            || !(kind.is_empty() || kind.starts_with("text/html"));
        if is_file || loaded.answer.status == StatusCode::NO_CONTENT {
            self.download = Some(loaded.answer);
            return Ok(());
        }
        self.past.push(self.address.clone());
        self.enter(loaded).await
    }

    /// The document in place of the one before, and its socket.
    async fn enter(&mut self, loaded: Loaded) -> Result {
        let Loaded { address, answer } = loaded;
        self.stream = None;
        self.status = answer.status;
        self.dom = Dom::parse(&answer.text());
        self.address = address;
        self.controls = Controls::default();
        self.typed = false;
        self.has_joined = false;
        (self.version, self.seq, self.asked) = (0, 0, 0);
        self.pending.clear();
        self.streamed = Default::default();
        self.mounted.clear();
        self.go = None;
        let meta = self.dom.all(Dom::ROOT, |id| {
            self.dom.name(id) == "meta" && self.dom.attr(id, "name") == Some("rdj-page")
        });
        let token = meta.first().and_then(|id| self.dom.attr(*id, "content"));
        self.token = token.unwrap_or_default().to_owned();
        self.is_live = !self.token.is_empty() && self.browser.has_scripts();
        if self.is_live {
            // leaving again while it joins would be a loop of its own
            Box::pin(self.join()).await?;
        }
        Ok(())
    }

    fn begin(&mut self, step: String) {
        self.step = step;
        self.frames.clear();
        self.said.clear();
        self.pushed.clear();
        self.questions.clear();
        self.download = None;
        drop(self.browser.site.statements());
    }

    fn finder<'a>(&'a self, parts: &'a [Part]) -> Finder<'a> {
        Finder {
            dom: &self.dom,
            controls: &self.controls,
            address: &self.address,
            parts,
        }
    }

    /// A part of the page to look in: an element with this text. `what` is a name of elements or a role,
    /// with `#id` and `.class` behind it: `tr`, `dialog`, `form#search`, `.card`.
    ///
    /// Of several the one is meant that says exactly this text somewhere.
    pub fn within(&mut self, what: &str, text: &str) -> Scope<'_> {
        let part = Part {
            what: what.to_owned(),
            text: text.to_owned(),
        };
        Scope::new(self, vec![part])
    }

    /// The row of a table or of a list with this text.
    pub fn row(&mut self, text: &str) -> Scope<'_> {
        self.within(ROW, text)
    }

    fn everywhere(&mut self) -> Scope<'_> {
        Scope::new(self, Vec::new())
    }
}

impl fmt::Debug for TestPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestPage")
            .field("address", &self.address)
            .field("status", &self.status)
            .field("is_live", &self.is_live)
            .finish_non_exhaustive()
    }
}
