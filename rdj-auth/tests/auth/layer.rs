use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    Extension, Router,
    body::Body,
    routing::{get, post},
};
use http::{
    Request, StatusCode,
    header::{COOKIE, SET_COOKIE},
};
use rdj_auth::{
    Auth, AuthLayer, AuthSettings, CurrentUser, Db, Error, Result,
    backend::{Account, AuthBackend, Credentials, Verdict, async_trait},
};
use tower::ServiceExt;

use crate::support::{Browser, auth, memory, settings, with_ann};

async fn whoami(user: Option<Extension<CurrentUser>>) -> String {
    user.map_or_else(
        || "nobody".to_owned(),
        |Extension(user)| user.name().to_owned(),
    )
}

#[tokio::test]
async fn fails_closed_without_a_session() -> Result {
    let router = Router::new()
        .route("/", get(whoami))
        .layer(AuthLayer::new(auth().await?));
    let response = router
        .oneshot(Request::get("/").body(Body::empty())?)
        .await?;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    Ok(())
}

#[tokio::test]
async fn fails_closed_without_a_database() -> Result {
    use sea_orm::ConnectionTrait;

    let (auth, _) = with_ann().await?;
    let mut browser = Browser::default();
    browser.login(&auth, "ann").await?;
    auth.db()
        .execute_unprepared("ALTER TABLE auth_user RENAME TO gone")
        .await?;
    auth.all_changed();
    assert!(browser.user(&auth).await.is_err());
    // the session is not lost for that
    auth.db()
        .execute_unprepared("ALTER TABLE gone RENAME TO auth_user")
        .await?;
    assert!(browser.user(&auth).await?.is_some());
    Ok(())
}

#[tokio::test]
async fn works_in_a_router_behind_a_session_layer() -> Result {
    let (auth, _) = with_ann().await?;
    let login = {
        let auth = auth.clone();
        post(move |request: axum::extract::Request| async move {
            let (parts, _) = request.into_parts();
            let mut resources = rdj_runtime::Resources::default();
            resources.insert(auth);
            let cx = rdj_runtime::Cx::new(parts, Vec::new(), None, Arc::new(resources));
            let done = rdj_auth::CxAuth::login(&cx, "ann", crate::support::PASSWORD).await;
            matches!(done, Ok(Ok(_))).to_string()
        })
    };
    let router = Router::new()
        .route("/", get(whoami))
        .route("/login", login)
        .layer(AuthLayer::new(auth))
        .layer(rdj_runtime::session::memory());
    let response = router
        .clone()
        .oneshot(Request::post("/login").body(Body::empty())?)
        .await?;
    let cookie = response.headers().get(SET_COOKIE).ok_or(Error::NotFound)?;
    let cookie = cookie
        .to_str()?
        .split(';')
        .next()
        .unwrap_or_default()
        .to_owned();
    let ask = Request::get("/")
        .header(COOKIE, cookie)
        .body(Body::empty())?;
    let body = axum::body::to_bytes(router.clone().oneshot(ask).await?.into_body(), 99).await?;
    assert_eq!(body, "ann");
    // S10: an id that the browser made up is nobody's
    let made_up = Request::get("/")
        .header(COOKIE, "rdj_session=AAAAAAAAAAAAAAAAAAAAAA")
        .body(Body::empty())?;
    let body = axum::body::to_bytes(router.oneshot(made_up).await?.into_body(), 99).await?;
    assert_eq!(body, "nobody");
    Ok(())
}

/// Counts how often users are loaded.
#[derive(Debug, Default)]
struct Counted(Arc<AtomicUsize>);

#[async_trait]
impl AuthBackend for Counted {
    fn name(&self) -> &'static str {
        "counted"
    }

    async fn authenticate(&self, _: &Auth, _: &Db, _: Credentials<'_>) -> Result<Verdict> {
        Ok(Verdict::User(1))
    }

    async fn get_user(&self, _: &Auth, _: &Db, id: i64) -> Result<Option<Account>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(50)).await;
        let user = CurrentUser::new(id, "x");
        let stamp = String::new();
        Ok(Some(Account { user, stamp }))
    }
}

#[tokio::test]
async fn loads_of_one_user_are_shared_and_kept() -> Result {
    let counted = Counted::default();
    let loads = Arc::clone(&counted.0);
    let auth = Auth::new(
        memory().await?,
        AuthSettings {
            backends: vec![Arc::new(counted)],
            ..settings()
        },
    )?;
    let mut browser = Browser::default();
    browser.login(&auth, "x").await?;
    for _ in 0..30 {
        loads.store(0, Ordering::Relaxed);
        let began = Instant::now();
        let counts = counts(&auth, &mut browser, &loads).await?;
        // users are known for a second: a machine that stood still meanwhile loads them again
        if began.elapsed() < Duration::from_secs(1) {
            assert_eq!(counts, [1, 1, 1, 2]);
            return Ok(());
        }
        auth.user_changed(1);
    }
    panic!("no round within a second");
}

/// How many loads there were after requests at one time, after some more, after a change of somebody
/// else, and after a change of the user.
async fn counts(auth: &Auth, browser: &mut Browser, loads: &AtomicUsize) -> Result<[usize; 4]> {
    let loads = || loads.load(Ordering::Relaxed);
    let (a, b, c) = tokio::join!(browser.open(auth), browser.open(auth), browser.open(auth));
    assert!(a?.user().is_some() && b?.user().is_some() && c?.user().is_some());
    let at_one_time = loads();
    for _ in 0..5 {
        browser.user(auth).await?;
    }
    let later = loads();
    auth.user_changed(2);
    browser.user(auth).await?;
    let unchanged = loads();
    auth.user_changed(1);
    browser.user(auth).await?;
    Ok([at_one_time, later, unchanged, loads()])
}
