//! A private module as in a binary, where nothing of what is generated is used beside the page.

use rdj::{Cx, app_state, events, page};

#[app_state]
struct DraftState {
    #[var(bind)]
    text: String,
    count: i64,
}

#[events]
impl DraftState {
    async fn clear(&mut self, _cx: &Cx) {
        self.text.clear();
        self.count = 0;
    }
}

#[page(route = "/draft", template = "plain.html")]
struct DraftPage {
    draft: DraftState,
}

#[page(route = "/about", template = "plain.html")]
struct AboutPage;
