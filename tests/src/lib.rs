//! What the integration tests of rdj share.

#[cfg(doctest)]
mod guides;
