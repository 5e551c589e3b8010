//! Options of attributes: `key`, `key = value` and `key(a, b)`, separated by commas.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{
    Attribute, Ident, Meta, Token,
    ext::IdentExt,
    parenthesized,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    token::Paren,
};

use super::diagnostic::{Errors, list, nearest};

/// One option an attribute knows.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    /// Its key.
    pub(crate) key: &'static str,
    /// What to write, such as `route = "/notes"`; empty for one that is refused, which no list names.
    pub(crate) usage: &'static str,
}

/// The key of an option that was given; the parser of its value.
pub(crate) struct Key {
    /// The key, at the user's token.
    pub(crate) ident: Ident,
    /// The key as text.
    pub(crate) name: &'static str,
    usage: &'static str,
}

impl Key {
    /// The user's token.
    pub(crate) fn span(&self) -> Span {
        self.ident.span()
    }

    /// `key` alone.
    pub(crate) fn flag(&self, input: ParseStream<'_>) -> syn::Result<()> {
        if at_end(input) {
            return Ok(());
        }
        let text = format!("`{}` takes no value: write `{}`", self.name, self.usage);
        Err(syn::Error::new(input.span(), text))
    }

    /// `key = value`.
    pub(crate) fn value<T: Parse>(&self, input: ParseStream<'_>) -> syn::Result<T> {
        self.value_with(input, T::parse)
    }

    /// `key = value`, with a parser of its own.
    pub(crate) fn value_with<T>(
        &self,
        input: ParseStream<'_>,
        parse: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
    ) -> syn::Result<T> {
        if !input.peek(Token![=]) {
            return Err(self.wrong(if at_end(input) {
                self.span()
            } else {
                input.span()
            }));
        }
        let equals: Token![=] = input.parse()?;
        if at_end(input) {
            return Err(self.wrong(equals.span));
        }
        let value = parse(input).map_err(|error| self.wrong(error.span()))?;
        if at_end(input) {
            Ok(value)
        } else {
            Err(self.wrong(input.span()))
        }
    }

    /// `key(a, b)`.
    pub(crate) fn list<T: Parse>(&self, input: ParseStream<'_>) -> syn::Result<Vec<T>> {
        if !input.peek(Paren) {
            return Err(self.wrong(if at_end(input) {
                self.span()
            } else {
                input.span()
            }));
        }
        let content;
        parenthesized!(content in input);
        let items = Punctuated::<T, Token![,]>::parse_terminated(&content);
        // what is left would be reported as a second error
        drain(&content)?;
        let items = items?;
        if at_end(input) {
            Ok(items.into_iter().collect())
        } else {
            Err(self.wrong(input.span()))
        }
    }

    /// "write it like this".
    pub(crate) fn wrong(&self, span: Span) -> syn::Error {
        syn::Error::new(span, format!("write `{}`", self.usage))
    }
}

fn at_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

/// Reads the options of `attribute` (such as `#[page]`), gives each to `take` and collects mistakes:
/// unknown and repeated keys, missing commas, and what `take` refuses.
pub(crate) fn options(
    attribute: &str,
    known: &[Known],
    tokens: TokenStream,
    errors: &mut Errors,
    mut take: impl FnMut(&Key, ParseStream<'_>) -> syn::Result<()>,
) {
    let mut seen: Vec<&'static str> = Vec::new();
    let parse = |input: ParseStream<'_>| -> syn::Result<()> {
        while !input.is_empty() {
            let result = match key(attribute, known, input, errors) {
                Ok(None) => skip(input),
                Ok(Some(key)) => {
                    let twice = seen.contains(&key.name);
                    seen.push(key.name);
                    let taken = take(&key, input);
                    if twice && taken.is_ok() {
                        errors.span(key.span(), format!("`{}` is given twice", key.name));
                    }
                    taken
                }
                Err(error) => Err(error),
            };
            if let Err(error) = result {
                errors.push(error);
                skip(input)?;
            }
            if !input.is_empty() && input.parse::<Token![,]>().is_err() {
                errors.push(input.error("expected `,` between options"));
                skip(input)?;
            }
        }
        Ok(())
    };
    if let Err(error) = parse.parse2(tokens) {
        errors.push(error);
    }
}

/// Reads a key. One that is not known is reported, and taken for the one that is meant if that is clear:
/// so that it is not missed too.
fn key(
    attribute: &str,
    known: &[Known],
    input: ParseStream<'_>,
    errors: &mut Errors,
) -> syn::Result<Option<Key>> {
    let ident = input.call(Ident::parse_any).map_err(|error| {
        if known.is_empty() {
            return syn::Error::new(error.span(), unknown(attribute, known, ""));
        }
        let usages = known
            .iter()
            .map(|known| known.usage)
            .filter(|usage| !usage.is_empty());
        let text = if known.len() > MANY {
            format!("expected an option of `{attribute}`: its documentation lists them")
        } else {
            format!("expected an option of `{attribute}`: {}", list(usages))
        };
        syn::Error::new(error.span(), text)
    })?;
    let name = ident.unraw().to_string();
    let find = |name: &str| known.iter().find(|known| known.key == name);
    let meant = || nearest(&name, known.iter().map(|known| known.key)).and_then(find);
    let found = find(&name).or_else(|| {
        errors.span(ident.span(), unknown(attribute, known, &name));
        meant()
    });
    let Some(found) = found else { return Ok(None) };
    let ident = Ident::new(found.key, ident.span());
    Ok(Some(Key {
        ident,
        name: found.key,
        usage: found.usage,
    }))
}

/// More options than this are not listed in a message.
const MANY: usize = 25;

fn unknown(attribute: &str, known: &[Known], name: &str) -> String {
    if known.is_empty() {
        return format!("`{attribute}` takes no options");
    }
    let keys = known
        .iter()
        .filter(|known| !known.usage.is_empty())
        .map(|known| known.key);
    match nearest(name, keys.clone()) {
        Some(meant) => format!("unknown option `{name}` of `{attribute}`: did you mean `{meant}`?"),
        None if known.len() > MANY => {
            format!("unknown option `{name}` of `{attribute}`: its documentation lists the options")
        }
        None if known.len() == 1 => {
            format!(
                "unknown option `{name}` of `{attribute}`: the only option is {}",
                list(keys)
            )
        }
        None => format!(
            "unknown option `{name}` of `{attribute}`: the options are {}",
            list(keys)
        ),
    }
}

/// Goes on to the next comma.
fn skip(input: ParseStream<'_>) -> syn::Result<()> {
    while !at_end(input) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

fn drain(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// Reads the options of an attribute inside of an item, such as `#[var(bind)]`; `#[var]` has none.
pub(crate) fn attribute_options(
    attribute: &str,
    known: &[Known],
    attr: &Attribute,
    errors: &mut Errors,
    take: impl FnMut(&Key, ParseStream<'_>) -> syn::Result<()>,
) {
    match &attr.meta {
        Meta::Path(_) => {}
        Meta::List(meta) => options(attribute, known, meta.tokens.clone(), errors, take),
        Meta::NameValue(_) => {
            let name = attribute.trim_start_matches("#[").trim_end_matches(']');
            errors.at(
                attr,
                format!("write options in parentheses: `#[{name}(..)]`"),
            );
        }
    }
}

#[cfg(test)]
mod tests;
