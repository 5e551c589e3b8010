//! Uploads to the open page, beside its socket.

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header::CONTENT_TYPE};
use serde_json::Value as Json;

use super::{
    TestPage,
    form::{BOUNDARY, multipart},
    wire::next,
};
use crate::{
    page::named::PAGE_PARAM,
    testing::client::{
        browser::{TestAnswer, joined},
        controls::{File, Value},
        dom::Id,
        error::Result,
    },
};

impl TestPage {
    /// Whether the files of a form go to the open page one by one.
    pub(super) fn is_upload(&self, form: Id) -> bool {
        self.is_live && self.dom.has(form, "data-rdj-upload")
    }

    /// Without a button to send them, files are sent when they are chosen.
    pub(super) async fn send_chosen(&mut self, control: Id) -> Result {
        let dom = &self.dom;
        let form = dom.form_of(control);
        let Some(form) = form.filter(|form| self.is_upload(*form)) else {
            return Ok(());
        };
        let is_button = |id: Id| match dom.name(id) {
            "button" => dom.type_of(id) != "button",
            name => name == "input" && dom.type_of(id) == "submit",
        };
        if dom.controls_of(form).into_iter().any(is_button) {
            return Ok(());
        }
        self.send_files(form).await
    }

    /// Sends the files that were chosen in a form, one after the other, as the browser's client does.
    pub(super) async fn send_files(&mut self, form: Id) -> Result {
        let entries = self.controls.entries(&self.dom, form, None);
        let files = entries.into_iter().filter_map(|(_, value)| match value {
            Value::File(file) => Some(file),
            Value::Text(_) => None,
        });
        let files: Vec<_> = files.collect();
        for control in self.dom.controls_of(form) {
            if self.dom.type_of(control) == "file" {
                self.controls.set_files(control, Vec::new());
            }
        }
        let attr = |name: &str| self.dom.attr(form, name).unwrap_or_default().to_owned();
        let most = attr("data-rdj-max-count").parse().unwrap_or(usize::MAX);
        let too_many = attr("data-text-count");
        let size = attr("data-rdj-max-size").parse().unwrap_or(usize::MAX);
        let accept = attr("data-rdj-accept");
        let (too_large, wrong_kind) = (attr("data-text-size"), attr("data-text-kind"));
        let action = joined(&self.address, &attr("action"));
        if files.len() > most {
            self.said.push(too_many);
            return Ok(());
        }
        for file in files {
            if file.bytes.len() > size {
                self.said.push(format!("{}: {too_large}", file.name));
            } else if !accept.is_empty() && !is_kind(&file, &accept) {
                self.said.push(format!("{}: {wrong_kind}", file.name));
            } else {
                self.send_file(&action, file).await?;
            }
        }
        self.leave().await
    }

    async fn send_file(&mut self, action: &str, file: File) -> Result {
        let mark = if action.contains('?') { '&' } else { '?' };
        let address = format!("{action}{mark}{PAGE_PARAM}={}", self.token);
        let mut headers = HeaderMap::new();
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let token = self.csrf().unwrap_or_default();
        for (name, value) in [
            (CONTENT_TYPE, kind.as_str()),
            (HeaderName::from_static("x-csrftoken"), token),
        ] {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        }
        let name = file.name.clone();
        let body = multipart(&[("file".to_owned(), Value::File(file))]);
        let answer = self.send_beside(&address, &headers, body).await?;
        if answer.status != StatusCode::NO_CONTENT {
            let told = serde_json::from_slice::<Json>(&answer.body).unwrap_or_default();
            let text = match told["text"].as_str() {
                Some(text) => text.to_owned(),
                None => answer.status.to_string(),
            };
            self.said.push(format!("{name}: {text}"));
        }
        // the patch was sent before the answer
        self.ask().await?;
        self.attend().await
    }

    /// Sends a request, and reads meanwhile what the socket brings: the server may wait for that.
    async fn send_beside(
        &mut self,
        address: &str,
        headers: &HeaderMap,
        body: Vec<u8>,
    ) -> Result<TestAnswer> {
        let browser = self.browser.clone();
        let request = browser.send(Method::POST, address, headers, body);
        tokio::pin!(request);
        loop {
            if self.stream.is_none() {
                return request.await;
            }
            tokio::select! {
                answer = &mut request => return answer,
                frame = next(&mut self.stream) => match frame {
                    Ok(frame) => self.take(frame).await?,
                    Err(_) => self.stream = None,
                },
            }
        }
    }
}

/// Whether a file is one of those that a form accepts, by its name alone.
fn is_kind(file: &File, accept: &str) -> bool {
    let name = file.name.to_lowercase();
    accept.split(',').map(str::trim).any(|kind| {
        if kind.starts_with('.') {
            return name.ends_with(&kind.to_lowercase());
        }
        let group = kind.strip_suffix('*');
        // of a name that says nothing the server looks into the file
        file.kind == "application/octet-stream"
            || file.kind == kind
            || group.is_some_and(|group| file.kind.starts_with(group))
    })
}
