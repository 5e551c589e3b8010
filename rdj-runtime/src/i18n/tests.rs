//! Catalogues as a whole: that they are complete and say what they should.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime, TimeZone as _, Utc};
use fluent_bundle::FluentResource;

use super::{I18n, Locale, Text, catalogue::SHIPPED, missing_messages, text};

fn locale(code: &str) -> Locale {
    I18n::new().locale(code)
}

fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

#[test]
fn shipped_catalogues_are_complete_and_valid() {
    for (code, files) in SHIPPED {
        for file in files {
            let read = FluentResource::try_new((*file).to_owned());
            assert!(read.is_ok(), "{code}: {:?}", read.err().map(|(_, e)| e));
        }
    }
    let i18n = I18n::new();
    assert_eq!(missing_messages(&i18n, &[]).unwrap(), []);
    let english = i18n.keys_of(&super::Language::english());
    for language in i18n.offered() {
        let own = i18n.keys_of(language);
        let unknown: Vec<_> = own.difference(&english).collect();
        assert!(unknown.is_empty(), "{language}: {unknown:?}");
    }
}

/// The names after `$` by message.
fn places(files: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut id = String::new();
    for line in files.iter().flat_map(|file| file.lines()) {
        if line.starts_with("rdj-") || line.starts_with("auth-") {
            line.split(' ').next().unwrap().clone_into(&mut id);
        }
        for part in line.split('$').skip(1) {
            let name = part
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next();
            all.entry(id.clone())
                .or_default()
                .insert(name.unwrap().to_owned());
        }
    }
    all
}

#[test]
fn translations_have_the_places_of_the_english_text() {
    let english = places(SHIPPED[0].1);
    let may = |key: &str| match key {
        // what names a row differs from language to language
        "rdj-noun" => ["label", "lower"].map(str::to_owned).into(),
        key if key.starts_with("rdj-") => ["label", "noun", "nouns"].map(str::to_owned).into(),
        _ => BTreeSet::new(),
    };
    for (code, files) in SHIPPED {
        for (key, own) in places(files) {
            let known = english.get(&key).cloned().unwrap_or_default();
            let odd: Vec<_> = own
                .difference(&known)
                .filter(|p| !may(&key).contains(*p))
                .collect();
            assert!(odd.is_empty(), "{code}: {key} has {odd:?}");
        }
    }
}

#[test]
fn plural_forms_are_those_of_the_language() {
    let arabic = locale("ar");
    for (count, part) in [
        (0, "لا حدّ أدنى"),
        (1, "حرف واحد"),
        (2, "حرفان"),
        (3, "٣ أحرف"),
        (11, "١١ حرفًا"),
        (100, "١٠٠ حرف "),
    ] {
        let args = [("count", count.into())];
        let text = plain(&arabic.text_with("auth-username-too-short", &args));
        let latin: String = text
            .chars()
            .map(|c| match c {
                '0'..='9' => char::from_u32(u32::from(c) - 48 + 0x660).unwrap(),
                c => c,
            })
            .collect();
        assert!(latin.contains(part), "{count}: {text}");
    }
    let count = |code: &str, count: i64| {
        let args = [
            ("count", count.into()),
            ("noun", "note".into()),
            ("nouns", "notes".into()),
        ];
        locale(code).text_with("rdj-count", &args)
    };
    assert_eq!(count("en", 1), "1 note");
    assert_eq!(count("en", 0), "0 notes");
    assert_eq!(count("en", 1234), "1,234 notes");
    assert_eq!(count("fr", 0), "0 note");
    assert_eq!(count("zh-Hans", 1), "1 个notes");
}

#[test]
fn a_text_falls_back_to_the_default_language_then_english_then_the_key() {
    let i18n = I18n::new()
        .languages(["de", "it", "de-AT"])
        .catalogue("it", "rdj-save = Salva")
        .catalogue("de-AT", "rdj-cancel = Doch nicht")
        .catalogue("en", "only-english = Only in English")
        .catalogue("de", "rdj-edit = Ändern");
    i18n.check().unwrap();
    let italian = i18n.locale("it");
    assert_eq!(italian.text("rdj-save"), "Salva");
    assert_eq!(italian.text("rdj-cancel"), "Abbrechen");
    assert_eq!(italian.text("only-english"), "Only in English");
    assert_eq!(italian.text("nowhere"), "nowhere");
    let austrian = i18n.locale("de-AT");
    assert_eq!(austrian.text("rdj-cancel"), "Doch nicht");
    assert_eq!(austrian.text("rdj-save"), "Speichern");
    assert_eq!(austrian.text("rdj-edit"), "Ändern");
    // a language that is not offered is not spoken
    assert_eq!(i18n.locale("fr").text("rdj-save"), "Speichern");
}

#[test]
fn a_text_is_translated_when_it_is_shown() {
    let error = Text::key("rdj-too-long").arg("most", 20).arg("length", 23);
    assert_eq!(error, "Use at most 20 characters (now 23).");
    locale("de").scope_sync(|| {
        assert_eq!(error.to_string(), "Bitte höchstens 20 Zeichen (jetzt 23).");
        assert_eq!(text("rdj-save"), "Speichern");
        assert_eq!(
            crate::Error::NotFound.public_text(),
            "Diesen Eintrag gibt es nicht mehr."
        );
    });
    assert_eq!(text("rdj-save"), "Save");
    let nested = Text::key("rdj-unique").arg("label", Text::key("rdj-search"));
    assert_eq!(
        nested.text_in(&locale("de")),
        "Suchen mit diesem Wert gibt es schon."
    );
}

#[test]
fn labels_of_models_come_from_own_catalogues() {
    let label = Text::label("model-note.plural", "Notes");
    assert_eq!(label, "Notes");
    let i18n = I18n::new().catalogue("de", "model-note = Notiz\n    .plural = Notizen");
    assert_eq!(label.text_in(&i18n.locale("de")), "Notizen");
    assert_eq!(label.text_in(&i18n.locale("fr")), "Notes");
}

#[test]
fn values_are_kept_apart_in_texts_from_right_to_left() {
    let args = [("row", "Milk".into())];
    assert_eq!(
        locale("ar").text_with("rdj-edit-row", &args),
        "تعديل \u{2068}Milk\u{2069}"
    );
    assert_eq!(locale("en").text_with("rdj-edit-row", &args), "Edit Milk");
}

#[test]
fn numbers_and_dates_are_those_of_the_language() {
    let (english, german) = (locale("en"), locale("de"));
    assert_eq!(english.number(1_234_567), "1,234,567");
    assert_eq!(german.number(-1234.5), "-1.234,5");
    assert_eq!(
        german.number(rust_decimal::Decimal::new(123_450, 2)),
        "1.234,50"
    );
    assert_eq!(german.number(f64::INFINITY), "inf");
    assert_eq!(
        plain(&locale("fr").number(1234.5)).replace('\u{202f}', " "),
        "1 234,5"
    );
    let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    assert_eq!(english.date(day), "Nov 21, 2026");
    assert_eq!(german.date(day), "21.11.2026");
    assert_eq!(locale("zh-Hans").date(day), "2026年11月21日");
    let time = NaiveTime::from_hms_opt(15, 4, 5).unwrap();
    assert_eq!(german.time(time), "15:04");
    assert_eq!(english.time(time).replace('\u{202f}', " "), "3:04 PM");
    assert_eq!(german.datetime(day.and_time(time)), "21.11.2026, 15:04");
}

#[test]
fn points_in_time_are_shown_in_the_time_zone() {
    let i18n = I18n::new().time_zone("Europe/Berlin");
    let german = i18n.locale("de");
    let moment = Utc.with_ymd_and_hms(2026, 7, 1, 22, 30, 0).unwrap();
    assert_eq!(german.date(moment), "02.07.2026");
    assert_eq!(german.time(moment), "00:30");
    german.set_time_zone("America/New_York").unwrap();
    assert_eq!(german.datetime(moment), "01.07.2026, 18:30");
    assert!(german.set_time_zone("Mars/Base").is_err());
    assert_eq!(german.time_zone(), chrono_tz::America::New_York);
}

#[test]
fn mistakes_in_settings_are_told() {
    let wrong = I18n::new()
        .languages(["en", "no language"])
        .catalogue("de", "half = { $open")
        .time_zone("Nowhere");
    let error = wrong.check().unwrap_err().to_string();
    for part in ["`no language`", "catalogue `de`", "`Nowhere`"] {
        assert!(error.contains(part), "{error}");
    }
    assert!(I18n::new().languages([""; 0]).check().is_err());
}
