//! Who may open a page, use a state or send an event: options that several attributes share.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{LitStr, parenthesized, parse::ParseStream, token::Paren};

use super::{
    diagnostic::Errors,
    keyed::{Key, Known, options},
    paths,
};

/// The options, to stand behind the attribute's own.
pub(crate) const OPTIONS: &[Known] = &[
    Known {
        key: "login",
        usage: "login",
    },
    Known {
        key: "staff",
        usage: "staff",
    },
    Known {
        key: "superuser",
        usage: "superuser",
    },
    Known {
        key: "permission",
        usage: "permission = \"notes.change_note\"",
    },
    Known {
        key: "group",
        usage: "group = \"editors\"",
    },
    Known {
        key: "on_denied",
        usage: "on_denied = \"/path\"",
    },
];

/// A guard as it is written.
#[derive(Default)]
pub(crate) struct Guard {
    login: bool,
    staff: bool,
    superuser: bool,
    permissions: Vec<LitStr>,
    groups: Vec<LitStr>,
    on_denied: Option<LitStr>,
    /// The keys that are there, with and without mistakes.
    given: Vec<&'static str>,
}

impl Guard {
    /// Reads one of [`OPTIONS`].
    pub(crate) fn option(&mut self, key: &Key, input: ParseStream<'_>) -> syn::Result<()> {
        if self.given.contains(&key.name)
            && let Some(several) = several(key.name)
        {
            let text = format!("`{}` is given twice: write {several}", key.name);
            return Err(syn::Error::new(key.span(), text));
        }
        self.given.push(key.name);
        match key.name {
            "login" => {
                self.login = true;
                key.flag(input)
            }
            "staff" => {
                self.staff = true;
                key.flag(input)
            }
            "superuser" => {
                self.superuser = true;
                key.flag(input)
            }
            "permission" => {
                self.permissions = names(key, input, check_permission)?;
                Ok(())
            }
            "group" => {
                self.groups = names(key, input, check_group)?;
                Ok(())
            }
            _ => {
                let address: LitStr = key.value(input)?;
                check_address(&address)?;
                self.on_denied = Some(address);
                Ok(())
            }
        }
    }

    /// Reads what stands in the parentheses of the option `name`, all of [`OPTIONS`] but `without`.
    pub(crate) fn parse(
        name: &str,
        without: &[&str],
        tokens: TokenStream,
        errors: &mut Errors,
    ) -> Self {
        let is_option = |known: &&Known| !without.contains(&known.key);
        let known: Vec<Known> = OPTIONS.iter().filter(is_option).copied().collect();
        let mut found = Self::default();
        options(name, &known, tokens, errors, |key, input| {
            found.option(key, input)
        });
        found
    }

    /// Checks what can be seen only when all options are read.
    pub(crate) fn check(&self, errors: &mut Errors) {
        let Some(address) = &self.on_denied else {
            return;
        };
        let can_be_lacked = |key: &&str| !matches!(*key, "login" | "on_denied");
        if self.given.iter().any(can_be_lacked) {
            return;
        }
        let text = if self.login {
            "`login` refuses no signed-in user, and others are sent to the login page: take \
             `on_denied` away, or ask for a right with `permission = \"notes.change_note\"`, \
             `group = \"editors\"`, `staff` or `superuser`"
        } else {
            "nobody is refused here: take `on_denied` away, or ask for a right with \
             `permission = \"notes.change_note\"`, `group = \"editors\"`, `staff` or `superuser`"
        };
        errors.at(address, text);
    }

    /// Where refused users are sent.
    pub(crate) fn on_denied(&self) -> Option<&LitStr> {
        self.on_denied.as_ref()
    }

    /// The guard as a constant of the runtime.
    pub(crate) fn expand(&self) -> TokenStream {
        let rt = paths::runtime();
        let Self {
            login,
            staff,
            superuser,
            permissions,
            groups,
            on_denied,
            ..
        } = self;
        let on_denied = paths::option(on_denied.as_ref());
        quote! {
            #rt::Guard {
                login: #login,
                staff: #staff,
                superuser: #superuser,
                permissions: &[#(#permissions),*],
                groups: &[#(#groups),*],
                on_denied: #on_denied,
            }
        }
    }
}

/// What stands in the parentheses of an option that is a guard by itself: `owner_bypass(staff)`.
pub(crate) fn tokens(key: &Key, input: ParseStream<'_>) -> syn::Result<TokenStream> {
    if !input.peek(Paren) {
        return Err(key.wrong(key.span()));
    }
    let content;
    parenthesized!(content in input);
    let tokens: TokenStream = content.parse()?;
    if tokens.is_empty() {
        return Err(key.wrong(key.span()));
    }
    Ok(tokens)
}

/// How to ask for more than one, where that is possible.
fn several(key: &str) -> Option<&'static str> {
    match key {
        "permission" => Some(
            "`permission(\"notes.add_note\", \"notes.change_note\")` for users with all of them",
        ),
        "group" => Some("`group(\"editors\", \"authors\")` for users in one of them"),
        _ => None,
    }
}

/// `key = "one"` or `key("one", "two")`; all mistakes in it are reported.
fn names(
    key: &Key,
    input: ParseStream<'_>,
    check: fn(&str) -> Result<(), String>,
) -> syn::Result<Vec<LitStr>> {
    let names: Vec<LitStr> = if input.peek(Paren) {
        key.list(input).map_err(|error| key.wrong(error.span()))?
    } else {
        vec![key.value(input)?]
    };
    if names.is_empty() {
        return Err(key.wrong(key.span()));
    }
    let mistakes = names.iter().enumerate().filter_map(|(at, name)| {
        let value = name.value();
        if names[..at].iter().any(|before| before.value() == value) {
            return Some((name, format!("`{value}` is given twice")));
        }
        check(&value).err().map(|text| (name, text))
    });
    let errors = mistakes.map(|(name, text)| syn::Error::new_spanned(name, text));
    let all = errors.reduce(|mut all, error| {
        all.combine(error);
        all
    });
    all.map_or(Ok(names), Err)
}

fn check_permission(name: &str) -> Result<(), String> {
    let plain = |part: &str| !part.is_empty() && !part.contains(|c: char| c == '.' || is_odd(c));
    match name.split_once('.') {
        Some((app, codename)) if plain(app) && plain(codename) => Ok(()),
        _ => {
            Err("a permission is `app.codename`: write it like `\"notes.change_note\"`".to_owned())
        }
    }
}

fn check_group(name: &str) -> Result<(), String> {
    if name.is_empty() {
        return Err("name the group: write it like `\"editors\"`".to_owned());
    }
    if name.trim() != name {
        return Err(format!(
            "a group's name has no blanks around it: write `\"{}\"`",
            name.trim()
        ));
    }
    Ok(())
}

/// What a browser would not take for a path of this site is refused when it is compiled.
fn check_address(address: &LitStr) -> syn::Result<()> {
    let value = address.value();
    let text = if value.starts_with("//") {
        "`//` leads to another site: `on_denied` is a path of this one, such as `\"/notes\"`"
            .to_owned()
    } else if !value.starts_with('/') {
        let is_word = !value.is_empty() && !value.contains(':');
        let example = if is_word { &value } else { "notes" };
        format!("`on_denied` is a path of this site and begins with `/`: write `\"/{example}\"`")
    } else if value.contains(|c: char| c == '\\' || is_odd(c)) {
        "`on_denied` is a path without blanks and `\\`: write them as `%20` and `%5C`".to_owned()
    } else {
        return Ok(());
    };
    Err(syn::Error::new_spanned(address, text))
}

/// What stands neither in a permission nor in an address.
fn is_odd(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::{check_group, check_permission};

    #[test]
    fn permissions_have_an_app_and_a_codename() {
        for good in ["notes.change_note", "a.b", "my_app.view-it"] {
            assert!(check_permission(good).is_ok(), "{good}");
        }
        for bad in ["", ".", "a", "a.", ".b", "a.b.c", "a.b c", " a.b", "a.b\n"] {
            assert!(check_permission(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn groups_have_a_name() {
        assert!(check_group("Night shift").is_ok());
        for bad in ["", " ", " editors"] {
            assert!(check_group(bad).is_err(), "{bad}");
        }
    }
}
