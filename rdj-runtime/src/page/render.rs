//! What a template can ask about the page that is being rendered.

mod forms;

use std::{
    cell::RefCell,
    fmt::{self, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use askama::{FastWritable, Values, filters::HtmlSafe};

pub(crate) use self::forms::{TOKEN_FIELD, add_token, token_input};
use crate::{
    assets,
    cx::current_cx,
    dispatch::{attribute, escape},
    i18n::{self, text},
    inside::Devtools,
    message::{Level, Messages},
    stream::Shown,
};

/// The page that is being rendered on this thread.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rendering {
    pub(crate) title: String,
    /// Path and query that rebuild the page.
    pub(crate) address: String,
    /// Names the held page to the socket; empty where there is none.
    pub(crate) token: String,
    /// The CSRF token of the page's forms; empty where they need none.
    pub(crate) csrf: String,
    /// Tells the browser whose drafts it may show; empty where it has been told.
    pub(crate) drafts: String,
    pub(crate) messages: Messages,
    /// The state whose parameters have plain names in the address.
    pub(crate) first_state: &'static str,
    /// Names the build that renders it.
    pub(crate) build: Arc<str>,
    /// The event whose question is looked for.
    pub(crate) asks: Option<Asks>,
    /// The streams that stand in it.
    pub(crate) shown: Vec<Shown>,
    /// Whether a tag needs the client's part `gestures`.
    pub(crate) gestures: bool,
}

/// What the controls of a page ask before an event.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asks {
    event: String,
    exactly: Option<String>,
    /// Whether a control sends the event as it is.
    is_there: bool,
    /// Of controls that send the event with other arguments: the row may not be shown any more.
    nearly: Option<String>,
}

impl Asks {
    pub(crate) fn of(event: &str) -> Self {
        Self {
            event: event.to_owned(),
            ..Self::default()
        }
    }

    pub(crate) fn question(self) -> Option<String> {
        let nearly = self.nearly.filter(|_| !self.is_there);
        self.exactly.or(nearly)
    }

    fn take(&mut self, event: &str, question: Option<&str>) {
        let is_it = event == self.event;
        self.is_there |= is_it;
        let Some(question) = question else { return };
        let name = |event: &str| event.split('(').next().map(str::to_owned);
        if is_it {
            self.exactly = Some(question.to_owned());
        } else if name(event) == name(&self.event) {
            // what is asked about another row may name that row
            let is_same = self.nearly.as_deref().is_none_or(|other| other == question);
            self.nearly = Some(if is_same {
                question.to_owned()
            } else {
                text("rdj-really")
            });
        }
    }
}

/// Tells a rendering that looks for it what a control asks before an event.
pub(crate) fn asked(event: impl FnOnce() -> String, question: Option<&str>) {
    CURRENT.with_borrow_mut(|page| {
        if let Some(asks) = &mut page.asks {
            asks.take(&event(), question);
        }
    });
}

/// A stream stands in the page that is being rendered.
pub(crate) fn shown(stream: Shown) {
    CURRENT.with_borrow_mut(|page| page.shown.push(stream));
}

/// Tells the client, at the end of the page, that a tag needs its part `gestures`.
pub(crate) fn use_gestures() {
    CURRENT.with_borrow_mut(|page| page.gestures = true);
}

thread_local! {
    static CURRENT: RefCell<Rendering> = RefCell::default();
}

/// The address of the page that is being rendered with one parameter more.
#[must_use]
pub fn address_with(name: &str, value: &str) -> String {
    address_with_all(&[(name, value)])
}

/// The address of the page that is being rendered with these parameters more.
#[must_use]
pub fn address_with_all(pairs: &[(&str, &str)]) -> String {
    let pairs = serde_urlencoded::to_string(pairs).unwrap_or_default();
    with(|page| {
        let mark = if page.address.contains('?') { '&' } else { '?' };
        format!("{}{mark}{pairs}", page.address)
    })
}

/// Runs `f` with the facts of the page that is being rendered; empty ones outside of a rendering.
pub(crate) fn with<T>(f: impl FnOnce(&Rendering) -> T) -> T {
    CURRENT.with_borrow(f)
}

/// The name of a state's parameter in the address of the page that is being rendered.
pub(crate) fn parameter(state: &str, name: &str) -> String {
    with(|page| {
        if page.first_state.is_empty() || page.first_state == state {
            return name.to_owned();
        }
        format!("{state}.{name}")
    })
}

/// Renders with `rendering` as the current page and gives it back.
///
/// A panic of `f` is caught, so that the page and this thread stay usable.
pub(crate) fn scope<T>(
    rendering: Rendering,
    f: impl FnOnce() -> T,
) -> (std::thread::Result<T>, Rendering) {
    let outer = CURRENT.replace(rendering);
    let result = catch_unwind(AssertUnwindSafe(f));
    (result, CURRENT.replace(outer))
}

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident $type:ident $write:ident;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name() -> $type {
            $type
        }

        #[doc = concat!("Writes what [`", stringify!($name), "`] stands for.")]
        #[derive(Clone, Copy, Debug)]
        pub struct $type;

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                $write(f)
            }
        }

        impl HtmlSafe for $type {}

        impl FastWritable for $type {
            fn write_into(&self, dest: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
                Ok($write(dest)?)
            }
        }
    )*};
}

parts! {
    /// The tags a page needs in its `<head>`: stylesheet, script and the held page's token.
    ///
    /// `rdj/base.html` writes it; a page without a layout writes `{{ rdj::head() }}` itself.
    head Head write_head;
    /// What a page needs at the end of its `<body>`: the form that carries events without
    /// JavaScript.
    ///
    /// `rdj/base.html` writes it; a page without a layout writes `{{ rdj::foot() }}` itself.
    foot Foot write_foot;
    /// The hidden control with the CSRF token, for forms of one's own that post to another route:
    /// `<form method="post" action="/import">{{ rdj::csrf_input() }}`. Forms with `on_submit()` have it
    /// already.
    csrf_input CsrfInput write_csrf_input;
    /// The live region with the messages of the last event.
    messages MessagesRegion write_messages;
    /// The page's title, escaped.
    title Title write_title;
}

fn write_head(out: &mut (impl Write + ?Sized)) -> fmt::Result {
    write!(
        out,
        "<link rel=\"stylesheet\" href=\"{}\">",
        assets::css_url()
    )?;
    with(|page| {
        if page.token.is_empty() {
            return Ok(());
        }
        write!(
            out,
            "<meta name=\"rdj-page\" content=\"{}\" data-build=\"{}\" data-drafts=\"{}\">",
            page.token, page.build, page.drafts
        )
    })?;
    write!(out, "<script src=\"{}\" defer></script>", assets::js_url())
}

fn write_foot(out: &mut (impl Write + ?Sized)) -> fmt::Result {
    out.write_str("<form id=\"rdj-post\" method=\"post\" hidden")?;
    with(|page| {
        attribute(out, "action", &page.address)?;
        if page.gestures {
            out.write_str(" data-rdj-parts=\"gestures\"")?;
        }
        Ok::<_, fmt::Error>(())
    })?;
    out.write_char('>')?;
    write_csrf_input(out)?;
    out.write_str("</form>")?;
    let developers_look = current_cx().is_ok_and(|cx| cx.resource::<Devtools>().is_ok());
    if developers_look {
        out.write_str("<div data-rdj-panel data-rdj-ignore></div>")?;
    }
    Ok(())
}

fn write_csrf_input(out: &mut (impl Write + ?Sized)) -> fmt::Result {
    with(|page| match page.csrf.as_str() {
        "" => Ok(()),
        token => out.write_str(&forms::token_input(token)),
    })
}

fn write_title(out: &mut (impl Write + ?Sized)) -> fmt::Result {
    with(|page| escape(&page.title, out))
}

fn write_messages(out: &mut (impl Write + ?Sized)) -> fmt::Result {
    out.write_str(
        "<div class=\"rdj-messages\" role=\"status\" aria-live=\"polite\" aria-atomic=\"false\" data-rdj-messages",
    )?;
    i18n::write_client_texts(out)?;
    out.write_char('>')?;
    with(|page| {
        let shown = page.messages.iter();
        for message in shown.filter(|message| message.level != Level::Debug) {
            let level = message.level.name();
            write!(out, "<p class=\"rdj-message rdj-message-{level}")?;
            if !message.tags.is_empty() {
                out.write_char(' ')?;
                escape(&message.tags, out)?;
            }
            out.write_str("\"><span>")?;
            escape(&message.text, out)?;
            out.write_str("</span></p>")?;
        }
        Ok::<_, fmt::Error>(())
    })?;
    out.write_str("<div class=\"rdj-notices\" data-rdj-ignore></div></div>")
}

/// A plain page with a status and a sentence.
pub(crate) fn error_html(status: http::StatusCode, text: &str) -> String {
    let reason = i18n::error_title(status);
    let (lang, dir) = (i18n::lang(), i18n::dir());
    let mut out = format!(
        "<!DOCTYPE html><html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\"><title>{reason}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"{}\"></head><body><main id=\"main\"><h1>{reason}</h1><p>",
        assets::css_url()
    );
    // writing into a String does not fail
    let _ = escape(text, &mut out);
    out.push_str("</p></main></body></html>");
    out
}
