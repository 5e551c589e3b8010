//! `inlines(lines = LinesState(min = 1))`: child rows in the form of their parent.

use proc_macro2::TokenStream;
use syn::{
    Ident, LitInt, Path, Token,
    ext::IdentExt,
    parenthesized,
    parse::{Parse, ParseStream},
    token::Paren,
};

use super::Options;
use crate::common::diagnostic::{Errors, nearest};

/// A relation, the state of its rows, and how many of them there are.
pub(in super::super) struct Inline {
    pub(in super::super) relation: Ident,
    pub(in super::super) state: Path,
    pub(in super::super) min: Option<LitInt>,
    pub(in super::super) max: Option<LitInt>,
    pub(in super::super) extra: Option<LitInt>,
}

const USAGE: &str = "write `inlines(lines = LinesState)`: the relation of the model, and the state of its \
                     rows";
const LIMITS: [&str; 3] = ["min", "max", "extra"];

impl Parse for Inline {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let relation = input.call(Ident::parse_any)?;
        if !input.peek(Token![=]) {
            return Err(syn::Error::new(relation.span(), USAGE));
        }
        let _: Token![=] = input.parse()?;
        let state =
            Path::parse_mod_style(input).map_err(|error| syn::Error::new(error.span(), USAGE))?;
        let mut inline = Self {
            relation,
            state,
            min: None,
            max: None,
            extra: None,
        };
        if input.peek(Paren) {
            let content;
            parenthesized!(content in input);
            let limits = inline.limits(&content);
            // what stands behind a mistake is none of its own
            content.parse::<TokenStream>()?;
            limits?;
        }
        Ok(inline)
    }
}

impl Inline {
    fn limits(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        while !input.is_empty() {
            let key = input.call(Ident::parse_any)?;
            let name = key.to_string();
            let place = match name.as_str() {
                "min" => &mut self.min,
                "max" => &mut self.max,
                "extra" => &mut self.extra,
                _ => return Err(unknown(&key, &name)),
            };
            if !input.peek(Token![=]) {
                return Err(number(&key, &name));
            }
            let _: Token![=] = input.parse()?;
            let value: LitInt = input.parse().map_err(|_| number(&key, &name))?;
            value.base10_parse::<usize>()?;
            if place.replace(value).is_some() {
                return Err(syn::Error::new(
                    key.span(),
                    format!("`{name}` is given twice"),
                ));
            }
            if !input.is_empty() {
                let _: Token![,] = input.parse()?;
            }
        }
        self.check()
    }

    fn check(&self) -> syn::Result<()> {
        let count = |limit: &Option<LitInt>| limit.as_ref()?.base10_parse::<usize>().ok();
        let (Some(min), Some(max)) = (count(&self.min), count(&self.max)) else {
            return Ok(());
        };
        if min > max {
            let text = format!("`min = {min}` is more than `max = {max}`");
            return Err(syn::Error::new_spanned(&self.min, text));
        }
        Ok(())
    }
}

fn number(key: &Ident, name: &str) -> syn::Error {
    syn::Error::new(key.span(), format!("write a number of rows: `{name} = 1`"))
}

fn unknown(key: &Ident, name: &str) -> syn::Error {
    let hint = match nearest(name, LIMITS) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "the options of inline rows are `min`, `max` and `extra`".to_owned(),
    };
    syn::Error::new(key.span(), format!("unknown option `{name}`: {hint}"))
}

/// Inline rows stand in a form.
pub(super) fn check(found: &Options, errors: &mut Errors) {
    if let Some(inline) = found.inlines.first()
        && !found.actions.save()
    {
        errors.at(
            &inline.relation,
            "inline rows stand in a form: add `create` or `update` to `actions(..)`",
        );
    }
}
