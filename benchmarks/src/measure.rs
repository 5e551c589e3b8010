//! What a process has used, as Linux counts it.

use std::{fs, path::PathBuf, time::Duration};

use crate::{Result, fail};

/// A process to look at.
#[derive(Clone, Debug)]
pub(crate) struct Process(PathBuf);

impl Process {
    pub(crate) fn new(id: u32) -> Self {
        Self(PathBuf::from(format!("/proc/{id}")))
    }

    /// CPU time of all its threads, user and system, in nanoseconds' resolution.
    ///
    /// The first number of `schedstat`; threads that have ended are not counted, which the servers
    /// here do not have.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        let mut nanoseconds = 0;
        for thread in fs::read_dir(self.0.join("task"))? {
            let text = fs::read_to_string(thread?.path().join("schedstat"))?;
            let first = text.split_whitespace().next().unwrap_or_default();
            nanoseconds += first.parse::<u64>()?;
        }
        Ok(Duration::from_nanos(nanoseconds))
    }

    /// Proportional set size: its resident memory, shared pages divided, in bytes.
    pub(crate) fn memory(&self) -> Result<f64> {
        let text = fs::read_to_string(self.0.join("smaps_rollup"))?;
        let line = text.lines().find(|line| line.starts_with("Pss:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
        let kilobytes = kilobytes.ok_or_else(|| fail("smaps_rollup has no Pss"))?;
        Ok(kilobytes.parse::<f64>()? * 1024.0)
    }
}

/// The middle one of some values; 0 of none.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

/// The load of the machine in the last minute: how much else ran.
pub(crate) fn load_average() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().unwrap_or("?").to_owned()
}
