//! All tests of the live engine that need no browser, in one binary.

mod events;
mod inside;
mod joins;
mod kept;
mod kit;
mod lasting;
mod navigation;
mod steady;
mod ways;
mod work;
