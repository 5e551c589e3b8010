//! rdj.

pub mod view;
