//! rdj.
