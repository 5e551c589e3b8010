//! What is wrong with a form of several fields, all at once.

use rdj_runtime::i18n::Text;

/// The mistakes in a form: of the whole of it, and of its fields in the order they were found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormErrors {
    form: Vec<Text>,
    fields: Vec<(&'static str, Text)>,
}

impl FormErrors {
    /// Adds a mistake of a field; one field can have several.
    pub fn add(&mut self, field: &'static str, text: impl Into<Text>) {
        self.fields.push((field, text.into()));
    }

    /// Adds a mistake that belongs to no single field.
    pub fn add_form(&mut self, text: impl Into<Text>) {
        self.form.push(text.into());
    }

    /// The mistakes of the whole form, in the current language.
    #[must_use]
    pub fn form(&self) -> Vec<String> {
        self.form.iter().map(ToString::to_string).collect()
    }

    /// The mistakes of a field, in the current language.
    #[must_use]
    pub fn of(&self, field: &str) -> Vec<String> {
        let own = self.fields.iter().filter(|(name, _)| *name == field);
        own.map(|(_, text)| text.to_string()).collect()
    }

    /// Whether the field has a mistake.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.fields.iter().any(|(name, _)| *name == field)
    }

    /// The first of these fields that has a mistake.
    pub fn first<'a>(&self, fields: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        fields.into_iter().find(|field| self.has(field))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.form.is_empty() && self.fields.is_empty()
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_all_in_order() {
        let mut errors = FormErrors::default();
        errors.add("password", "Too short.");
        errors.add("username", "Taken.");
        errors.add("password", "Too common.");
        assert_eq!(errors.of("password"), ["Too short.", "Too common."]);
        assert_eq!(errors.first(["username", "password"]), Some("username"));
        assert_eq!(errors.first(["email"]), None);
        errors.clear();
        assert!(errors.is_empty());
    }
}
