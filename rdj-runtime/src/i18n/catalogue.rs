//! The messages of one language.

use std::{fmt, sync::Arc};

use fluent_bundle::{
    FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle, types::FluentNumber,
};
use intl_memoizer::concurrent::IntlLangMemoizer;

use super::{Language, Locale, Value, format::Numbers};

/// The files of one shipped language.
macro_rules! shipped {
    ($code:literal) => {
        (
            $code,
            &[
                include_str!(concat!("../../locales/", $code, "/rdj.ftl")),
                include_str!(concat!("../../locales/", $code, "/auth.ftl")),
            ],
        )
    };
}
/// What rdj ships: by code, each the whole of its texts.
pub(super) const SHIPPED: [(&str, &[&str]); 6] = [
    shipped!("en"),
    shipped!("de"),
    shipped!("fr"),
    shipped!("es"),
    shipped!("ar"),
    shipped!("zh-Hans"),
];

/// All messages of one language.
pub(super) struct Catalogue {
    pub(super) language: Language,
    bundle: FluentBundle<Arc<FluentResource>>,
}

impl Catalogue {
    /// The messages of `resources`, later ones in the place of earlier ones.
    pub(super) fn new(
        language: Language,
        resources: impl IntoIterator<Item = Arc<FluentResource>>,
    ) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.id().clone()]);
        // In a text from left to right the marks around a value are noise in attributes, mails and
        // tests; in one from right to left they keep a Latin name in its place.
        bundle.set_use_isolating(language.is_rtl());
        bundle.set_formatter(Some(number));
        for resource in resources {
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// The message `id` or `id.attribute`, if it is here.
    pub(super) fn get(&self, key: &str, args: &[(&str, Value)], locale: &Locale) -> Option<String> {
        let (id, attribute) = match key.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (key, None),
        };
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let values: FluentArgs<'_> = args
            .iter()
            .map(|(name, value)| (*name, value.to_fluent(locale)))
            .collect();
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&values), &mut errors);
        if let Some(error) = errors.first() {
            tracing::warn!(key, language = self.language.code(), %error, "a text has a wrong place");
        }
        Some(text.into_owned())
    }
}

/// Numbers with the digits and separators of the language.
fn number(value: &FluentValue<'_>, formats: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, .. }) = value else {
        return None;
    };
    let text =
        formats.with_try_get::<Numbers, _, _>((), |numbers| numbers.text(&value.to_string()));
    text.ok()
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Catalogue({})", self.language)
    }
}
