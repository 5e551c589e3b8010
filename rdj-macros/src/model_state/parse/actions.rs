//! `actions(list, create)`: what can be done with the rows.

use proc_macro2::Span;
use syn::{Ident, parse::ParseStream};

use crate::common::{
    diagnostic::{list, nearest},
    keyed::Key,
};

/// The actions of a state.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "a set of four")]
pub(in crate::model_state) struct Actions {
    pub(in crate::model_state) list: bool,
    pub(in crate::model_state) create: bool,
    pub(in crate::model_state) update: bool,
    pub(in crate::model_state) delete: bool,
}

impl Default for Actions {
    /// All of them.
    fn default() -> Self {
        Self {
            list: true,
            create: true,
            update: true,
            delete: true,
        }
    }
}

impl Actions {
    /// Whether there is a form.
    pub(in crate::model_state) fn save(self) -> bool {
        self.create || self.update
    }

    /// Reads the option.
    pub(super) fn read(key: &Key, input: ParseStream<'_>) -> syn::Result<Self> {
        let names: Vec<Ident> = key.list(input)?;
        let mut found = Self {
            list: false,
            create: false,
            update: false,
            delete: false,
        };
        if names.is_empty() {
            return Err(key.wrong(key.span()));
        }
        for name in names {
            let action = found.action(&name)?;
            if std::mem::replace(action, true) {
                return Err(syn::Error::new(
                    name.span(),
                    format!("`{name}` is given twice"),
                ));
            }
        }
        Ok(found)
    }

    fn action(&mut self, name: &Ident) -> syn::Result<&mut bool> {
        match name.to_string().as_str() {
            "list" => Ok(&mut self.list),
            "create" => Ok(&mut self.create),
            "update" => Ok(&mut self.update),
            "delete" => Ok(&mut self.delete),
            other => Err(unknown(other, name.span())),
        }
    }
}

fn unknown(name: &str, span: Span) -> syn::Error {
    const ALL: [&str; 4] = ["list", "create", "update", "delete"];
    let hint = match (name, nearest(name, ALL)) {
        ("edit" | "start_edit" | "save", _) => {
            "`update` edits rows and `create` makes new ones".to_owned()
        }
        (_, Some(meant)) => format!("did you mean `{meant}`?"),
        _ => format!("the actions are {}", list(ALL)),
    };
    syn::Error::new(span, format!("there is no action `{name}`: {hint}"))
}
