//! What an application's modules use all the time.

pub use rdj_auth::{AppAuth, CxAuth};
pub use rdj_macros::{app_state, events, model_state, page};
pub use rdj_orm::{
    Action, CrudModel, CxChanges, CxDb, CxHistory, Field, FlatSerializer, ModelState, Serializer,
    base, handlers,
};

pub use crate::{
    AppDatabase, Bind, ChangeKind, Cx, Error, FieldError, FieldErrors, Result, Running, State,
    Stream, UploadedFile,
};
