//! Reading and writing one row of the application's database: what backends do by default.

use std::marker::PhantomData;

use rdj_runtime::{Cx, Result};
use sea_orm::{ActiveModelTrait, Select};

use crate::{
    backend::CrudBackend, db::CxDb, hooks::is_default, model::CrudModel, state::ModelState,
};

/// The row that a query finds.
pub(crate) async fn one<E: CrudModel>(cx: &Cx, query: Select<E>) -> Result<Option<E::Model>> {
    Ok(query.one(&cx.db()?).await?)
}

/// Inserts a row.
pub(crate) async fn insert<E: CrudModel>(cx: &Cx, new: E::ActiveModel) -> Result<E::Model> {
    Ok(new.insert(&cx.db()?).await?)
}

/// Whether the backend of a state reads and inserts single rows as any table does.
pub(crate) fn is_plain<S: ModelState>() -> bool {
    let finds = |cx, query, ()| one::<S::Entity>(cx, query);
    let inserts = |cx, new, ()| insert::<S::Entity>(cx, new);
    let own = PhantomData::<S::Backend>;
    is_default(own, <S::Backend as CrudBackend<S::Entity>>::retrieve, finds)
        && is_default(own, <S::Backend as CrudBackend<S::Entity>>::create, inserts)
}
