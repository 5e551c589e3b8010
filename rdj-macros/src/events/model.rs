//! What an `#[events]` block declares.

use proc_macro2::TokenStream;
use syn::{Attribute, Ident, ImplItem, ItemImpl, Path, Type};

use super::{
    handler,
    parse::{self, Hook, ON_CHANGE, Role},
    upload::Upload,
};
use crate::common::{diagnostic::Errors, guard::Guard, ident::sibling};

/// The handlers of a state.
pub(super) struct Events {
    /// The state, as the block names it.
    pub(super) state: Path,
    /// The handles to add to: `NotesEvents` beside `NotesState`.
    pub(super) handles: Path,
    pub(super) handlers: Vec<Handler>,
    pub(super) on_load: Option<Handler>,
    pub(super) on_denied: Option<Handler>,
    pub(super) on_change: Vec<Change>,
}

/// What runs when rows of other entities have changed.
pub(super) struct Change {
    pub(super) entities: Vec<Path>,
    pub(super) handler: Handler,
}

/// One handler.
pub(super) struct Handler {
    pub(super) ident: Ident,
    /// The name on the wire.
    pub(super) name: String,
    /// Whether its signature is right. One with a mistake has its handle nevertheless, so that templates
    /// which name it are not wrong too.
    pub(super) runs: bool,
    /// The type behind the reference of `cx`, to which errors in it belong.
    pub(super) cx: Type,
    pub(super) args: Vec<Arg>,
    /// What it returns; `()` if nothing is written.
    pub(super) output: Option<Type>,
    pub(super) guard: Guard,
    /// What it takes as an upload; its last argument is the file then, and none of `args`.
    pub(super) upload: Option<Upload>,
    pub(super) docs: Vec<Attribute>,
    pub(super) cfg: Vec<Attribute>,
}

/// One argument from the browser.
pub(super) struct Arg {
    pub(super) ident: Ident,
    pub(super) ty: Type,
}

/// Reads the attribute and the block.
pub(super) fn lower(args: TokenStream, item: &ItemImpl, errors: &mut Errors) -> Option<Events> {
    parse::block(args, errors);
    let state = state(item, errors)?;
    let mut handles = state.clone();
    if let Some(last) = handles.segments.last_mut() {
        last.ident = sibling(&last.ident, "Events");
    }
    let mut events = Events {
        state,
        handles,
        handlers: Vec::new(),
        on_load: None,
        on_denied: None,
        on_change: Vec::new(),
    };
    for member in &item.items {
        let ImplItem::Fn(function) = member else {
            continue;
        };
        let role = parse::role(function, errors);
        let upload = parse::upload(function, &role, errors);
        match role {
            Role::Event(guard) => {
                events.add(handler::event(function, guard, upload, errors));
            }
            Role::Hook(hook) => {
                let read = handler::hook(function, hook.attribute(), errors);
                events.add_hook(hook, read, errors);
            }
            Role::Change(entities) => {
                let read = handler::hook(function, ON_CHANGE, errors);
                let runs = read.filter(|read| read.runs);
                let change = runs.map(|handler| Change { entities, handler });
                events.on_change.extend(change);
            }
            Role::Computed => handler::check_computed(function, errors),
        }
    }
    Some(events)
}

impl Events {
    fn add_hook(&mut self, hook: Hook, handler: Option<Handler>, errors: &mut Errors) {
        let place = match hook {
            Hook::OnLoad => &mut self.on_load,
            Hook::OnDenied => &mut self.on_denied,
        };
        let Some(handler) = handler else { return };
        if place.is_some() {
            let text = format!(
                "a state has one `{}`: call one from the other",
                hook.attribute()
            );
            errors.at(&handler.ident, text);
        }
        if handler.runs {
            place.get_or_insert(handler);
        }
    }

    fn add(&mut self, handler: Option<Handler>) {
        let Some(handler) = handler else { return };
        // two functions of one name are reported by rustc
        let known = |other: &Handler| other.name == handler.name && handler.cfg.is_empty();
        if !self.handlers.iter().any(known) {
            self.handlers.push(handler);
        }
    }
}

fn state(item: &ItemImpl, errors: &mut Errors) -> Option<Path> {
    if let Some((path, _)) = &item.trait_ {
        let text = "`#[events]` goes on `impl <Name>State`, without a trait: hooks are a plain trait \
                    impl, without `#[events]`";
        errors.at(path, text);
        return None;
    }
    if !item.generics.params.is_empty() {
        errors.at(
            &item.generics,
            "a state has no generic parameters: it is found by its name",
        );
        return None;
    }
    match &*item.self_ty {
        Type::Path(ty) if ty.qself.is_none() => Some(ty.path.clone()),
        other => {
            errors.at(other, "`#[events]` goes on `impl <Name>State`");
            None
        }
    }
}
