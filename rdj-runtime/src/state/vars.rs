//! Variables of a state that a form can edit: `#[var(bind)]`.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::{Address, Keeper, Query};
use crate::{
    cx::Cx,
    dispatch::{BoxFuture, Call, EventFacts, EventTable},
    error::{Error, Result},
    form::{Bound, Entries, FieldError, FieldErrors, FormValue, InputKind},
};

/// A type that variables can have without an initial value being named.
#[diagnostic::on_unimplemented(
    message = "a variable of type `{Self}` needs an initial value",
    label = "no `Default`",
    note = "write `#[var(default = ..)]` above it, or derive `Default` for `{Self}`"
)]
pub trait Initial {
    /// The initial value.
    fn initial() -> Self;
}

impl<T: Default> Initial for T {
    fn initial() -> Self {
        T::default()
    }
}

/// One bindable variable; implemented by generated code.
pub trait Var {
    /// The state that has it.
    type State: Vars;
    /// Its type.
    type Value: FormValue;
    /// Its name, in the form too.
    const NAME: &'static str;
    /// The most characters that its control may have.
    const MAX_LENGTH: Option<usize> = None;

    /// Reads it.
    fn get(state: &Self::State) -> &Self::Value;

    /// Changes it.
    fn get_mut(state: &mut Self::State) -> &mut Self::Value;
}

/// A [`Var`] among others of its state.
pub struct VarDef<S> {
    name: &'static str,
    max_length: Option<usize>,
    set: fn(&mut S, &str) -> Result<(), FieldError>,
    text: fn(&S) -> String,
}

impl<S> VarDef<S> {
    /// The entry of a variable.
    #[must_use]
    pub const fn of<V: Var<State = S>>() -> Self {
        Self {
            name: V::NAME,
            max_length: V::MAX_LENGTH,
            set: |state, text| V::Value::parse(text).map(|value| *V::get_mut(state) = value),
            text: |state| V::get(state).text(),
        }
    }
}

impl<S> fmt::Debug for VarDef<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("VarDef").field(&self.name).finish()
    }
}

/// A state with bindable variables; implemented by generated code.
pub trait Vars: Send + Sized + 'static {
    /// The bindable variables.
    const VARS: &'static [VarDef<Self>];

    /// What the user typed into their controls.
    fn form(&self) -> &VarForm;

    /// What the user typed into their controls.
    fn form_mut(&mut self) -> &mut VarForm;
}

/// What was typed into bound controls and is no value of its variable, with the reasons.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VarForm {
    drafts: BTreeMap<&'static str, Draft>,
    errors: FieldErrors,
    key: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Draft {
    typed: String,
    /// The variable's text at that time: a handler that changes the variable replaces the draft.
    over: String,
}

impl VarForm {
    /// The errors of the form.
    #[must_use]
    pub fn errors(&self) -> &FieldErrors {
        &self.errors
    }

    /// The errors of the form, to add to.
    pub fn errors_mut(&mut self) -> &mut FieldErrors {
        &mut self.errors
    }

    /// A number that changes when a submit went through: the controls show the variables again.
    #[must_use]
    pub fn key(&self) -> u64 {
        self.key
    }

    fn accept(&mut self, name: &'static str) {
        self.drafts.remove(name);
        self.errors.remove(name);
    }

    fn reject(&mut self, name: &'static str, draft: Draft, error: FieldError) {
        self.accept(name);
        self.drafts.insert(name, draft);
        self.errors.add_to(name, error);
    }

    fn shown(&self, name: &str, value: String) -> String {
        match self.drafts.get(name) {
            Some(draft) if draft.over == value => draft.typed.clone(),
            _ => value,
        }
    }
}

/// Takes up what was typed for one variable.
fn take<S: Vars>(state: &mut S, def: &VarDef<S>, typed: &str) {
    let (kept, taken) = match too_long(def, typed) {
        Some((kept, error)) => (kept, Err(error)),
        None => (typed, (def.set)(state, typed)),
    };
    match taken {
        Ok(()) => state.form_mut().accept(def.name),
        Err(error) => {
            let draft = Draft {
                typed: kept.to_owned(),
                over: (def.text)(state),
            };
            state.form_mut().reject(def.name, draft, error);
        }
    }
}

/// What is kept of a text that is too long, and why it is not taken.
///
/// A browser stops at the length; who sends more by hand does not fill the memory.
fn too_long<'a, S>(def: &VarDef<S>, typed: &'a str) -> Option<(&'a str, FieldError)> {
    let most = def.max_length?;
    let (end, _) = typed.char_indices().nth(most)?;
    let length = typed.chars().count();
    let error = FieldError::key("rdj-too-long")
        .arg("most", most)
        .arg("length", length);
    Some((&typed[..end], error))
}

/// Takes up the entries of a submitted form whose names are bindable variables.
pub fn fill<S: Vars>(state: &mut S, entries: &Entries) {
    for def in S::VARS {
        if let Some(typed) = entries.get(def.name) {
            take(state, def, typed);
        }
    }
}

/// Runs the setter `set_<variable>`.
///
/// # Errors
///
/// The event is no setter of this state, or there is not exactly one argument.
pub fn set<S: Vars>(state: &mut S, call: &Call<'_>) -> Result {
    let name = call.event.strip_prefix("set_").unwrap_or_default();
    let def = S::VARS
        .iter()
        .find(|def| def.name == name)
        .ok_or_else(|| call.unknown())?;
    let typed = match call.arg()? {
        serde_json::Value::String(text) => text,
        serde_json::Value::Null => String::new(),
        value @ (serde_json::Value::Bool(_) | serde_json::Value::Number(_)) => value.to_string(),
        _ => {
            return Err(Error::BadArguments(format!(
                "{}: not a single value",
                call.event
            )));
        }
    };
    take(state, def, &typed);
    Ok(())
}

/// Runs an event: a handler of the user, or a setter. A submit fills the variables first.
pub fn dispatch<'a, S: Vars>(
    state: &'a mut S,
    table: &'static EventTable<S>,
    cx: &'a Cx,
    call: Call<'a>,
) -> BoxFuture<'a, Result> {
    let Some(entries) = call.form else {
        return run(state, table, cx, call);
    };
    Box::pin(async move {
        fill(state, entries);
        run(state, table, cx, call).await?;
        let form = state.form_mut();
        form.key += u64::from(form.errors.is_empty());
        Ok(())
    })
}

fn run<'a, S: Vars>(
    state: &'a mut S,
    table: &'static EventTable<S>,
    cx: &'a Cx,
    call: Call<'a>,
) -> BoxFuture<'a, Result> {
    match table.find(call.event) {
        Some(def) => (def.run)(state, cx, call),
        None => Box::pin(async move { set(state, &call) }),
    }
}

/// What is kept of bindable variables: texts, as a form has them.
#[derive(Default, Serialize, Deserialize)]
struct Texts {
    values: Vec<String>,
    /// What was typed and is no value, by the place of its variable.
    drafts: Vec<(usize, String)>,
    /// The browser makes a form anew when its key changes, and loses what is typed there.
    key: u64,
}

/// Keeps the bindable variables and what was typed into their controls.
pub fn keep<S: Vars>(state: &mut S, keeper: &mut Keeper) {
    const NAME: &str = "__form";
    let mut texts = Texts::default();
    if keeper.restores() {
        keeper.var(NAME, &mut texts);
        for (def, text) in S::VARS.iter().zip(&texts.values) {
            // a value that no text stands for, such as an infinite number: the rest is there
            if (def.set)(state, text).is_err() {
                keeper.refuse();
            }
        }
        for (at, typed) in &texts.drafts {
            if let Some(def) = S::VARS.get(*at) {
                take(state, def, typed);
            }
        }
        state.form_mut().key = texts.key;
        return;
    }
    texts.key = state.form().key;
    for (at, def) in S::VARS.iter().enumerate() {
        let value = (def.text)(state);
        let shown = state.form().shown(def.name, value.clone());
        if shown != value {
            texts.drafts.push((at, shown));
        }
        texts.values.push(value);
    }
    keeper.var(NAME, &mut texts);
}

/// Takes up what the address says of a variable; text that is no value of it is left.
pub fn read_query<T: FormValue>(value: &mut T, query: &Query<'_>, name: &str) {
    if let Some(Ok(read)) = query.get(name).map(T::parse) {
        *value = read;
    }
}

/// Writes a variable that is not the initial one into the address.
pub fn write_query<T: FormValue>(value: &T, initial: &T, address: &mut Address, name: &str) {
    let text = value.text();
    if text != initial.text() {
        address.set(name, &text);
    }
}

/// What is known of the events of a state: the user's and the setters.
#[must_use]
pub fn events<S: Vars>(table: &'static EventTable<S>) -> Vec<EventFacts> {
    let mut events = table.all();
    let setters = setters::<S>();
    events.extend(
        setters
            .into_iter()
            .filter(|setter| table.find(&setter.name).is_none()),
    );
    events
}

/// What is known of the setters of the bindable variables.
#[must_use]
pub fn setters<S: Vars>() -> Vec<EventFacts> {
    let mut setters = Vec::with_capacity(S::VARS.len());
    for def in S::VARS {
        setters.push(EventFacts::setter(def.name));
    }
    setters
}

/// The attributes of the control of a variable.
pub fn bound<V: Var>(state: &V::State) -> Bound {
    let form = state.form();
    let value = form.shown(V::NAME, V::get(state).text());
    let kind: InputKind = V::Value::KIND;
    Bound::new(V::NAME, value, kind, form.errors.get(V::NAME).is_some())
}
