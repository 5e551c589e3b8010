//! The HTML of the default components of a model state.

use rdj::prelude::*;
use rdj_tests::{
    orm::{Client, memory},
    scenario::{
        keys::CountriesState,
        notes::{NotesState, add},
    },
};

#[tokio::test]
async fn a_form_new_and_edited() -> Result {
    let db = memory().await?;
    let ann = Client::new(&db, 1);
    let mut notes = NotesState::default();
    let html = notes.form().to_string();
    assert!(
        html.contains("data-rdj-submit=\"notes.save\" data-rdj-form=\"0\""),
        "{html}"
    );
    assert!(html.contains("<h2>New note</h2>"), "{html}");
    assert!(!html.contains("cancel_edit"), "{html}");
    assert!(
        html.contains(
            "<label for=\"notes-title\">Heading</label><input id=\"notes-title\" name=\"title\" \
             type=\"text\" value=\"\" maxlength=\"200\" required \
             aria-describedby=\"notes-title-help\"><p class=\"rdj-help\" \
             id=\"notes-title-help\">A few words.</p>"
        ),
        "{html}"
    );
    let form = [("title", ""), ("content", "\n<b>&amp;"), ("priority", "1")];
    ann.submit(&mut notes, "save", &form).await?;
    let html = notes.form().to_string();
    assert!(html.contains("aria-invalid=\"true\""), "{html}");
    assert!(
        html.contains("<textarea id=\"notes-content\" name=\"content\">\n\n&lt;b"),
        "{html}"
    );
    assert!(!html.contains("<b>"), "{html}");

    let id = add(&ann, "Milk").await?;
    ann.call(&mut notes, "start_edit", &format!("[{id}]"))
        .await?;
    let html = notes.form().to_string();
    assert!(html.contains("<h2>Edit note</h2>"), "{html}");
    assert!(
        html.contains("value=\"notes.cancel_edit\" formnovalidate"),
        "{html}"
    );
    Ok(())
}

#[tokio::test]
async fn bare_controls() -> Result {
    let notes = NotesState {
        title: "\"x\" & <y>".to_owned(),
        content: Some("\nfirst".to_owned()),
        ..NotesState::default()
    };
    let title = notes.bind().title().to_string();
    let expected =
        "name=\"title\" value=\"&quot;x&quot; &amp; &lt;y&gt;\" maxlength=\"200\" required";
    assert_eq!(title, expected);
    assert_eq!(notes.bind().content().to_string(), "name=\"content\"");
    assert_eq!(notes.text().content().to_string(), "\n\nfirst");
    assert_eq!(
        notes.bind().show_archived().to_string(),
        "name=\"show_archived\" value=\"true\""
    );
    Ok(())
}

#[tokio::test]
async fn a_table_with_its_buttons() -> Result {
    let db = memory().await?;
    let ann = Client::new(&db, 1);
    let mut notes = NotesState::default();
    assert!(notes.table().to_string().contains("No notes yet."));
    assert_eq!(notes.pagination().to_string(), "");
    for title in ["<One>", "Two", "Three"] {
        add(&ann, title).await?;
    }
    ann.call(&mut notes, "set_ordering", "[\"title\"]").await?;
    let html = notes.table().to_string();
    assert!(
        html.contains("<caption id=\"notes-caption\">3 notes</caption>"),
        "{html}"
    );
    assert!(html.contains("aria-sort=\"ascending\""), "{html}");
    assert!(
        html.contains("notes.set_ordering(&quot;-title&quot;)"),
        "{html}"
    );
    assert!(
        html.contains("<tr data-key=\"1\"><th scope=\"row\">&lt;One&gt;</th>"),
        "{html}"
    );
    assert!(html.contains("<td class=\"rdj-number\">3</td>"), "{html}");
    assert!(html.contains("aria-label=\"Delete &lt;One&gt;\""), "{html}");
    assert!(
        html.contains("data-rdj-confirm=\"Delete this note?\""),
        "{html}"
    );
    let pages = notes.pagination().to_string();
    assert!(
        pages.contains("Page 1 of 2") && pages.contains("disabled>Previous"),
        "{pages}"
    );
    ann.call(&mut notes, "set_search", "[\"\\\"><script>\"]")
        .await?;
    assert!(
        notes
            .table()
            .to_string()
            .contains("No notes match the search.")
    );
    assert!(
        notes
            .search()
            .to_string()
            .contains("value=\"&#34;&#62;&#60;script&#62;\"")
    );
    Ok(())
}

#[tokio::test]
async fn keys_are_escaped() -> Result {
    let db = memory().await?;
    let client = Client::anonymous(&db);
    let mut countries = CountriesState::default();
    let form = [("code", "d\"<e>"), ("name", "D")];
    client.submit(&mut countries, "save", &form).await?;
    let key = countries.key(&countries.data[0].code).to_string();
    assert_eq!(key, "data-key=\"&quot;d\\&quot;&lt;e&gt;&quot;\"");
    let html = countries.table().to_string();
    assert!(html.contains(&format!("<tr {key}>")), "{html}");
    assert!(
        html.contains("All countries") || html.contains("1 country"),
        "{html}"
    );
    Ok(())
}
