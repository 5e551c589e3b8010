//! `createsuperuser` and `changepassword`: in process with a person or a script, and as a process with
//! an environment (`tests/src/bin/manage.rs`).

use std::{
    process::{Command, Stdio},
    sync::Arc,
};

use rdj::{
    App,
    auth::{
        AppAuth as _, AppAuthPages as _, Auth, AuthPages, AuthSettings, AuthTables, NewUser, Users,
        password::{Argon2id, Hashers},
        throttle::{Attempt, MemoryThrottle, Throttle},
    },
    command::Terminal,
    orm::Db,
};
use rdj_tests::{guarded::OpenPage, members::GroupsPage, pages::CounterPage};

const GOOD: &str = "correct horse battery";

/// An application over an empty database, and its users.
#[expect(clippy::expect_used, reason = "the test fails")]
async fn site() -> (Auth, Users) {
    let db: Db = rdj::orm::connect("sqlite::memory:")
        .await
        .expect("a database");
    AuthTables::create(&db).await.expect("tables");
    let settings = AuthSettings {
        // quick ones: nobody is here to steal them
        hashers: Hashers::new(Argon2id::new(64, 1, 1)),
        secret_key: Some("for this test".into()),
        ..AuthSettings::default()
    };
    let auth = Auth::new(db.clone(), settings).expect("settings");
    let users = auth.users(&db);
    (auth, users)
}

async fn run(auth: &Auth, args: &[&str], terminal: Terminal) -> (u8, String, String) {
    let args = ["site"].iter().chain(args).copied();
    let app = App::new().auth(auth.clone());
    let code = app.run_with(args, terminal.clone()).await;
    (code, terminal.stdout.text(), terminal.stderr.text())
}

#[tokio::test]
async fn a_person_is_asked_until_all_is_good() {
    let (auth, users) = site().await;
    users.create_user(NewUser::new("ann")).await.unwrap();
    let answers = [
        // a name that is not allowed, one that is taken in another case, and a good one
        "bad name",
        "Ann",
        "ada",
        // an address that is none, and a good one
        "nobody",
        "Ada@Example.ORG",
        // too short, like the name, not the same twice, and a good one
        "short",
        "short",
        "ada@example",
        "ada@example",
        GOOD,
        "other",
        GOOD,
        GOOD,
    ];
    let person = Terminal::memory().answering(answers);
    let (code, out, err) = run(&auth, &["createsuperuser"], person).await;
    assert_eq!(code, 0, "{err}");
    assert!(out.ends_with("Superuser `ada` created.\n"), "{out}");
    assert!(
        !out.contains(GOOD) && !err.contains(GOOD),
        "a password is shown"
    );
    for text in [
        "`Ann` is already taken",
        "`nobody` is no e-mail address",
        "too short",
        "didn't match",
    ] {
        assert!(err.contains(text), "{text} in {err}");
    }
    let ada = users.by_username("ada").await.unwrap().unwrap();
    assert!(ada.is_superuser && ada.is_staff && ada.is_active);
    assert_eq!(ada.email, "Ada@example.org");
    assert!(users.check_password(&ada, GOOD).await.unwrap());
}

#[tokio::test]
async fn a_script_pipes_the_password_in() {
    let (auth, users) = site().await;
    let create = [
        "createsuperuser",
        "--username",
        "ada",
        "--email",
        "ada@example.org",
    ];
    let (code, _, err) = run(&auth, &create, Terminal::memory().piped(["12345"])).await;
    assert_eq!(code, 1);
    assert!(
        err.contains("too short") && err.contains("numeric"),
        "all at once: {err}"
    );
    let (code, out, err) = run(&auth, &create, Terminal::memory().piped([GOOD])).await;
    assert_eq!(
        (code, out.as_str()),
        (0, "Superuser `ada` created.\n"),
        "{err}"
    );
    let ada = users.by_username("ada").await.unwrap().unwrap();
    assert!(users.check_password(&ada, GOOD).await.unwrap());

    let (code, _, err) = run(&auth, &create, Terminal::memory().piped([GOOD])).await;
    assert_eq!(
        (code, err.as_str()),
        (1, "Error: the username `ada` is already taken\n")
    );
    let nobody = ["createsuperuser"];
    let (code, _, err) = run(&auth, &nobody, Terminal::memory().piped([GOOD])).await;
    assert_eq!(code, 1);
    assert!(err.contains("use --username"), "{err}");
    let silent = ["createsuperuser", "--username", "bob"];
    let (code, _, err) = run(&auth, &silent, Terminal::memory()).await;
    assert_eq!(code, 1);
    assert!(err.contains("RDJ_SUPERUSER_PASSWORD"), "{err}");
    let argument = ["createsuperuser", "--username", "bob", "--password", GOOD];
    assert_eq!(run(&auth, &argument, Terminal::memory()).await.0, 2);
}

#[tokio::test]
async fn without_input_and_password_nobody_can_sign_in_yet() {
    let (auth, users) = site().await;
    let create = ["createsuperuser", "--username", "ada", "--noinput"];
    let (code, _, err) = run(&auth, &create, Terminal::memory()).await;
    assert_eq!(code, 0, "{err}");
    let ada = users.by_username("ada").await.unwrap().unwrap();
    assert!(!users.check_password(&ada, "").await.unwrap());

    let change = ["changepassword", "ada"];
    let (code, _, err) = run(&auth, &change, Terminal::memory().piped(["ada"])).await;
    assert_eq!(code, 1, "{err}");
    let person = Terminal::memory().answering([GOOD, GOOD]);
    let (code, out, _) = run(&auth, &change, person).await;
    assert_eq!(code, 0);
    assert!(out.ends_with("Password of `ada` changed.\n"), "{out}");
    let ada = users.by_username("ada").await.unwrap().unwrap();
    assert!(users.check_password(&ada, GOOD).await.unwrap());

    let (code, _, err) = run(&auth, &["changepassword", "bob"], Terminal::memory()).await;
    assert_eq!((code, err.as_str()), (1, "Error: there is no user `bob`\n"));
}

#[tokio::test]
async fn weak_keys_and_hashes_are_told_for_the_open_network() {
    let (auth, _) = site().await;
    let (code, _, err) = run(&auth, &["check", "--deploy"], Terminal::memory()).await;
    assert_eq!(code, 1);
    for id in ["security.W009", "rdj.W007"] {
        assert!(err.contains(&format!("warning {id}: ")), "{id} in {err}");
    }
}

/// Lets everybody try passwords, and says so.
#[derive(Debug)]
struct NoThrottle;

#[rdj::auth::backend::async_trait]
impl Throttle for NoThrottle {
    async fn attempt(&self, _: &Attempt) -> rdj::Result<Option<std::time::Duration>> {
        Ok(None)
    }

    fn is_off(&self) -> bool {
        true
    }

    async fn succeeded(&self, _: &Attempt) -> rdj::Result {
        Ok(())
    }
}

/// What the check tells of an application, with the level before each id.
async fn told(app: App, args: &[&str]) -> Vec<String> {
    let terminal = Terminal::memory();
    let args = ["site", "check"].iter().chain(args).copied();
    app.run_with(args, terminal.clone()).await;
    let text = terminal.stderr.text();
    let lines = text.lines().filter_map(|line| line.split_once(": "));
    let lines = lines.filter(|(id, _)| !id.starts_with(' ') && id.contains('.'));
    lines.map(|(id, _)| id.to_owned()).collect()
}

#[tokio::test]
async fn a_login_without_a_throttle_is_told_for_the_open_network() {
    let app = |throttle: Arc<dyn Throttle>| async {
        let db = rdj::orm::connect("sqlite::memory:").await.unwrap();
        let settings = AuthSettings {
            throttle,
            ..AuthSettings::default()
        };
        App::new().auth(Auth::new(db, settings).unwrap())
    };
    let id = "warning rdj.W008".to_owned();
    let off = told(app(Arc::new(NoThrottle)).await, &["--deploy"]).await;
    assert!(off.contains(&id), "{off:?}");
    let on = told(
        app(Arc::new(MemoryThrottle::default())).await,
        &["--deploy"],
    );
    assert!(!on.await.contains(&id));
    let plain = told(app(Arc::new(NoThrottle)).await, &[]).await;
    assert!(plain.is_empty(), "{plain:?}");
}

#[tokio::test]
async fn the_address_in_mails_is_looked_at() {
    let (auth, _) = site().await;
    let app = |pages| App::new().auth(auth.clone()).auth_pages(pages);
    let ids = async |pages, args: &'static [&str]| {
        let mut ids = told(app(pages), args).await;
        ids.retain(|id| id.contains("auth."));
        ids
    };
    let none: [&str; 0] = [];
    let of = |origin| AuthPages::new().site_origin(origin);
    assert_eq!(ids(of("notes.example"), &[]).await, ["error auth.E010"]);
    assert_eq!(ids(of("http://notes.example"), &[]).await, none);
    let deploy = &["--deploy"];
    let plain = ids(of("http://notes.example"), deploy).await;
    assert_eq!(plain, ["warning auth.W010"]);
    assert_eq!(ids(of("https://notes.example"), deploy).await, none);
    // nobody said where the site is
    assert_eq!(ids(AuthPages::new(), &[]).await, none);
    let nowhere = ids(AuthPages::new(), deploy).await;
    assert_eq!(nowhere, ["error auth.E011"]);
    let unused = ids(AuthPages::new().without_password_reset(), deploy).await;
    assert_eq!(unused, none, "no page sends mails");
}

#[tokio::test]
async fn guards_without_users_are_told() {
    let page = || App::new().page::<OpenPage>();
    assert_eq!(told(page(), &[]).await, ["warning rdj.W011"]);
    assert!(told(App::new().page::<CounterPage>(), &[]).await.is_empty());
    // what a layer of one's own does is not known, unless it says so by its place
    let own = || axum::Extension(());
    assert_eq!(told(page().layer(own()), &[]).await, ["info rdj.I002"]);
    let placed = page().layer_at(rdj::Stage::Identity, own());
    assert!(told(placed, &[]).await.is_empty());
}

#[tokio::test]
async fn a_guard_that_asks_for_what_no_model_has_is_told() {
    let (auth, _) = site().await;
    let app = App::new().auth(auth.clone()).page::<OpenPage>();
    let terminal = Terminal::memory();
    let code = app.run_with(["site", "check"], terminal.clone()).await;
    assert_eq!(code, 0);
    let text = terminal.stderr.text();
    // those of one event, then that of another, each once
    for name in ["desk.add_text", "desk.change_text", "desk.erase_text"] {
        let line = format!(
            "warning auth.W011: A guard asks for the permission `{name}`, which no model has."
        );
        assert_eq!(text.matches(&line).count(), 1, "{name} in {text}");
    }
    // every model has four, and those that it declares
    let app = App::new().auth(auth).page::<GroupsPage>();
    assert!(told(app, &[]).await.is_empty());
}

#[test]
fn the_environment_has_what_is_not_asked_for() {
    let file = std::env::temp_dir().join(format!("rdj-users-{}.sqlite", std::process::id()));
    let create = |password: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_manage"));
        command
            .args(["createsuperuser", "--noinput"])
            .stdin(Stdio::null())
            .env("MANAGE_DB", format!("sqlite://{}?mode=rwc", file.display()))
            .env("RDJ_SUPERUSER_USERNAME", "ada")
            .env("RDJ_SUPERUSER_PASSWORD", password);
        let output = command.output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    assert_eq!(create("password").0, Some(1), "a common password");
    assert_eq!(
        create(GOOD),
        (Some(0), "Superuser `ada` created.\n".to_owned())
    );
    assert_eq!(create(GOOD).0, Some(1), "the name is taken");
    std::fs::remove_file(file).unwrap();
}
