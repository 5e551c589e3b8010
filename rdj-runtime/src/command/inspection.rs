//! What an application consists of, for commands and checks.

use crate::{Config, Guard, app::Stage, page::slot::StateFacts};

/// What an application consists of; from [`App::inspect`](crate::App::inspect).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Inspection {
    /// The pages, by route.
    pub pages: Vec<PageInfo>,
    /// The routes that belong to the framework.
    pub reserved: Vec<RouteInfo>,
    /// How many axum routers were merged; what their routes are is not known.
    pub merged_routers: usize,
    /// The layers, in the order in which they were added.
    pub layers: Vec<LayerInfo>,
    /// Limits and addresses.
    pub config: Config,
}

impl Inspection {
    /// Whether there is a layer at the stage.
    #[must_use]
    pub fn has_layer_at(&self, stage: Stage) -> bool {
        self.layers.iter().any(|layer| layer.stage == Some(stage))
    }

    /// What pages, their states and events ask of a user.
    pub fn guards(&self) -> impl Iterator<Item = Guard> {
        self.pages.iter().flat_map(|page| {
            let states = page.states.iter().flat_map(|state| {
                let events = state.events.iter().map(|event| event.guard);
                std::iter::once(state.guard).chain(events)
            });
            std::iter::once(page.guard).chain(states)
        })
    }

    /// Whether any page, state or event asks for a user.
    #[must_use]
    pub fn has_guards(&self) -> bool {
        self.guards().any(|guard| !guard.is_none())
    }
}

/// A page.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PageInfo {
    /// Its route, such as `/albums/{id}`.
    pub route: String,
    /// Its title.
    pub title: &'static str,
    /// The struct's name.
    pub name: &'static str,
    /// Where it is declared.
    pub module: &'static str,
    /// Who may open it, beside what its states ask for.
    pub guard: Guard,
    /// Its states with their events.
    pub states: Vec<StateFacts>,
}

impl PageInfo {
    /// What it and its states ask for in words; empty for nothing.
    #[must_use]
    pub fn guards(&self) -> String {
        let all = self.states.iter().map(|state| &state.guard);
        let mut parts: Vec<String> = Vec::new();
        for guard in std::iter::once(&self.guard).chain(all) {
            for part in guard.describe().split(", ") {
                if !part.is_empty() && !parts.iter().any(|known| known == part) {
                    parts.push(part.to_owned());
                }
            }
        }
        parts.join(", ")
    }
}

/// A reserved route.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RouteInfo {
    /// The path.
    pub path: &'static str,
    /// What it is for.
    pub about: &'static str,
}

/// A layer.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct LayerInfo {
    /// Its stage, if it stands at one.
    pub stage: Option<Stage>,
    /// Its type.
    pub name: &'static str,
}
