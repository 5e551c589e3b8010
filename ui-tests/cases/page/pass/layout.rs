//! A page on the shipped layout, with parameters, and two states that stand in the address.

use rdj::{Cx, Page as _, PageType as _, Result, app_state, events, page};

/// Which songs.
#[app_state]
#[derive(Debug)]
pub struct SongsState {
    opened: Vec<String>,
}

#[events]
impl SongsState {
    async fn first(&mut self, _cx: &Cx) {
        self.opened.push("songs".to_owned());
    }
}

/// Which album.
#[app_state]
#[derive(Debug)]
pub struct AlbumState {
    opened: u8,
}

#[events]
impl AlbumState {
    /// A function that pages name.
    ///
    /// # Errors
    ///
    /// None.
    pub async fn start(&mut self, _cx: &Cx) -> Result {
        self.opened += 1;
        Ok(())
    }
}

/// An album.
#[page(
    route = "/albums/{id}/{*rest}",
    template = "layout.html",
    on_load(AlbumState::start, SongsState::first)
)]
#[derive(Debug)]
pub struct AlbumDetailPage {
    /// The album.
    pub id: i64,
    pub(crate) album: AlbumState,
    songs: SongsState,
    rest: Option<String>,
}

#[tokio::test]
async fn a_page_knows_its_states_and_parameters() -> Result {
    assert_eq!(AlbumDetailPage::SPEC.title, "Album detail");
    let mut page = AlbumDetailPage::default();
    page.load(&crate::support::cx()).await?;
    assert_eq!(
        (
            page.album.opened,
            page.songs.opened.len(),
            page.rest.is_none()
        ),
        (1, 1, true)
    );
    let mut out = String::new();
    assert!(page.render(&mut out).is_ok());
    assert!(
        out.contains("<!DOCTYPE html>") || out.contains("<!doctype html>"),
        "{out}"
    );
    assert!(out.contains("songs.first"), "{out}");
    Ok(())
}
