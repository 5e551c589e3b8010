//! Tests: handlers that take long.

mod log;
mod tasks;
mod uploads;
