//! Which languages an application speaks, and from which catalogues.

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, LazyLock, OnceLock},
};

use chrono_tz::Tz;
use fluent_bundle::FluentResource;
use fluent_syntax::ast;

use super::{
    Language, Locale, LocaleLayer,
    catalogue::{Catalogue, SHIPPED},
    format::Formats,
    negotiate::Negotiator,
};
use crate::error::{Error, Result};

/// The cookie of the language; Django's, so that both can serve one site.
pub const COOKIE: &str = "django_language";

/// The languages of an application; a resource of it, and the source of its [`LocaleLayer`].
///
/// Without settings the texts of rdj are English. With `I18n::new()` they come in every language that
/// is shipped: en, de, fr, es, ar and zh-Hans.
///
/// ```
/// use rdj_runtime::i18n::I18n;
///
/// let i18n = I18n::new()
///     .languages(["en", "de"])
///     .default_language("de")
///     .catalogue("de", "greeting = Guten Tag, { $name }!")
///     .catalogue("en", "greeting = Hello, { $name }!");
/// i18n.check()?;
/// # rdj_runtime::Result::<()>::Ok(())
/// ```
#[derive(Clone)]
#[must_use = "settings do nothing unless an application gets them"]
pub struct I18n(Arc<Settings>);

#[derive(Clone)]
struct Settings {
    /// The default one is the first one, unless another was chosen.
    languages: Vec<Language>,
    default: Language,
    own: Vec<(Language, Arc<FluentResource>)>,
    cookie: &'static str,
    secure: bool,
    time_zone: Tz,
    /// What is wrong with the settings, for the start.
    problems: Vec<String>,
    /// Made from the above when it is first needed.
    built: OnceLock<Arc<Built>>,
}

/// The languages ready for use.
pub(super) struct Built {
    pub(super) speakers: Vec<Arc<Speaker>>,
    pub(super) default: Arc<Speaker>,
    pub(super) negotiator: Negotiator,
}

/// One language with the catalogues it looks into, in this order.
pub(super) struct Speaker {
    pub(super) language: Language,
    pub(super) catalogues: Vec<Arc<Catalogue>>,
    pub(super) formats: Formats,
    /// Whether catalogues of the application may have labels of models.
    pub(super) has_own: bool,
}

impl Default for I18n {
    fn default() -> Self {
        Self::new()
    }
}

impl I18n {
    /// All languages that are shipped, English first.
    pub fn new() -> Self {
        let shipped = SHIPPED.iter().filter_map(|(code, _)| code.parse().ok());
        Self(Arc::new(Settings {
            languages: shipped.collect(),
            default: Language::english(),
            own: Vec::new(),
            cookie: COOKIE,
            secure: false,
            time_zone: Tz::UTC,
            problems: Vec::new(),
            built: OnceLock::new(),
        }))
    }

    /// The languages that a user can have, in the order in which they are offered. The first one is
    /// the default one, unless another is chosen.
    pub fn languages<C: AsRef<str>>(self, codes: impl IntoIterator<Item = C>) -> Self {
        self.with(|settings| {
            settings.languages.clear();
            for code in codes {
                if let Some(language) = settings.parse(code.as_ref()) {
                    settings.offer(language);
                }
            }
            match settings.languages.first() {
                Some(first) => settings.default = first.clone(),
                None => settings.problems.push("no language".to_owned()),
            }
        })
    }

    /// The language where a request asks for none that is there; it becomes one of the languages.
    pub fn default_language(self, code: &str) -> Self {
        self.with(|settings| {
            if let Some(language) = settings.parse(code) {
                settings.default = language.clone();
                settings.offer(language);
            }
        })
    }

    /// Adds messages in the format of Fluent (`.ftl`): new ones, or others in the place of shipped
    /// ones with the same id.
    ///
    /// A language that is not shipped is thereby possible; what it does not say is said in the default
    /// language, then in English. It is offered only if it is one of the [`languages`](Self::languages).
    pub fn catalogue(self, code: &str, messages: impl Into<String>) -> Self {
        self.with(|settings| {
            let Some(language) = settings.parse(code) else {
                return;
            };
            let read = FluentResource::try_new(messages.into());
            let messages = read.unwrap_or_else(|(rest, errors)| {
                for error in errors {
                    let problem = format!("catalogue `{code}`: {error}");
                    settings.problems.push(problem);
                }
                rest
            });
            settings.own.push((language, Arc::new(messages)));
        })
    }

    /// Adds several catalogues, as `rdj::catalogues!("locales")` embeds them.
    pub fn catalogues(self, all: &[(&str, &str)]) -> Self {
        all.iter()
            .fold(self, |i18n, (code, text)| i18n.catalogue(code, *text))
    }

    /// The name of the cookie; Django's `django_language` by default.
    pub fn cookie_name(self, name: &'static str) -> Self {
        self.with(|settings| settings.cookie = name)
    }

    /// Whether browsers send the cookie over TLS only.
    pub fn cookie_secure(self, secure: bool) -> Self {
        self.with(|settings| settings.secure = secure)
    }

    /// The time zone of a request that has no other one, such as `Europe/Berlin`; UTC by default.
    ///
    /// Another one for a user: [`Locale::set_time_zone`].
    pub fn time_zone(self, name: &str) -> Self {
        self.with(|settings| match name.parse() {
            Ok(zone) => settings.time_zone = zone,
            Err(_) => settings.problems.push(format!("`{name}` is no time zone")),
        })
    }

    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        let settings = Arc::make_mut(&mut self.0);
        // nothing of what was made from the settings before holds
        settings.built = OnceLock::new();
        change(settings);
        self
    }

    /// Finds mistakes in settings and catalogues; an application that has them does not start.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`]: a code is no language, a catalogue is not valid Fluent, a time zone is unknown.
    pub fn check(&self) -> Result {
        if self.0.problems.is_empty() {
            return Ok(());
        }
        Err(Error::Setup(format!(
            "languages: {}",
            self.0.problems.join("; ")
        )))
    }

    /// The layer that finds out the language of a request; inside of the session layer, if there is
    /// one.
    #[must_use]
    pub fn layer(&self) -> LocaleLayer {
        LocaleLayer::new(self.clone())
    }

    /// A language that is one of the languages here, for [`Locale::scope`], such as that of a mail's
    /// reader; the default one for any other.
    #[must_use]
    pub fn locale(&self, code: &str) -> Locale {
        let speaker = self.speaker(code);
        Locale::new(
            self,
            speaker.unwrap_or_else(|| Arc::clone(&self.built().default)),
        )
    }

    /// The languages that are offered.
    #[must_use]
    pub fn offered(&self) -> &[Language] {
        &self.0.languages
    }

    pub(super) fn default_zone(&self) -> Tz {
        self.0.time_zone
    }

    pub(super) fn cookie(&self) -> (&'static str, bool) {
        (self.0.cookie, self.0.secure)
    }

    /// The language with exactly this code.
    pub(super) fn speaker(&self, code: &str) -> Option<Arc<Speaker>> {
        let speakers = &self.built().speakers;
        let language: Language = code.parse().ok()?;
        let found = speakers.iter().find(|known| known.language == language);
        found.cloned()
    }

    pub(super) fn built(&self) -> &Built {
        self.0.built.get_or_init(|| Arc::new(Built::new(self)))
    }

    /// The own messages and the shipped ones of a language, if it has any.
    pub(super) fn catalogue_of(&self, language: &Language) -> Option<Catalogue> {
        let shipped = shipped(language).iter().cloned();
        let own = self.0.own.iter().filter(|(of, _)| of == language);
        let mut all = shipped
            .chain(own.map(|(_, messages)| Arc::clone(messages)))
            .peekable();
        all.peek()?;
        Some(Catalogue::new(language.clone(), all))
    }

    /// The ids of a language's messages and `id.attribute`s, without what it takes from others.
    pub(super) fn keys_of(&self, language: &Language) -> BTreeSet<String> {
        let own = self.0.own.iter().filter(|(of, _)| of == language);
        let own = own.map(|(_, messages)| messages);
        shipped(language)
            .iter()
            .chain(own)
            .flat_map(|messages| messages.entries())
            .flat_map(keys)
            .collect()
    }

    /// All languages that have messages here.
    pub(super) fn with_messages(&self) -> Vec<Language> {
        let shipped = SHIPPED.iter().filter_map(|(code, _)| code.parse().ok());
        let own = self.0.own.iter().map(|(language, _)| language.clone());
        let mut all: Vec<Language> = shipped.chain(own).collect();
        let mut seen = Vec::new();
        all.retain(|language| {
            let new = !seen.contains(language);
            seen.push(language.clone());
            new
        });
        all
    }
}

impl fmt::Debug for I18n {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("I18n")
            .field("languages", &self.0.languages)
            .field("default", &self.0.default)
            .finish_non_exhaustive()
    }
}

/// The shipped messages of a language, read once.
fn shipped(language: &Language) -> &'static [Arc<FluentResource>] {
    static ALL: LazyLock<Vec<(Language, Vec<Arc<FluentResource>>)>> = LazyLock::new(|| {
        let read = |text: &&str| match FluentResource::try_new((*text).to_owned()) {
            // a test reads all of them
            Ok(messages) | Err((messages, _)) => Arc::new(messages),
        };
        let language = |(code, files): &(&str, &[&str])| {
            Some((code.parse().ok()?, files.iter().map(read).collect()))
        };
        SHIPPED.iter().filter_map(language).collect()
    });
    ALL.iter()
        .find(|(known, _)| known == language)
        .map_or(&[], |(_, messages)| messages)
}

impl Settings {
    fn parse(&mut self, code: &str) -> Option<Language> {
        code.parse()
            .map_err(|error: super::UnknownLanguage| self.problems.push(error.to_string()))
            .ok()
    }

    fn offer(&mut self, language: Language) {
        if !self.languages.contains(&language) {
            self.languages.push(language);
        }
    }
}

impl Built {
    fn new(i18n: &I18n) -> Self {
        let catalogues: Vec<Arc<Catalogue>> = i18n
            .with_messages()
            .iter()
            .filter_map(|language| i18n.catalogue_of(language))
            .map(Arc::new)
            .collect();
        let speaker = |language: &Language| {
            let after = [i18n.0.default.clone(), Language::english()];
            let chain = ancestors(language).chain(after.iter().flat_map(ancestors));
            Arc::new(Speaker {
                language: language.clone(),
                catalogues: chosen(&catalogues, chain),
                formats: Formats::new(language),
                has_own: !i18n.0.own.is_empty(),
            })
        };
        let default = speaker(&i18n.0.default);
        let speakers: Vec<_> = i18n.0.languages.iter().map(speaker).collect();
        Self {
            negotiator: Negotiator::new(&i18n.0.languages),
            default: speakers
                .iter()
                .find(|known| known.language == i18n.0.default)
                .map_or(default, Arc::clone),
            speakers,
        }
    }
}

/// The language, then it without its last part, and so on.
fn ancestors(language: &Language) -> impl Iterator<Item = Language> + use<> {
    std::iter::successors(Some(language.clone()), Language::parent)
}

fn chosen(
    all: &[Arc<Catalogue>],
    languages: impl Iterator<Item = Language>,
) -> Vec<Arc<Catalogue>> {
    let mut chosen: Vec<Arc<Catalogue>> = Vec::new();
    for language in languages {
        let found = all.iter().find(|one| one.language == language);
        if let Some(found) = found
            && !chosen.iter().any(|one| one.language == language)
        {
            chosen.push(Arc::clone(found));
        }
    }
    chosen
}

/// The keys of one message.
fn keys(entry: &ast::Entry<&str>) -> Vec<String> {
    let ast::Entry::Message(message) = entry else {
        return Vec::new();
    };
    let id = message.id.name;
    let attributes = message.attributes.iter();
    let attributes = attributes.map(|attribute| format!("{id}.{}", attribute.id.name));
    let value = message.value.iter().map(|_| id.to_owned());
    value.chain(attributes).collect()
}
