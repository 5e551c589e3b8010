//! Tests: pages that outlive their socket and their process.

mod clients;
mod crash;
mod drain;
mod lost;
mod processes;
mod restored;
mod rolling;
mod stores;
