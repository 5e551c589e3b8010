//! The options of the list: filters, pages, related rows, bulk actions.

use proc_macro2::{Span, TokenStream};
use syn::{
    Ident, Token,
    ext::IdentExt,
    parenthesized,
    parse::{Parse, ParseStream},
    token::Paren,
};

use crate::common::{diagnostic::Errors, keyed::Key};

/// What stands in the address beside filters.
const ADDRESS: &[&str] = &[
    "after",
    "before",
    "edit",
    "ordering",
    "page",
    "page_size",
    "search",
];

/// The options as they are written.
#[derive(Default)]
pub(in crate::model_state) struct ListOptions {
    pub(in crate::model_state) filters: Vec<Filter>,
    pub(in crate::model_state) select_related: Vec<FieldPath>,
    pub(in crate::model_state) prefetch_related: Vec<Ident>,
    /// `pagination = keyset`.
    pub(in crate::model_state) keyset: bool,
    /// `count = exact` or `count = none`.
    pub(in crate::model_state) count: Option<bool>,
    pub(in crate::model_state) bulk_actions: Vec<Ident>,
    keyset_at: Option<Span>,
}

/// `album.artist.name`.
pub(in crate::model_state) struct FieldPath(pub(in crate::model_state) Vec<Ident>);

impl Parse for FieldPath {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut parts = vec![input.call(Ident::parse_any)?];
        while input.parse::<Option<Token![.]>>()?.is_some() {
            parts.push(input.call(Ident::parse_any)?);
        }
        Ok(Self(parts))
    }
}

/// `unit_price(range)`.
pub(in crate::model_state) struct Filter {
    pub(in crate::model_state) field: Ident,
    pub(in crate::model_state) kind: Kind,
}

/// `tracks`.
struct RelationName(Ident);

impl Parse for RelationName {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.call(Ident::parse_any)?;
        refuse_path(
            input,
            "`prefetch_related` follows relations of the model itself",
        )?;
        Ok(Self(name))
    }
}

/// Reports what follows a name that stands alone.
fn refuse_path(input: ParseStream<'_>, text: &str) -> syn::Result<()> {
    if !input.peek(Token![.]) {
        return Ok(());
    }
    let error = input.error(text);
    while input.parse::<Option<Token![.]>>()?.is_some() {
        input.call(Ident::parse_any)?;
    }
    Err(error)
}

/// What a filter compares.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::model_state) enum Kind {
    Exact,
    Text,
    Range,
    Null,
}

impl Parse for Filter {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let field = input.call(Ident::parse_any)?;
        refuse_path(input, "a filter is for a column of the model itself")?;
        if !input.peek(Paren) {
            let kind = Kind::Exact;
            return Ok(Self { field, kind });
        }
        let content;
        parenthesized!(content in input);
        let word = content.call(Ident::parse_any)?;
        let kind = match word.to_string().as_str() {
            "exact" => Kind::Exact,
            "text" => Kind::Text,
            "range" => Kind::Range,
            "null" => Kind::Null,
            _ => {
                let text = format!("write `{field}(exact)`, `(text)`, `(range)` or `(null)`");
                content.parse::<TokenStream>()?;
                return Err(syn::Error::new(word.span(), text));
            }
        };
        if !content.is_empty() {
            let text = format!("a column has one filter: write `{field}({word})`");
            let error = content.error(text);
            content.parse::<TokenStream>()?;
            return Err(error);
        }
        Ok(Self { field, kind })
    }
}

impl Filter {
    /// The names in the address, with the variant of `FilterKind`.
    pub(in crate::model_state) fn names(&self) -> Vec<(String, &'static str)> {
        let name = self.field.unraw().to_string();
        match self.kind {
            Kind::Exact => vec![(name, "Exact")],
            Kind::Text => vec![(name, "Text")],
            Kind::Range => vec![
                (format!("{name}_min"), "Min"),
                (format!("{name}_max"), "Max"),
            ],
            Kind::Null => vec![(format!("{name}_null"), "Null")],
        }
    }
}

impl ListOptions {
    /// Reads an option of the list; false for any other.
    pub(super) fn option(
        &mut self,
        name: &str,
        key: &Key,
        input: ParseStream<'_>,
    ) -> syn::Result<bool> {
        match name {
            "filters" => self.filters = key.list(input)?,
            "select_related" | "queryset_select_related" => {
                self.select_related = key.list(input)?;
            }
            "prefetch_related" | "queryset_prefetch" => {
                let names = key.list::<RelationName>(input)?;
                self.prefetch_related = names.into_iter().map(|name| name.0).collect();
            }
            "pagination" => {
                self.keyset = word(key, input, "keyset", "offset")?;
                self.keyset_at = self.keyset.then(|| key.span());
            }
            "count" => self.count = Some(word(key, input, "exact", "none")?),
            "bulk_actions" => self.bulk_actions = super::names(key, input)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Whether selected rows can be deleted.
    pub(in crate::model_state) fn deletes(&self) -> bool {
        self.bulk_actions
            .iter()
            .any(|action| action == "delete_selected")
    }

    /// Reports what does not fit together.
    pub(super) fn check(&self, pages: bool, deletes: bool, errors: &mut Errors) {
        for action in &self.bulk_actions {
            if action == "delete_selected" && !deletes {
                errors.at(
                    action,
                    "this state deletes no rows: add `delete` to `actions(..)`",
                );
            }
        }
        if let Some(span) = self.keyset_at.filter(|_| !pages) {
            errors.span(span, "say how many rows a page has: `paginate_by = 20`");
        }
        twice(&self.bulk_actions, errors);
        twice(&self.prefetch_related, errors);
        for (at, FieldPath(path)) in self.select_related.iter().enumerate() {
            if self.select_related[..at]
                .iter()
                .any(|before| before.0 == *path)
                && let Some(last) = path.last()
            {
                let names: Vec<_> = path.iter().map(|name| name.unraw().to_string()).collect();
                errors.at(last, format!("`{}` is given twice", names.join(".")));
            }
        }
        let mut seen = Vec::new();
        for filter in &self.filters {
            for (name, _) in filter.names() {
                if ADDRESS.contains(&&*name) {
                    let text = format!(
                        "`{name}` stands in the address of every list: give the model's field \
                         another name and keep the column with `#[sea_orm(column_name = \"{name}\")]`"
                    );
                    errors.at(&filter.field, text);
                } else if seen.contains(&name) {
                    errors.at(&filter.field, format!("the filter `{name}` is given twice"));
                }
                seen.push(name);
            }
        }
    }
}

/// Reports names that stand twice.
fn twice(names: &[Ident], errors: &mut Errors) {
    for (at, name) in names.iter().enumerate() {
        if names[..at].contains(name) {
            errors.at(name, format!("`{}` is given twice", name.unraw()));
        }
    }
}

/// Whether the value is the first of two words.
fn word(key: &Key, input: ParseStream<'_>, yes: &str, no: &str) -> syn::Result<bool> {
    let word: Ident = key.value_with(input, Ident::parse_any)?;
    if word == yes || word == no {
        return Ok(word == yes);
    }
    let text = format!("`{}` is `{yes}` or `{no}`", key.ident);
    Err(syn::Error::new(word.span(), text))
}
