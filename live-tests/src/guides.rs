//! The Rust blocks of the guides of the live engine, compiled as documentation tests.

/// Addresses, history and other pages.
#[doc = include_str!("../../docs/navigation.md")]
pub struct Navigation;

/// What events cost, for traces, metrics and developers.
#[doc = include_str!("../../docs/observability.md")]
pub struct Observability;

/// Slow readers, floods, crowds.
#[doc = include_str!("../../docs/back-pressure.md")]
pub struct BackPressure;

/// What outlives a connection and a process.
#[doc = include_str!("../../docs/deploys.md")]
pub struct Deploys;

/// Pages under test.
#[doc = include_str!("../../docs/testing.md")]
pub struct Testing;

/// What the user does, and which handler hears of it.
#[doc = include_str!("../../docs/events.md")]
pub struct Events;

/// Menus, tabs and dialogs without a round trip.
#[doc = include_str!("../../docs/local-commands.md")]
pub struct LocalCommands;

/// Charts, maps and editors.
#[doc = include_str!("../../docs/hooks.md")]
pub struct Hooks;

/// What a user has typed stays.
#[doc = include_str!("../../docs/typing.md")]
pub struct Typing;

/// Lists whose rows the server does not keep.
#[doc = include_str!("../../docs/streams.md")]
pub struct Streams;

/// Files to a handler, and from one.
#[doc = include_str!("../../docs/uploads.md")]
pub struct Uploads;
