//! Compares two pages and writes what changed, in the wire format.
//!
//! The format of the operations is described in `docs/wire.md` and read by `client/src/patch.ts`.

mod children;
mod encoder;
mod identity;
mod list;
mod node;
mod page;
mod window;

pub(crate) use encoder::{Encoder, utf16_len, write_varint};
pub(crate) use page::{Page, Pair};

/// What a comparison has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A browser would show the same body.
    Nothing,
    /// The operations are in the encoder.
    Changes,
    /// The body itself can only be sent whole.
    Whole,
}

/// Compares the two bodies.
pub(crate) fn diff(encoder: &mut Encoder, pair: Pair<'_>) -> Found {
    encoder.begin(pair);
    let (Some(old), Some(new)) = (pair.old.tree.body(), pair.new.tree.body()) else {
        return Found::Whole;
    };
    if !node::patch(encoder, pair, old, new, None) {
        return Found::Nothing;
    }
    if encoder.ops.first() == Some(&node::REPLACE) {
        Found::Whole
    } else {
        Found::Changes
    }
}

/// The title of the page as a browser shows it.
pub(crate) fn title(page: Page<'_>) -> Option<std::borrow::Cow<'_, str>> {
    super::entity::decode(page.inner(page.tree.title()?))
}
