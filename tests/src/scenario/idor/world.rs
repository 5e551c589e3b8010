//! Two users, their rows, and what one of them is shown.
//!
//! Each way to a row is tried three times: by Ann where Bob has no rows, by Ann where Bob has some, and by
//! Bob. The first two must look the same to Ann, down to numbers of pages and texts of errors; the third
//! must reach the rows, or it would be no way.

use std::fmt::Write as _;

use futures_util::future::BoxFuture;
use rdj::{
    orm::{
        Db, history,
        sea_orm::{EntityTrait, QueryOrder as _},
        view,
    },
    prelude::*,
};

pub use super::fill::two_users;
use super::{
    super::{songs::address, uploads},
    fill::{ANN, BOB, Entries, entries, fill, first_key},
    states::{Kit, owned::Owned, scoped::Scoped},
};
use crate::{
    models::papers::{folder, paper, sheet, tag, tagged},
    orm::Client,
};

/// Stands in all texts of Bob, and nowhere else.
pub(super) const SECRET: &str = "secret";
/// What an attack writes.
pub(super) const FORGED: &str = "HACKED";

/// Who tries something, and on what.
#[derive(Debug)]
pub struct World {
    pub(super) db: Db,
    pub(super) client: Client,
    /// A paper of the client.
    pub(super) mine: i64,
    /// A paper of Bob.
    pub(super) paper: i64,
    /// A folder of Bob.
    pub(super) folder: i64,
    /// A tag of Bob.
    pub(super) tag: i64,
    /// A paper of Bob with a sheet, and the sheet.
    pub(super) sheeted: i64,
    pub(super) sheet: i64,
    /// The sheet of the client's own paper.
    pub(super) my_sheet: i64,
    /// What is recorded of papers of Bob.
    pub(super) entries: Entries,
    /// Whether Bob has rows.
    pub(super) bob_is_there: bool,
    /// Whether what the client is shown may tell that a key is taken.
    pub(super) tells_keys: bool,
    /// What its owner is shown by a way that reads; none for one that writes.
    pub(super) proof: Option<&'static str>,
    seen: String,
    /// The rows of Bob as they should stay.
    of_bob: String,
}

/// A way to a row.
pub(super) type Way = for<'a> fn(&'a mut World) -> BoxFuture<'a, Result>;

impl World {
    async fn new(db: &Db, user: i64, bob_is_there: bool) -> Result<Self> {
        history::Entity::delete_many().exec(db).await?;
        sheet::Entity::delete_many().exec(db).await?;
        tagged::Entity::delete_many().exec(db).await?;
        paper::Entity::delete_many().exec(db).await?;
        tag::Entity::delete_many().exec(db).await?;
        folder::Entity::delete_many().exec(db).await?;
        fill(db, ANN, ["b milk", "d bread", "f eggs"]).await?;
        if bob_is_there {
            fill(db, BOB, ["a secret", "c secret", "e secret"]).await?;
        }
        let bob = first_key(BOB);
        let mut world = Self {
            db: db.clone(),
            client: Client::new(db, user),
            mine: first_key(user) + 1,
            paper: bob + 2,
            folder: bob,
            tag: bob,
            sheeted: bob + 1,
            sheet: bob + 1,
            my_sheet: first_key(user) + 1,
            entries: entries(BOB),
            bob_is_there,
            tells_keys: false,
            proof: None,
            seen: String::new(),
            of_bob: String::new(),
        };
        world.settle().await?;
        Ok(world)
    }

    /// Takes the rows of Bob as they are for those that should stay.
    pub(super) async fn settle(&mut self) -> Result {
        self.of_bob = self.rows(BOB).await?;
        Ok(())
    }

    /// Says what a row of Bob looks like where this way shows it.
    pub(super) fn reads(&mut self, proof: &'static str) {
        self.proof = Some(proof);
    }

    /// Opens the page of a state.
    pub(super) async fn open<S: ModelState>(&mut self, state: &mut S) {
        let said = self.client.load(state).await;
        self.look("load", said, state).await;
    }

    /// Sends an event, and looks at the page.
    pub(super) async fn event<S: ModelState>(&mut self, state: &mut S, event: &str, args: &str) {
        let said = self.client.call(state, event, args).await;
        self.look(&format!("{event}{args}"), said, state).await;
    }

    /// Submits a form, and looks at the page.
    pub(super) async fn submit<S: ModelState>(
        &mut self,
        state: &mut S,
        event: &str,
        form: &[(&str, &str)],
    ) {
        let said = self.client.submit(state, event, form).await;
        self.look(&format!("{event} {form:?}"), said, state).await;
    }

    /// Submits a form with a file for each field that is named, and looks at the page.
    pub(super) async fn upload<S: ModelState>(
        &mut self,
        state: &mut S,
        event: &str,
        form: &[(&str, &str)],
        files: &[(&str, Option<&[u8]>)],
    ) {
        let said = uploads::submit(&self.client, state, event, form, files).await;
        let what = format!("{event} {form:?} with files");
        self.look(&what, said.map(|()| Vec::new()), state).await;
    }

    /// Notes what the user is told and sees.
    pub(super) async fn look<S: ModelState>(
        &mut self,
        what: &str,
        said: Result<Vec<String>>,
        state: &S,
    ) {
        self.note(format!("{what}: {said:?}"));
        let shown = async {
            format!(
                "{}{}{}{}{}{}",
                view::table(state),
                view::form(state),
                view::search(state),
                view::pagination(state),
                view::filters(state),
                view::bulk(state)
            )
        };
        let shown = self.client.cx().scope(shown).await;
        let core = state.core();
        self.note(format!(
            "{shown}\n{:?} {} of {}, {} rows, {} {}\n{} {:?} {:?} {:?} {}\n{}",
            core.data,
            core.page,
            core.page_count,
            core.total_count,
            core.has_previous,
            core.has_next,
            core.error,
            core.field_errors,
            core.editing_id,
            core.selected,
            core.conflict.is_some(),
            address(state),
        ));
    }

    /// Notes what the user gets.
    pub(super) fn note(&mut self, text: impl AsRef<str>) {
        self.seen.push_str(&without_new_keys(text.as_ref()));
        self.seen.push('\n');
    }

    /// Notes how the rows of a user stand in the database: new keys differ from one time to the other.
    async fn rows(&self, of: i64) -> Result<String> {
        let (db, mut text) = (&self.db, String::new());
        let folders = folder::Entity::find().order_by_asc(folder::Column::Id);
        let folders = folders.all(db).await?;
        let tags = tag::Entity::find().order_by_asc(tag::Column::Id);
        let tags = tags.all(db).await?;
        let links = tagged::Entity::find().order_by_asc(tagged::Column::TagId);
        let links = links.all(db).await?;
        let sheets = sheet::Entity::find().order_by_asc(sheet::Column::Id);
        let sheets = sheets.all(db).await?;
        let recorded = history::Entity::find().order_by_asc(history::Column::Id);
        let recorded = recorded.all(db).await?;
        let papers = paper::Entity::find().order_by_asc(paper::Column::Id);
        for row in papers.all(db).await? {
            if row.user_id != of {
                continue;
            }
            let folder = folders.iter().find(|it| Some(it.id) == row.folder_id);
            let folder = folder.map(|it| (it.user_id, &it.name));
            let links = links.iter().filter(|link| link.paper_id == row.id);
            let tags = links.filter_map(|link| tags.iter().find(|tag| tag.id == link.tag_id));
            let tags: Vec<_> = tags.map(|tag| (tag.user_id, &tag.name)).collect();
            let sheets = sheets.iter().filter(|sheet| sheet.paper_id == row.id);
            let sheets: Vec<_> = sheets.map(|sheet| &sheet.text).collect();
            let key = row.id.to_string();
            let writes = recorded.iter().filter(|entry| entry.row_key == key);
            let writes: Vec<_> = writes.map(|entry| &entry.action).collect();
            let (title, stars, approved, scan) = (row.title, row.stars, row.approved, row.scan);
            writeln!(
                text,
                "{title} {stars} {folder:?} {approved} {scan:?} {tags:?} {sheets:?} {writes:?}"
            )?;
        }
        let names = |user: i64, name: &str| (user == of).then(|| name.to_owned());
        let folders = folders.iter().filter_map(|it| names(it.user_id, &it.name));
        let tags = tags.iter().filter_map(|it| names(it.user_id, &it.name));
        let (folders, tags): (Vec<_>, Vec<_>) = (folders.collect(), tags.collect());
        writeln!(text, "{folders:?} {tags:?}")?;
        Ok(text)
    }
}

/// Tries a way by a user; the rows of Ann after it, and whether those of Bob are others.
async fn go(db: &Db, user: i64, bob_is_there: bool, way: Way) -> Result<(World, String, bool)> {
    let mut world = World::new(db, user, bob_is_there).await?;
    way(&mut world).await?;
    let of_ann = world.rows(ANN).await?;
    let is_changed = world.rows(BOB).await? != world.of_bob;
    Ok((world, of_ann, is_changed))
}

/// A text without the keys of child rows, which the database makes as it likes.
fn without_new_keys(text: &str) -> String {
    let mut parts = text.split("<input type=\"hidden\" name=\"sheets-");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once('>').map_or(part, |(_, rest)| rest));
    }
    kept
}

/// Two lines from a little before where they differ.
fn differing<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let same = one.chars().zip(other.chars());
    let same = same.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8());
    let mut from = same.sum::<usize>().saturating_sub(200);
    while !one.is_char_boundary(from) {
        from -= 1;
    }
    (&one[from..], &other[from..])
}

async fn check(db: &Db, name: &str, way: Way) -> Result {
    let (alone, rows_alone, _) = go(db, ANN, false, way).await?;
    let (beside, rows_beside, is_changed) = go(db, ANN, true, way).await?;
    assert!(!is_changed, "{name} changed rows of Bob");
    let leak = beside.seen.lines().find(|line| line.contains(SECRET));
    assert!(leak.is_none(), "{name} shows rows of Bob: {leak:?}");
    assert_eq!(rows_beside, rows_alone, "{name}: the rows of Ann");
    if !beside.tells_keys {
        for (with, without) in beside.seen.lines().zip(alone.seen.lines()) {
            let (with, without) = differing(with, without);
            assert_eq!(with, without, "{name} tells that Bob has rows");
        }
        assert_eq!(beside.seen, alone.seen, "{name} tells that Bob has rows");
    }
    let (own, _, is_changed) = go(db, BOB, true, way).await?;
    let leads = own
        .proof
        .map_or(is_changed, |proof| own.seen.contains(proof));
    assert!(leads, "{name} leads its owner nowhere: {}", own.seen);
    Ok(())
}

/// Ways for one kit, with their names.
pub(super) type Ways = [(&'static str, Way)];

/// Tries ways on the states with `owner_field` alone, then on those with `get_queryset` alone.
pub(super) async fn both(db: &Db, owned: &Ways, scoped: &Ways) -> Result {
    for (kit, ways) in [(Owned::NAME, owned), (Scoped::NAME, scoped)] {
        for (name, way) in ways {
            check(db, &format!("{kit}: {name}"), *way).await?;
        }
    }
    Ok(())
}
