//! Routes: `/albums/{id}`.

use syn::LitStr;

use crate::common::diagnostic::Errors;

/// A route and its parameters.
pub(super) struct Route {
    pub(super) text: LitStr,
    pub(super) params: Vec<String>,
}

/// Checks a route.
pub(super) fn read(text: LitStr, errors: &mut Errors) -> Route {
    let value = text.value();
    let mut params = Vec::new();
    if let Err(message) = check(&value, &mut params) {
        errors.at(&text, message);
    }
    Route { text, params }
}

fn check(route: &str, params: &mut Vec<String>) -> Result<(), String> {
    let Some(path) = route.strip_prefix('/') else {
        return Err(format!("a route begins with `/`: write \"/{route}\""));
    };
    if path.starts_with('_') {
        return Err(
            "routes that begin with `/_` are reserved for rdj: take another one".to_owned(),
        );
    }
    if route.contains(['?', '#']) || route.contains(char::is_whitespace) {
        let text = "a route is a path only, without `?`, `#` and blanks: a state reads the query";
        return Err(text.to_owned());
    }
    for segment in path.split('/') {
        if let Some(name) = param(segment)? {
            if params.contains(&name) {
                return Err(format!("the parameter `{{{name}}}` is in this route twice"));
            }
            params.push(name);
        }
    }
    Ok(())
}

/// The parameter that is this part of a route: `{id}`, or `{*rest}` for all that follows.
fn param(segment: &str) -> Result<Option<String>, String> {
    if let Some(name) = segment.strip_prefix(':') {
        return Err(format!(
            "write the parameter as `{{{name}}}`, not `:{name}`"
        ));
    }
    match (segment.matches('{').count(), segment.matches('}').count()) {
        (0, 0) => return Ok(None),
        (1, 1) => {}
        (open, close) if open != close => {
            return Err(format!(
                "`{segment}` has unbalanced braces: a parameter is `{{name}}`"
            ));
        }
        _ => {
            return Err(format!(
                "`{segment}` has more than one parameter: put `/` between them"
            ));
        }
    }
    let inner = segment
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let Some(inner) = inner else {
        return Err(format!(
            "`{segment}` mixes text and a parameter: put `/` between them"
        ));
    };
    let name = inner.strip_prefix('*').unwrap_or(inner);
    let starts_well = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
    if !starts_well || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Err(format!(
            "`{{{inner}}}` is no parameter: its name is that of a field"
        ));
    }
    Ok(Some(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::check;

    fn params(route: &str) -> Result<Vec<String>, String> {
        let mut found = Vec::new();
        check(route, &mut found).map(|()| found)
    }

    #[test]
    fn reads_parameters() {
        assert_eq!(params("/").unwrap(), Vec::<String>::new());
        assert_eq!(params("/albums/{id}/songs/{song}").unwrap(), ["id", "song"]);
        assert_eq!(params("/notes/").unwrap(), Vec::<String>::new());
        assert_eq!(params("/files/{*path}").unwrap(), ["path"]);
    }

    #[test]
    fn refuses_what_axum_would() {
        for route in [
            "notes",
            "/_x",
            "/a/{id",
            "/a/{id}/{id}",
            "/a/x{id}",
            "/:id",
            "/a?b",
        ] {
            assert!(params(route).is_err(), "{route}");
        }
    }
}
