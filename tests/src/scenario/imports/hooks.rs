//! Hooks and the model's own work, for rows that are written together.

use rdj::{
    orm::{
        Db,
        sea_orm::{EntityTrait, PaginatorTrait, QueryOrder},
    },
    prelude::*,
};

use super::{
    super::files::{import_all, send},
    artists, names,
};
use crate::{
    models::{genre, note},
    orm::Client,
};

/// Artists by the same table, with a model that works while it is saved.
pub mod singer {
    use rdj::orm::{
        prelude::*,
        sea_orm::{ActiveValue::NotSet, ActiveValue::Set, PaginatorTrait},
    };

    use crate::models::genre;

    /// An artist.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "artist")]
    #[rdj(app_label = "imports")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key)]
        pub id: i32,
        /// A name.
        pub name: String,
    }

    #[rdj::orm::sea_orm::prelude::async_trait::async_trait]
    impl ActiveModelBehavior for ActiveModel {
        async fn before_save<C: ConnectionTrait>(mut self, _: &C, _: bool) -> Result<Self, DbErr> {
            self.name = Set(self.name.as_ref().to_uppercase());
            Ok(self)
        }

        /// Says how many there are now, where the name asks for it.
        async fn after_save<C: ConnectionTrait>(
            model: Model,
            db: &C,
            _: bool,
        ) -> Result<Model, DbErr> {
            if model.name == "NOBODY" {
                return Err(DbErr::Custom("nobody sings".to_owned()));
            }
            if model.name.starts_with("COUNT") {
                let count = Entity::find().count(db).await?;
                let genre = genre::ActiveModel {
                    id: NotSet,
                    name: Set(format!("{} {count}", model.name)),
                };
                genre.insert(db).await?;
            }
            Ok(model)
        }
    }
}

/// Artists with a model that works.
#[model_state(model = singer::Entity, fields(name), import)]
#[derive(Debug)]
pub struct SingersState;

/// Notes with hooks that say what they see.
#[model_state(model = note::Entity, fields(title, priority), owner_field = user_id, import)]
#[derive(Debug)]
pub struct SeenState {
    /// What the hooks saw.
    pub seen: Vec<String>,
}

impl SeenHooks for SeenState {
    async fn before_save(&mut self, cx: &Cx, row: &mut note::ActiveModel, new: bool) -> Result {
        let count = note::Entity::find().count(&cx.db()?).await?;
        let title = row.title.as_ref().clone();
        self.seen.push(format!("before {title} {new} {count}"));
        Ok(())
    }
}

/// Notes that are written by hooks.
#[model_state(model = note::Entity, fields(title, priority), owner_field = user_id, import)]
#[derive(Debug)]
pub struct WrittenState {
    /// What the hooks saw.
    pub seen: Vec<String>,
}

impl WrittenHooks for WrittenState {
    async fn on_state_valid(
        &mut self,
        _: &Cx,
        row: note::ActiveModel,
    ) -> Result<note::ActiveModel> {
        self.seen.push(format!("valid {}", row.title.as_ref()));
        Ok(row)
    }

    // not async: what it returns is the future of the default
    fn perform_create(
        &mut self,
        cx: &Cx,
        new: note::ActiveModel,
    ) -> impl Future<Output = Result<note::Model>> + Send {
        self.seen.push(format!("created {}", new.title.as_ref()));
        base::perform_create(self, cx, new)
    }
}

/// Notes whose rows are looked at when they are written.
#[model_state(model = note::Entity, fields(title, priority), owner_field = user_id, import)]
#[derive(Debug)]
pub struct SavedState {
    /// What the hook saw.
    pub seen: Vec<String>,
}

impl SavedHooks for SavedState {
    async fn on_save_success(&mut self, _: &Cx, row: &note::Model) -> Result {
        assert_eq!(self.title, row.title, "the form is that of the row");
        self.seen.push(row.title.clone());
        Ok(())
    }
}

/// A hook that asks the database finds the rows before its own; one that needs the written row has it.
pub async fn hooks_see_rows_in_order(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut seen = SeenState::default();
    let file = "title,priority\na,1\nb,2\nc,3\nd,4\n";
    send(&ann, &mut seen, file).await?;
    assert_eq!(
        seen.seen,
        [
            "before a true 0",
            "before b true 1",
            "before c true 2",
            "before d true 3"
        ]
    );
    let mut written = WrittenState::default();
    send(&ann, &mut written, file).await?;
    assert_eq!(written.seen.len(), 8);
    assert_eq!(
        written.seen[..4],
        ["valid a", "created a", "valid b", "created b"]
    );
    let mut saved = SavedState::default();
    send(&ann, &mut saved, file).await?;
    assert_eq!(saved.seen, ["a", "b", "c", "d"]);
    let mut singers = SingersState::default();
    let refused = send(&ann, &mut singers, &artists(20, &[(12, "nobody")])).await;
    assert!(matches!(refused, Err(Error::Internal(_))), "{refused:?}");
    assert!(names(db).await?.is_empty());
    // the model's own work is done for each row, and sees no later one
    let file = artists(
        6,
        &[
            (2, "count a"),
            (3, "count b"),
            (4, "count c"),
            (6, "count d"),
        ],
    );
    import_all(&ann, &mut singers, &file).await?;
    let sung = [
        "COUNT A", "COUNT B", "COUNT C", "ARTIST 5", "COUNT D", "ARTIST 7",
    ];
    assert_eq!(names(db).await?, sung);
    let genres = genre::Entity::find()
        .order_by_asc(genre::Column::Id)
        .all(db);
    let genres: Vec<_> = genres.await?.into_iter().map(|row| row.name).collect();
    assert_eq!(genres, ["COUNT A 1", "COUNT B 2", "COUNT C 3", "COUNT D 5"]);
    Ok(())
}
