//! `-created_at`: a field to order by, in the options of models and of states.

use syn::{
    Ident, LitStr, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream},
};

/// `-created_at`, also in quotes.
pub(crate) struct Order {
    pub(crate) field: Ident,
    pub(crate) descending: bool,
}

impl Parse for Order {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            return Self::quoted(&input.parse()?);
        }
        let descending = input.parse::<Option<Token![-]>>()?.is_some();
        Ok(Self {
            field: input.call(Ident::parse_any)?,
            descending,
        })
    }
}

impl Order {
    fn quoted(text: &LitStr) -> syn::Result<Self> {
        let value = text.value();
        let (name, descending) = value
            .strip_prefix('-')
            .map_or((&*value, false), |n| (n, true));
        let name: Ident = syn::parse_str(name)
            .map_err(|_| syn::Error::new(text.span(), "write a field, such as `-created_at`"))?;
        Ok(Self {
            field: Ident::new(&name.to_string(), text.span()),
            descending,
        })
    }
}
