//! Models whose rows go along when others are deleted: shelves in shelves, books on them and leaves in
//! those; and two that refer to each other.
#![expect(missing_docs, reason = "the columns say what they are")]

use rdj::{
    Result,
    orm::{Db, Tables, sea_orm::ConnectionTrait},
    prelude::*,
};

/// Stands on another shelf, or on none.
pub mod shelf {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "shelf")]
    #[rdj(app_label = "shelves", history)]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        pub name: String,
        pub parent_id: Option<i32>,
        #[sea_orm(
            self_ref,
            relation_enum = "Parent",
            from = "parent_id",
            to = "id",
            on_delete = "Cascade"
        )]
        pub parent: BelongsTo<Option<Entity>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Has a place on a shelf.
pub mod book {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "shelf_book")]
    #[rdj(app_label = "shelves", label = "Book", history)]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub shelf_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub place: i32,
        pub title: String,
        #[sea_orm(belongs_to, from = "shelf_id", to = "id", on_delete = "Cascade")]
        pub shelf: BelongsTo<super::shelf::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Is in a book.
pub mod leaf {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "shelf_leaf")]
    #[rdj(app_label = "shelves", label = "Leaf", history)]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        pub shelf_id: i32,
        pub place: i32,
        #[sea_orm(
            belongs_to,
            from = "(shelf_id, place)",
            to = "(shelf_id, place)",
            on_delete = "Cascade"
        )]
        pub book: BelongsTo<super::book::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A stamp in a book, which stays when the book goes.
pub mod mark {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "shelf_mark")]
    #[rdj(app_label = "shelves", label = "Mark")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        pub leaf_id: Option<i32>,
        #[sea_orm(belongs_to, from = "leaf_id", to = "id", on_delete = "SetNull")]
        pub leaf: BelongsTo<Option<super::leaf::Entity>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Comes from an egg.
pub mod hen {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "circle_hen")]
    #[rdj(app_label = "shelves", label = "Hen")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub egg_id: Option<i32>,
        #[sea_orm(belongs_to, from = "egg_id", to = "id", on_delete = "Cascade")]
        pub egg: BelongsTo<Option<super::egg::Entity>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Comes from a hen.
pub mod egg {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "circle_egg")]
    #[rdj(app_label = "shelves", label = "Egg", history)]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub hen_id: Option<i32>,
        #[sea_orm(belongs_to, from = "hen_id", to = "id", on_delete = "Cascade")]
        pub hen: BelongsTo<Option<super::hen::Entity>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A feather of a hen.
pub mod feather {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "circle_feather")]
    #[rdj(app_label = "shelves", label = "Feather")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        pub hen_id: i32,
        #[sea_orm(belongs_to, from = "hen_id", to = "id", on_delete = "Cascade")]
        pub hen: BelongsTo<super::hen::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Shelves by Django's permissions.
#[model_state(model = shelf::Entity, fields(name), model_permissions)]
#[derive(Debug)]
pub struct ShelvesState;

/// Hens by Django's permissions.
#[model_state(model = hen::Entity, fields(id), model_permissions)]
#[derive(Debug)]
pub struct HensState;

/// Makes the tables, with some rows: shelf 1 has shelf 2, which has shelf 3 with a book of one leaf;
/// shelf 4 is empty, shelf 5 stands on itself and has a book.
///
/// # Errors
///
/// The database fails.
pub async fn fill(db: &Db) -> Result {
    let tables = Tables::new().add(shelf::Entity).add(book::Entity);
    let tables = tables.add(leaf::Entity).add(mark::Entity);
    tables.create(db).await?;
    // two that need each other have no order in which they can be made
    let circle = "CREATE TABLE circle_egg (id integer PRIMARY KEY, hen_id integer);
        CREATE TABLE circle_hen (id integer PRIMARY KEY, egg_id integer);
        CREATE TABLE circle_feather (id integer PRIMARY KEY, hen_id integer);
        INSERT INTO circle_hen VALUES (1, NULL), (2, NULL), (3, 1);
        INSERT INTO circle_egg VALUES (1, 1);";
    let shelves = "INSERT INTO shelf (id, name, parent_id) VALUES
            (1, 'a', NULL), (2, 'b', 1), (3, 'c', 2), (4, 'd', NULL), (5, 'e', 5);
        INSERT INTO shelf_book VALUES (3, 1, 'Moby Dick'), (5, 1, 'Ulysses');
        INSERT INTO shelf_leaf (id, shelf_id, place) VALUES (1, 3, 1);
        INSERT INTO shelf_mark (id, leaf_id) VALUES (1, 1);";
    for statement in [circle, shelves].concat().split(';').map(str::trim) {
        if !statement.is_empty() {
            db.execute_unprepared(statement).await?;
        }
    }
    Ok(())
}
