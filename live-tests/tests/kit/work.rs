//! Uploads, downloads, streams, and what goes to hooks.

use rdj::{
    App, Result,
    testing::{TestPage, TestSite},
};
use rdj_live_tests::pages::{
    events::HooksPage,
    work::{DocsPage, LogPage},
};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

async fn open(address: &str) -> TestPage {
    let app = App::new()
        .page::<DocsPage>()
        .page::<LogPage>()
        .page::<HooksPage>();
    let folder = std::env::temp_dir();
    let app = app.configure(|config| config.upload_folder = folder);
    let site = TestSite::start(app).await.expect("a site");
    site.browser().open(address).await.expect("a page")
}

fn files(page: &TestPage) -> Vec<String> {
    let all = page.all("li");
    all.into_iter().map(|item| item.text).collect()
}

#[tokio::test]
async fn files_go_to_the_open_page() -> Result {
    let mut page = open("/work/docs").await;
    page.upload("Files", "one.png", PNG).await?;
    assert_eq!(files(&page), [""; 0], "a button sends it");
    page.click("Upload").await?;
    assert_eq!(files(&page), ["one.png 16 image/png"]);
    page.assert_text("one.png is here.");
    assert!(page.last_patch().is_some(), "the page has its socket still");
    page.upload("Files", "two.txt", b"some text").await?;
    page.click("Upload").await?;
    assert_eq!(files(&page).len(), 2);
    page.click("Upload").await?;
    assert_eq!(files(&page).len(), 2, "it was sent once");
    page.upload("Slow file", "three.bin", &[7; 50]).await?;
    page.click("Send").await?;
    assert_eq!(files(&page)[2], "slowly 50");
    Ok(())
}

#[tokio::test]
async fn what_is_refused_is_told() -> Result {
    let mut page = open("/work/docs").await;
    for (name, content, told) in [
        // by the handler, by the server that looks into it, by its name, by its size
        ("bad.txt", b"bad".to_vec(), "bad.txt: This file is bad."),
        ("false.png", b"%PDF-1.7".to_vec(), "false.png: "),
        ("a.pdf", b"%PDF-1.7".to_vec(), "a.pdf: "),
        ("large.txt", vec![b'x'; 200_000], "large.txt: "),
    ] {
        page.upload("Files", name, &content).await?;
        page.click("Upload").await?;
        let messages = page.messages();
        assert!(messages[0].starts_with(told), "{name}: {messages:?}");
        assert!(messages[0].len() > name.len() + 10, "{messages:?}");
    }
    assert_eq!(files(&page), [""; 0]);
    Ok(())
}

#[tokio::test]
async fn a_file_that_a_handler_leaves_is_there() -> Result {
    let mut page = open("/work/docs").await;
    page.upload("Files", "one.png", PNG).await?;
    page.click("Upload").await?;
    page.click("Report").await?;
    let file = page.download().expect("a file");
    assert_eq!(file.status, 200);
    assert_eq!(file.text(), "one.png 16 image/png");
    assert!(file.headers.contains_key("content-disposition"));
    assert_eq!(page.address(), "/work/docs");
    Ok(())
}

fn lines(page: &TestPage) -> String {
    let all = page.all("li");
    let keys = all.iter().filter_map(|row| row.attribute("data-key"));
    keys.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn rows_of_streams_are_put_into_their_container() -> Result {
    let mut page = open("/work/log").await;
    assert_eq!(lines(&page), "1 2 3");
    page.click("Add").await?;
    page.click("First").await?;
    assert_eq!(lines(&page), "5 1 2 3 4");
    page.fill("Note 2", "half typed").await?;
    page.click("Change 2").await?;
    page.row("changed").click("Remove 2").await?;
    page.click("Change 3").await?;
    assert_eq!(lines(&page), "5 1 3 4");
    assert_eq!(page.all("li")[2].text, "changed Remove 3 Change 3");
    page.click("Remove 5").await?;
    assert_eq!(lines(&page), "1 3 4");

    // what a lost connection has swallowed comes again, once
    page.lose_next_answer();
    page.click("Add").await?;
    page.reconnect().await?;
    assert_eq!(lines(&page), "1 3 4 6");
    page.click("Reset").await?;
    page.click("Add").await?;
    assert_eq!(lines(&page), "7");
    Ok(())
}

#[tokio::test]
async fn what_is_typed_in_a_row_stays_when_it_is_replaced() -> Result {
    let mut page = open("/work/log").await;
    page.fill("Note 2", "half typed").await?;
    page.click("Change 2").await?;
    assert_eq!(page.value_of("Note 2")?, "half typed");
    Ok(())
}

#[tokio::test]
async fn what_goes_to_a_hook_is_there_to_be_seen() -> Result {
    let mut page = open("/events/hooks").await;
    page.click("Draw").await?;
    let pushed = &page.pushed()[0];
    assert_eq!((&*pushed.element, &*pushed.name), ("chart", "points"));
    assert!(pushed.value.is_array());
    Ok(())
}
