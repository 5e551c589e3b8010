//! Hot, cold and refused views.

use super::page;
use crate::view::{Change, Scratch, View, write_body};
use std::sync::Arc;

fn list(items: usize) -> String {
    let row = |item| format!("<li id=\"i{item}\" class=\"item\">Item number {item}</li>\n");
    format!("<ul>{}</ul>", (0..items).map(row).collect::<String>())
}

fn body_of(html: &str) -> Vec<u8> {
    let mut out = vec![];
    write_body(html, &mut out);
    out
}

#[test]
fn a_cold_view_is_small_and_comes_back() {
    let dictionary: Arc<[u8]> = page(&list(60)).into_bytes().into();
    let html = page(&list(100));
    let (mut view, mut scratch) = (View::new(&html), Scratch::new());
    let hot = view.memory();
    view.cool(None);
    let cold = view.memory();
    assert!(cold < hot / 4, "{hot} {cold}");
    let mut out = vec![];
    assert_eq!(view.update(&html, &mut scratch, &mut out), Change::None);
    view.cool(Some(&dictionary));
    assert!(view.memory() < cold, "{cold} {}", view.memory());
    assert!(view.body(&mut out));
    assert_eq!(out, body_of(&html));
    view.cool(Some(&dictionary));
    out.clear();
    let changed = html.replace("number 7<", "number seven<");
    assert_eq!(view.update(&changed, &mut scratch, &mut out), Change::Patch);
    assert!(out.ends_with(b"Item number seven"));
}

#[test]
fn a_dictionary_may_be_longer_than_the_window() {
    let dictionary: Arc<[u8]> = page(&list(4000)).into_bytes().into();
    let html = page(&list(3000));
    let mut view = View::new(&html);
    view.cool(Some(&dictionary));
    let mut out = vec![];
    assert!(view.body(&mut out));
    assert_eq!(out, body_of(&html));
}

#[test]
fn a_refused_page_is_sent_whole() {
    let refused = page("<table>loose</table><p>1</p>");
    let (mut view, mut scratch) = (View::new(&refused), Scratch::new());
    assert!(
        view.refusal()
            .is_some_and(|refusal| refusal.reason.contains("table"))
    );
    let mut out = vec![];
    assert_eq!(view.update(&refused, &mut scratch, &mut out), Change::None);
    assert!(!view.body(&mut out));
    let next = refused.replace(">1<", ">2<");
    assert_eq!(view.update(&next, &mut scratch, &mut out), Change::Body);
    assert_eq!(out, body_of(&next));
    // a page that is accepted again is patched again
    out.clear();
    assert_eq!(
        view.update(&page("<p>2</p>"), &mut scratch, &mut out),
        Change::Body
    );
    assert!(view.refusal().is_none());
    assert_eq!(
        view.update(&page("<p>3</p>"), &mut scratch, &mut out),
        Change::Patch
    );
    assert_eq!(view.update(&refused, &mut scratch, &mut out), Change::Body);
    assert!(view.refusal().is_some());
}

#[test]
fn a_page_that_is_another_one_is_sent_whole() {
    let (mut view, mut out) = (View::new(&page(&list(100))), vec![]);
    let words = (0..2000)
        .map(|word| word.to_string())
        .collect::<Vec<_>>()
        .join(" ");
    let other = page(&format!("<main><p>{words}</p></main>"));
    assert_eq!(
        view.update(&other, &mut Scratch::new(), &mut out),
        Change::Body
    );
    assert_eq!(out, body_of(&other));
}

#[test]
fn the_parts_of_a_body() {
    let html = "<!DOCTYPE html><html><head><!-- <body> --><script>'<body>'</script>\
                <title>A &amp; B</title></head><BODY class='a > b'>\n<p>x</p></BODY></html>";
    assert_eq!(body_of(html), b"\x05A & B\n<p>x</p>");
    assert_eq!(body_of("just text"), b"\0just text");
    assert_eq!(body_of(""), b"\0");
    assert_eq!(body_of("<title>x"), b"\0<title>x");
}
