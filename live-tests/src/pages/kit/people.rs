//! Pages: users who sign in, with rows of their own beside those that all share.

use rdj::{
    App,
    auth::{
        AppAuth as _, AppAuthPages as _, Auth, AuthPages, AuthSettings, AuthState, AuthTables,
        NewUser,
        password::{Argon2id, Hashers},
    },
    orm::{Db, Tables},
    prelude::*,
};

use super::NotesState;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// What one user writes down.
pub mod secret {
    use rdj::orm::prelude::*;

    /// What one user writes down.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "kit_secret")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose it is.
        pub user_id: i32,
        /// The text.
        #[rdj(label = "Secret", max_length = 40)]
        pub text: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The secrets of the signed-in user.
#[rdj::model_state(
    model = secret::Entity,
    fields(text),
    ordering(id),
    list_display(text),
    owner_field = user_id
)]
pub struct SecretsState;

/// The own secrets, and the notes of all.
#[rdj::page(
    route = "/kit/drawer",
    template = "kit/drawer.html",
    title = "Drawer",
    login,
    discover = false
)]
pub struct DrawerPage {
    /// Those of the user.
    pub secrets: SecretsState,
    /// Those that all share.
    pub notes: NotesState,
    /// Who is signed in.
    pub auth: AuthState,
}

/// The application with users of these names, who sign in at `/login`.
///
/// # Errors
///
/// The database fails.
pub async fn app(db: &Db, names: &[&str]) -> Result<App> {
    AuthTables::create(db).await?;
    Tables::new().add(secret::Entity).create(db).await?;
    let settings = AuthSettings {
        secret_key: Some("a key of these tests, long enough to be a good one: 0123456789".into()),
        // nobody is here to steal the hashes
        hashers: Hashers::new(Argon2id::new(8, 1, 1)),
        ..AuthSettings::default()
    };
    let auth = Auth::new(db.clone(), settings)?;
    for name in names {
        let new = NewUser::new(*name).password(PASSWORD);
        let made = auth.users(db).create_user(new).await;
        made.map_err(|error| Error::internal(error.to_string()))?;
    }
    Ok(super::app(db)
        .await?
        .page::<DrawerPage>()
        .sessions(rdj::session::memory())
        .auth(auth)
        .auth_pages(AuthPages::new().site_origin("https://kit.example")))
}
