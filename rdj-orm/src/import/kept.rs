//! Files between the check and the confirmation.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use rdj_runtime::{Cx, Error, Result, form::Upload, i18n::text, state::State};
use uuid::Uuid;

/// How long a file waits.
const WAITS: Duration = Duration::from_mins(15);
/// The most bytes that wait; the oldest files go first.
const MOST: usize = 128 * 1024 * 1024;

struct Kept {
    token: String,
    state: &'static str,
    user: Option<i64>,
    since: Instant,
    upload: Upload,
}

static KEPT: Mutex<VecDeque<Kept>> = Mutex::new(VecDeque::new());

/// Keeps a file for the user who sent it; the answer names it.
pub(super) fn keep<S: State>(cx: &Cx, upload: Upload) -> String {
    let token = Uuid::new_v4().simple().to_string();
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.push_back(Kept {
        token: token.clone(),
        state: S::NAME,
        user: cx.user().map(|user| user.id()),
        since: Instant::now(),
        upload,
    });
    tidy(&mut kept);
    token
}

/// Takes a file that the same user sent to the same state.
pub(super) fn take<S: State>(cx: &Cx, token: &str) -> Result<Upload> {
    let user = cx.user().map(|user| user.id());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    tidy(&mut kept);
    let is_it = |own: &Kept| own.token == token && own.state == S::NAME && own.user == user;
    let found = kept.iter().position(is_it).and_then(|at| kept.remove(at));
    let found = found.ok_or_else(|| Error::invalid(text("rdj-import-again")))?;
    Ok(found.upload)
}

fn tidy(kept: &mut VecDeque<Kept>) {
    kept.retain(|file| file.since.elapsed() < WAITS);
    let mut bytes: usize = kept.iter().map(|file| file.upload.content.len()).sum();
    // the newest one stays, however long it is: its size was limited when it was read
    while bytes > MOST && kept.len() > 1 {
        let oldest = kept.pop_front();
        bytes -= oldest.map_or(0, |file| file.upload.content.len());
    }
}
