//! Tables for people: on the terminal, and as Markdown.

use std::fmt::{self, Write as _};

/// One measured thing.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) what: String,
    pub(crate) measured: f64,
    /// At most this.
    pub(crate) goal: Option<f64>,
    pub(crate) unit: &'static str,
    /// What others need, with its origin.
    pub(crate) reference: String,
}

impl Row {
    pub(crate) fn new(what: impl Into<String>, measured: f64, unit: &'static str) -> Self {
        Self {
            what: what.into(),
            measured,
            goal: None,
            unit,
            reference: String::new(),
        }
    }

    pub(crate) fn goal(mut self, goal: f64) -> Self {
        self.goal = Some(goal);
        self
    }

    pub(crate) fn reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = reference.into();
        self
    }

    /// What LiveView needs, and the share of it that this is.
    pub(crate) fn beside(self, live_view: Option<f64>) -> Self {
        let Some(theirs) = live_view else {
            return self;
        };
        let share = short(self.measured / theirs);
        self.reference(format!("LiveView {}, {share} of it", short(theirs)))
    }

    fn cells(&self) -> [String; 5] {
        let verdict = self.goal.map_or("", |goal| {
            if self.measured <= goal {
                "reached"
            } else {
                "not reached"
            }
        });
        let goal = self.goal.map_or(String::new(), |goal| {
            format!("{} {}", short(goal), self.unit)
        });
        [
            self.what.clone(),
            format!("{} {}", short(self.measured), self.unit),
            goal,
            verdict.to_owned(),
            self.reference.clone(),
        ]
    }
}

/// Three digits say enough.
fn short(value: f64) -> String {
    match value.abs() {
        large if large >= 100.0 => format!("{value:.0}"),
        middle if middle >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// The results of one subject.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) title: &'static str,
    /// How it was measured.
    pub(crate) method: &'static str,
    pub(crate) rows: Vec<Row>,
    /// The machine's load before and after.
    pub(crate) load: (String, String),
}

const HEAD: [&str; 5] = ["what", "measured", "goal", "", "reference"];

impl Table {
    pub(crate) fn markdown(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "## {}\n\n{}", self.title, self.method);
        let _ = writeln!(
            out,
            "Load of the machine: {} before, {} after.\n",
            self.load.0, self.load.1
        );
        let _ = writeln!(out, "| {} |\n|---|---|---|---|---|", HEAD.join(" | "));
        for row in &self.rows {
            let _ = writeln!(out, "| {} |", row.cells().join(" | "));
        }
        out
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = &self.load;
        writeln!(f, "\n{} (load {before} to {after})", self.title)?;
        let rows: Vec<_> = self.rows.iter().map(Row::cells).collect();
        for row in &rows {
            let [what, measured, goal, verdict, reference] = row;
            writeln!(
                f,
                "  {what:<52} {measured:>12} {goal:>12}  {verdict:<11} {reference}"
            )?;
        }
        Ok(())
    }
}
