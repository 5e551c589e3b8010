//! Random bodies, most of them nested as they should be.

pub(super) struct Rng(pub(super) u64);

impl Rng {
    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let random = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(random).unwrap_or_default() % n
    }

    pub(super) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const TAGS: &[&str] = &[
    "div",
    "p",
    "span",
    "a",
    "b",
    "i",
    "em",
    "strong",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "colgroup",
    "col",
    "form",
    "button",
    "select",
    "option",
    "optgroup",
    "input",
    "br",
    "hr",
    "img",
    "h1",
    "h2",
    "section",
    "main",
    "article",
    "pre",
    "textarea",
    "script",
    "style",
    "template",
    "svg",
    "circle",
    "foreignObject",
    "title",
    "g",
    "path",
    "details",
    "summary",
    "dialog",
    "label",
    "fieldset",
    "legend",
    "ruby",
    "rt",
    "rp",
    "rb",
    "rtc",
    "video",
    "source",
    "object",
    "iframe",
    "noscript",
    "x-foo",
    "nobr",
    "code",
    "small",
    "font",
    "table",
    "tr",
];
const TABLE_PARTS: &[&str] = &[
    "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "col", "option", "optgroup",
];
const OPTIONAL_END: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "rt",
    "rp", "colgroup",
];
const VOID: &[&str] = &[
    "br", "hr", "img", "input", "col", "source", "wbr", "meta", "link", "area",
];
const ATTRIBUTES: &[&str] = &[
    " id=\"a\"",
    " class='x > y'",
    " data-key=q",
    " disabled",
    " type=hidden",
    " title=\"<b>\"",
    " a = b",
];

/// `sane`: how many percent of the elements are where they belong.
pub(super) fn body(r: &mut Rng, depth: usize, parent: &str, sane: usize, out: &mut String) {
    for _ in 0..r.below(4) {
        if r.below(3) == 0 {
            out.push_str(r.pick(&["\n  ", " ", "", "<!-- c -->"]));
        }
        if r.below(4) == 0 {
            out.push_str(r.pick(&["text", " a b ", "x &amp; y", "&#38;lt", "1 < 2", "\u{e9}"]));
            continue;
        }
        let in_order = r.below(100) < sane;
        let tag = if in_order {
            fitting(r, parent)
        } else {
            r.pick(TAGS)
        };
        if !tag.is_empty() {
            element(r, depth, parent, tag, sane, out);
        }
    }
}

fn fitting<'a>(r: &mut Rng, parent: &str) -> &'a str {
    match parent {
        "table" => r.pick(&["tbody", "thead", "tr", "tfoot", "colgroup", "caption", "tr"]),
        "tbody" | "thead" | "tfoot" => "tr",
        "tr" => r.pick(&["td", "th"]),
        "ul" | "ol" => "li",
        "dl" => r.pick(&["dt", "dd"]),
        "select" => r.pick(&["option", "optgroup"]),
        "optgroup" => "option",
        "colgroup" => "col",
        "option" => "",
        "svg" | "g" => r.pick(&["g", "circle", "path", "title", "foreignObject"]),
        "ruby" => r.pick(&["rt", "rp", "rb", "rtc"]),
        "p" | "span" | "a" | "b" | "i" | "em" | "h1" | "h2" | "pre" | "button" | "label"
        | "code" => r.pick(&[
            "span", "b", "i", "em", "br", "img", "strong", "code", "small", "svg", "input",
        ]),
        _ => loop {
            let tag = r.pick(TAGS);
            if !TABLE_PARTS.contains(&tag) {
                break tag;
            }
        },
    }
}

fn element(r: &mut Rng, depth: usize, parent: &str, tag: &str, sane: usize, out: &mut String) {
    out.push('<');
    out.push_str(tag);
    if r.below(4) == 0 {
        out.push_str(r.pick(ATTRIBUTES));
    }
    let in_svg = matches!(parent, "svg" | "g");
    if in_svg && r.below(2) == 0 {
        return out.push_str("/>");
    }
    out.push('>');
    if VOID.contains(&tag) && !in_svg {
        return;
    }
    match tag {
        "script" | "style" | "textarea" | "iframe" | "noscript" => {
            out.push_str(r.pick(&["", "x", "a<b", "\nfoo", "if (a </b) {}"]));
        }
        "title" if !in_svg => out.push_str("a<b>c"),
        _ if depth > 0 => body(r, depth - 1, tag, sane, out),
        _ => out.push_str("leaf"),
    }
    // sometimes without an end tag
    let fate = r.below(100);
    if fate >= sane.max(97) || OPTIONAL_END.contains(&tag) && fate < 25 {
        return;
    }
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}
