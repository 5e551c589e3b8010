//! An application's users in memory, and browsers that talk to it.

use std::sync::Arc;

use http::Request;
use rdj_auth::{
    Auth, AuthSettings, AuthTables, CxAuth, Db, Error, LoginError, NewUser, Result,
    entity::user,
    password::{Argon2id, Hashers, Pbkdf2},
};
use rdj_runtime::{CurrentUser, Cx, Resources, session::Session};
use tower_sessions::{MemoryStore, SessionStore};

pub(crate) const SECRET: &str = "a secret of the tests of rdj-auth, long enough to be no warning";
pub(crate) const PASSWORD: &str = "correct horse";

/// Hashes that take no time.
pub(crate) fn fast() -> Hashers {
    Hashers::new(Argon2id::new(64, 1, 1)).reads(Pbkdf2::new(1000))
}

pub(crate) fn settings() -> AuthSettings {
    AuthSettings {
        secret_key: Some(SECRET.into()),
        hashers: fast(),
        ..AuthSettings::default()
    }
}

pub(crate) async fn memory() -> Result<Db> {
    let db = rdj_orm::connect("sqlite::memory:").await?;
    AuthTables::create(&db).await?;
    rdj_auth::permission::sync(&db).await?;
    Ok(db)
}

pub(crate) async fn auth() -> Result<Auth> {
    Auth::new(memory().await?, settings())
}

/// With the user `ann`.
pub(crate) async fn with_ann() -> Result<(Auth, user::Model)> {
    let auth = auth().await?;
    let ann = make(&auth, "ann").await?;
    Ok((auth, ann))
}

pub(crate) async fn make(auth: &Auth, name: &str) -> Result<user::Model> {
    let email = format!("{name}@example.com");
    let new = NewUser::new(name).password(PASSWORD).email(&email);
    Ok(auth.users(auth.db()).create_user(new).await?)
}

/// A browser: a store of sessions and the id in its cookie.
#[derive(Clone, Debug, Default)]
pub(crate) struct Browser {
    store: MemoryStore,
    session: Option<tower_sessions::session::Id>,
}

impl Browser {
    /// Another browser of the same server.
    pub(crate) fn other(&self) -> Self {
        Self {
            store: self.store.clone(),
            session: None,
        }
    }

    pub(crate) fn id(&self) -> String {
        self.session.map(|id| id.to_string()).unwrap_or_default()
    }

    /// Whether the server has the session of this browser.
    pub(crate) async fn is_stored(&self) -> Result<bool> {
        let Some(id) = self.session else {
            return Ok(false);
        };
        Ok(self.store.load(&id).await?.is_some())
    }

    pub(crate) fn session(&self) -> Session {
        Session::new(self.session, Arc::new(self.store.clone()), None)
    }

    /// One request: the context of a handler, behind the auth layer.
    pub(crate) async fn open(&self, auth: &Auth) -> Result<Cx> {
        let session = self.session();
        let user = user_of(auth, &session).await?;
        let mut request = Request::new(());
        request.extensions_mut().insert(session);
        if let Some(user) = user {
            request.extensions_mut().insert(user);
        }
        let mut resources = Resources::default();
        resources.insert(auth.clone());
        let (parts, ()) = request.into_parts();
        Ok(Cx::new(parts, Vec::new(), None, Arc::new(resources)))
    }

    /// The end of a request: what the session layer does.
    pub(crate) async fn close(&mut self, cx: &Cx) -> Result {
        let session = cx.session()?;
        if session.is_modified() {
            session.save().await?;
        }
        self.session = session.id();
        Ok(())
    }

    pub(crate) async fn try_login(
        &mut self,
        auth: &Auth,
        name: &str,
        password: &str,
    ) -> Result<Result<CurrentUser, LoginError>> {
        let cx = self.open(auth).await?;
        let done = cx.login(name, password).await?;
        self.close(&cx).await?;
        Ok(done)
    }

    pub(crate) async fn login(&mut self, auth: &Auth, name: &str) -> Result<CurrentUser> {
        let done = self.try_login(auth, name, PASSWORD).await?;
        done.map_err(|error| Error::internal(error.to_string()))
    }

    pub(crate) async fn logout(&mut self, auth: &Auth) -> Result {
        let cx = self.open(auth).await?;
        cx.logout().await?;
        self.close(&cx).await
    }

    /// Who the server sees in the next request.
    pub(crate) async fn user(&mut self, auth: &Auth) -> Result<Option<CurrentUser>> {
        let cx = self.open(auth).await?;
        let user = cx.user();
        self.close(&cx).await?;
        Ok(user)
    }

    pub(crate) async fn put(&mut self, auth: &Auth, key: &str, value: &str) -> Result {
        let cx = self.open(auth).await?;
        cx.session()?.insert(key, value).await?;
        self.close(&cx).await
    }

    pub(crate) async fn get(&self, key: &str) -> Result<Option<String>> {
        Ok(self.session().get(key).await?)
    }
}

/// Sends a request with the session through the layer.
async fn user_of(auth: &Auth, session: &Session) -> Result<Option<CurrentUser>> {
    use tower::{Layer as _, ServiceExt as _};

    let inner = tower::service_fn(|request: axum::extract::Request| async move {
        let user = request.extensions().get::<CurrentUser>().cloned();
        let mut response: axum::response::Response = axum::response::Response::default();
        response.extensions_mut().insert(user);
        Ok(response)
    });
    let mut request = axum::extract::Request::default();
    request.extensions_mut().insert(session.clone());
    let service = rdj_auth::AuthLayer::new(auth.clone()).layer(inner);
    let response = service.oneshot(request).await?;
    let user = response.extensions().get::<Option<CurrentUser>>();
    user.cloned()
        .ok_or_else(|| Error::internal(response.status().to_string()))
}
