//! The pages, by what they are for.

pub mod events;
pub mod inside;
pub mod joins;
pub mod kept;
pub mod kit;
pub mod lasting;
pub mod navigation;
mod noise;
pub mod typing;
pub mod ways;
pub mod work;
