//! Languages: texts from catalogues, the language of each request, numbers and dates.
//!
//! Messages are in the format of [Fluent](https://projectfluent.org). rdj ships its own in English,
//! German, French, Spanish, Arabic and Chinese; an application adds more, and replaces shipped ones by
//! their ids (`rdj-..` for components and errors, `auth-..` for the pages of rdj-auth).
//!
//! Labels of models are looked up as well: `model-note` with the attributes `plural`,
//! `field-title`, `help-title` and `choice-status-open`. Without a message the label in Rust is shown.
//!
//! ```
//! use rdj_runtime::{App, i18n::I18n, session};
//!
//! let i18n = I18n::new()
//!     .languages(["en", "de"])
//!     .catalogue("de", "model-note = Notiz\n    .plural = Notizen\n    .field-title = Titel");
//! let app = App::new()
//!     .sessions(session::memory())
//!     .i18n(i18n);
//! ```

mod around;
mod catalogue;
mod format;
mod html;
mod language;
mod layer;
mod locale;
mod missing;
mod negotiate;
mod picker;
mod settings;
mod switch;
#[cfg(test)]
mod tests;
mod text;
mod value;

pub(crate) use self::{
    around::Around,
    html::{error_title, refusal, write_client_texts},
    layer::locale_of,
};
pub use self::{
    format::{Day, Moment, Number, TimeOfDay, date, datetime, number, time},
    html::{BodyLanguage, body_language, dir, lang},
    language::{Language, UnknownLanguage},
    layer::LocaleLayer,
    locale::Locale,
    missing::{Missing, missing_messages},
    picker::{LanguagePicker, language_picker},
    settings::{COOKIE, I18n},
    switch::{LANGUAGE_PATH, routes, set_language},
    text::{Text, label, text, text_with},
    value::Value,
};
