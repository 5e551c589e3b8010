//! Tests: all kinds of controls.
