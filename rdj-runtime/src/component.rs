//! Default components: complete accessible HTML from plain facts. Templates are in `templates/rdj`.

mod field;

pub use self::field::{Choice, Control, FieldView};
