//! A model state with the components of rdj, and two users.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rdj::{Result, testing::TestPage};

use super::{open, site};

#[tokio::test]
async fn rows_are_made_changed_and_found() -> Result {
    let site = site().await;
    let mut page = site.browser().open("/kit/notes").await?;
    for title in ["Milk", "Bread", "Butter"] {
        page.fill("Title", title).await?;
        page.click("Save").await?;
        page.assert_text(title);
    }
    assert_eq!(page.value_of("Title")?, "", "the form is empty again");
    page.row("Bread").click("Edit").await?;
    assert_eq!(page.value_of("Title")?, "Bread");
    page.check("Done").await?;
    page.fill("Title", "Rye bread").await?;
    page.click("Save").await?;
    page.assert_text("Rye bread");
    assert!(!page.statements().is_empty());
    page.assert_statements(12);
    page.row("Butter").click("Delete").await?;
    page.assert_no_text("Butter");
    page.fill("Title", "x".repeat(41).as_str()).await?;
    page.click("Save").await?;
    assert!(!page.has("cell", &"x".repeat(41)));
    Ok(())
}

/// What a test is told whose last step asked the database more than `most` times.
fn too_many(page: &TestPage, most: usize) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| page.assert_statements(most)));
    let panic = panic.expect_err("a test that fails");
    let text = panic.downcast_ref::<String>();
    text.expect("a text").clone()
}

#[tokio::test]
async fn a_statement_too_many_fails_the_test() -> Result {
    let mut page = open("/kit/notes").await;
    page.fill("Title", "Milk").await?;
    page.click("Save").await?;
    let count = page.statements().len();
    page.assert_statements(count);
    for most in [0, count - 1] {
        let text = too_many(&page, most);
        let begin = format!("click `Save`: {count} statements, not {most} at most: [");
        assert!(text.starts_with(&begin), "{text}");
        assert!(
            text.contains("INSERT INTO") && text.contains("kit_note"),
            "{text}"
        );
    }
    // the steps before are not counted
    page.fill("Title", "Bread").await?;
    page.assert_statements(0);
    Ok(())
}

#[tokio::test]
async fn a_second_user_sees_it_live() -> Result {
    let site = site().await;
    let (ann, bob) = (site.browser(), site.browser());
    let mut one = ann.open("/kit/notes").await?;
    let mut two = bob.open("/kit/notes").await?;
    two.fill("Title", "half typed").await?;
    one.submit_form(&[("Title", "Milk")]).await?;
    two.wait_for_text("Milk").await?;
    assert_eq!(
        two.value_of("Title")?,
        "half typed",
        "nothing typed is lost"
    );
    two.row("Milk").click("Delete").await?;
    one.wait_for_no_text("Milk").await?;
    Ok(())
}
