use std::{net::IpAddr, time::Duration};

use rdj_auth::{
    Auth, AuthSettings, LoginError, Result,
    throttle::{Attempt, Limit, MemoryThrottle, Throttle},
};

use crate::support::{Browser, PASSWORD, make, memory, settings};

fn attempt(name: &str, network: [u8; 4]) -> Attempt {
    Attempt {
        action: "login",
        identifier: name.to_owned(),
        network: Some(IpAddr::from(network)),
    }
}

#[tokio::test]
async fn a14_slows_down_after_five_failures() -> Result {
    let throttle = MemoryThrottle::default();
    let ann = attempt("ann", [1, 2, 3, 0]);
    for _ in 0..5 {
        assert_eq!(throttle.attempt(&ann).await?, None);
    }
    let wait = throttle.attempt(&ann).await?.unwrap_or_default();
    assert!(
        wait > Duration::ZERO && wait <= Duration::from_secs(1),
        "{wait:?}"
    );
    // nobody else, nowhere else
    assert_eq!(throttle.attempt(&attempt("bob", [1, 2, 3, 0])).await?, None);
    assert_eq!(throttle.attempt(&attempt("ann", [1, 2, 4, 0])).await?, None);
    // refusals do not count: the wait does not grow
    assert!(throttle.attempt(&ann).await?.unwrap_or_default() <= wait);
    tokio::time::sleep(wait).await;
    assert_eq!(throttle.attempt(&ann).await?, None);
    let wait = throttle.attempt(&ann).await?.unwrap_or_default();
    assert!(wait > Duration::from_secs(1), "{wait:?}");
    throttle.succeeded(&ann).await?;
    assert_eq!(throttle.attempt(&ann).await?, None);
    Ok(())
}

#[tokio::test]
async fn a14_counts_networks() -> Result {
    let limit = |free| Limit {
        free,
        first: Duration::from_secs(5),
        longest: Duration::from_secs(5),
        forget: Duration::from_mins(1),
    };
    let throttle = MemoryThrottle::new(limit(5), limit(10));
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
    let one = Limit {
        free: 1,
        first: Duration::from_mins(1),
        longest: Duration::from_mins(1),
        forget: Duration::from_mins(1),
    };
    let throttle = MemoryThrottle::new(one, one);
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

#[tokio::test]
async fn a14_the_right_password_waits_too() -> Result {
    let auth = Auth::new(
        memory().await?,
        AuthSettings {
            throttle: std::sync::Arc::new(MemoryThrottle::default()),
            ..settings()
        },
    )?;
    make(&auth, "ann").await?;
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
    tokio::time::sleep(Duration::from_millis(1050)).await;
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
