//! Random pages.

pub(crate) const WORDS: [&str; 13] = [
    "alpha",
    "beta &amp; co",
    "x &lt; y",
    "gamma &#39;q&#39;",
    "\u{e9} \u{fc} \u{6f22}\u{5b57} \u{1f600}",
    "1 < 2",
    "a long text that goes on and on, with many words in it so that a splice of it is worth the bytes, as in a log or an essay",
    "a long text that goes on and on, with more words in it so that a splice of it is worth the bytes, as in a log or an essay",
    "0",
    "&nbsp;",
    "tail ",
    "two\r\nlines",
    "&hellip; &check; &bigstar;",
];
pub(crate) const VALUES: [&str; 9] = [
    "a",
    "b c",
    "x &amp; y",
    "&#34;q&#34;",
    "",
    "\u{e9}\u{1f600}",
    "some-class other",
    "/path/1?x=1&amp;y=2",
    "&starf; unknown",
];
const NAMES: [&str; 12] = [
    "class",
    "title",
    "href",
    "data-x",
    "aria-label",
    "style",
    "lang",
    "role",
    "hidden",
    "data-rdj-input",
    "data-foo-bar",
    "tabindex",
];

pub(crate) struct Rng(pub(crate) u64);

impl Rng {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }
    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or_default() % n.max(1)
    }
    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Part {
    Text(String),
    Comment,
    Blank(&'static str),
    Element(Element),
}

#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) tag: &'static str,
    pub(crate) attrs: Vec<(String, String)>,
    pub(crate) parts: Vec<Part>,
}

impl Element {
    pub(crate) fn has(&self, name: &str) -> bool {
        self.attrs.iter().any(|attr| attr.0 == name)
    }
    pub(crate) fn is_box(&self) -> bool {
        [
            "div", "section", "main", "figure", "fieldset", "x-foo", "details",
        ]
        .contains(&self.tag)
    }
}

pub(crate) fn is_void(tag: &str) -> bool {
    ["br", "input", "img", "hr", "col"].contains(&tag)
}

pub(crate) fn text(r: &mut Rng) -> Part {
    Part::Text(r.pick(&WORDS).to_owned())
}

pub(crate) fn attr(name: &str, value: impl std::fmt::Display) -> (String, String) {
    (name.to_owned(), value.to_string())
}

pub(crate) fn attributes(r: &mut Rng, tag: &str) -> Vec<(String, String)> {
    let mut attrs = vec![];
    let is_control = ["input", "textarea", "select"].contains(&tag);
    if r.one_in(if is_control { 2 } else { 4 }) {
        attrs.push(attr("id", format!("k{}", r.next() % 1_000_000)));
    } else if r.one_in(12) {
        attrs.push(attr("data-key", format!("d{}", r.next() % 1_000_000)));
    }
    for _ in 0..r.below(3) {
        let name = r.pick(&NAMES);
        if !attrs.iter().any(|known: &(String, String)| known.0 == name) {
            attrs.push(attr(name, r.pick(&VALUES)));
        }
    }
    match tag {
        "input" => {
            attrs.push(attr(
                "type",
                r.pick(&["text", "checkbox", "radio", "number"]),
            ));
            if r.one_in(2) {
                attrs.push(attr("value", r.below(5)));
            }
            if r.one_in(3) {
                attrs.push(attr("checked", ""));
            }
        }
        "option" => {
            attrs.push(attr("value", r.below(50)));
            if r.one_in(5) {
                attrs.push(attr("selected", ""));
            }
        }
        _ => {}
    }
    attrs
}

pub(crate) fn element(r: &mut Rng, tag: &'static str, depth: usize) -> Part {
    let attrs = attributes(r, tag);
    Part::Element(Element {
        tag,
        attrs,
        parts: parts(r, tag, depth),
    })
}

pub(crate) fn child_tag(r: &mut Rng, parent: &str, after_text: bool) -> Option<&'static str> {
    let text_now = |r: &mut Rng, n| !after_text && r.one_in(n);
    Some(match parent {
        "table" => r.pick(&["thead", "tbody", "tr"]),
        "tbody" | "thead" => "tr",
        "tr" => r.pick(&["td", "th"]),
        "ul" => "li",
        "dl" => r.pick(&["dt", "dd"]),
        "select" => "option",
        "svg" | "g" => r.pick(&["g", "circle", "text", "title"]),
        "text" | "title" | "a" => return None,
        "p" | "span" | "b" | "h2" | "button" | "label" | "pre" | "i" => {
            if text_now(r, 2) {
                return None;
            }
            r.pick(&["span", "b", "i", "br", "img", "input", "svg"])
        }
        _ => {
            if text_now(r, 5) {
                return None;
            }
            r.pick(&[
                "div", "p", "ul", "table", "fieldset", "section", "details", "h2", "pre",
                "textarea", "select", "input", "svg", "a", "button", "label", "x-foo", "dl",
                "span", "figure", "hr", "script",
            ])
        }
    })
}

pub(crate) fn parts(r: &mut Rng, parent: &str, depth: usize) -> Vec<Part> {
    let mut parts = vec![];
    match parent {
        _ if is_void(parent) || parent == "circle" => return parts,
        "textarea" | "option" => {
            if r.below(3) > 0 {
                parts.push(text(r));
            }
            return parts;
        }
        "script" => return vec![Part::Text(r.pick(&["var a = 1 < 2;", "x()"]).to_owned())],
        "a" | "text" | "title" => return vec![text(r)],
        _ => {}
    }
    if depth == 0 {
        let takes_text = ["div", "p", "li", "td", "span", "b", "h2", "label", "pre"];
        if takes_text.contains(&parent) && r.one_in(2) {
            parts.push(text(r));
        }
        return parts;
    }
    let is_list = matches!(parent, "ul" | "tbody" | "div");
    let gaps = r.below(3);
    for _ in 0..r.below(if is_list { 8 } else { 4 }) {
        match gaps {
            1 => parts.push(Part::Blank("\n  ")),
            2 if r.one_in(2) => parts.push(Part::Blank(" ")),
            _ => {}
        }
        if r.one_in(15) {
            parts.push(Part::Comment);
        }
        let after_text = matches!(parts.last(), Some(Part::Text(_)));
        match child_tag(r, parent, after_text) {
            Some(tag) => parts.push(element(r, tag, depth - 1)),
            None => parts.push(text(r)),
        }
    }
    if gaps == 1 {
        parts.push(Part::Blank("\n"));
    }
    parts
}

pub(crate) fn simple(tag: &'static str, attrs: Vec<(String, String)>, parts: Vec<Part>) -> Part {
    Part::Element(Element { tag, attrs, parts })
}

/// A row of a list: always the same shape, sometimes with something conditional.
pub(crate) fn row(r: &mut Rng, keyed: bool, in_list: bool) -> Part {
    let id = r.next() % 100_000;
    let cell = |list: &'static str| if in_list { list } else { "td" };
    let mut attrs = vec![];
    if keyed {
        attrs.push(attr("id", format!("r{id}")));
    }
    if r.one_in(4) {
        attrs.push(attr("class", "sel"));
    }
    let mut tick = vec![attr("type", "checkbox"), attr("value", id)];
    if r.one_in(3) {
        tick.push(attr("checked", ""));
    }
    let mut field = vec![attr("type", "text"), attr("value", r.pick(&WORDS))];
    if keyed {
        field.push(attr("id", format!("f{id}")));
    }
    let link = simple("a", vec![attr("href", format!("/x/{id}"))], vec![text(r)]);
    let field = simple("input", field, vec![]);
    let mut parts = vec![
        simple(cell("b"), vec![], vec![simple("input", tick, vec![])]),
        Part::Blank("\n   "),
        simple(cell("span"), vec![attr("class", "name")], vec![text(r)]),
        Part::Blank("\n   "),
        simple(cell("span"), vec![], vec![link, Part::Blank(" "), field]),
    ];
    if r.one_in(4) {
        let option =
            |r: &mut Rng, n: usize| simple("option", vec![attr("value", n)], vec![text(r)]);
        let options = (0..3).map(|n| option(r, n)).collect();
        let select = simple("select", vec![], options);
        parts.push(simple(cell("i"), vec![], vec![text(r), select]));
    }
    simple(if in_list { "li" } else { "tr" }, attrs, parts)
}

pub(crate) fn rows(r: &mut Rng, count: usize, keyed: bool, in_list: bool) -> Vec<Part> {
    let mut parts = vec![];
    for _ in 0..count {
        parts.push(Part::Blank("\n  "));
        parts.push(row(r, keyed, in_list));
    }
    parts.push(Part::Blank("\n"));
    parts
}

pub(crate) fn list(r: &mut Rng) -> Part {
    let (keyed, in_list, count) = (r.below(3) > 0, r.one_in(2), r.below(12));
    let rows = rows(r, count, keyed, in_list);
    if in_list {
        return simple("ul", vec![], rows);
    }
    simple("table", vec![], vec![simple("tbody", vec![], rows)])
}

pub(crate) fn write(part: &Part, out: &mut String, in_svg: bool) {
    let element = match part {
        Part::Text(text) => return out.push_str(text),
        Part::Comment => return out.push_str("<!-- c -->"),
        Part::Blank(blank) => return out.push_str(blank),
        Part::Element(element) => element,
    };
    let tag = element.tag;
    out.push('<');
    out.push_str(tag);
    for (name, value) in &element.attrs {
        let bare = value.is_empty() && ["hidden", "checked", "selected"].contains(&name.as_str());
        let written = if bare {
            format!(" {name}")
        } else {
            format!(" {name}=\"{value}\"")
        };
        out.push_str(&written);
    }
    if tag == "circle" && in_svg {
        return out.push_str("/>");
    }
    out.push('>');
    if is_void(tag) {
        return;
    }
    for part in &element.parts {
        write(part, out, in_svg || tag == "svg");
    }
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}

pub(crate) fn page(root: &Part) -> String {
    let mut html = String::from(
        "<!DOCTYPE html>\n<html lang=en>\n<head><meta charset=utf-8><title>t</title></head>\n<body>\n",
    );
    write(root, &mut html, false);
    html.push_str("\n</body>\n</html>\n");
    html
}
