//! What the time of answers tells. What must not tell anything, a hash or a mail, takes many times what
//! the rest of a request takes here: it is seen on a busy machine too when some users are spared it.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use rdj::{
    auth::{
        password::{Argon2id, Hashers},
        throttle::{Limit, MemoryThrottle},
    },
    mail::{Letter, MailBackend, MailFailure, Mailer},
};
use rdj_tests::Browser;

use super::site::{Site, encoded};

/// How many of each kind; they take turns, so that what else the machine does meets all kinds.
const SAMPLES: usize = 25;

/// A site with a hash that takes long, and without a delay for those who guess.
async fn slow() -> Site {
    let never = Limit {
        free: 1_000_000,
        first: Duration::from_secs(1),
        longest: Duration::from_secs(1),
        forget: Duration::from_secs(1),
    };
    let settings = move |settings: &mut rdj::auth::AuthSettings| {
        settings.hashers = Hashers::new(Argon2id::new(32 * 1024, 2, 1));
        settings.throttle = Arc::new(MemoryThrottle::new(never, never));
    };
    Site::with(settings, |app| app.resource(Mailer::new(SlowMail))).await
}

async fn time(browser: &Browser, path: &str, form: &[(&str, &str)]) -> f64 {
    let body = encoded(form);
    let start = Instant::now();
    let answer = browser.post(path, &body).await;
    answer.bytes().await.expect("a body");
    start.elapsed().as_secs_f64() * 1e3
}

/// Mails that take long to hand over.
#[derive(Debug)]
struct SlowMail;

impl MailBackend for SlowMail {
    fn name(&self) -> &'static str {
        "slow"
    }

    fn deliver<'a>(
        &'a self,
        _: &'a Letter,
    ) -> futures_util::future::BoxFuture<'a, Result<(), MailFailure>> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            Ok(())
        })
    }
}

/// The sample that this part of all of them is shorter than: one half is the median.
fn quantile(samples: &[f64], part: usize) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / part]
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

/// Compares the median, or what else of the samples is at one part of `part`.
fn report(what: &str, part: usize, one: (&str, &[f64]), two: (&str, &[f64])) {
    let (a, b) = (quantile(one.1, part), quantile(two.1, part));
    let (ratio, shorter) = (a / b, shorter(one.1, two.1));
    eprintln!(
        "{what}: {} {a:.2} ms, {} {b:.2} ms at 1/{part}, ratio {ratio:.3}, P(shorter) {shorter:.3}",
        one.0, two.0
    );
    assert!((0.5..2.0).contains(&ratio), "{what}: {ratio}");
}

#[tokio::test]
async fn the_time_of_a_login_tells_nothing_of_users() {
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
    report("login", 2, ("known", &known), ("unknown", &unknown));
    report(
        "login",
        2,
        ("switched off", &switched),
        ("unknown", &unknown),
    );
}

#[tokio::test]
async fn the_time_of_a_reset_tells_nothing_of_users() {
    let site = slow().await;
    let user = site.user("known").await;
    assert_eq!(user.email, "known@example.com");
    let browser = site.server.browser();
    browser.get("/password-reset").await;
    let [mut known, mut unknown] = [const { Vec::new() }; 2];
    for _ in 0..4 * SAMPLES {
        for (name, samples) in [("known", &mut known), ("unknown", &mut unknown)] {
            let email = format!("{name}@example.com");
            let form = [("_event", "password_reset.submit"), ("email", &email)];
            samples.push(time(&browser, "/password-reset", &form).await);
        }
    }
    // the fast ones, as what else the machine does makes so short a time longer and never shorter
    report("reset", 4, ("known", &known), ("unknown", &unknown));
}
