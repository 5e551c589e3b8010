//! Tests of rdj-auth; named by the checks of `admin.md` where one is proved.

// what the derive of a model names: the facade is not there for this crate
extern crate rdj_auth as rdj;

mod backends;
mod defaults;
mod django;
mod layer;
mod objects;
mod passwords;
mod permissions;
mod postgres;
mod sessions;
mod settings;
mod support;
mod throttle;
mod tokens;
mod users;
