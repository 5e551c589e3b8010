use std::time::Duration;

use rdj_auth::{
    Auth, AuthSettings, Result,
    password::{Argon2id, Hashers},
    settings::{AuthMessages, LoginField},
};

use crate::support::{memory, settings};

#[test]
fn c156_defaults() {
    let defaults = AuthSettings::default();
    assert!(defaults.enabled && defaults.signup_enabled && defaults.password_reset_enabled);
    assert_eq!(defaults.login_url, "/login");
    assert_eq!(defaults.signup_url, "/register");
    assert_eq!(defaults.password_reset_url, "/password-reset");
    assert_eq!(defaults.login_fields, [LoginField::Username]);
    assert_eq!(defaults.after_logout(), "/login");
    assert_eq!(defaults.after_signup(), "/login");
    assert_eq!(defaults.when_authenticated(), "/");
    assert_eq!(defaults.preserved_session_keys, ["theme"]);
    assert_eq!(defaults.password_reset_timeout, Duration::from_hours(72));
    assert!(!defaults.email_required);
    assert_eq!(
        (defaults.username_min_length, defaults.password_min_length),
        (1, 8)
    );
}

#[tokio::test]
async fn c158_login_fields_are_single_and_not_empty() -> Result {
    use LoginField::{Email, Username};

    let db = memory().await?;
    let with = |login_fields| {
        Auth::new(
            db.clone(),
            AuthSettings {
                login_fields,
                ..settings()
            },
        )
    };
    let auth = with(vec![Email, Username, Email])?;
    assert_eq!(auth.settings().login_fields, [Email, Username]);
    let error = with(Vec::new()).err().map(|error| error.to_string());
    assert!(error.is_some_and(|error| error.contains("at least one")));
    Ok(())
}

#[test]
fn c160_the_answer_names_what_users_sign_in_with() {
    use LoginField::{Email, Username};

    let messages = AuthMessages::default();
    assert_eq!(
        messages.invalid_credentials(&[Username]),
        "Invalid username or password."
    );
    assert_eq!(
        messages.invalid_credentials(&[Email]),
        "Invalid email or password."
    );
    assert_eq!(
        messages.invalid_credentials(&[Email, Username]),
        "Invalid username, email, or password."
    );
    let own = messages.with("invalid_credentials", "No.");
    assert_eq!(own.invalid_credentials(&[Email]), "No.");
}

#[tokio::test]
async fn wrong_settings_stop_the_start() -> Result {
    let db = memory().await?;
    let cases: [(AuthSettings, &str); 7] = [
        (
            AuthSettings {
                login_url: "login".to_owned(),
                ..settings()
            },
            "login_url",
        ),
        (
            AuthSettings {
                logout_redirect_url: Some("//evil".to_owned()),
                ..settings()
            },
            "logout_redirect_url",
        ),
        (
            AuthSettings {
                password_reset_confirm_url: "/reset/{uid}".to_owned(),
                ..settings()
            },
            "{key}",
        ),
        (
            AuthSettings {
                messages: AuthMessages::default().with("logn_heading", ""),
                ..settings()
            },
            "logn_heading",
        ),
        (
            AuthSettings {
                secret_key: Some("".into()),
                ..settings()
            },
            "empty",
        ),
        (
            AuthSettings {
                hashers: Hashers::new(Argon2id::new(1, 0, 0)),
                ..settings()
            },
            "hash",
        ),
        (
            AuthSettings {
                password_reset_timeout: Duration::ZERO,
                ..settings()
            },
            "timeout",
        ),
    ];
    for (settings, part) in cases {
        let error = Auth::new(db.clone(), settings)
            .err()
            .map(|error| error.to_string());
        assert!(
            error.as_ref().is_some_and(|error| error.contains(part)),
            "{part}: {error:?}"
        );
    }
    let auth = Auth::new(
        db,
        AuthSettings {
            password_reset_confirm_url: "/r/[uid]/[token]".to_owned(),
            ..settings()
        },
    )?;
    assert_eq!(auth.settings().password_reset_confirm_url, "/r/{uid}/{key}");
    Ok(())
}
