//! Where a command reads and writes: the process's own streams, or memory in tests.

use std::{
    collections::VecDeque,
    fmt,
    io::{self, IsTerminal as _, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::error::{Error, Result};

/// The streams of a command.
///
/// ```
/// use rdj_runtime::{App, command::Terminal};
///
/// # async fn run() {
/// let terminal = Terminal::memory();
/// let code = App::new().run_with(["app", "routes"], terminal.clone()).await;
/// assert_eq!(code, 0);
/// assert!(terminal.stdout.text().contains("/_health"));
/// # }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(run());
/// ```
#[derive(Clone, Debug)]
pub struct Terminal {
    /// What is written there can be piped.
    pub stdout: Writer,
    /// Complaints.
    pub stderr: Writer,
    pub(super) input: Input,
}

impl Terminal {
    /// The streams of the process.
    #[must_use]
    pub fn process() -> Self {
        Self {
            stdout: Writer(Arc::new(Mutex::new(Sink::Stream(Box::new(io::stdout()))))),
            stderr: Writer(Arc::new(Mutex::new(Sink::Stream(Box::new(io::stderr()))))),
            input: Input::Process,
        }
    }

    /// Streams in memory without input, for tests: [`Writer::text`].
    #[must_use]
    pub fn memory() -> Self {
        Self {
            stdout: Writer(Arc::default()),
            stderr: Writer(Arc::default()),
            input: Input::Lines(Arc::default(), false),
        }
    }

    /// The same streams with a person who answers with these lines, one for each question.
    #[must_use]
    pub fn answering<T: Into<String>>(mut self, lines: impl IntoIterator<Item = T>) -> Self {
        let lines = lines.into_iter().map(Into::into).collect();
        self.input = Input::Lines(Arc::new(Mutex::new(lines)), true);
        self
    }

    /// The same streams with these lines piped into them.
    #[must_use]
    pub fn piped<T: Into<String>>(mut self, lines: impl IntoIterator<Item = T>) -> Self {
        let lines = lines.into_iter().map(Into::into).collect();
        self.input = Input::Lines(Arc::new(Mutex::new(lines)), false);
        self
    }
}

/// Writes to one of the streams; `writeln!` works with it too.
#[derive(Clone)]
pub struct Writer(Arc<Mutex<Sink>>);

enum Sink {
    Stream(Box<dyn Write + Send>),
    Memory(Vec<u8>),
}

impl Default for Sink {
    fn default() -> Self {
        Self::Memory(Vec::new())
    }
}

impl Writer {
    /// Writes a line.
    ///
    /// # Errors
    ///
    /// It cannot be written. A reader who has gone, such as `head`, is none.
    pub fn line(&self, text: impl fmt::Display) -> Result {
        self.text_out(&format!("{text}\n"))
    }

    /// Writes a text as it is.
    pub(super) fn text_out(&self, text: &str) -> Result {
        let mut writer = self.clone();
        let written = writer.write_all(text.as_bytes());
        match written.and_then(|()| writer.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// What was written to memory; empty for a stream of the process.
    #[must_use]
    pub fn text(&self) -> String {
        match &*self.lock() {
            Sink::Memory(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Sink::Stream(_) => String::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Sink> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut *self.lock() {
            Sink::Stream(stream) => stream.write(bytes),
            Sink::Memory(memory) => memory.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut *self.lock() {
            Sink::Stream(stream) => stream.flush(),
            Sink::Memory(_) => Ok(()),
        }
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Writer")
    }
}

/// Where answers come from.
#[derive(Clone, Debug)]
pub(super) enum Input {
    Process,
    /// Lines, and whether a person types them.
    Lines(Arc<Mutex<VecDeque<String>>>, bool),
}

impl Input {
    /// Whether a person can be asked.
    pub(super) fn is_interactive(&self) -> bool {
        match self {
            Self::Process => io::stdin().is_terminal(),
            Self::Lines(_, interactive) => *interactive,
        }
    }

    /// The next line without its end; none at the end.
    pub(super) fn line(&self) -> io::Result<Option<String>> {
        match self {
            Self::Process => {
                let mut line = String::new();
                let read = io::stdin().read_line(&mut line)?;
                let text = line.trim_end_matches(['\r', '\n']);
                Ok((read > 0).then(|| text.to_owned()))
            }
            Self::Lines(lines, _) => {
                let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(lines.pop_front())
            }
        }
    }

    /// Asks for a password, which is not shown.
    pub(super) fn password(&self, question: &str, out: &Writer) -> Result<Option<String>> {
        match self {
            Self::Process => match rpassword::prompt_password(question) {
                Ok(password) => Ok(Some(password)),
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
                Err(error) => Err(Error::from(error)),
            },
            Self::Lines(..) => {
                out.text_out(question)?;
                Ok(self.line()?)
            }
        }
    }
}
