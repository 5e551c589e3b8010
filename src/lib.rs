//! rdj: declarative, live, compile-time-checked CRUD for Rust.

extern crate self as rdj;

#[doc(hidden)]
pub mod __private;
mod database;
pub mod prelude;
pub mod testing;

pub use self::database::AppDatabase;
pub use rdj_auth as auth;
pub use rdj_macros::*;
pub use rdj_orm as orm;
pub use rdj_orm::{
    backend, handlers,
    hooks::base,
    permission,
    serializer::{Columns, FlatSerializer, Formats, JsonRow, Serializer, serialize_row},
};
pub use rdj_runtime::{
    App, AppLayer, BoxError, Config, Context, ContextProcessors, ContextState, CurrentUser, Cx,
    CxMessages, CxResponse, Entries, Error, FieldError, FieldErrors, FormValue, Guard, I18nState,
    Identities, IdentityChange, Resources, Result, Stage, UserSnapshot, UserState, command,
    component, csrf, current_csrf_token, current_cx, current_language, current_messages,
    current_request, current_response, current_session, current_user,
    dispatch::{Arg, Bind, Binding, ControlValue, UploadBinding, VALUE, WindowEvent},
    form::{Choices, InputKind, PostedFile},
    i18n,
    i18n::{language_picker, text},
    inside, live,
    live::ChangeKind,
    local, mail,
    message::{Level, Message, Messages},
    page::{
        Page, PageType,
        render::{csrf_input, foot, head, messages, title},
    },
    page_store, require, security, session, snapshot, spawn_in_cx,
    state::State,
    stream::Stream,
    t,
    upload::{UploadLimits, UploadedFile},
    work::{Running, Task},
};
