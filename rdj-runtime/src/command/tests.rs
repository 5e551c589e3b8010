use std::borrow::Cow;

mod deploy;

use self::deploy::hardened;
use super::{
    Arg, ArgAction, Command, CommandCx, SessionCleaner, Terminal,
    check::{CheckCx, CheckMessage, CsrfFacts, secret_key},
};
use crate::{App, app::Stage, mail::Mailer};

async fn run(app: App, args: &[&str], terminal: &Terminal) -> u8 {
    let args = ["/bin/notes"].iter().chain(args).copied();
    app.run_with(args, terminal.clone()).await
}

/// The exit code, standard output and standard error.
async fn output(app: App, args: &[&str]) -> (u8, String, String) {
    let terminal = Terminal::memory();
    let code = run(app, args, &terminal).await;
    (code, terminal.stdout.text(), terminal.stderr.text())
}

async fn greet(cx: CommandCx) -> crate::Result {
    let name = cx.text("name").unwrap_or("you");
    let greeting = if cx.flag("loud") { "HELLO" } else { "Hello" };
    cx.stdout
        .line(format!("{greeting} {name} {}", cx.resource::<u32>()?))
}

fn greeting() -> App {
    let loud = Arg::new("loud").long("loud").action(ArgAction::SetTrue);
    let greet = Command::new("greet", "Greets somebody", greet)
        .arg(Arg::new("name"))
        .arg(loud)
        .help("It is polite.");
    App::new().resource(7_u32).command(greet)
}

#[tokio::test]
async fn a_command_sees_its_arguments_and_the_resources() {
    let (code, out, err) = output(greeting(), &["greet", "--loud", "Ada"]).await;
    assert_eq!((code, out.as_str(), err.as_str()), (0, "HELLO Ada 7\n", ""));
    let (code, out, _) = output(greeting(), &["greet"]).await;
    assert_eq!((code, out.as_str()), (0, "Hello you 7\n"));
}

#[tokio::test]
async fn a_command_that_fails_tells_why_and_ends_with_1() {
    let app = App::new().command(Command::new("greet", "Greets", greet));
    let (code, out, err) = output(app, &["greet"]).await;
    assert_eq!((code, out.as_str()), (1, ""));
    assert_eq!(err, "Error: u32 is not set up\n");
}

#[tokio::test]
async fn an_unknown_command_ends_with_2_and_the_list() {
    let (code, out, err) = output(greeting(), &["gret"]).await;
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("'gret'") && err.contains("similar"), "{err}");
    for name in [
        "check",
        "greet",
        "routes",
        "sendtestemail",
        "serve",
        "show_urls",
    ] {
        assert!(err.contains(&format!("  {name}\n")), "{name} in {err}");
    }
    let (code, _, err) = output(greeting(), &["greet", "--quiet"]).await;
    assert_eq!(code, 2);
    assert!(err.contains("Usage: notes greet"), "{err}");
    assert_eq!(output(greeting(), &["greet", "a", "b"]).await.0, 2);
}

#[tokio::test]
async fn help_and_version_are_everywhere() {
    for help in [&["--help"][..], &["help"], &["-h"]] {
        let (code, out, _) = output(greeting(), help).await;
        assert_eq!(code, 0);
        assert!(
            out.contains("greet") && out.contains("Greets somebody"),
            "{out}"
        );
        assert!(out.contains("Usage: notes [COMMAND]"), "{out}");
    }
    let (code, out, _) = output(greeting(), &["greet", "--help"]).await;
    assert_eq!(code, 0);
    assert!(
        out.contains("--loud") && out.contains("It is polite."),
        "{out}"
    );
    let (code, out, _) = output(greeting().version("1.2.3"), &["--version"]).await;
    assert_eq!(code, 0);
    assert!(out.starts_with("notes 1.2.3 (rdj "), "{out}");
}

#[tokio::test]
async fn an_own_command_replaces_a_built_in_one_but_no_other_own_one() {
    async fn mine(cx: CommandCx) -> crate::Result {
        cx.stdout.line("mine")
    }
    let routes = || Command::new("routes", "Mine", mine);
    let (code, out, _) = output(App::new().command(routes()), &["routes"]).await;
    assert_eq!((code, out.as_str()), (0, "mine\n"));
    let twice = App::new().command(routes()).command(routes());
    let (code, _, err) = output(twice, &["routes"]).await;
    assert_eq!(code, 1);
    assert!(err.contains("`routes` is added twice"), "{err}");
}

#[tokio::test]
async fn questions_are_asked_where_somebody_answers() {
    async fn ask(cx: CommandCx) -> crate::Result {
        let name = cx.ask("Name: ").await?;
        let password = cx.ask_password("Password: ").await?;
        let sure = cx.confirm("Sure?").await?;
        cx.stdout.line(format!("{name} {password} {sure}"))
    }
    let app = || App::new().command(Command::new("ask", "Asks", ask));
    let person = Terminal::memory().answering(["ada", " secret ", "Yes"]);
    assert_eq!(run(app(), &["ask"], &person).await, 0);
    let text = person.stdout.text();
    assert_eq!(text, "Name: Password: Sure? [y/N] ada  secret  true\n");

    let person = Terminal::memory().answering(["ada"]);
    assert_eq!(run(app(), &["ask"], &person).await, 1);
    assert_eq!(person.stderr.text(), "Error: cancelled: the input ended\n");

    let script = Terminal::memory().piped(["ada", "secret", "y"]);
    assert_eq!(run(app(), &["ask"], &script).await, 1);
    let text = script.stderr.text();
    assert!(text.contains("\"Name\" cannot be asked"), "{text}");
}

#[tokio::test]
async fn sessions_are_cleared_by_the_store() {
    let app = App::new().resource(SessionCleaner::new(|| async { Ok(3) }));
    let (code, out, _) = output(app, &["clearsessions"]).await;
    assert_eq!((code, out.as_str()), (0, "Expired sessions removed: 3\n"));
    let (code, _, err) = output(App::new(), &["clearsessions"]).await;
    assert_eq!(code, 1);
    assert!(err.contains("no session store"), "{err}");
}

#[tokio::test]
async fn a_test_mail_goes_to_each_address() {
    let mailer = Mailer::memory();
    let app = || App::new().resource(mailer.clone());
    let (code, out, _) = output(app(), &["sendtestemail", "a@x.org", "b@x.org"]).await;
    assert_eq!(code, 0);
    assert!(out.contains("Sent to b@x.org"), "{out}");
    assert_eq!(mailer.outbox().len(), 2);
    let (code, _, err) = output(app(), &["sendtestemail", "nobody"]).await;
    assert_eq!(code, 1);
    assert!(err.contains("`nobody` is no e-mail address"), "{err}");
    assert_eq!(output(app(), &["sendtestemail"]).await.0, 2);
}

#[test]
fn weak_secret_keys_are_told() {
    let id = |key: &str, fallback| secret_key(key, fallback).map(|message| message.id);
    let good = "k2#v9!q8w7e6r5t4y3u2i1o0p-a=s+d_f)g(h*j&k^l%z$x@c!v";
    assert_eq!(id(good, None), None);
    assert_eq!(id(&good[..49], None), Some("security.W009"));
    assert_eq!(id(&"abcd".repeat(20), None), Some("security.W009"));
    assert_eq!(
        id(&format!("django-insecure-{good}"), None),
        Some("security.W009")
    );
    assert_eq!(id("x", Some(1)), Some("security.W025"));
}

#[tokio::test]
async fn messages_are_silenced_by_id_and_fail_by_level() {
    let app = || hardened().resource(CsrfFacts::default());
    let silenced = app().silence_checks(["security.W016"]);
    let (code, out, err) =
        output(silenced, &["check", "--deploy", "--fail-level", "warning"]).await;
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("(1 silenced)"), "{out}");
    let args = ["check", "--deploy", "--fail-level", "ERROR"];
    let (code, _, err) = output(app(), &args).await;
    assert_eq!(code, 0);
    assert!(err.contains("warning security.W016: "), "{err}");
    assert_eq!(output(app(), &["check", "--fail-level", "bad"]).await.0, 2);
}

fn broken(_: &CheckCx<'_>) -> Vec<CheckMessage> {
    vec![CheckMessage::error("shop.E001", "There is no till.").hint("Buy one.")]
}

#[tokio::test]
async fn an_error_of_a_check_fails_it_and_stops_the_start() {
    let app = || App::new().check(broken).check(broken);
    let (code, _, err) = output(app(), &["check"]).await;
    assert_eq!(code, 1);
    let told = "error shop.E001: There is no till.\n    Buy one.\n\
                Error: the check fails: 1 of level error or above\n";
    assert_eq!(err, told);
    let (code, _, err) = output(app(), &["serve", "--bind", "127.0.0.1:0"]).await;
    assert_eq!(code, 1);
    assert!(
        err.contains("shop.E001") && err.contains("not served"),
        "{err}"
    );
}

#[tokio::test]
async fn an_application_that_cannot_start_fails_the_check() {
    use axum::{Router, routing::get};
    let router = Router::new().route("/_health", get(|| async { "mine" }));
    let (code, _, err) = output(App::new().merge(router), &["check"]).await;
    assert_eq!(code, 1);
    assert!(
        err.contains("error rdj.E001: ") && err.contains("/_health"),
        "{err}"
    );
    let app = App::new().configure(|config| config.allowed_origins.push("example.org".to_owned()));
    let (code, _, err) = output(app, &["check"]).await;
    assert_eq!(code, 1);
    assert!(err.contains("rdj.E002"), "{err}");
}

#[tokio::test]
async fn the_address_that_cannot_be_bound_is_told() {
    let (code, _, err) = output(App::new(), &["serve", "--bind", "nowhere"]).await;
    assert_eq!(code, 1);
    assert!(err.contains("cannot listen on `nowhere`"), "{err}");
}

#[test]
fn layers_are_listed_with_their_stage() {
    let layer = || axum::Extension(Cow::Borrowed("x"));
    let app = App::new().layer_at(Stage::Csrf, layer()).layer(layer());
    let inspection = app.inspect();
    assert!(inspection.has_layer_at(Stage::Csrf));
    assert!(!inspection.has_layer_at(Stage::Session));
    let stages: Vec<_> = inspection.layers.iter().map(|layer| layer.stage).collect();
    assert_eq!(stages, [Some(Stage::Csrf), None]);
    assert!(inspection.layers[0].name.contains("Extension"));
}
