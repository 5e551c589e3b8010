//! Files of rows as answers.

use axum::{body::to_bytes, http::header};
use rdj::{
    State,
    orm::{
        Db,
        sea_orm::{ActiveModelTrait as _, Set},
    },
    prelude::*,
};

use super::uploads::{DocumentsState, bytes};
use crate::{models::documents::document, orm::Client};

/// The list shows no files, and not every row can be edited.
#[model_state(
    model = document::Entity,
    fields(title, scan, attachment),
    list_display(title),
    ordering(id),
)]
#[derive(Debug)]
pub struct ClosedDocumentsState;

impl ClosedDocumentsHooks for ClosedDocumentsState {
    async fn has_object_permission(
        &self,
        _: &Cx,
        action: Action,
        row: &document::Model,
    ) -> Result<bool> {
        Ok(action != Action::Edit || row.title != "locked")
    }
}

/// Titles alone.
#[model_state(model = document::Entity, fields(title), ordering(id))]
#[derive(Debug)]
pub struct TitlesState;

async fn download<S: State>(
    client: &Client,
    state: &mut S,
    column: &str,
    key: &str,
) -> Result<Vec<u8>> {
    let answer = state.file(&client.cx(), column, key).await?;
    assert_eq!(
        answer.headers()[header::CONTENT_TYPE],
        "application/octet-stream"
    );
    assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    let name = answer.headers()[header::CONTENT_DISPOSITION]
        .to_str()
        .unwrap_or_default();
    assert!(name.starts_with("attachment; filename=\""), "{name}");
    Ok(to_bytes(answer.into_body(), usize::MAX).await?.to_vec())
}

/// A file is for who may see its row, and only a column that the state shows.
pub async fn rows_columns_and_rights(db: &Db) -> Result {
    let (ann, bob, nobody) = (
        Client::new(db, 1),
        Client::new(db, 2),
        Client::anonymous(db),
    );
    let mut keys = Vec::new();
    for title in ["open", "locked"] {
        let new = document::ActiveModel {
            user_id: Set(1),
            title: Set(title.to_owned()),
            scan: Set(bytes()),
            attachment: Set(None),
            ..Default::default()
        };
        keys.push(new.insert(db).await?.id.to_string());
    }
    let mut state = DocumentsState::default();
    assert_eq!(download(&ann, &mut state, "scan", &keys[0]).await?, bytes());
    for (column, key) in [
        ("attachment", &*keys[0]),
        ("title", &keys[0]),
        ("user_id", &keys[0]),
        ("nothing", &keys[0]),
        ("scan", "0"),
        ("scan", ""),
        ("scan", "\"x\""),
    ] {
        let refused = download(&ann, &mut state, column, key).await;
        assert!(
            matches!(refused, Err(Error::NotFound)),
            "{column} {key}: {refused:?}"
        );
    }
    let refused = download(&bob, &mut state, "scan", &keys[0]).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    let refused = download(&nobody, &mut state, "scan", &keys[0]).await;
    assert!(matches!(refused, Err(Error::LoginRequired)), "{refused:?}");

    let mut closed = ClosedDocumentsState::default();
    assert_eq!(
        download(&bob, &mut closed, "scan", &keys[0]).await?,
        bytes()
    );
    let refused = download(&bob, &mut closed, "scan", &keys[1]).await;
    assert!(matches!(refused, Err(Error::Denied)), "{refused:?}");
    let mut titles = TitlesState::default();
    let refused = download(&ann, &mut titles, "scan", &keys[0]).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");

    ann.load(&mut state).await?;
    let row = &state.data[0];
    let url = state
        .file_url(row, document::fields::scan)
        .unwrap_or_default();
    assert!(
        url.ends_with(&format!("?_file=documents.scan&_key={}", keys[0])),
        "{url}"
    );
    assert_eq!(state.file_url(row, document::fields::attachment), None);
    titles
        .file_url(row, document::fields::scan)
        .map_or(Ok(()), |url| Err(Error::internal(url)))
}
