//! The language and the time zone of one request.

use std::{
    fmt,
    future::Future,
    sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError},
};

use chrono_tz::Tz;

use super::{I18n, Language, Value, settings::Speaker};
use crate::{
    cx::{Cx, current_cx},
    error::{Error, Result},
};

tokio::task_local! {
    static LOCALE: Locale;
}

/// The language and the time zone of what runs now: of an event, a request, or of a
/// [scope](Locale::scope).
///
/// The [`LocaleLayer`](super::LocaleLayer) makes one for each request and event. Clones are handles
/// of the same one: a switch shows in all of them.
#[derive(Clone)]
pub struct Locale {
    i18n: I18n,
    state: Arc<Mutex<State>>,
}

#[derive(Clone)]
struct State {
    speaker: Arc<Speaker>,
    time_zone: Tz,
    /// Whether the user chose the language just now.
    chosen: bool,
}

impl Locale {
    pub(super) fn new(i18n: &I18n, speaker: Arc<Speaker>) -> Self {
        let state = State {
            speaker,
            time_zone: i18n.default_zone(),
            chosen: false,
        };
        Self {
            i18n: i18n.clone(),
            state: Arc::new(Mutex::new(state)),
        }
    }

    /// The locale of what runs now; English in UTC where nothing says otherwise.
    #[must_use]
    pub fn current() -> Self {
        static ENGLISH: LazyLock<Locale> =
            LazyLock::new(|| I18n::new().languages(["en"]).locale("en"));
        LOCALE
            .try_with(Clone::clone)
            .ok()
            .or_else(|| current_cx().ok().and_then(|cx| Self::of(&cx)))
            .unwrap_or_else(|| ENGLISH.clone())
    }

    /// The locale that the layer gave to a request; none without the layer.
    #[must_use]
    pub fn of(cx: &Cx) -> Option<Self> {
        cx.extension::<Self>().cloned()
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.speaker().language.clone()
    }

    /// The settings it comes from.
    pub fn i18n(&self) -> &I18n {
        &self.i18n
    }

    /// The time zone in which points in time are written.
    #[must_use]
    pub fn time_zone(&self) -> Tz {
        self.lock().time_zone
    }

    /// Changes the time zone for the rest of the request, such as in a layer that knows the user.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if it is no name of the IANA database such as `Europe/Berlin`.
    pub fn set_time_zone(&self, name: &str) -> Result {
        let zone = name.parse::<Tz>();
        let zone = zone.map_err(|_| Error::invalid(self.text("rdj-time-zone-unknown")))?;
        self.lock().time_zone = zone;
        Ok(())
    }

    /// The message `key` in this language; see [`text`](super::text()).
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.text_with(key, &[])
    }

    /// The message `key` with values in its places.
    #[must_use]
    pub fn text_with(&self, key: &str, args: &[(&str, Value)]) -> String {
        let speaker = self.speaker();
        let mut catalogues = speaker.catalogues.iter();
        catalogues
            .find_map(|catalogue| catalogue.get(key, args, self))
            .unwrap_or_else(|| {
                tracing::warn!(key, "a text has no message");
                key.to_owned()
            })
    }

    /// A message that need not be there, such as the label of a model.
    pub(super) fn label(&self, key: &str) -> Option<String> {
        let speaker = self.speaker();
        if !speaker.has_own {
            return None;
        }
        let mut catalogues = speaker.catalogues.iter();
        catalogues.find_map(|catalogue| catalogue.get(key, &[], self))
    }

    /// Runs `future` with this locale as the current one, such as to write a mail in the language of
    /// its reader.
    pub async fn scope<F: Future>(self, future: F) -> F::Output {
        LOCALE.scope(self, future).await
    }

    /// Runs `f` with this locale as the current one.
    pub fn scope_sync<T>(&self, f: impl FnOnce() -> T) -> T {
        LOCALE.sync_scope(self.clone(), f)
    }

    /// Takes another language for this request, and has the layer give the browser the cookie.
    pub(super) fn choose(&self, speaker: Arc<Speaker>) {
        let mut state = self.lock();
        state.speaker = speaker;
        state.chosen = true;
    }

    /// Whether the user chose the language during this request.
    pub(super) fn is_chosen(&self) -> bool {
        self.lock().chosen
    }

    pub(super) fn speaker(&self) -> Arc<Speaker> {
        Arc::clone(&self.lock().speaker)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Locale({})", self.language())
    }
}
