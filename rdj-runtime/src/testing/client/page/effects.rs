//! What the server asks a browser to do beside patches.

use http::{HeaderMap, HeaderValue, Method, header::CONTENT_TYPE};

use super::TestPage;
use crate::testing::client::{
    error::{Result, TestError},
    frame::Frame,
};

/// A value that a handler has handed to the hook of an element (`Cx::push_to_hook`).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TestPush {
    /// The element's id.
    pub element: String,
    /// What the hook knows it by.
    pub name: String,
    /// The value.
    pub value: serde_json::Value,
}

impl TestPage {
    pub(super) async fn effects(&mut self, frame: &Frame) -> Result {
        for effect in frame.effects()? {
            let text = |name: &str| effect[name].as_str().unwrap_or_default().to_owned();
            match effect["t"].as_str().unwrap_or_default() {
                "hello" => self.token = text("token"),
                "navigate" | "redirect" => self.go = Some(text("to")),
                "ticket" => self.redeem(&text("id")).await?,
                "refused" => self.said.push(text("text")),
                "error" => self.said.push(format!("{} ({})", text("text"), text("id"))),
                "download" => self.download = Some(self.browser.get(&text("to")).await?),
                "stream" => self.stream_rows(&effect),
                "push" => self.pushed.push(TestPush {
                    element: text("id"),
                    name: text("name"),
                    value: effect["value"].clone(),
                }),
                "focus" => self.controls.focused = self.dom.by_id(&text("id")),
                _ => {}
            }
        }
        Ok(())
    }

    /// Fetches cookies that an event has set.
    async fn redeem(&self, id: &str) -> Result {
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, kind)]);
        let body = format!("id={id}").into_bytes();
        let answer = self.browser.send(Method::POST, "/_session", &headers, body);
        let status = answer.await?.status;
        if status.is_success() {
            return Ok(());
        }
        let text = format!("the cookies of an event were refused: {status}");
        Err(TestError::new(text))
    }

    /// The address bar follows the state of the page.
    pub(super) fn follow_address(&mut self) {
        let form = self.dom.by_id("rdj-post");
        let action = form.and_then(|form| self.dom.attr(form, "action"));
        let Some(action) = action.filter(|action| !action.is_empty()) else {
            return;
        };
        let path = |address: &str| address.split('?').next().map(str::to_owned);
        if path(action) == path(&self.address) {
            self.address = action.to_owned();
        }
    }
}
