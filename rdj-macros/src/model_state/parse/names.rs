//! The options that say what variables and events are called.

use syn::{Ident, LitBool, parse::ParseStream};

use crate::common::keyed::{Key, Known};

/// The options that rename one variable or event each, in the form `list_var = notes`.
pub(in crate::model_state) const RENAMES: &[Known] = &[
    rename("list_var", "list_var = notes"),
    rename("error_var", "error_var = problem"),
    rename("field_errors_var", "field_errors_var = mistakes"),
    rename("editing_var", "editing_var = edited"),
    rename("form_reset_var", "form_reset_var = form_key"),
    rename("page_var", "page_var = page_number"),
    rename("page_size_var", "page_size_var = rows_per_page"),
    rename("total_count_var", "total_count_var = row_count"),
    rename("page_count_var", "page_count_var = last_page"),
    rename("search_var", "search_var = query"),
    rename("ordering_var", "ordering_var = order"),
    rename("save_event", "save_event = store"),
    rename("delete_event", "delete_event = remove"),
    rename("on_load_event", "on_load_event = open"),
    rename("cancel_event", "cancel_event = leave"),
];

const fn rename(key: &'static str, usage: &'static str) -> Known {
    Known { key, usage }
}

/// The names that are given.
#[derive(Default)]
pub(in crate::model_state) struct GivenNames {
    /// `names = crud`.
    pub(in crate::model_state) crud: bool,
    /// `use_canonical_api = false`.
    pub(in crate::model_state) own_only: bool,
    pub(in crate::model_state) use_form_submit: bool,
    renames: Vec<(&'static str, Ident)>,
}

impl GivenNames {
    /// Reads an option; false if it is none of these.
    pub(super) fn option(&mut self, key: &Key, input: ParseStream<'_>) -> syn::Result<bool> {
        match key.name {
            "names" => {
                let style: Ident = key.value(input)?;
                self.crud = style == "crud";
                if !self.crud && style != "model" {
                    return Err(key.wrong(style.span()));
                }
            }
            "use_canonical_api" => self.own_only = !key.value::<LitBool>(input)?.value,
            "use_form_submit" => {
                key.flag(input)?;
                self.use_form_submit = true;
            }
            name if RENAMES.iter().any(|known| known.key == name) => {
                self.renames.push((key.name, key.value(input)?));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The name given with this option.
    pub(in crate::model_state) fn get(&self, option: &str) -> Option<&Ident> {
        let mut all = self.renames.iter();
        all.find(|(key, _)| *key == option).map(|(_, name)| name)
    }
}
