//! Patches make the page that was rendered: applied by the testing kit, which does it as the browser does.

use std::fmt::Write as _;

use super::generate::{Rng, body};
use super::{page, seed};
use crate::testing::difference_after;
use crate::view::{Change, Scratch, View};

const PAGES: usize = 3_000;

/// A list of rows with keys, some of them with random content, in random order.
fn list(r: &mut Rng, contents: &[String]) -> String {
    let mut rows: Vec<usize> = (0..20).filter(|_| r.below(4) > 0).collect();
    for _ in 0..r.below(4) {
        if let Some(last) = rows.len().checked_sub(1) {
            let (from, to) = (r.below(last + 1), r.below(last + 1));
            rows.swap(from, to);
        }
    }
    let mut out = format!("<h1 title=\"{}\">List</h1>\n<ul>\n", r.below(3));
    for row in rows {
        let content = match r.below(6) {
            0 => contents[r.below(contents.len())].as_str(),
            _ => "as it was",
        };
        let class = ["", " class=\"done\"", " class=\"a &amp; b\""][r.below(8).min(2)];
        // writing into a String does not fail
        let _ = writeln!(
            out,
            "  <li data-key=\"{row}\"{class}><b>Row {row}</b> {content}</li>"
        );
    }
    out.push_str("</ul>\n");
    out
}

#[test]
fn patches_make_the_page_that_was_rendered() {
    let mut r = Rng(seed(0x00C0_FFEE));
    let mut scratch = Scratch::default();
    let mut patches = 0;
    for _ in 0..PAGES {
        let mut contents = vec!["plain &lt;text&gt;".to_owned(), "<i>em</i>".to_owned()];
        let mut content = String::new();
        body(&mut r, 2, "li", 100, &mut content);
        contents.push(content);
        let before = page(&list(&mut r, &contents));
        let after = page(&list(&mut r, &contents));
        let mut view = View::new(&before);
        let mut payload = Vec::new();
        let titled = match view.update(&after, &mut scratch, &mut payload) {
            Change::Patch => false,
            Change::TitledPatch => true,
            Change::None | Change::Body => continue,
        };
        patches += 1;
        let found = difference_after(&before, &payload, titled, &after);
        assert_eq!(found, None, "\n{before}\n{after}");
    }
    assert!(patches > PAGES / 2, "only {patches} patches");
}
