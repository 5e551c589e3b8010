//! Which build this is.

use std::{
    fs::File,
    io,
    sync::{Arc, LazyLock},
};

use xxhash_rust::xxh3::Xxh3;

/// Names a build, so that a page of an older one is loaded again and nothing of it is taken for one of
/// this build.
#[derive(Clone, Debug)]
pub(crate) struct BuildId(Arc<str>);

impl BuildId {
    pub(crate) fn new(id: &str) -> Self {
        Self(id.into())
    }

    /// The build of the program that runs.
    pub(crate) fn of_program() -> Self {
        static ID: LazyLock<Arc<str>> = LazyLock::new(|| match of_program() {
            Ok(id) => format!("{id:016x}").into(),
            Err(error) => {
                tracing::warn!(%error, "the program cannot be read: this start counts as a build of its own");
                crate::runtime::secret().into()
            }
        });
        Self(Arc::clone(&ID))
    }

    pub(crate) fn text(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }
}

/// A hash of the program's file: the same on every machine with the same release. The large file of a
/// build for development is told by its time and size.
fn of_program() -> io::Result<u64> {
    let mut file = File::open(std::env::current_exe()?)?;
    let mut hash = Xxh3::new();
    if cfg!(debug_assertions) {
        let facts = file.metadata()?;
        hash.update(format!("{:?} {}", facts.modified()?, facts.len()).as_bytes());
    } else {
        io::copy(&mut file, &mut Hashed(&mut hash))?;
    }
    Ok(hash.digest())
}

struct Hashed<'a>(&'a mut Xxh3);

impl io::Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_the_same_while_the_program_runs() {
        let id = BuildId::of_program().text();
        assert_eq!(id.len(), 16);
        assert_eq!(id, BuildId::of_program().text());
        assert_eq!(&*BuildId::new("r42").text(), "r42");
    }
}
