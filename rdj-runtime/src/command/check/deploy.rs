//! What is unsafe on the open network. Ids that begin with `security.` are Django's for the same thing.

use http::HeaderValue;

use super::{CheckCx, CheckMessage, CsrfFacts, SecureCookie, SecurityFacts, SessionFacts};
use crate::{app::Stage, mail::Mailer};

/// The values of `Referrer-Policy` that tell other sites no more than the origin.
const REFERRER: [&str; 6] = [
    "no-referrer",
    "origin",
    "origin-when-cross-origin",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
];
/// The values of `Referrer-Policy` that are valid beside those.
const REFERRER_WIDE: [&str; 2] = ["no-referrer-when-downgrade", "unsafe-url"];
/// The values of `Cross-Origin-Opener-Policy`.
const OPENER: [&str; 4] = [
    "noopener-allow-popups",
    "same-origin",
    "same-origin-allow-popups",
    "unsafe-none",
];
/// What a policy should not allow.
const UNSAFE: [&str; 2] = ["'unsafe-inline'", "'unsafe-eval'"];
/// The least characters of a secret key, and the least different ones.
const KEY: (usize, usize) = (50, 5);

pub(super) fn check(cx: &CheckCx<'_>) -> Vec<CheckMessage> {
    let mut found = Vec::new();
    let mut warn = |id: &'static str, text: &str, hint: &str| {
        // the letter of the id is the level
        let message = if id.contains(".E") {
            CheckMessage::error(id, text)
        } else {
            CheckMessage::warning(id, text)
        };
        found.push(message.hint(hint));
    };
    let redirects = cx.resources.get::<SecurityFacts>();
    let redirects = redirects.is_some_and(|facts| facts.https_redirect);
    // without plain HTTP there is no cookie that was set over it
    let is_secure = |cookie| match cookie {
        SecureCookie::Always => true,
        SecureCookie::OverHttps => redirects,
        SecureCookie::Never => false,
    };
    match cx.resources.get::<SecurityFacts>() {
        Some(facts) => security(facts, &mut warn),
        None => warn(
            "security.W001",
            "A layer of your own stands in the place of the security layer, and nothing is known of it.",
            "Silence this message if it sets the security headers, redirects to HTTPS and refuses \
             unknown hosts: security.W004 to W022 are not checked.",
        ),
    }
    match cx.resources.get::<SessionFacts>() {
        Some(facts) => session(*facts, is_secure(facts.secure), &mut warn),
        None if cx.inspection.has_layer_at(Stage::Session) => {}
        None => warn(
            "rdj.W002",
            "There is no session layer: nobody can stay signed in, and messages are lost at redirects.",
            "Add one with `App::sessions`.",
        ),
    }
    match cx.resources.get::<CsrfFacts>() {
        Some(facts) if !is_secure(facts.secure) => warn(
            "security.W016",
            "The CSRF cookie is sent over plain HTTP too.",
            "Set it to secure.",
        ),
        Some(_) => {}
        None => warn(
            "security.W003",
            "A layer of your own stands in the place of the CSRF layer, and nothing is known of it.",
            "Silence this message if it refuses what other sites post.",
        ),
    }
    if let Some("console" | "memory") = cx.resources.get::<Mailer>().map(Mailer::backend) {
        warn(
            "rdj.W004",
            "Mails reach nobody: the backend is for development.",
            "Set RDJ_EMAIL_URL, such as `smtp://user:password@mail.example.org:587`.",
        );
    }
    for origin in wide_origins(&cx.inspection.config.allowed_origins) {
        found.push(
            CheckMessage::warning(
                "rdj.W001",
                format!("Pages of `{origin}` may open sockets and post forms."),
            )
            .hint("Name each site by its whole origin with https."),
        );
    }
    found
}

fn wide_origins(origins: &[String]) -> impl Iterator<Item = &String> {
    origins.iter().filter(|origin| {
        origin.contains('*') || origin.as_str() == "null" || origin.starts_with("http://")
    })
}

fn security(facts: &SecurityFacts, warn: &mut impl FnMut(&'static str, &str, &str)) {
    transport(facts, warn);
    headers(facts, warn);
    policy(facts.content_security_policy.as_deref(), warn);
    if facts.allowed_hosts.is_empty() {
        warn(
            "security.W020",
            "No host is named: the application answers for names of this machine only.",
            "Name its hosts in RDJ_ALLOWED_HOSTS or by `Security::allowed_hosts`.",
        );
    } else if facts.allowed_hosts.iter().any(|host| host == "*") {
        warn(
            "security.W020",
            "The application answers for any `Host`.",
            "Name its hosts, or silence this message if a proxy in front checks them.",
        );
    }
    let all = |proxy: &String| proxy == "*" || proxy.ends_with("/0");
    if facts.trusted_proxies.iter().any(all) {
        warn(
            "rdj.W006",
            "Anybody is believed to be a proxy: visitors choose their address and scheme.",
            "Name the networks of your proxies in `trusted_proxies`.",
        );
    }
}

fn transport(facts: &SecurityFacts, warn: &mut impl FnMut(&'static str, &str, &str)) {
    if facts.hsts_seconds == 0 {
        warn(
            "security.W004",
            "Browsers are not told to use HTTPS only (`Strict-Transport-Security`).",
            "Set it to 3600 seconds first, and to a year when all works.",
        );
    } else {
        if !facts.hsts_subdomains {
            warn(
                "security.W005",
                "`Strict-Transport-Security` does not hold for sub-domains.",
                "Turn it on if all of them are served over HTTPS, or silence this message.",
            );
        }
        if !facts.hsts_preload {
            warn(
                "security.W021",
                "`Strict-Transport-Security` has no `preload`.",
                "Turn it on if the site shall be in the list of browsers, or silence this message.",
            );
        }
    }
    if !facts.https_redirect {
        warn(
            "security.W008",
            "Plain HTTP is not redirected to HTTPS.",
            "Turn the redirect on, or silence this message if a proxy does it.",
        );
    }
}

fn headers(facts: &SecurityFacts, warn: &mut impl FnMut(&'static str, &str, &str)) {
    if !facts.nosniff {
        warn(
            "security.W006",
            "Browsers may guess content types.",
            "Turn `X-Content-Type-Options: nosniff` on.",
        );
    }
    match facts.frame_options.as_deref() {
        Some("DENY") => {}
        None => warn(
            "security.W002",
            "Other sites may show pages in frames.",
            "Set `X-Frame-Options` to DENY.",
        ),
        Some(_) => warn(
            "security.W019",
            "Some sites may show pages in frames.",
            "Set `X-Frame-Options` to DENY unless pages show each other.",
        ),
    }
    let policies = facts.referrer_policy.as_deref().unwrap_or_default();
    let mut policies = policies.split(',').map(str::trim);
    let known = |policy: &str| REFERRER.contains(&policy) || REFERRER_WIDE.contains(&policy);
    match policies.clone().next_back() {
        None | Some("") => warn(
            "security.W022",
            "Other sites are told the whole address a visitor comes from.",
            "Set `Referrer-Policy` to `same-origin`.",
        ),
        Some(policy) if REFERRER_WIDE.contains(&policy) => warn(
            "security.W022",
            "`Referrer-Policy` tells other sites the whole address a visitor comes from.",
            "Set it to `same-origin`.",
        ),
        Some(_) if !policies.all(known) => warn(
            "security.E023",
            "`Referrer-Policy` has a value that browsers do not know.",
            "Set it to `same-origin`.",
        ),
        Some(_) => {}
    }
    if !OPENER.contains(&facts.opener_policy.as_deref().unwrap_or("unsafe-none")) {
        warn(
            "security.E024",
            "`Cross-Origin-Opener-Policy` has a value that browsers do not know.",
            "Set it to `same-origin`.",
        );
    }
}

fn policy(policy: Option<&str>, warn: &mut impl FnMut(&'static str, &str, &str)) {
    let policy = policy.unwrap_or_default();
    if policy.trim().is_empty() {
        warn(
            "rdj.W009",
            "There is no `Content-Security-Policy`: a script that somebody smuggles in runs.",
            "Leave the one of `Security::new`, or set one.",
        );
    } else if HeaderValue::from_str(policy).is_err() {
        warn(
            "rdj.W009",
            "The `Content-Security-Policy` is no value of a header, and is not sent.",
            "Write it in one line of ASCII.",
        );
    } else if !policy.split(';').any(restricts_scripts) {
        warn(
            "rdj.W009",
            "The `Content-Security-Policy` says nothing about scripts.",
            "Add `default-src 'self'` or `script-src 'self'`.",
        );
    } else if UNSAFE.iter().any(|unsafe_one| policy.contains(unsafe_one)) {
        warn(
            "rdj.W010",
            "The `Content-Security-Policy` takes what stands inline or is made from text.",
            "Remove 'unsafe-inline' and 'unsafe-eval': rdj needs neither.",
        );
    }
}

/// Whether a directive of a policy says where scripts come from.
fn restricts_scripts(directive: &str) -> bool {
    let name = directive.split_whitespace().next().unwrap_or_default();
    name.eq_ignore_ascii_case("default-src") || name.eq_ignore_ascii_case("script-src")
}

fn session(facts: SessionFacts, is_secure: bool, warn: &mut impl FnMut(&'static str, &str, &str)) {
    if !is_secure {
        warn(
            "security.W012",
            "The session cookie is sent over plain HTTP too.",
            "Set it to secure.",
        );
    }
    if !facts.http_only {
        warn(
            "security.W015",
            "Scripts can read the session cookie.",
            "Set it to HttpOnly.",
        );
    }
    if !facts.persistent {
        warn(
            "rdj.W003",
            "Sessions are kept in memory: a restart signs everybody out, and a second process knows none.",
            "Keep them in the database.",
        );
    }
}

/// What is weak about a secret key: `security.W009` for the one in use, `security.W025` for the `fallback`
/// number `fallback`.
///
/// ```
/// use rdj_runtime::command::check::secret_key;
///
/// assert!(secret_key("changeme", None).is_some());
/// ```
#[must_use]
pub fn secret_key(key: &str, fallback: Option<usize>) -> Option<CheckMessage> {
    let mut different: Vec<char> = key.chars().collect();
    let length = different.len();
    different.sort_unstable();
    different.dedup();
    if length >= KEY.0 && different.len() >= KEY.1 && !key.contains("insecure-") {
        return None;
    }
    let (id, name) = match fallback {
        None => ("security.W009", "The secret key".to_owned()),
        Some(number) => ("security.W025", format!("The secret key fallback {number}")),
    };
    let text = format!("{name} is short, uniform, or one for development: it can be guessed.");
    let hint = "Use 50 random characters or more, and keep them out of the source.";
    Some(CheckMessage::warning(id, text).hint(hint))
}
