//! Fields and forms.

use std::borrow::Cow;

use rdj_runtime::{
    CurrentUser,
    component::{
        Attributes, Choice, Control, FieldView, FormView, Picker, PickerCreate, TextContent,
    },
    current_user,
    dispatch::{Bind, Binding, json},
    form::InputKind,
    i18n::{text, text_with},
};

use super::{
    SEARCH_DEBOUNCE,
    conflict::{conflict, version},
};
use crate::{
    dispatch::{CREATE, PICK, SEARCH},
    field::MAX_FOUND,
    handles::Plain,
    pipeline::may_set,
    state::{FieldDef, ModelState, ModelVar},
    words,
};

/// What `notes.field()`, `notes.bind()` and `notes.text()` make of a field.
pub trait FieldAs {
    /// What it makes.
    type Out;

    /// Makes it from the facts of a field.
    fn from_view(view: FieldView) -> Self::Out;

    /// Makes it from a field of a state.
    fn of<S: ModelState, F: ModelVar<S>>(state: &S) -> Self::Out {
        // the declared one knows whether it is required here
        let declared = S::FIELDS
            .iter()
            .find(|field| field.meta.name == F::META.name);
        let field = declared.unwrap_or(const { &FieldDef::<S>::of::<F>() });
        Self::from_view(view(state, field, user().as_ref()))
    }
}

/// A whole field: label, control, help and error.
#[derive(Clone, Copy, Debug)]
pub struct AsField;

impl FieldAs for AsField {
    type Out = FieldView;

    fn from_view(view: FieldView) -> FieldView {
        view
    }
}

/// The attributes of a bare control.
#[derive(Clone, Copy, Debug)]
pub struct AsAttributes;

impl FieldAs for AsAttributes {
    type Out = Attributes;

    fn from_view(view: FieldView) -> Attributes {
        Attributes(view)
    }
}

/// The content of a bare text area.
#[derive(Clone, Copy, Debug)]
pub struct AsText;

impl FieldAs for AsText {
    type Out = TextContent;

    fn from_view(view: FieldView) -> TextContent {
        TextContent(view.value)
    }
}

/// Who looks at the page.
pub(crate) fn user() -> Option<CurrentUser> {
    current_user().ok().flatten()
}

pub(crate) fn view<S: ModelState>(
    state: &S,
    field: &FieldDef<S>,
    user: Option<&CurrentUser>,
) -> FieldView {
    let meta = &field.meta;
    FieldView {
        state: <S as Bind>::NAME,
        name: meta.name.into(),
        label: words::field::<S::Entity>(meta).into_owned(),
        help: words::help::<S::Entity>(meta),
        value: if field.is_file() {
            String::new()
        } else {
            field.shown(state)
        },
        error: state
            .core()
            .field_errors
            .get(meta.name)
            .map(Cow::into_owned),
        required: field.is_required(),
        in_blank_row: false,
        disabled: !may_set(meta, user),
        max_length: meta.max_length,
        min: meta.min,
        max: meta.max,
        control: control(state, field),
    }
}

pub(super) fn control<S: ModelState>(state: &S, field: &FieldDef<S>) -> Control {
    let meta = &field.meta;
    if !meta.choices.is_empty() {
        let choice = |(value, label): &(&'static str, &'static str)| Choice {
            value: (*value).to_owned(),
            label: words::choice::<S::Entity>(meta, value, label).into_owned(),
        };
        return Control::Select(meta.choices.iter().map(choice).collect());
    }
    if meta.relation.is_some() {
        return related(state, field);
    }
    if let Some(rules) = &meta.file {
        return Control::File(super::file::control(state, field, rules));
    }
    if meta.multiline || meta.kind == Some(InputKind::Json) {
        return Control::TextArea;
    }
    Control::Input(meta.kind.unwrap_or(InputKind::Text))
}

/// A field that refers to something: a select or check boxes, with a search where there are many rows.
fn related<S: ModelState>(state: &S, field: &FieldDef<S>) -> Control {
    let meta = &field.meta;
    let offer = state.core().choices.get(meta.name);
    let offer = offer.cloned().unwrap_or_default();
    let Some(search) = offer.search else {
        return if meta.many {
            Control::Checkboxes(offer.choices)
        } else {
            Control::Select(offer.choices)
        };
    };
    let hint = if offer.more {
        text_with("rdj-picker-more", &[("count", MAX_FOUND.into())])
    } else if offer.choices.is_empty() {
        text("rdj-picker-none")
    } else {
        String::new()
    };
    let plain = Plain::new(state);
    let picker = Picker {
        choices: offer.choices,
        search,
        input: search_input(&plain, meta.name),
        change: plain.on_change(),
        pick: PICK,
        hint,
        create: offer.creates.map(|text| PickerCreate {
            label: text_with("rdj-picker-create", &[("text", text.clone().into())]),
            click: plain.click_with(
                CREATE,
                format!("{},{}", json::<String>(&meta.name), json::<String>(&text)),
            ),
            text,
        }),
    };
    if meta.many {
        Control::ManyPicker(picker)
    } else {
        Control::Picker(picker)
    }
}

/// What the search of a field sends.
pub(crate) fn search_input<S: ModelState>(plain: &Plain<S>, name: &str) -> Binding {
    let search = plain.on_input().call_with::<String>(SEARCH, &name);
    search.debounce(SEARCH_DEBOUNCE)
}

/// The whole form.
pub fn form<S: ModelState>(state: &S) -> FormView<'_> {
    let editing = state.core().editing_id.is_some();
    let plain = Plain::new(state);
    let may_save = state.core().has_save_permission();
    let user = user();
    let view = |field| view(state, field, user.as_ref());
    FormView {
        state: <S as Bind>::NAME,
        legend: words::about::<S::Entity>(if editing {
            "rdj-form-edit"
        } else {
            "rdj-form-new"
        }),
        error: state.core().error.text(),
        version: version(state),
        conflict: conflict(state),
        fields: S::FIELDS.iter().map(view).collect(),
        inlines: S::INLINES
            .iter()
            .map(|inline| inline.ops.view(state))
            .collect(),
        save: may_save.then(|| plain.submit("save")),
        cancel: editing.then(|| plain.click("cancel_edit")),
    }
}
