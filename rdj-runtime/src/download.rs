//! Files that a handler answers with: [`Cx::download`].

use std::{
    collections::HashMap,
    convert::Infallible,
    fmt::{self, Write as _},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    body::{Body, Bytes, HttpBody as _},
    response::{IntoResponse as _, Response},
};
use futures_util::stream;
use http::{
    HeaderMap, HeaderValue,
    header::{
        CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
    },
};

use crate::{cx::Cx, page::Holder, runtime::secret};

/// How long a browser has to fetch a file.
const PATIENCE: Duration = Duration::from_mins(1);
/// The most files that wait; the oldest ones go first.
const MOST: usize = 1_000;
/// The most of one session or user.
const MOST_OF_ONE: usize = 8;

impl Cx {
    /// Gives the browser a file as a download: `cx.download("report.csv", text)`.
    ///
    /// The page stays as it is. The browser fetches the file once, through the layers and behind the
    /// guards of the page, as the same user; without JavaScript it is the answer to the form. A body that
    /// is a stream (`axum::body::Body::from_stream`) is made while it is fetched. Of several in one event
    /// the last one counts.
    pub fn download(&self, name: impl Into<String>, content: impl Into<Body>) {
        self.outbox().download = Some(Download {
            name: name.into(),
            content: content.into(),
        });
    }
}

/// A file for the browser.
pub(crate) struct Download {
    name: String,
    content: Body,
}

impl Download {
    /// A browser saves it and never shows it as a page of this site, whatever is in it.
    pub(crate) fn into_response(self) -> Response {
        (self.headers(), self.content).into_response()
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            (CONTENT_TYPE, "application/octet-stream"),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (CACHE_CONTROL, "private, no-store"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if let Ok(value) = HeaderValue::try_from(disposition(&self.name)) {
            headers.insert(CONTENT_DISPOSITION, value);
        }
        headers
    }
}

/// The name for old browsers in ASCII, and as it is.
///
/// Source: RFC 6266, section 4; RFC 8187, section 3.2.
fn disposition(name: &str) -> String {
    let plain = |sign: char| match sign {
        '"' | '\\' | '/' => '_',
        sign if sign.is_ascii_graphic() || sign == ' ' => sign,
        _ => '_',
    };
    let ascii: String = name.chars().map(plain).collect();
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // writing into a String does not fail
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Download({:?})", self.name)
    }
}

/// Files that wait for their browsers, each for one request of whose page it came from. Their content is
/// the application's: it is dropped without the lock, as it may take long, or come back here.
#[derive(Debug, Default)]
pub(crate) struct Downloads(Mutex<HashMap<String, Waiting>>);

#[derive(Debug)]
struct Waiting {
    download: Download,
    holder: Holder,
    until: Instant,
}

impl Waiting {
    fn is_for(&self, holder: &Holder) -> bool {
        self.until >= Instant::now() && self.holder.admits(holder)
    }
}

impl Downloads {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Waiting>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a file; returns its name in the address.
    pub(crate) fn put(&self, download: Download, holder: Holder) -> String {
        self.sweep();
        let until = Instant::now() + PATIENCE;
        let token = secret();
        let mut all = self.lock();
        let mut dropped = None;
        let is_own = |waiting: &Waiting| waiting.holder == holder && holder != Holder::default();
        let own = all.values().filter(|waiting| is_own(waiting)).count();
        if own >= MOST_OF_ONE || all.len() >= MOST {
            let candidates = all.iter();
            let oldest = candidates
                .filter(|(_, waiting)| own < MOST_OF_ONE || is_own(waiting))
                .min_by_key(|(_, waiting)| waiting.until);
            let oldest = oldest.map(|(token, _)| token.clone());
            dropped = oldest.and_then(|token| all.remove(&token));
        }
        let waiting = Waiting {
            download,
            holder,
            until,
        };
        all.insert(token.clone(), waiting);
        drop(all);
        drop(dropped);
        token
    }

    /// Takes a file out, if `holder` may have it.
    pub(crate) fn take(&self, token: &str, holder: &Holder) -> Option<Download> {
        let mut all = self.lock();
        all.get(token).filter(|waiting| waiting.is_for(holder))?;
        all.remove(token).map(|waiting| waiting.download)
    }

    /// What is said of a file before it is fetched, if `holder` may have it: it stays.
    pub(crate) fn look(&self, token: &str, holder: &Holder) -> Option<Response> {
        let all = self.lock();
        let waiting = all.get(token).filter(|waiting| waiting.is_for(holder))?;
        let mut headers = waiting.download.headers();
        if let Some(length) = waiting.download.content.size_hint().exact() {
            headers.insert(CONTENT_LENGTH, length.into());
        }
        // of no known length: that of an empty one would be said to be the file's
        let nothing = Body::from_stream(stream::empty::<Result<Bytes, Infallible>>());
        Some((headers, nothing).into_response())
    }

    /// Drops what nobody came for.
    pub(crate) fn sweep(&self) {
        let now = Instant::now();
        let mut all = self.lock();
        let over: Vec<_> = all.extract_if(|_, waiting| waiting.until < now).collect();
        drop(all);
        drop(over);
    }
}

#[cfg(test)]
mod tests {
    use std::{
        pin::Pin,
        sync::{Arc, mpsc},
        task::{Context, Poll},
        thread,
        time::Duration,
    };

    use axum::body::{Body, Bytes};
    use futures_util::Stream;

    use super::{Download, Downloads, MOST_OF_ONE, disposition};
    use crate::page::Holder;

    /// A file that comes back to where it was kept when it is dropped.
    struct Back(Arc<Downloads>);

    impl Stream for Back {
        type Item = Result<Bytes, std::io::Error>;

        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(None)
        }
    }

    impl Drop for Back {
        fn drop(&mut self) {
            self.0.sweep();
        }
    }

    #[test]
    fn a_file_may_come_back_when_it_is_dropped() {
        let (end, ended) = mpsc::channel();
        thread::spawn(move || {
            let downloads = Arc::<Downloads>::default();
            let holder = Holder {
                user: Some(1),
                ..Holder::default()
            };
            for _ in 0..=MOST_OF_ONE {
                let file = Download {
                    name: "a.csv".to_owned(),
                    content: Body::from_stream(Back(Arc::clone(&downloads))),
                };
                downloads.put(file, holder.clone());
            }
            end.send(())
        });
        let ended = ended.recv_timeout(Duration::from_mins(2));
        assert!(ended.is_ok(), "it waits for itself");
    }

    #[test]
    fn names_are_quoted() {
        assert_eq!(
            disposition("a\"b\r\n\u{e4}.csv"),
            "attachment; filename=\"a_b___.csv\"; filename*=UTF-8''a%22b%0D%0A%C3%A4.csv"
        );
    }
}
