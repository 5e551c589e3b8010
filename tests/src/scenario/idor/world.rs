//! Two users, their rows, and what one of them is shown.
//!
//! Each way to a row is tried three times: by Ann where Bob has no rows, by Ann where Bob has some, and by
//! Bob. The first two must look the same to Ann, down to numbers of pages and texts of errors; the third
//! must reach the rows, or it would be no way.

use std::fmt::Write as _;

use futures_util::future::BoxFuture;
use rdj::{
    orm::{
        Db,
        sea_orm::{ActiveModelTrait as _, EntityTrait, QueryOrder as _, Set},
        view,
    },
    prelude::*,
};

use super::{
    super::songs::address,
    states::{Kit, owned::Owned, scoped::Scoped},
};
use crate::{
    models::papers::{folder, paper, tag, tagged},
    orm::Client,
};

/// Stands in all texts of Bob, and nowhere else.
pub(super) const SECRET: &str = "secret";
/// What an attack writes.
pub(super) const FORGED: &str = "HACKED";

const ANN: i64 = 1;
const BOB: i64 = 2;

/// The first key of a user's rows: they cannot be mixed up.
fn first_key(user: i64) -> i64 {
    user * 1_000
}

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
        self.seen.push_str(text.as_ref());
        self.seen.push('\n');
    }

    /// Notes how the rows of a user stand in the database: new keys differ from one time to the other.
    async fn rows(&self, of: i64) -> Result<String> {
        let (db, mut text) = (&self.db, String::new());
        let papers = paper::Entity::find().order_by_asc(paper::Column::Id);
        for row in papers.all(db).await? {
            if row.user_id != of {
                continue;
            }
            let tags = tagged::Entity::find().all(db).await?.into_iter();
            let tags = tags.filter(|link| link.paper_id == row.id);
            let tags: Vec<_> = tags.map(|link| link.tag_id).collect();
            let (title, stars, folder) = (&row.title, row.stars, row.folder_id);
            writeln!(text, "{title} {stars} {folder:?} {} {tags:?}", row.approved)?;
        }
        let folders = folder::Entity::find().order_by_asc(folder::Column::Id);
        let folders = folders.all(db).await?.into_iter();
        let tags = tag::Entity::find().order_by_asc(tag::Column::Id);
        let tags = tags.all(db).await?.into_iter();
        let folders: Vec<_> = folders.filter(|row| row.user_id == of).collect();
        let tags: Vec<_> = tags.filter(|row| row.user_id == of).collect();
        writeln!(text, "{folders:?} {tags:?}")?;
        Ok(text)
    }
}

/// Papers of Ann, who is user 1, from the key 1001 on, and of Bob, who is user 2, from 2001 on.
pub async fn two_users(db: &Db) -> Result {
    fill(db, ANN, ["b milk", "d bread", "f eggs"]).await?;
    fill(db, BOB, ["a secret", "c secret", "e secret"]).await
}

async fn fill(db: &Db, user: i64, titles: [&str; 3]) -> Result {
    let first = first_key(user);
    let name = if user == BOB { "secret place" } else { "place" };
    let folder = folder::ActiveModel {
        id: Set(first),
        user_id: Set(user),
        name: Set(name.to_owned()),
    };
    folder.insert(db).await?;
    let tag = tag::ActiveModel {
        id: Set(first),
        user_id: Set(user),
        name: Set(name.to_owned()),
    };
    tag.insert(db).await?;
    for (key, title) in (first + 1..).zip(titles) {
        let row = paper::ActiveModel {
            id: Set(key),
            user_id: Set(user),
            title: Set(title.to_owned()),
            stars: Set(if user == BOB { 9 } else { 1 }),
            approved: Set(false),
            folder_id: Set(Some(first)),
        };
        row.insert(db).await?;
    }
    // a paper with tags could not be deleted
    let link = tagged::ActiveModel {
        paper_id: Set(first + 1),
        tag_id: Set(first),
    };
    link.insert(db).await?;
    Ok(())
}

/// Tries a way by a user; the rows of Ann after it, and whether those of Bob are others.
async fn go(db: &Db, user: i64, bob_is_there: bool, way: Way) -> Result<(World, String, bool)> {
    let mut world = World::new(db, user, bob_is_there).await?;
    way(&mut world).await?;
    let of_ann = world.rows(ANN).await?;
    let is_changed = world.rows(BOB).await? != world.of_bob;
    Ok((world, of_ann, is_changed))
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
