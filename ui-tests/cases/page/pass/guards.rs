//! Guards of pages, states and events, as the runtime and lists of events see them.

use rdj::{
    __private::{inventory, runtime::page::PageDef},
    Cx, Guard, PageType as _, Result, State, app_state, events, model_state, page,
};

use super::model_state_notes::note;
use crate::support::{call, cx};

/// A state for the staff.
#[app_state(staff, group("editors", "authors"), on_denied = "/plans")]
#[derive(Debug)]
pub struct DeskState {
    #[var(bind)]
    topic: String,
    denied: u32,
}

#[events]
impl DeskState {
    /// Nothing beside what the state asks for.
    async fn read(&mut self, _cx: &Cx) {}

    #[event(permission = "desk.publish_text")]
    async fn publish(&mut self, _cx: &Cx, id: i64, loud: bool) {
        self.topic = format!("{id} {loud}");
    }

    #[event(
        login,
        superuser,
        permission("desk.add_text", "desk.delete_text"),
        group = "chiefs",
        on_denied = "/desk?denied=1"
    )]
    async fn erase(&mut self, _cx: &Cx) {}

    #[event(login)]
    async fn set_topic(&mut self, _cx: &Cx, topic: String) {
        self.topic = topic;
    }

    #[on_denied]
    async fn denied(&mut self, _cx: &Cx) -> Result {
        self.denied += 1;
        Ok(())
    }
}

/// A state over a model.
#[model_state(
    model = note::Entity,
    fields(title),
    permission("notes.view_note", "notes.change_note"),
)]
#[derive(Debug)]
pub struct GuardedState {
    #[var(bind)]
    archived: bool,
}

#[events]
impl GuardedState {
    #[event(superuser)]
    async fn delete(&mut self, _cx: &Cx, key: i64) {
        self.archived = key > 0;
    }
}

/// Without a guard.
#[app_state]
#[derive(Debug)]
struct OpenState;

/// A page that `App::discover` does not find.
#[page(
    route = "/desk",
    template = "plain.html",
    permission = "desk.view_desk",
    on_denied = "/plans",
    discover = false
)]
#[derive(Debug)]
pub struct DeskPage {
    desk: DeskState,
}

/// A page that it does.
#[page(route = "/open", template = "plain.html", discover = true)]
#[derive(Debug)]
pub struct OpenPage {
    open: OpenState,
}

fn guard<S: State>(event: &str) -> Option<Guard> {
    S::event_facts(event).map(|facts| facts.guard)
}

/// What a browser can send, as `name(arguments)`.
fn signatures<S: State>() -> Vec<String> {
    let all = S::events();
    let signatures = all
        .iter()
        .map(|facts| format!("{}({})", facts.name, facts.args.join(", ")));
    signatures.collect()
}

#[test]
fn of_pages() {
    let expected = Guard {
        permissions: &["desk.view_desk"],
        on_denied: Some("/plans"),
        ..Guard::NONE
    };
    assert_eq!(DeskPage::SPEC.guard, expected);
    assert_eq!(DeskPage::guards(), [DeskState::GUARD]);
    assert_eq!(OpenPage::SPEC.guard, Guard::NONE);
}

#[test]
fn of_states() {
    let expected = Guard {
        staff: true,
        groups: &["editors", "authors"],
        on_denied: Some("/plans"),
        ..Guard::NONE
    };
    assert_eq!(DeskState::GUARD, expected);
    let expected = Guard {
        permissions: &["notes.view_note", "notes.change_note"],
        ..Guard::NONE
    };
    assert_eq!(GuardedState::GUARD, expected);
    assert_eq!(OpenState::GUARD, Guard::NONE);
}

#[test]
fn of_events() {
    assert_eq!(guard::<DeskState>("read"), Some(Guard::NONE));
    let expected = Guard {
        permissions: &["desk.publish_text"],
        ..Guard::NONE
    };
    assert_eq!(guard::<DeskState>("publish"), Some(expected));
    let expected = Guard {
        login: true,
        superuser: true,
        permissions: &["desk.add_text", "desk.delete_text"],
        groups: &["chiefs"],
        on_denied: Some("/desk?denied=1"),
        ..Guard::NONE
    };
    assert_eq!(guard::<DeskState>("erase"), Some(expected));
    assert_eq!(guard::<DeskState>("set_topic"), Some(Guard::LOGIN));
    let expected = Guard {
        superuser: true,
        ..Guard::NONE
    };
    assert_eq!(guard::<GuardedState>("delete"), Some(expected));
    assert_eq!(guard::<GuardedState>("save"), None);
}

#[test]
fn events_list_what_a_browser_can_send() {
    let own = signatures::<DeskState>();
    let expected = ["read()", "publish(id, loud)", "erase()", "set_topic(topic)"];
    assert_eq!(own[..4], expected);
    let guarded = signatures::<GuardedState>();
    assert_eq!(guarded[0], "delete(key)");
    for one in [
        "save()",
        "start_edit(key)",
        "set_title(value)",
        "set_archived(value)",
    ] {
        assert!(guarded.iter().any(|name| name == one), "{one}: {guarded:?}");
    }
    let deletes = guarded.iter().filter(|name| name.starts_with("delete("));
    assert_eq!(deletes.count(), 1, "{guarded:?}");
    assert!(signatures::<OpenState>().is_empty());
}

#[tokio::test]
async fn on_denied_is_run_and_no_event() -> Result {
    let mut desk = DeskState::default();
    for event in ["denied", "on_denied"] {
        assert!(call(&mut desk, event, "[]").await.is_err(), "{event}");
        assert_eq!(DeskState::event_facts(event), None);
    }
    assert_eq!(desk.denied, 0);
    desk.on_denied(&cx()).await?;
    assert_eq!(desk.denied, 1);
    let mut open = OpenState;
    assert!(open.on_denied(&cx()).await.is_err());
    Ok(())
}

#[test]
fn discover_finds_pages_unless_they_say_no() {
    let found = |name: &str| inventory::iter::<PageDef>().any(|page| page.spec.name == name);
    assert!(found("OpenPage"));
    assert!(!found("DeskPage"));
}
