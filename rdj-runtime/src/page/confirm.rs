//! The question before an event that comes without JavaScript, as a page of its own.

use askama::Template;
use axum::response::{Html, IntoResponse as _, Response};
use http::header::CACHE_CONTROL;

use super::{
    mount::Mounted,
    named::{CONFIRMED_PARAM, EVENT_PARAM, split_event},
    render::{Asks, TOKEN_FIELD, token_input},
};
use crate::{assets, cx::Cx, dispatch::Call, error::Result, i18n};

/// The page: the form that was posted once more, with the answer.
#[derive(Template)]
#[template(path = "rdj/confirm.html")]
struct ConfirmView<'a> {
    title: &'a str,
    question: &'a str,
    details: Vec<&'a str>,
    address: String,
    token: String,
    entries: Vec<(&'a str, &'a str)>,
}

impl Mounted {
    /// The page that asks the user before an event, if a control of this page would ask.
    ///
    /// A form with a file is not asked about: no page can send the file once more.
    ///
    /// # Errors
    ///
    /// The template fails.
    pub(super) fn confirm(&mut self, cx: &Cx, event: &str) -> Result<Option<Response>> {
        let form = cx.form();
        if form.is_some_and(crate::form::Entries::has_files) {
            return Ok(None);
        }
        let asks = Some(Asks::of(event));
        let asks = self.render_asking(cx, &mut String::new(), asks)?;
        let Some(question) = asks.and_then(Asks::question) else {
            return Ok(None);
        };
        let Some(question) = cx.scope_sync(|| self.question(cx, event, question)) else {
            return Ok(None);
        };
        let mut lines = question.lines();
        let posted = form.into_iter().flat_map(crate::form::Entries::iter);
        let posted = posted.filter(|(name, _)| *name != TOKEN_FIELD);
        let own = [(EVENT_PARAM, event), (CONFIRMED_PARAM, "1")];
        let view = ConfirmView {
            title: self.spec().title,
            question: lines.next().unwrap_or_default(),
            details: lines.collect(),
            address: self.address().to_string(),
            token: match self.csrf.as_str() {
                "" => String::new(),
                token => token_input(token),
            },
            entries: own.into_iter().chain(posted).collect(),
        };
        let html = cx.scope_sync(|| view.render())?;
        Ok(Some(
            ([(CACHE_CONTROL, "private, no-store")], Html(html)).into_response(),
        ))
    }

    /// The question in the words of the state that the event is for.
    fn question(&mut self, cx: &Cx, event: &str, question: String) -> Option<String> {
        let (name, args) = split_event(event);
        let Some((state, event)) = name.split_once('.') else {
            return Some(question);
        };
        let Some(mut lent) = self.page.lend(state) else {
            return Some(question);
        };
        let call = Call {
            event,
            args: &args,
            form: cx.form(),
        };
        let question = lent.question(&call, question);
        self.page.swap(&mut *lent);
        question
    }
}
