//! Files in columns of bytes.

use rdj::{
    __private::runtime::dispatch::Call,
    Entries, PostedFile, State,
    orm::{
        Db,
        sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set},
    },
    prelude::*,
};

use crate::{models::documents::document, orm::Client};

/// The documents of the signed-in user.
#[model_state(
    model = document::Entity,
    fields(title, scan, attachment),
    ordering(id),
    owner_field = user_id,
    export,
    import,
)]
#[derive(Debug)]
pub struct DocumentsState;

impl DocumentsHooks for DocumentsState {
    fn clean_scan(&self, value: Vec<u8>) -> Result<Vec<u8>, FieldError> {
        if value == b"refused" {
            return Err("Not that one.".into());
        }
        Ok(value)
    }
}

/// What a form brings: controls, and files by the names of their fields.
pub(super) async fn submit<S: State>(
    client: &Client,
    state: &mut S,
    event: &str,
    entries: &[(&str, &str)],
    files: &[(&str, Option<&[u8]>)],
) -> Result {
    let pairs = entries
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let file = |(name, content): &(&str, Option<&[u8]>)| {
        let file = PostedFile {
            name: "../a.txt".to_owned(),
            content: content.map(|content| content.to_vec().into()),
        };
        ((*name).to_owned(), file)
    };
    let form = Entries::new(pairs.collect()).with_files(files.iter().map(file).collect());
    let call = Call {
        event,
        args: "[]",
        form: Some(&form),
    };
    state.dispatch(&client.cx(), call).await
}

async fn rows(db: &Db) -> Result<Vec<document::Model>> {
    Ok(document::Entity::find().all(db).await?)
}

fn error(state: &DocumentsState, field: &str) -> String {
    let text = state.field_errors.get(field);
    text.map_or_else(String::new, std::borrow::Cow::into_owned)
}

/// All 256 bytes, as a text type does not have them.
#[must_use]
pub fn bytes() -> Vec<u8> {
    let png = b"\x89PNG\r\n\x1a\n".iter().copied();
    png.chain(0..=255).collect()
}

/// A file is saved as it came, kept where none is chosen, replaced, and taken away.
pub async fn files_go_in_and_out(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut state = DocumentsState::default();
    ann.load(&mut state).await?;
    let html = state.form().to_string();
    assert!(
        html.contains(r#"enctype="multipart/form-data""#)
            && html.contains(r#"name="scan" type="file" accept="image/*,text/plain" required"#)
            && html.contains(r#"name="attachment" type="file">"#),
        "{html}"
    );
    let bytes = bytes();
    let both: [(&str, Option<&[u8]>); 2] = [("scan", Some(&bytes)), ("attachment", Some(b"x\0y"))];
    submit(&ann, &mut state, "save", &[("title", "One")], &both).await?;
    let row = rows(db).await?.remove(0);
    assert_eq!(
        (&row.scan, row.attachment.as_deref()),
        (&bytes, Some(&b"x\0y"[..]))
    );
    let html = state.table().to_string();
    assert!(
        html.contains("<td>264 bytes") || html.contains(">264 bytes<"),
        "{html}"
    );

    let args = format!("[{}]", row.id);
    ann.call(&mut state, "start_edit", &args).await?;
    let html = state.form().to_string();
    assert!(
        html.contains("Stored: 264 bytes.") && html.contains("_file=documents.scan&#38;_key="),
        "{html}"
    );
    assert!(
        !html.contains("scan-remove") && html.contains("attachment-remove"),
        "{html}"
    );
    assert!(!html.contains(r#"text/plain" required"#), "{html}");
    // a required file is not taken away, and what no form can say is not read
    let form = [
        ("title", "Two"),
        ("scan-remove", "true"),
        ("scan", "text"),
        ("attachment", ""),
    ];
    submit(&ann, &mut state, "save", &form, &[]).await?;
    let row = rows(db).await?.remove(0);
    assert_eq!((row.title.as_str(), &row.scan), ("Two", &bytes));
    assert_eq!(row.attachment.as_deref(), Some(&b"x\0y"[..]));

    ann.call(&mut state, "start_edit", &args).await?;
    let form = [("title", "Two"), ("attachment-remove", "true")];
    let text: [(&str, Option<&[u8]>); 1] = [("scan", Some(b"text"))];
    submit(&ann, &mut state, "save", &form, &text).await?;
    let row = rows(db).await?.remove(0);
    assert_eq!((row.scan.as_slice(), row.attachment), (&b"text"[..], None));
    not_in_files(&ann).await
}

/// A cell of a CSV file is no file.
async fn not_in_files(ann: &Client) -> Result {
    let mut state = DocumentsState::default();
    let csv = super::files::file(ann, &mut state, "csv").await?;
    assert!(csv.starts_with("id,title\r\n"), "{csv}");
    super::files::send(ann, &mut state, "title,scan\nnew,7\n").await?;
    let report = state.import_report().cloned().unwrap_or_default();
    assert_eq!(
        (report.ignored, report.error_count),
        (vec!["scan".to_owned()], 1)
    );
    Ok(())
}

/// A file that is not taken is an error of its field; the other fields stay as they were typed.
pub async fn wrong_ones_are_refused(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut state = DocumentsState::default();
    ann.load(&mut state).await?;
    let long = vec![b'x'; 1025];
    for (content, why) in [
        (None, "The file is too large: at most 1 KiB are taken."),
        (
            Some(&*long),
            "The file is too large: at most 1 KiB are taken.",
        ),
        (Some(&b""[..]), "The file is empty."),
        (
            Some(&b"%PDF-1.7"[..]),
            "This kind of file is not taken. Choose one of these kinds: image/*, text/plain.",
        ),
        (Some(&b"refused"[..]), "Not that one."),
    ] {
        submit(
            &ann,
            &mut state,
            "save",
            &[("title", "One")],
            &[("scan", content)],
        )
        .await?;
        assert_eq!(
            (error(&state, "scan").as_str(), state.title.as_str()),
            (why, "One")
        );
        assert!(state.scan.is_empty());
    }
    submit(&ann, &mut state, "save", &[("title", "One")], &[]).await?;
    assert_eq!(error(&state, "scan"), "This field is required.");
    // a good file beside a wrong field is asked for again
    let long = "x".repeat(21);
    let good: [(&str, Option<&[u8]>); 1] = [("scan", Some(b"good"))];
    submit(&ann, &mut state, "save", &[("title", &long)], &good).await?;
    assert_eq!(
        error(&state, "scan"),
        "Choose the file again: it was not saved."
    );
    assert!(!error(&state, "title").is_empty() && state.scan.is_empty());
    assert!(state.form().to_string().contains(&long));
    assert!(rows(db).await?.is_empty());
    submit(&ann, &mut state, "save", &[("title", "Good")], &good).await?;
    let row = rows(db).await?.remove(0);
    // a removal that was not saved stays asked for, and can be taken back
    let mut edit = DocumentsState::default();
    let stored = document::ActiveModel {
        attachment: Set(Some(vec![1])),
        ..row.clone().into()
    };
    stored.update(db).await?;
    ann.call(&mut edit, "start_edit", &format!("[{}]", row.id))
        .await?;
    let form = [("title", long.as_str()), ("attachment-remove", "true")];
    submit(&ann, &mut edit, "save", &form, &[]).await?;
    let html = edit.form().to_string();
    assert!(
        html.contains(r#"name="attachment-remove" value="true" checked"#),
        "{html}"
    );
    submit(&ann, &mut edit, "save", &[("title", "Good")], &[]).await?;
    assert_eq!(rows(db).await?[0].attachment, Some(vec![1]));
    // no event but a form sets a file
    for (event, args) in [
        ("set_scan", r#"["x"]"#),
        ("set_scan", "[[1]]"),
        ("pick_choice", r#"["scan", "1"]"#),
    ] {
        assert!(ann.call(&mut edit, event, args).await.is_err(), "{event}");
    }
    Ok(())
}

/// Two chose another file for the same row: nothing is overwritten unseen.
pub async fn conflicts(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let new = document::ActiveModel {
        user_id: Set(1),
        title: Set("One".to_owned()),
        scan: Set(b"first".to_vec()),
        ..Default::default()
    };
    let row = new.insert(db).await?;
    let args = format!("[{}]", row.id);
    let (mut mine, mut theirs) = (DocumentsState::default(), DocumentsState::default());
    ann.call(&mut mine, "start_edit", &args).await?;
    ann.call(&mut theirs, "start_edit", &args).await?;
    let file = |content: &'static [u8]| [("scan", Some(content))];
    submit(
        &ann,
        &mut theirs,
        "save",
        &[("title", "One")],
        &file(b"theirs"),
    )
    .await?;
    submit(
        &ann,
        &mut mine,
        "save",
        &[("title", "One")],
        &file(b"mine, new"),
    )
    .await?;
    let html = mine.form().to_string();
    assert!(
        html.contains("6 bytes") && html.contains("9 bytes"),
        "{html}"
    );
    assert_eq!(rows(db).await?[0].scan, b"theirs");
    assert_eq!(
        error(&mine, "scan"),
        "Choose the file again: it was not saved."
    );
    submit(
        &ann,
        &mut mine,
        "keep_mine",
        &[("title", "One")],
        &file(b"mine, new"),
    )
    .await?;
    assert_eq!(rows(db).await?[0].scan, b"mine, new");
    // who changes something else keeps the file of the others
    ann.call(&mut mine, "start_edit", &args).await?;
    ann.call(&mut theirs, "start_edit", &args).await?;
    submit(
        &ann,
        &mut theirs,
        "save",
        &[("title", "One")],
        &file(b"later"),
    )
    .await?;
    submit(&ann, &mut mine, "save", &[("title", "Two")], &[]).await?;
    let row = rows(db).await?.remove(0);
    assert_eq!(
        (row.title.as_str(), row.scan.as_slice()),
        ("Two", &b"later"[..])
    );
    Ok(())
}
