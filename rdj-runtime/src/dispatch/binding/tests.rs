use std::fmt::Write as _;

use super::*;
use crate::dispatch::{Handles, LastArg, VALUE, handle_arg, handle_last};

struct Notes;

struct Events(On);

impl From<On> for Events {
    fn from(on: On) -> Self {
        Self(on)
    }
}

impl Bind for Notes {
    type Events = Events;
    const NAME: &'static str = "notes";
}

impl Events {
    fn save(&self) -> Binding {
        self.0.call("save")
    }

    fn find(&self, kind: u8, text: &impl LastArg<String>) -> Binding {
        self.handle("find", &[handle_arg::<u8>(&kind), handle_last(text)])
    }

    fn touch(&self) -> Binding {
        self.handle("touch", &[])
    }

    fn open(&self, title: &str) -> Binding {
        self.0.call_with::<String>("open", &title)
    }
}

impl Handles for Events {
    fn on(&self) -> On {
        self.0
    }
}

#[test]
fn the_value_of_the_control_comes_where_it_is_asked_for() {
    for (binding, expected) in [
        (
            Notes.on_input().find(3, &VALUE),
            "data-rdj-input=\"notes.find(3)\"",
        ),
        (
            Notes.on_change().find(3, &"x"),
            "data-rdj-change=\"!notes.find(3,&quot;x&quot;)\"",
        ),
        (Notes.on_blur().touch(), "data-rdj-blur=\"!notes.touch\""),
        // setters take nothing else
        (Notes.on_input().save(), "data-rdj-input=\"notes.save\""),
        (Notes.on_focus().touch(), "data-rdj-focus=\"notes.touch\""),
    ] {
        assert_eq!(binding.to_string(), expected);
    }
    let mut out = String::new();
    let click = Notes.on_click().find(3, &VALUE);
    let error = click.write_into(&mut out, askama::NO_VALUES);
    assert!(
        error.is_err_and(|error| error.to_string().contains("`find(.., rdj::VALUE)`")),
        "{out}"
    );
    assert!(write!(out, "{click}").is_err());
    assert_eq!(out, "");
}

#[test]
fn each_key_has_an_attribute_of_its_own() {
    assert_eq!(
        Notes.on_key("enter Ctrl+S").save().to_string(),
        "data-rdj-key-enter=\"notes.save\" data-rdj-key-ctrl-s=\"notes.save\""
    );
    assert_eq!(
        Notes.on_window_key("?").open("a \"b\"").to_string(),
        "data-rdj-window-key-u3f=\"notes.open(&quot;a \\&quot;b\\&quot;&quot;)\""
    );
}

#[test]
fn options_of_a_gesture_stand_before_its_event() {
    let asked = Notes.on_key("delete").save().confirm("Really: \"1 & 2\"?");
    assert_eq!(
        asked.to_string(),
        "data-rdj-key-delete=\"confirm:Really%3A+%221+%26+2%22%3F notes.save\""
    );
    let seen = Notes.on_visible().save().throttle(50).margin(200);
    assert_eq!(
        seen.to_string(),
        "data-rdj-visible=\"throttle:50 margin:200 notes.save\""
    );
    let sized = Notes.on_window(WindowEvent::Resize).save().debounce(100);
    assert_eq!(
        sized.to_string(),
        "data-rdj-window-resize=\"debounce:100 notes.save\""
    );
}

#[test]
fn options_of_a_control_are_attributes_of_their_own() {
    assert_eq!(
        Notes.on_input().save().debounce_blur().to_string(),
        "data-rdj-input=\"notes.save\" data-rdj-debounce=\"blur\""
    );
    assert_eq!(
        Notes.on_change().save().throttle(20).to_string(),
        "data-rdj-change=\"notes.save\" data-rdj-throttle=\"20\""
    );
}

#[test]
fn a_key_that_no_keyboard_has_is_not_written() {
    let mut out = String::new();
    assert!(write!(out, "{}", Notes.on_key("entr").save()).is_err());
    let error = Notes
        .on_key("entr")
        .save()
        .write_into(&mut out, askama::NO_VALUES);
    assert!(
        error.is_err_and(|error| error.to_string().contains("`entr` is no key")),
        "{out}"
    );
    assert_eq!(out, "");
}
