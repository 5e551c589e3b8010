//! Pages over HTTP: the first HTML, and events without JavaScript.

use std::{panic::AssertUnwindSafe, sync::Arc};

use axum::{
    body::Body,
    extract::{FromRequestParts as _, RawPathParams, Request},
    response::{Html, IntoResponse as _, Redirect, Response},
};
use futures_util::FutureExt as _;
use http::{
    Method, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE, HOST},
    request::Parts,
};
use tower_sessions::Session;

use super::{
    held::Holder,
    mount::{Mounted, PageRoute},
    named::{
        CONFIRMED_PARAM, DOWNLOAD_PARAM, EVENT_PARAM, EXPORT_PARAM, FILE_PARAM, IMPORT_PARAM,
        KEY_PARAM, parameter, split_event,
    },
    posted, render,
};
use crate::{
    bridge::{self, Bridged, Outcome, panic_text},
    cx::Cx,
    download::Download,
    error::{Error, Result},
    form::{Entries, Upload},
    message::Messages,
    runtime::{Runtime, incident},
    view::View,
};

/// The session key of messages that wait for the next page.
const MESSAGES_KEY: &str = "rdj.messages";

/// The service of one page: GET, POST, and events that the bridge sends.
pub(crate) async fn serve(
    runtime: Arc<Runtime>,
    route: Arc<PageRoute>,
    request: Request,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let params = match RawPathParams::from_request_parts(&mut parts, &()).await {
        Ok(params) => params
            .iter()
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .collect(),
        Err(error) => return error.into_response(),
    };
    if let Some(bridged) = parts.extensions.remove::<Arc<Bridged>>() {
        return bridge::run(&runtime, &route, parts, params, bridged).await;
    }
    let context = Context {
        runtime,
        route,
        params,
    };
    // a path that a browser would read as another host in the page's own address
    if parts.uri.path().starts_with("//") {
        return error_page(&Error::NotFound);
    }
    let from = parts.uri.clone();
    let answer = async {
        match parts.method {
            Method::POST => context.post(parts, body).await,
            _ => context.get(parts).await,
        }
    };
    match AssertUnwindSafe(answer).catch_unwind().await {
        Ok(Ok(response)) => response,
        Ok(Err(Error::LoginRequired)) => login(&from, &context.runtime),
        Ok(Err(error)) => error_page(&error),
        Err(panic) => {
            let text = format!("a page panicked: {}", panic_text(&*panic));
            error_page(&Error::internal(text))
        }
    }
}

pub(super) struct Context {
    pub(super) runtime: Arc<Runtime>,
    pub(super) route: Arc<PageRoute>,
    params: Vec<(String, String)>,
}

impl Context {
    /// The page's HTML; the page waits for its socket.
    async fn get(&self, parts: Parts) -> Result<Response> {
        let cx = self.cx(parts, None);
        let answer = self.open(&cx).await?;
        Ok(with_headers(&cx, answer))
    }

    async fn open(&self, cx: &Cx) -> Result<Response> {
        if let Some(answer) = guard(&self.route, cx, &self.runtime) {
            return Ok(answer);
        }
        if let Some(token) = parameter(cx.uri(), DOWNLOAD_PARAM)? {
            let (downloads, holder) = (&self.runtime.downloads, holder(cx));
            let answer = match *cx.method() {
                // it is for the request that fetches it
                Method::HEAD => downloads.look(&token, &holder),
                _ => (downloads.take(&token, &holder)).map(Download::into_response),
            };
            return answer.ok_or(Error::NotFound);
        }
        let mut mounted = Mounted::open(&self.route, cx).await?;
        if let Some(answer) = redirected(cx).await? {
            return Ok(answer);
        }
        if let Some(file) = parameter(cx.uri(), EXPORT_PARAM)? {
            return mounted.export(cx, &file).await;
        }
        if let Some(file) = parameter(cx.uri(), FILE_PARAM)? {
            let key = parameter(cx.uri(), KEY_PARAM)?.unwrap_or_default();
            return mounted.file(cx, &file, &key).await;
        }
        let mut messages = match *cx.method() {
            // nobody reads what a HEAD would take out of the session
            Method::HEAD => Messages::default(),
            _ => waiting_messages(cx).await,
        };
        messages.append(std::mem::take(&mut cx.outbox().messages));
        mounted.set_messages(messages);
        self.answer(cx, mounted, StatusCode::OK).await
    }

    /// An event as a form post.
    async fn post(&self, parts: Parts, body: Body) -> Result<Response> {
        if let Some(state) = parameter(&parts.uri, IMPORT_PARAM)? {
            return self.import(parts, body, &state).await;
        }
        if posted::has_files(&parts.headers)
            && let Some(event) = parameter(&parts.uri, EVENT_PARAM)?
            && let Some(upload) = self.upload_of(&event)
        {
            return self.upload(parts, body, &event, upload).await;
        }
        let reader = self.cx(parts.clone(), None);
        // a file is read only when the user may have the page
        if posted::has_files(&parts.headers)
            && let Some(answer) = guard(&self.route, &reader, &self.runtime)
        {
            return Ok(answer);
        }
        let form = posted::read(&parts.headers, body, &self.runtime.config, self.route.def);
        let mut form = match reader.scope(form).await? {
            Ok(form) => form,
            Err(answer) => return Ok(answer),
        };
        let bad = |error: serde_urlencoded::de::Error| Error::BadArguments(error.to_string());
        let query = parts.uri.query().unwrap_or_default();
        let in_query = Entries::parse(query.as_bytes()).map_err(bad)?;
        let posted = form.take(EVENT_PARAM);
        let event = posted.or_else(|| in_query.get(EVENT_PARAM).map(str::to_owned));
        let event = event.ok_or_else(|| Error::BadArguments("no event".to_owned()))?;
        let confirmed = form.take(CONFIRMED_PARAM).is_some();
        let cx = self.cx(parts, Some(form));
        let answer = self.run(&cx, &event, confirmed).await?;
        Ok(with_headers(&cx, answer))
    }

    /// A file with rows for a state; it is read only when the user may have the page.
    async fn import(&self, parts: Parts, body: Body, state: &str) -> Result<Response> {
        let kind = parts.headers.get(CONTENT_TYPE).cloned();
        let kind = kind.ok_or_else(|| Error::BadArguments("no form".to_owned()))?;
        let cx = self.cx(parts, None);
        if let Some(answer) = guard(&self.route, &cx, &self.runtime) {
            return Ok(answer);
        }
        let limit = self.runtime.config.max_upload_size;
        let upload = cx.clone().scope(Upload::read(&kind, body, limit)).await;
        let mut mounted = Mounted::open(&self.route, &cx).await?;
        if let Some(answer) = redirected(&cx).await? {
            return Ok(answer);
        }
        let done = match upload {
            Ok(upload) => mounted.import(&cx, state, upload).await,
            Err(error) => Err(error),
        };
        let answer = self.answer_event(&cx, mounted, done).await?;
        Ok(with_headers(&cx, answer))
    }

    async fn run(&self, cx: &Cx, event: &str, confirmed: bool) -> Result<Response> {
        if let Some(answer) = guard(&self.route, cx, &self.runtime) {
            return Ok(answer);
        }
        let mut mounted = Mounted::open(&self.route, cx).await?;
        if let Some(answer) = redirected(cx).await? {
            return Ok(answer);
        }
        if !confirmed && let Some(question) = mounted.confirm(cx, event)? {
            return Ok(question);
        }
        let (name, args) = split_event(event);
        let result = mounted.run(cx, name, &args, None).await;
        self.answer_event(cx, mounted, result).await
    }

    pub(super) async fn answer_event(
        &self,
        cx: &Cx,
        mut mounted: Mounted,
        result: Result,
    ) -> Result<Response> {
        let status = match result {
            Err(error) if error.is_internal() || matches!(error, Error::LoginRequired) => {
                return Err(error);
            }
            Err(error) => {
                if !cx.outbox().messages.explain(&error) {
                    cx.messages().error(error.public_text());
                }
                error.status()
            }
            Ok(()) => cx.outbox().status.unwrap_or(StatusCode::OK),
        };
        let download = cx.outbox().download.take();
        if let Some(download) = download {
            keep_messages(cx).await;
            return Ok(download.into_response());
        }
        if let Some(answer) = redirected(cx).await? {
            return Ok(answer);
        }
        let messages = std::mem::take(&mut cx.outbox().messages);
        if status == StatusCode::OK && mounted.is_in_address() {
            mounted.render(cx, &mut String::new())?;
            cx.outbox().messages = messages;
            keep_messages(cx).await;
            return Ok(Redirect::to(&mounted.address().to_string()).into_response());
        }
        mounted.set_messages(messages);
        self.answer(cx, mounted, status).await
    }

    async fn answer(&self, cx: &Cx, mut mounted: Mounted, status: StatusCode) -> Result<Response> {
        let mut html = String::new();
        let whole = mounted.render_whole(cx, &mut html)?;
        if cx.method() != Method::HEAD {
            mounted.view = View::new(&html);
            mounted.cool();
            let mut holder = holder(cx);
            // the layer ends a session that is empty, such as one whose last message was shown
            if let Ok(session) = cx.session()
                && session.is_empty().await
            {
                holder.session = None;
            }
            self.runtime.pages.hold(mounted, holder, false).await;
        }
        Ok((
            status,
            [(CACHE_CONTROL, "private, no-store")],
            Html(whole.unwrap_or(html)),
        )
            .into_response())
    }

    pub(super) fn cx(&self, parts: Parts, form: Option<Entries>) -> Cx {
        Cx::new(
            parts,
            self.params.clone(),
            form,
            Arc::clone(&self.runtime.resources),
        )
    }
}

/// The answer with what handlers have added to it.
pub(crate) fn with_headers(cx: &Cx, mut answer: Response) -> Response {
    let mut outbox = cx.outbox();
    answer
        .headers_mut()
        .extend(std::mem::take(&mut outbox.headers));
    if let Some(status) = outbox.status.take()
        && answer.status().is_success()
    {
        *answer.status_mut() = status;
    }
    drop(outbox);
    answer
}

/// Whose request this is.
pub(crate) fn holder(cx: &Cx) -> Holder {
    let session = cx.extension::<Session>().and_then(Session::id);
    Holder {
        session: session.map(|id| id.to_string()),
        user: cx.user().map(|user| user.id()),
    }
}

/// The answer to a request that may not open the page, if it may not.
pub(crate) fn guard(route: &PageRoute, cx: &Cx, runtime: &Runtime) -> Option<Response> {
    Some(match route.refusal(cx)? {
        (Error::LoginRequired, _) => login(cx.uri(), runtime),
        (_, Some(address)) => Redirect::to(address).into_response(),
        (error, None) => error_page(&error),
    })
}

/// The answer to an event whose user may not have the page, if so: the browser loads the page anew,
/// and is told there what it may not.
pub(crate) fn guard_event(route: &PageRoute, cx: &Cx, runtime: &Runtime) -> Option<Response> {
    Some(match route.refusal(cx)? {
        (Error::LoginRequired, _) => login(cx.uri(), runtime),
        (_, Some(address)) => Redirect::to(address).into_response(),
        (_, None) => again(cx),
    })
}

/// Sends the browser to the page that it is on, as a new load.
pub(crate) fn again(cx: &Cx) -> Response {
    let address = cx.uri().path_and_query();
    Redirect::to(address.map_or("/", http::uri::PathAndQuery::as_str)).into_response()
}

fn login(from: &http::Uri, runtime: &Runtime) -> Response {
    Redirect::to(&login_address(from, runtime)).into_response()
}

/// The answer where `on_load` or a handler sends the browser elsewhere.
pub(super) async fn redirected(cx: &Cx) -> Result<Option<Response>> {
    let Some(to) = cx.outbox().redirect.take() else {
        return Ok(None);
    };
    match Outcome::to(&to, cx.headers().get(HOST)) {
        Outcome::Navigate(to) | Outcome::Redirect(to) => {
            keep_messages(cx).await;
            Ok(Some(Redirect::to(&to).into_response()))
        }
        _ => Err(Error::internal(format!(
            "`{to}` is not an address to send a browser to"
        ))),
    }
}

/// The login page with the way back.
pub(crate) fn login_address(from: &http::Uri, runtime: &Runtime) -> String {
    let from = from
        .path_and_query()
        .map_or("/", http::uri::PathAndQuery::as_str);
    let next = serde_urlencoded::to_string([("next", from)]).unwrap_or_default();
    format!("{}?{next}", runtime.config.login_url)
}

/// Keeps the messages of this request for the next page, where there is a session.
pub(crate) async fn keep_messages(cx: &Cx) {
    let Ok(session) = cx.session() else { return };
    let messages = std::mem::take(&mut cx.outbox().messages);
    if messages.is_empty() {
        return;
    }
    let earlier = session.get::<Messages>(MESSAGES_KEY).await.ok().flatten();
    let mut all = earlier.unwrap_or_default();
    all.append(messages);
    if let Err(error) = session.insert(MESSAGES_KEY, all).await {
        tracing::error!(%error, "messages could not be kept in the session");
    }
}

/// Takes the messages that wait for the next page.
pub(crate) async fn waiting_messages(cx: &Cx) -> Messages {
    let Ok(session) = cx.session() else {
        return Messages::default();
    };
    // removing marks a session as changed even where nothing was there
    match session.get::<Messages>(MESSAGES_KEY).await {
        Ok(Some(messages)) => {
            let _ = session.remove_value(MESSAGES_KEY).await;
            messages
        }
        _ => Messages::default(),
    }
}

/// A plain page about an error; the cause of an internal one is logged under the id it shows.
pub(crate) fn error_page(error: &Error) -> Response {
    let mut text = error.public_text().into_owned();
    if error.is_internal() {
        let id = incident();
        tracing::error!(%error, id, "a page failed");
        text = crate::t!("rdj-failed-id", text = text, id = id);
    }
    error_page_of(error.status(), &text)
}

/// A plain page with a status and a sentence.
pub(crate) fn error_page_of(status: StatusCode, text: &str) -> Response {
    (status, Html(render::error_html(status, text))).into_response()
}
