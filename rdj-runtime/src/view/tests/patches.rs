//! Known sizes of known changes. What the patches do is tested in a browser.

use super::page;
use crate::view::{Change, Scratch, View};
use std::fmt::Write;

#[track_caller]
fn payload(before: &str, after: &str) -> Vec<u8> {
    let (mut view, mut out) = (View::new(&page(before)), vec![]);
    let change = view.update(&page(after), &mut Scratch::new(), &mut out);
    assert_eq!(change, Change::Patch, "{:?}", view.refusal());
    out
}

fn row(id: usize, name: &str) -> String {
    format!(
        "<tr id=\"row-{id}\" class=\"border-b hover:bg-gray-50\"><td class=\"px-4 py-2 font-medium\">{name}</td>\
         <td class=\"px-4 py-2\"><a href=\"/customers/{id}\">open</a></td></tr>\n"
    )
}

fn table(ids: &[usize]) -> String {
    let mut html = String::from("<h1>Rows</h1><table>");
    for id in ids {
        write!(html, "{}", row(*id, &format!("Customer {id}"))).unwrap();
    }
    html + "</table>"
}

#[test]
fn one_text() {
    let before = table(&(0..100).collect::<Vec<_>>());
    let after = before.replace("Customer 50<", "Someone else<");
    let out = payload(&before, &after);
    // check, length, path of four, flags, length of the text, the text
    assert!(
        out.len() <= 12 + "Someone else".len(),
        "{} bytes",
        out.len()
    );
    assert!(out.ends_with(b"Someone else"));
}

#[test]
fn an_inserted_row_is_a_copy() {
    let ids: Vec<usize> = (0..100).collect();
    let more: Vec<usize> = std::iter::once(500).chain(0..100).collect();
    let out = payload(&table(&ids), &table(&more));
    assert!(out.len() < 70, "{} bytes", out.len());
    assert!(!out.windows(5).any(|bytes| bytes == b"hover"));
}

#[test]
fn a_moved_row_is_a_move() {
    let ids: Vec<usize> = (0..100).collect();
    let moved: Vec<usize> = std::iter::once(99).chain(0..99).collect();
    let out = payload(&table(&ids), &table(&moved));
    assert!(out.len() <= 22, "{} bytes", out.len());
}

#[test]
fn a_deleted_row() {
    let ids: Vec<usize> = (0..100).collect();
    let out = payload(&table(&ids), &table(&[&ids[..40], &ids[41..]].concat()));
    assert!(out.len() <= 18, "{} bytes", out.len());
}

#[test]
fn long_texts_are_spliced() {
    let log = "one line of the log\n".repeat(50);
    let out = payload(
        &format!("<pre>{log}</pre>"),
        &format!("<pre>{log}more\n</pre>"),
    );
    assert!(out.len() < 24, "{} bytes", out.len());
}

#[test]
fn more_attributes_and_longer_titles_than_a_byte_counts() {
    let mut attrs = String::new();
    for number in 0..300 {
        write!(attrs, " data-x{number}=\"{number}\"").unwrap();
    }
    let filler = "<p>unchanged</p>".repeat(1000);
    let out = payload(
        &format!("<b></b>{filler}"),
        &format!("<b{attrs}></b>{filler}"),
    );
    assert!(out.windows(4).any(|bytes| bytes == b"x299"));

    let titled = |title: &str| page("x").replace("<title>t", &format!("<title>{title}"));
    let (mut view, mut out) = (View::new(&titled("a")), vec![]);
    let change = view.update(&titled(&"y".repeat(300)), &mut Scratch::new(), &mut out);
    assert_eq!(change, Change::TitledPatch);
    assert_eq!(out[..5], [0, 0, 0, 0xac, 0x02]);
}

#[test]
fn what_a_browser_does_not_show_is_nothing() {
    let (mut view, mut out) = (View::new(&page("<p>a</p> <p>b</p>")), vec![]);
    let mut scratch = Scratch::new();
    for same in ["<p>a</p>\n\n  <p>b</p>", "<p>a</p><!-- c --><p>b</p>"] {
        assert_eq!(
            view.update(&page(same), &mut scratch, &mut out),
            Change::None
        );
        assert!(out.is_empty());
    }
    assert_eq!(
        view.update(&page("<p>a</p><p>b</p>"), &mut scratch, &mut out),
        Change::Patch
    );
}

#[test]
fn scripts_are_replaced_and_never_given_text() {
    let out = payload(
        "<p>x</p><script></script>",
        "<p>x</p><script>run()</script>",
    );
    assert!(out.ends_with(b"<script>run()</script>"));
}
