//! What the time of answers tells. Time on a shared machine proves little: the tests print figures and
//! fail at absurd ones only.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use rdj::auth::{
    password::{Argon2id, Hashers},
    throttle::{Limit, MemoryThrottle},
};
use rdj_tests::Browser;

use super::site::{Site, encoded};

const SAMPLES: usize = 60;

/// A site with a hash that takes some time, and without a delay for those who guess.
async fn slow() -> Site {
    let never = Limit {
        free: 1_000_000,
        first: Duration::from_secs(1),
        longest: Duration::from_secs(1),
        forget: Duration::from_secs(1),
    };
    let settings = move |settings: &mut rdj::auth::AuthSettings| {
        settings.hashers = Hashers::new(Argon2id::new(2048, 1, 1));
        settings.throttle = Arc::new(MemoryThrottle::new(never, never));
    };
    Site::with(settings, |app| app).await
}

async fn time(browser: &Browser, path: &str, form: &[(&str, &str)]) -> f64 {
    let body = encoded(form);
    let start = Instant::now();
    let answer = browser.post(path, &body).await;
    answer.bytes().await.expect("a body");
    start.elapsed().as_secs_f64() * 1e3
}

fn median(samples: &[f64]) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// How often a sample of the first is shorter than one of the second: one half where nothing can be
/// told (the statistic of Mann and Whitney, over the number of pairs).
fn shorter(first: &[f64], second: &[f64]) -> f64 {
    let pairs = first
        .iter()
        .flat_map(|a| second.iter().map(move |b| (a, b)));
    let count: f64 = pairs
        .clone()
        .map(|(a, b)| if a < b { 1.0 } else { 0.0 })
        .sum();
    let all: f64 = pairs.map(|_| 1.0).sum();
    count / all
}

fn report(what: &str, one: (&str, &[f64]), two: (&str, &[f64])) {
    let (a, b) = (median(one.1), median(two.1));
    let (ratio, shorter) = (a / b, shorter(one.1, two.1));
    eprintln!(
        "{what}: {} {a:.2} ms, {} {b:.2} ms, ratio of medians {ratio:.3}, P(shorter) {shorter:.3}",
        one.0, two.0
    );
    assert!((0.1..10.0).contains(&ratio), "{what}: {ratio}");
}

#[tokio::test]
async fn the_time_of_a_login_tells_little() {
    let site = slow().await;
    site.user("known").await;
    let off = site.user("switched").await;
    let users = site.auth.users(&site.db);
    users.set_active(&off, false).await.expect("a change");
    let browser = site.server.browser();
    browser.get("/login").await;
    let [mut known, mut unknown, mut switched] = [const { Vec::new() }; 3];
    for _ in 0..SAMPLES {
        for (name, samples) in [
            ("known", &mut known),
            ("unknown", &mut unknown),
            ("switched", &mut switched),
        ] {
            let form = [
                ("_event", "login.submit"),
                ("username", name),
                ("password", "wrong"),
            ];
            samples.push(time(&browser, "/login", &form).await);
        }
    }
    report("login", ("known", &known), ("unknown", &unknown));
    report("login", ("switched off", &switched), ("unknown", &unknown));
}

#[tokio::test]
async fn the_time_of_a_reset_tells_little() {
    let site = slow().await;
    site.user("known").await;
    let browser = site.server.browser();
    browser.get("/password-reset").await;
    let [mut known, mut unknown] = [const { Vec::new() }; 2];
    for _ in 0..SAMPLES {
        for (name, samples) in [("known", &mut known), ("unknown", &mut unknown)] {
            let email = format!("{name}@example.com");
            let form = [("_event", "password_reset.submit"), ("email", &email)];
            samples.push(time(&browser, "/password-reset", &form).await);
        }
    }
    report("reset", ("known", &known), ("unknown", &unknown));
}
