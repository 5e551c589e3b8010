//! One language, by its BCP 47 code.

use std::{fmt, str::FromStr, sync::Arc};

use unic_langid::{CharacterDirection, LanguageIdentifier};

/// A language such as `en`, `pt-BR` or `zh-Hans`. Cheap to clone.
///
/// ```
/// use rdj_runtime::i18n::Language;
///
/// let arabic: Language = "ar".parse()?;
/// assert_eq!(arabic.dir(), "rtl");
/// let german: Language = "de_AT".parse()?;
/// assert_eq!((german.code(), german.name()), ("de-AT", "Deutsch"));
/// # Ok::<(), rdj_runtime::i18n::UnknownLanguage>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Language(Arc<Inner>);

#[derive(PartialEq, Eq, Hash)]
struct Inner {
    id: LanguageIdentifier,
    code: String,
}

/// A text that is no language code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLanguage(String);

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no language code such as `en` or `pt-BR`",
            self.0
        )
    }
}

impl std::error::Error for UnknownLanguage {}

impl Language {
    fn of(id: LanguageIdentifier) -> Self {
        let code = id.to_string();
        Self(Arc::new(Inner { id, code }))
    }

    /// English, the language of the texts in Rust.
    #[must_use]
    pub fn english() -> Self {
        Self::of(unic_langid::LanguageIdentifier::from_bytes(b"en").unwrap_or_default())
    }

    /// The code as HTML and HTTP write it: `pt-BR`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// Whether it is written from right to left.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        self.0.id.character_direction() == CharacterDirection::RTL
    }

    /// The direction as HTML writes it: `ltr` or `rtl`.
    #[must_use]
    pub fn dir(&self) -> &'static str {
        if self.is_rtl() { "rtl" } else { "ltr" }
    }

    /// The language's own name: `Deutsch`; the code where it is not known here.
    #[must_use]
    pub fn name(&self) -> &str {
        own_name(self.code())
            .or_else(|| own_name(self.0.id.language.as_str()))
            .unwrap_or_else(|| self.code())
    }

    pub(super) fn id(&self) -> &LanguageIdentifier {
        &self.0.id
    }

    /// The language without its last part: `pt` for `pt-BR`, none for `pt`.
    pub(super) fn parent(&self) -> Option<Self> {
        let (parent, _) = self.code().rsplit_once('-')?;
        parent.parse().ok()
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Takes upper and lower case, `-` and `_`: `pt_br` is `pt-BR`.
    fn from_str(code: &str) -> Result<Self, UnknownLanguage> {
        let id = LanguageIdentifier::from_bytes(code.as_bytes());
        id.ok()
            .filter(|id| !id.language.is_empty())
            .map(Self::of)
            .ok_or_else(|| UnknownLanguage(code.to_owned()))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.code())
    }
}

/// The names of the languages that most sites have, in themselves.
fn own_name(code: &str) -> Option<&'static str> {
    let at = NAMES.binary_search_by(|(known, _)| known.cmp(&code)).ok()?;
    Some(NAMES[at].1)
}

/// By code, sorted. Source: the languages' own names in CLDR.
const NAMES: [(&str, &str); 42] = [
    ("ar", "العربية"),
    ("bg", "български"),
    ("bn", "বাংলা"),
    ("ca", "català"),
    ("cs", "čeština"),
    ("da", "dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "español"),
    ("et", "eesti"),
    ("fa", "فارسی"),
    ("fi", "suomi"),
    ("fr", "français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "hrvatski"),
    ("hu", "magyar"),
    ("id", "Bahasa Indonesia"),
    ("it", "italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("lt", "lietuvių"),
    ("lv", "latviešu"),
    ("nb", "norsk bokmål"),
    ("nl", "Nederlands"),
    ("pl", "polski"),
    ("pt", "português"),
    ("pt-BR", "português (Brasil)"),
    ("ro", "română"),
    ("ru", "русский"),
    ("sk", "slovenčina"),
    ("sl", "slovenščina"),
    ("sr", "српски"),
    ("sv", "svenska"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn language(code: &str) -> Language {
        code.parse().unwrap()
    }

    #[test]
    fn knows_names_and_directions() {
        assert!(NAMES.is_sorted());
        assert_eq!(language("pt_br").code(), "pt-BR");
        assert_eq!(language("de-AT").name(), "Deutsch");
        assert_eq!(language("tlh").name(), "tlh");
        for (code, dir) in [
            ("en", "ltr"),
            ("ar-EG", "rtl"),
            ("he", "rtl"),
            ("zh-Hans", "ltr"),
        ] {
            assert_eq!(language(code).dir(), dir, "{code}");
        }
        assert!("".parse::<Language>().is_err());
        assert!("../etc".parse::<Language>().is_err());
        assert_eq!(language("sr-Latn-RS").parent(), Some(language("sr-Latn")));
        assert_eq!(Language::english().parent(), None);
    }
}
