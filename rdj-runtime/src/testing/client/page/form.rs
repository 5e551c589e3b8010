//! Submits: as events, or as plain HTML posts them.

use http::{Method, StatusCode};

use super::TestPage;
use crate::testing::client::{
    browser::joined,
    controls::{File, Value},
    dom::Id,
    error::{Result, TestError},
};

/// The control with the token against forged requests: it is no entry of an event's form.
const TOKEN: &str = "csrfmiddlewaretoken";
/// What parts of a posted form are divided by; no file of a test has it in it.
pub(super) const BOUNDARY: &str = "rdj-testing-4bd0f2a97c13";

impl File {
    pub(super) fn new(name: &str, bytes: &[u8]) -> Self {
        let end = name.rsplit('.').next().unwrap_or_default();
        let kind = match end.to_ascii_lowercase().as_str() {
            "csv" => "text/csv",
            "gif" => "image/gif",
            "jpg" | "jpeg" => "image/jpeg",
            "json" => "application/json",
            "pdf" => "application/pdf",
            "png" => "image/png",
            "txt" => "text/plain",
            "webp" => "image/webp",
            _ => "application/octet-stream",
        };
        Self {
            name: name.to_owned(),
            kind: kind.to_owned(),
            bytes: bytes.to_vec(),
        }
    }
}

impl TestPage {
    /// The entries that an event carries: as text, without files, the event itself and the token.
    pub(super) fn event_entries(&self, form: Id, submitter: Option<Id>) -> Vec<(String, String)> {
        let entries = self.controls.entries(&self.dom, form, submitter);
        let own = entries.into_iter().filter_map(|(name, value)| match value {
            Value::Text(text) if name != "_event" && name != TOKEN => Some((name, text)),
            _ => None,
        });
        own.collect()
    }

    /// Submits a form as Enter does in one of its controls: by its first submit button, if it has one.
    pub(super) async fn submit_by_enter(&mut self, form: Id) -> Result {
        let buttons = self.dom.controls_of(form);
        let submit = buttons.into_iter().find(|id| {
            self.dom.is(*id, &["button", "input"])
                && matches!(self.dom.type_of(*id).as_str(), "submit" | "image")
        });
        match submit {
            Some(button) => self.click_on(button).await,
            None => self.submit(form, None).await,
        }
    }

    pub(super) async fn submit(&mut self, form: Id, submitter: Option<Id>) -> Result {
        let dom = &self.dom;
        let unchecked = dom.has(form, "novalidate")
            || submitter.is_some_and(|id| dom.has(id, "formnovalidate"));
        if !unchecked && let Some(missing) = self.controls.missing(dom, form) {
            let name = dom.accessible_name(missing);
            return Err(TestError::new(format!(
                "a browser does not submit the form: `{name}` is required and empty"
            )));
        }
        if self.is_upload(form) {
            return self.send_files(form).await;
        }
        let own = submitter.filter(|id| dom.attr(*id, "name") == Some("_event"));
        let own = own.and_then(|id| dom.attr(id, "value"));
        let raw = own.or_else(|| dom.attr(form, "data-rdj-submit"));
        let entries = self.controls.entries(dom, form, submitter);
        let has_file = entries
            .iter()
            .any(|(_, value)| matches!(value, Value::File(_)));
        let event = raw.filter(|_| self.is_live && !has_file).map(str::to_owned);
        let asks = raw.is_some();
        let asking: Vec<_> = submitter.into_iter().chain([form]).collect();
        if asks && self.browser.has_scripts() && !self.agreed(&asking) {
            return Ok(());
        }
        match event {
            Some(raw) => {
                let entries = self.event_entries(form, submitter);
                self.event(&raw, Vec::new(), Some(entries)).await
            }
            None => self.post(form, submitter, &entries).await,
        }
    }

    /// Posts a form as plain HTML does, and shows the answer.
    async fn post(
        &mut self,
        form: Id,
        submitter: Option<Id>,
        entries: &[(String, Value)],
    ) -> Result {
        let dom = &self.dom;
        let attr = |name: &str| {
            let own = submitter.and_then(|id| dom.attr(id, &format!("form{name}")));
            own.or_else(|| dom.attr(form, name))
        };
        let action = attr("action").unwrap_or_default();
        let address = joined(&self.address, action);
        let is_post = attr("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
        let is_multipart = attr("enctype") == Some("multipart/form-data");
        if !is_post {
            let path = address.split('?').next().unwrap_or_default();
            let address = format!("{path}?{}", encoded(entries)?);
            return self.load(&address).await;
        }
        let (kind, body) = if is_multipart {
            let kind = format!("multipart/form-data; boundary={BOUNDARY}");
            (kind, multipart(entries))
        } else {
            let kind = "application/x-www-form-urlencoded".to_owned();
            (kind, encoded(entries)?.into_bytes())
        };
        let browser = self.browser.clone();
        let loaded = browser.load(Method::POST, &address, Some(&kind), body);
        let loaded = loaded.await?;
        if loaded.answer.status == StatusCode::FORBIDDEN {
            self.said.push(loaded.answer.text());
        }
        self.show(loaded).await
    }
}

fn encoded(entries: &[(String, Value)]) -> Result<String> {
    let texts = entries.iter().map(|(name, value)| match value {
        Value::Text(text) => (name.as_str(), text.as_str()),
        Value::File(file) => (name.as_str(), file.name.as_str()),
    });
    let texts: Vec<_> = texts.collect();
    serde_urlencoded::to_string(texts)
        .map_err(|error| TestError::of("the form cannot be encoded", &error))
}

pub(super) fn multipart(entries: &[(String, Value)]) -> Vec<u8> {
    let mut body = Vec::new();
    let quoted = |text: &str| text.replace('"', "%22").replace(['\r', '\n'], " ");
    for (name, value) in entries {
        let name = quoted(name);
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"");
        body.extend_from_slice(head.as_bytes());
        match value {
            Value::Text(text) => {
                body.extend_from_slice(b"\r\n\r\n");
                body.extend_from_slice(text.as_bytes());
            }
            Value::File(file) => {
                let (file_name, kind) = (quoted(&file.name), &file.kind);
                let head = format!("; filename=\"{file_name}\"\r\nContent-Type: {kind}\r\n\r\n");
                body.extend_from_slice(head.as_bytes());
                body.extend_from_slice(&file.bytes);
            }
        }
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}
