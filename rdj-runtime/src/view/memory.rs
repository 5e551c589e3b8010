//! What one client has, kept hot or cold.

use super::diff::{self, Encoder, Found, Page, Pair};
use super::parse::{Common, Refusal};
use super::tree::Tree;
use super::{frame, whole};
use lz4_flex::block::{compress_into_with_dict, decompress_with_dict, get_maximum_output_size};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// A patch is sent while it is this short, or less than `PATCH_SHARE` percent of the body.
const SHORT_PATCH: usize = 2048;
const PATCH_SHARE: usize = 60;

/// The page that one client has.
#[derive(Debug)]
pub struct View {
    held: Held,
}

#[derive(Debug)]
enum Held {
    /// Ready for the next event.
    Hot { html: String, tree: Tree },
    /// Compressed.
    Cold {
        packed: Box<[u8]>,
        len: usize,
        dictionary: Option<Arc<[u8]>>,
    },
    /// The page can only be sent whole: its hash.
    Body { hash: u64, refusal: Refusal },
}

/// What to send after a rendering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing: a browser would show the same page.
    None,
    /// The payload of a PATCH.
    Patch,
    /// The payload of a PATCH with title.
    TitledPatch,
    /// The payload of a BODY.
    Body,
}

/// Buffers for updates, one per worker: an update of a hot view does not allocate once they are
/// warm.
#[derive(Debug, Default)]
pub struct Scratch {
    tree: Tree,
    encoder: Encoder,
}

impl Scratch {
    /// Empty buffers.
    #[must_use]
    pub fn new() -> Scratch {
        Scratch::default()
    }

    /// Bytes held.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.tree.memory() + self.encoder.memory()
    }
}

impl Held {
    fn of(html: &str) -> Held {
        let mut tree = Tree::default();
        match tree.parse(html) {
            Ok(()) => {
                tree.nodes.shrink_to_fit();
                Held::Hot {
                    html: html.to_owned(),
                    tree,
                }
            }
            Err(refusal) => Held::Body {
                hash: xxh3_64(html.as_bytes()),
                refusal,
            },
        }
    }
}

impl View {
    /// The view of a client that has got `html`. It is hot; call [`View::cool`] when no event is
    /// expected soon.
    #[must_use]
    pub fn new(html: &str) -> View {
        View {
            held: Held::of(html),
        }
    }

    /// Compares `html` with what the client has, appends the payload of the frame to send to `out`,
    /// and keeps `html` as what the client has.
    pub fn update(&mut self, html: &str, scratch: &mut Scratch, out: &mut Vec<u8>) -> Change {
        self.warm();
        match &mut self.held {
            Held::Hot { html: old, tree } => {
                if old == html {
                    return Change::None;
                }
                let common = Common::of(old, html);
                if let Err(refusal) = scratch.tree.parse_from(tree, old, html, common) {
                    self.refuse(html, refusal);
                    whole::write(html, out);
                    return Change::Body;
                }
                let old_page = Page { html: old, tree };
                let new_page = Page {
                    html,
                    tree: &scratch.tree,
                };
                let pair = Pair {
                    old: old_page,
                    new: new_page,
                    common,
                };
                let change = write_change(pair, &mut scratch.encoder, out);
                old.clear();
                old.push_str(html);
                std::mem::swap(&mut tree.nodes, &mut scratch.tree.nodes);
                change
            }
            Held::Body { hash, .. } if *hash == xxh3_64(html.as_bytes()) => Change::None,
            Held::Body { .. } | Held::Cold { .. } => {
                self.held = Held::of(html);
                whole::write(html, out);
                Change::Body
            }
        }
    }

    /// Appends the payload of a BODY with what the client should have. False: the page was refused
    /// and is not held; use [`write_body`](super::write_body) with a new rendering.
    pub fn body(&mut self, out: &mut Vec<u8>) -> bool {
        self.warm();
        if let Held::Hot { html, .. } = &self.held {
            whole::write(html, out);
            return true;
        }
        false
    }

    /// Compresses what is held. `dictionary`: any rendering of the same route; the better it
    /// resembles the page, the less is kept.
    pub fn cool(&mut self, dictionary: Option<&Arc<[u8]>>) {
        let Held::Hot { html, .. } = &self.held else {
            return;
        };
        let mut packed = vec![0; get_maximum_output_size(html.len())];
        let bytes = dictionary.map_or(&[][..], |dictionary| dictionary);
        let Ok(len) = compress_into_with_dict(html.as_bytes(), &mut packed, bytes) else {
            return;
        };
        packed.truncate(len);
        let packed = packed.into_boxed_slice();
        self.held = Held::Cold {
            packed,
            len: html.len(),
            dictionary: dictionary.cloned(),
        };
    }

    /// Why the page is sent whole instead of patched, for its developer.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.held {
            Held::Body { refusal, .. } => Some(refusal),
            _ => None,
        }
    }

    /// Bytes held, without a dictionary.
    #[must_use]
    pub fn memory(&self) -> usize {
        let held = match &self.held {
            Held::Hot { html, tree } => html.capacity() + tree.memory(),
            Held::Cold { packed, .. } => packed.len(),
            Held::Body { .. } => 0,
        };
        size_of::<View>() + held
    }

    fn refuse(&mut self, html: &str, refusal: Refusal) {
        self.held = Held::Body {
            hash: xxh3_64(html.as_bytes()),
            refusal,
        };
    }

    /// From cold to hot. What cannot be unpacked stays cold, and is replaced by the next update.
    fn warm(&mut self) {
        let Held::Cold {
            packed,
            len,
            dictionary,
        } = &self.held
        else {
            return;
        };
        let dictionary = dictionary.as_deref().unwrap_or_default();
        let Ok(bytes) = decompress_with_dict(packed, *len, dictionary) else {
            return;
        };
        if let Ok(html) = String::from_utf8(bytes) {
            self.held = Held::of(&html);
        }
    }
}

fn write_change(pair: Pair<'_>, encoder: &mut Encoder, out: &mut Vec<u8>) -> Change {
    let (before, after) = (diff::title(pair.old), diff::title(pair.new));
    let title = if before == after {
        None
    } else {
        Some(after.unwrap_or_default())
    };
    let found = diff::diff(encoder, pair);
    if found == Found::Nothing && title.is_none() {
        return Change::None;
    }
    if found == Found::Whole {
        whole::write(pair.new.html, out);
        return Change::Body;
    }
    let start = out.len();
    frame::patch(out, encoder, title.as_deref());
    if is_too_long(out.len() - start, pair.new) {
        out.truncate(start);
        whole::write(pair.new.html, out);
        return Change::Body;
    }
    if title.is_some() {
        Change::TitledPatch
    } else {
        Change::Patch
    }
}

fn is_too_long(patch: usize, page: Page<'_>) -> bool {
    let body = page.tree.body().map_or(0, |body| page.inner(body).len());
    patch > SHORT_PATCH && patch * 100 > body * PATCH_SHARE
}
