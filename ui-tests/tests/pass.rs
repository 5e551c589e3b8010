//! What compiles: each `cases/<macro>/pass/*.rs`, under the lints of this workspace, so that what the
//! macros write does not trip an application's.

#[path = "../cases/support.rs"]
mod support;

#[path = "../cases/app_state/pass/private.rs"]
mod app_state_private;
#[path = "../cases/app_state/pass/variables.rs"]
pub mod app_state_variables;
#[path = "../cases/events/pass/signatures.rs"]
pub mod events_signatures;
#[path = "../cases/model_state/pass/notes.rs"]
pub mod model_state_notes;
#[path = "../cases/page/pass/guards.rs"]
pub mod page_guards;
#[path = "../cases/page/pass/layout.rs"]
pub mod page_layout;
#[path = "../cases/page/pass/surface.rs"]
pub mod page_surface;
