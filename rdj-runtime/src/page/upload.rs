//! Uploads over HTTP: the files of one form, for an event that declares what it takes.

use std::sync::{Arc, Weak};

use axum::{
    Json,
    body::Body,
    response::{IntoResponse as _, Redirect, Response},
};
use http::{StatusCode, header::CONTENT_TYPE, request::Parts};
use serde_json::json;
use tokio::{sync::oneshot, time::timeout};

use super::{
    http::{Context, guard, holder, redirected, with_headers},
    mount::Mounted,
    named::{PAGE_PARAM, parameter, split_event},
};
use crate::{
    cx::Cx,
    dispatch::EventFacts,
    error::{Error, Result},
    guard::Guard,
    i18n::text,
    runtime::incident,
    security::Client,
    upload::{Refusal, Sent, UploadLimits, UploadedFile, receive},
    work::PageWork,
};

impl Context {
    /// What an event takes as an upload, if it is one.
    pub(super) fn upload_of(&self, event: &str) -> Option<(EventFacts, UploadLimits)> {
        let (name, _) = split_event(event);
        let (state, event) = name.split_once('.')?;
        let mut states = (self.route.def.describe)().into_iter();
        let state = states.find(|own| own.name == state)?;
        let facts = state.events.into_iter().find(|own| own.name == event)?;
        facts.upload.map(|limits| (facts, limits))
    }

    /// Takes the files of a form. With a script each comes in a form of its own, for the page that is
    /// open; without one the page is the answer.
    pub(super) async fn upload(
        &self,
        parts: Parts,
        body: Body,
        event: &str,
        (facts, limits): (EventFacts, UploadLimits),
    ) -> Result<Response> {
        let kind = parts.headers.get(CONTENT_TYPE).cloned();
        let kind = kind.ok_or_else(|| Error::BadArguments("no form".to_owned()))?;
        let cx = self.cx(parts.clone(), None);
        let token = parameter(cx.uri(), PAGE_PARAM)?;
        if let Some(answer) = self.guard_upload(&cx, &facts.guard, token.is_some())? {
            return Ok(answer);
        }
        if let Some(token) = &token
            && self.work_at(&cx, token).await.is_none()
        {
            return Ok(refused(
                StatusCode::CONFLICT,
                &say(&cx, "rdj-page-outdated"),
            ));
        }
        let client = Client::from_parts(&parts.headers, &parts.uri, &parts.extensions);
        let Some(_place) = self.runtime.admit_upload(client.ip) else {
            let text = say(&cx, "rdj-too-many-requests");
            return Ok(refused(StatusCode::SERVICE_UNAVAILABLE, &text));
        };
        let received = receive(&kind, body, limits, &self.runtime.config);
        let received = cx.clone().scope(received).await;
        let files = match received {
            Ok(files) => Ok(files),
            Err(Refusal::Told(status, text)) => Err((status, text)),
            Err(Refusal::Broken(why)) => return Err(Error::BadArguments(why)),
            Err(Refusal::Failed(error)) if token.is_some() => {
                let id = incident();
                tracing::error!(%error, id, "an upload could not be written");
                let text = format!("{} ({id})", say(&cx, "rdj-failed"));
                Err((StatusCode::INTERNAL_SERVER_ERROR, text))
            }
            Err(Refusal::Failed(error)) => return Err(error),
        };
        match (token, files) {
            (Some(_), Err((status, text))) => Ok(refused(status, &text)),
            (Some(token), Ok(files)) => Ok(self.hand_over(&cx, &token, event, files, limits).await),
            (None, files) => {
                let files = files.map_err(|(_, text)| text);
                let answer = self.upload_plainly(&cx, parts, event, files).await?;
                Ok(with_headers(&cx, answer))
            }
        }
    }

    /// The answer to whoever may not have the page or send the event: to a script what to show, as it can
    /// follow no redirect.
    fn guard_upload(&self, cx: &Cx, event: &Guard, by_script: bool) -> Result<Option<Response>> {
        if by_script {
            let page = self.route.refusal(cx).map(|(error, _)| error);
            let refusal = page.or_else(|| event.check(cx.user().as_ref()).err());
            return Ok(refusal.map(|error| {
                let text = cx.scope_sync(|| error.public_text().into_owned());
                refused(error.status(), &text)
            }));
        }
        if let Some(answer) = guard(&self.route, cx, &self.runtime) {
            return Ok(Some(answer));
        }
        match (event.check(cx.user().as_ref()), event.on_denied) {
            (Ok(()), _) => Ok(None),
            (Err(Error::Denied), Some(address)) => Ok(Some(Redirect::to(address).into_response())),
            (Err(error), _) => Err(error),
        }
    }

    /// What waits for the page that the token names, if it is the one at this address: another one may be
    /// of the same kind, and have another album in its path.
    async fn work_at(&self, cx: &Cx, token: &str) -> Option<Arc<PageWork>> {
        let work = self.runtime.work_of(token, &holder(cx)).await;
        work.filter(|work| work.path() == cx.uri().path())
    }

    /// Gives the files to the open page, and waits for what its handler says.
    async fn hand_over(
        &self,
        cx: &Cx,
        token: &str,
        event: &str,
        files: Vec<UploadedFile>,
        limits: UploadLimits,
    ) -> Response {
        let (name, args) = split_event(event);
        for file in files {
            let Some(work) = self.work_at(cx, token).await else {
                return refused(StatusCode::CONFLICT, &say(cx, "rdj-page-outdated"));
            };
            // before the channel: dropped behind it
            let _given_up = GivenUp(Arc::downgrade(&work));
            let (done, mut answer) = oneshot::channel();
            let sent = Sent {
                event: name.to_owned(),
                args: args.clone(),
                file,
                done,
            };
            let Ok(place) = work.send(sent, limits.max_count) else {
                return refused(
                    StatusCode::TOO_MANY_REQUESTS,
                    &say(cx, "rdj-too-many-requests"),
                );
            };
            // only a page that is held may end
            let page = Arc::downgrade(&work);
            drop(work);
            let told = match timeout(self.runtime.config.hold_time, &mut answer).await {
                Ok(told) => told.ok(),
                Err(_) if page.upgrade().is_some_and(|work| work.take_back(place)) => None,
                // the handler has it, and works for as long as it takes
                Err(_) => answer.await.ok(),
            };
            match told {
                Some(Ok(())) => {}
                Some(Err(text)) => return refused(StatusCode::UNPROCESSABLE_ENTITY, &text),
                // the page is gone, or its browser is
                None => return refused(StatusCode::CONFLICT, &say(cx, "rdj-page-outdated")),
            }
        }
        StatusCode::NO_CONTENT.into_response()
    }

    /// Runs the handler for each file, and answers with the page.
    async fn upload_plainly(
        &self,
        cx: &Cx,
        parts: Parts,
        event: &str,
        files: Result<Vec<UploadedFile>, String>,
    ) -> Result<Response> {
        let mut mounted = Mounted::open(&self.route, cx).await?;
        if let Some(answer) = redirected(cx).await? {
            return Ok(answer);
        }
        let (name, args) = split_event(event);
        let mut done = Ok(());
        match files {
            Err(text) => done = Err(Error::invalid(text)),
            Ok(files) => {
                for file in files {
                    let one = self.cx(parts.clone(), None);
                    one.set_file(file);
                    done = mounted.run(&one, name, &args, None).await;
                    take_over(cx, &one);
                    if done.is_err() {
                        break;
                    }
                }
            }
        }
        self.answer_event(cx, mounted, done).await
    }
}

fn say(cx: &Cx, key: &str) -> String {
    cx.scope_sync(|| text(key))
}

/// Takes a file back for which nobody waits any more: its sender, or the time for it, is gone.
struct GivenUp(Weak<PageWork>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        if let Some(work) = self.0.upgrade() {
            work.drop_given_up();
        }
    }
}

/// What one run of the handler wants done is done with the answer.
fn take_over(cx: &Cx, one: &Cx) {
    let mut from = one.outbox();
    let mut outbox = cx.outbox();
    outbox.messages.append(std::mem::take(&mut from.messages));
    outbox.redirect = from.redirect.take().or(outbox.redirect.take());
    outbox.headers.extend(std::mem::take(&mut from.headers));
    outbox.download = from.download.take().or(outbox.download.take());
    outbox.status = from.status.take().or(outbox.status.take());
}

/// The answer to the script that sends a file.
fn refused(status: StatusCode, text: &str) -> Response {
    (status, Json(json!({ "text": text }))).into_response()
}
