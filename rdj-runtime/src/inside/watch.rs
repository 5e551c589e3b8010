//! One event from its frame to the answer, watched.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::json;
use tracing::{Instrument as _, Level, Span, field::Empty};

use super::{
    Devtools, Ended, Metrics,
    meter::{Figures, METER, Meter},
};
use crate::{
    cx::Resources,
    page::PageSpec,
    wire::{self, Effect},
};

/// So many equal statements in one event are one for each row.
const REPEATED: usize = 5;
/// An answer longer than this is worth a look.
const LONG_ANSWER: usize = 100 * 1024;

/// Who listens in an application, beside subscribers of traces.
#[derive(Debug)]
pub(crate) struct Inside {
    devtools: bool,
    pub(crate) metrics: Option<Metrics>,
}

impl Inside {
    pub(crate) fn of(resources: &Resources) -> Self {
        Self {
            devtools: resources.get::<Devtools>().is_some(),
            metrics: resources.get::<Metrics>().cloned(),
        }
    }
}

/// What is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An event of this name.
    Event(String),
    /// Reading rows that others have changed.
    Follow,
    /// Looking whether the browser may still have its page.
    Check,
    /// Another page over the same socket.
    Go,
    /// The event of this name for a file that was uploaded.
    Upload(String),
    /// Showing what tasks have changed.
    Work,
}

impl Kind {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Event(name) | Self::Upload(name) => name,
            Self::Follow => "(follow)",
            Self::Check => "(check)",
            Self::Go => "(go)",
            Self::Work => "(work)",
        }
    }
}

/// Somebody who watches one event.
#[derive(Debug)]
pub(crate) struct Watch(Option<Watched>);

#[derive(Debug)]
struct Watched {
    meter: Arc<Meter>,
    span: Span,
    page: &'static PageSpec,
    kind: Kind,
    seq: u64,
    received: Instant,
    queued: Duration,
    devtools: bool,
    metrics: Option<Metrics>,
}

impl Watch {
    /// Nobody watches.
    pub(crate) fn none() -> Self {
        Self(None)
    }

    /// Begins to watch, if somebody listens.
    pub(crate) fn begin(
        inside: &Inside,
        page: &'static PageSpec,
        kind: impl FnOnce() -> Kind,
        seq: u64,
        received: Option<Instant>,
    ) -> Self {
        let Inside { devtools, metrics } = inside;
        let is_traced = tracing::span_enabled!(target: "rdj::event", Level::DEBUG);
        if !devtools && metrics.is_none() && !is_traced {
            return Self(None);
        }
        let kind = kind();
        let received = received.unwrap_or_else(Instant::now);
        let span = tracing::span!(
            target: "rdj::event",
            Level::DEBUG,
            "rdj.event",
            page = page.name,
            event = kind.name(),
            seq,
            queue_us = Empty,
            bridge_us = Empty,
            handler_us = Empty,
            sql = Empty,
            sql_us = Empty,
            render_us = Empty,
            diff_us = Empty,
            send_us = Empty,
            bytes = Empty,
            outcome = Empty,
        );
        Self(Some(Watched {
            meter: Meter::new(*devtools),
            span,
            page,
            kind,
            seq,
            received,
            queued: received.elapsed(),
            devtools: *devtools,
            metrics: metrics.clone(),
        }))
    }

    /// Runs what is watched.
    pub(crate) fn run<F: Future>(&self, work: F) -> impl Future<Output = F::Output> + use<F> {
        let (meter, span) = match &self.0 {
            Some(watched) => (Some(Arc::clone(&watched.meter)), watched.span.clone()),
            None => (None, Span::none()),
        };
        METER.scope(meter, work).instrument(span)
    }

    /// Tells what it has cost; the effect is for the panel of developers.
    pub(crate) fn end(self) -> Option<Effect> {
        let watched = self.0?;
        let figures = watched.meter.take();
        watched.record(&figures);
        if let Some(metrics) = &watched.metrics {
            let whole = watched.received.elapsed();
            metrics.count(watched.page, &watched.kind, watched.queued, whole, &figures);
        }
        watched.devtools.then(|| watched.effect(&figures))
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

impl Figures {
    /// What the layers took on the way in and out.
    pub(super) fn bridge(&self) -> Duration {
        self.stack.saturating_sub(self.handler)
    }
}

impl Watched {
    fn record(&self, figures: &Figures) {
        let span = &self.span;
        if span.is_disabled() {
            return;
        }
        span.record("queue_us", micros(self.queued));
        span.record("bridge_us", micros(figures.bridge()));
        span.record("handler_us", micros(figures.handler));
        span.record("sql", figures.sql);
        span.record("sql_us", micros(figures.sql_time));
        span.record("render_us", micros(figures.render));
        span.record("diff_us", micros(figures.diff));
        span.record("send_us", micros(figures.send));
        span.record("bytes", figures.bytes);
        span.record("outcome", figures.ended.name());
    }

    fn effect(&self, figures: &Figures) -> Effect {
        let warnings = self.warnings(figures);
        for text in &warnings {
            let event = self.kind.name();
            tracing::warn!(target: "rdj::event", page = self.page.name, event, "{text}");
        }
        let statements = figures.statements.iter();
        let statements = statements.map(|(text, took)| (text.clone(), micros(*took)));
        let statements = statements.collect();
        Effect::Inside(Box::new(wire::Inside {
            event: self.kind.name().to_owned(),
            seq: self.seq,
            outcome: figures.ended.name(),
            us: json!({
                "queue": micros(self.queued),
                "bridge": micros(figures.bridge()),
                "handler": micros(figures.handler),
                "sql": micros(figures.sql_time),
                "render": micros(figures.render),
                "diff": micros(figures.diff),
                "send": micros(figures.send),
                "all": micros(self.received.elapsed()),
            }),
            sql: figures.sql,
            statements,
            bytes: figures.bytes,
            warnings,
        }))
    }

    /// What a developer should look at.
    fn warnings(&self, figures: &Figures) -> Vec<String> {
        let mut warnings = Vec::new();
        let is_event = matches!(self.kind, Kind::Event(_));
        if is_event && figures.ended == Ended::Unchanged {
            warnings.push(
                "the event changed nothing: the page is the same, and no message says why".into(),
            );
        }
        let mut counts = HashMap::<&str, usize>::new();
        for (text, _) in &figures.statements {
            *counts.entry(text).or_default() += 1;
        }
        let mut repeated: Vec<_> = counts.into_iter().filter(|(_, n)| *n >= REPEATED).collect();
        repeated.sort_unstable();
        for (text, count) in repeated {
            warnings.push(format!(
                "the same statement ran {count} times, as if for each row: {text}"
            ));
        }
        if figures.bytes > LONG_ANSWER {
            let kib = figures.bytes / 1024;
            warnings.push(format!(
                "{kib} KiB were sent: show fewer rows at once, or give them keys (`data-key`)"
            ));
        }
        warnings
    }
}
