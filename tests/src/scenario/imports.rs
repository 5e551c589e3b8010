//! Files of many rows, which are asked for and written together.

pub mod hooks;

use rdj::{
    orm::{
        Db,
        sea_orm::{
            ActiveModelTrait, ActiveValue::NotSet, ActiveValue::Set, EntityTrait, QueryOrder,
        },
    },
    prelude::*,
    testing::SqlCount,
};

pub use self::hooks::hooks_see_rows_in_order;
use super::files::{confirm, import_all, send};
use crate::{
    models::{
        album, artist,
        memos::memo,
        papers::{folder, paper},
    },
    orm::Client,
};

/// Artists whose names are looked up.
#[model_state(model = artist::Entity, fields(name), import)]
#[derive(Debug)]
pub struct ArtistsState;

/// Artists whose names only the database knows.
#[model_state(model = artist::Entity, fields(name), import, run_model_validation = false)]
#[derive(Debug)]
pub struct BareState;

/// Albums of artists.
#[model_state(model = album::Entity, fields(title, artist_id, guest_id, medium), import)]
#[derive(Debug)]
pub struct AlbumsState;

/// Memos with a history.
#[model_state(model = memo::Entity, fields(title, weight), owner_field = user_id, import)]
#[derive(Debug)]
pub struct MemosState;

/// Folders of the signed-in user.
#[model_state(model = folder::Entity, fields(name), owner_field = user_id)]
#[derive(Debug)]
pub struct FoldersState;

/// Papers in own folders.
#[model_state(
    model = paper::Entity,
    fields(title, stars, folder_id),
    owner_field = user_id,
    picker(folder_id = FoldersState),
    import,
)]
#[derive(Debug)]
pub struct PapersState;

/// What is wrong with a file.
async fn errors<S: ModelState>(ann: &Client, state: &mut S, file: &str) -> Result<Vec<String>> {
    send(ann, state, file).await?;
    let report = state.core().import_report().cloned().unwrap_or_default();
    assert_eq!(report.error_count, report.errors.len() as u64);
    let errors = report.errors.iter();
    Ok(errors
        .map(|error| format!("{} {}: {}", error.line, error.field, error.text))
        .collect())
}

async fn add_artist(db: &Db, name: &str) -> Result<i32> {
    let new = artist::ActiveModel {
        id: NotSet,
        name: Set(name.to_owned()),
    };
    Ok(new.insert(db).await?.id)
}

async fn names(db: &Db) -> Result<Vec<String>> {
    let all = artist::Entity::find().order_by_asc(artist::Column::Id);
    Ok(all.all(db).await?.into_iter().map(|row| row.name).collect())
}

/// A file of so many artists; some lines, counted from 2, are others.
fn artists(rows: usize, others: &[(usize, &str)]) -> String {
    let mut file = "name\n".to_owned();
    for line in 2..rows + 2 {
        match others.iter().find(|(own, _)| *own == line) {
            Some((_, name)) => file.push_str(name),
            None => add(&mut file, &format!("artist {line}")),
        }
        file.push('\n');
    }
    file
}

/// A file of lines that cannot be read: all are counted, the first ones told.
pub async fn unread_lines(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut artists = ArtistsState::default();
    let file = format!("name\ngood\n{}\"\"\n", "too,many\n".repeat(1200));
    send(&ann, &mut artists, &file).await?;
    let report = artists.import_report().cloned().unwrap_or_default();
    assert_eq!(report.error_count, 1201);
    let lines: Vec<u64> = report.errors.iter().map(|error| error.line).collect();
    assert_eq!(lines, (3..103).collect::<Vec<u64>>());
    assert!(names(db).await?.is_empty());
    Ok(())
}

/// An error in the middle of a chunk names its line and its field, whoever finds it; nothing is kept.
pub async fn errors_name_their_lines(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    add_artist(db, "Taken").await?;
    let long = "x".repeat(200);
    let file = artists(
        700,
        &[
            (98, "Taken"),
            (97, "\"\""),
            (650, &long),
            (400, "artist 200"),
        ],
    );
    let taken = "Name: Artist with this value already exists.";
    let checked = errors(&ann, &mut ArtistsState::default(), &file).await?;
    let bare = errors(&ann, &mut BareState::default(), &file).await?;
    for found in [checked, bare] {
        let lines: Vec<_> = found
            .iter()
            .filter_map(|error| error.split(' ').next())
            .collect();
        // SQLite takes texts of any length
        assert!(
            lines == ["97", "98", "400", "650"] || lines == ["97", "98", "400"],
            "{found:?}"
        );
        assert!(
            found.iter().all(|error| error.contains(" Name: ")),
            "{found:?}"
        );
        assert_eq!(
            found[1].split_once(": ").map(|at| at.1),
            found[2].split_once(": ").map(|at| at.1),
            "{taken}"
        );
    }
    assert_eq!(names(db).await?, ["Taken"]);
    Ok(())
}

/// Two rows of one file with the same unique value: the second one is wrong, however near it is.
pub async fn equal_values_in_one_file(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    for (first, second) in [(2, 3), (20, 21), (30, 499), (300, 900)] {
        let file = artists(1000, &[(first, "Abba"), (second, "Abba")]);
        for found in [
            errors(&ann, &mut ArtistsState::default(), &file).await?,
            errors(&ann, &mut BareState::default(), &file).await?,
        ] {
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(
                found[0].starts_with(&format!("{second} Name: ")),
                "{found:?}"
            );
        }
    }
    // other letters are another value, or not, as the database has it
    let file = artists(40, &[(20, "Abba"), (21, "ABBA")]);
    let checked = errors(&ann, &mut ArtistsState::default(), &file).await?;
    let bare = errors(&ann, &mut BareState::default(), &file).await?;
    assert_eq!(checked, bare);
    assert!(names(db).await?.is_empty());
    Ok(())
}

/// New, changed and unchanged rows in any order; a key that a row before brought.
pub async fn new_changed_unchanged(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let (abba, queen) = (
        add_artist(db, "Abba").await?,
        add_artist(db, "Queen").await?,
    );
    let mut file = "id,title,artist_id,medium\n".to_owned();
    for id in 1..=900 {
        add(&mut file, &format!("{id},Album {id},{abba},lp\n"));
    }
    import_all(&ann, &mut AlbumsState::default(), &file).await?;
    let mut file = "id,title,artist_id,medium\n".to_owned();
    for id in 1..=900 {
        let artist = if id % 100 == 0 { queen } else { abba };
        add(&mut file, &format!("{id},Album {id},{artist},lp\n"));
        if id % 300 == 0 {
            let new = 1000 + id;
            add(
                &mut file,
                &format!("{new},New,{abba},cd\n{new},Newer,{queen},cd\n,Free,{abba},cd\n"),
            );
        }
    }
    let mut albums = AlbumsState::default();
    send(&ann, &mut albums, &file).await?;
    let report = albums.import_report().cloned().ok_or(Error::NotFound)?;
    assert_eq!(report.errors, []);
    assert_eq!(
        (report.created, report.updated, report.unchanged),
        (6, 12, 891)
    );
    confirm(&ann, &mut albums, &report.token).await?;
    let all = album::Entity::find().all(db).await?;
    assert_eq!(all.len(), 906);
    let of = |artist| all.iter().filter(|row| row.artist_id == artist).count();
    assert_eq!((of(abba), of(queen)), (894, 12));
    assert_eq!(all.iter().filter(|row| row.title == "Newer").count(), 3);
    Ok(())
}

/// Rows and folders of somebody else are not there, among many that are; a key that is taken is refused.
pub async fn a_key_outside_of_the_scope(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut folders = Vec::new();
    for (user_id, name) in [(1, "mine"), (2, "hers")] {
        let new = folder::ActiveModel {
            id: NotSet,
            user_id: Set(user_id),
            name: Set(name.to_owned()),
        };
        folders.push(new.insert(db).await?.id);
    }
    let hers = paper::ActiveModel {
        id: NotSet,
        user_id: Set(2),
        title: Set("hers".to_owned()),
        stars: Set(1),
        approved: Set(false),
        folder_id: Set(None),
        scan: Set(None),
    };
    let hers = hers.insert(db).await?;
    let mut file = "id,title,stars,folder_id\n".to_owned();
    for line in 2..42 {
        match line {
            20 => add(&mut file, &format!("{},mine now,1,\n", hers.id)),
            30 => add(&mut file, &format!(",paper,1,{}\n", folders[1])),
            35 => file.push_str(",paper,1,99999\n"),
            _ => add(&mut file, &format!(",paper,1,{}\n", folders[0])),
        }
    }
    let found = errors(&ann, &mut PapersState::default(), &file).await?;
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].starts_with("20 "), "{found:?}");
    // a folder of somebody else is refused as one that is not there
    let (theirs, none) = (found[1].strip_prefix("30 "), found[2].strip_prefix("35 "));
    assert!(theirs.is_some() && theirs == none, "{found:?}");
    assert_eq!(paper::Entity::find().all(db).await?, [hers]);
    Ok(())
}

/// Each new row of a file has its entry in the history, after its own.
pub async fn many_with_a_history(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut file = "title\n".to_owned();
    for line in 0..30 {
        add(&mut file, &format!("memo {line}\n"));
    }
    import_all(&ann, &mut MemosState::default(), &file).await?;
    let memos = memo::Entity::find()
        .order_by_asc(memo::Column::Id)
        .all(db)
        .await?;
    let entries = rdj::orm::history::Entity::find().all(db).await?;
    assert_eq!((memos.len(), entries.len()), (30, 30));
    for (place, memo) in memos.iter().enumerate() {
        assert_eq!(memo.title, format!("memo {place}"));
        let key = memo.id.to_string();
        let own: Vec<_> = entries
            .iter()
            .filter(|entry| entry.row_key == key)
            .collect();
        assert_eq!(own.len(), 1);
        assert!(own[0].changes.contains(&memo.title), "{}", own[0].changes);
    }
    Ok(())
}

/// A thousand rows take a few statements, and so does it to find that all of them are there already.
pub async fn few_statements(db: &Db) -> Result {
    let count = SqlCount::new(db);
    let ann = Client::new(&count.db(), 1);
    let abba = add_artist(db, "Abba").await?;
    let mut file = "id,title,artist_id,medium\n".to_owned();
    for id in 1..=1000 {
        add(&mut file, &format!("{id},Album {id},{abba},lp\n"));
    }
    let mut albums = AlbumsState::default();
    send(&ann, &mut albums, &file).await?;
    let new = count.take();
    let report = albums.import_report().cloned().ok_or(Error::NotFound)?;
    assert_eq!((report.created, report.error_count), (1000, 0));
    // eleven inserts, which MariaDB has read back
    assert!(new.len() <= 30, "{}: {new:#?}", new.len());
    confirm(&ann, &mut albums, &report.token).await?;
    let _ = count.take();
    send(&ann, &mut albums, &file).await?;
    let unchanged = count.take();
    let report = albums.import_report().cloned().ok_or(Error::NotFound)?;
    assert_eq!((report.unchanged, report.error_count), (1000, 0));
    assert!(unchanged.len() <= 8, "{unchanged:#?}");
    let names = artists(1000, &[]);
    send(&ann, &mut ArtistsState::default(), &names).await?;
    let unique = count.take();
    assert!(unique.len() <= 30, "{}: {unique:#?}", unique.len());
    Ok(())
}

/// Adds a piece to a file.
fn add(file: &mut String, piece: &str) {
    file.push_str(piece);
}
