//! The text of `#[rdj(..)]` on a model and its columns, and what is read of `#[sea_orm(..)]`.

use proc_macro2::{Span, TokenStream};
use syn::{
    Attribute, Expr, ExprLit, Ident, Lit, LitInt, LitStr, Path, Token, UnOp,
    ext::IdentExt,
    meta::ParseNestedMeta,
    parenthesized,
    parse::{Parse, ParseStream},
    spanned::Spanned,
    token::Paren,
};

use crate::common::{
    diagnostic::Errors,
    guard::{self, Guard},
    item::attributes,
    keyed::{Known, attribute_options},
    order::Order,
};

const MODEL: &[Known] = &[
    Known {
        key: "label",
        usage: "label = \"Note\"",
    },
    Known {
        key: "label_plural",
        usage: "label_plural = \"Notes\"",
    },
    Known {
        key: "display",
        usage: "display = title",
    },
    Known {
        key: "app_label",
        usage: "app_label = \"shop\"",
    },
    Known {
        key: "name",
        usage: "name = \"note\"",
    },
    Known {
        key: "ordering",
        usage: "ordering(-created_at)",
    },
    Known {
        key: "permissions",
        usage: "permissions(\"archive_note\" = \"Can archive note\")",
    },
    Known {
        key: "clean",
        usage: "clean = check_dates",
    },
    Known {
        key: "unique_together",
        usage: "unique_together(user_id, title)",
    },
    Known {
        key: "history",
        usage: "history",
    },
];

const COLUMN: &[Known] = &[
    Known {
        key: "label",
        usage: "label = \"Title\"",
    },
    Known {
        key: "help_text",
        usage: "help_text = \"Shown below the field\"",
    },
    Known {
        key: "max_length",
        usage: "max_length = 200",
    },
    Known {
        key: "min_length",
        usage: "min_length = 3",
    },
    Known {
        key: "min",
        usage: "min = 0",
    },
    Known {
        key: "max",
        usage: "max = 100",
    },
    Known {
        key: "validate",
        usage: "validate = path` or `validate(path, path)",
    },
    Known {
        key: "max_size",
        usage: "max_size = 2_000_000",
    },
    Known {
        key: "accept",
        usage: "accept(\"image/png\", \"image/jpeg\")",
    },
    Known {
        key: "choices",
        usage: "choices(\"draft\" = \"Draft\", \"done\" = \"Done\")",
    },
    Known {
        key: "default",
        usage: "default = 0",
    },
    Known {
        key: "auto_now",
        usage: "auto_now",
    },
    Known {
        key: "auto_now_add",
        usage: "auto_now_add",
    },
    Known {
        key: "trim",
        usage: "trim",
    },
    Known {
        key: "version",
        usage: "version",
    },
    Known {
        key: "secret",
        usage: "secret",
    },
    Known {
        key: "guard",
        usage: "guard(superuser)",
    },
];

/// The options of `#[rdj(..)]` on the struct, and its table.
#[derive(Default)]
pub(super) struct ModelOptions {
    pub(super) label: Option<LitStr>,
    pub(super) label_plural: Option<LitStr>,
    pub(super) display: Option<Ident>,
    pub(super) app_label: Option<LitStr>,
    pub(super) name: Option<LitStr>,
    pub(super) permissions: Vec<Choice>,
    pub(super) clean: Option<Path>,
    pub(super) ordering: Vec<Order>,
    /// Each `unique_together(..)`.
    pub(super) unique_together: Vec<Vec<Ident>>,
    pub(super) table: Option<String>,
    pub(super) history: bool,
}

/// The options of `#[rdj(..)]` on a column.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent options of a column"
)]
#[derive(Default)]
pub(super) struct ColumnOptions {
    pub(super) label: Option<LitStr>,
    pub(super) help_text: Option<LitStr>,
    pub(super) min_length: Option<LitInt>,
    pub(super) max_length: Option<LitInt>,
    pub(super) min: Option<Literal>,
    pub(super) max: Option<Literal>,
    pub(super) validate: Vec<Path>,
    pub(super) max_size: Option<LitInt>,
    pub(super) accept: Vec<LitStr>,
    pub(super) choices: Vec<Choice>,
    pub(super) default: Option<Literal>,
    pub(super) auto_now: bool,
    pub(super) auto_now_add: bool,
    pub(super) trim: bool,
    pub(super) version: bool,
    pub(super) secret: bool,
    pub(super) guard: Guard,
}

/// `"draft" = "Draft"`, or `"draft"` alone.
pub(super) struct Choice {
    pub(super) value: LitStr,
    pub(super) label: LitStr,
}

impl Parse for Choice {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let value: LitStr = input.parse()?;
        let label = match input.parse::<Option<Token![=]>>()? {
            Some(_) => input.parse()?,
            None => value.clone(),
        };
        Ok(Self { value, label })
    }
}

/// A literal, as the text of a control.
pub(super) struct Literal {
    pub(super) text: String,
    pub(super) span: Span,
}

impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let expr: Expr = input.parse()?;
        literal(&expr)
            .map(|text| Self {
                text,
                span: expr.span(),
            })
            .ok_or_else(|| syn::Error::new_spanned(expr, "expected a literal"))
    }
}

fn literal(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(ExprLit { lit, .. }) => match lit {
            Lit::Str(text) => Some(text.value()),
            Lit::Int(number) => Some(number.base10_digits().to_owned()),
            Lit::Float(number) => Some(number.base10_digits().to_owned()),
            Lit::Bool(value) => Some(value.value.to_string()),
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            literal(&unary.expr).map(|text| format!("-{text}"))
        }
        _ => None,
    }
}

/// Reads the attributes of the struct.
pub(super) fn model(attrs: &[Attribute], errors: &mut Errors) -> ModelOptions {
    let mut found = ModelOptions::default();
    for attr in attributes(attrs, "rdj") {
        attribute_options("#[rdj]", MODEL, attr, errors, |key, input| {
            match key.ident.to_string().as_str() {
                "label" => found.label = Some(key.value(input)?),
                "label_plural" => found.label_plural = Some(key.value(input)?),
                "app_label" => found.app_label = Some(key.value(input)?),
                "name" => found.name = Some(key.value(input)?),
                "ordering" => found.ordering = key.list(input)?,
                "permissions" => found.permissions = key.list(input)?,
                "clean" => found.clean = Some(key.value(input)?),
                "unique_together" => found.unique_together.push(key.list(input)?),
                "history" => {
                    key.flag(input)?;
                    found.history = true;
                }
                _ => found.display = Some(key.value_with(input, Ident::parse_any)?),
            }
            Ok(())
        });
    }
    for attr in attributes(attrs, "sea_orm") {
        sea_orm(attr, |meta| {
            if meta.path.is_ident("table_name") {
                found.table = meta
                    .value()?
                    .parse::<LitStr>()
                    .ok()
                    .map(|name| name.value());
            }
            Ok(())
        });
    }
    found
}

/// Reads `#[rdj(..)]` of a column.
pub(super) fn column(attrs: &[Attribute], errors: &mut Errors) -> ColumnOptions {
    let mut found = ColumnOptions::default();
    let mut guarded = None;
    for attr in attributes(attrs, "rdj") {
        attribute_options("#[rdj]", COLUMN, attr, errors, |key, input| {
            match key.ident.to_string().as_str() {
                "label" => found.label = Some(key.value(input)?),
                "help_text" => found.help_text = Some(key.value(input)?),
                "min_length" => found.min_length = Some(key.value(input)?),
                "max_length" => found.max_length = Some(key.value(input)?),
                "min" => found.min = Some(key.value(input)?),
                "max" => found.max = Some(key.value(input)?),
                "validate" if input.peek(Paren) => found.validate = key.list(input)?,
                "validate" => found.validate = vec![key.value(input)?],
                "max_size" => found.max_size = Some(key.value(input)?),
                "accept" => found.accept = key.list(input)?,
                "choices" => found.choices = key.list(input)?,
                "default" => found.default = Some(key.value(input)?),
                "auto_now" => {
                    key.flag(input)?;
                    found.auto_now = true;
                }
                "trim" => {
                    key.flag(input)?;
                    found.trim = true;
                }
                "version" => {
                    key.flag(input)?;
                    found.version = true;
                }
                "secret" => {
                    key.flag(input)?;
                    found.secret = true;
                }
                "guard" => guarded = Some(guard::tokens(key, input)?),
                _ => {
                    key.flag(input)?;
                    found.auto_now_add = true;
                }
            }
            Ok(())
        });
    }
    // who may not set a column is told so at its field, and sent nowhere
    let guard = guarded.map(|tokens| Guard::parse("guard", &["on_denied"], tokens, errors));
    found.guard = guard.unwrap_or_default();
    found
}

/// Goes through the options of `#[sea_orm(..)]`. Its mistakes are SeaORM's to report.
pub(super) fn sea_orm(
    attr: &Attribute,
    mut take: impl FnMut(&ParseNestedMeta<'_>) -> syn::Result<()>,
) {
    let _ = attr.parse_nested_meta(|meta| {
        take(&meta)?;
        if meta.input.peek(Token![=]) {
            let _: Expr = meta.value()?.parse()?;
        } else if meta.input.peek(Paren) {
            let content;
            parenthesized!(content in meta.input);
            let _: TokenStream = content.parse()?;
        }
        Ok(())
    });
}

/// The text after `=`.
pub(super) fn text(meta: &ParseNestedMeta<'_>) -> Option<String> {
    meta.value()
        .ok()?
        .parse::<LitStr>()
        .ok()
        .map(|text| text.value())
}

/// The literal after `=`, as the text of a control.
pub(super) fn literal_text(meta: &ParseNestedMeta<'_>) -> Option<String> {
    literal(&meta.value().ok()?.parse().ok()?)
}

/// The literal of the first of these keys in `#[sea_orm(..)]`, as the text of a control.
pub(crate) fn sea_orm_literals(attrs: &[Attribute], keys: &[&str]) -> Option<String> {
    let mut found = None;
    for attr in attributes(attrs, "sea_orm") {
        sea_orm(attr, |meta| {
            if keys.iter().any(|key| meta.path.is_ident(key)) {
                found = literal_text(meta);
            }
            Ok(())
        });
    }
    found
}

/// Whether `#[sea_orm(..)]` has this flag.
pub(super) fn has_flag(attrs: &[Attribute], flag: &str) -> bool {
    let mut found = false;
    for attr in attributes(attrs, "sea_orm") {
        sea_orm(attr, |meta| {
            found |= meta.path.is_ident(flag);
            Ok(())
        });
    }
    found
}
