//! Which hosts a site answers to.

use std::net::{IpAddr, Ipv6Addr};

/// Whether a `Host` names this site.
///
/// A pattern is a name, `.example.org` for a name and all below it, or `*`. Without patterns only
/// names of this machine are good.
pub(super) fn is_allowed(host: &str, patterns: &[String]) -> bool {
    let Some(name) = name(host) else {
        return false;
    };
    if patterns.is_empty() {
        return is_loopback(name);
    }
    patterns.iter().any(|pattern| matches(name, pattern))
}

/// Whether `name` is the pattern's, or below it if that begins with a dot.
pub(crate) fn matches(name: &str, pattern: &str) -> bool {
    let pattern = pattern.trim_end_matches('.');
    if pattern == "*" {
        return true;
    }
    match pattern.strip_prefix('.') {
        Some(parent) => {
            let below = name.len().checked_sub(parent.len());
            below.is_some_and(|at| {
                name.is_char_boundary(at)
                    && name[at..].eq_ignore_ascii_case(parent)
                    && (at == 0 || name[..at].ends_with('.'))
            })
        }
        None => name.eq_ignore_ascii_case(pattern),
    }
}

/// The host without its port; none if it is no host at all.
pub(crate) fn name(host: &str) -> Option<&str> {
    let (name, rest) = match host.strip_prefix('[') {
        Some(v6) => {
            let (address, rest) = v6.split_once(']')?;
            address.parse::<Ipv6Addr>().ok()?;
            (&host[..address.len() + 2], rest)
        }
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let port = rest.strip_prefix(':').unwrap_or(rest);
    if !port.bytes().all(|digit| digit.is_ascii_digit()) || port.len() > 5 {
        return None;
    }
    let bare = name.starts_with('[')
        || (!name.is_empty()
            && !name.starts_with('.')
            && !name.contains("..")
            && name
                .bytes()
                .all(|letter| letter.is_ascii_alphanumeric() || b"-._".contains(&letter)));
    // a name may end with the dot of the root
    bare.then(|| name.trim_end_matches('.'))
}

fn is_loopback(name: &str) -> bool {
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    matches(name, ".localhost") || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(host: &str, patterns: &[&str]) -> bool {
        let patterns: Vec<String> = patterns.iter().map(|&text| text.to_owned()).collect();
        is_allowed(host, &patterns)
    }

    #[test]
    fn without_patterns_only_this_machine() {
        for good in [
            "localhost",
            "localhost:8000",
            "a.localhost",
            "127.0.0.1:1",
            "127.9.9.9",
            "[::1]:80",
            "LOCALHOST",
        ] {
            assert!(allowed(good, &[]), "{good}");
        }
        for bad in [
            "example.org",
            "localhost.evil",
            "evillocalhost",
            "10.0.0.1",
            "[::2]",
            "",
            ":80",
            "localhost:80:80",
        ] {
            assert!(!allowed(bad, &[]), "{bad}");
        }
    }

    #[test]
    fn a13_patterns() {
        let patterns = ["example.org", ".example.com"];
        for good in [
            "example.org",
            "EXAMPLE.org:8443",
            "example.org.",
            "example.com",
            "a.b.example.com",
        ] {
            assert!(allowed(good, &patterns), "{good}");
        }
        for bad in [
            "a.example.org",
            "evilexample.com",
            "example.org.evil",
            "localhost",
            "example.org:x",
            "example.org/x",
            "a@example.org",
            "a..example.com",
            ".example.com",
            "example.org:123456",
        ] {
            assert!(!allowed(bad, &patterns), "{bad}");
        }
        assert!(allowed("anything.at-all", &["*"]));
        assert!(!allowed("any thing", &["*"]), "still a host");
        assert!(allowed("[2001:db8::1]:80", &["[2001:db8::1]"]));
    }
}
