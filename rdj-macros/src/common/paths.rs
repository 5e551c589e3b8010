//! Where generated code finds the library.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Ident, ext::IdentExt, spanned::Spanned};

/// `rdj_runtime`, as generated code names it.
pub(crate) fn runtime() -> TokenStream {
    quote!(::rdj::__private::runtime)
}

/// [`runtime`] for a call that is reported at `span`.
pub(crate) fn runtime_at(span: Span) -> TokenStream {
    quote_spanned!(span=> ::rdj::__private::runtime)
}

/// A span that rustc underlines as the user's token, for names of the library.
///
/// Such a token resolves where the macro is defined, so it neither clashes with the user's names nor
/// adds targets to "go to definition" of the user's token.
pub(crate) fn at(tokens: impl ToTokens) -> Span {
    located(tokens.span())
}

/// [`at`] for a span.
pub(crate) fn located(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

/// The type that stands for a field in generated code; it is declared inside of a `const _` block.
pub(crate) fn marker(field: &Ident) -> Ident {
    format_ident!("__{}", field.unraw(), span = Span::mixed_site())
}

/// `rdj_orm`, as generated code names it.
pub(crate) fn orm() -> TokenStream {
    quote!(::rdj::__private::orm)
}

/// [`orm`] for a call that is reported at `span`.
pub(crate) fn orm_at(span: Span) -> TokenStream {
    quote_spanned!(span=> ::rdj::__private::orm)
}

/// `Some(value)` or `None`.
pub(crate) fn option(value: Option<impl ToTokens>) -> TokenStream {
    let none = || quote!(::core::option::Option::None);
    value.map_or_else(none, |value| quote!(::core::option::Option::Some(#value)))
}
