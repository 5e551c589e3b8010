//! Django's permissions of a model: what `model_permissions` asks for, and what templates show.

use rdj_runtime::{CurrentUser, current_user};

use super::Core;
use crate::{hooks::Action, model::CrudModel};

/// Whether a user may do this with rows of the model; as in Django's admin, who may change rows may
/// view them.
pub(crate) fn allows<E: CrudModel>(user: &CurrentUser, action: Action) -> bool {
    let has = |verb| user.has_perm(&E::DEF.permission(verb));
    match action {
        Action::List => has("view") || has("change"),
        Action::Create => has("add"),
        Action::Edit | Action::Update => has("change"),
        Action::Delete => has("delete"),
    }
}

/// What the user who looks at the page may do, for templates: the actions that the state has, with
/// `model_permissions` those that the user's permissions allow.
///
/// Hiding a button protects nothing: the actions ask by themselves.
///
/// ```html
/// {% if notes.has_add_permission() %}<button {{ notes.on_click().new() }}>New</button>{% endif %}
/// ```
impl<E: CrudModel> Core<E> {
    /// Whether the user may see the rows.
    #[must_use]
    pub fn has_view_permission(&self) -> bool {
        self.shows(Action::List)
    }

    /// Whether the user may make new rows.
    #[must_use]
    pub fn has_add_permission(&self) -> bool {
        self.shows(Action::Create)
    }

    /// Whether the user may change rows.
    #[must_use]
    pub fn has_change_permission(&self) -> bool {
        self.shows(Action::Update)
    }

    /// Whether the user may delete rows.
    #[must_use]
    pub fn has_delete_permission(&self) -> bool {
        self.shows(Action::Delete)
    }

    /// Whether the user may save the form as it is: for a row that is edited, or for a new one.
    #[must_use]
    pub fn has_save_permission(&self) -> bool {
        self.shows(if self.is_editing() {
            Action::Update
        } else {
            Action::Create
        })
    }

    fn shows(&self, action: Action) -> bool {
        let user = || current_user().ok().flatten();
        let allowed = || user().is_some_and(|user| allows::<E>(&user, action));
        self.actions.allow(action) && (!self.model_permissions || allowed())
    }
}
