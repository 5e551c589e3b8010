//! Two users who sign in by a form: each has the own rows, and both have those that are shared.

use rdj::{
    Result,
    orm::connect,
    testing::{TestBrowser, TestPage, TestSite},
};
use rdj_live_tests::pages::kit::people::{PASSWORD, app};

async fn site() -> Result<TestSite> {
    let db = connect("sqlite::memory:").await?;
    TestSite::start(app(&db, &["ann", "bob"]).await?).await
}

/// The drawer of somebody who signs in on the way to it.
async fn drawer(browser: &TestBrowser, name: &str) -> Result<TestPage> {
    let mut page = browser.open("/kit/drawer").await?;
    assert_eq!(page.address(), "/login?next=%2Fkit%2Fdrawer");
    let form = [("Username", name), ("Password", PASSWORD)];
    page.submit_form(&form).await?;
    assert_eq!(page.address(), "/kit/drawer");
    assert_eq!(page.text_of("#who")?, name);
    Ok(page)
}

#[tokio::test]
async fn each_user_has_the_own_rows_and_sees_the_shared_ones_live() -> Result {
    let site = site().await?;
    let browser = site.browser();
    let mut ann = drawer(&browser, "ann").await?;
    let mut bob = drawer(&site.browser(), "bob").await?;
    ann.submit_form(&[("Secret", "the diary")]).await?;
    bob.submit_form(&[("Secret", "the wishes")]).await?;
    bob.fill("Secret", "half typed").await?;
    // what is told of after the secrets is shown after them
    ann.submit_form(&[("Title", "Milk")]).await?;
    bob.wait_for_text("Milk").await?;
    assert_eq!(bob.value_of("Secret")?, "half typed");
    bob.submit_form(&[("Title", "Bread")]).await?;
    ann.wait_for_text("Bread").await?;
    bob.row("Milk").click("Delete").await?;
    ann.wait_for_no_text("Milk").await?;
    for is_loaded_anew in [false, true] {
        if is_loaded_anew {
            ann.reload().await?;
            bob.reload().await?;
        }
        ann.assert_text("the diary");
        ann.assert_no_text("the wishes");
        bob.assert_text("the wishes");
        bob.assert_no_text("the diary");
    }

    // the own rows are live in another tab of the same user, who is signed in there
    let mut tab = browser.open("/kit/drawer").await?;
    assert_eq!(tab.text_of("#who")?, "ann");
    ann.row("the diary").click("Delete").await?;
    tab.wait_for_no_text("the diary").await?;
    Ok(())
}

#[tokio::test]
async fn a_wrong_password_signs_nobody_in() -> Result {
    let site = site().await?;
    let browser = site.browser();
    let mut page = browser.open("/kit/drawer").await?;
    let form = [("Username", "ann"), ("Password", "a wrong one")];
    page.submit_form(&form).await?;
    assert_eq!(page.title(), "Sign in");
    page.assert_text("Invalid username or password.");
    let again = browser.open("/kit/drawer").await?;
    assert_eq!(again.address(), "/login?next=%2Fkit%2Fdrawer");
    Ok(())
}
