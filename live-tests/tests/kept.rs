//! Tests: pages that outlive their socket and their process.

mod clients;
mod crash;
mod lost;
mod processes;
mod restored;
mod rolling;
mod stores;
