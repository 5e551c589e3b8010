//! The process of `tests/django/bridge.py`.

use std::{
    env,
    path::{Path, PathBuf},
    process::Stdio,
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

/// A running Django; it ends when dropped.
#[derive(Debug)]
pub struct Django {
    stdin: ChildStdin,
    stdout: Lines<BufReader<ChildStdout>>,
    _child: Child,
}

impl Django {
    /// Starts Django over the database at this address, see `tests/django/interop/settings.py`.
    ///
    /// `hasher` is the algorithm that Django writes password hashes with.
    #[must_use]
    pub fn start(database: &str, secret: &str, hasher: &str) -> Self {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("django");
        let mut child = Command::new(python())
            .arg("bridge.py")
            .current_dir(project)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("RDJ_DJANGO_DATABASE", database)
            .env("RDJ_DJANGO_SECRET", secret)
            .env("RDJ_DJANGO_HASHER", hasher)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the Python of RDJ_TEST_DJANGO");
        let stdout = child.stdout.take().expect("a pipe");
        Self {
            stdin: child.stdin.take().expect("a pipe"),
            stdout: BufReader::new(stdout).lines(),
            _child: child,
        }
    }

    /// Runs a command of `bridge.py`; `arguments` is an object.
    ///
    /// # Errors
    ///
    /// Python's traceback.
    pub async fn attempt(&mut self, command: &str, arguments: Value) -> Result<Value, String> {
        let mut message = arguments;
        message["do"] = command.into();
        let line = format!("{message}\n");
        self.stdin
            .write_all(line.as_bytes())
            .await
            .expect("Django runs");
        let line = self.stdout.next_line().await.expect("Django answers");
        let line = line.unwrap_or_else(|| panic!("Django ended at {command}: see above"));
        let mut answer: Value = serde_json::from_str(&line).expect("JSON");
        match answer["error"].as_str() {
            Some(error) => Err(error.to_owned()),
            None => Ok(answer["ok"].take()),
        }
    }

    /// Runs a command that must not fail.
    ///
    /// # Panics
    ///
    /// It failed.
    pub async fn run(&mut self, command: &str, arguments: Value) -> Value {
        self.attempt(command, arguments)
            .await
            .unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Runs a management command and returns what it prints.
    pub async fn manage(&mut self, command: &str, args: &[&str]) -> String {
        let arguments = json!({"command": command, "args": args});
        text(&self.run("manage", arguments).await)
    }

    /// What Django reads of a user.
    pub async fn user(&mut self, username: &str) -> Value {
        self.run("user", json!({"username": username})).await
    }

    /// Whether Django lets this user in; it may replace the hash.
    pub async fn lets_in(&mut self, username: &str, password: &str) -> bool {
        let who = json!({"username": username, "password": password});
        !self.run("authenticate", who).await.is_null()
    }

    /// Makes a superuser and signs it in to the admin over HTTP.
    pub async fn open_admin(&mut self) {
        let mut root = json!({"username": "root", "password": "a secret of root"});
        let login = root.clone();
        root["is_staff"] = true.into();
        root["is_superuser"] = true.into();
        self.run("create_user", root).await;
        self.run("admin_login", login).await;
    }

    /// Saves the form of a user in the admin with other values.
    pub async fn change_in_admin(&mut self, username: &str, mut changes: Value) {
        changes["username"] = username.into();
        self.run("admin_change_user", changes).await;
    }
}

/// A text of an answer.
pub(super) fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The Python of the virtual environment; without one the tests fail, so that they are not left out
/// unnoticed.
fn python() -> PathBuf {
    env::var_os("RDJ_TEST_DJANGO").map_or_else(
        || {
            panic!(
                "RDJ_TEST_DJANGO is not set. Run `scripts/test`, which makes a virtual environment with \
                 Django and sets it, or make one: python3 -m venv venv && venv/bin/pip install -r \
                 tests/django/requirements.txt && export RDJ_TEST_DJANGO=$PWD/venv/bin/python"
            )
        },
        PathBuf::from,
    )
}
