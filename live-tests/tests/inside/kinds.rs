//! What is watched beside events of a socket: other pages, uploads, tasks.

use rdj::{App, inside::Metrics, testing::TestSite};
use rdj_live_tests::pages::{
    inside::app,
    work::{DocsPage, LogPage},
};
use rdj_tests::{Server, Socket};
use serde_json::json;

use super::figures::{Fields, Notes, noted, number};
use crate::steady::until;

const TOKEN: &str = "a-token-of-the-tests";

/// The spans of an event of a page by their outcomes, once there are so many: the thread of a database may
/// hold a span a while after its event, so that they come in any order.
async fn spans(notes: &Notes, page: &str, name: &str, most: usize) -> Vec<Fields> {
    let own = || {
        let all = notes.spans.lock().unwrap().clone();
        let is_own = |it: &Fields| it["event"] == name && it["page"] == page;
        all.into_iter().filter(is_own).collect::<Vec<_>>()
    };
    let what = format!("{most} spans of {name}");
    until(&what, async || own().len() >= most).await;
    let mut own = own();
    own.sort_by(|a, b| a["outcome"].cmp(&b["outcome"]));
    own
}

fn has_all_parts(span: &Fields) {
    for part in [
        "queue_us",
        "bridge_us",
        "handler_us",
        "sql",
        "sql_us",
        "render_us",
        "diff_us",
        "send_us",
        "bytes",
    ] {
        number(span, part);
    }
}

#[tokio::test]
async fn another_page_over_the_socket_is_seen() {
    let (notes, _subscribed) = noted();
    let metrics = Metrics::token("/metrics", TOKEN);
    let app = app().await.unwrap().metrics(metrics.clone());
    let server = Server::start(app).await;
    let mut socket = Socket::open(&server.browser(), "/inside").await;
    socket.send(&json!([1, "go", ["/inside/lines"]])).await;
    let hello = socket.frame().await.unwrap();
    let body = socket.frame().await.unwrap();
    let went = &spans(&notes, "InsidePage", "(go)", 1).await[0];
    assert_eq!(went["outcome"], "ran");
    has_all_parts(went);
    assert_eq!(number(went, "seq"), 1);
    assert!(number(went, "sql") > 0 && number(went, "handler_us") > 0);
    let length = hello.wire_length + body.wire_length;
    assert_eq!(number(went, "bytes"), length as u64);

    socket.send(&json!([2000, "go", ["/no/page"]])).await;
    socket.reply(2000).await.unwrap();
    let elsewhere = &spans(&notes, "LinesPage", "(go)", 1).await[0];
    assert_eq!(elsewhere["outcome"], "refused");
    let text = metrics.text();
    for line in [
        r#"rdj_navigations_total{outcome="ran"} 1"#,
        r#"rdj_navigations_total{outcome="refused"} 1"#,
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[tokio::test]
async fn uploads_and_tasks_are_seen() {
    let (notes, _subscribed) = noted();
    let metrics = Metrics::token("/metrics", TOKEN);
    let folder = std::env::temp_dir();
    let app = App::new()
        .page::<DocsPage>()
        .page::<LogPage>()
        .metrics(metrics.clone())
        .configure(|config| config.upload_folder = folder);
    let site = TestSite::start(app).await.unwrap();
    let mut page = site.browser().open("/work/docs").await.unwrap();
    for content in ["good", "bad"] {
        page.upload("Files", "a.txt", content.as_bytes())
            .await
            .unwrap();
        page.click("Upload").await.unwrap();
    }
    let files = spans(&notes, "DocsPage", "docs.store", 2).await;
    let outcomes: Vec<_> = files.iter().map(|it| it["outcome"].as_str()).collect();
    assert_eq!(outcomes, ["ran", "refused"]);
    has_all_parts(&files[0]);
    assert!(number(&files[0], "handler_us") > 0 && number(&files[0], "render_us") > 0);
    assert!(number(&files[0], "bytes") > 0);

    let mut page = site.browser().open("/work/log").await.unwrap();
    page.click("Follow").await.unwrap();
    page.wait_for_text("line <6>").await.unwrap();
    let work = &spans(&notes, "LogPage", "(work)", 1).await[0];
    assert_eq!(work["outcome"], "ran");
    has_all_parts(work);
    assert!(number(work, "bytes") > 0);
    let text = metrics.text();
    for line in [
        r#"rdj_events_total{page="DocsPage",event="docs.store",outcome="ran"} 1"#,
        r#"rdj_events_total{page="DocsPage",event="docs.store",outcome="refused"} 1"#,
        r#"rdj_task_updates_total{outcome="ran"} "#,
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}
