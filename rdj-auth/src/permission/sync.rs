//! Rows for the permissions of all models.

use std::collections::{BTreeMap, HashMap, HashSet};

use rdj_orm::{Db, ModelDef};
use rdj_runtime::{Error, Result};
use sea_orm::{ActiveValue::Set, EntityTrait, TryInsertResult, sea_query::OnConflict};

use crate::entity::{content_type, permission};

/// What every model has.
const ACTIONS: [&str; 4] = ["add", "change", "delete", "view"];
/// The longest name of a permission.
const LONGEST_NAME: usize = 255;
/// The longest codename of a permission, and the longest name of a model.
const LONGEST_CODENAME: usize = 100;
/// Rows of one statement.
const AT_ONCE: usize = 200;

/// What [`sync`] has made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Synced {
    /// New content types.
    pub content_types: usize,
    /// New permissions.
    pub permissions: usize,
}

/// Makes the content types and permissions of all models that are linked into the binary, where they
/// do not exist yet; nothing is deleted. Call it after the tables are made or migrated.
///
/// A model has `add`, `change`, `delete` and `view`, and those of `#[rdj(permissions(..))]`.
///
/// # Errors
///
/// The database fails, or two models have one name.
pub async fn sync(db: &Db) -> Result<Synced> {
    let models = models()?;
    let types = content_types(db).await?;
    let missing: Vec<_> = models
        .keys()
        .filter(|key| !types.contains_key(*key))
        .map(|(app, model)| content_type::ActiveModel {
            app_label: Set(app.clone()),
            model: Set(model.clone()),
            ..Default::default()
        })
        .collect();
    let content_types_made = insert(db, missing).await?;
    let types = content_types(db).await?;
    let rows = permission::Entity::find().all(db).await?;
    let known: HashSet<(i32, String)> = rows
        .into_iter()
        .map(|row| (row.content_type_id, row.codename))
        .collect();
    let mut missing = Vec::new();
    for (key, def) in &models {
        let Some(id) = types.get(key).copied() else {
            continue;
        };
        let wanted = permissions(def, &key.1)?.into_iter();
        let wanted = wanted.filter(|(codename, _)| !known.contains(&(id, codename.clone())));
        missing.extend(wanted.map(|(codename, name)| permission::ActiveModel {
            name: Set(name),
            content_type_id: Set(id),
            codename: Set(codename),
            ..Default::default()
        }));
    }
    Ok(Synced {
        content_types: content_types_made,
        permissions: insert(db, missing).await?,
    })
}

/// The permissions of all models that are linked into the binary, as `app_label.codename`.
///
/// # Errors
///
/// As [`sync`].
pub(crate) fn declared() -> Result<HashSet<String>> {
    let mut all = HashSet::new();
    for ((app, model), def) in models()? {
        let names = permissions(def, &model)?.into_iter();
        all.extend(names.map(|(codename, _)| format!("{app}.{codename}")));
    }
    Ok(all)
}

type Models = BTreeMap<(String, String), &'static ModelDef>;

fn models() -> Result<Models> {
    let mut models = Models::new();
    for def in inventory::iter::<ModelDef> {
        let key = (def.app_label.to_owned(), def.model());
        if let Some(other) = models.insert(key, def) {
            return Err(Error::Setup(format!(
                "the models of `{}` and `{}` are both called `{}.{}`: give one another name with \
                 `#[rdj(name = \"..\")]` or `#[rdj(app_label = \"..\")]`",
                other.module,
                def.module,
                def.app_label,
                def.model(),
            )));
        }
    }
    Ok(models)
}

/// Codename and what people read of the permissions of a model.
fn permissions(def: &ModelDef, model: &str) -> Result<Vec<(String, String)>> {
    let verbose = def.verbose_name.to_lowercase();
    let usual = ACTIONS.map(|action| {
        (
            format!("{action}_{model}"),
            format!("Can {action} {verbose}"),
        )
    });
    let own = def
        .permissions
        .iter()
        .map(|(codename, name)| ((*codename).to_owned(), (*name).to_owned()));
    let all: Vec<(String, String)> = usual.into_iter().chain(own).collect();
    let mut seen = HashSet::new();
    for (codename, name) in &all {
        if codename.len() > LONGEST_CODENAME || name.chars().count() > LONGEST_NAME {
            return Err(Error::Setup(format!(
                "the permission `{codename}` of `{}` is too long",
                def.module
            )));
        }
        if !seen.insert(codename) {
            return Err(Error::Setup(format!(
                "the model of `{}` has the permission `{codename}` twice",
                def.module
            )));
        }
    }
    Ok(all)
}

async fn content_types(db: &Db) -> Result<HashMap<(String, String), i32>> {
    let rows = content_type::Entity::find().all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| ((row.app_label, row.model), row.id))
        .collect())
}

/// Inserts what another process has not inserted meanwhile.
async fn insert<A>(db: &Db, rows: Vec<A>) -> Result<usize>
where
    A: sea_orm::ActiveModelTrait + Send,
{
    let count = rows.len();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<A> = rows.by_ref().take(AT_ONCE).collect();
        let inserted = A::Entity::insert_many(some)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .try_insert()
            .exec_without_returning(db)
            .await?;
        if matches!(inserted, TryInsertResult::Conflicted) {
            tracing::debug!("another process has made these permissions");
        }
    }
    Ok(count)
}
