//! The events that a state has without its author writing them.

use std::fmt;

use rdj_runtime::{
    Cx, Error, Result,
    dispatch::{BoxFuture, Call},
};

use crate::{
    handlers,
    state::{
        Creates, Deletes, DeletesSelected, Filters, HasHistory, Lists, ModelState, Orders, Pages,
        Saves, Searches, Selects, Updates,
    },
};

type Run<S> = for<'a> fn(&'a mut S, &'a Cx, Call<'a>) -> BoxFuture<'a, Result>;

/// A generated event; `#[model_state]` lists those that a state has.
pub struct GeneratedEvent<S> {
    /// Its function in [`handlers`].
    pub handler: &'static str,
    /// What a browser calls it; components send the first one. Empty for an event that no browser
    /// can send.
    pub names: &'static [&'static str],
    /// The names of its arguments.
    pub args: &'static [&'static str],
    pub(super) run: Run<S>,
}

impl<S> GeneratedEvent<S> {
    /// Whether a browser can send it under this name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.names.contains(&name)
    }
}

impl<S> fmt::Debug for GeneratedEvent<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("GeneratedEvent").field(&self.names).finish()
    }
}

macro_rules! generated {
    ($($name:ident $(($arg:ident: $read:expr))? $(for $needs:ident)?;)*) => {
        impl<S: ModelState> GeneratedEvent<S> {$(
            #[doc = concat!("The event of [`handlers::", stringify!($name), "`].")]
            #[must_use]
            pub const fn $name(names: &'static [&'static str]) -> Self
            $(where S: $needs)?
            {
                Self {
                    handler: stringify!($name),
                    names,
                    args: &[$(stringify!($arg))?],
                    run: |state, cx, call| {
                        Box::pin(async move {
                            generated!(state, cx, call, $name $($read)?)
                        })
                    },
                }
            }
        )*}
    };
    ($state:ident, $cx:ident, $call:ident, $name:ident) => {{
        $call.no_args()?;
        handlers::$name($state, $cx).await.map(drop)
    }};
    ($state:ident, $cx:ident, $call:ident, $name:ident $read:expr) => {
        handlers::$name($state, $cx, $read(&$call)?).await
    };
}

generated! {
    load;
    refresh for Lists;
    save for Saves;
    create for Creates;
    new for Creates;
    delete(key: Call::arg) for Deletes;
    start_edit(key: Call::arg) for Updates;
    cancel_edit for Saves;
    keep_mine for Updates;
    take_theirs for Updates;
    show_history(key: Call::arg) for HasHistory;
    hide_history for HasHistory;
    undo_history(entry: Call::arg) for HasHistory;
    set_search(text: text) for Searches;
    clear_search for Searches;
    next_page for Pages;
    prev_page for Pages;
    go_to_page(page: number) for Pages;
    set_page_size(size: number) for Pages;
    set_ordering(field: text) for Orders;
    first_page for Pages;
    last_page for Pages;
    clear_filters for Filters;
    clear_selection for Selects;
    delete_selected for DeletesSelected;
}

/// The only argument as the text of a control.
pub(super) fn text(call: &Call<'_>) -> Result<String> {
    value_text(call, call.arg()?)
}

/// The text of a control's value.
pub(super) fn value_text(call: &Call<'_>, value: serde_json::Value) -> Result<String> {
    match value {
        serde_json::Value::String(text) => Ok(text),
        serde_json::Value::Null => Ok(String::new()),
        value @ (serde_json::Value::Bool(_) | serde_json::Value::Number(_)) => {
            Ok(value.to_string())
        }
        _ => Err(Error::BadArguments(format!(
            "{}: not a single value",
            call.event
        ))),
    }
}

/// A number, or the text of a control with one.
fn number(call: &Call<'_>) -> Result<u64> {
    let text = text(call)?;
    let bad = || Error::BadArguments(format!("{}: not a number", call.event));
    text.trim().parse().map_err(|_| bad())
}
