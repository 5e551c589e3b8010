//! A database that both sides have, and an application over it.

use std::{env, fs, path::PathBuf, process};

use rdj::{
    App, AppDatabase as _, Error, Result, Stage,
    auth::{
        AppAuth as _, AppAuthPages as _, Auth, AuthPages, AuthSettings, AuthTables, permission,
        settings::Secret,
    },
    orm::{
        Db, Tables, connect, connect_with,
        sea_orm::{ConnectOptions, ConnectionTrait as _},
    },
    session,
};

use super::{
    Django, note,
    pages::{EditorPage, LoginPage, MePage, NewsroomPage},
};
use crate::Server;

/// The secret key of both sides.
const SECRET: &str = "two frameworks that share a database also share one secret key";

/// A database of its own for one test.
#[derive(Debug)]
pub struct Site {
    /// The database as rdj sees it.
    pub db: Db,
    name: String,
    /// Its address for Django.
    url: String,
    folder: Option<PathBuf>,
}

impl Site {
    /// A SQLite file.
    ///
    /// # Errors
    ///
    /// The file cannot be made.
    pub async fn sqlite(name: &str) -> Result<Self> {
        let folder = env::temp_dir().join(format!("rdj-django-{}-{name}", process::id()));
        fs::create_dir_all(&folder).map_err(|error| Error::internal(error.to_string()))?;
        let file = folder.join("site.sqlite");
        Ok(Self {
            db: connect(&format!("sqlite://{}?mode=rwc", file.display())).await?,
            name: name.to_owned(),
            url: format!("sqlite://{}", file.display()),
            folder: Some(folder),
        })
    }

    /// A schema of the server of `RDJ_TEST_POSTGRES`.
    ///
    /// # Errors
    ///
    /// The server does not answer.
    pub async fn postgres(name: &str) -> Result<Self> {
        let server = env::var("RDJ_TEST_POSTGRES").map_err(|_| {
            Error::internal(
                "RDJ_TEST_POSTGRES is not set. Run `scripts/test`, which starts a PostgreSQL server \
                 and sets it, or set it to an address such as \
                 postgres://postgres@127.0.0.1:5432/postgres",
            )
        })?;
        let schema = format!("rdj_django_{name}");
        let sql = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
        connect(&server).await?.execute_unprepared(&sql).await?;
        let mut options = ConnectOptions::new(&server);
        options.set_schema_search_path(&schema).max_connections(4);
        Ok(Self {
            db: connect_with(options).await?,
            name: name.to_owned(),
            url: format!("{server}?schema={schema}"),
            folder: None,
        })
    }

    /// A second database of the same kind, empty.
    ///
    /// # Errors
    ///
    /// As for the first one.
    pub async fn second(&self) -> Result<Self> {
        let name = format!("{}_second", self.name);
        if self.folder.is_some() {
            Self::sqlite(&name).await
        } else {
            Self::postgres(&name).await
        }
    }

    /// Starts Django, which writes its default hashes.
    #[must_use]
    pub fn django(&self) -> Django {
        Django::start(&self.url, SECRET, "pbkdf2_sha256")
    }

    /// Starts a Django that prefers Argon2, as rdj does.
    #[must_use]
    pub fn django_with_argon2(&self) -> Django {
        Django::start(&self.url, SECRET, "argon2")
    }

    /// Starts Django on an empty database and lets it make all tables; then rdj adds its own ones.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn made_by_django(&self) -> Result<Django> {
        let mut django = self.django();
        django.manage("migrate", &[]).await;
        AuthTables::create(&self.db).await?;
        permission::sync(&self.db).await?;
        Ok(django)
    }

    /// Lets rdj make the tables and permissions of users and notes.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn made_by_rdj(&self) -> Result {
        AuthTables::create(&self.db).await?;
        let notes = Tables::new().add(note::Entity);
        notes.create(&self.db).await?;
        permission::sync(&self.db).await?;
        Ok(())
    }

    /// The users as rdj sees them.
    ///
    /// # Errors
    ///
    /// A setting is wrong.
    pub fn auth(&self) -> Result<Auth> {
        let settings = AuthSettings {
            secret_key: Some(Secret::new(SECRET)),
            ..AuthSettings::default()
        };
        Auth::new(self.db.clone(), settings)
    }

    /// Serves an application with the pages of sign-in and guarded pages.
    ///
    /// # Errors
    ///
    /// A setting is wrong.
    pub async fn serve(&self) -> Result<Server> {
        let app = App::new()
            .page::<MePage>()
            .page::<EditorPage>()
            .page::<NewsroomPage>()
            .database(self.db.clone())
            .layer_at(Stage::Session, session::memory())
            .auth(self.auth()?)
            .auth_pages(AuthPages::new().login::<LoginPage>());
        Ok(Server::start(app).await)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = fs::remove_dir_all(folder);
        }
    }
}
