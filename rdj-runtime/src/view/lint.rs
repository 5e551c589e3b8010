//! What a page is written with carelessly, for its developer.

use std::collections::HashSet;

use super::{
    attrs::Attrs,
    tree::{Tree, index},
};

/// So many children without keys are a list.
const LIST: usize = 3;

/// What makes patches of a page longer or wrong: ids that two elements have, rows of tables and items of
/// lists without keys, and what a browser would repair.
///
/// ```
/// let html = "<!DOCTYPE html><html><head><title>A</title></head><body>\
///             <p id=\"a\">1</p><p id=\"a\">2</p></body></html>";
/// assert_eq!(rdj_runtime::view::lint(html), ["two elements have the id `a`"]);
/// ```
#[must_use]
pub fn lint(html: &str) -> Vec<String> {
    let mut tree = Tree::default();
    if let Err(refusal) = tree.parse(html) {
        return vec![format!(
            "the page cannot be patched and is sent whole: {}",
            refusal.reason
        )];
    }
    let mut found = Vec::new();
    let mut ids = HashSet::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        let tag = &html[node.start as usize..node.open_end as usize];
        if tag.is_empty() {
            continue;
        }
        let id = Attrs::of(tag).get("id").filter(|id| !id.is_empty());
        if let Some(id) = id.filter(|id| !ids.insert(*id)) {
            found.push(format!("two elements have the id `{id}`"));
        }
        found.extend(without_keys(html, &tree, index(at)));
    }
    found.dedup();
    found
}

/// A list whose items have no keys: an item that comes or goes rewrites those after it.
fn without_keys(html: &str, tree: &Tree, parent: u32) -> Option<String> {
    let item = match tree.name(html, parent).to_ascii_lowercase().as_str() {
        "tbody" => "tr",
        "ul" | "ol" if !is_fixed(html, tree, parent) => "li",
        _ => return None,
    };
    let items = tree
        .kids(parent)
        .filter(|kid| tree.name(html, *kid) == item);
    let bare = items.filter(|kid| tree.node(*kid).key == 0).count();
    (bare >= LIST).then(|| {
        let node = tree.node(parent);
        let tag = Attrs::of(&html[node.start as usize..node.open_end as usize]);
        let of = tag
            .get("id")
            .map_or(String::new(), |id| format!(" of `#{id}`"));
        // without their number, which changes: each thing is told once
        format!("`<{item}>`{of} have no `data-key` and no `id`")
    })
}

/// Whether an element stands in a part of the page that is a menu and no list of rows.
fn is_fixed(html: &str, tree: &Tree, element: u32) -> bool {
    let around = (0..element).filter(|at| tree.node(*at).next > element);
    let mut names = around.map(|at| tree.name(html, at).to_ascii_lowercase());
    names.any(|name| matches!(name.as_str(), "nav" | "header" | "footer" | "menu"))
}

#[cfg(test)]
mod tests {
    use super::lint;

    fn page(body: &str) -> String {
        format!("<!DOCTYPE html><html><head><title>A</title></head><body>{body}</body></html>")
    }

    #[test]
    fn lists_without_keys_are_found_and_menus_are_not() {
        let rows = "<tr><td>1</td></tr>".repeat(3);
        let table = page(&format!("<table><tbody id=\"rows\">{rows}</tbody></table>"));
        assert_eq!(
            lint(&table),
            ["`<tr>` of `#rows` have no `data-key` and no `id`"]
        );
        let more = table.replace("</tbody>", "<tr><td>2</td></tr></tbody>");
        assert_eq!(lint(&more), lint(&table));
        let items = "<li>1</li>".repeat(4);
        assert_eq!(lint(&page(&format!("<ul>{items}</ul>"))).len(), 1);
        assert!(lint(&page(&format!("<nav><ul>{items}</ul></nav>"))).is_empty());
        let keyed = "<ul><li data-key=\"1\">1</li><li id=\"b\">2</li><li>more</li></ul>";
        assert!(lint(&page(keyed)).is_empty());
    }

    #[test]
    fn what_a_browser_repairs_is_found() {
        let found = lint(&page("<table><p>stray</p></table>"));
        assert!(
            found[0].starts_with("the page cannot be patched"),
            "{found:?}"
        );
    }
}
