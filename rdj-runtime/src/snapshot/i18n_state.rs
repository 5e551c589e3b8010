//! The language as a field of a page.

use crate::{
    cx::Cx,
    dispatch::{Bind, Binding, BoxFuture, Call, EventFacts, On},
    error::Result,
    i18n::{Locale, set_language},
    state::{Keeper, State},
};

/// The language, for templates: `{{ i18n.code() }}`, `{{ i18n.on_change().set_language() }}`.
///
/// Like [`UserState`](super::UserState) it holds nothing: each call asks what runs now. The event
/// `set_language` gives the user another language of the application.
///
/// ```
/// use rdj_runtime::{snapshot::I18nState, testing::TestCx};
///
/// let test = TestCx::new().language("ar");
/// let _guard = test.enter();
/// assert_eq!((I18nState.code(), I18nState.dir()), ("ar".to_owned(), "rtl"));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct I18nState;

impl I18nState {
    /// The code of the language, such as `pt-BR`.
    #[must_use]
    pub fn code(self) -> String {
        Locale::current().language().code().to_owned()
    }

    /// The language's own name.
    #[must_use]
    pub fn name(self) -> String {
        Locale::current().language().name().to_owned()
    }

    /// Whether the language is written from right to left.
    #[must_use]
    pub fn bidi(self) -> bool {
        Locale::current().language().is_rtl()
    }

    /// The direction as HTML writes it: `ltr` or `rtl`.
    #[must_use]
    pub fn dir(self) -> &'static str {
        Locale::current().language().dir()
    }

    /// The languages that are offered: codes and own names.
    #[must_use]
    pub fn languages(self) -> Vec<(String, String)> {
        let locale = Locale::current();
        let offered = locale.i18n().offered().iter();
        offered
            .map(|one| (one.code().to_owned(), one.name().to_owned()))
            .collect()
    }
}

impl State for I18nState {
    const NAME: &'static str = "i18n";

    fn events() -> Vec<EventFacts> {
        vec![EventFacts::new("set_language").with_args(&["code"])]
    }

    /// `on_load` finds all of it out again.
    fn keep(&mut self, _keeper: &mut Keeper) {}

    fn dispatch<'a>(&'a mut self, cx: &'a Cx, call: Call<'a>) -> BoxFuture<'a, Result> {
        Box::pin(async move {
            match call.event {
                "set_language" => set_language(cx, &call.arg::<String>()?).await,
                _ => Err(call.unknown()),
            }
        })
    }

    fn is_in_address(&self) -> bool {
        true
    }
}

/// The event handles of [`I18nState`].
#[derive(Clone, Copy, Debug)]
pub struct I18nEvents(On);

impl I18nEvents {
    /// Gives the user the language that the control has: `<select {{ i18n.on_change().set_language() }}>`.
    pub fn set_language(self) -> Binding {
        self.0.call("set_language")
    }

    /// Gives the user this language: `<button {{ i18n.on_click().set_language_to("de") }}>`.
    pub fn set_language_to(self, code: &str) -> Binding {
        self.0.call_with::<String>("set_language", &code)
    }
}

impl From<On> for I18nEvents {
    fn from(on: On) -> Self {
        Self(on)
    }
}

impl Bind for I18nState {
    type Events = I18nEvents;
    const NAME: &'static str = "i18n";
}
