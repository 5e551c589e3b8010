//! From what a browser prefers to a language that is there.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use unic_langid::LanguageIdentifier;

use super::Language;

/// Browsers send the same few headers again and again; more than this many are not remembered.
const REMEMBERED: usize = 512;
/// A longer header is a waste of time.
const LONGEST: usize = 512;

/// Chooses among the languages of an application.
pub(super) struct Negotiator {
    available: Vec<LanguageIdentifier>,
    /// The place among the languages by header.
    known: RwLock<HashMap<Box<str>, Option<usize>>>,
}

impl Negotiator {
    pub(super) fn new(languages: &[Language]) -> Self {
        Self {
            available: languages.iter().map(|l| l.id().clone()).collect(),
            known: RwLock::default(),
        }
    }

    /// The place of the best language for an `Accept-Language` header.
    pub(super) fn choose(&self, header: &str) -> Option<usize> {
        if header.len() > LONGEST {
            return None;
        }
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(header) {
            return *found;
        }
        drop(known);
        let found = self.negotiate(&preferences(header));
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(header.into(), found);
        found
    }

    fn negotiate(&self, wanted: &[LanguageIdentifier]) -> Option<usize> {
        let strategy = NegotiationStrategy::Lookup;
        let found = wanted.iter().find_map(|wanted| {
            let wanted = std::slice::from_ref(wanted);
            let found = negotiate_languages(wanted, &self.available, None, strategy);
            found.first().copied()
        })?;
        self.available.iter().position(|own| own == found)
    }
}

/// The languages of an `Accept-Language` header, the preferred one first (RFC 9110, section 12.5.4).
fn preferences(header: &str) -> Vec<LanguageIdentifier> {
    let mut all: Vec<(u16, LanguageIdentifier)> = header
        .split(',')
        .filter_map(|entry| {
            let (tag, weight) = entry.split_once(';').unwrap_or((entry, "q=1"));
            let weight = weight.trim().strip_prefix("q=")?.parse::<f32>().ok()?;
            let language = tag.trim().parse().ok()?;
            // three digits at most, so that this is exact
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is from 0 to 1000"
            )]
            let weight = (weight.clamp(0.0, 1.0) * 1000.0).round() as u16;
            (weight > 0).then_some((weight, language))
        })
        .collect();
    // languages of one weight stay in the order of the header
    all.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    all.into_iter().map(|(_, language)| language).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(available: &[&str], header: &str) -> Option<String> {
        let languages: Vec<Language> = available.iter().map(|c| c.parse().unwrap()).collect();
        let negotiator = Negotiator::new(&languages);
        let first = negotiator.choose(header);
        assert_eq!(first, negotiator.choose(header), "the remembered answer");
        first.map(|at| languages[at].code().to_owned())
    }

    #[test]
    fn takes_the_preferred_one_that_is_there() {
        let own = ["en", "de", "fr", "es", "ar", "zh-Hans"];
        for (header, code) in [
            ("de,en;q=0.9", Some("de")),
            ("en;q=0.5, fr;q=0.8", Some("fr")),
            ("de-AT", Some("de")),
            ("nl, de;q=0.3, en;q=0.2", Some("de")),
            ("zh-CN,zh;q=0.9,en;q=0.8", Some("zh-Hans")),
            ("zh-TW", None),
            ("ar-EG,ar;q=0.9", Some("ar")),
            ("de;q=0, en", Some("en")),
            ("*", None),
            ("", None),
            ("de;q=x", None),
            ("\u{0}", None),
        ] {
            assert_eq!(choose(&own, header).as_deref(), code, "{header}");
        }
        assert_eq!(choose(&["pt-BR", "pt"], "pt-BR").as_deref(), Some("pt-BR"));
        assert_eq!(choose(&["pt-BR"], "pt").as_deref(), Some("pt-BR"));
        assert_eq!(choose(&["en"], &"de,".repeat(1000)), None);
    }
}
