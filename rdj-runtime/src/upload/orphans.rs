//! Temporary files of a process that was killed.

use std::{
    ffi::OsStr,
    fs::{self, File},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// How the names of our temporary files begin.
pub(super) const PREFIX: &str = "rdj-upload-";
/// A file that is being made may not be locked yet.
pub(crate) const YOUNG: Duration = Duration::from_mins(1);

/// Removes what killed processes have left behind: at once, and what is younger than `young` when it is not any more.
pub(crate) async fn clean(folder: PathBuf, young: Duration) {
    for pause in [Duration::ZERO, young + young / 4] {
        tokio::time::sleep(pause).await;
        let folder = folder.clone();
        // a panic is in the log, and the folder as it was
        let _ = tokio::task::spawn_blocking(move || sweep(&folder, young)).await;
    }
}

/// Removes files that no process holds a lock on: each is locked as long as its upload lives.
fn sweep(folder: &Path, young: Duration) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        if is_ours(&entry.file_name())
            && is_orphan(&entry.path(), young)
            && let Err(error) = fs::remove_file(entry.path())
        {
            tracing::warn!(%error, "an orphaned upload cannot be removed");
        }
    }
}

fn is_ours(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(PREFIX))
}

fn is_orphan(path: &Path, young: Duration) -> bool {
    let Ok(facts) = fs::symlink_metadata(path) else {
        return false;
    };
    let age = facts
        .modified()
        .map(|at| SystemTime::now().duration_since(at));
    let is_old = age.is_ok_and(|age| age.is_ok_and(|age| age > young));
    if !facts.is_file() || !is_old {
        return false;
    }
    File::open(path).is_ok_and(|file| file.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Result;

    #[test]
    fn old_files_without_a_lock_go() -> Result {
        let folder = tempfile::tempdir()?;
        let file = |name: &str, age: u64| -> Result<File> {
            let file = File::create(folder.path().join(name))?;
            file.set_modified(SystemTime::now() - Duration::from_secs(age))?;
            Ok(file)
        };
        let held = file("rdj-upload-held", 600)?;
        held.try_lock()
            .map_err(|error| crate::Error::internal(error.to_string()))?;
        for (name, age) in [
            ("rdj-upload-gone", 600),
            ("rdj-upload-young", 0),
            ("other", 600),
        ] {
            file(name, age)?;
        }
        sweep(folder.path(), YOUNG);
        let mut left: Vec<_> = fs::read_dir(folder.path())?
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        left.sort();
        assert_eq!(left, ["other", "rdj-upload-held", "rdj-upload-young"]);
        Ok(())
    }

    #[tokio::test]
    async fn a_young_file_goes_when_it_is_old() -> Result {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("rdj-upload-young");
        File::create(&path)?;
        sweep(folder.path(), YOUNG);
        assert!(path.exists());
        clean(folder.path().to_owned(), Duration::from_secs(1)).await;
        assert!(!path.exists());
        Ok(())
    }
}
