//! What is refused, where and why; and that nothing panics.

use super::generate::{Rng, body};
use super::{page, seed};
use crate::view::{Change, Scratch, View, check};

#[track_caller]
fn refused(content: &str, at: &str, reason: &str) {
    let html = page(content);
    let refusal = check(&html).expect_err(content);
    assert!(refusal.reason.contains(reason), "{content}: {refusal}");
    assert!(
        html[refusal.offset..].starts_with(at),
        "{content}: {refusal}"
    );
}

#[test]
fn reasons_and_places() {
    refused("<table><b>x</b></table>", "<b>", "directly in a table");
    refused("<table>x</table>", "x</table>", "text directly in a table");
    refused("<b><i></b></i>", "</b>", "misnested formatting");
    refused(
        "<p><span><div></div></span></p>",
        "<div>",
        "closes an outer <p>",
    );
    refused(
        "<form><form></form></form>",
        "<form></form>",
        "form in a form",
    );
    refused("<a><a></a></a>", "<a></a>", "link in a link");
    refused(
        "<button><button></button></button>",
        "<button></button>",
        "button in a button",
    );
    refused("<h1><h2></h2></h1>", "<h2>", "heading in a heading");
    refused("<div>", "<div>", "without an end tag");
    refused("</div>", "</div>", "end tag without a start tag");
    refused("<div a=>", ">", "empty attribute value");
    refused("<div a\"b>", "\"b", "quote");
    refused("<!-- x", "<!--", "comment without an end");
    refused("<?xml ?>", "<?xml", "processing instruction");
    refused("a\0b", "\0b", "NUL");
    refused("<math></math>", "<math>", "not supported");
    refused("&#32;", "&#32;", "white space only");
    refused("<svg><div></div></svg>", "<div>", "directly in SVG");
    refused("<select><div></div></select>", "<div>", "in <select>");
    refused("<html>", "<html>", "inside of the page");
    refused(&"x".repeat(60_001), "\n", "60 kB");
}

#[test]
fn pages_without_their_frame() {
    let reason = |html: &str| check(html).expect_err(html).reason;
    assert!(reason("").contains("no <body>"));
    assert!(reason("<p>x</p>").contains("outside"));
    assert!(reason("x").contains("text outside"));
    assert!(reason("<html><body></body></html>").contains("DOCTYPE"));
    let quirks = "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2//EN\"><html><body></body></html>";
    assert!(reason(quirks).contains("other than <!DOCTYPE html>"));
    assert!(reason("<!DOCTYPE html><html><head></head></html>").contains("no <body>"));
    let twice = "<!DOCTYPE html><html><body></body><body></body></html>";
    assert!(check(twice).is_err());
    assert_eq!(
        check("<!-- x -->\n<!doctype  HTML><html><body>x</body></html>"),
        Ok(())
    );
}

#[test]
fn depth_is_limited() {
    let nested = |n: usize| page(&format!("{}{}", "<div>".repeat(n), "</div>".repeat(n)));
    assert_eq!(check(&nested(509)), Ok(()));
    assert!(
        check(&nested(510))
            .expect_err("too deep")
            .reason
            .contains("512")
    );
    let (deep, changed) = (
        nested(509),
        nested(509).replace("<div></div>", "<div>x</div>"),
    );
    let (mut view, mut out) = (View::new(&deep), vec![]);
    assert_eq!(
        view.update(&changed, &mut Scratch::new(), &mut out),
        Change::Patch
    );
}

#[test]
fn nothing_panics() {
    let mut r = Rng(seed(0xFEED_BEEF));
    let alphabet = [
        "<",
        ">",
        "/",
        "\"",
        "'",
        "=",
        "&",
        ";",
        "!",
        "-",
        "a",
        "p",
        " ",
        "\n",
        "\r",
        "<td",
        "<!--",
        "</",
        "<p>",
        "<svg",
        "\u{1f600}",
        "<title>",
        "<body",
        "&#",
        "&amp;",
        "<template>",
        "<script>",
        "</html>",
        "<!doctype html>",
        "<html>",
        "<body>",
        "<select",
    ];
    let mut scratch = Scratch::new();
    let mut view = View::new(&page("x"));
    let mut out = vec![];
    for number in 0..20_000 {
        let mut soup = String::new();
        for _ in 0..r.below(40) {
            soup.push_str(r.pick(&alphabet));
        }
        if number % 2 == 0 {
            body(&mut r, 3, "div", 90, &mut soup);
        }
        let html = if number % 4 < 2 { page(&soup) } else { soup };
        out.clear();
        view.update(&html, &mut scratch, &mut out);
        view.body(&mut out);
        if number % 8 == 0 {
            view.cool(None);
        }
    }
}
