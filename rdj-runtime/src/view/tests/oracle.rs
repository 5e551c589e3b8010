//! Whenever a page is accepted, html5ever builds the same tree.

use super::generate::{Rng, body};
use super::{page, seed};
use crate::view::entity;
use crate::view::tags::{RAW, Tag};
use crate::view::tree::{Tree, is_blank};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

const DOCUMENTS: usize = 60_000;

fn ours(tree: &Tree, html: &str, index: u32, out: &mut String) {
    let node = tree.node(index);
    if node.tag == Tag::TEXT {
        let text = &html[node.start as usize..node.end as usize];
        return write_text('T', &entity::decode(text).unwrap(), out);
    }
    let name = tree.name(html, index).to_ascii_lowercase();
    out.extend(["<", &name, ">"]);
    if node.tag.is(RAW) && node.tag != Tag::NOSCRIPT {
        let content = &html[node.open_end as usize..node.end as usize];
        let content = &content[..content.rfind("</").unwrap()];
        let decoded = entity::decode(content).unwrap();
        let is_plain = !matches!(node.tag, Tag::TITLE | Tag::TEXTAREA);
        write_text('R', if is_plain { content } else { &decoded }, out);
    } else if !matches!(node.tag, Tag::TEMPLATE | Tag::NOSCRIPT) {
        tree.kids(index).for_each(|kid| ours(tree, html, kid, out));
    }
    out.push('/');
}

fn write_text(kind: char, text: &str, out: &mut String) {
    let text = text.replace("\r\n", "\n");
    if !text.bytes().all(is_blank) {
        out.push(kind);
        out.extend(["(", text.trim(), ")"]);
    }
}

fn theirs(node: &Handle, out: &mut String) {
    let kids = node.children.borrow();
    match &node.data {
        NodeData::Text { contents } => write_text('T', &contents.borrow(), out),
        NodeData::Element { name, .. } => {
            let local = name.local.to_ascii_lowercase();
            out.extend(["<", &*local, ">"]);
            let is_html = name.ns == html5ever::ns!(html);
            let raw = ["style", "script", "title", "textarea", "iframe", "noframes"];
            if is_html && raw.contains(&&*local) {
                let mut content = String::new();
                for kid in kids.iter() {
                    if let NodeData::Text { contents } = &kid.data {
                        content.push_str(&contents.borrow());
                    }
                }
                write_text('R', &content, out);
            } else if !is_html || !matches!(&*local, "template" | "noscript") {
                kids.iter().for_each(|kid| theirs(kid, out));
            }
            out.push('/');
        }
        _ => kids.iter().for_each(|kid| theirs(kid, out)),
    }
}

fn trees(html: &str, tree: &Tree) -> (String, String) {
    let (mut mine, mut reference) = (String::new(), String::new());
    tree.kids(0)
        .for_each(|kid| ours(tree, html, kid, &mut mine));
    let tree_builder = TreeBuilderOpts {
        scripting_enabled: true,
        ..Default::default()
    };
    let options = ParseOpts {
        tree_builder,
        ..Default::default()
    };
    let dom = parse_document(RcDom::default(), options).one(html);
    theirs(&dom.document, &mut reference);
    (mine, reference)
}

#[test]
fn accepted_pages_have_the_tree_of_html5ever() {
    let mut r = Rng(seed(0x0123_4567));
    let (mut tree, mut accepted) = (Tree::default(), 0);
    for number in 0..DOCUMENTS {
        let sane = [100, 100, 97, 90][number % 4];
        let mut content = String::new();
        body(&mut r, 5, "div", sane, &mut content);
        let html = page(&content);
        if tree.parse(&html).is_ok() {
            accepted += 1;
            let (mine, reference) = trees(&html, &tree);
            assert_eq!(mine, reference, "{content}");
        }
    }
    assert!(accepted > DOCUMENTS / 2, "only {accepted} accepted");
}

#[test]
fn titles_in_svg_are_accepted() {
    let html = page("<svg><title>Edit <b>x</b></title><a href=x><path d='M0 0'/></a></svg>");
    let mut tree = Tree::default();
    tree.parse(&html).unwrap();
    let (mine, reference) = trees(&html, &tree);
    assert_eq!(mine, reference);
}
