//! What a file is, by its content.

use std::str;

use infer::{MatcherType, Type};

/// As much of an uploaded file as is looked at. Of shorter content nothing is missing.
pub(super) const HEAD: usize = 8 * 1024;

/// The type of a file that begins with `head`.
pub(super) fn kind_of(head: &[u8]) -> &'static str {
    match infer::get(head) {
        Some(kind) => kind.mime_type(),
        None if is_text(head) => "text/plain",
        None => "application/octet-stream",
    }
}

/// Whether a file is of one of these kinds, whatever the browser says of it; `head` is all of it, or its
/// first 8 KiB: types
/// such as `image/*`, or endings such as `.pdf`. An ending stands for the name, and for its content: of
/// the binary format that the ending is known for, else a text.
#[must_use]
pub fn is_kind(accept: &[&str], name: &str, head: &[u8]) -> bool {
    if accept.is_empty() {
        return true;
    }
    let found = infer::get(head).filter(|kind| !is_text_format(*kind));
    accept
        .iter()
        .any(|accepted| match accepted.strip_prefix('.') {
            Some(ending) => is_ending(ending, name, found, head),
            None => is_type(accepted, found, head),
        })
}

/// Formats that are texts: their beginnings are found in texts of other kinds too, such as that of XML in an SVG,
/// and they need not have them.
fn is_text_format(kind: Type) -> bool {
    kind.matcher_type() == MatcherType::Text || kind.extension() == "pem"
}

fn is_type(accepted: &str, found: Option<Type>, head: &[u8]) -> bool {
    match found.map(|kind| kind.mime_type()) {
        Some(found) => match accepted.strip_suffix('*') {
            Some(group) => found.starts_with(group),
            None => found == accepted,
        },
        // nothing in a text says which one it is
        None => is_text_type(accepted) && is_text(head),
    }
}

/// Whether files of a type are texts.
fn is_text_type(accepted: &str) -> bool {
    let text = [
        "json",
        "xml",
        "javascript",
        "yaml",
        "toml",
        "sql",
        "x-ndjson",
        "x-x509-ca-cert",
    ];
    accepted.starts_with("text/")
        || accepted.ends_with("+xml")
        || accepted.ends_with("+json")
        || (accepted.strip_prefix("application/")).is_some_and(|name| text.contains(&name))
}

fn is_ending(ending: &str, name: &str, found: Option<Type>, head: &[u8]) -> bool {
    let own = name.rsplit_once('.').map_or("", |(_, own)| own);
    if !own.eq_ignore_ascii_case(ending) {
        return false;
    }
    let ending = match ending.to_ascii_lowercase().as_str() {
        "jpeg" => "jpg".to_owned(),
        "tiff" => "tif".to_owned(),
        other => other.to_owned(),
    };
    match found {
        Some(found) => found.extension() == ending,
        // what has a known beginning must have it
        None => !is_binary(&ending) && is_text(head),
    }
}

/// Whether an ending is known for a binary format.
fn is_binary(ending: &str) -> bool {
    infer::is_supported(ending) && !["html", "pem", "sh", "xml"].contains(&ending)
}

/// Whether it can be text; the last letter may be cut off where the content may go on.
fn is_text(head: &[u8]) -> bool {
    let is_utf8 = match str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && head.len() == HEAD,
    };
    is_utf8 && !head.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::{HEAD, is_kind, kind_of};

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    #[test]
    fn content_counts() {
        assert!(is_kind(&[], "x", b"\0"));
        assert!(is_kind(&["image/*"], "a.txt", PNG) && is_kind(&["image/png"], "", PNG));
        assert!(!is_kind(&["image/jpeg"], "a.jpg", PNG) && !is_kind(&["text/*"], "a.txt", PNG));
        assert!(is_kind(&["text/plain"], "", "\u{e4}".as_bytes()));
        let letters = format!("x{}", "\u{e4}".repeat(HEAD));
        assert!(is_kind(&["text/*"], "", &letters.as_bytes()[..HEAD]));
        assert!(!is_kind(&["text/*"], "", b"caf\xe9"));
        assert!(!is_kind(&["text/*"], "", b"a\0b") && !is_kind(&["image/*"], "a.png", b"text"));
        assert_eq!(
            (kind_of(PNG), kind_of(b"a"), kind_of(b"\0")),
            ("image/png", "text/plain", "application/octet-stream")
        );
    }

    #[test]
    fn endings_are_names_with_their_content() {
        assert!(is_kind(&[".png"], "a.PNG", PNG) && is_kind(&[".csv"], "a.csv", b"a,b"));
        assert!(is_kind(&[".pdf"], "a.pdf", b"%PDF-1.7") && !is_kind(&[".pdf"], "a.pdf", b"text"));
        assert!(!is_kind(&[".png"], "a.txt", PNG) && !is_kind(&[".csv"], "a.csv", PNG));
        assert!(!is_kind(&[".csv"], "a.csv", b"MZ\0\0"));
        assert!(
            is_kind(&[".PDF"], "a.pdf", b"%PDF-1.7") && !is_kind(&[".bin"], "a.bin", b"\xff\0")
        );
    }

    #[test]
    fn texts_are_texts_whatever_they_begin_with() {
        let xml = b"<?xml version=\"1.0\"?><svg/>";
        for (ending, text) in [
            (".svg", &xml[..]),
            (".svg", b"<svg/>"),
            (".gpx", xml),
            (".xml", xml),
            (".xml", b"<a/>"),
            (".html", b"<!DOCTYPE html><p>"),
            (".htm", b"<section>"),
            (".txt", b"<p >"),
            (".sh", b"#!/bin/sh\n"),
            (".sh", b"true"),
            (".py", b"#!/usr/bin/env python3\n"),
            (".crt", b"-----BEGIN CERTIFICATE-----\n"),
        ] {
            assert!(is_kind(&[ending], &format!("a{ending}"), text), "{ending}");
        }
        for (accepted, text) in [
            ("image/svg+xml", &xml[..]),
            ("application/json", b"{}"),
            ("text/xml", xml),
            ("text/plain", b"#!/bin/sh\n"),
        ] {
            assert!(is_kind(&[accepted], "", text), "{accepted}");
            assert!(!is_kind(&[accepted], "", PNG) && !is_kind(&[accepted], "", b"\0"));
        }
        assert!(!is_kind(&["image/*"], "a.svg", xml) && !is_kind(&[".html"], "a.html", PNG));
    }
}
