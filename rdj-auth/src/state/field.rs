//! One field of an auth form: all that `rdj/auth/field.html` writes.

use super::{FormErrors, look::with_settings};
use crate::settings::AuthSettings;

/// The longest username.
const USERNAME: u32 = 150;
/// The longest e-mail address.
const EMAIL: u32 = 254;

/// A field for `rdj/auth/field.html`: label, control with what helps password managers, help and
/// mistakes. A password has no value, ever.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct AuthField {
    /// The id of the control.
    pub id: String,
    /// Its name in the form.
    pub name: &'static str,
    /// What the user reads.
    pub label: String,
    /// `text`, `email` or `password`.
    pub kind: &'static str,
    /// What a password manager fills in.
    pub autocomplete: &'static str,
    /// What was typed.
    pub value: String,
    /// Whether the form needs it.
    pub required: bool,
    /// The fewest characters.
    pub min_length: Option<usize>,
    /// The most characters.
    pub max_length: Option<u32>,
    /// What to know before typing.
    pub help: Vec<String>,
    /// What is wrong with it.
    pub errors: Vec<String>,
    /// The id of a mistake of the whole form that may be this field's; empty for none.
    pub form_error: String,
    /// Whether the focus is here when the page is opened.
    pub autofocus: bool,
}

impl AuthField {
    /// A field of the form with the id `form`.
    pub(super) fn new(form: &str, name: &'static str, label: String, errors: &FormErrors) -> Self {
        Self {
            id: format!("{form}-{name}"),
            name,
            label,
            kind: "text",
            autocomplete: "off",
            required: true,
            errors: errors.of(name),
            ..Self::default()
        }
    }

    pub(super) fn username(mut self, value: &str) -> Self {
        self.autocomplete = "username";
        value.clone_into(&mut self.value);
        self.max_length = Some(USERNAME);
        self
    }

    pub(super) fn email(mut self, value: &str) -> Self {
        self.kind = "email";
        self.autocomplete = "email";
        value.clone_into(&mut self.value);
        self.max_length = Some(EMAIL);
        self
    }

    pub(super) fn password(mut self) -> Self {
        self.kind = "password";
        self.autocomplete = "current-password";
        self
    }

    /// A password to be chosen, with the rules for it.
    pub(super) fn new_password(mut self) -> Self {
        self.kind = "password";
        self.autocomplete = "new-password";
        with_settings(|settings| {
            self.min_length = min_length(settings);
            let help = settings.password_rules().help();
            self.help = help.iter().map(ToString::to_string).collect();
        });
        self
    }

    /// A chosen password once more.
    pub(super) fn repeated(mut self) -> Self {
        self.kind = "password";
        self.autocomplete = "new-password";
        self
    }

    /// A field of a form that is refused as a whole, as wrong credentials are.
    pub(super) fn refused(mut self, form: &str, errors: &FormErrors) -> Self {
        if !errors.form().is_empty() {
            self.form_error = format!("{form}-error");
        }
        self
    }

    pub(super) fn focused(mut self, focused: bool) -> Self {
        self.autofocus = focused;
        self
    }

    /// The ids of help and mistakes; empty where there are none.
    #[must_use]
    pub fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if !self.help.is_empty() {
            ids.push(format!("{}-help", self.id));
        }
        if !self.errors.is_empty() {
            ids.push(format!("{}-error", self.id));
        }
        if !self.form_error.is_empty() {
            ids.push(self.form_error.clone());
        }
        ids.join(" ")
    }

    /// Whether something is wrong with it, or may be.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        !self.errors.is_empty() || !self.form_error.is_empty()
    }

    /// Whether it shows what was typed: not a password.
    #[must_use]
    pub fn shows_value(&self) -> bool {
        self.kind != "password" && !self.value.is_empty()
    }
}

/// The browser can tell it only where the application has no rules of its own.
fn min_length(settings: &AuthSettings) -> Option<usize> {
    let own = settings.validators.is_some();
    (!own && settings.password_min_length > 0).then_some(settings.password_min_length)
}

/// The first field with a mistake, else the first one: where the focus is.
pub(super) fn focus<'a>(errors: &FormErrors, fields: &[&'a str]) -> &'a str {
    let wrong = errors.first(fields.iter().copied());
    wrong.or(fields.first().copied()).unwrap_or_default()
}
