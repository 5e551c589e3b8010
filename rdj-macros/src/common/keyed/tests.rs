use quote::quote;
use syn::{LitInt, LitStr};

use super::{Known, options};
use crate::common::diagnostic::Errors;

const KNOWN: &[Known] = &[
    Known {
        key: "route",
        usage: "route = \"/notes\"",
    },
    Known {
        key: "size",
        usage: "size = 20",
    },
    Known {
        key: "login",
        usage: "login",
    },
];

fn texts(tokens: proc_macro2::TokenStream) -> Vec<String> {
    let mut errors = Errors::default();
    options(
        "#[page]",
        KNOWN,
        tokens,
        &mut errors,
        |key, input| match key.name {
            "route" => key.value::<LitStr>(input).map(drop),
            "size" => key.value::<LitInt>(input).map(drop),
            _ => key.flag(input),
        },
    );
    errors.0.iter().map(ToString::to_string).collect()
}

#[test]
fn reads_options() {
    assert_eq!(
        texts(quote!(route = "/", login, size = 3,)),
        Vec::<String>::new()
    );
}

#[test]
fn reports_all_mistakes_at_once() {
    assert_eq!(
        texts(quote!(rout = "/", size = "x", login = 1, colour, login)),
        [
            "unknown option `rout` of `#[page]`: did you mean `route`?",
            "write `size = 20`",
            "`login` takes no value: write `login`",
            "unknown option `colour` of `#[page]`: the options are `route`, `size` and `login`",
            "`login` is given twice",
        ]
    );
}

#[test]
fn reports_what_is_no_option() {
    assert_eq!(
        texts(quote!("/notes", size)),
        [
            "expected an option of `#[page]`: `route = \"/notes\"`, `size = 20` and `login`",
            "write `size = 20`",
        ]
    );
}
