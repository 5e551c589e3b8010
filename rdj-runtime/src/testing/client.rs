//! A client of an application in the same process: what a browser does, without one.

mod browser;
mod controls;
mod dom;
mod error;
mod find;
mod frame;
mod names;
mod page;
mod patch;
mod site;

pub use self::{
    browser::{TestAnswer, TestBrowser},
    error::TestError,
    frame::FrameKind,
    page::{Scope, TestElement, TestFrame, TestPage, TestPush, Warning, WarningKind},
    site::{Instrument, Strictness, TakeStatements, TestSite},
};

/// What is different between a page after a patch and the page that it should be.
#[cfg(test)]
pub(crate) fn difference_after(
    before: &str,
    payload: &[u8],
    titled: bool,
    after: &str,
) -> Option<String> {
    let mut ours = dom::Dom::parse(before);
    if let Err(why) = patch::apply(&mut ours, payload, titled) {
        return Some(why);
    }
    let theirs = dom::Dom::parse(after);
    ours.difference(ours.body(), &theirs, theirs.body())
}
