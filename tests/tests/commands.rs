//! The command line of a real binary (`tests/src/bin/manage.rs`): exit codes, streams, environment.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpStream,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use rdj_tests::{free_port, guarded::OpenPage, pages::CounterPage};
use serde_json::json;

fn manage(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_manage"));
    command
        .args(args)
        .stdin(Stdio::null())
        .env_remove("RDJ_BIND")
        .env_remove("RDJ_SECRET_KEY")
        .env_remove("RDJ_ALLOWED_HOSTS")
        .env_remove("RDJ_EMAIL_URL")
        .env_remove("RDJ_DEFAULT_FROM_EMAIL");
    command
}

#[expect(clippy::expect_used, reason = "the test fails")]
fn finish(mut command: Command) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("the binary runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

#[test]
fn a_command_of_the_application_runs_with_its_arguments() {
    let (code, out, err) = finish(manage(&["greet", "Ada"]));
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (Some(0), "Hello Ada\n", "")
    );
}

#[test]
fn wrong_arguments_end_with_2_and_say_what_there_is() {
    let (code, out, err) = finish(manage(&["fly"]));
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(
        err.contains("'fly'") && err.contains("  greet\n") && err.contains("  serve\n"),
        "{err}"
    );
    let (code, _, err) = finish(manage(&["greet", "--fast"]));
    assert_eq!(code, Some(2));
    assert!(err.contains("--fast"), "{err}");
}

#[test]
fn help_and_version_end_with_0() {
    let (code, out, _) = finish(manage(&["--help"]));
    assert_eq!(code, Some(0));
    assert!(
        out.contains("greet") && out.contains("Greets somebody"),
        "{out}"
    );
    let (code, out, _) = finish(manage(&["greet", "--help"]));
    assert_eq!(code, Some(0));
    assert!(out.contains("Who is greeted"), "{out}");
    let (code, out, _) = finish(manage(&["--version"]));
    assert_eq!(code, Some(0));
    assert!(out.starts_with("manage 9.8.7 (rdj "), "{out}");
}

#[test]
fn a_question_without_a_terminal_is_refused() {
    let (code, _, err) = finish(manage(&["greet"]));
    assert_eq!(code, Some(1));
    assert!(
        err.contains("\"Name\" cannot be asked: standard input is no terminal"),
        "{err}"
    );
}

#[test]
fn routes_and_guards_are_listed() {
    let (code, out, _) = finish(manage(&["routes"]));
    assert_eq!(code, Some(0));
    let line = |start: &str| {
        let found = out.lines().find(|line| line.starts_with(start));
        found.unwrap_or_default().to_owned()
    };
    assert!(line("/counter ").contains("CounterPage"), "{out}");
    assert!(line("/private ").ends_with("[login]"), "{out}");
    assert!(line("/_event ").contains("(reserved)"), "{out}");
    let (_, out, _) = finish(manage(&["routes", "--json"]));
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let pages = json["pages"].as_array().unwrap();
    let private = pages
        .iter()
        .find(|page| page["route"] == "/private")
        .unwrap();
    assert_eq!(private["guard"]["login"], true);
    assert_eq!(json["reserved"][0]["route"], "/_event");
}

#[test]
fn events_are_listed_with_arguments_and_guards() {
    let (code, out, _) = finish(manage(&["show_urls"]));
    assert_eq!(code, Some(0));
    assert!(out.contains("    counter.increment()\n"), "{out}");
    let (_, out, _) = finish(manage(&["show_urls", "--json"]));
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let pages = json.as_array().unwrap();
    let counter = pages
        .iter()
        .find(|page| page["route"] == "/counter")
        .unwrap();
    let events = counter["states"][0]["events"].as_array().unwrap();
    assert!(
        events.iter().any(|event| event["name"] == "increment"),
        "{events:?}"
    );
}

#[tokio::test]
async fn each_event_is_listed_with_what_it_asks_for() {
    let run = async |args: &[&str]| {
        let app = rdj::App::new().page::<CounterPage>().page::<OpenPage>();
        let terminal = rdj::command::Terminal::memory();
        let args = [&["site", "show_urls"], args].concat();
        assert_eq!(app.run_with(args, terminal.clone()).await, 0);
        terminal.stdout.text()
    };
    let out = run(&[]).await;
    let is_line = |text: &str| out.lines().any(|line| line.trim() == text);
    assert!(is_line("counter.add(by, note)"), "{out}");
    for (event, guard) in [
        ("staff", "staff"),
        (
            "permission",
            "permission desk.add_text, permission desk.change_text",
        ),
        ("group", "group editors or authors"),
    ] {
        let line = format!("desk.{event}()");
        let found = out.lines().find(|found| found.trim().starts_with(&line));
        let found = found.unwrap_or_else(|| panic!("{line} in {out}"));
        assert!(found.ends_with(&format!("  [{guard}]")), "{found}");
    }
    let json: serde_json::Value = serde_json::from_str(&run(&["--json"]).await).unwrap();
    let events = |page: usize| json[page]["states"][0]["events"].as_array().unwrap();
    let named = |page: usize, name: &str| {
        let found = events(page).iter().find(|event| event["name"] == name);
        found.unwrap().clone()
    };
    let at = |name: &str| {
        let mut pages = json.as_array().unwrap().iter();
        pages.position(|page| page["name"] == name).unwrap()
    };
    let add = named(at("CounterPage"), "add");
    assert_eq!(add["args"], json!(["by", "note"]));
    assert_eq!(add["guard"]["login"], false);
    let erase = named(at("OpenPage"), "erase");
    assert_eq!(erase["guard"]["permissions"], json!(["desk.erase_text"]));
    assert_eq!(erase["guard"]["on_denied"], "/plans?why=erase");
}

#[tokio::test]
async fn texts_that_a_language_lacks_are_listed_and_fail_the_command() {
    let folder = std::env::temp_dir().join(format!("rdj-missing-{}", std::process::id()));
    let templates = folder.join("templates");
    std::fs::create_dir_all(&templates).unwrap();
    let page = templates.join("page.html");
    std::fs::write(&page, "<p>{{ rdj::t!(\"shop-welcome\") }}</p>").unwrap();
    let run = |args: &[&str]| {
        let mut command = manage(args);
        command.env("MANAGE", "languages").current_dir(&folder);
        finish(command)
    };
    // the usual folders, where they are
    let (code, out, err) = run(&["missing_messages"]);
    assert_eq!(code, Some(1), "{err}");
    assert_eq!(out, "en: shop-welcome\nde: shop-welcome\n");
    assert_eq!(err, "Error: 2 text(s) are missing\n");
    // others
    let (code, out, _) = run(&["missing_messages", "templates", "templates"]);
    assert_eq!(code, Some(1), "{out}");
    std::fs::create_dir(folder.join("empty")).unwrap();
    let (code, out, _) = run(&["missing_messages", "empty"]);
    assert_eq!((code, out.as_str()), (Some(0), "No texts are missing.\n"));
    let (code, _, err) = run(&["missing_messages", "nowhere"]);
    assert_eq!(code, Some(1), "{err}");
    std::fs::write(&page, "<p>{{ rdj::t!(\"shop-title\") }}</p>").unwrap();
    assert_eq!(run(&["missing_messages"]).0, Some(0));
    std::fs::remove_dir_all(&folder).unwrap();
    let (code, _, err) = finish(manage(&["missing_messages"]));
    assert_eq!(code, Some(1));
    assert!(err.contains("the application has no languages"), "{err}");
}

#[test]
fn a_fresh_application_is_unsafe_and_a_hardened_one_is_not() {
    let (code, out, err) = finish(manage(&["check"]));
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("1 issue"), "{out}");
    assert!(err.starts_with("info rdj.I002: "), "{err}");
    let (code, out, err) = finish(manage(&["check", "--deploy"]));
    assert_eq!(code, Some(1));
    assert!(out.contains("The check found "), "{out}");
    for id in [
        "security.W004",
        "security.W008",
        "security.W020",
        "rdj.W004",
    ] {
        assert!(err.contains(&format!("warning {id}: ")), "{id} in {err}");
    }
    let mut careless = manage(&["check", "--deploy"]);
    careless.env("MANAGE", "careless");
    let (code, _, err) = finish(careless);
    assert_eq!(code, Some(1));
    for id in [
        "rdj.W003",
        "rdj.W004",
        "rdj.W006",
        "security.W002",
        "security.W004",
        "security.W006",
        "security.W008",
        "security.W012",
        "security.W016",
        "security.W020",
        "security.W022",
        "rdj.W010",
    ] {
        assert!(err.contains(&format!("warning {id}: ")), "{id} in {err}");
    }
    let mut hardened = manage(&["check", "--deploy"]);
    hardened
        .env("MANAGE", "hardened")
        .env("MANAGE_DB", "sqlite::memory:")
        .env(
            "RDJ_SECRET_KEY",
            "k2v9q8w7e6r5t4y3u2i1o0pasdfghjklzxcvbnmqwertyuiop1234567",
        )
        .env("RDJ_EMAIL_URL", "smtps://user:password@mail.example.org");
    let (code, out, err) = finish(hardened);
    assert_eq!(code, Some(0), "{err}");
    // that this is no release build is told, and is no fault
    assert_eq!(out, "The check found 1 issue (0 silenced).\n");
    assert!(err.starts_with("info rdj.I001: "), "{err}");
}

#[test]
fn mail_goes_where_the_environment_says() {
    let (code, out, err) = finish(manage(&["sendtestemail", "ada@example.org"]));
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("To: ada@example.org\n"), "{out}");
    assert!(out.contains("From: webmaster@localhost\n"), "{out}");

    let folder = std::env::temp_dir().join(format!("rdj-commands-{}", std::process::id()));
    let mut command = manage(&["sendtestemail", "ada@example.org"]);
    command
        .env("RDJ_EMAIL_URL", format!("file:{}", folder.display()))
        .env("RDJ_DEFAULT_FROM_EMAIL", "Notes <notes@example.org>");
    assert_eq!(finish(command).0, Some(0));
    let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
    let text = std::fs::read_to_string(file.path()).unwrap();
    assert!(text.contains("From: Notes <notes@example.org>"), "{text}");
    std::fs::remove_dir_all(folder).unwrap();

    let mut command = manage(&["greet", "Ada"]);
    command.env("RDJ_EMAIL_URL", "pigeon:");
    let (code, _, err) = finish(command);
    assert_eq!(code, Some(1));
    assert!(err.contains("RDJ_EMAIL_URL is one of"), "{err}");
}

#[test]
fn expired_sessions_are_removed() {
    let (code, out, _) = finish(manage(&["clearsessions"]));
    assert_eq!(
        (code, out.as_str()),
        (Some(0), "Expired sessions removed: 2\n")
    );
}

#[test]
fn a_reader_that_goes_is_no_error() {
    let mut command = manage(&["show_urls", "--json"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

/// Sends a GET by hand and returns the answer's first line.
fn first_line(address: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET /_health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    line
}

#[cfg(unix)]
#[test]
fn it_serves_with_and_without_the_command_and_stops_when_told() {
    for by_option in [false, true] {
        let address = format!("127.0.0.1:{}", free_port());
        let mut command = if by_option {
            let mut serve = manage(&["serve", "--bind", &address]);
            // the option stands before the environment
            serve.env("RDJ_BIND", "nowhere");
            serve
        } else {
            let mut plain = manage(&[]);
            plain.env("RDJ_BIND", &address);
            plain
        };
        let mut child = command.spawn().unwrap();
        let end = Instant::now() + Duration::from_mins(2);
        while TcpStream::connect(&address).is_err() {
            assert_eq!(child.try_wait().unwrap(), None, "nothing serves {address}");
            assert!(Instant::now() < end, "nothing listens at {address}");
            std::thread::sleep(Duration::from_millis(50));
        }
        assert_eq!(first_line(&address), "HTTP/1.1 200 OK\r\n");
        let told = Command::new("kill")
            .arg(child.id().to_string())
            .status()
            .unwrap();
        assert!(told.success());
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}
