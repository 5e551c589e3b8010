//! Pages: pages that lead to each other.

#![expect(
    missing_debug_implementations,
    reason = "states and pages are not printed here"
)]

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use axum::{Router, routing::get};
use http::header::CONTENT_DISPOSITION;
use rdj::prelude::*;

/// How many rows a page of the list has.
const ROWS: usize = 50;
/// How often the route that is no page ran.
pub static DOWNLOADS: AtomicU32 = AtomicU32::new(0);

/// A list of words, found, sorted and cut into pages.
#[rdj::app_state]
pub struct WordsState {
    /// What is looked for.
    #[var(query, bind)]
    pub search: String,
    /// Whether the last ones come first.
    #[var(query)]
    pub backwards: bool,
    /// The page, from 0.
    #[var(query)]
    pub page: u64,
    /// A form's field.
    #[var(bind)]
    pub draft: String,
    /// How many events ran.
    pub count: u32,
}

#[rdj::events]
impl WordsState {
    async fn turn(&mut self, _cx: &Cx, page: u64) {
        self.page = page;
    }

    async fn reverse(&mut self, _cx: &Cx) {
        self.backwards = !self.backwards;
    }

    async fn increment(&mut self, _cx: &Cx) {
        self.count += 1;
    }

    async fn leave(&mut self, cx: &Cx, to: String) {
        cx.redirect(to);
    }

    async fn keep(&mut self, cx: &Cx) -> Result {
        cx.response().cookie("kept=1; Path=/")?;
        cx.redirect("/nav/items/1");
        Ok(())
    }

    async fn save(&mut self, _cx: &Cx) {
        self.count += 1;
        self.draft.clear();
    }

    /// The rows of this page.
    #[computed]
    #[must_use]
    pub fn rows(&self) -> Vec<String> {
        let words = (0..400).map(|number| format!("word {number:03}"));
        let mut found: Vec<_> = words.filter(|word| word.contains(&self.search)).collect();
        if self.backwards {
            found.reverse();
        }
        let skipped =
            usize::try_from(self.page).map_or(usize::MAX, |page| page.saturating_mul(ROWS));
        found.into_iter().skip(skipped).take(ROWS).collect()
    }

    /// The next page.
    #[computed]
    #[must_use]
    pub fn next(&self) -> u64 {
        self.page + 1
    }
}

/// The list.
#[rdj::page(route = "/nav", template = "navigation/list.html", title = "Words")]
pub struct ListPage {
    /// The words.
    pub words: WordsState,
}

/// One word.
#[rdj::app_state]
pub struct WordState {
    /// What is written about it.
    #[var(bind)]
    pub note: String,
    /// How often a browser said that it shows it.
    pub seen: u32,
    /// How many events ran.
    pub count: u32,
}

#[rdj::events]
impl WordState {
    async fn see(&mut self, _cx: &Cx) {
        self.seen += 1;
    }

    async fn increment(&mut self, _cx: &Cx) {
        self.count += 1;
    }

    async fn save(&mut self, cx: &Cx) {
        cx.messages().success("Saved.");
        cx.redirect("/nav");
    }
}

/// The page of a word.
#[rdj::page(
    route = "/nav/items/{id}",
    template = "navigation/item.html",
    title = "A word"
)]
pub struct ItemPage {
    /// Its number.
    pub id: u32,
    /// The word.
    pub word: WordState,
}

/// A page for users.
#[rdj::page(
    route = "/nav/secret",
    template = "navigation/item.html",
    title = "A secret",
    login
)]
pub struct SecretPage {
    /// Stands in the template.
    pub word: WordState,
}

/// A page with another stylesheet.
#[rdj::page(
    route = "/nav/other",
    template = "navigation/other.html",
    title = "Another head"
)]
pub struct OtherPage {
    /// A state.
    pub word: WordState,
}

/// A page that takes its time, and may fail, or send on.
#[rdj::app_state]
pub struct DoorState {
    /// What it does.
    #[var(query)]
    pub does: String,
}

#[rdj::events]
impl DoorState {
    #[on_load]
    async fn open(&mut self, cx: &Cx) -> Result {
        match self.does.as_str() {
            "redirect" => cx.redirect("/nav?search=sent"),
            "refuse" => return Err(Error::Denied),
            "fail" => return Err(Error::internal("the secret cause")),
            "wait" => tokio::time::sleep(Duration::from_millis(600)).await,
            "say" => cx.messages().success("Said by the door."),
            _ => {}
        }
        Ok(())
    }
}

/// A door.
#[rdj::page(
    route = "/nav/door",
    template = "navigation/door.html",
    title = "A door"
)]
pub struct DoorPage {
    /// The door.
    pub door: DoorState,
}

/// A route that is no page, at a path that a page's route fits as well.
pub fn routes() -> Router {
    let answer = || async {
        DOWNLOADS.fetch_add(1, Ordering::SeqCst);
        (
            [(CONTENT_DISPOSITION, "attachment; filename=words.txt")],
            "words",
        )
    };
    Router::new()
        .route("/nav/items/words.txt", get(answer))
        .route("/nav/words.txt", get(answer))
}
