//! What is seen of events: spans, metrics, and what developers are told.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex},
};

use rdj::inside::Metrics;
use rdj_live_tests::pages::inside::app;
use rdj_tests::{Server, Socket, free_port};
use serde_json::{Value, json};
use tracing::{
    Event, Id, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Record},
    subscriber::DefaultGuard,
};
use tracing_subscriber::{
    filter::filter_fn,
    layer::{Context, Layer, SubscriberExt as _},
    registry::LookupSpan,
};

use crate::steady::until;

const TOKEN: &str = "a-token-of-the-tests";

pub(super) type Fields = HashMap<String, String>;

/// Notes the fields of spans `rdj.event`, and all warnings.
#[derive(Clone, Default)]
pub(super) struct Notes {
    pub(super) spans: Arc<Mutex<Vec<Fields>>>,
    warnings: Arc<Mutex<Vec<String>>>,
}

struct Reader<'a>(&'a mut Fields);

impl Visit for Reader<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Notes {
    fn on_new_span(&self, attrs: &Attributes<'_>, id: &Id, cx: Context<'_, S>) {
        let mut fields = Fields::new();
        attrs.record(&mut Reader(&mut fields));
        cx.span(id).unwrap().extensions_mut().insert(fields);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, cx: Context<'_, S>) {
        let span = cx.span(id).unwrap();
        let mut extensions = span.extensions_mut();
        values.record(&mut Reader(extensions.get_mut().unwrap()));
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() == tracing::Level::WARN {
            let mut fields = Fields::new();
            event.record(&mut Reader(&mut fields));
            let text = fields.remove("message").unwrap_or_default();
            self.warnings.lock().unwrap().push(text);
        }
    }

    fn on_close(&self, id: Id, cx: Context<'_, S>) {
        let span = cx.span(&id).unwrap();
        if span.name() == "rdj.event" {
            let fields = span.extensions_mut().remove::<Fields>().unwrap();
            self.spans.lock().unwrap().push(fields);
        }
    }
}

/// Has noted what happens on the thread of a test. Spans of statements are not made: those that end on a thread of
/// their database, which has no subscriber, would never give back the span of their event.
pub(super) fn noted() -> (Notes, DefaultGuard) {
    let notes = Notes::default();
    let own = filter_fn(|it| it.target().starts_with("rdj"));
    let subscriber = tracing_subscriber::registry().with(notes.clone().with_filter(own));
    (notes, tracing::subscriber::set_default(subscriber))
}

pub(super) fn number(fields: &Fields, name: &str) -> u64 {
    let text = fields
        .get(name)
        .unwrap_or_else(|| panic!("no {name} in {fields:?}"));
    text.parse().unwrap()
}

#[tokio::test]
async fn the_span_of_an_event_says_what_its_parts_cost() {
    let (notes, _subscribed) = noted();
    let server = Server::start(app().await.unwrap()).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/inside").await;
    let reply = socket.event("inside.each", json!([3])).await;
    socket.event("inside.wait", json!([20])).await;
    socket.event("inside.nothing", json!([])).await;
    socket.event("inside.refuse", json!([])).await;
    socket.event("inside.fail", json!([])).await;
    socket.event("inside.made_up", json!([])).await;
    // the thread of a database may hold a span a while after its event: they come in any order
    let named = async |name: &str| {
        let found = || {
            let spans = notes.spans.lock().unwrap();
            spans.iter().find(|span| span["event"] == name).cloned()
        };
        until(name, async || found().is_some()).await;
        found().unwrap()
    };
    let each = named("inside.each").await;
    assert_eq!(
        (each["page"].as_str(), each["outcome"].as_str()),
        ("InsidePage", "ran")
    );
    assert_eq!((number(&each, "seq"), number(&each, "sql")), (1, 3));
    assert_eq!(number(&each, "bytes"), reply.wire_length() as u64);
    assert!(number(&each, "sql_us") > 0);
    assert!(number(&each, "handler_us") >= number(&each, "sql_us"));
    assert!(number(&named("inside.wait").await, "handler_us") >= 20_000);
    for part in ["queue_us", "bridge_us", "render_us", "diff_us", "send_us"] {
        // there, however short
        number(&each, part);
    }
    for (event, outcome) in [
        ("inside.nothing", "unchanged"),
        ("inside.refuse", "refused"),
        ("inside.fail", "failed"),
    ] {
        assert_eq!(named(event).await["outcome"], outcome);
    }
    let made_up = named("inside.made_up").await;
    assert!(["refused", "failed"].contains(&made_up["outcome"].as_str()));
}

#[tokio::test]
async fn metrics_are_counted_by_declared_names_and_read_with_a_token() {
    let app = app().await.unwrap();
    let server = Server::start(app.metrics(Metrics::token("/metrics", TOKEN))).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/inside").await;
    socket.event("inside.each", json!([4])).await;
    socket.event("inside.increment", json!([])).await;
    socket.event("inside.nothing", json!([])).await;
    for name in 0..30 {
        socket
            .event(&format!("inside.made_up_{name}"), json!([]))
            .await;
    }
    assert_eq!(browser.get("/metrics").await.status(), 401);
    let wrong = [("authorization", "Bearer a-token-of-the-tesst")];
    assert_eq!(browser.get_with("/metrics", &wrong).await.status(), 401);
    let right = format!("Bearer {TOKEN}");
    let answer = browser
        .get_with("/metrics", &[("authorization", &right)])
        .await;
    assert_eq!(answer.status(), 200);
    let text = answer.text().await.unwrap();
    let has = |line: &str| assert!(text.contains(line), "{line}\n{text}");
    has(r#"rdj_events_total{page="InsidePage",event="inside.each",outcome="ran"} 1"#);
    has(r#"rdj_events_total{page="InsidePage",event="inside.nothing",outcome="unchanged"} 1"#);
    has(r#"rdj_events_total{page="InsidePage",event="unknown","#);
    assert!(!text.contains("made_up"), "a browser makes up no series");
    has("rdj_sockets 1");
    has("rdj_statements_total 4");
    has(r#"rdj_joins_total{how="restored"} 1"#);
    has(r#"rdj_event_seconds_count{part="handler"} 33"#);
    has("rdj_event_seconds_bucket{le=");
    assert!(text.ends_with("# EOF\n"));
    let views = text
        .lines()
        .find(|line| line.starts_with("rdj_views_bytes "));
    let views: i64 = views.unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    assert!(views > 1000, "{views}");
}

#[tokio::test]
async fn floods_are_counted() {
    let app = app().await.unwrap();
    let metrics = Metrics::token("/metrics", TOKEN);
    let app = app.metrics(metrics.clone()).configure(|config| {
        config.events_per_second = 1;
        config.event_burst = 10;
    });
    let server = Server::start(app).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/inside").await;
    for seq in 1..=400 {
        socket.send(&json!([seq, "inside.increment", []])).await;
    }
    assert_eq!(socket.end().await.code, 1008);
    let text = metrics.text();
    assert!(
        text.contains(r#"rdj_closed_total{why="flood"} 1"#),
        "{text}"
    );
}

#[tokio::test]
async fn a_token_that_can_be_guessed_stops_the_start() {
    for token in ["", "short"] {
        let app = rdj::App::new().metrics(Metrics::token("/metrics", token));
        let error = app.build().unwrap_err().to_string();
        assert!(error.contains("less than 16"), "{error}");
    }
}

#[tokio::test]
async fn metrics_have_an_address_of_their_own() {
    let address = ([127, 0, 0, 1], free_port()).into();
    let app = app().await.unwrap().metrics(Metrics::listen(address));
    let server = Server::start(app).await;
    server.browser().get("/inside").await;
    let own = rdj_tests::Browser::of(&address.to_string());
    let text = own.text("/metrics").await;
    assert!(text.contains("rdj_held_pages 1"), "{text}");
    assert_eq!(server.browser().get("/metrics").await.status(), 404);
}

/// The next effect for the panel.
async fn inside(socket: &mut Socket) -> Value {
    loop {
        let frame = socket.frame().await.unwrap();
        let effects = frame.effects();
        if let Some(found) = effects.into_iter().find(|effect| effect["t"] == "inside") {
            return found;
        }
    }
}

#[tokio::test]
async fn developers_are_told_what_is_careless() {
    let (notes, _subscribed) = noted();
    let server = Server::start(app().await.unwrap().devtools(true)).await;
    let browser = server.browser();
    assert!(browser.text("/inside").await.contains("data-rdj-panel"));
    let mut socket = Socket::open(&browser, "/inside").await;
    socket.event("inside.increment", json!([])).await;
    let fine = inside(&mut socket).await;
    assert_eq!(
        (&fine["event"], &fine["seq"]),
        (&json!("inside.increment"), &json!(1))
    );
    assert_eq!(
        (&fine["outcome"], &fine["warnings"]),
        (&json!("ran"), &json!([]))
    );
    assert!(fine["us"]["handler"].is_u64() && fine["bytes"].as_u64() > Some(0));
    socket.event("inside.nothing", json!([])).await;
    let nothing = inside(&mut socket).await;
    assert!(
        nothing["warnings"][0]
            .as_str()
            .unwrap()
            .contains("changed nothing")
    );
    socket.event("inside.each", json!([6])).await;
    let each = inside(&mut socket).await;
    let warning = each["warnings"][0].as_str().unwrap();
    assert!(
        warning.contains("6 times") && warning.contains("SELECT title"),
        "{warning}"
    );
    assert_eq!(each["statements"].as_array().unwrap().len(), 6);
    socket.event("inside.each", json!([4])).await;
    assert_eq!(inside(&mut socket).await["warnings"], json!([]));
    socket.event("inside.show", json!([400])).await;
    let long = inside(&mut socket).await;
    assert!(
        long["warnings"][0]
            .as_str()
            .unwrap()
            .contains("KiB were sent")
    );
    browser.text("/inside/careless").await;
    browser.text("/inside/careless").await;
    let told = notes.warnings.lock().unwrap().clone();
    for text in [
        "changed nothing",
        "the same statement ran 6 times",
        "two elements have the id `twice`",
        "`<tr>`",
    ] {
        let count = told.iter().filter(|it| it.contains(text)).count();
        assert_eq!(count, 1, "{text} in {told:?}");
    }
}

#[tokio::test]
async fn users_are_shown_nothing_of_it() {
    let server = Server::start(app().await.unwrap()).await;
    let browser = server.browser();
    assert!(!browser.text("/inside").await.contains("data-rdj-panel"));
    let mut socket = Socket::open(&browser, "/inside").await;
    let reply = socket.event("inside.increment", json!([])).await;
    assert!(reply.effects().is_empty());
    let more = socket
        .frame_within(std::time::Duration::from_millis(200))
        .await;
    assert!(more.is_none(), "{more:?}");
}
