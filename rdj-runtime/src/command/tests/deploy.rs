//! What `check --deploy` tells.

use super::output;
use crate::{
    App,
    app::Stage,
    command::check::{CsrfFacts, SecureCookie, SecurityFacts, SessionFacts},
    csrf::CsrfLayer,
    mail::Mailer,
    security::{DEFAULT_POLICY, Security},
};

pub(super) fn hardened() -> App {
    App::new()
        .security(Security::new())
        .csrf(CsrfLayer::new())
        .resource(SecurityFacts {
            https_redirect: true,
            hsts_seconds: 31_536_000,
            hsts_subdomains: true,
            hsts_preload: true,
            nosniff: true,
            frame_options: Some("DENY".into()),
            referrer_policy: Some("same-origin".into()),
            opener_policy: Some("same-origin".into()),
            content_security_policy: Some(DEFAULT_POLICY.into()),
            allowed_hosts: vec!["example.org".to_owned()],
            trusted_proxies: vec!["10.0.0.0/8".to_owned()],
        })
        .resource(SessionFacts {
            secure: SecureCookie::Always,
            http_only: true,
            persistent: true,
        })
        .resource(CsrfFacts {
            secure: SecureCookie::Always,
        })
        .resource(Mailer::smtp("smtps://mail.example.org").expect("a mailer"))
}

/// The ids that `check --deploy` tells, in its order, and the exit code.
async fn deploy(app: App) -> (u8, Vec<String>) {
    let (code, out, err) = output(app, &["check", "--deploy"]).await;
    assert!(out.contains("The check found"), "{out}");
    let ids = err.lines().filter_map(|line| {
        let (id, _) = line.split_once(": ")?;
        let id = id.strip_prefix("warning ").or(id.strip_prefix("error "))?;
        Some(id.to_owned())
    });
    (code, ids.collect())
}

#[tokio::test]
async fn a_hardened_application_is_found_safe() {
    assert_eq!(deploy(hardened()).await, (0, vec![]));
}

#[tokio::test]
async fn a_fresh_application_is_told_what_is_unsafe() {
    let (code, ids) = deploy(App::new().resource(Mailer::console())).await;
    assert_eq!(code, 1);
    let expected = [
        "rdj.W002",
        "rdj.W004",
        "security.W004",
        "security.W008",
        "security.W016",
        "security.W020",
    ];
    assert_eq!(ids, expected);
    let (code, out, _) = output(App::new(), &["check"]).await;
    assert_eq!(
        code, 0,
        "what is unsafe on the open network is not told elsewhere"
    );
    assert_eq!(out, "The check found no issues (0 silenced).\n");
}

#[tokio::test]
async fn each_unsafe_setting_has_its_id() {
    type Change = fn(&mut SecurityFacts);
    let cases: [(Change, &str); 18] = [
        (|facts| facts.https_redirect = false, "security.W008"),
        (|facts| facts.hsts_seconds = 0, "security.W004"),
        (|facts| facts.hsts_subdomains = false, "security.W005"),
        (|facts| facts.hsts_preload = false, "security.W021"),
        (|facts| facts.nosniff = false, "security.W006"),
        (|facts| facts.frame_options = None, "security.W002"),
        (
            |facts| facts.frame_options = Some("SAMEORIGIN".into()),
            "security.W019",
        ),
        (|facts| facts.referrer_policy = None, "security.W022"),
        (
            |facts| facts.referrer_policy = Some("unsafe-url".into()),
            "security.W022",
        ),
        (
            |facts| facts.referrer_policy = Some("same".into()),
            "security.E023",
        ),
        (
            |facts| facts.opener_policy = Some("same".into()),
            "security.E024",
        ),
        (|facts| facts.allowed_hosts.clear(), "security.W020"),
        (
            |facts| facts.allowed_hosts.push("*".to_owned()),
            "security.W020",
        ),
        (|facts| facts.content_security_policy = None, "rdj.W009"),
        (
            |facts| facts.content_security_policy = Some("default-src\n'self'".into()),
            "rdj.W009",
        ),
        (
            |facts| facts.content_security_policy = Some("img-src 'self'".into()),
            "rdj.W009",
        ),
        (
            |facts| {
                let policy = "default-src 'self'; style-src 'self' 'unsafe-inline'";
                facts.content_security_policy = Some(policy.into());
            },
            "rdj.W010",
        ),
        (
            |facts| facts.trusted_proxies.push("0.0.0.0/0".to_owned()),
            "rdj.W006",
        ),
    ];
    for (change, id) in cases {
        let mut facts = hardened()
            .resources()
            .get::<SecurityFacts>()
            .cloned()
            .expect("facts");
        change(&mut facts);
        let result = deploy(hardened().resource(facts)).await;
        assert_eq!(result, (1, vec![id.to_owned()]));
    }
    let plain = SessionFacts::default();
    let (_, ids) = deploy(hardened().resource(plain)).await;
    assert_eq!(ids, ["rdj.W003", "security.W012", "security.W015"]);
    let (_, ids) = deploy(hardened().resource(CsrfFacts::default())).await;
    assert_eq!(ids, ["security.W016"]);
    for origin in ["http://example.org", "https://*.example.org", "*"] {
        let origins = vec!["https://example.org".to_owned(), origin.to_owned()];
        let app = hardened().configure(|config| config.allowed_origins = origins);
        assert_eq!(deploy(app).await.1, ["rdj.W001"], "{origin}");
    }
}

#[tokio::test]
async fn layers_in_the_place_of_rdjs_own_are_told() {
    for (stage, id) in [
        (Stage::Security, "security.W001"),
        (Stage::Csrf, "security.W003"),
    ] {
        let has = |ids: Vec<String>| ids.iter().any(|found| found == id);
        let app = App::new().layer_at(stage, axum::Extension(()));
        assert!(has(deploy(app).await.1), "{id}");
        assert!(!has(deploy(App::new()).await.1), "{id}");
    }
}
