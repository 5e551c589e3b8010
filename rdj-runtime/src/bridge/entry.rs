//! The innermost service: where a bridged request meets its page.

use std::{
    fmt,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::response::{IntoResponse as _, Response};
use futures_util::FutureExt as _;
use http::{StatusCode, request::Parts};

use super::caller::panic_text;
use crate::{
    cx::Cx,
    error::{Error, Result},
    inside::{Part, begin},
    page::{
        Shows,
        http::{again, guard, guard_event, holder, keep_messages, waiting_messages},
        mount::{Mounted, PageRoute, SharedMounted},
    },
    runtime::Runtime,
    upload::UploadedFile,
    view::Shell,
    wire::Event,
    work::Update,
};

/// What a bridged request is for.
pub(crate) enum Job {
    /// Open the page of this address.
    Open,
    /// Open the page of this address in the place of the one that the browser shows.
    Go { shown: Shown },
    /// Run an event on an open page.
    Run {
        mounted: SharedMounted,
        event: Event,
        /// For what the handler flushes.
        shows: Arc<dyn Shows>,
    },
    /// See whether the browser may still have its page.
    Check { mounted: SharedMounted },
    /// Read the rows again that others have changed.
    Follow { mounted: SharedMounted },
    /// Make the changes of the page's tasks.
    Work {
        mounted: SharedMounted,
        updates: Updates,
    },
    /// Run the event of a file that was uploaded to the page.
    Upload {
        mounted: SharedMounted,
        event: String,
        args: String,
        file: UploadedFile,
    },
}

/// Changes of tasks; whoever sent them has those again that did not come to the page.
#[derive(Clone, Default)]
pub(crate) struct Updates(Arc<Mutex<Vec<Update>>>);

impl Updates {
    pub(crate) fn take(&self) -> Vec<Update> {
        std::mem::take(&mut lock(&self.0))
    }
}

impl Job {
    /// The changes of tasks, and the way to have them back.
    pub(crate) fn work(mounted: SharedMounted, updates: Vec<Update>) -> (Self, Updates) {
        let updates = Updates(Arc::new(Mutex::new(updates)));
        let again = updates.clone();
        (Self::Work { mounted, updates }, again)
    }

    /// The open page that it is for.
    fn mounted(&self) -> Option<&SharedMounted> {
        match self {
            Self::Open | Self::Go { .. } => None,
            Self::Run { mounted, .. }
            | Self::Check { mounted }
            | Self::Follow { mounted }
            | Self::Work { mounted, .. }
            | Self::Upload { mounted, .. } => Some(mounted),
        }
    }
}

/// What a browser shows, and who it is: what another page must have in common with it to take its place.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) shell: Option<Shell>,
    pub(crate) user: Option<i64>,
}

/// What the innermost service has done.
pub(crate) struct Done {
    pub(crate) cx: Cx,
    pub(crate) result: Result,
    /// The page, if the job was to open it.
    pub(crate) opened: Option<Mounted>,
}

/// A job on its way through the stack; an extension of the request.
pub(crate) struct Bridged {
    job: Mutex<Option<Job>>,
    done: Mutex<Option<Done>>,
    /// The id of the session that the browser showed.
    session: Option<String>,
}

/// The mark on the response of a request whose handler ran. Nothing outside of this crate can make
/// one, and it names its own request, so no layer can pass off another answer as the handler's.
#[derive(Clone)]
pub(crate) struct Ran(Arc<Bridged>);

impl Ran {
    /// Whether this is the mark of `bridged`.
    pub(crate) fn is_of(&self, bridged: &Arc<Bridged>) -> bool {
        Arc::ptr_eq(&self.0, bridged)
    }
}

/// The mark on an answer that sends the browser to load a page by HTTP: the cookies that it should have
/// come with that page, and those of this answer may be out of date by then.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Anew;

impl Bridged {
    pub(crate) fn new(job: Job, session: Option<String>) -> Arc<Self> {
        Arc::new(Self {
            job: Mutex::new(Some(job)),
            done: Mutex::new(None),
            session,
        })
    }

    /// Whether the browser showed a session that is over, such as one that got another id when its user
    /// signed in elsewhere: the browser may have a newer one by now.
    fn lost_its_session(&self, cx: &Cx) -> bool {
        self.session.is_some() && holder(cx).session.is_none()
    }

    /// Whether nobody sent this: the server looks whether the browser may still have its page, or shows
    /// what others or tasks have changed.
    pub(crate) fn is_unasked(&self) -> bool {
        let job = lock(&self.job);
        let job = job.as_ref();
        job.is_some_and(|job| {
            matches!(
                job,
                Job::Check { .. } | Job::Follow { .. } | Job::Work { .. }
            )
        })
    }

    pub(crate) fn take_done(&self) -> Option<Done> {
        lock(&self.done).take()
    }
}

impl fmt::Debug for Bridged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bridged")
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs the job of a bridged request on the page of `route`.
pub(crate) async fn run(
    runtime: &Arc<Runtime>,
    route: &Arc<PageRoute>,
    parts: Parts,
    params: Vec<(String, String)>,
    bridged: Arc<Bridged>,
) -> Response {
    let Some(job) = lock(&bridged.job).take() else {
        return StatusCode::CONFLICT.into_response();
    };
    let form = match &job {
        Job::Run { event, .. } => event.form.clone(),
        _ => None,
    };
    let cx = Cx::new(parts, params, form, Arc::clone(&runtime.resources));
    if let Some(mut answer) = refusal(&job, &bridged, route, &cx, runtime).await {
        if job.mounted().is_some() {
            answer.extensions_mut().insert(Anew);
        }
        return answer;
    }
    let work = AssertUnwindSafe(work(job, route, &cx, &bridged)).catch_unwind();
    let begun = begin(Part::Handler);
    let done = work.await;
    drop(begun);
    let (result, opened) = match done {
        Ok(Ok(opened)) => (Ok(()), opened),
        Ok(Err(error)) => (Err(error), None),
        Err(panic) => {
            let text = panic_text(&*panic).to_owned();
            (
                Err(Error::internal(format!("a handler panicked: {text}"))),
                None,
            )
        }
    };
    // in the session before its layer saves it on the way back
    let leaves = cx.outbox().redirect.is_some();
    if leaves {
        keep_messages(&cx).await;
    }
    let status = result.as_ref().map_or_else(Error::status, |()| {
        cx.outbox().status.unwrap_or(StatusCode::NO_CONTENT)
    });
    let headers = std::mem::take(&mut cx.outbox().headers);
    *lock(&bridged.done) = Some(Done { cx, result, opened });
    let mut response = status.into_response();
    response.headers_mut().extend(headers);
    response.extensions_mut().insert(Ran(bridged));
    response
}

/// The answer where the browser may not have the page, or has that of somebody else or of a session
/// that is over.
async fn refusal(
    job: &Job,
    bridged: &Bridged,
    route: &Arc<PageRoute>,
    cx: &Cx,
    runtime: &Arc<Runtime>,
) -> Option<Response> {
    let Some(mounted) = job.mounted() else {
        return guard(route, cx, runtime);
    };
    if let Some(answer) = guard_event(route, cx, runtime) {
        return Some(answer);
    }
    if let (Job::Check { .. }, Some(_), Ok(session)) = (job, &bridged.session, cx.session()) {
        // an id of a session that is over is one until the store is asked
        let _ = session.get_value("").await;
    }
    let is_own = !bridged.lost_its_session(cx) && mounted.lock().await.is_of(cx);
    (!is_own).then(|| again(cx))
}

async fn work(
    job: Job,
    route: &Arc<PageRoute>,
    cx: &Cx,
    bridged: &Bridged,
) -> Result<Option<Mounted>> {
    match job {
        Job::Open => Mounted::open(route, cx).await.map(Some),
        // nothing of it is lost: the browser loads the page
        Job::Go { .. } if bridged.lost_its_session(cx) => Ok(None),
        Job::Go { shown } => go(&shown, route, cx).await,
        Job::Check { .. } => Ok(None),
        Job::Run {
            mounted,
            event,
            shows,
        } => {
            let mut mounted = mounted.lock().await;
            check_route(&mounted, route)?;
            mounted.run_event(cx, &event, &*shows).await.map(|()| None)
        }
        Job::Follow { mounted } => {
            let mut mounted = mounted.lock().await;
            check_route(&mounted, route)?;
            mounted.follow(cx).await.map(|()| None)
        }
        Job::Work { mounted, updates } => {
            let mut mounted = mounted.lock().await;
            check_route(&mounted, route)?;
            mounted.take_up(cx, updates.take()).await.map(|()| None)
        }
        Job::Upload {
            mounted,
            event,
            args,
            file,
        } => {
            let mut mounted = mounted.lock().await;
            check_route(&mounted, route)?;
            cx.set_file(file);
            mounted.run(cx, &event, &args, None).await.map(|()| None)
        }
    }
}

/// Opens a page with the messages that wait for it, as a GET does; none, and the messages wait on, if it
/// cannot take the place of what is shown.
async fn go(shown: &Shown, route: &Arc<PageRoute>, cx: &Cx) -> Result<Option<Mounted>> {
    let user = cx.user().map(|user| user.id());
    if user != shown.user {
        return Ok(None);
    }
    let mut mounted = Mounted::open(route, cx).await?;
    if cx.outbox().redirect.is_some() {
        return Ok(None);
    }
    mounted.look(cx)?;
    if mounted.shell() != shown.shell {
        keep_messages(cx).await;
        return Ok(None);
    }
    let mut messages = waiting_messages(cx).await;
    let mut outbox = cx.outbox();
    messages.append(std::mem::take(&mut outbox.messages));
    outbox.messages = messages;
    drop(outbox);
    Ok(Some(mounted))
}

/// A layer may have rewritten the address to that of another page.
fn check_route(mounted: &Mounted, route: &PageRoute) -> Result {
    if std::ptr::eq(mounted.spec(), route.def.spec) {
        return Ok(());
    }
    Err(Error::internal(
        "the event came to another page than its own",
    ))
}
