//! `routes` and `show_urls`

use clap::{Arg, ArgAction};
use serde_json::{Value, json};

use super::super::{Command, CommandCx, inspection::PageInfo};
use crate::{Guard, error::Result, page::slot::StateFacts};

fn json_flag() -> Arg {
    Arg::new("json")
        .long("json")
        .action(ArgAction::SetTrue)
        .help("Writes JSON")
}

pub(super) fn routes() -> Command {
    let about = "Lists pages and reserved routes, and who may open them";
    Command::new("routes", about, list_routes).arg(json_flag())
}

pub(super) fn show_urls() -> Command {
    let about = "Lists pages with their states and events, and who may send them";
    Command::new("show_urls", about, list_urls).arg(json_flag())
}

async fn list_routes(cx: CommandCx) -> Result {
    let inspection = cx.inspection();
    if cx.flag("json") {
        let pages: Vec<_> = inspection.pages.iter().map(page_json).collect();
        let reserved = inspection.reserved.iter();
        let reserved: Vec<_> = reserved
            .map(|route| json!({ "route": route.path, "about": route.about }))
            .collect();
        return cx.stdout.line(pretty(&json!({
            "pages": pages,
            "reserved": reserved,
            "merged_routers": inspection.merged_routers,
        })));
    }
    let pages = inspection.pages.iter();
    let mut rows: Vec<[String; 4]> = pages
        .map(|page| {
            let title = format!("\"{}\"", page.title);
            [
                page.route.clone(),
                page.name.to_owned(),
                title,
                asked(&page.guards()),
            ]
        })
        .collect();
    rows.extend(inspection.reserved.iter().map(|route| {
        let [path, kind, about] = [route.path, "(reserved)", route.about].map(str::to_owned);
        [path, kind, about, String::new()]
    }));
    cx.stdout.line(table(&rows))?;
    match inspection.merged_routers {
        0 => Ok(()),
        count => cx.stdout.line(format!(
            "\nand the routes of {count} merged axum router(s), which cannot be listed"
        )),
    }
}

async fn list_urls(cx: CommandCx) -> Result {
    let pages = &cx.inspection().pages;
    if cx.flag("json") {
        let pages = pages.iter().map(|page| {
            let mut value = page_json(page);
            let states = page.states.iter().map(state_json).collect();
            if let Value::Object(map) = &mut value {
                map.insert("states".to_owned(), Value::Array(states));
            }
            value
        });
        return cx.stdout.line(pretty(&pages.collect()));
    }
    let mut rows = Vec::new();
    for page in pages {
        let name = format!("{}::{}", page.module, page.name);
        rows.push([page.route.clone(), name, asked(&page.guard.describe())]);
        for state in &page.states {
            let state_guard = state.guard.describe();
            rows.push([
                format!("  {}", state.name),
                String::new(),
                asked(&state_guard),
            ]);
            for event in &state.events {
                let call = format!(
                    "    {}.{}({})",
                    state.name,
                    event.name,
                    event.args.join(", ")
                );
                rows.push([call, String::new(), asked(&event.guard.describe())]);
            }
        }
    }
    cx.stdout.line(table(&rows))
}

fn asked(guard: &str) -> String {
    if guard.is_empty() {
        String::new()
    } else {
        format!("[{guard}]")
    }
}

fn page_json(page: &PageInfo) -> Value {
    json!({
        "route": page.route,
        "name": page.name,
        "module": page.module,
        "title": page.title,
        "guard": guard_json(&page.guard),
        "states": page.states.iter().map(|state| state.name).collect::<Vec<_>>(),
        "asks": page.guards(),
    })
}

fn state_json(state: &StateFacts) -> Value {
    let events = state.events.iter();
    let events: Vec<_> = events
        .map(|event| {
            json!({
                "name": event.name,
                "args": event.args,
                "guard": guard_json(&event.guard),
            })
        })
        .collect();
    json!({ "name": state.name, "guard": guard_json(&state.guard), "events": events })
}

fn guard_json(guard: &Guard) -> Value {
    json!({
        "login": guard.login,
        "staff": guard.staff,
        "superuser": guard.superuser,
        "permissions": guard.permissions,
        "groups": guard.groups,
        "on_denied": guard.on_denied,
    })
}

fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

/// Rows with aligned columns.
fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let lines = rows.iter().map(|row| {
        let cells = row.iter().zip(widths);
        let cells = cells.map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}
