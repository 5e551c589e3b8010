//! The Rust blocks of the guides, compiled as documentation tests.

/// A page from an empty folder on.
#[doc = include_str!("../../docs/getting-started.md")]
pub struct GettingStarted;

/// The example on the front page.
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// Four ways to one page.
#[doc = include_str!("../../docs/crud.md")]
pub struct Crud;

/// Users, groups, permissions and passwords.
#[doc = include_str!("../../docs/users.md")]
pub struct Users;

/// Child rows in the form of their parent.
#[doc = include_str!("../../docs/inlines.md")]
pub struct Inlines;

/// Sessions and sockets that follow them.
#[doc = include_str!("../../docs/sessions.md")]
pub struct Sessions;

/// Who may open what.
#[doc = include_str!("../../docs/guards.md")]
pub struct Guards;

/// The pages of sign-in.
#[doc = include_str!("../../docs/auth-pages.md")]
pub struct AuthPages;

/// What a handler knows of its request.
#[doc = include_str!("../../docs/request.md")]
pub struct Request;

/// Messages for the user.
#[doc = include_str!("../../docs/messages.md")]
pub struct Messages;

/// Forged requests, headers, hosts, proxies.
#[doc = include_str!("../../docs/protection.md")]
pub struct Protection;

/// Languages, numbers and dates.
#[doc = include_str!("../../docs/languages.md")]
pub struct Languages;

/// Mail.
#[doc = include_str!("../../docs/mail.md")]
pub struct Mail;

/// The command line.
#[doc = include_str!("../../docs/commands.md")]
pub struct Commands;

/// The same thing in Django and in rdj.
#[doc = include_str!("../../docs/coming-from-django.md")]
pub struct ComingFromDjango;

/// Columns, forms and what stands in them.
#[doc = include_str!("../../docs/forms.md")]
pub struct Forms;

/// Rows for readers that are no templates.
#[doc = include_str!("../../docs/serializers.md")]
pub struct Serializers;

/// Lists as files, files as rows.
#[doc = include_str!("../../docs/import-export.md")]
pub struct ImportExport;

/// What a model state declares, and what things are called.
#[doc = include_str!("../../docs/model-states.md")]
pub struct ModelStates;

/// What a list is narrowed by, ordered by and paged through.
#[doc = include_str!("../../docs/lists.md")]
pub struct Lists;

/// Hooks, permissions, checks, two editors.
#[doc = include_str!("../../docs/pipeline.md")]
pub struct Pipeline;

/// Who changed what, and back again.
#[doc = include_str!("../../docs/history.md")]
pub struct History;

/// What a handler shows before it ends.
#[doc = include_str!("../../docs/long-work.md")]
pub struct LongWork;

/// Rows that others change.
#[doc = include_str!("../../docs/live.md")]
pub struct Live;

/// Where rows are.
#[doc = include_str!("../../docs/backends.md")]
pub struct Backends;
