//! The rows of streams, which are cut out of a page before it is compared: the server does not keep
//! them, and they go to the browser beside the patch.

mod rows;

use memchr::memmem;
use serde::{Deserialize, Serialize};

use self::rows::Rows;
#[cfg(feature = "testing")]
pub(crate) use self::rows::place;
use super::{
    attrs::Attrs,
    entity,
    parse::Refusal,
    tree::{Node, Tree},
};

/// Begins the attribute of an element whose children are rows of a stream.
const STREAM: &str = "data-rdj-stream=\"";

/// What happens to the rows in one container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    /// The id of the container.
    pub(crate) id: String,
    /// The most rows; 0 for any number.
    pub(crate) limit: usize,
    pub(crate) ops: Vec<SectionOp>,
}

/// A letter, and the row's HTML or its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct SectionOp(pub(crate) &'static str, pub(crate) String);

/// A page without the rows of its streams.
#[derive(Debug)]
pub(crate) struct Cut {
    pub(crate) html: String,
    /// The page with the rows as they stand when all was done to empty containers, where it is asked for.
    pub(crate) whole: Option<String>,
    pub(crate) sections: Vec<Section>,
}

/// What a stream has written beside its rows.
#[derive(Deserialize)]
#[serde(untagged)]
enum Code {
    Row(String),
    Key(String, String),
}

/// Cuts the rows of streams out of a page; none where there are none. With `every`, containers in which
/// nothing happens are sections as well; with `whole`, the page with its rows is built too.
///
/// # Errors
///
/// A browser would repair the page, so that it is not known what belongs to a container.
pub(crate) fn cut(html: &str, every: bool, whole: bool) -> Result<Option<Cut>, Refusal> {
    let found = memmem::find_iter(html.as_bytes(), STREAM);
    let is_used = |at: &usize| every || html.as_bytes().get(at + STREAM.len()) != Some(&b'"');
    let found: Vec<usize> = found.filter(is_used).collect();
    if found.is_empty() {
        return Ok(None);
    }
    let mut tree = Tree::default();
    tree.parse(html)?;
    let mut cut = Cut {
        html: String::with_capacity(html.len()),
        whole: whole.then(|| String::with_capacity(html.len())),
        sections: Vec::new(),
    };
    let mut done = 0;
    for at in found {
        let Some(container) = container(&tree, at).filter(|_| at >= done) else {
            continue;
        };
        done = cut.take(html, &tree, container, done);
    }
    cut.both(&html[done..]);
    Ok((!cut.sections.is_empty()).then_some(cut))
}

/// The element in whose open tag the place is.
fn container(tree: &Tree, at: usize) -> Option<u32> {
    let after = tree.nodes.partition_point(|node| node.start as usize <= at);
    let index = after.checked_sub(1)?;
    let is_in_tag = at < tree.nodes.get(index)?.open_end as usize;
    is_in_tag.then_some(super::tree::index(index))
}

impl Cut {
    fn both(&mut self, html: &str) {
        self.html.push_str(html);
        if let Some(whole) = &mut self.whole {
            whole.push_str(html);
        }
    }

    /// Takes one container, whose page is taken up to `done`; returns up to where it is then.
    fn take(&mut self, html: &str, tree: &Tree, index: u32, done: usize) -> usize {
        let node = tree.node(index);
        let tag = source(html, node.start, node.open_end);
        let attrs = Attrs::of(tag);
        let decoded = |name| entity::decode(attrs.clone().get(name)?);
        let Some((id, codes)) = decoded("id").zip(decoded("data-rdj-stream")) else {
            return done;
        };
        let (limit, codes): (usize, Vec<Code>) = serde_json::from_str(&codes).unwrap_or_default();
        let kids = tree.kids(index).map(|kid| tree.node(kid));
        // an element has an open tag
        let rows: Vec<&Node> = kids.filter(|kid| kid.open_end > kid.start).collect();
        let mut row_at = rows.iter();
        let mut ops = Vec::with_capacity(codes.len());
        let mut all = self.whole.is_some().then(Rows::default);
        for code in codes {
            let (letter, key) = match code {
                Code::Row(letter) => (letter, None),
                Code::Key(letter, key) => (letter, Some(key)),
            };
            let Some(letter) = ["a", "p", "r", "x", "0"]
                .into_iter()
                .find(|own| *own == letter)
            else {
                continue;
            };
            if matches!(letter, "a" | "p" | "r") {
                let Some(row) = row_at.next() else { break };
                let row_html = source(html, row.start, row.end);
                if let Some(all) = &mut all {
                    let open = source(html, row.start, row.open_end);
                    let key = Attrs::of(open).get("data-key").unwrap_or_default();
                    let key = entity::decode(key).unwrap_or_default();
                    all.put(letter, key, row_html, limit);
                }
                ops.push(SectionOp(letter, row_html.to_owned()));
            } else {
                let key = key.unwrap_or_default();
                if let Some(all) = &mut all {
                    all.take_out(letter, &key);
                }
                ops.push(SectionOp(letter, key));
            }
        }
        self.both(&html[done..node.start as usize]);
        self.both(&without_value(tag));
        if let Some((whole, all)) = self.whole.as_mut().zip(all) {
            whole.extend(all.in_order());
        }
        self.sections.push(Section {
            id: id.into_owned(),
            limit,
            ops,
        });
        // up to the end tag of the container
        let last = rows.last().map_or(node.open_end, |row| row.end) as usize;
        let end = &html[last..node.end as usize];
        last + end.find("</").unwrap_or(end.len())
    }
}

/// An open tag whose stream says nothing.
fn without_value(tag: &str) -> String {
    let Some(at) = tag.find(STREAM) else {
        return tag.to_owned();
    };
    let (before, value) = tag.split_at(at + STREAM.len());
    let rest = value.find('"').map_or("", |end| &value[end..]);
    format!("{before}{rest}")
}

fn source(html: &str, start: u32, end: u32) -> &str {
    html.get(start as usize..end as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(ops: &str, rows: &str) -> String {
        let ops = ops.replace('"', "&quot;");
        format!(
            "<!DOCTYPE html><html><head><title>t</title></head><body><p>1</p><ul id=\"l\" data-rdj-ignore \
             data-rdj-stream=\"{ops}\" class=\"c\">\n{rows}\n</ul><p>2</p></body></html>"
        )
    }

    fn rows(keys: &[&str]) -> String {
        let row = |key: &&str| format!("<li data-key=\"{key}\">{key}</li>");
        keys.iter().map(row).collect()
    }

    fn whole(ops: &str, keys: &[&str]) -> Option<String> {
        let cut = cut(&page(ops, &rows(keys)), false, true).ok()??;
        assert_eq!(cut.html, page("", "").replace("\n\n", ""));
        let whole = cut.whole?;
        let start = whole.find("\"c\">")? + 4;
        let end = whole.find("</ul>")?;
        Some(whole[start..end].to_owned())
    }

    #[test]
    fn rows_are_cut_out() {
        let html = page("[0,[\"a\",[\"x\",\"7\"],\"p\"]]", &rows(&["1", "2"]));
        let Ok(Some(cut)) = cut(&html, false, false) else {
            unreachable!("there are rows");
        };
        let row = |key| rows(&[key]);
        assert_eq!(cut.html, page("", "").replace("\n\n", ""));
        let section = Section {
            id: "l".to_owned(),
            limit: 0,
            ops: vec![
                SectionOp("a", row("1")),
                SectionOp("x", "7".to_owned()),
                SectionOp("p", row("2")),
            ],
        };
        assert_eq!(cut.sections, [section]);
        assert_eq!(cut.whole, None);
    }

    #[test]
    fn the_first_page_has_what_a_browser_would_have() {
        for (ops, keys, expected) in [
            (
                "[0,[\"a\",\"a\",\"p\"]]",
                &["1", "2", "3"][..],
                &["3", "1", "2"][..],
            ),
            ("[2,[\"a\",\"a\",\"a\"]]", &["1", "2", "3"], &["2", "3"]),
            ("[2,[\"p\",\"p\",\"p\"]]", &["1", "2", "3"], &["3", "2"]),
            ("[0,[\"a\",[\"x\",\"1\"],\"a\"]]", &["1", "2"], &["2"]),
            ("[0,[\"a\",\"0\",\"a\"]]", &["1", "2"], &["2"]),
            ("[0,[\"a\",\"a\",\"r\"]]", &["1", "1", "9"], &["1"]),
            (
                "[0,[\"a\",[\"x\",\"a&amp;b\"],\"a\"]]",
                &["a&#38;b", "2"],
                &["2"],
            ),
        ] {
            assert_eq!(whole(ops, keys), Some(rows(expected)), "{ops}");
        }
    }

    #[test]
    fn nothing_is_cut_where_nothing_happens() {
        assert!(cut(&page("", ""), false, false).is_ok_and(|cut| cut.is_none()));
        assert!(cut(&page("", ""), true, false).is_ok_and(|cut| cut.is_some()));
        let broken = page("[0,[\"a\"]]", "<li data-key=\"1\"><b></li>");
        assert!(cut(&broken, false, false).is_err());
        // what no stream has written is no row
        assert!(cut(&page("nonsense", &rows(&["1"])), false, false).is_ok());
    }
}
