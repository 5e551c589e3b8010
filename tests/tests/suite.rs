//! All integration tests in one binary: one link in place of one for each file.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test fails by a panic"
)]

mod attacks;
mod auth_checks;
mod auth_own_pages;
mod auth_pages;
mod auth_settings;
mod auth_switches;
mod bad_input;
mod bulk_page;
mod commands;
mod commands_users;
mod components;
mod contracts;
mod csrf;
mod database;
mod django;
mod doors;
mod edits;
mod files;
mod flush;
mod guards;
mod guides;
mod kept;
mod languages;
mod live;
mod mail;
mod mariadb;
mod model_state;
mod outcomes;
mod postgres;
mod redis;
mod rows;
mod security;
mod sessions;
mod size;
mod sockets;
mod startup;
mod unserved;
mod uploads;
