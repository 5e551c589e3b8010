//! Character references.

use memchr::{memchr, memchr2};
use std::borrow::Cow;

/// The names decoded here. Text with other names is sent as HTML and decoded by the browser.
const NAMED: [(&str, char); 40] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("copy", '\u{a9}'),
    ("reg", '\u{ae}'),
    ("trade", '\u{2122}'),
    ("mdash", '\u{2014}'),
    ("ndash", '\u{2013}'),
    ("hellip", '\u{2026}'),
    ("times", '\u{d7}'),
    ("divide", '\u{f7}'),
    ("laquo", '\u{ab}'),
    ("raquo", '\u{bb}'),
    ("lsquo", '\u{2018}'),
    ("rsquo", '\u{2019}'),
    ("ldquo", '\u{201c}'),
    ("rdquo", '\u{201d}'),
    ("larr", '\u{2190}'),
    ("rarr", '\u{2192}'),
    ("uarr", '\u{2191}'),
    ("darr", '\u{2193}'),
    ("middot", '\u{b7}'),
    ("bull", '\u{2022}'),
    ("euro", '\u{20ac}'),
    ("pound", '\u{a3}'),
    ("yen", '\u{a5}'),
    ("cent", '\u{a2}'),
    ("sect", '\u{a7}'),
    ("para", '\u{b6}'),
    ("deg", '\u{b0}'),
    ("plusmn", '\u{b1}'),
    ("ne", '\u{2260}'),
    ("le", '\u{2264}'),
    ("ge", '\u{2265}'),
    ("check", '\u{2713}'),
    ("shy", '\u{ad}'),
    ("infin", '\u{221e}'),
];
const LONGEST: usize = 34;

/// The text a browser makes of `source`, newlines included. `None`: there is a reference that is
/// not in the table.
pub(crate) fn decode(source: &str) -> Option<Cow<'_, str>> {
    let Some(mut at) = memchr2(b'&', b'\r', source.as_bytes()) else {
        return Some(Cow::Borrowed(source));
    };
    let mut decoded = String::with_capacity(source.len());
    let mut rest = source;
    loop {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let (character, len) = special(rest)?;
        decoded.push(character);
        rest = &rest[len..];
        match memchr2(b'&', b'\r', rest.as_bytes()) {
            Some(next) => at = next,
            None => break,
        }
    }
    decoded.push_str(rest);
    Some(Cow::Owned(decoded))
}

/// The character that `rest` begins with, and its length in the source.
fn special(rest: &str) -> Option<(char, usize)> {
    let bytes = rest.as_bytes();
    match bytes {
        [b'\r', b'\n', ..] => return Some(('\n', 2)),
        [b'\r', ..] => return Some(('\n', 1)),
        [_, next, ..] if *next == b'#' || next.is_ascii_alphanumeric() => {}
        _ => return Some(('&', 1)),
    }
    let end = memchr(b';', &bytes[..bytes.len().min(LONGEST)])?;
    let name = &rest[1..end];
    let character = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => NAMED.iter().find(|known| known.0 == name)?.1,
    };
    Some((character, end + 1))
}

fn numbered(number: &str) -> Option<char> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(digits, radix).ok()?;
    // these are replaced by others or refused by a browser
    let odd = (0x80..0xa0).contains(&value) || value == 0 || value == 13;
    if odd { None } else { char::from_u32(value) }
}
