//! Pages: all kinds of controls, around which others change what is shown.

#![expect(
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    reason = "pages of tests"
)]

use std::{
    fs,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rdj::prelude::*;
use serde::{Deserialize, Serialize};
use tokio::time::sleep;

/// What open pages are told of: its table is never read.
mod world {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "world")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What all open pages show: the defaults of their controls, and what stands around them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct World {
    /// A text beside the form.
    pub note: String,
    /// Rows with a control each, before the form.
    pub rows: Vec<u32>,
    /// A class and a placeholder of the text controls.
    pub hint: String,
    /// Whether the control `title` stands in a box with an error.
    pub wrapped: bool,
    pub title: String,
    pub area: String,
    pub number: String,
    pub date: String,
    pub rich: String,
    pub options: Vec<String>,
    pub picked: String,
    pub tags: Vec<String>,
    pub agreed: bool,
    pub colour: String,
    pub opened: bool,
}

/// Shared by all pages of the process.
static WORLD: Mutex<Option<World>> = Mutex::new(None);
/// Where the next process finds it.
const FILE: &str = "world.json";

fn lock() -> MutexGuard<'static, Option<World>> {
    WORLD.lock().unwrap_or_else(PoisonError::into_inner)
}

fn world() -> World {
    let kept = || serde_json::from_slice(&fs::read(FILE).unwrap_or_default()).unwrap_or_default();
    lock().get_or_insert_with(kept).clone()
}

/// All kinds of controls.
#[app_state]
pub struct TypingState {
    pub world: World,
    /// Changes when the form is reset.
    pub key: u32,
    /// What was saved by this page, a text each.
    pub saved: Vec<String>,
    /// What the search box has told.
    pub said: String,
}

#[events]
impl TypingState {
    #[on_load]
    pub async fn look(&mut self, _cx: &Cx) {
        self.world = world();
    }

    #[on_change(world::Entity)]
    async fn look_again(&mut self, cx: &Cx) {
        self.look(cx).await;
    }

    /// Changes what all pages show.
    async fn set(&mut self, cx: &Cx, text: String) -> Result {
        let new: World =
            serde_json::from_str(&text).map_err(|error| Error::invalid(error.to_string()))?;
        fs::write(FILE, &text).map_err(|error| Error::internal(error.to_string()))?;
        *lock() = Some(new);
        cx.changed_many::<world::Entity>(ChangeKind::Updated);
        self.look(cx).await;
        Ok(())
    }

    /// Saves the form after a while, and resets it.
    async fn save(&mut self, cx: &Cx, wait: u64) {
        sleep(Duration::from_millis(wait)).await;
        let names = [
            "title", "area", "number", "date", "kind", "tags", "agree", "colour",
        ];
        let form = cx.form();
        let text = |name: &str| {
            let all: Vec<_> = form.iter().flat_map(|form| form.all(name)).collect();
            all.join("+")
        };
        self.saved.push(names.map(text).join("|"));
        self.key += 1;
    }

    /// Refuses the form.
    async fn refuse(&mut self, _cx: &Cx) -> Result {
        Err(Error::invalid("Not like this."))
    }

    /// Saves the form and goes elsewhere.
    async fn depart(&mut self, cx: &Cx, to: String) {
        self.save(cx, 0).await;
        cx.redirect(to);
    }

    async fn say(&mut self, _cx: &Cx, text: String) {
        self.said = text;
    }
}

/// Everything that can be typed into.
#[page(route = "/typing", template = "typing.html", title = "Typing")]
pub struct TypingPage {
    pub typing: TypingState,
}

/// Another page.
#[page(
    route = "/typing/elsewhere",
    template = "elsewhere.html",
    title = "Elsewhere"
)]
pub struct ElsewherePage {
    pub typing: TypingState,
}
