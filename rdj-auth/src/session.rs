//! Who a session belongs to.

use std::sync::Arc;

use rdj_runtime::{Result, session::Session};
use serde_json::Value;

use crate::{
    auth::{Auth, Signed},
    crypto::same,
};

const USER: &str = "_auth_user_id";
const BACKEND: &str = "_auth_user_backend";
const HASH: &str = "_auth_user_hash";

/// What a session says about its user.
pub(crate) struct Claim {
    pub(crate) id: i64,
    /// The place of the backend.
    pub(crate) backend: usize,
    hash: String,
}

/// What stands in a session.
enum Claimed {
    Nobody,
    User(Claim),
    /// Something that this application has not written, or not with these backends.
    Nonsense,
}

async fn claimed(auth: &Auth, session: &Session) -> Result<Claimed> {
    let text = async |key: &str| -> Result<Option<String>> {
        let value = session.get_value(key).await?;
        Ok(value.map(|value| match value {
            Value::String(text) => text,
            other => other.to_string(),
        }))
    };
    let Some(id) = text(USER).await? else {
        return Ok(Claimed::Nobody);
    };
    let backend = text(BACKEND).await?.unwrap_or_default();
    let claim = id.parse().ok().zip(auth.backend_named(&backend));
    let Some((id, backend)) = claim else {
        return Ok(Claimed::Nonsense);
    };
    let hash = text(HASH).await?.unwrap_or_default();
    Ok(Claimed::User(Claim { id, backend, hash }))
}

/// What the session says about its user, without a check.
pub(crate) async fn claim(auth: &Auth, session: &Session) -> Result<Option<Claim>> {
    Ok(match claimed(auth, session).await? {
        Claimed::User(claim) => Some(claim),
        Claimed::Nobody | Claimed::Nonsense => None,
    })
}

/// The user of a session; one that belongs to nobody any more is emptied.
pub(crate) async fn identify(auth: &Auth, session: &Session) -> Result<Option<Arc<Signed>>> {
    let claim = match claimed(auth, session).await? {
        Claimed::Nobody => return Ok(None),
        Claimed::User(claim) => claim,
        Claimed::Nonsense => {
            flush(session).await?;
            return Ok(None);
        }
    };
    let known = auth.known(claim.backend, claim.id).await?;
    if let Some(known) = &known {
        if same(&known.hash, &claim.hash) {
            return Ok(Some(Arc::clone(known)));
        }
        let mut old = auth.old_hashes(&known.account.stamp);
        if old.any(|old| same(&old, &claim.hash)) {
            session.insert(HASH, &known.hash).await?;
            session.cycle_id().await?;
            return Ok(Some(Arc::clone(known)));
        }
    }
    flush(session).await?;
    Ok(None)
}

/// Gives a session to a user under a new id. What somebody else has in it is lost, what was put in
/// before anybody signed in is kept.
pub(crate) async fn sign_in(
    auth: &Auth,
    session: &Session,
    backend: usize,
    user: &Signed,
) -> Result {
    let id = user.account.user.id();
    let of_other = match claimed(auth, session).await? {
        Claimed::Nobody => false,
        Claimed::User(claim) => {
            claim.id != id || claim.backend != backend || !is_of(auth, user, &claim.hash)
        }
        Claimed::Nonsense => true,
    };
    let mut ended = None;
    if of_other {
        ended = session.id();
        flush(session).await?;
    } else {
        session.cycle_id().await?;
    }
    write(auth, session, backend, user).await?;
    if let Some(ended) = ended {
        // the new session is there before others are told: they look for it
        session.save().await?;
        auth.session_ended(ended.to_string());
    }
    Ok(())
}

fn is_of(auth: &Auth, user: &Signed, hash: &str) -> bool {
    let mut old = auth.old_hashes(&user.account.stamp);
    same(&user.hash, hash) || old.any(|old| same(&old, hash))
}

/// The user is about to get another password: its session goes on under a new id. This comes first, as
/// the browser's other tabs are told of the password: they would end the session of before.
pub(crate) async fn exchange(session: &Session) -> Result {
    session.cycle_id().await?;
    session.save().await?;
    Ok(())
}

/// The user has another password, and its session, exchanged before, is signed over it.
pub(crate) async fn renew(auth: &Auth, session: &Session, backend: usize, user: &Signed) -> Result {
    write(auth, session, backend, user).await?;
    // the row is there before others are told: they look at it
    session.save().await?;
    Ok(())
}

async fn write(auth: &Auth, session: &Session, backend: usize, user: &Signed) -> Result {
    let id = user.account.user.id().to_string();
    session.insert(USER, id).await?;
    let name = auth.backend(backend).name();
    session.insert(BACKEND, name).await?;
    session.insert(HASH, &user.hash).await?;
    Ok(())
}

/// Ends a session but for some of its values.
pub(crate) async fn sign_out(auth: &Auth, session: &Session) -> Result {
    let mut kept = Vec::new();
    for key in &auth.settings().preserved_session_keys {
        if let Some(value) = session.get_value(key).await? {
            kept.push((key, value));
        }
    }
    let ended = session.id();
    flush(session).await?;
    let has_kept = !kept.is_empty();
    for (key, value) in kept {
        session.insert_value(key, value).await?;
    }
    if has_kept {
        session.save().await?;
    }
    if let Some(ended) = ended {
        auth.session_ended(ended.to_string());
    }
    Ok(())
}

/// Empties a session, deletes its row and gives it a new id.
async fn flush(session: &Session) -> Result {
    if session.id().is_some() {
        session.flush().await?;
    } else {
        session.clear().await;
    }
    // a flushed session keeps its id in memory: what is put into it later has to get another one
    session.cycle_id().await?;
    Ok(())
}
