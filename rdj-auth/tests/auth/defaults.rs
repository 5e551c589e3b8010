//! Every setting and text with its default, in the code and in the guides.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::{collections::BTreeMap, fs, path::Path, time::Duration};

use rdj_auth::{
    AuthSettings,
    settings::{AuthMessages, LoginField},
};

const PAGES: &str = include_str!("../../../docs/auth-pages.md");
const USERS: &str = include_str!("../../../docs/users.md");

/// The first two cells of all rows of tables, by what stands in backticks in the first one.
fn rows(guide: &str) -> BTreeMap<&str, &str> {
    let lines = guide.lines().filter(|line| line.starts_with("| `"));
    let mut rows = BTreeMap::new();
    for line in lines {
        let mut cells = line.trim_matches('|').split(" | ").map(str::trim);
        let (Some(names), Some(default)) = (cells.next(), cells.next()) else {
            continue;
        };
        for name in names.split('`').skip(1).step_by(2) {
            rows.entry(name).or_insert(default);
        }
    }
    rows
}

fn code(value: impl std::fmt::Display) -> String {
    format!("`{value}`")
}

/// The default of a setting that is none or empty, and what counts in its place.
fn nothing(is_so: bool, text: &str) -> String {
    assert!(is_so, "{text}");
    text.to_owned()
}

/// The settings of the pages with their defaults as the guide writes them.
fn of_pages(all: &AuthSettings) -> Vec<(&'static str, String)> {
    let redirects = [
        &all.logout_redirect_url,
        &all.signup_redirect_url,
        &all.redirect_authenticated_user,
    ]
    .map(Option::is_none);
    vec![
        ("enabled", code(all.enabled)),
        ("signup_enabled", code(all.signup_enabled)),
        ("password_reset_enabled", code(all.password_reset_enabled)),
        ("login_url", code(&all.login_url)),
        ("signup_url", code(&all.signup_url)),
        ("password_reset_url", code(&all.password_reset_url)),
        (
            "password_reset_confirm_url",
            code(&all.password_reset_confirm_url),
        ),
        ("login_redirect_url", code(&all.login_redirect_url)),
        (
            "logout_redirect_url",
            nothing(redirects[0], "none: `login_url`"),
        ),
        ("signup_redirect_url", nothing(redirects[1], "none")),
        (
            "redirect_authenticated_user",
            nothing(redirects[2], "none: `login_redirect_url`"),
        ),
        ("login_fields", code(format!("{:?}", all.login_fields))),
        ("email_required", code(all.email_required)),
        ("username_min_length", all.username_min_length.to_string()),
        ("password_min_length", all.password_min_length.to_string()),
        (
            "messages",
            nothing(all.messages == AuthMessages::default(), "none replaced"),
        ),
        ("brand_text", nothing(all.brand_text.is_empty(), "empty")),
        (
            "brand_icon_src",
            nothing(all.brand_icon_src.is_empty(), "empty"),
        ),
        (
            "page_classes",
            nothing(all.page_classes.is_empty(), "empty"),
        ),
        ("password_reset_timeout", "3 days".to_owned()),
    ]
}

/// The settings of passwords and secrets.
fn of_users(all: &AuthSettings) -> Vec<(&'static str, String)> {
    let hashers = "`Hashers::default()`: writes Argon2id, reads PBKDF2";
    let rules = "none: `Validators::django(password_min_length)`";
    vec![
        (
            "secret_key",
            nothing(all.secret_key.is_none(), "none: `RDJ_SECRET_KEY`"),
        ),
        (
            "secret_key_fallbacks",
            nothing(all.secret_key_fallbacks.is_empty(), "empty"),
        ),
        (
            "login_guard",
            nothing(all.login_guard.is_none(), "`Guard::NONE`"),
        ),
        ("hashers", nothing(!all.hashers.is_weak(), hashers)),
        ("validators", nothing(all.validators.is_none(), rules)),
        (
            "throttle",
            nothing(!all.throttle.is_off(), "`MemoryThrottle`"),
        ),
        (
            "backends",
            nothing(all.backends.is_empty(), "empty: `ModelBackend`"),
        ),
        (
            "preserved_session_keys",
            code(format!("{:?}", all.preserved_session_keys)),
        ),
    ]
}

/// The names of all settings: a new one does not compile until it stands here.
macro_rules! names {
    ($($name:ident),* $(,)?) => {{
        let AuthSettings { $($name: _),* } = AuthSettings::default();
        [$(stringify!($name)),*]
    }};
}

#[test]
fn every_setting_has_its_default_and_stands_in_a_guide() {
    let names = names![
        enabled,
        signup_enabled,
        password_reset_enabled,
        login_url,
        signup_url,
        password_reset_url,
        password_reset_confirm_url,
        login_redirect_url,
        logout_redirect_url,
        signup_redirect_url,
        redirect_authenticated_user,
        login_fields,
        login_guard,
        email_required,
        username_min_length,
        password_min_length,
        messages,
        brand_text,
        brand_icon_src,
        page_classes,
        secret_key,
        secret_key_fallbacks,
        hashers,
        validators,
        throttle,
        backends,
        preserved_session_keys,
        password_reset_timeout,
    ];
    let all = AuthSettings::default();
    assert_eq!(all.login_fields, [LoginField::Username]);
    assert_eq!(all.password_reset_timeout, Duration::from_hours(72));
    let (pages, users) = (rows(PAGES), rows(USERS));
    let looked_at: Vec<_> = [(of_pages(&all), pages), (of_users(&all), users)]
        .into_iter()
        .flat_map(|(settings, guide)| {
            settings.into_iter().map(move |(name, default)| {
                let told = guide.get(name).copied();
                assert_eq!(told, Some(default.as_str()), "{name}");
                name
            })
        })
        .collect();
    for name in names {
        assert!(looked_at.contains(&name), "{name} has no default here");
    }
}

#[test]
fn every_text_has_its_default_and_stands_in_the_guide() {
    let (_, table) = PAGES
        .split_once("| key | default |")
        .expect("a table of texts");
    let (table, _) = table.split_once("\n\n").expect("an end of the table");
    let told = rows(table);
    let messages = AuthMessages::default();
    let all: BTreeMap<&str, String> = AuthMessages::keys()
        .iter()
        .map(|(key, _)| (*key, messages.text(key).to_string()))
        .collect();
    // the guides are ASCII
    let shown: BTreeMap<&str, String> = all
        .iter()
        .map(|(key, text)| (*key, text.replace('\u{2026}', "..")))
        .collect();
    assert_eq!(told.len(), shown.len());
    for (key, text) in &shown {
        assert_eq!(told.get(key), Some(&text.as_str()), "{key}");
    }
    assert_eq!(all.len(), 32);
    for (key, id) in AuthMessages::keys() {
        assert_eq!(*id, format!("auth-{}", key.replace('_', "-")));
        assert!(!all[key].is_empty() && all[key] != *id, "{key} has no text");
    }
}

/// The text of the sources and templates below a folder.
fn sources(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|end| end != "ftl") {
            all.push_str(&fs::read_to_string(&path).unwrap_or_default());
        }
    }
}

#[test]
fn every_text_is_shown_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut all = String::new();
    for folder in ["rdj-auth/src", "rdj-macros/templates", "rdj-runtime/src"] {
        sources(&root.join(folder), &mut all);
    }
    let catalogue = fs::read_to_string(root.join("rdj-runtime/locales/en/auth.ftl"));
    let catalogue = catalogue.expect("a catalogue");
    let ids = catalogue.lines().filter_map(|line| line.split_once(" = "));
    let ids = ids.filter(|(id, _)| id.starts_with("auth-"));
    for (id, _) in ids {
        let key = id.trim_start_matches("auth-").replace('-', "_");
        let is_shown = all.contains(&format!("\"{id}\"")) || all.contains(&format!("\"{key}\""));
        assert!(is_shown, "nothing shows `{id}`");
    }
}
