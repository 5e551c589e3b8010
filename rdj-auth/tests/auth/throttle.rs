use std::{
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use rdj_auth::{
    Auth, AuthSettings, LoginError, Result,
    throttle::{Attempt, Limit, MemoryThrottle, Throttle},
};

use crate::support::{Browser, PASSWORD, make, memory, settings};

/// A wait that is not over before its test, however slow the machine is.
const HOUR: Duration = Duration::from_hours(1);

fn limit(free: u32, first: Duration) -> Limit {
    Limit {
        free,
        first,
        longest: Duration::from_hours(8),
        forget: Duration::from_hours(24),
    }
}

fn attempt(name: &str, network: [u8; 4]) -> Attempt {
    Attempt {
        action: "login",
        identifier: name.to_owned(),
        network: Some(IpAddr::from(network)),
    }
}

#[test]
fn the_default_is_a_second_after_five_failures() {
    let limit = |free, longest| Limit {
        free,
        first: Duration::from_secs(1),
        longest: Duration::from_mins(longest),
        forget: HOUR,
    };
    let same = MemoryThrottle::new(limit(5, 15), limit(100, 1));
    let default = MemoryThrottle::default();
    assert_eq!(format!("{default:?}"), format!("{same:?}"));
}

#[tokio::test]
async fn a14_slows_down_after_five_failures() -> Result {
    let throttle = MemoryThrottle::new(limit(5, HOUR), limit(100, HOUR));
    let ann = attempt("ann", [1, 2, 3, 0]);
    for _ in 0..5 {
        assert_eq!(throttle.attempt(&ann).await?, None);
    }
    let wait = throttle.attempt(&ann).await?.unwrap_or_default();
    assert!(wait > HOUR / 2 && wait <= HOUR, "{wait:?}");
    // nobody else, nowhere else
    assert_eq!(throttle.attempt(&attempt("bob", [1, 2, 3, 0])).await?, None);
    assert_eq!(throttle.attempt(&attempt("ann", [1, 2, 4, 0])).await?, None);
    // refusals do not count: the wait does not grow
    let again = throttle.attempt(&ann).await?.unwrap_or_default();
    assert!(again > HOUR / 2 && again <= wait, "{again:?}");
    throttle.succeeded(&ann).await?;
    assert_eq!(throttle.attempt(&ann).await?, None);
    Ok(())
}

#[tokio::test]
async fn each_further_failure_doubles_the_wait() -> Result {
    let first = Duration::from_millis(100);
    let throttle = MemoryThrottle::new(limit(5, first), limit(100, HOUR));
    let ann = attempt("ann", [1, 2, 3, 0]);
    for _ in 0..5 {
        assert_eq!(throttle.attempt(&ann).await?, None);
    }
    let mut began = Instant::now();
    while let Some(wait) = throttle.attempt(&ann).await? {
        tokio::time::sleep(wait).await;
        began = Instant::now();
    }
    // what is over of the wait already is no more than what has passed here
    let wait = throttle.attempt(&ann).await?.unwrap_or_default();
    assert!(
        wait <= 2 * first && wait + began.elapsed() >= 2 * first,
        "{wait:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a14_counts_networks() -> Result {
    let throttle = MemoryThrottle::new(limit(5, HOUR), limit(10, HOUR));
    for number in 0..10 {
        let name = format!("user{number}");
        assert_eq!(throttle.attempt(&attempt(&name, [9, 9, 9, 0])).await?, None);
    }
    assert!(
        throttle
            .attempt(&attempt("ann", [9, 9, 9, 0]))
            .await?
            .is_some()
    );
    assert_eq!(throttle.attempt(&attempt("ann", [9, 9, 8, 0])).await?, None);
    Ok(())
}

#[tokio::test]
async fn a14_a_network_of_the_servers_own_is_not_everybody() -> Result {
    let throttle = MemoryThrottle::new(limit(1, HOUR), limit(1, HOUR));
    for (number, network) in [[127, 0, 0, 0], [10, 0, 0, 0], [192, 168, 1, 0]]
        .into_iter()
        .cycle()
        .take(12)
        .enumerate()
    {
        let name = format!("user{number}");
        assert_eq!(throttle.attempt(&attempt(&name, network)).await?, None);
    }
    // an account has its count there all the same
    assert!(
        throttle
            .attempt(&attempt("user0", [127, 0, 0, 0]))
            .await?
            .is_some()
    );
    Ok(())
}

/// With the user `ann`, for whom a wait begins with this.
async fn waiting(first: Duration) -> Result<Auth> {
    let throttle = MemoryThrottle::new(limit(5, first), limit(100, first));
    let settings = AuthSettings {
        throttle: Arc::new(throttle),
        ..settings()
    };
    let auth = Auth::new(memory().await?, settings)?;
    make(&auth, "ann").await?;
    Ok(auth)
}

#[tokio::test]
async fn a14_the_right_password_waits_too() -> Result {
    let auth = waiting(HOUR).await?;
    let mut browser = Browser::default();
    for _ in 0..5 {
        let answer = browser.try_login(&auth, "Ann", "wrong").await?;
        assert!(matches!(answer, Err(LoginError::Invalid { .. })));
    }
    let answer = browser.try_login(&auth, "ann", PASSWORD).await?;
    assert!(matches!(answer, Err(LoginError::Throttled { .. })));
    // a name that nobody has is slowed down alike
    for _ in 0..5 {
        browser.try_login(&auth, "nobody", "wrong").await?.err();
    }
    let answer = browser.try_login(&auth, "nobody", "wrong").await?;
    assert!(matches!(answer, Err(LoginError::Throttled { .. })));
    Ok(())
}

#[tokio::test]
async fn the_right_password_is_taken_after_the_wait() -> Result {
    let first = Duration::from_secs(1);
    let auth = waiting(first).await?;
    let mut browser = Browser::default();
    for _ in 0..5 {
        let answer = browser.try_login(&auth, "ann", "wrong").await?;
        assert!(matches!(answer, Err(LoginError::Invalid { .. })));
    }
    tokio::time::sleep(first).await;
    assert!(browser.try_login(&auth, "ann", PASSWORD).await?.is_ok());
    Ok(())
}

#[tokio::test]
async fn memory_is_bounded() -> Result {
    let throttle = MemoryThrottle::default();
    for number in 0..110_000_u32 {
        let [a, b, c, _] = number.to_le_bytes();
        throttle
            .attempt(&attempt(&number.to_string(), [a, b, c, 0]))
            .await?;
    }
    assert_eq!(throttle.attempt(&attempt("ann", [1, 2, 3, 0])).await?, None);
    Ok(())
}
