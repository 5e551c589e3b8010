//! One row that somebody wants to do something with.

use std::{any::Any, fmt};

use rdj_orm::{CrudModel, ModelDef, model::key_text};
use sea_orm::EntityTrait;

/// One row of a model, for [`AuthBackend::has_perm_on`](super::AuthBackend::has_perm_on).
#[derive(Clone)]
pub struct Object<'a> {
    /// The model.
    pub model: ModelDef,
    /// The primary key as JSON text: `7`, `"de"` or `[1,"A"]`.
    pub key: String,
    row: &'a (dyn Any + Send + Sync),
}

impl<'a> Object<'a> {
    /// The row of a model.
    #[must_use]
    pub fn of<E: CrudModel>(row: &'a <E as EntityTrait>::Model) -> Self {
        Self {
            model: E::DEF,
            key: key_text(&E::key(row)),
            row,
        }
    }

    /// The row, if it is of this model: `object.row::<note::Model>()`.
    #[must_use]
    pub fn row<M: 'static>(&self) -> Option<&'a M> {
        self.row.downcast_ref()
    }
}

impl fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Object")
            .field("model", &self.model.model())
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}
