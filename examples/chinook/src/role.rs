//! Who may do what: clerks view, managers change.

use rdj::{
    auth::{Auth, NewUser, Users, password::random},
    command::CommandCx,
    orm::{CrudModel, ModelDef},
    prelude::*,
};

use crate::entity::{
    album, artist, customer, employee, genre, invoice, invoice_line, media_type, playlist,
    playlist_track, track,
};

/// All models: each has a page.
const MODELS: [ModelDef; 11] = [
    album::Entity::DEF,
    artist::Entity::DEF,
    customer::Entity::DEF,
    employee::Entity::DEF,
    genre::Entity::DEF,
    invoice::Entity::DEF,
    invoice_line::Entity::DEF,
    media_type::Entity::DEF,
    playlist::Entity::DEF,
    playlist_track::Entity::DEF,
    track::Entity::DEF,
];

/// The groups, and what their members may do with rows.
const ROLES: [(&str, &[&str]); 2] = [
    ("clerk", &["view"]),
    ("manager", &["view", "add", "change", "delete"]),
];

/// Makes the groups that do not exist yet; what somebody changed in them later stays.
pub async fn create(users: &Users) -> Result {
    for (name, actions) in ROLES {
        if users.group(name).await?.is_some() {
            continue;
        }
        let group = users.create_group(name).await?;
        for model in MODELS {
            for action in actions {
                users.grant(&group, &model.permission(action)).await?;
            }
        }
    }
    Ok(())
}

/// The command `demo_users`: makes a user for each group and prints their passwords.
pub async fn demo_users(cx: CommandCx) -> Result {
    let auth = cx.resource::<Auth>()?;
    let users = auth.users(auth.db());
    for (name, _) in ROLES {
        let password = random();
        let user = match users.by_username(name).await? {
            Some(user) => {
                users.set_password(&user, &password).await?;
                user
            }
            None => {
                users
                    .create_user(NewUser::new(name).password(&password))
                    .await?
            }
        };
        users.add_to_group(&user, name).await?;
        cx.stdout.line(format!("{name} {password}"))?;
    }
    Ok(())
}
