//! What the user calls models and fields: the message of a catalogue, or the label in Rust.

use std::borrow::Cow;

use rdj_runtime::{
    form::FieldErrors,
    i18n::{Text, Value, label as message, text_with},
};

use crate::{
    field::FieldMeta,
    model::{CrudModel, ModelDef},
};

/// `Note`, translated when it is shown.
pub(crate) fn label<E: CrudModel>() -> Text {
    Text::label(format!("model-{}", E::NAME), E::LABEL)
}

/// A message about one row: `label` and `noun` are the model's name at the start of a sentence and
/// inside of one, `nouns` is the plural.
pub(crate) fn about<E: CrudModel>(key: &str) -> String {
    text_with(key, &names::<E>())
}

/// A message about one row, with the names of other models as `models`.
pub(crate) fn along<E: CrudModel>(key: &str, models: &[&ModelDef]) -> String {
    let models = all_names(models);
    let [label, noun, nouns] = names::<E>();
    let models = ("models", models.into());
    text_with(key, &[label, noun, nouns, models])
}

fn all_names(models: &[&ModelDef]) -> String {
    let name = |def: &&ModelDef| {
        let key = || format!("model-{}", (def.table)().sea_orm_table());
        message(key, def.verbose_name).into_owned()
    };
    models.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// A message about a number of rows.
pub(crate) fn counted<E: CrudModel>(key: &str, count: u64) -> String {
    let [label, noun, nouns] = names::<E>();
    text_with(key, &[("count", count.into()), label, noun, nouns])
}

/// With how many rows of all some work is done.
pub(crate) fn progress<E: CrudModel>(done: u64, total: Option<u64>) -> String {
    let [label, noun, nouns] = names::<E>();
    let count = ("count", done.into());
    match total {
        Some(total) => {
            let total = ("total", total.into());
            text_with("rdj-bulk-progress", &[count, total, label, noun, nouns])
        }
        None => text_with("rdj-bulk-progress-open", &[count, label, noun, nouns]),
    }
}

/// A message with the number of one of several rows.
pub(crate) fn numbered<E: CrudModel>(key: &str, number: usize) -> String {
    let number = u64::try_from(number).unwrap_or(u64::MAX);
    let [label, noun, nouns] = names::<E>();
    text_with(key, &[("number", number.into()), label, noun, nouns])
}

/// `notes`, as inside of a sentence.
pub(crate) fn nouns<E: CrudModel>() -> String {
    noun(plural::<E>())
}

fn names<E: CrudModel>() -> [(&'static str, Value); 3] {
    let label = message(|| format!("model-{}", E::NAME), E::LABEL);
    [
        ("label", label.clone().into()),
        ("noun", noun(label).into()),
        ("nouns", nouns::<E>().into()),
    ]
}

/// `Notes`.
pub(crate) fn plural<E: CrudModel>() -> Cow<'static, str> {
    message(|| format!("model-{}.plural", E::NAME), E::LABEL_PLURAL)
}

/// `note`, as inside of a sentence.
pub(crate) fn one<E: CrudModel>() -> String {
    noun(message(|| format!("model-{}", E::NAME), E::LABEL))
}

/// Nouns have a capital in German.
fn noun(label: Cow<'static, str>) -> String {
    let lower = label.to_lowercase();
    text_with(
        "rdj-noun",
        &[("label", label.into()), ("lower", lower.into())],
    )
}

/// An error with the name of its field: `Heading: This field is required.`
pub(crate) fn field_error<E: CrudModel>(meta: &FieldMeta, error: &str) -> String {
    let label = field::<E>(meta).into_owned();
    let args = [("label", label.into()), ("error", error.to_owned().into())];
    text_with("rdj-field-error", &args)
}

/// All errors of a form in one text.
pub(crate) fn all_errors<E: CrudModel>(errors: &FieldErrors) -> String {
    let mut texts = Vec::new();
    for (name, error) in errors.iter() {
        texts.push(match E::FIELDS.iter().find(|meta| meta.name == name) {
            Some(meta) => field_error::<E>(meta, &error),
            None => error.into_owned(),
        });
    }
    texts.join("; ")
}

/// The label of a field.
pub(crate) fn field<E: CrudModel>(meta: &FieldMeta) -> Cow<'static, str> {
    message(
        || format!("model-{}.field-{}", E::NAME, meta.name),
        meta.label,
    )
}

/// The hint below a field; empty for none.
pub(crate) fn help<E: CrudModel>(meta: &FieldMeta) -> Cow<'static, str> {
    message(
        || format!("model-{}.help-{}", E::NAME, meta.name),
        meta.help_text,
    )
}

/// What the user reads for an action on selected rows: its name in words where no message says it.
pub(crate) fn action<E: CrudModel>(name: &'static str) -> Cow<'static, str> {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    let words: String = first.into_iter().flatten().chain(letters).collect();
    let found = message(|| format!("model-{}.action-{name}", E::NAME), "");
    if found.is_empty() {
        words.into()
    } else {
        found
    }
}

/// The label of one of a field's choices.
pub(crate) fn choice<E: CrudModel>(
    meta: &FieldMeta,
    value: &str,
    label: &'static str,
) -> Cow<'static, str> {
    let key = || {
        // values can be any text, ids cannot
        let value = value.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        format!("model-{}.choice-{}-{value}", E::NAME, meta.name)
    };
    message(key, label)
}
