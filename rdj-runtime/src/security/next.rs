//! Addresses to go to that came from a browser.

use http::Uri;

/// The longest address taken.
const LONGEST: usize = 2048;

/// Whether a browser may be sent to `url`, which somebody else has written, such as `?next=` of a login:
/// it must lead to a path of this site or to this very `host`, and over https if the page is `secure`.
///
/// ```
/// use rdj_runtime::security::safe_next;
///
/// assert!(safe_next("/albums?page=2", "example.org", true));
/// assert!(!safe_next("//evil.example/", "example.org", true));
/// ```
#[must_use]
pub fn safe_next(url: &str, host: &str, secure: bool) -> bool {
    // browsers drop or fold these, which can turn a path into another host
    let odd = |letter: char| letter.is_control() || letter == '\\' || letter.is_whitespace();
    if url.is_empty() || url.len() > LONGEST || url.contains(odd) || url.starts_with("//") {
        return false;
    }
    let scheme_ends = url.find(':');
    let path_begins = url.find(['/', '?', '#']).unwrap_or(url.len());
    match scheme_ends.filter(|&at| at < path_begins) {
        None => true,
        Some(at) => names_host(url, &url[..at], host, secure),
    }
}

fn names_host(url: &str, scheme: &str, host: &str, secure: bool) -> bool {
    let https = scheme.eq_ignore_ascii_case("https");
    let http = scheme.eq_ignore_ascii_case("http");
    let scheme_fits = https || (http && !secure);
    // exactly two slashes: browsers skip more
    let rest = url
        .get(scheme.len()..)
        .and_then(|rest| rest.strip_prefix("://"));
    let authority = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
    let same = authority.is_some_and(|own| !own.is_empty() && own.eq_ignore_ascii_case(host));
    scheme_fits && same && url.parse::<Uri>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n1_evil_forms() {
        for evil in [
            "//e",
            "///e",
            "////e",
            "/\\e",
            "\\\\e",
            "\\/e",
            "http:///e",
            "http:////e",
            "http:e",
            "https:e",
            "javascript:alert(1)",
            "data:text/html,x",
            "\x08//e",
            "/\t/e",
            "/\n/e",
            " //e",
            " /a",
            "http://user@h",
            "http://user@e",
            "http://[::1",
            "",
            "http://e",
            "https://h.e",
            "http://h:80@e",
            "http://h\\@e",
            "ftp://h/",
            "http:\\\\e",
            "//h/a",
            "\u{1}http://h",
            "http://h:8000",
            "HTTP://E",
            "x:y",
        ] {
            assert!(!safe_next(evil, "h", false), "{evil:?}");
        }
        assert!(!safe_next(&format!("/{}", "a".repeat(2048)), "h", false));
    }

    #[test]
    fn n2_local_and_same_host() {
        for good in [
            "/",
            "/a/b?c=d#e",
            "/a?x=http://e",
            "a/b",
            "?a=1",
            "#top",
            "/a:b",
            "http://h/a",
            "https://h",
            "HTTPS://H/a",
            "/%2F/e",
            "/caf\u{e9}",
        ] {
            assert!(safe_next(good, "h", false), "{good:?}");
        }
        assert!(safe_next("http://h:8000/a", "h:8000", false));
    }

    #[test]
    fn n3_secure_pages_lead_to_secure_pages() {
        assert!(!safe_next("http://h/a", "h", true));
        assert!(safe_next("https://h/a", "h", true));
        assert!(safe_next("/a", "h", true));
    }
}
