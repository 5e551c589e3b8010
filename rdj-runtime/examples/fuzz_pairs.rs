//! Random pairs of pages with the payload that leads from one to the other, for the browser tests.
//! Arguments: seed, number of pairs, file.
//!
//! The file has, for each pair: six lengths or flags (u32 LE: old, new, payload, whole body, kind,
//! continues), then the first four as bytes. Kind 0: nothing, 1: PATCH, 2: PATCH with title, 3:
//! BODY. A pair that continues begins with the page the one before ended with.

#[path = "fuzz_pairs/changes.rs"]
mod changes;
#[path = "fuzz_pairs/pages.rs"]
mod pages;

use pages::{Element, Part, Rng, list, page, parts};
use rdj_runtime::view::{Change, Scratch, View, check, write_body};

/// How many pairs follow each other on the same page.
const CHAIN: usize = 4;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [seed, count, file] = arguments.as_slice() else {
        return Err("arguments: seed, number of pairs, file".into());
    };
    let (seed, count): (u64, usize) = (seed.parse()?, count.parse()?);
    let mut r = Rng(0x00C0_FFEE ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut bundle = vec![];
    let mut made = 0;
    while made < count {
        made += chain(&mut r, &mut bundle, CHAIN.min(count - made))?;
    }
    std::fs::write(file, bundle)?;
    Ok(())
}

/// A page and what becomes of it; returns the number of pairs.
fn chain(
    r: &mut Rng,
    bundle: &mut Vec<u8>,
    most: usize,
) -> Result<usize, std::num::TryFromIntError> {
    let mut root = Part::Element(Element {
        tag: "main",
        attrs: vec![],
        parts: parts(r, "div", 5),
    });
    let has_lists = r.one_in(3);
    if has_lists && let Part::Element(root) = &mut root {
        let at = r.below(root.parts.len() + 1);
        root.parts.insert(at, list(r));
    }
    let mut old = page(&root);
    if check(&old).is_err() {
        return Ok(0);
    }
    let (mut view, mut scratch, mut made) = (View::new(&old), Scratch::new(), 0);
    for _ in 0..most {
        let mut changed = root.clone();
        for _ in 0..=r.below(6) {
            changes::mutate(r, &mut changed);
        }
        if has_lists && let Part::Element(root) = &mut changed {
            root.parts
                .iter_mut()
                .for_each(|part| changes::change_list(r, part));
        }
        let new = page(&changed);
        if old == new || check(&new).is_err() {
            continue;
        }
        let (mut payload, mut body) = (vec![], vec![]);
        let kind = match view.update(&new, &mut scratch, &mut payload) {
            Change::None => 0,
            Change::Patch => 1,
            Change::TitledPatch => 2,
            Change::Body => 3,
        };
        write_body(&new, &mut body);
        let pieces = [old.as_bytes(), new.as_bytes(), &payload, &body];
        for piece in pieces {
            bundle.extend(u32::try_from(piece.len())?.to_le_bytes());
        }
        bundle.extend(u32::to_le_bytes(kind));
        bundle.extend(u32::from(made > 0).to_le_bytes());
        for piece in pieces {
            bundle.extend(piece);
        }
        (root, old) = (changed, new);
        made += 1;
    }
    Ok(made)
}
