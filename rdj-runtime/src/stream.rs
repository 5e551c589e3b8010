//! Lists whose rows the server does not keep: [`Stream`].

mod log;

use std::{
    fmt::{self, Write},
    sync::Arc,
};

use askama::{FastWritable, Values, filters::HtmlSafe};

use self::log::{Log, Op};
use crate::{
    dispatch::{attribute, escape},
    page::render,
};

/// A list that is shown in the browser and not kept on the server: the log of a task, the messages of a
/// room, a table that is scrolled without end.
///
/// It holds the rows that were added since the page was shown last, and forgets them when they have been
/// sent; of those that are never shown it holds the last ones. The template renders these rows inside of an
/// element of their own, each with a `data-key`:
///
/// ```html
/// <ol {{ log.lines.container("lines") }}>
///   {% for line in log.lines %}<li data-key="{{ line.id }}">{{ line.text }}</li>{% endfor %}
/// </ol>
/// ```
///
/// ```
/// use rdj_runtime::stream::Stream;
///
/// let mut lines = Stream::default();
/// lines.set_limit(500);
/// lines.append("first");
/// assert_eq!(lines.into_iter().map(|line| *line).collect::<Vec<_>>(), ["first"]);
/// ```
pub struct Stream<T> {
    log: Arc<Log<T>>,
    limit: usize,
}

impl<T> Default for Stream<T> {
    fn default() -> Self {
        Self {
            log: Arc::default(),
            limit: 0,
        }
    }
}

impl<T> Stream<T> {
    fn push(&mut self, op: Op<T>) {
        self.log.lock().push(op, self.limit);
    }

    /// Adds a row at the end. One that the browser shows already, by its `data-key`, is replaced where it
    /// stands.
    pub fn append(&mut self, row: T) {
        self.push(Op::Append(Arc::new(row)));
    }

    /// Adds a row at the beginning; or replaces it as [`Stream::append`] does.
    pub fn prepend(&mut self, row: T) {
        self.push(Op::Prepend(Arc::new(row)));
    }

    /// Shows a row anew, where the browser shows it; elsewhere nothing happens.
    pub fn replace(&mut self, row: T) {
        self.push(Op::Replace(Arc::new(row)));
    }

    /// Takes out the row with this `data-key`, if the browser shows it.
    pub fn remove(&mut self, key: impl fmt::Display) {
        self.push(Op::Remove(key.to_string()));
    }

    /// Takes out all rows.
    pub fn reset(&mut self) {
        self.log.lock().reset();
    }

    /// The browser keeps at most so many rows from now on: rows that are added at one end go at the
    /// other. 0, as at the beginning: no limit. Of rows that wait because the page does not show them,
    /// those that it would not keep are dropped too.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
        self.log.lock().look_again();
    }

    /// The rows that wait to be shown, as `for line in log.lines` gives them to a template.
    pub fn iter(&self) -> std::vec::IntoIter<Arc<T>> {
        let log = self.log.lock();
        let rows: Vec<_> = log.ops.iter().filter_map(Op::row).cloned().collect();
        rows.into_iter()
    }

    /// How many rows wait to be shown.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.log.lock().ops.iter().filter_map(Op::row).count()
    }
}

impl<T: Send + Sync + 'static> Stream<T> {
    /// The attributes of the element around the rows; `id` is its id, which no other element of the page
    /// has. The element has the rows as its children and nothing else.
    pub fn container(&self, id: &str) -> Container {
        let log = self.log.lock();
        let ops: Vec<_> = log.ops.iter().map(Op::code).collect();
        if !ops.is_empty() {
            render::shown(Shown {
                log: self.log.clone(),
                count: ops.len(),
            });
        }
        Container {
            id: id.to_owned(),
            limit: self.limit,
            ops,
        }
    }
}

impl<T> Op<T> {
    fn row(&self) -> Option<&Arc<T>> {
        match self {
            Self::Append(row) | Self::Prepend(row) | Self::Replace(row) => Some(row),
            Self::Remove(_) | Self::Reset => None,
        }
    }

    fn code(&self) -> serde_json::Value {
        match self {
            Self::Append(_) => "a".into(),
            Self::Prepend(_) => "p".into(),
            Self::Replace(_) => "r".into(),
            Self::Remove(key) => serde_json::json!(["x", key]),
            Self::Reset => "0".into(),
        }
    }
}

impl<T> IntoIterator for &Stream<T> {
    type Item = Arc<T>;
    type IntoIter = std::vec::IntoIter<Arc<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> IntoIterator for Stream<T> {
    type Item = Arc<T>;
    type IntoIter = std::vec::IntoIter<Arc<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> fmt::Debug for Stream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream")
            .field("waiting", &self.waiting())
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

/// A stream that stands in a rendering, with so many changes.
#[derive(Clone)]
pub(crate) struct Shown {
    log: Arc<dyn Forgets>,
    count: usize,
}

trait Forgets: Send + Sync {
    fn forget(&self, count: usize);
}

impl<T: Send + Sync> Forgets for Log<T> {
    fn forget(&self, count: usize) {
        self.lock().forget(count);
    }
}

impl Shown {
    /// The rendering is on its way: its rows are forgotten.
    pub(crate) fn is_sent(&self) {
        self.log.forget(self.count);
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shown({})", self.count)
    }
}

/// The attributes of the element around the rows of a stream; written into a tag by `{{ }}`.
#[derive(Clone, Debug)]
#[must_use = "a container does nothing unless it is written into a tag"]
pub struct Container {
    id: String,
    limit: usize,
    ops: Vec<serde_json::Value>,
}

impl Container {
    fn write(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        attribute(out, "id", &self.id)?;
        out.write_str(" data-rdj-ignore data-rdj-stream=\"")?;
        if !self.ops.is_empty() {
            escape(&serde_json::json!([self.limit, self.ops]).to_string(), out)?;
        }
        out.write_char('"')
    }
}

impl fmt::Display for Container {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

impl HtmlSafe for Container {}

impl FastWritable for Container {
    fn write_into(&self, dest: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok(self.write(dest)?)
    }
}
