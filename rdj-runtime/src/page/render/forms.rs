//! The CSRF token in the forms of a page.

use memchr::{memchr3, memmem};

use crate::dispatch::{SUBMIT, UPLOAD};

/// The name of the control that carries the token, in every form that posts.
///
/// Source: <https://docs.djangoproject.com/en/stable/ref/csrf/>
pub(crate) const TOKEN_FIELD: &str = "csrfmiddlewaretoken";

/// The control that carries the token.
pub(crate) fn token_input(token: &str) -> String {
    format!("<input type=\"hidden\" name=\"{TOKEN_FIELD}\" value=\"{token}\">")
}

/// Puts the token into every form that a binding makes post, right behind the form's tag: a binding
/// stands inside of the tag and cannot write behind it.
pub(crate) fn add_token(html: &mut String, token: &str) {
    let forms = |mark: &str| {
        memmem::find_iter(html.as_bytes(), mark)
            .filter_map(|at| end_of_tag(html, at))
            .collect::<Vec<_>>()
    };
    let mut ends = forms(SUBMIT);
    ends.extend(forms(UPLOAD));
    if ends.is_empty() {
        return;
    }
    ends.sort_unstable();
    let input = token_input(token);
    let mut with_token = String::with_capacity(html.len() + ends.len() * input.len());
    let mut from = 0;
    for end in ends {
        with_token.push_str(&html[from..end]);
        with_token.push_str(&input);
        from = end;
    }
    with_token.push_str(&html[from..]);
    *html = with_token;
}

/// Where the tag ends that has an attribute at `at`: behind its `>`.
fn end_of_tag(html: &str, at: usize) -> Option<usize> {
    let bytes = html.as_bytes();
    let mut at = at;
    loop {
        at += memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        let quote = bytes[at];
        at += 1;
        if quote == b'>' {
            return Some(at);
        }
        at += memchr::memchr(quote, &bytes[at..])? + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(html: &str) -> String {
        let mut html = html.to_owned();
        add_token(&mut html, "T");
        html
    }

    #[test]
    fn stands_behind_the_tag_of_each_form() {
        let html = "<form data-rdj-submit=\"a.b\" title='x > y'><b>1</b></form><form method=\"get\">\
                    </form><form class=\">\" data-rdj-submit=\"c.d\">2</form>";
        let input = token_input("T");
        assert_eq!(
            added(html),
            format!(
                "<form data-rdj-submit=\"a.b\" title='x > y'>{input}<b>1</b></form><form \
                 method=\"get\"></form><form class=\">\" data-rdj-submit=\"c.d\">{input}2</form>"
            )
        );
    }

    #[test]
    fn leaves_what_has_no_form() {
        assert_eq!(added("<p>1 > 0</p>"), "<p>1 > 0</p>");
        assert_eq!(
            added("<form data-rdj-submit=\"a"),
            "<form data-rdj-submit=\"a"
        );
    }
}
