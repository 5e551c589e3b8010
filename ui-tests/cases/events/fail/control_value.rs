//! The value of a control is a text, a tick or several texts, and the last argument.

use rdj::{Bind as _, VALUE, prelude::*};

#[rdj::app_state]
struct WordsState {
    text: String,
}

#[rdj::events]
impl WordsState {
    async fn find(&mut self, _cx: &Cx, text: String) {
        self.text = text;
    }

    async fn turn(&mut self, _cx: &Cx, page: u64) {
        self.text = page.to_string();
    }

    async fn replace(&mut self, _cx: &Cx, from: String, to: String) {
        self.text = format!("{from} {to}");
    }
}

fn handles(words: &WordsState) {
    let _ = words.on_input().find(VALUE);
    let _ = words.on_input().turn(VALUE);
    let _ = words.on_input().replace(VALUE, "b");
    let _ = words.on_input().find(3);
}

fn main() {}
