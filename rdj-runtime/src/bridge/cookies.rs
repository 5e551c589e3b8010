//! The cookies of one connection.

use http::{HeaderMap, HeaderValue, header::COOKIE};

/// A `Set-Cookie` header, as far as the jar needs it.
///
/// Source: RFC 6265, section 5.2.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SetCookie<'a> {
    pub(crate) name: &'a str,
    value: &'a str,
    path: Option<&'a str>,
    /// Whether it takes the cookie away.
    pub(crate) removed: bool,
}

impl<'a> SetCookie<'a> {
    /// Reads a header; none if it is no cookie.
    pub(crate) fn parse(header: &'a HeaderValue) -> Option<Self> {
        let mut parts = header.to_str().ok()?.split(';');
        let (name, value) = parts.next()?.split_once('=')?;
        let (name, value) = (name.trim(), value.trim());
        let mut cookie = Self {
            name,
            value,
            path: None,
            removed: false,
        };
        for part in parts {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let value = value.trim();
            match key.trim() {
                key if key.eq_ignore_ascii_case("path") => {
                    cookie.path = value.starts_with('/').then_some(value);
                }
                key if key.eq_ignore_ascii_case("max-age") => {
                    cookie.removed = value.parse::<i64>().is_ok_and(|age| age <= 0);
                }
                _ => {}
            }
        }
        (!name.is_empty()).then_some(cookie)
    }

    /// Whether it has this value.
    pub(crate) fn has_value(&self, value: &str) -> bool {
        self.value == value
    }

    /// Whether requests to `path` carry the cookie (RFC 6265, section 5.1.4).
    fn is_for(&self, path: &str) -> bool {
        self.path.is_none_or(|own| {
            path.strip_prefix(own)
                .is_some_and(|rest| rest.is_empty() || own.ends_with('/') || rest.starts_with('/'))
        })
    }
}

/// The cookies that the requests of one connection carry.
#[derive(Debug, Default)]
pub(crate) struct Jar(Vec<(String, String)>);

impl Jar {
    /// The cookies of a request.
    pub(crate) fn new(headers: &HeaderMap) -> Self {
        let texts = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        let pairs = texts
            .flat_map(|text| text.split(';'))
            .filter_map(|pair| pair.split_once('='));
        Self(
            pairs
                .map(|(n, v)| (n.trim().to_owned(), v.trim().to_owned()))
                .collect(),
        )
    }

    /// The value of a cookie.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether any cookie has this value.
    pub(crate) fn has_value(&self, value: &str) -> bool {
        self.0.iter().any(|(_, own)| own == value)
    }

    /// Takes a cookie of a response to a request for `path`; true if anything changed.
    pub(crate) fn set(&mut self, cookie: &SetCookie<'_>, path: &str) -> bool {
        if !cookie.is_for(path) {
            return true;
        }
        let at = self.0.iter().position(|(n, _)| n == cookie.name);
        match at {
            Some(at) if cookie.removed => {
                self.0.remove(at);
                true
            }
            None if cookie.removed => false,
            Some(at) => {
                let changed = self.0[at].1 != cookie.value;
                cookie.value.clone_into(&mut self.0[at].1);
                changed
            }
            None => {
                self.0
                    .push((cookie.name.to_owned(), cookie.value.to_owned()));
                true
            }
        }
    }

    /// Writes the request header.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        headers.remove(COOKIE);
        let pairs: Vec<_> = self.0.iter().map(|(n, v)| format!("{n}={v}")).collect();
        if let Ok(value) = HeaderValue::from_str(&pairs.join("; "))
            && !value.is_empty()
        {
            headers.insert(COOKIE, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jar(text: &'static str) -> Jar {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static(text));
        Jar::new(&headers)
    }

    fn set(jar: &mut Jar, text: &'static str) -> bool {
        let header = HeaderValue::from_static(text);
        let cookie = SetCookie::parse(&header);
        cookie.is_some_and(|cookie| jar.set(&cookie, "/notes"))
    }

    #[test]
    fn replaces_adds_and_removes() {
        let mut jar = jar("a=1; id=old");
        assert!(set(&mut jar, "id=new; HttpOnly; Path=/"));
        assert!(!set(&mut jar, "id=new; HttpOnly; Path=/"));
        assert!(set(&mut jar, "b=2"));
        assert!(set(&mut jar, "a=; Max-Age=0"));
        let mut headers = HeaderMap::new();
        jar.write(&mut headers);
        assert_eq!(
            headers.get(COOKIE),
            Some(&HeaderValue::from_static("id=new; b=2"))
        );
    }

    #[test]
    fn keeps_cookies_of_other_paths_out() {
        let mut jar = jar("a=1");
        assert!(set(&mut jar, "c=3; Path=/admin"));
        assert_eq!(jar.get("c"), None);
        assert!(set(&mut jar, "d=4; Path=/not"));
        assert_eq!(jar.get("d"), None);
        assert!(set(&mut jar, "e=5; Path=/notes"));
        assert_eq!(jar.get("e"), Some("5"));
    }
}
