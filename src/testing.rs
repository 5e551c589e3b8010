//! Contexts for tests of handlers, without a server: see [`TestCx`].
//!
//! With the feature `testing` there is `TestSite` too: a client that opens the pages of an application in
//! the same process, finds controls by label, types, clicks and compares. `docs/testing.md` is its guide.
//!
//! # Ownership
//!
//! What another user owns does not exist, whatever key the browser sends:
//!
//! ```
//! mod note {
//!     use rdj::orm::prelude::*;
//!
//!     #[sea_orm::model]
//!     #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
//!     #[sea_orm(table_name = "note")]
//!     pub struct Model {
//!         #[sea_orm(primary_key)]
//!         pub id: i64,
//!         pub user_id: i64,
//!         pub title: String,
//!     }
//!
//!     impl ActiveModelBehavior for ActiveModel {}
//! }
//!
//! use rdj::{CurrentUser, prelude::*, testing::TestCx};
//!
//! #[rdj::model_state(model = note::Entity, fields(title), owner_field = user_id)]
//! pub struct NotesState;
//!
//! # #[tokio::main]
//! # async fn main() -> rdj::Result {
//! let db = rdj::orm::connect("sqlite::memory:").await?;
//! rdj::orm::Tables::new().add(note::Entity).create(&db).await?;
//! let of = |id, name| TestCx::new().user(&CurrentUser::new(id, name)).resource(db.clone());
//!
//! // Ann saves a note, as her browser does
//! let mut notes = NotesState::default();
//! of(1, "ann").form([("title", "Milk")]).event(&mut notes, "save", ()).await?;
//!
//! // Bob cannot delete it
//! let bob = of(2, "bob");
//! bob.event(&mut NotesState::default(), "delete", (1,)).await.ok();
//! of(1, "ann").run(async |cx| notes.on_load(cx).await).await?;
//! assert_eq!(notes.data.len(), 1);
//!
//! // an empty title is refused, and nothing is saved
//! let mut form = NotesState::default();
//! of(1, "ann").form([("title", "")]).event(&mut form, "save", ()).await.ok();
//! assert!(form.field_errors.get("title").is_some());
//! # Ok(())
//! # }
//! ```
//!
//! # Statements
//!
//! [`SqlCount`] says what a handler asks the database: a list whose statements grow with its rows is
//! found by a test.
//!
//! ```
//! # mod track {
//! #     use rdj::orm::prelude::*;
//! #     #[sea_orm::model]
//! #     #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
//! #     #[sea_orm(table_name = "track")]
//! #     pub struct Model {
//! #         #[sea_orm(primary_key)]
//! #         pub id: i64,
//! #         pub name: String,
//! #     }
//! #     impl ActiveModelBehavior for ActiveModel {}
//! # }
//! # use rdj::{prelude::*, testing::{SqlCount, TestCx}};
//! # #[rdj::model_state(model = track::Entity, fields(name))]
//! # pub struct TracksState;
//! # #[tokio::main]
//! # async fn main() -> rdj::Result {
//! # let db = rdj::orm::connect("sqlite::memory:").await?;
//! # rdj::orm::Tables::new().add(track::Entity).create(&db).await?;
//! # let mut tracks = TracksState::default();
//! let count = SqlCount::new(&db);
//! let test = TestCx::new().resource(count.db());
//! test.run(async |cx| tracks.on_load(cx).await).await?;
//! let statements = count.take();
//! assert!(statements.len() <= 5, "{statements:#?}");
//! # Ok(())
//! # }
//! ```

pub use rdj_orm::db::SqlCount;
pub use rdj_runtime::testing::*;
