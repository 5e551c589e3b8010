//! What goes along when a row is deleted, and who may delete that.

use rdj::__private::runtime::dispatch::Call;
use rdj::{
    CurrentUser, State,
    orm::{
        Db,
        sea_orm::{EntityTrait, PaginatorTrait},
    },
    prelude::*,
};

use crate::{
    orm::Client,
    shelves::{HensState, ShelvesState, book, fill, hen, leaf, mark, shelf},
};

/// Who may delete rows of these models, and see all of them.
fn who(models: &[&str]) -> CurrentUser {
    let delete = models.iter().map(|model| format!("shelves.delete_{model}"));
    let view = ["shelf", "hen"].map(|model| format!("shelves.view_{model}"));
    CurrentUser::new(1, "ann").with_permissions(delete.chain(view))
}

/// Deletes a row: whether it is refused, and what is said.
async fn delete<S: State>(db: &Db, user: CurrentUser, state: &mut S, id: i32) -> (bool, String) {
    let cx = Client::of(db, user).cx();
    let args = format!("[{id}]");
    let call = Call {
        event: "delete",
        args: &args,
        form: None,
    };
    let done = state.dispatch(&cx, call).await;
    let refused = matches!(done, Err(Error::Denied));
    assert!(refused || done.is_ok(), "{done:?}");
    let messages = cx.messages().all();
    let texts: Vec<_> = messages.iter().map(|message| &*message.text).collect();
    (refused, texts.join(" "))
}

/// Rows of shelves, books and leaves.
async fn counts(db: &Db) -> Result<[u64; 3]> {
    Ok([
        shelf::Entity::find().count(db).await?,
        book::Entity::find().count(db).await?,
        leaf::Entity::find().count(db).await?,
    ])
}

/// To delete takes the right for all that the database deletes along, if there is any.
pub async fn p12_the_right_for_all_that_goes_along(db: &Db) -> Result {
    fill(db).await?;
    let mut shelves = ShelvesState::default();
    for (models, named, not_named) in [
        (&["shelf"][..], &["Book", "Leaf"][..], &["Mark"][..]),
        (&["shelf", "book"], &["Leaf"], &["Book", "Mark"]),
        (&["shelf", "leaf"], &["Book"], &["Leaf", "Mark"]),
    ] {
        // the book stands two shelves deeper
        let (refused, said) = delete(db, who(models), &mut shelves, 1).await;
        assert!(refused, "{models:?}");
        assert!(said.contains("would also delete"), "{said}");
        for name in named {
            assert!(said.contains(name), "{models:?}: {said}");
        }
        for name in not_named {
            assert!(!said.contains(name), "{models:?}: {said}");
        }
    }
    assert_eq!(counts(db).await?, [5, 2, 1]);
    // nothing goes along here, nor a leaf there
    let refused = delete(db, who(&["shelf"]), &mut shelves, 4).await;
    assert!(!refused.0, "{refused:?}");
    let refused = delete(db, who(&["shelf", "leaf"]), &mut shelves, 5).await;
    assert!(refused.0 && refused.1.contains("Book"), "{refused:?}");
    let refused = delete(db, who(&["shelf", "book"]), &mut shelves, 5).await;
    assert!(!refused.0, "{refused:?}");
    assert_eq!(counts(db).await?, [3, 1, 1]);
    let all = who(&["shelf", "book", "leaf"]);
    let refused = delete(db, all, &mut shelves, 1).await;
    assert!(!refused.0, "{refused:?}");
    assert_eq!(counts(db).await?, [0, 0, 0]);
    assert_eq!(mark::Entity::find().count(db).await?, 1, "it stays");
    Ok(())
}

/// A superuser has all rights; who may not delete the row itself learns nothing of the others.
pub async fn p12_superusers_and_strangers(db: &Db) -> Result {
    fill(db).await?;
    let mut shelves = ShelvesState::default();
    let refused = delete(db, who(&["book"]), &mut shelves, 1).await;
    assert_eq!(refused, (true, String::new()));
    let root = CurrentUser::new(2, "root").with_superuser(true);
    let refused = delete(db, root, &mut shelves, 1).await;
    assert!(!refused.0, "{refused:?}");
    assert_eq!(counts(db).await?, [2, 1, 0]);
    Ok(())
}

/// Tables that refer to each other in a circle come to an end.
pub async fn p12_circles(db: &Db) -> Result {
    fill(db).await?;
    let mut hens = HensState::default();
    let refused = delete(db, who(&["hen"]), &mut hens, 2).await;
    assert!(!refused.0, "{refused:?}");
    let (refused, said) = delete(db, who(&["hen", "feather"]), &mut hens, 1).await;
    assert!(refused && said.contains("Egg"), "{said}");
    assert!(!said.contains("Feather"), "{said}");
    // hen 1 takes an egg, and that hen 3, which may have feathers: nobody counts them
    let (refused, said) = delete(db, who(&["hen", "egg"]), &mut hens, 1).await;
    assert!(refused && said.contains("Feather"), "{said}");
    let all = who(&["hen", "egg", "feather"]);
    let refused = delete(db, all, &mut hens, 1).await;
    assert!(!refused.0, "{refused:?}");
    assert_eq!(hen::Entity::find().count(db).await?, 1);
    Ok(())
}
