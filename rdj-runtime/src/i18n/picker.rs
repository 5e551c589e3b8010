//! A form to choose the language with.

use askama::{Template, filters::HtmlSafe};

use super::{LANGUAGE_PATH, Language, Locale, text};
use crate::page::render;

/// A form with the application's languages by their own names; nothing where there is only one.
///
/// It works without JavaScript: it posts to `/_language`, which sends the browser back to the page.
#[derive(Clone, Debug, Template)]
#[template(path = "rdj/language_picker.html")]
pub struct LanguagePicker {
    action: &'static str,
    label: String,
    button: String,
    languages: Vec<Language>,
    current: Language,
    /// The address of the page that shows it.
    next: String,
}

impl LanguagePicker {
    fn is_current(&self, language: &Language) -> bool {
        *language == self.current
    }
}

impl HtmlSafe for LanguagePicker {}

/// A form to choose the language with: `{{ rdj::language_picker() }}`.
#[must_use]
pub fn language_picker() -> LanguagePicker {
    let locale = Locale::current();
    LanguagePicker {
        action: LANGUAGE_PATH,
        label: text("rdj-language"),
        button: text("rdj-language-choose"),
        languages: locale.i18n().offered().to_vec(),
        current: locale.language(),
        next: render::with(|page| page.address.clone()),
    }
}
