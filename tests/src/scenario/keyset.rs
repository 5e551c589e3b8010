//! Pages that are found by the row beside them, and pages that are not counted.

use rdj::{orm::Db, prelude::*, testing::SqlCount};

use super::songs::{address, fill, ids, read};
use crate::{models::track, orm::Client};

/// Songs whose pages are found by keys, in an order with NULL.
#[model_state(
    model = track::Entity,
    fields(name),
    ordering(composer, -price),
    ordering_fields(name, composer),
    search_fields(name),
    paginate_by = 3,
    pagination = keyset,
)]
#[derive(Debug)]
pub struct EndlessState;

/// Songs that are not counted.
#[model_state(
    model = track::Entity,
    fields(name),
    ordering(name),
    paginate_by = 3,
    count = none,
)]
#[derive(Debug)]
pub struct UncountedState;

/// All pages in both directions give the rows in the order of the whole list.
pub async fn keyset(db: &Db) -> Result {
    fill(db, 11).await?;
    let client = Client::anonymous(db);
    let mut all = EndlessState::default();
    client.call(&mut all, "set_page_size", "[100]").await?;
    let all = ids(&all.data);
    assert_eq!(all.len(), 11);

    let count = SqlCount::new(db);
    let client = Client::anonymous(&count.db());
    let mut songs = EndlessState::default();
    client.load(&mut songs).await?;
    assert_eq!((songs.has_previous, songs.has_next), (false, true));
    let mut seen = ids(&songs.data);
    while songs.has_next {
        let _ = count.take();
        client.call(&mut songs, "next_page", "[]").await?;
        let statements = count.take();
        assert_eq!(statements.len(), 1, "{statements:#?}");
        assert!(!statements[0].contains("OFFSET"), "{statements:#?}");
        seen.extend(ids(&songs.data));
    }
    assert_eq!(seen, all);
    let mut back = ids(&songs.data);
    while songs.has_previous {
        client.call(&mut songs, "prev_page", "[]").await?;
        back.splice(0..0, ids(&songs.data));
    }
    // the first page is always a full one, so it can show rows again
    assert_eq!(back[back.len() - 11 + 3..], all[3..]);
    assert_eq!(ids(&songs.data), all[..3]);

    client.call(&mut songs, "last_page", "[]").await?;
    assert_eq!(
        (ids(&songs.data), songs.has_next),
        (all[8..].to_vec(), false)
    );
    client.call(&mut songs, "prev_page", "[]").await?;
    assert_eq!(ids(&songs.data), all[5..8]);
    client.call(&mut songs, "first_page", "[]").await?;
    assert_eq!(
        (ids(&songs.data), songs.has_previous),
        (all[..3].to_vec(), false)
    );
    let refused = client.call(&mut songs, "go_to_page", "[3]").await;
    assert!(matches!(refused, Err(Error::BadArguments(_))));
    client.call(&mut songs, "set_search", "[\"none\"]").await?;
    assert_eq!(
        (songs.data.len(), songs.has_next, songs.has_previous),
        (0, false, false)
    );
    let _ = count.take();
    Ok(())
}

/// The address names the row beside the page.
pub async fn keyset_addresses(db: &Db) -> Result {
    fill(db, 11).await?;
    let client = Client::anonymous(db);
    let mut songs = EndlessState::default();
    client.load(&mut songs).await?;
    let last = songs.data[2].id;
    client.call(&mut songs, "next_page", "[]").await?;
    assert_eq!(address(&songs), format!("/songs?after={last}"));
    let mut again = EndlessState::default();
    read(&mut again, &format!("after={last}"))?;
    client.load(&mut again).await?;
    assert_eq!(
        (ids(&again.data), again.has_previous),
        (ids(&songs.data), true)
    );
    client.call(&mut songs, "last_page", "[]").await?;
    assert_eq!(address(&songs), "/songs?page=last");
    let mut other = EndlessState::default();
    read(&mut other, "page=last")?;
    client.load(&mut other).await?;
    assert_eq!(ids(&other.data), ids(&songs.data));
    // a row that is gone, and what is no key, give the first page
    for text in ["after=4711", "before=x", "after=%22x%22"] {
        let mut gone = EndlessState::default();
        read(&mut gone, text)?;
        client.load(&mut gone).await?;
        assert_eq!(
            (gone.has_previous, &*address(&gone)),
            (false, "/songs"),
            "{text}"
        );
    }
    let html = songs.pagination().to_string();
    assert!(
        html.contains("songs.first_page") || html.contains("first_page"),
        "{html}"
    );
    Ok(())
}

/// Without a count there is one statement for a page, and a next page where there is one.
pub async fn uncounted(db: &Db) -> Result {
    fill(db, 7).await?;
    let count = SqlCount::new(db);
    let client = Client::anonymous(&count.db());
    let mut songs = UncountedState::default();
    client.load(&mut songs).await?;
    let statements = count.take();
    assert_eq!(statements.len(), 1, "{statements:#?}");
    assert_eq!(
        (songs.page, songs.has_next, songs.has_previous),
        (1, true, false)
    );
    let html = songs.pagination().to_string();
    assert!(html.contains("Page 1") && !html.contains("of"), "{html}");
    for _ in 0..2 {
        client.call(&mut songs, "next_page", "[]").await?;
        let statements = count.take();
        assert_eq!(statements.len(), 1, "{statements:#?}");
    }
    assert_eq!(
        (songs.page, songs.has_next, songs.data.len()),
        (3, false, 1)
    );
    client.call(&mut songs, "next_page", "[]").await?;
    assert_eq!((songs.page, songs.data.len()), (3, 1));
    Ok(())
}
