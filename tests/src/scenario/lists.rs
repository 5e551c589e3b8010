//! Searching, ordering, paging, and the page's address.

use rdj::{
    __private::runtime::state::{Address, Query},
    Entries, State,
    prelude::*,
};

use super::notes::{NotesState, add};
use crate::orm::Client;

fn titles(notes: &NotesState) -> Vec<&str> {
    notes.data.iter().map(|row| row.title.as_str()).collect()
}

async fn found(client: &Client, search: &str) -> Result<Vec<String>> {
    let mut notes = NotesState::default();
    let args = format!("[{search:?}]");
    client.call(&mut notes, "set_search", &args).await?;
    Ok(titles(&notes).into_iter().map(str::to_owned).collect())
}

/// Words, case, and characters that LIKE knows.
pub async fn searching(db: &rdj::orm::Db) -> Result {
    let ann = Client::new(db, 1);
    for title in [
        "100% wool",
        "100 wool",
        "snake_case",
        "snakeXcase",
        "Äpfel!",
        "back\\slash",
    ] {
        add(&ann, title).await?;
    }
    assert_eq!(found(&ann, "100%").await?, ["100% wool"]);
    assert_eq!(found(&ann, "e_c").await?, ["snake_case"]);
    assert_eq!(found(&ann, "WOOL 100").await?, ["100 wool", "100% wool"]);
    assert_eq!(found(&ann, "wool snake").await?, [""; 0]);
    assert_eq!(found(&ann, "äpfel!").await?, ["Äpfel!"]);
    assert_eq!(found(&ann, "k\\s").await?, ["back\\slash"]);
    assert_eq!(found(&ann, "'; drop table note").await?, [""; 0]);
    Ok(())
}

/// Pages are clamped, orders are total.
pub async fn paging(db: &rdj::orm::Db) -> Result {
    let ann = Client::new(db, 1);
    for title in ["a", "b", "c", "d", "e"] {
        add(&ann, title).await?;
    }
    let mut notes = NotesState::default();
    ann.load(&mut notes).await?;
    assert_eq!((notes.page_count, notes.total_count), (3, 5));
    assert_eq!(titles(&notes), ["e", "d"]);
    ann.call(&mut notes, "prev_page", "[]").await?;
    assert_eq!(notes.page, 1);
    for page in ["2", "3", "99", "18446744073709551615"] {
        ann.call(&mut notes, "go_to_page", &format!("[{page}]"))
            .await?;
    }
    assert_eq!((notes.page, titles(&notes)), (3, vec!["a"]));
    ann.call(&mut notes, "next_page", "[]").await?;
    assert_eq!(notes.page, 3);
    ann.call(&mut notes, "set_page_size", "[1000]").await?;
    assert_eq!((notes.page_size, notes.page, notes.data.len()), (100, 1, 5));
    ann.call(&mut notes, "set_page_size", "[0]").await?;
    assert_eq!((notes.page_size, notes.page_count), (1, 5));
    ann.call(&mut notes, "set_page_size", "[\"2\"]").await?;
    // all have the same priority: the key decides
    ann.call(&mut notes, "set_ordering", "[\"priority\"]")
        .await?;
    assert_eq!(titles(&notes), ["a", "b"]);
    ann.call(&mut notes, "set_ordering", "[\"-priority\"]")
        .await?;
    assert_eq!(titles(&notes), ["e", "d"]);
    // the last row of the last page is deleted
    ann.call(&mut notes, "go_to_page", "[3]").await?;
    let last = notes.data[0].id;
    ann.call(&mut notes, "delete", &format!("[{last}]")).await?;
    assert_eq!((notes.page, notes.page_count), (2, 2));
    Ok(())
}

fn address(notes: &NotesState) -> String {
    let mut address = Address::new("/notes");
    notes.write_query(&mut address);
    address.into_text()
}

fn read(notes: &mut NotesState, text: &str) -> Result {
    let entries = Entries::parse(text.as_bytes())?;
    notes.read_query(&Query::new(&entries, None));
    Ok(())
}

/// A page can be rebuilt from its address.
pub async fn addresses(db: &rdj::orm::Db) -> Result {
    let ann = Client::new(db, 1);
    let mut id = 0;
    for title in ["wool 1", "wool 2", "wool 3", "silk"] {
        id = add(&ann, title).await?;
    }
    let mut notes = NotesState::default();
    ann.load(&mut notes).await?;
    assert_eq!(address(&notes), "/notes");
    ann.call(&mut notes, "set_search", "[\"wool\"]").await?;
    ann.call(&mut notes, "set_ordering", "[\"-title\"]").await?;
    ann.call(&mut notes, "next_page", "[]").await?;
    ann.call(&mut notes, "start_edit", &format!("[{id}]"))
        .await?;
    let text = format!("search=wool&page=2&ordering=-title&edit={id}");
    assert_eq!(address(&notes), format!("/notes?{text}"));

    let mut again = NotesState::default();
    read(&mut again, &text)?;
    ann.load(&mut again).await?;
    assert_eq!((titles(&again), &*again.title), (vec!["wool 1"], "silk"));
    assert_eq!(address(&again), address(&notes));

    let mut other = NotesState::default();
    read(
        &mut other,
        "page=x&page_size=9999999&ordering=user_id&edit=424242",
    )?;
    let said = ann.load(&mut other).await?;
    assert_eq!(said, ["Note not found."]);
    assert_eq!(
        (other.page, other.page_size, &*other.ordering),
        (1, 100, "")
    );
    Ok(())
}
