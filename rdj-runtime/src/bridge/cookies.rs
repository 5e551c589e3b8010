//! The cookies of one connection.

use std::time::Instant;

use http::{HeaderMap, HeaderValue, header::COOKIE};

/// A `Set-Cookie` header, as far as the jar needs it.
///
/// Source: RFC 6265, section 5.2.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SetCookie<'a> {
    pub(crate) name: &'a str,
    value: &'a str,
    path: Option<&'a str>,
    /// How long the browser keeps it, in seconds.
    max_age: Option<u64>,
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
            max_age: None,
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
                    let age = value.parse::<i64>().ok();
                    cookie.removed = age.is_some_and(|age| age <= 0);
                    cookie.max_age = age.and_then(|age| age.try_into().ok());
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
pub(crate) struct Jar(Vec<Held>);

#[derive(Debug)]
struct Held {
    name: String,
    value: String,
    /// When the browser was last given it, as far as is known.
    since: Instant,
}

impl Held {
    /// Whether the browser should get it again, although it has this value: a tenth of its time is over.
    fn is_due(&self, max_age: Option<u64>) -> bool {
        max_age.is_some_and(|age| self.since.elapsed().as_secs() > age / 10)
    }
}

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
        let since = Instant::now();
        let held = |(name, value): (&str, &str)| Held {
            name: name.trim().to_owned(),
            value: value.trim().to_owned(),
            since,
        };
        Self(pairs.map(held).collect())
    }

    /// The value of a cookie.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.0.iter();
        all.find(|own| own.name == name)
            .map(|own| own.value.as_str())
    }

    /// Whether any cookie has this value.
    pub(crate) fn has_value(&self, value: &str) -> bool {
        self.0.iter().any(|own| own.value == value)
    }

    /// Takes a cookie of a response to a request for `path`; true if the browser has to get it: anything
    /// changed, or it has been kept for long enough to be given again.
    pub(crate) fn set(&mut self, cookie: &SetCookie<'_>, path: &str) -> bool {
        if !cookie.is_for(path) {
            return true;
        }
        let at = self.0.iter().position(|own| own.name == cookie.name);
        match at {
            Some(at) if cookie.removed => {
                self.0.remove(at);
                true
            }
            None if cookie.removed => false,
            Some(at) => {
                let own = &mut self.0[at];
                let due = own.value != cookie.value || own.is_due(cookie.max_age);
                if due {
                    cookie.value.clone_into(&mut own.value);
                    own.since = Instant::now();
                }
                due
            }
            None => {
                self.0.push(Held {
                    name: cookie.name.to_owned(),
                    value: cookie.value.to_owned(),
                    since: Instant::now(),
                });
                true
            }
        }
    }

    /// Writes the request header.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        headers.remove(COOKIE);
        let pairs: Vec<_> = self
            .0
            .iter()
            .map(|own| format!("{}={}", own.name, own.value))
            .collect();
        if let Ok(value) = HeaderValue::from_str(&pairs.join("; "))
            && !value.is_empty()
        {
            headers.insert(COOKIE, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

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
    fn is_given_again_when_a_tenth_of_its_time_is_over() {
        let mut jar = jar("id=a");
        let again = "id=a; Max-Age=600";
        assert!(!set(&mut jar, again));
        jar.0[0].since -= Duration::from_secs(62);
        assert!(!set(&mut jar, "id=a"), "it ends with the browser");
        assert!(set(&mut jar, again));
        assert!(!set(&mut jar, again));
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
