//! Reading only what has changed gives the same tree as reading all.

use super::generate::{Rng, body};
use super::{page, seed};
use crate::view::parse::Common;
use crate::view::tree::Tree;

const DOCUMENTS: usize = 30_000;
const PIECES: &[&str] = &[
    "x",
    "<li>",
    "</li>",
    "<p>",
    " ",
    "<td>q",
    "<tr><td>",
    "</b>",
    "<b>",
    "\n",
    "<!-- z -->",
    "&#32;",
    "</p>",
    "<svg>",
    "</svg>",
    "<option>",
    "=",
    "\"",
    ">",
    "<",
    "\0",
    "</body>",
    "<body>",
    "</html>",
    "<html>",
    "<head>",
    "<!DOCTYPE html>",
    "\u{e9}",
];

/// A place to cut, often before a tag.
fn cut(r: &mut Rng, html: &str, from: usize) -> usize {
    let mut at = from + r.below(html.len() - from);
    while !html.is_char_boundary(at) {
        at += 1;
    }
    if r.below(2) == 0 {
        at = html[at..]
            .find('<')
            .map_or(html.len() - 1, |angle| at + angle);
    }
    at
}

fn edit(r: &mut Rng, html: &str, sane: usize) -> String {
    let from = if r.below(8) == 0 {
        0
    } else {
        html.find("<body>").unwrap_or_default()
    };
    let (x, y) = (cut(r, html, from), cut(r, html, from));
    let (start, end) = (x.min(y), if r.below(3) == 0 { x.min(y) } else { x.max(y) });
    let mut inserted = String::new();
    match r.below(4) {
        0 => body(r, 2, "div", sane, &mut inserted),
        1 => inserted.push_str(r.pick(PIECES)),
        2 => inserted.push_str(&html[start..end]),
        _ => {}
    }
    if r.below(3) == 0 {
        inserted.push_str(&html[start..end]);
    }
    format!("{}{inserted}{}", &html[..start], &html[end..])
}

#[test]
fn agrees_with_a_full_parse_after_random_edits() {
    let mut r = Rng(seed(0x7654_3210));
    let (mut old, mut full, mut part) = (Tree::default(), Tree::default(), Tree::default());
    let (mut agreed, mut refused) = (0, 0);
    for number in 0..DOCUMENTS {
        let sane = [100, 100, 97, 90][number % 4];
        let mut content = String::new();
        body(&mut r, 5, "div", sane, &mut content);
        let before = page(&content);
        if old.parse(&before).is_err() {
            continue;
        }
        for _ in 0..4 {
            let after = edit(&mut r, &before, sane);
            let expected = full.parse(&after);
            let got = part.parse_from(&old, &before, &after, Common::of(&before, &after));
            assert_eq!(
                expected.is_ok(),
                got.is_ok(),
                "{before}\n{after}\n{expected:?} {got:?}"
            );
            if expected.is_ok() {
                assert_eq!(full.nodes, part.nodes, "{before}\n{after}");
                agreed += 1;
            } else {
                refused += 1;
            }
        }
    }
    assert!(
        agreed > DOCUMENTS / 2 && refused > DOCUMENTS / 2,
        "{agreed} agreed, {refused} refused"
    );
}
