//! What is amiss with a page.

use rdj::{
    Result,
    testing::{Strictness, WarningKind},
};

use super::{open, site};

#[tokio::test]
async fn ids_that_are_there_twice_fail_the_test() {
    let site = site().await;
    let page = site.browser().open("/kit/sloppy").await;
    let error = page.expect_err("a report").to_string();
    assert_eq!(
        error,
        "/kit/sloppy: the id `twice` is there 2 times: <p id=\"twice\">, <p id=\"twice\">"
    );
}

#[tokio::test]
async fn the_rest_is_collected() -> Result {
    let site = site().await.strictness(Strictness::Collect);
    let page = site.browser().open("/kit/sloppy").await?;
    let kinds: Vec<_> = page.warnings().iter().map(|one| one.kind).collect();
    assert_eq!(
        kinds,
        [
            WarningKind::DuplicateId,
            WarningKind::ListWithoutKeys,
            WarningKind::ControlWithoutName,
            WarningKind::ControlWithoutLabel,
        ],
        "{:#?}",
        page.warnings()
    );
    Ok(())
}

#[tokio::test]
async fn good_pages_have_nothing_amiss() -> Result {
    let site = site().await.strictness(Strictness::All);
    for address in ["/kit/desk", "/kit/notes"] {
        let page = site.browser().open(address).await?;
        assert_eq!(page.warnings(), []);
    }
    Ok(())
}

#[tokio::test]
async fn guards_lead_to_the_login_page() {
    let page = open("/kit/desk").await;
    assert!(page.messages().is_empty());
    let site = site().await;
    let answer = site.browser().get("/kit/private").await.expect("an answer");
    assert_eq!(answer.location(), Some("/login?next=%2Fkit%2Fprivate"));
}
