//! Controls, events, links and sockets of a page of one's own.

use std::time::{Duration, Instant};

use rdj::{Result, testing::FrameKind};

use super::{open, refused, site};

#[tokio::test]
async fn forms_are_filled_by_label_and_submitted() -> Result {
    let mut page = open("/kit/desk").await;
    assert_eq!(page.title(), "Desk");
    page.click("Order").await?;
    page.assert_text("Who is it for?");
    page.fill("Name", "Ann").await?;
    page.fill("How many (1 to 9)", "3").await?;
    page.press("Enter").await?;
    assert_eq!(page.text_of("#said")?, "Ann gets 3");
    assert_eq!(page.messages(), ["Ordered for Ann."]);
    page.assert_no_text("Who is it for?");
    page.submit_form(&[("Name", "Bob"), ("count", "x")]).await?;
    assert_eq!(page.value_of("count")?, "x", "what is no number stays");
    page.within("form", "How many").fill("Name", "Cleo").await?;
    Ok(())
}

#[tokio::test]
async fn lists_change_as_in_a_browser() -> Result {
    let mut page = open("/kit/desk").await;
    page.click("Add").await?;
    page.assert_text("Number 5");
    let patch = page.last_patch().expect("a patch");
    assert_eq!(patch.kind, FrameKind::Patch);
    assert!(patch.bytes < 300, "{patch:?}");
    page.click("Turn").await?;
    page.row("Bread").click("Remove").await?;
    assert_eq!(page.questions(), ["Remove it?"]);
    let rows: Vec<_> = page.all("tr").into_iter().map(|row| row.text).collect();
    assert_eq!(rows, ["Bread roll x", "Cheese x", "Apple x", "Number 5 x"]);
    page.refuse_questions(true);
    page.row("Apple").click("Remove").await?;
    page.assert_text("Apple");
    for _ in 0..5 {
        page.click("Add").await?;
        page.click("Turn").await?;
    }
    assert_eq!(page.all("tr").len(), 9);
    Ok(())
}

#[tokio::test]
async fn the_address_follows_and_leads_back() -> Result {
    let site = site().await;
    let ann = site.browser();
    let mut page = ann.open("/kit/desk").await?;
    page.fill("Find", "Bread").await?;
    assert_eq!(page.address(), "/kit/desk?search=Bread");
    assert_eq!(page.all("tr").len(), 2);
    let again = ann.open(page.address()).await?;
    assert_eq!(again.all("tr").len(), 2);
    page.click("All notes").await?;
    assert_eq!(
        (page.title().as_str(), page.address()),
        ("Notes", "/kit/notes")
    );
    page.back().await?;
    assert_eq!(page.address(), "/kit/desk?search=Bread");
    page.click("Bread only").await?;
    assert_eq!(page.value_of("Find")?, "Bread");
    page.click("Go").await?;
    assert_eq!((page.title().as_str(), page.messages()), ("Notes", vec![]));
    Ok(())
}

#[tokio::test]
async fn boxes_selects_and_the_loss_of_focus_tell() -> Result {
    let mut page = open("/kit/desk").await;
    page.check("Urgent").await?;
    page.assert_text("In a hurry");
    page.uncheck("Urgent").await?;
    page.assert_text("No hurry");
    page.choose("Genre", "The jazz").await?;
    assert_eq!(page.text_of("#chosen")?, "jazz");
    page.fill("Note", "hello").await?;
    assert_eq!(page.text_of("#said")?, "");
    page.click("Add").await?;
    assert_eq!(page.text_of("#said")?, "left with hello");
    assert_eq!(
        page.value_of("Note")?,
        "hello",
        "typed, and sent by no form"
    );
    assert!(page.find("button", "Add")?.focused);
    assert_eq!(page.text_of("#mounts")?, "1");
    Ok(())
}

#[tokio::test]
async fn errors_say_what_there_is() -> Result {
    let mut page = open("/kit/desk").await;
    let text = refused(page.click("Ad").await);
    assert!(
        text.starts_with("no button or link `Ad` on /kit/desk; there are: "),
        "{text}"
    );
    assert!(text.contains("`Order`, "), "{text}");
    let text = refused(page.click("Remove").await);
    assert!(
        text.starts_with("4 of button or link are called `Remove` on /kit/desk; "),
        "{text}"
    );
    assert!(text.contains("`in the tr Apple x`"), "{text}");
    let text = refused(page.row("Bread r").click("Delete").await);
    assert_eq!(
        text,
        "no button or link `Delete` in the row `Bread r` on /kit/desk; there are: `Remove`"
    );
    let text = refused(page.row("Milk").click("Remove").await);
    assert!(
        text.starts_with("no row with `Milk` on /kit/desk; there are: "),
        "{text}"
    );
    let text = refused(page.choose("Genre", "The folk").await);
    assert!(
        text.ends_with("there are: `None`, `The rock`, `The jazz`"),
        "{text}"
    );
    assert_eq!(refused(page.click("Closed").await), "`Closed` is disabled");
    assert!(refused(page.click("Hidden").await).starts_with("no button"));
    assert!(refused(page.click("Send").await).contains("`Scan` is required and empty"));
    page.click("Refuse").await?;
    assert_eq!(page.messages(), ["The desk is closed."]);
    page.click("Away").await?;
    assert_eq!(page.left_for(), Some("https://example.org/shop"));
    Ok(())
}

#[tokio::test]
async fn files_are_posted_with_their_form() -> Result {
    let mut page = open("/kit/desk").await;
    page.upload("Scan", "scan.pdf", b"%PDF-1.4").await?;
    page.click("Send").await?;
    page.assert_text("scan.pdf has 8 bytes");
    assert_eq!(page.address(), "/kit/files");
    Ok(())
}

#[tokio::test]
async fn pages_come_back_with_what_waits() -> Result {
    let mut page = open("/kit/desk").await;
    page.fill("Name", "Ann").await?;
    page.disconnect();
    page.click("Add").await?;
    assert_eq!(page.waiting_events(), ["desk.add"]);
    assert_eq!(page.all("tr").len(), 4);
    page.reconnect().await?;
    assert_eq!(page.all("tr").len(), 5);
    assert_eq!(page.value_of("Name")?, "Ann");
    page.lose_next_answer();
    page.click("Add").await?;
    assert_eq!(page.all("tr").len(), 5, "nobody heard of it");
    page.reconnect().await?;
    assert_eq!(page.all("tr").len(), 6, "it ran once");
    page.click("Order").await?;
    assert_eq!(page.text_of("#said")?, "Ann gets 1");
    Ok(())
}

#[tokio::test]
async fn what_was_lost_is_told_with_the_reconnect() -> Result {
    let mut page = open("/kit/desk").await;
    page.lose_next_answer();
    page.click("Refuse").await?;
    assert!(page.messages().is_empty(), "nobody heard of it");
    page.reconnect().await?;
    assert_eq!(page.messages(), ["The desk is closed."]);
    page.lose_next_answer();
    page.click("Go").await?;
    assert_eq!(page.address(), "/kit/desk");
    page.reconnect().await?;
    assert_eq!(page.address(), "/kit/notes");
    Ok(())
}

#[tokio::test]
async fn pages_survive_a_deploy() -> Result {
    let site = site().await;
    let mut page = site.browser().open("/kit/desk").await?;
    page.fill("Find", "Bread").await?;
    page.fill("Name", "Ann").await?;
    let db = rdj::orm::connect("sqlite::memory:").await?;
    site.restart(rdj_live_tests::pages::kit::app(&db).await?)
        .await?;
    page.reconnect().await?;
    assert_eq!(page.all("tr").len(), 2);
    assert_eq!(page.value_of("Name")?, "Ann");
    page.click("Order").await?;
    page.assert_text("Ann gets 1");
    Ok(())
}

#[tokio::test]
async fn pages_work_without_scripts() -> Result {
    let site = site().await;
    let mut page = site.browser().without_scripts().open("/kit/desk").await?;
    page.submit_form(&[("Name", "Ann"), ("count", "2")]).await?;
    page.assert_text("Ann gets 2");
    page.click("Add").await?;
    page.assert_text("Number 5");
    Ok(())
}

#[tokio::test]
async fn a_step_takes_milliseconds() -> Result {
    let site = site().await;
    let mut best = Duration::MAX;
    for _ in 0..10 {
        let start = Instant::now();
        let mut page = site.browser().open("/kit/desk").await?;
        page.fill("Name", "Ann").await?;
        page.click("Order").await?;
        page.assert_text("Ann gets 1");
        best = best.min(start.elapsed());
    }
    // a few milliseconds without optimisation, and more where the machine is busy; a wait in each of the steps
    // would take longer
    assert!(best < Duration::from_secs(2), "{best:?}");
    Ok(())
}
