//! What an application consists of, and what it is given beside pages and layers.

use super::App;
use crate::{
    command::{
        Command, Inspection,
        check::Check,
        inspection::{LayerInfo, PageInfo, RouteInfo},
    },
    page::PageDef,
};

/// The reserved routes and what they are for.
const RESERVED: [(&str, &str); 5] = [
    ("/_event", "sockets of open pages"),
    ("/_session", "cookies that an event has set"),
    ("/_health", "answers `ok`"),
    ("/_rdj/rdj.js", "the script of the pages"),
    ("/_rdj/rdj.css", "the stylesheet of the components"),
];

impl App {
    /// Adds a command of the command line: see [`Command`].
    ///
    /// It stands in place of a built-in one of the same name.
    pub fn command(mut self, command: Command) -> Self {
        self.registry.commands.push(command);
        self
    }

    /// Adds a check that the command `check` runs, and that runs before the application is served: see
    /// [`command::check`](crate::command::check).
    pub fn check(mut self, check: Check) -> Self {
        if !self
            .registry
            .checks
            .iter()
            .any(|known| std::ptr::fn_addr_eq(*known, check))
        {
            self.registry.checks.push(check);
        }
        self
    }

    /// Leaves messages with these ids out of all checks, such as `security.W021`: somebody looked at
    /// them and decided.
    pub fn silence_checks<I: Into<String>>(mut self, ids: impl IntoIterator<Item = I>) -> Self {
        let ids = ids.into_iter().map(Into::into);
        self.registry.silenced.extend(ids);
        self
    }

    /// Tells the application's version, for `--version`: `.version(env!("CARGO_PKG_VERSION"))`.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.registry.version = Some(version.into());
        self
    }

    /// What the application consists of: pages with their states and events, reserved routes, layers.
    #[must_use]
    pub fn inspect(&self) -> Inspection {
        let pages = self.pages.iter();
        let pages = pages
            .flat_map(|(route, defs)| defs.iter().map(|def| page(route, def)))
            .collect();
        let routes = RESERVED.map(|(path, about)| RouteInfo { path, about });
        let layers = self.layers.names().iter();
        let layers = layers.map(|(stage, name)| LayerInfo {
            stage: *stage,
            name,
        });
        Inspection {
            pages,
            reserved: routes.to_vec(),
            merged_routers: self.routers.len(),
            layers: layers.collect(),
            config: self.config.clone(),
        }
    }
}

fn page(route: &str, def: &PageDef) -> PageInfo {
    PageInfo {
        route: route.to_owned(),
        title: def.spec.title,
        name: def.spec.name,
        module: def.spec.module,
        guard: def.spec.guard,
        states: (def.describe)(),
    }
}
